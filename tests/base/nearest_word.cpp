#include "sim/base/diagnostic.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab {

namespace {

const std::vector<std::string> parameters = {
    "AddressSpaces", "DNSRoutingEnabled",  "Fqdn", "RequireTLS", "SmartHosts",    "TlsAuthLevel",
    "TlsDomain",     "TlsCertificateName", "To",   "From",       "IgnoreSTARTTLS"};

} // namespace

BOOST_AUTO_TEST_SUITE(nearest_words)

BOOST_AUTO_TEST_CASE(slips_of_the_fingers_are_understood) {
    BOOST_TEST(nearest_word("TlsDomian", parameters) == "TlsDomain");   // swapped
    BOOST_TEST(nearest_word("TlsDoman", parameters) == "TlsDomain");    // left out
    BOOST_TEST(nearest_word("TlssDomain", parameters) == "TlsDomain");  // doubled
    BOOST_TEST(nearest_word("TlsDonain", parameters) == "TlsDomain");   // changed
    BOOST_TEST(nearest_word("SmartHost", parameters) == "SmartHosts");  // number
    BOOST_TEST(nearest_word("RequireSSL", parameters) == "RequireTLS"); // two changes
    BOOST_TEST(nearest_word("IgnoreStartTLS", parameters) == "IgnoreSTARTTLS");
    BOOST_TEST(nearest_word("Form", parameters) == "From");
}

BOOST_AUTO_TEST_CASE(case_costs_nothing) {
    BOOST_TEST(nearest_word("tlsauthlevel", parameters) == "TlsAuthLevel");
    BOOST_TEST(nearest_word("FQDN", parameters) == "Fqdn");
}

BOOST_AUTO_TEST_CASE(a_word_that_is_far_from_all_has_no_neighbour) {
    BOOST_TEST(nearest_word("Password", parameters).empty());
    BOOST_TEST(nearest_word("x", parameters).empty());
    BOOST_TEST(nearest_word("", parameters).empty());
    BOOST_TEST(nearest_word("TlsDomain", {}).empty());
    BOOST_TEST(nearest_word("ab", {"cd"}).empty());
}

BOOST_AUTO_TEST_CASE(the_first_of_equally_near_words_is_taken) {
    BOOST_TEST(nearest_word("cast", {"cost", "cash"}) == "cost");
    BOOST_TEST(nearest_word("cash", {"cost", "CASH"}) == "CASH");
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_junk_is_answered_at_once) {
    BOOST_TEST(nearest_word(std::string(1 << 20, 'T'), parameters).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
