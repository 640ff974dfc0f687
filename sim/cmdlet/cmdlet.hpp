// Cmdlet text as an administrator types it → a checked change of the model, a view of it, or an order to a
// queue; PowerShell's parameter binding for what they need.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/cmdlet/shell.hpp"
#include "sim/exchange/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::cmdlet {

struct result {
    diagnostics findings; // errors: nothing was changed
    std::string output;   // what the shell prints
    std::string changed;  // "Send connector To Contoso: TlsDomain mx.contoso.com → mail.contoso.com"
    std::string told;     // output and changes, in the order of the text
    std::vector<queue_command> queue_commands; // for the caller to carry out
    std::vector<trace::decision> decisions;    // also of a refusal
};

// `at` is the place of the text's first character. Lines behind the first are taken to begin at its column,
// as in a YAML block; in a text with escapes or folded lines a column is near the place only.

/// Syntax, cmdlet and parameter names, value types: everything that can be checked without the model.
diagnostics check(std::string_view text, const source_mark& at);

/// Every cmdlet there is.
std::vector<std::string> known_cmdlets();

/// Applies the cmdlets to the organization. All or nothing: with an error the organization is as before. What
/// is only changed keeps its place in memory.
result run(std::string_view text, const source_mark& at, const shell& in);
/// The same where no time goes by and no queue is.
result run(std::string_view text, const source_mark& at, exchange::organization& org);

} // namespace connlab::cmdlet
