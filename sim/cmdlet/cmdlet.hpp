// Cmdlet text as an administrator types it → a checked change of the model. Set-SendConnector, Set-ReceiveConnector,
// Set-TransportConfig; PowerShell's parameter binding for what they need.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/exchange/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::cmdlet {

/// Where the text stands in the scenario; column of its first character, for diagnostics inside the text.
struct result {
    diagnostics findings;          // errors: nothing was changed
    std::string output;            // what the shell prints (nothing, for Set-)
    std::string changed;           // "Send connector To Contoso: TlsDomain mx.contoso.com → mail.contoso.com"
};

/// Syntax, cmdlet and parameter names, value types: everything that can be checked without the model at that time.
diagnostics check(std::string_view text, const source_mark& at);

/// Applies the cmdlet to the organization. All or nothing: with an error the organization is as before.
result run(std::string_view text, const source_mark& at, exchange::organization& org);

} // namespace connlab::cmdlet
