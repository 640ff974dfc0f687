// On-premises sheet 3.5: what the permission groups of a Receive connector grant, and to whom.
#include "sim/exchange/permissions.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

receive_connector with_groups(std::uint32_t groups) {
    auto c = internet_connector();
    c.permissions = groups;
    return c;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_permissions)

BOOST_AUTO_TEST_CASE(anonymous_sessions_submit_and_keep_routing_headers_alone) {
    BOOST_TEST(show_permissions(permissions_of(with_groups(group_anonymous_users), principal::anonymous)) ==
               "SMTPSubmit SMTPAcceptAnySender SMTPAcceptAuthoritativeDomainSender AcceptRoutingHeaders");
}

BOOST_AUTO_TEST_CASE(rights_of_anonymous_logon_are_given_and_taken_beside_the_group) {
    auto c = with_groups(group_anonymous_users);
    c.added_to_anonymous = *read_extended_right("ms-Exch-SMTP-Accept-Any-Recipient");
    c.removed_from_anonymous = *read_extended_right("MS-Exch-SMTP-Accept-Authoritative-Domain-Sender");
    BOOST_TEST(show_permissions(permissions_of(c, principal::anonymous)) ==
               "SMTPSubmit SMTPAcceptAnyRecipient SMTPAcceptAnySender AcceptRoutingHeaders");
    BOOST_TEST(permissions_of(c, principal::user) == 0U);
    BOOST_TEST(read_extended_right("ms-Exch-SMTP-Accept-Any-Recipent").error.find("did you mean") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(users_may_relay_and_may_not_send_as_anyone) {
    const auto granted = permissions_of(with_groups(group_exchange_users), principal::user);
    BOOST_TEST((granted & may_send_to_anyone) != 0U);
    BOOST_TEST((granted & may_send_as_anyone) == 0U);
    BOOST_TEST((granted & may_bypass_anti_spam) != 0U);
}

BOOST_AUTO_TEST_CASE(externally_secured_servers_have_all_but_the_header_permissions_of_exchange_servers) {
    const auto c = with_groups(group_exchange_servers);
    const auto trusted = permissions_of(c, principal::exchange_server);
    const auto secured = permissions_of(c, principal::externally_secured);
    BOOST_TEST((trusted & ~secured) == (keeps_organization_headers | keeps_forest_headers));
    BOOST_TEST((secured & ~trusted) == 0U);
    BOOST_TEST(permissions_of(with_groups(group_exchange_legacy_servers), principal::legacy_server) ==
               secured);
}

BOOST_AUTO_TEST_CASE(partners_submit_and_do_not_relay) {
    BOOST_TEST(permissions_of(with_groups(group_partners), principal::partner) ==
               (may_submit | keeps_routing_headers));
}

BOOST_AUTO_TEST_CASE(a_group_that_the_connector_lacks_grants_nothing) {
    BOOST_TEST(permissions_of(with_groups(group_exchange_servers), principal::anonymous) == 0U);
    BOOST_TEST(permissions_of(with_groups(group_anonymous_users), principal::exchange_server) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
