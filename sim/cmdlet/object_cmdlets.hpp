// New-, Remove-, Enable- and queue cmdlets: what adds, takes away and orders. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/shell.hpp"

#include <string>
#include <vector>

namespace connlab::cmdlet {

/// What a statement came to.
struct outcome {
    std::string output;  // what the shell prints
    std::string changed; // "Send connector To Fabrikam: created"
    diagnostics findings;
    std::vector<queue_command> queue_commands;
};

const std::vector<std::string>& object_cmdlets();

/// False: no cmdlet of these. `draft` is changed; it is thrown away when errors were said.
bool run_on_objects(const statement& s, const shell& in, exchange::organization& draft, error_list& errors,
                    outcome& out);

/// Names and arguments alone, without a model. False: no cmdlet of these.
bool check_on_objects(const statement& s, error_list& errors);

} // namespace connlab::cmdlet
