#include "sim/trace/run_record.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>

namespace connlab::trace {

namespace {

step_record step_with(std::initializer_list<bool> met) {
    step_record step;
    for (const bool m : met) {
        expectation_record e;
        e.met = m;
        step.expectations.push_back(e);
    }
    return step;
}

} // namespace

BOOST_AUTO_TEST_SUITE(run_records)

BOOST_AUTO_TEST_CASE(a_run_is_as_expected_when_every_expectation_is_met) {
    run_record run;
    BOOST_TEST(run.as_expected()); // nothing was expected
    run.steps = {step_with({true, true}), step_with({}), step_with({true})};
    BOOST_TEST(run.as_expected());
    run.steps.push_back(step_with({true, false, true}));
    BOOST_TEST(!run.as_expected());
}

BOOST_AUTO_TEST_CASE(outcomes_have_the_words_of_scenarios) {
    BOOST_TEST(to_string(flow_outcome::delivered) == "Delivered");
    BOOST_TEST(to_string(flow_outcome::retry) == "Retry");
    BOOST_TEST(to_string(flow_outcome::failed) == "Failed");
    BOOST_TEST(to_string(flow_outcome::undeliverable) == "Undeliverable");
}

BOOST_AUTO_TEST_CASE(confidence_has_the_words_of_the_catalogue) {
    BOOST_TEST(to_string(confidence::documented) == "documented");
    BOOST_TEST(to_string(confidence::observed) == "observed");
    BOOST_TEST(to_string(confidence::assumed) == "assumed");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::trace
