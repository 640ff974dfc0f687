// Exchange Online sheet 1.10, 3.5, 3.6: what is believed and what is written.
#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/online_enforcement.hpp"
#include "sim/exchange/online_headers.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::exchange;

namespace {

const std::string promoted = "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n"
                             "X-MS-Exchange-CrossPremises-AuthSource: testms05.varunagroup.de\r\n"
                             "X-MS-Exchange-Organization-SCL: 5\r\n"
                             "X-OriginatorOrg: elsewhere.example\r\n"
                             "X-MS-Exchange-Organization-AuthAs: Internal\r\n"
                             "Subject: x\r\n\r\nText\r\n";

struct world {
    tenant owner;
    online_recipient came_by;

    explicit world(bool originating = true, bool cloud = true, bool internal = false) {
        owner.name = "contoso";
        owner.accepted_domains.resize(1);
        owner.accepted_domains[0].domain = "contoso.com";
        owner.inbound_connectors.resize(1);
        auto& c = owner.inbound_connectors.front();
        c.name = "hybrid";
        c.type = online_connector_type::on_premises;
        c.cloud_services_mail_enabled = cloud;
        c.treat_messages_as_internal = internal;
        came_by.whose.value = {originating ? directionality::originating : directionality::incoming,
                               &owner,
                               originating ? &c : nullptr,
                               {}};
    }
    world(const world&) = delete;
    world& operator=(const world&) = delete;

    online_message stamped(const std::string& content, std::string_view domain = "contoso.com") const {
        const auto out = stamp_online_message(content, came_by, domain,
                                              {"FRONT", "mail.contoso.com", fixtures::ip("192.0.2.1")});
        fixtures::is_complete(out.why);
        return out.value;
    }
};

std::string field(const online_message& m, std::string_view name) {
    return field_of(m.content, name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(online_headers)

BOOST_AUTO_TEST_CASE(promoted_headers_replace_those_of_the_same_name) { // 1.1, 3.5
    const auto m = world().stamped(promoted);
    BOOST_TEST(m.auth_as == "Internal");
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-AuthAs") == "Internal");
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-AuthSource") == "testms05.varunagroup.de");
    BOOST_TEST(field(m, "X-MS-Exchange-CrossPremises-AuthAs").empty());
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-SCL") == "-1"); // 3.6; nobody carried the other across
    BOOST_TEST(field(m, "X-OriginatorOrg") == "contoso.com");       // 3.5: the tenant's
    BOOST_TEST(field(m, "X-CrossPremisesHeadersPromoted") == "FRONT");
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-MessageDirectionality") == "Originating");
    BOOST_TEST(field(m, "X-MS-Exchange-CrossTenant-FromEntityHeader") == "HybridOnPrem");
    BOOST_TEST(m.content.ends_with("Subject: x\r\n\r\nText\r\n"));
}

BOOST_AUTO_TEST_CASE(what_an_incoming_message_says_of_itself_is_not_believed) { // 3.6, 4 and 5
    const auto m = world(false).stamped(promoted);
    BOOST_TEST(m.auth_as == "Anonymous");
    BOOST_TEST(field(m, "X-CrossPremisesHeadersFiltered") == "FRONT");
    BOOST_TEST(field(m, "X-MS-Exchange-CrossPremises-AuthSource").empty());
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-AuthSource") == "FRONT");
    BOOST_TEST(field(m, "X-MS-Exchange-CrossTenant-FromEntityHeader") == "Internet");
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-SCL").empty());
    BOOST_TEST(field(m, "X-OriginatorOrg") == "elsewhere.example"); // of whoever sent it
}

BOOST_AUTO_TEST_CASE(a_connector_without_cloud_services_removes_them) { // 3.6, 6
    const auto m = world(true, false).stamped(promoted);
    BOOST_TEST(m.auth_as == "Anonymous");
    BOOST_TEST(field(m, "X-CrossPremisesHeadersFiltered") == "FRONT");
}

BOOST_AUTO_TEST_CASE(a_level_that_was_carried_across_stays) { // 3.5
    const auto m = world().stamped("X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n"
                                   "X-MS-Exchange-CrossPremises-SCL: 1\r\n\r\n");
    BOOST_TEST(field(m, "X-MS-Exchange-Organization-SCL") == "1");
}

BOOST_AUTO_TEST_CASE(what_leaves_says_whose_it_is) { // 3.5
    world w;
    send_connector c;
    server s;
    s.name = "EXO";
    const std::string internal = "X-MS-Exchange-Organization-AuthAs: Internal\r\n"
                                 "X-OriginatorOrg: elsewhere.example\r\n\r\n";
    const auto sent = [&](std::string_view domain) {
        return online_message{send_online_message(internal, c, w.owner, s, domain).value.content, {}};
    };
    const auto own = sent("contoso.com"); // the other premises: something stayed behind
    BOOST_TEST(field(own, "X-OriginatorOrg") == "contoso.com");
    BOOST_TEST(field(own, "X-CrossPremisesHeadersFilteredBySendConnector") ==
               "EXO.mail.protection.outlook.com");
    BOOST_TEST(field(sent("fabrikam.com"), "X-CrossPremisesHeadersFilteredBySendConnector").empty());
    c.cloud_services_mail_enabled = true;
    const auto kept = sent("contoso.com");
    BOOST_TEST(field(kept, "X-OrganizationHeadersPreserved") == "EXO.mail.protection.outlook.com");
    BOOST_TEST(field(kept, "X-MS-Exchange-CrossPremises-AuthAs") == "Internal");
}

BOOST_AUTO_TEST_CASE(treated_messages_are_internal_for_accepted_senders) { // 1.1, 3.6, 6
    const world treating(true, false, true);
    BOOST_TEST(treating.stamped("Subject: x\r\n\r\n").auth_as == "Internal");
    BOOST_TEST(treating.stamped("Subject: x\r\n\r\n", "elsewhere.example").auth_as == "Anonymous");
    BOOST_TEST(treating.stamped("Subject: x\r\n\r\n", "").auth_as == "Anonymous");
}

BOOST_AUTO_TEST_CASE(the_domain_of_the_sender_is_accepted_or_trusted) { // 3.6, 7
    world w;
    BOOST_TEST(w.stamped(promoted, "sister.example").auth_as == "Anonymous");
    w.owner.remote_domains.push_back({"Sister", {"sister.example"}, {}, {}, {}, true, {}});
    BOOST_TEST(w.stamped(promoted, "sister.example").auth_as == "Internal");
    BOOST_TEST(w.stamped(promoted, "").auth_as == "Internal"); // a report
}

BOOST_AUTO_TEST_CASE(anonymous_mail_is_promoted_as_anonymous) { // 3.5
    const auto m = world().stamped("X-MS-Exchange-CrossPremises-AuthAs: Anonymous\r\n\r\n");
    BOOST_TEST(m.auth_as == "Anonymous");
    BOOST_TEST(field(m, "X-CrossPremisesHeadersPromoted") == "FRONT");
    BOOST_TEST(world().stamped("Subject: x\r\n\r\n").auth_as == "Anonymous"); // nothing to promote
}

BOOST_AUTO_TEST_CASE(a_restricted_mailbox_takes_internal_mail_alone) { // 1.8
    tenant t;
    t.recipients = std::vector<std::string>{"bob@contoso.com", "all@contoso.com"};
    t.authenticated_senders_only = std::vector<std::string>{"all@contoso.com"};
    BOOST_TEST(judge_online_delivery(t, "bob@contoso.com", "Anonymous").value.accepted);
    BOOST_TEST(judge_online_delivery(t, "ALL@contoso.com", "Internal").value.accepted);
    const auto refused = judge_online_delivery(t, "ALL@contoso.com", "Anonymous");
    BOOST_TEST(refused.value.reply == "550 5.7.12 Sender was not authenticated by organization");
    fixtures::is_complete(refused.why);
}

BOOST_AUTO_TEST_CASE(an_authoritative_domain_has_no_mailbox_beside_its_recipients) { // 1.7
    world w;
    auto& t = w.owner;
    BOOST_TEST(judge_online_delivery(t, "nobody@contoso.com", "Internal").value.accepted); // lists none
    t.recipients = std::vector<std::string>{"bob@contoso.com"};
    BOOST_TEST(judge_online_delivery(t, "Bob@contoso.com", "Internal").value.accepted);
    const auto refused = judge_online_delivery(t, "nobody@contoso.com", "Internal");
    BOOST_TEST(refused.value.reply == "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found");
    fixtures::is_complete(refused.why);
    t.accepted_domains[0].type = domain_type::internal_relay;
    BOOST_TEST(judge_online_delivery(t, "nobody@contoso.com", "Internal").value.accepted);
}

BOOST_AUTO_TEST_CASE(enforcement_grows_every_ten_days) { // 6.5
    const int days[][3] = {{0, 0, 0},   {29, 0, 0},   {30, 5, 0},   {39, 5, 0},   {40, 10, 0}, {50, 20, 0},
                           {60, 30, 5}, {70, 30, 10}, {80, 30, 20}, {89, 30, 20}, {90, 0, 60}, {400, 0, 60}};
    for (const auto& [day, throttled, blocked] : days) {
        BOOST_TEST(enforcement_after(day).throttled == throttled, day);
        BOOST_TEST(enforcement_after(day).blocked == blocked, day);
    }
}

BOOST_AUTO_TEST_CASE(the_build_in_the_first_received_field_counts) { // 6.5
    world w;
    w.owner.outdated.build = std::string("15.2.1544.4");
    w.owner.outdated.since = fixtures::at("2024-03-01T00:00:00Z");
    const online_session_name session{"FRONT", fixtures::at("2024-06-03T12:30:00Z"), "00"};
    const auto with = [&](std::string_view by) {
        return judge_server_version(w.came_by,
                                    "Received: from a (1) by b (2) " + std::string(by) +
                                        "; Mon, 3 Jun 2024 12:00:00 +0000\r\n\r\n",
                                    session);
    };
    BOOST_TEST(!with("with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.1.2507.6")->value.accepted);
    BOOST_TEST(with("with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.2.1544.4")->value.accepted);
    BOOST_TEST(with("with Microsoft SMTP Server id 15.2.1748.10 via Frontend Transport")->value.accepted);
    BOOST_TEST(!with("with mapi id 15.02.1118.007")->value.accepted);
    BOOST_TEST(with("with ESMTPS id 4ABC")->value.accepted); // no Exchange server
    BOOST_TEST(!judge_server_version(world(false).came_by, "Subject: x\r\n\r\n", session)); // incoming
}

BOOST_AUTO_TEST_SUITE_END()
