// Limits and routing beside TLS: on-premises sheet 2.1 (MaxMessageSize, ErrorPolicies), 3.1 and reference
// README, item 15 (MaxHopCount).
#include "sim/exchange/limits.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::exchange;

namespace {

std::string content_with(int hops) {
    std::string out = "Subject: hops\r\n";
    for (int i = 0; i < hops; ++i)
        out += "Received: from a by b\r\n\tat noon\r\n";
    return out + "\r\nReceived: of a kind\r\nReceived: of another\r\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_message_of_the_limits_size_is_taken_and_one_byte_more_is_not) {
    send_connector c;
    c.max_message_size = {std::uint64_t{1000}, {"x.yaml", 3, 1, 1}};
    BOOST_TEST(judge_size(c, 1000).value.accepted);
    const auto refused = judge_size(c, 1001);
    BOOST_TEST(!refused.value.accepted);
    BOOST_TEST(refused.value.reply.starts_with("550 5.3.4 "));
    BOOST_TEST(refused.value.our_text);
    BOOST_TEST(refused.why.because.front().mark.line == 3);
}

BOOST_AUTO_TEST_CASE(received_fields_of_the_header_are_counted) {
    const receive_connector c; // 60
    BOOST_TEST(judge_hop_count(c, content_with(60)).value.accepted);
    const auto refused = judge_hop_count(c, content_with(61));
    BOOST_TEST(!refused.value.accepted);
    BOOST_TEST(refused.value.reply == "554 5.4.6 Hop count exceeded - possible mail loop");
    BOOST_TEST(!refused.value.our_text);
}

BOOST_AUTO_TEST_CASE(error_policies_make_dns_failures_transient) {
    send_connector c;
    BOOST_TEST(is_permanent_dns_failure(c, "nowhere.example").value);
    c.error_policies = std::uint32_t{policy_upgrade_custom_failures};
    BOOST_TEST(is_permanent_dns_failure(c, "nowhere.example").value);
    c.error_policies = std::uint32_t{policy_downgrade_dns_failures};
    BOOST_TEST(!is_permanent_dns_failure(c, "nowhere.example").value);
}

BOOST_AUTO_TEST_CASE(the_type_of_a_domain_says_whether_its_mail_leaves_again) {
    organization o;
    o.accepted_domains = std::vector<std::string>{"varunagroup.de"};
    server s;
    s.mailboxes = std::vector<std::string>{"anna@varunagroup.de"};
    o.servers.push_back(s);
    accepted_domain d;
    d.domain = "varunagroup.de";
    const auto relayed = [&](domain_type type, const char* who) {
        d.type = type;
        o.domain_settings = {d};
        return is_relayed(o, who).value;
    };
    for (const auto* who : {"anna@varunagroup.de", "nobody@varunagroup.de"}) {
        BOOST_TEST(!relayed(domain_type::authoritative, who));
        BOOST_TEST(relayed(domain_type::external_relay, who));
    }
    BOOST_TEST(!relayed(domain_type::internal_relay, "anna@varunagroup.de"));
    BOOST_TEST(relayed(domain_type::internal_relay, "nobody@varunagroup.de"));
}

// 3.7
BOOST_AUTO_TEST_CASE(a_recipient_of_an_authoritative_domain_whose_mailbox_no_server_lists_is_unknown) {
    organization o;
    o.accepted_domains = std::vector<std::string>{"varunagroup.de"};
    o.servers.resize(2);
    BOOST_TEST(judge_recipient(o, "nemo@varunagroup.de").value.accepted); // nobody lists any
    o.servers[1].mailboxes = {{"anna@varunagroup.de"}, {"x.yaml", 7, 1, 1}};
    BOOST_TEST(judge_recipient(o, "ANNA@varunagroup.de").value.accepted);
    BOOST_TEST(judge_recipient(o, "nemo@contoso.com").value.accepted);
    const auto unknown = judge_recipient(o, "nemo@varunagroup.de");
    BOOST_TEST(!unknown.value.accepted);
    BOOST_TEST(unknown.value.reply ==
               "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup");
    BOOST_TEST(!unknown.value.our_text);
    BOOST_TEST(unknown.why.because.back().mark.line == 7);
    for (const auto type : {domain_type::internal_relay, domain_type::external_relay}) {
        accepted_domain d;
        d.domain = "varunagroup.de";
        d.type = type;
        o.domain_settings = {d};
        BOOST_TEST(judge_recipient(o, "nemo@varunagroup.de").value.accepted);
    }
}

BOOST_AUTO_TEST_SUITE_END()
