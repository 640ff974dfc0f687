// What the flows of a step are called; some steps send messages more than once.
#include "sim/lab/steps.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;

BOOST_AUTO_TEST_SUITE(flow_ids)

BOOST_AUTO_TEST_CASE(flows_of_one_step_never_share_a_name) {
    const std::vector<std::string> only{"3"};
    const std::vector<std::string> two{"3.1", "3.2"};
    const std::vector<std::string> behind_one{"3.2"};
    const std::vector<std::string> behind_two{"3.3", "3.4"};
    BOOST_TEST(lab::flow_ids(3, 1) == only, boost::test_tools::per_element());
    BOOST_TEST(lab::flow_ids(3, 2) == two, boost::test_tools::per_element());
    BOOST_TEST(lab::flow_ids(3, 1, 1) == behind_one, boost::test_tools::per_element());
    BOOST_TEST(lab::flow_ids(3, 2, 2) == behind_two, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
