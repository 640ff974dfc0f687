// Versions, default connectors, intervals: exchange-builds.tsv, on-premises sheet 2.7, 3.4.
#include "sim/exchange/model.hpp"
#include "sim/exchange/parameters.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::exchange;

namespace {

server some_server(server_role role) {
    server s;
    s.name = "TESTMS05";
    s.role = role;
    s.fqdn = std::string("testms05.varunagroup.de");
    return s;
}

std::string show(const receive_connector& c, std::string_view name) {
    return find_parameter(receive_connector_parameters(), name)->show(c);
}

struct default_connector {
    const char* name;
    const char* role;
    const char* bindings;
    const char* auth;
    const char* permissions;
    const char* log;
};

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_model)

BOOST_AUTO_TEST_CASE(a_version_has_its_build) {
    const auto v = parse_exchange_version("Exchange2019 CU12");
    BOOST_REQUIRE(v);
    BOOST_TEST(v->build == "15.2.1118.7");
    BOOST_TEST(v->product == "Exchange2019");
    BOOST_TEST(v->level == "CU12");
    BOOST_TEST(v->update.empty());
    BOOST_CHECK((v->number == std::array<int, 4>{15, 2, 1118, 7}));
    BOOST_TEST(parse_exchange_version("Exchange2016 CU23 Feb26SU")->build == "15.1.2507.66");
    BOOST_TEST(parse_exchange_version("ExchangeSE RTM")->build == "15.2.2562.17");
    BOOST_TEST(parse_exchange_version("exchange2013 cu23 Mar23SU")->build == "15.0.1497.48");
}

BOOST_AUTO_TEST_CASE(without_level_the_newest_build_is_taken) {
    const auto v = parse_exchange_version("Exchange2019");
    BOOST_TEST(v->build == "15.2.1748.43");
    BOOST_TEST(v->level == "CU15");
    BOOST_TEST(v->update == "Feb26SU");
    BOOST_TEST(v->text == "Exchange2019");
    BOOST_TEST(parse_exchange_version("ExchangeSE")->build == "15.2.2562.37");
}

BOOST_AUTO_TEST_CASE(an_unknown_version_names_the_nearest) {
    BOOST_TEST(parse_exchange_version("Exchange2019 CU99").error.find("did you mean `Exchange2019 CU9`?") !=
               std::string::npos);
    for (const auto* text :
         {"", "Exchange", "2019", "Exchange2019 CU12 May22SU more", "Exchange2016 CU12 CU13"})
        BOOST_TEST(!parse_exchange_version(text), text);
}

/// What the article (3.4) says, and where it is silent or a real Exchange 2019 disagrees, what that one shows
/// (clixml/exlab-e2019/GetReceiveConnector).
BOOST_AUTO_TEST_CASE(default_connectors_have_the_limits_of_a_real_server) {
    const auto all = default_receive_connectors(some_server(server_role::mailbox));
    const auto of = [&](std::string_view name) {
        return *std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.name == name; });
    };
    const auto hub = of("Default TESTMS05");
    BOOST_TEST(show(hub, "SizeEnabled") == "EnabledWithoutValue");
    BOOST_TEST(show(hub, "MaxRecipientsPerMessage") == "5000");
    BOOST_TEST(show(hub, "MaxInboundConnectionPerSource") == "Unlimited");
    BOOST_TEST(show(hub, "MessageRateLimit") == "Unlimited");
    for (const auto* client : {"Client Proxy TESTMS05", "Client Frontend TESTMS05"}) {
        BOOST_TEST(show(of(client), "MessageRateLimit") == "5");
        BOOST_TEST(show(of(client), "SizeEnabled") == "Enabled");
        BOOST_TEST(show(of(client), "MaxRecipientsPerMessage") == "200");
    }
    BOOST_TEST(show(of("Outbound Proxy Frontend TESTMS05"), "TarpitInterval") == "00:00:00");
    BOOST_TEST(show(of("Default Frontend TESTMS05"), "TarpitInterval") == "00:00:05");
}

BOOST_AUTO_TEST_CASE(a_mailbox_server_has_five_default_connectors) {
    const std::vector<default_connector> expected{
        {"Client Frontend TESTMS05", "FrontendTransport", "{0.0.0.0:587, [::]:587}",
         "Tls, Integrated, BasicAuth, BasicAuthRequireTLS", "ExchangeUsers", "None"},
        {"Default Frontend TESTMS05", "FrontendTransport", "{0.0.0.0:25, [::]:25}",
         "Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer",
         "AnonymousUsers, ExchangeServers, ExchangeLegacyServers", "Verbose"},
        {"Outbound Proxy Frontend TESTMS05", "FrontendTransport", "{0.0.0.0:717, [::]:717}",
         "Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer", "ExchangeServers", "None"},
        {"Client Proxy TESTMS05", "HubTransport", "{0.0.0.0:465, [::]:465}",
         "Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer", "ExchangeUsers, ExchangeServers",
         "None"},
        {"Default TESTMS05", "HubTransport", "{0.0.0.0:2525, [::]:2525}",
         "Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer", // the article lacks
                                                                            // BasicAuthRequireTLS
         "ExchangeUsers, ExchangeServers, ExchangeLegacyServers", "None"},
    };
    const auto all = default_receive_connectors(some_server(server_role::mailbox));
    BOOST_REQUIRE_EQUAL(all.size(), expected.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& c = all[i];
        BOOST_TEST(c.name == expected[i].name);
        BOOST_TEST(show(c, "TransportRole") == expected[i].role);
        BOOST_TEST(show(c, "Bindings") == expected[i].bindings);
        BOOST_TEST(show(c, "AuthMechanism") == expected[i].auth);
        BOOST_TEST(show(c, "PermissionGroups") == expected[i].permissions);
        BOOST_TEST(show(c, "ProtocolLoggingLevel") == expected[i].log);
        BOOST_TEST(c.remote_ip_ranges->size() == 2U);
        BOOST_TEST(c.made_by_setup);
        BOOST_TEST(*c.enabled);
        BOOST_TEST(*c.fqdn == "testms05.varunagroup.de");
        BOOST_TEST(c.identity() == "TESTMS05\\" + c.name);
    }
}

BOOST_AUTO_TEST_CASE(an_edge_server_has_one_prepared_for_domain_security) {
    const auto all = default_receive_connectors(some_server(server_role::edge));
    BOOST_REQUIRE_EQUAL(all.size(), 1U);
    const auto& c = all.front();
    BOOST_TEST(c.name == "Default internal receive connector TESTMS05");
    BOOST_TEST(show(c, "Bindings") == "{0.0.0.0:25}");
    BOOST_TEST(show(c, "AuthMechanism") == "Tls, ExchangeServer");
    BOOST_TEST(show(c, "PermissionGroups") == "AnonymousUsers, ExchangeServers, Partners");
    BOOST_TEST(show(c, "RemoteIPRanges") == "{0.0.0.0-255.255.255.255}");
    BOOST_TEST(show(c, "ConnectionTimeout") == "00:05:00");
    BOOST_TEST(show(c, "ConnectionInactivityTimeout") == "00:01:00");
    BOOST_TEST(*c.domain_secure_enabled);
}

BOOST_AUTO_TEST_CASE(a_plain_server_listens_on_port_25) {
    for (const auto role : {server_role::smtp, server_role::exchange_online}) {
        const auto all = default_receive_connectors(some_server(role));
        const bool online = role == server_role::exchange_online; // smtp.office365.com:587 too
        BOOST_REQUIRE_EQUAL(all.size(), online ? 2U : 1U);
        BOOST_TEST(show(all.back(), "Bindings") == (online ? "{0.0.0.0:587}" : "{0.0.0.0:25}"));
        BOOST_TEST(show(all[0], "Bindings") == "{0.0.0.0:25}");
        BOOST_TEST(show(all[0], "RemoteIPRanges") == "{0.0.0.0-255.255.255.255}");
    }
}

BOOST_AUTO_TEST_CASE(edge_waits_longer_between_attempts) {
    using std::chrono::minutes;
    BOOST_CHECK(retry_settings_of(server_role::mailbox).transient_interval == minutes{5});
    BOOST_CHECK(retry_settings_of(server_role::mailbox).outbound_interval == minutes{10});
    BOOST_CHECK(retry_settings_of(server_role::edge).transient_interval == minutes{10});
    BOOST_CHECK(retry_settings_of(server_role::edge).outbound_interval == minutes{30});
}

BOOST_AUTO_TEST_CASE(accepted_domains_are_exact_or_hold_subdomains) {
    organization o;
    o.accepted_domains = std::vector<std::string>{"varunagroup.de", "*.contoso.com"};
    BOOST_TEST(o.accepts("VarunaGroup.de"));
    BOOST_TEST(!o.accepts("mail.varunagroup.de"));
    BOOST_TEST(o.accepts("a.b.contoso.com"));
    BOOST_TEST(!o.accepts("contoso.com"));
}

BOOST_AUTO_TEST_SUITE_END()
