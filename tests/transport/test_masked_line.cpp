// On-premises sheet 6.4: secret parts are never logged.
#include "sim/transport/masked_line.hpp"

#include <boost/test/unit_test.hpp>

using connlab::transport::masked_line;

BOOST_AUTO_TEST_SUITE(masked_lines)

BOOST_AUTO_TEST_CASE(challenges_and_tickets_are_masked) {
    BOOST_TEST(masked_line("334 VXNlcm5hbWU6") == "334 <authentication response>");
    BOOST_TEST(masked_line("235 dGlja2V0") == "235 <authentication response>");
    BOOST_TEST(masked_line("YW5uYQ==") == "<authentication response>");
    BOOST_TEST(masked_line("X-EXPS EXCHANGEAUTH dGlja2V0") ==
               "X-EXPS EXCHANGEAUTH <authentication information>");
}

BOOST_AUTO_TEST_CASE(what_holds_no_secret_stays) {
    BOOST_TEST(masked_line("AUTH LOGIN") == "AUTH LOGIN");
    BOOST_TEST(masked_line("235 2.7.0 Authentication successful") == "235 2.7.0 Authentication successful");
    BOOST_TEST(masked_line("454 4.7.0 Temporary authentication failure") ==
               "454 4.7.0 Temporary authentication failure");
    BOOST_TEST(masked_line("535 5.7.3 Authentication unsuccessful") ==
               "535 5.7.3 Authentication unsuccessful");
}

BOOST_AUTO_TEST_SUITE_END()
