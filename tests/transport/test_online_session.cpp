// Exchange Online sheet 1.8, 1.9, 3.4, 7.1: what the front end says.
#include "tests/transport/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::transport::tests;

namespace {

const std::string mail = "MAIL FROM:<anna@varunagroup.de>";

/// One tenant that accepts contoso.com and varunagroup.de; its connector is for the certificate `own`.
receiver front_end() {
    receiver r;
    r.of.server.role = exchange::server_role::exchange_online;
    r.of.server.name = "AMS0EPF0000019A";
    r.connector.server = r.of.server.name;
    exchange::tenant t;
    t.name = "contoso";
    t.accepted_domains.resize(2);
    t.accepted_domains[0].domain = "contoso.com";
    t.accepted_domains[1].domain = "varunagroup.de";
    t.recipients = std::vector<std::string>{"bob@contoso.com"};
    exchange::inbound_connector hybrid;
    hybrid.name = "hybrid";
    hybrid.type = exchange::online_connector_type::on_premises;
    hybrid.sender_domains = std::vector<std::string>{"*"};
    hybrid.tls_sender_certificate_name = std::string("*.varunagroup.de");
    hybrid.cloud_services_mail_enabled = true;
    t.inbound_connectors = {hybrid};
    r.of.organization.tenants = {t};
    return r;
}

std::vector<std::string> script(const std::string& recipient, bool tls) {
    std::vector<std::string> out{"EHLO a.example"};
    if (tls)
        out.insert(out.end(), {"STARTTLS", "<tls>", "EHLO a.example"});
    out.insert(out.end(), {mail, "RCPT TO:<" + recipient + ">", "DATA", "<message>", "QUIT"});
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(online_session)

BOOST_AUTO_TEST_CASE(greeting_and_keywords_are_those_of_the_wire) { // 7.1
    const auto a = receive_from(front_end(), script("bob@contoso.com", true));
    BOOST_REQUIRE(a.lines.size() > 15U);
    const auto& greeting = a.lines.front();
    BOOST_TEST(greeting.starts_with("S: 220 AMS0EPF0000019A.mail.protection.outlook.com Microsoft ESMTP MAIL "
                                    "Service ready at Mon, 3 Jun 2024 12:00:00 +0000 ["));
    const auto id = greeting.substr(greeting.rfind('[') + 1, 16);
    BOOST_TEST(id.find_first_not_of("0123456789ABCDEF") == std::string::npos);
    BOOST_TEST(greeting.back() == ']');
    const std::vector<std::string> hello{
        "S: 250-AMS0EPF0000019A.mail.protection.outlook.com Hello [192.168.10.5]",
        "S: 250-SIZE 157286400",
        "S: 250-PIPELINING",
        "S: 250-DSN",
        "S: 250-ENHANCEDSTATUSCODES",
        "S: 250-STARTTLS",
        "S: 250-8BITMIME",
        "S: 250-BINARYMIME",
        "S: 250-CHUNKING",
        "S: 250 SMTPUTF8"};
    BOOST_TEST(std::vector(a.lines.begin() + 2, a.lines.begin() + 12) == hello,
               boost::test_tools::per_element());
    BOOST_TEST(a.count("S: 250-STARTTLS") == 1U); // not inside TLS
    BOOST_TEST(a.said("S: 220 2.0.0 SMTP server ready"));
    BOOST_TEST(!a.said("XOORG")); // no certificate came
}

BOOST_AUTO_TEST_CASE(xoorg_is_for_clients_whose_certificate_a_connector_names) { // 3.4
    BOOST_TEST(receive_from(front_end(), script("bob@contoso.com", true), presented("own")).said("XOORG"));
    BOOST_TEST(!receive_from(front_end(), script("bob@contoso.com", true), presented("own-untrusted"))
                    .said("XOORG"));
    auto without = front_end();
    without.of.organization.tenants.front().inbound_connectors.front().cloud_services_mail_enabled = false;
    BOOST_TEST(!receive_from(without, script("bob@contoso.com", true), presented("own")).said("XOORG"));
    auto asks = script("bob@contoso.com", true);
    asks[4] += " XOORG=varunagroup.de";
    BOOST_TEST(receive_from(front_end(), asks, presented("own")).accepted.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_refusal_names_machine_time_and_session) { // 1.9
    const auto a = receive_from(front_end(), script("x@elsewhere.example", true));
    const auto id = a.lines.front().substr(a.lines.front().rfind('[') + 1, 16);
    BOOST_TEST(a.said("S: 550 5.7.64 TenantAttribution; Relay Access Denied "
                      "[AMS0EPF0000019A.eurprd04.prod.outlook.com 2024-06-03T12:00:00.000Z " +
                      id + "]"));
    BOOST_TEST(a.refusal == "RelayDenied");
    BOOST_TEST(!a.refusal_ours);
}

BOOST_AUTO_TEST_CASE(the_certificate_decides_whose_message_it_is) { // 1.3
    const auto own = receive_from(front_end(), script("x@elsewhere.example", true), presented("own"));
    BOOST_REQUIRE(own.accepted.size() == 1U);
    BOOST_TEST((own.accepted.front().direction == exchange::directionality::originating));
    BOOST_TEST(own.accepted.front().tenant == "contoso");
    BOOST_TEST(own.accepted.front().auth_as == "Anonymous"); // no cross-premises headers came
    const auto untrusted =
        receive_from(front_end(), script("x@elsewhere.example", true), presented("own-untrusted"));
    BOOST_TEST(untrusted.accepted.empty());
    const auto in_clear = receive_from(front_end(), script("bob@contoso.com", false));
    BOOST_REQUIRE(in_clear.accepted.size() == 1U);
    BOOST_TEST((in_clear.accepted.front().direction == exchange::directionality::incoming));
    BOOST_TEST(in_clear.accepted.front().content.find(
                   "X-MS-Exchange-Organization-MessageDirectionality: Incoming\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_stranger_wrote_about_himself_is_removed) { // 1.10
    const auto a = receive_from(front_end(), script("bob@contoso.com", true));
    BOOST_REQUIRE(a.accepted.size() == 1U);
    const auto& content = a.accepted.front().content;
    BOOST_TEST(content.find("X-MS-Exchange-Organization-AuthAs: Anonymous\r\n") != std::string::npos);
    BOOST_TEST(content.find("TenantId=") != std::string::npos);
    BOOST_TEST(content.find("Ip=[192.168.10.5];Helo=[a.example]") != std::string::npos);
    BOOST_TEST(content.find(" via Frontend Transport") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
