// Each suite's expectation is an RFC's or the Web PKI's, ours is Windows': where they differ, the difference
// is listed with the Windows rule behind it. An unlisted difference fails, and so does a listed one that is
// none any more.
#include "sim/chain/verdict.hpp"
#include "tests/chain_suites/suite.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace connlab::chain::test {

namespace {

std::string theirs(bool expected) {
    return expected ? "trusted" : "refused";
}

/// The reason starts with the id of the rule that explains the difference.
bool names_a_rule(const std::string& reason) {
    const auto& all = rules();
    return std::any_of(all.begin(), all.end(), [&](const trace::rule& r) {
        return reason.compare(0, r.id.size(), r.id) == 0 &&
               (reason.size() == r.id.size() || reason[r.id.size()] == ',' || reason[r.id.size()] == ':');
    });
}

void compare(const std::vector<suite_case>& cases, const std::string& list) {
    std::map<std::string, listed> deviations;
    for (const auto& d : read_list(list, 3)) {
        BOOST_TEST(names_a_rule(d.fields[2]), list << ": " << d.id << " names no rule of this engine");
        deviations[d.id] = d;
    }
    const auto words = verdicts_of(cases);
    for (const auto& c : cases) {
        const auto answered = words.find(c.id);
        BOOST_TEST((answered != words.end()), c.id << " was not answered");
        if (answered == words.end())
            continue;
        const auto& ours = answered->second;
        const auto listed_as = deviations.find(c.id);
        if ((ours == "trusted") == c.expected) {
            BOOST_TEST((listed_as == deviations.end()), c.id << " is listed and deviates no more: " << ours);
        } else if (listed_as == deviations.end()) {
            BOOST_ERROR("not listed: " << c.id << " | " << ours << " | " << theirs(c.expected));
        } else {
            BOOST_TEST(listed_as->second.fields[0] == ours, c.id);
            BOOST_TEST(listed_as->second.fields[1] == theirs(c.expected), c.id);
        }
        deviations.erase(c.id);
    }
    for (const auto& [id, d] : deviations)
        BOOST_ERROR(list << " lists " << id << ", which was not run");
}

} // namespace

BOOST_AUTO_TEST_SUITE(suites)

BOOST_AUTO_TEST_CASE(pkits_deviates_only_as_listed) {
    const auto cases = pkits();
    BOOST_TEST(cases.size() == 247U);
    compare(cases, "pkits-deviations.txt");
}

BOOST_AUTO_TEST_CASE(limbo_deviates_only_as_listed) {
    const auto cases = limbo();
    BOOST_TEST(cases.size() == 208U);
    compare(cases, "limbo-deviations.txt");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain::test
