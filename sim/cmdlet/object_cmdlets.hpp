// New-, Remove-, Enable- and queue cmdlets: what adds, takes away and orders. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/formatting.hpp"
#include "sim/cmdlet/shell.hpp"

#include <string>
#include <vector>

namespace connlab::cmdlet {

/// What a statement came to.
struct outcome {
    std::string output;  // what the shell prints
    std::string changed; // "Send connector To Fabrikam: created"
    std::string told;    // both, in their order
    diagnostics findings;
    std::vector<queue_command> queue_commands;
    std::vector<view_object> objects; // that a variable can take
    std::vector<trace::decision> decisions;
};

void add_line(std::string& to, const std::string& line);

const std::vector<std::string>& object_cmdlets();

struct work;

/// False: no cmdlet of these.
bool run_on_objects(const work& w);

/// Names and arguments alone, without a model. False: no cmdlet of these.
bool check_on_objects(const statement& s, error_list& errors);

} // namespace connlab::cmdlet
