// The record for people: one line a flow, failures with expected, actual and why, a closing summary.
#pragma once

#include "sim/report/paint.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::report {

/// How every report names a scenario: title and path.
std::string title_line(std::string_view title, std::string_view path, const paint& p);

/// One scenario: its title, a line for every flow, what was expected and did not happen.
std::string text(const trace::run_record& run, const paint& p);

/// The last lines: how many scenarios, flows and expectations; which scenarios failed.
std::string summary(const std::vector<trace::run_record>& runs, const paint& p);

/// A rule of the catalogue, as `explain --rule` prints it.
std::string text(const trace::rule& rule, const paint& p);

} // namespace connlab::report
