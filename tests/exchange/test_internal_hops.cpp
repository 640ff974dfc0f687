// On-premises sheet 1.3, 1.4, 2.3, 2.8, 2.9: hops inside an organization.
#include "sim/exchange/internal_hops.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

server named(const char* name, const char* site = "") {
    auto s = testms05();
    s.name = name;
    s.fqdn = std::string(name) + ".varunagroup.de";
    s.site = std::string(site);
    return s;
}

/// EX1 and EX2 in Berlin, EX3 in Bonn with carla's mailbox.
organization two_sites() {
    auto o = varunagroup();
    o.servers = {named("EX1", "Berlin"), named("EX2", "Berlin"), named("EX3", "Bonn")};
    o.servers[1].mailboxes = std::vector<std::string>{"bruno@varunagroup.de"};
    o.servers[2].mailboxes = std::vector<std::string>{"carla@varunagroup.de"};
    return o;
}

trace::decided<next_stage> from_ex1(const organization& o, std::string_view recipient,
                                    const send_connector* c = nullptr) {
    auto d = select_next_stage(o, o.servers.front(), recipient, c);
    is_complete(d.why);
    return d;
}

trace::decided<send_verdict> hello(const server& s, exchange_keywords_seen seen) {
    auto d = judge_exchange_hello(s, intra_organization_connector(s), seen, "ex2.varunagroup.de");
    is_complete(d.why);
    return d;
}

trace::decided<inbound_verdict> recognized(const organization& o, const char* token, bool fails) {
    auto d = judge_exchange_server(o, o.servers[1], internet_connector("Default EX2"), "EXCHANGEAUTH", token,
                                   ip("192.168.10.5"), fails);
    is_complete(d.why);
    return d;
}

constexpr const char* cannot = "451 5.7.3 Cannot achieve Exchange Server authentication";

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_internal_hops)

BOOST_AUTO_TEST_CASE(a_mailbox_in_the_site_is_reached_through_mailbox_delivery) {
    const auto o = two_sites();
    const auto d = from_ex1(o, "Bruno@varunagroup.de");
    BOOST_TEST((d.value.step == next_step::mailbox_delivery));
    BOOST_TEST(d.value.target->name == "EX2");
    BOOST_TEST(d.value.delivery_type == "SmtpDeliveryToMailbox");
}

BOOST_AUTO_TEST_CASE(a_mailbox_in_another_site_is_reached_through_its_transport_service) {
    const auto o = two_sites();
    const auto d = from_ex1(o, "carla@varunagroup.de");
    BOOST_TEST((d.value.step == next_step::hub));
    BOOST_TEST(d.value.target->name == "EX3");
    BOOST_TEST(d.value.next_hop_domain == "Bonn");
}

BOOST_AUTO_TEST_CASE(a_mailbox_that_nobody_lists_is_on_the_first_mailbox_server) {
    const auto o = two_sites();
    BOOST_TEST(from_ex1(o, "dora@varunagroup.de").value.target->name == "EX1");
}

BOOST_AUTO_TEST_CASE(a_connector_of_another_source_server_is_reached_through_that_server) {
    const auto o = two_sites();
    auto c = to_contoso();
    c.source_transport_servers = std::vector<std::string>{"EX2"};
    const auto d = from_ex1(o, "bob@contoso.com", &c);
    BOOST_TEST((d.value.step == next_step::hub));
    BOOST_TEST(d.value.target->name == "EX2");
    BOOST_TEST(d.value.delivery_type == "SmtpRelayToConnectorSourceServers");
}

BOOST_AUTO_TEST_CASE(a_proxied_connector_leaves_through_the_front_end) {
    const auto o = two_sites();
    auto c = to_contoso();
    BOOST_TEST((from_ex1(o, "bob@contoso.com", &c).value.step == next_step::leave));
    c.frontend_proxy_enabled = true;
    BOOST_TEST((from_ex1(o, "bob@contoso.com", &c).value.step == next_step::proxy));
}

BOOST_AUTO_TEST_CASE(an_edge_has_no_way_in) {
    auto o = two_sites();
    o.servers.front().role = server_role::edge;
    BOOST_TEST((from_ex1(o, "bruno@varunagroup.de").value.step == next_step::nowhere));
}

BOOST_AUTO_TEST_CASE(x_anonymoustls_goes_first_and_x_exps_follows_inside) {
    BOOST_TEST((hello(testms05(), {true, true, false}).value.action == send_action::start_anonymous_tls));
    BOOST_TEST((hello(testms05(), {false, true, true}).value.action == send_action::authenticate));
}

BOOST_AUTO_TEST_CASE(without_x_anonymoustls_or_x_exps_authentication_cannot_be_achieved) {
    for (const exchange_keywords_seen seen :
         {exchange_keywords_seen{false, true, false}, exchange_keywords_seen{false, false, true},
          exchange_keywords_seen{true, true, false, false, false}}) {
        const auto d = hello(testms05(), seen);
        BOOST_TEST((d.value.action == send_action::queue));
        BOOST_TEST(d.value.reply == cannot);
        BOOST_TEST(d.value.bare);
    }
}

BOOST_AUTO_TEST_CASE(downgraded_authentication_needs_no_tls) {
    auto s = testms05();
    s.use_downgraded_exchange_server_auth = true;
    BOOST_TEST((hello(s, {false, true, false}).value.action == send_action::authenticate));
    BOOST_TEST((hello(s, {true, true, false}).value.action == send_action::start_anonymous_tls));
}

BOOST_AUTO_TEST_CASE(an_exchange_server_of_the_organization_is_recognized_by_name) {
    const auto o = two_sites();
    BOOST_TEST(server_named_by(token_of(o.servers.front())) == "EX1");
    BOOST_TEST(server_named_by("bm9uc2Vuc2U=") == "");
    BOOST_TEST(server_named_by("not base64") == "");
    BOOST_TEST(recognized(o, "EX1", false).value.accepted);
    BOOST_TEST(!recognized(o, "FAB01", false).value.accepted);
}

BOOST_AUTO_TEST_CASE(failing_kerberos_is_temporary_and_leaves_1035_and_2017) {
    const auto o = two_sites();
    const auto refused = recognized(o, "EX1", true);
    BOOST_TEST(refused.value.reply == "454 4.7.0 Temporary authentication failure");
    BOOST_TEST(refused.value.events.at(0).id == 1035);
    BOOST_TEST(refused.value.events.at(0).text ==
               "Inbound authentication failed with error LogonDenied for Receive connector Default EX2. The "
               "authentication mechanism is ExchangeAuth. The source IP address of the client who tried to "
               "authenticate to Microsoft Exchange is [192.168.10.5].");
    const auto c = intra_organization_connector(o.servers.front());
    const auto told = judge_exchange_authentication(c, refused.value.reply, false, "ex2.varunagroup.de");
    is_complete(told.why);
    BOOST_TEST((told.value.action == send_action::queue));
    BOOST_TEST(told.value.events.at(0).id == 2017);
    BOOST_TEST(
        told.value.events.at(0).text ==
        "Outbound authentication failed with error LogonDenied for Send connector Intra-Organization SMTP "
        "Send Connector. The authentication mechanism is ExchangeAuth. The target is "
        "SMTPSVC/ex2.varunagroup.de.");
}

BOOST_AUTO_TEST_SUITE_END()
