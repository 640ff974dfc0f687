// What PowerShell does on the computer itself: registry, cipher suites and curves, services. Internal.
#pragma once

#include "sim/cmdlet/object_work.hpp"
#include "sim/cmdlet/plain_arguments.hpp"

#include <string>
#include <vector>

namespace connlab::cmdlet {

const std::vector<std::string>& machine_cmdlets();

/// False: no cmdlet of these. Like run_on_objects, on the server at whose console the text runs.
bool run_on_machine(const statement& s, const shell& in, exchange::organization& draft, error_list& errors,
                    outcome& out);

/// Names and arguments alone, without a model. False: no cmdlet of these.
bool check_on_machine(const statement& s, error_list& errors);

/// One of these cmdlets, with its arguments, on its computer.
struct machine_work {
    const work& order;
    const plain_arguments& given;
    exchange::server& computer;
};

struct machine_cmdlet {
    std::string_view name;
    std::vector<plain_parameter> parameters;
    void (*run)(const machine_work&);
};
std::vector<machine_cmdlet> registry_cmdlets();
std::vector<machine_cmdlet> cipher_suite_cmdlets();
std::vector<machine_cmdlet> service_cmdlets();

} // namespace connlab::cmdlet
