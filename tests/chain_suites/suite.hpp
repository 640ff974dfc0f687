// Third-party certificate-path suites as lines for `connlab verify`, and the lists of what deviates.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace connlab::chain::test {

struct suite_case {
    std::string id;
    std::string line; // as standard input of `connlab verify` takes it
    bool expected = false;
};

/// NIST PKITS: every certificate but the first (the trust anchor) and the last (the leaf) is an intermediate;
/// the CRLs lie in the CA store.
std::vector<suite_case> pkits();
/// x509-limbo's own cases. Those without a time of their own are asked at an instant when their certificates
/// hold.
std::vector<suite_case> limbo();

/// What `connlab verify` says of each case by its id: `trusted`, a policy error, or `unreadable`.
std::map<std::string, std::string> verdicts_of(const std::vector<suite_case>& cases);

/// A line of a checked-in list: fields between bars. `#` starts a comment.
struct listed {
    std::string id;
    std::vector<std::string> fields; // after the id
};
/// Reads tests/cases/FILE. A line with another number of fields after the id, or an id listed twice, fails
/// the test.
std::vector<listed> read_list(const std::string& file, std::size_t fields);

} // namespace connlab::chain::test
