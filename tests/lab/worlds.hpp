// Small worlds for the tests of the driver, written as scenarios are: a base, and what a case changes.
#pragma once

#include "sim/lab/run.hpp"

#include <string>
#include <vector>

namespace connlab::lab::tests {

/// Runs a case that extends the base: TESTMS05 of Varunagroup (Exchange 2019, 192.168.10.5), MX1, MX2 and MX3
/// of Contoso (203.0.113.1 to .3, mx1.contoso.com to mx3), FAB of Fabrikam (198.51.100.7); certificates of a
/// public root, clock 2024-06-03T09:00:00Z, connectors `To Contoso` and `Internet`. MX of contoso.com: MX1
/// alone.
run_result play(const std::string& text, unsigned threads = 1);
/// The same; the run has to come about.
trace::run_record record_of(const std::string& text, unsigned threads = 1);

const certs::key_pool& keys();

/// `MX1`, … in the order in which they were connected to.
std::vector<std::string> hosts_tried(const trace::flow_record& f);
std::vector<int> event_ids(const trace::flow_record& f);
instant at(std::string_view iso);

} // namespace connlab::lab::tests
