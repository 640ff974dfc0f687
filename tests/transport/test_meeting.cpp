// Both sides of a session against each other: on-premises sheet 2.3, 2.4, 4, 5.2.
#include "tests/transport/world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace connlab;
using namespace connlab::transport::tests;

namespace {

std::vector<std::string> commands(const account& a) {
    std::vector<std::string> out;
    for (const auto& l : a.lines)
        if (!l.starts_with("S:"))
            out.push_back(l.substr(0, l.find_first_of(" :", 3)));
    return out;
}

/// `TESTMS05 Sending certificate`, without what the columns are called and what was negotiated.
std::vector<std::string> notes(const account& a) {
    std::vector<std::string> out;
    for (const auto& n : a.notes) {
        auto end = n.context.size();
        for (const auto* word : {" Subject", " negotiation", " chain"})
            end = std::min(end, n.context.find(word));
        if (const auto number = n.context.find("RecordId "); number != std::string::npos)
            end = number + 8; // the number and the Message-ID differ from message to message
        out.push_back(n.server + " " + n.context.substr(0, end));
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(two_sessions)

BOOST_AUTO_TEST_CASE(exchange_sends_to_exchange_inside_tls) {
    const auto a = meet({}, {});
    const std::vector<std::string> expected{
        "C: EHLO", "C: STARTTLS", "~", "C: EHLO", "C: MAIL", "C: RCPT", "C: DATA", "C: <message>", "C: QUIT"};
    BOOST_TEST(commands(a) == expected, boost::test_tools::per_element());
    BOOST_TEST(a.outcome.delivered);
    BOOST_REQUIRE(a.accepted.size() == 1U);
    const auto& m = a.accepted.front().message;
    BOOST_TEST(m.sender == "anna@varunagroup.de");
    BOOST_TEST(m.recipients == std::vector<std::string>{"bob@contoso.com"}, boost::test_tools::per_element());
    BOOST_TEST(m.content == "Message-ID: <1@varunagroup.de>\r\nSubject: x\r\n\r\n.a line with a dot\r\n");
    BOOST_TEST(m.tls);
    BOOST_TEST(a.events.empty());
}

BOOST_AUTO_TEST_CASE(each_side_logs_both_certificates_and_the_negotiation) { // 6.4
    const auto a = meet({}, {});
    const std::vector<std::string> expected{"TESTMS05 Sending certificate",
                                            "TESTMS05 Remote certificate",
                                            "TESTMS05 TLS protocol SP_PROT_TLS1_2_CLIENT",
                                            "TESTMS05 sending message with RecordId",
                                            "MX Sending certificate",
                                            "MX Remote certificate",
                                            "MX TLS protocol SP_PROT_TLS1_2_SERVER",
                                            "MX Client certificate",
                                            "MX TlsDomainCapabilities='None'; Status='Success'"};
    BOOST_TEST(notes(a) == expected, boost::test_tools::per_element());
    BOOST_TEST(a.notes[0].data == a.notes[5].data); // what one sends the other receives
    BOOST_TEST(a.notes[1].data == a.notes[4].data);
    BOOST_TEST(a.notes[0].data != a.notes[1].data);
}

BOOST_AUTO_TEST_CASE(two_demands_that_do_not_meet_leave_the_message_in_the_queue) { // row 14, F11
    sender s;
    s.connector.ignore_starttls = true;
    receiver r;
    r.connector.require_tls = true;
    const auto a = meet(s, r);
    BOOST_TEST(a.outcome.reply == "451 5.7.3 Must issue a STARTTLS command first");
    BOOST_TEST(!a.outcome.permanent);
    BOOST_TEST(a.accepted.empty());
    BOOST_TEST(a.refusal == "MustIssueStarttls");
}

BOOST_AUTO_TEST_CASE(a_receiver_without_certificate_meets_a_sender_that_demands_tls) { // E11
    sender s;
    s.connector.require_tls = true;
    receiver r;
    r.connector.fqdn = std::string("smtp.contoso.com");
    const auto a = meet(s, r);
    BOOST_TEST(a.outcome.reply == "451 5.7.3 STARTTLS is required to send mail");
    BOOST_TEST(a.event_ids() == (std::vector<int>{2015, 12014}), boost::test_tools::per_element());
    BOOST_TEST(a.events[0].server == "TESTMS05");
    BOOST_TEST(a.events[1].server == "MX");
}

BOOST_AUTO_TEST_CASE(domain_security_works_when_both_sides_are_set_up) { // 4.1 to 4.4
    sender s;
    s.connector.domain_secure_enabled = true;
    s.from.organization.transport.tls_send_domain_secure_list = std::vector<std::string>{"contoso.com"};
    receiver r;
    r.connector.domain_secure_enabled = true;
    r.of.organization.transport.tls_receive_domain_secure_list = std::vector<std::string>{"varunagroup.de"};
    const auto good = meet(s, r);
    BOOST_TEST(good.outcome.delivered);
    BOOST_REQUIRE(good.accepted.size() == 1U);
    BOOST_TEST(good.accepted.front().auth_as == "Partner");

    s.from.server.certificates = {stored("own-other-name")};
    const auto refused = meet(s, r);
    BOOST_TEST(!refused.outcome.delivered);
    BOOST_TEST(!refused.outcome.permanent);
    BOOST_TEST(refused.event_ids() == std::vector<int>{11015}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(decisions_stand_in_the_order_in_which_they_were_taken) {
    sender s;
    s.connector.require_tls = true;
    s.connector.level = std::optional(exchange::tls_auth_level::certificate_validation);
    const auto a = meet(s, {});
    const auto index = [&](std::string_view part) {
        for (std::size_t i = 0; i < a.decisions.size(); ++i)
            if (a.decisions[i].question.find(part) != std::string::npos)
                return i;
        return a.decisions.size();
    };
    const auto connector = index("Receive connector");
    const auto starttls = index("STARTTLS, clear text or back to the queue");
    const auto mail = index("take mail from");
    const auto recipient = index("take mail for");
    BOOST_TEST(connector == 0U);
    BOOST_TEST(connector < starttls);
    BOOST_TEST(starttls < mail);
    BOOST_TEST(mail < recipient);
    BOOST_TEST(recipient < a.decisions.size());
}

BOOST_AUTO_TEST_SUITE_END()
