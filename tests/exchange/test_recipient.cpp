// On-premises sheet 3.5, 3.7.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

trace::decided<inbound_verdict> judged(const server& s, const receive_connector& c,
                                       std::string_view recipient, principal who = principal::anonymous) {
    auto d = judge_recipient(varunagroup(), s, c, recipient, who);
    is_complete(d.why);
    return d;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_recipient)

BOOST_AUTO_TEST_CASE(accepted_domain_is_taken) {
    const auto d = judged(testms05(), internet_connector(), "bob@VarunaGroup.de");
    BOOST_TEST(d.value.accepted);
    BOOST_TEST(d.why.rule == "exchange.recipient.accepted-domain");
}

BOOST_AUTO_TEST_CASE(postmaster_without_domain_is_taken) {
    BOOST_TEST(judged(testms05(), internet_connector(), "postmaster").value.accepted);
}

BOOST_AUTO_TEST_CASE(other_domains_are_not_relayed) {
    const auto d = judged(testms05(), internet_connector(), "bob@contoso.com");
    BOOST_TEST(!d.value.accepted);
    BOOST_TEST(d.value.reply == "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain");
    BOOST_TEST(d.value.reason == "RelayDenied");
    BOOST_TEST(!d.value.our_text);
}

BOOST_AUTO_TEST_CASE(externally_secured_hosts_may_relay) {
    auto c = internet_connector();
    c.auth = std::uint32_t{auth_tls | auth_external_authoritative};
    c.permissions = std::uint32_t{group_exchange_servers};
    BOOST_TEST(judged(testms05(), c, "bob@contoso.com", principal::externally_secured).value.accepted);
    BOOST_TEST(!judged(testms05(), c, "bob@contoso.com", principal::anonymous).value.accepted);
}

BOOST_AUTO_TEST_CASE(a_capability_lets_the_cloud_relay) { // hybrid sheet 3.7
    const auto d = judge_recipient(varunagroup(), testms05(), internet_connector(), "bob@contoso.com",
                                   principal::anonymous, "AcceptCloudServicesMail");
    is_complete(d.why);
    BOOST_TEST(d.value.accepted);
    BOOST_TEST(d.why.rule == "exchange.recipient.cloud-relay");
}

BOOST_AUTO_TEST_CASE(exchange_2013_refuses_in_the_older_words) { // 3.7; hybrid sheet 3.7
    auto s = testms05();
    s.version = *parse_exchange_version("Exchange2013");
    BOOST_TEST(judged(s, internet_connector(), "bob@contoso.com").value.reply == "550 5.7.1 Unable to relay");
}

BOOST_AUTO_TEST_CASE(plain_smtp_server_denies_relay_like_postfix) {
    const auto d = judged(contoso_mx(), internet_connector(), "bob@contoso.com");
    BOOST_TEST(d.value.reply == "554 5.7.1 <bob@contoso.com>: Relay access denied");
}

BOOST_AUTO_TEST_SUITE_END()
