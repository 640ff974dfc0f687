// Which assumed rules and switches an outcome rests on.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::lab {

/// Ids, sorted, each once: assumed rules among the flow's decisions, and what the decisions name as assumed.
std::vector<std::string> assumptions_of(const trace::flow_record& f);

/// The rules that a record's decisions and assumptions name, from the catalogue, sorted by id.
std::vector<trace::rule> rules_used(const trace::run_record& r);

} // namespace connlab::lab
