// On-premises sheet 7: Received, the authentication headers, the header firewall.
#include "sim/exchange/message_headers.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

/// A text without the line breaks that folding puts in.
std::string on_one_line(std::string text) {
    for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n"))
        text.erase(at, 2);
    return text;
}

server build(const char* version) {
    auto s = testms05();
    s.version = *parse_exchange_version(version);
    return s;
}

arrival from_partner() {
    arrival a;
    a.from = "mail.contoso.com";
    a.from_address = ip("203.0.113.9");
    a.by = "testms05.varunagroup.de";
    a.by_address = ip("192.168.10.5");
    a.tls_version = "TLS1_2";
    a.cipher = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    a.service = transport_role::frontend_transport;
    a.at = at("2024-06-03T09:00:00Z");
    return a;
}

const std::string message = "Received: from a by b; Mon, 3 Jun 2024 08:00:00 +0000\r\n"
                            "X-MS-Exchange-Organization-SCL: -1\r\n"
                            "x-ms-exchange-forest-RulesExecuted: one,\r\n\ttwo\r\n"
                            "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n"
                            "Subject: X-MS-Exchange-Organization-SCL: 9\r\n"
                            "\r\n"
                            "X-MS-Exchange-Organization-SCL: in the body\r\n";

receive_connector for_groups(std::uint32_t groups) {
    auto c = internet_connector();
    c.permissions = groups;
    return c;
}

std::vector<std::string> removed(const trace::decided<filtered_message>& d) {
    is_complete(d.why);
    return d.value.removed;
}

using names = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_message_headers)

BOOST_AUTO_TEST_CASE(received_names_both_ends_tls_build_and_service) {
    BOOST_TEST(on_one_line(received_field(build("Exchange2019 CU12"), from_partner())) ==
               "Received: from mail.contoso.com (203.0.113.9) by testms05.varunagroup.de (192.168.10.5) with "
               "Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id "
               "15.2.1118.7 via Frontend Transport; Mon, 3 Jun 2024 09:00:00 +0000");
}

BOOST_AUTO_TEST_CASE(received_without_tls_says_nothing_of_it) {
    auto a = from_partner();
    a.tls_version.clear();
    a.service = transport_role::hub_transport;
    BOOST_TEST(on_one_line(received_field(build("Exchange2019 CU12"), a))
                   .find("with Microsoft SMTP Server id 15.2.1118.7; Mon,") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(exchange_2013_says_tls_in_brackets) {
    BOOST_TEST(on_one_line(received_field(build("Exchange2013"), from_partner()))
                   .find("with Microsoft SMTP Server (TLS) id 15.0.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(mailbox_submission_is_by_mapi_with_a_padded_build) {
    auto a = from_partner();
    a.submitted = true;
    BOOST_TEST(on_one_line(received_field(build("Exchange2019 CU12"), a))
                   .find("(192.168.10.5) with mapi id 15.02.1118.007; Mon,") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_fields_are_folded) {
    const auto field = received_field(build("Exchange2019 CU12"), from_partner());
    std::size_t begin = 0;
    for (auto end = field.find("\r\n"); begin != std::string::npos; end = field.find("\r\n", begin)) {
        BOOST_TEST(field.substr(begin, end - begin).size() <= 78U);
        begin = end == std::string::npos ? end : end + 2;
        if (begin != std::string::npos)
            BOOST_TEST(field[begin] == ' ');
    }
}

BOOST_AUTO_TEST_CASE(anonymous_sessions_lose_organization_forest_and_cross_premises_headers) {
    const auto d = filter_received(message, for_groups(group_anonymous_users), principal::anonymous,
                                   cross_premises::refused);
    const names expected{"X-MS-Exchange-Organization-SCL", "x-ms-exchange-forest-RulesExecuted",
                         "X-MS-Exchange-CrossPremises-AuthAs"};
    BOOST_TEST(removed(d) == expected, boost::test_tools::per_element());
    BOOST_TEST(d.value.content == "Received: from a by b; Mon, 3 Jun 2024 08:00:00 +0000\r\n"
                                  "Subject: X-MS-Exchange-Organization-SCL: 9\r\n"
                                  "\r\n"
                                  "X-MS-Exchange-Organization-SCL: in the body\r\n");
}

BOOST_AUTO_TEST_CASE(exchange_servers_bring_everything) {
    const auto d = filter_received(message, for_groups(group_exchange_servers), principal::exchange_server,
                                   cross_premises::inside);
    BOOST_TEST(removed(d).empty());
    BOOST_TEST(d.value.content == message);
}

BOOST_AUTO_TEST_CASE(externally_secured_servers_bring_routing_headers_alone) {
    const auto d = filter_received(message, for_groups(group_exchange_servers), principal::externally_secured,
                                   cross_premises::refused);
    BOOST_TEST(removed(d).size() == 3U);
    BOOST_TEST(!field_of(d.value.content, "Received").empty());
}

BOOST_AUTO_TEST_CASE(a_session_without_any_group_loses_routing_headers_too) {
    const auto d =
        filter_received(message, for_groups(group_none), principal::anonymous, cross_premises::refused);
    BOOST_TEST(removed(d).front() == "Received");
}

BOOST_AUTO_TEST_CASE(cross_premises_headers_are_promoted_and_replace_existing_ones) {
    const auto spoofed = "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n" + message;
    const auto d = filter_received(spoofed, for_groups(group_exchange_servers | group_anonymous_users),
                                   principal::anonymous, cross_premises::accepted);
    is_complete(d.why);
    BOOST_TEST(field_of(d.value.content, "X-MS-Exchange-Organization-AuthAs") == "Internal");
    BOOST_TEST(field_of(d.value.content, "X-MS-Exchange-CrossPremises-AuthAs").empty());
}

BOOST_AUTO_TEST_CASE(organization_headers_do_not_leave_the_organization) {
    const auto d = filter_sent(message, to_contoso(), principal::anonymous);
    const names expected{"X-MS-Exchange-Organization-SCL", "x-ms-exchange-forest-RulesExecuted",
                         "X-MS-Exchange-CrossPremises-AuthAs"};
    BOOST_TEST(removed(d) == expected, boost::test_tools::per_element());
    BOOST_TEST(removed(filter_sent(message, to_contoso(), principal::exchange_server)).empty());
}

BOOST_AUTO_TEST_CASE(cloud_services_mail_turns_them_into_cross_premises_headers) {
    auto c = to_contoso();
    c.cloud_services_mail_enabled = true;
    const auto d = filter_sent(message, c, principal::anonymous);
    is_complete(d.why);
    BOOST_TEST(field_of(d.value.content, "X-MS-Exchange-CrossPremises-SCL") == "-1");
    BOOST_TEST(field_of(d.value.content, "X-MS-Exchange-Organization-SCL").empty());
}

BOOST_AUTO_TEST_CASE(an_edge_neither_promotes_nor_demotes) { // hybrid sheet 3.2
    auto c = to_contoso();
    c.cloud_services_mail_enabled = true;
    const auto sent = filter_sent_on_edge(message, c, principal::anonymous);
    is_complete(sent.why);
    BOOST_TEST(sent.why.rule == "exchange.headers.edge");
    BOOST_TEST(field_of(sent.value.content, "X-MS-Exchange-CrossPremises-SCL").empty());
    BOOST_TEST(field_of(sent.value.content, "X-MS-Exchange-Organization-SCL").empty());
    BOOST_TEST(field_of(sent.value.content, "X-MS-Exchange-CrossPremises-AuthAs") == "Internal");
    const auto taken = filter_received_on_edge(message, for_groups(group_anonymous_users),
                                               principal::anonymous, cross_premises::accepted);
    BOOST_TEST(taken.why.rule == "exchange.headers.edge");
    BOOST_TEST(field_of(taken.value.content, "X-MS-Exchange-CrossPremises-AuthAs") == "Internal");
    BOOST_TEST(field_of(taken.value.content, "X-MS-Exchange-Organization-AuthAs").empty());
    BOOST_TEST(has_cross_premises_headers(taken.value.content));
    const auto refused = filter_received_on_edge(message, for_groups(group_anonymous_users),
                                                 principal::anonymous, cross_premises::refused);
    BOOST_TEST(!has_cross_premises_headers(refused.value.content));
}

BOOST_AUTO_TEST_CASE(marks_tell_what_became_of_cross_premises_headers) { // hybrid sheet 3.5
    const auto from_outside = for_groups(group_anonymous_users);
    const auto promoted =
        filter_received(message, from_outside, principal::anonymous, cross_premises::accepted, "mbx.example");
    BOOST_TEST(field_of(promoted.value.content, "X-CrossPremisesHeadersPromoted") == "mbx.example");
    BOOST_TEST(field_of(promoted.value.content, "X-CrossPremisesHeadersFiltered").empty());
    for (const auto filter : {filter_received, filter_received_on_edge}) {
        const auto dropped =
            filter(message, from_outside, principal::anonymous, cross_premises::refused, "edge.example");
        BOOST_TEST(dropped.why.rule == "exchange.headers.filtered");
        BOOST_TEST(field_of(dropped.value.content, "X-CrossPremisesHeadersFiltered") == "edge.example");
    }
    const auto nothing = filter_received("Subject: x\r\n\r\n", from_outside, principal::anonymous,
                                         cross_premises::accepted, "mbx.example");
    BOOST_TEST(fields_named(nothing.value.content, "X-").empty());
    const auto passed = filter_received_on_edge(message, from_outside, principal::anonymous,
                                                cross_premises::accepted, "edge.example");
    BOOST_TEST(fields_named(passed.value.content, "X-CrossPremises").empty());
}

BOOST_AUTO_TEST_CASE(a_send_connector_marks_what_it_keeps_and_what_it_takes_off) { // hybrid sheet 3.5, 3.6
    auto cloud = to_contoso();
    cloud.cloud_services_mail_enabled = true;
    const crossing across{"mbx.example", "TargetDeliveryDomain of remote domain cloud", {}};
    const auto kept = filter_sent(message, cloud, principal::anonymous, across);
    BOOST_TEST(field_of(kept.value.content, "X-OrganizationHeadersPreserved") == "mbx.example");
    const auto stripped = filter_sent(message, to_contoso(), principal::anonymous, across);
    is_complete(stripped.why);
    BOOST_TEST(stripped.why.rule == "exchange.headers.filtered-by-send-connector");
    BOOST_TEST(field_of(stripped.value.content, "X-CrossPremisesHeadersFilteredBySendConnector") ==
               "mbx.example");
    const std::string own = "X-MS-Exchange-Organization-SCL: -1\r\n\r\n";
    const auto to_strangers = filter_sent(own, to_contoso(), principal::anonymous, {"mbx.example", {}, {}});
    BOOST_TEST(to_strangers.why.rule == "exchange.headers.sent");
    BOOST_TEST(to_strangers.value.content == "\r\n");
    const auto inside = filter_sent(message, to_contoso(), principal::exchange_server, across);
    BOOST_TEST(inside.value.content == message);
}

BOOST_AUTO_TEST_CASE(delivery_keeps_seven_headers_of_the_organization) {
    const auto d = filter_delivered("X-MS-Exchange-Organization-AuthAs: Internal\r\n"
                                    "X-MS-Exchange-Organization-Network-Message-Id: 1\r\n"
                                    "X-MS-Exchange-Forest-X: 1\r\n" +
                                    message);
    const names expected{"X-MS-Exchange-Organization-Network-Message-Id", "X-MS-Exchange-Forest-X",
                         "x-ms-exchange-forest-RulesExecuted"};
    BOOST_TEST(removed(d) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_evaluated_a_message_first_is_believed) {
    const auto first = with_authentication(message, {"Internal", "a.varunagroup.de", "04", {}});
    BOOST_TEST(with_authentication(first, {"Anonymous", "b.varunagroup.de", "00", {}}) == first);
    BOOST_TEST(field_of(first, "X-MS-Exchange-Organization-AuthMechanism") == "04");
    BOOST_TEST(field_of(first, "X-MS-Exchange-Organization-AuthSource") == "a.varunagroup.de");
}

BOOST_AUTO_TEST_CASE(a_message_without_a_header_stays_as_it_is) {
    for (const auto* odd :
         {"", "\r\n", "no header at all", "\r\nbody\r\n", ": no name\r\n\r\n", " starts folded\r\n"})
        BOOST_TEST(filter_sent(odd, to_contoso(), principal::anonymous).value.content == odd);
}

BOOST_AUTO_TEST_SUITE_END()
