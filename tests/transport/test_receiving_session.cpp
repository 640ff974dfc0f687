// On-premises sheet 1.2, 3.3, 3.6, 3.7, 4.3, 6.4, 6.6.
#include "tests/transport/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::transport::tests;

namespace {

const std::string mail = "MAIL FROM:<anna@varunagroup.de>";
const std::vector<std::string> in_clear{"EHLO a.example", mail,        "RCPT TO:<bob@contoso.com>",
                                        "DATA",           "<message>", "QUIT"};
const std::vector<std::string> in_tls{"EHLO a.example", "STARTTLS",  "<tls>",
                                      "EHLO a.example", mail,        "RCPT TO:<bob@contoso.com>",
                                      "DATA",           "<message>", "QUIT"};

receiver domain_secure() {
    receiver r;
    r.connector.domain_secure_enabled = true;
    r.of.organization.transport.tls_receive_domain_secure_list = std::vector<std::string>{"varunagroup.de"};
    return r;
}

std::vector<std::string> contexts(const account& a) {
    std::vector<std::string> out;
    for (const auto& n : a.notes)
        out.push_back(n.context.substr(0, n.context.find(" Subject")));
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(receiving_session)

BOOST_AUTO_TEST_CASE(the_dialogue_has_exchanges_texts) { // 3.6, 3.7
    const auto a = receive_from({}, in_tls);
    const std::vector<std::string> expected{
        "S: 220 mail.contoso.com Microsoft ESMTP MAIL Service ready at Mon, 3 Jun 2024 12:00:00 +0000",
        "C: EHLO a.example",
        "S: 250-mail.contoso.com Hello [192.168.10.5]",
        "S: 250-SIZE 37748736",
        "S: 250-PIPELINING",
        "S: 250-DSN",
        "S: 250-ENHANCEDSTATUSCODES",
        "S: 250-STARTTLS",
        "S: 250-8BITMIME",
        "S: 250-BINARYMIME",
        "S: 250-CHUNKING",
        "S: 250 SMTPUTF8",
        "C: STARTTLS",
        "S: 220 2.0.0 SMTP server ready",
        "~",
        "C: EHLO a.example",
        "S: 250-mail.contoso.com Hello [192.168.10.5]",
        "S: 250-SIZE 37748736",
        "S: 250-PIPELINING",
        "S: 250-DSN",
        "S: 250-ENHANCEDSTATUSCODES",
        "S: 250-8BITMIME",
        "S: 250-BINARYMIME",
        "S: 250-CHUNKING",
        "S: 250 SMTPUTF8",
        "C: " + mail,
        "S: 250 2.1.0 Sender OK",
        "C: RCPT TO:<bob@contoso.com>",
        "S: 250 2.1.5 Recipient OK",
        "C: DATA",
        "S: 354 Start mail input; end with <CRLF>.<CRLF>"};
    BOOST_REQUIRE(a.lines.size() == expected.size() + 3);
    BOOST_TEST(std::vector(a.lines.begin(), a.lines.end() - 3) == expected, boost::test_tools::per_element());
    const auto& queued = a.lines[expected.size()];
    BOOST_TEST(queued.starts_with("S: 250 2.6.0 <1@varunagroup.de> [InternalId="));
    BOOST_TEST(queued.ends_with(" KB/sec Queued mail for delivery"));
    BOOST_TEST(queued.find(", Hostname=mail.contoso.com] 37 bytes in ") != std::string::npos);
    BOOST_TEST(a.lines.back() == "S: 221 2.0.0 Service closing transmission channel");
    BOOST_REQUIRE(a.accepted.size() == 1U);
    BOOST_TEST(a.accepted.front().message.tls);
    BOOST_TEST(a.accepted.front().auth_as == "Anonymous"); // 7.2
}

BOOST_AUTO_TEST_CASE(nobody_takes_a_connection_that_no_range_covers) { // 3.3
    receiver r;
    r.connector.remote_ip_ranges = std::vector<ip_range>{*parse_ip_range("10.0.0.0/8")};
    BOOST_TEST(receive_from(r, in_clear).lines.empty());
    r.connector.remote_ip_ranges = std::vector<ip_range>{*parse_ip_range("192.168.10.5")};
    BOOST_TEST(receive_from(r, in_clear).accepted.size() == 1U);
    r.connector.enabled = false;
    BOOST_TEST(receive_from(r, in_clear).lines.empty());
}

BOOST_AUTO_TEST_CASE(require_tls_refuses_mail_in_clear_and_takes_it_inside_tls) { // 3.7: not 530 5.7.0
    receiver r;
    r.connector.require_tls = true;
    const auto clear = receive_from(r, in_clear);
    BOOST_TEST(clear.said("S: 451 5.7.3 Must issue a STARTTLS command first"));
    BOOST_TEST(clear.accepted.empty());
    BOOST_TEST(clear.refusal == "MustIssueStarttls");
    BOOST_TEST(!clear.refusal_ours);
    BOOST_TEST(receive_from(r, in_tls).accepted.size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_a_certificate_for_its_name_starttls_is_not_known) { // 1.2 steps 3 and 4; 3.7
    receiver r;
    r.connector.fqdn = std::string("smtp.contoso.com");
    const auto a = receive_from(r, {"EHLO a.example", "STARTTLS", "QUIT"});
    BOOST_TEST(!a.said("S: 250-STARTTLS"));
    BOOST_TEST(a.said("S: 500 5.3.3 Unrecognized command 'STARTTLS'"));
    BOOST_TEST(a.event_ids() == std::vector<int>{12014}, boost::test_tools::per_element());
    BOOST_TEST(a.said("S: 220 smtp.contoso.com Microsoft ESMTP")); // T29
}

BOOST_AUTO_TEST_CASE(the_service_that_listens_is_the_source_of_its_events) { // 1.8
    receiver r;
    r.connector.fqdn = std::string("smtp.contoso.com");
    for (const auto& [role, source] :
         {std::pair{exchange::transport_role::frontend_transport, "MSExchangeFrontEndTransport"},
          std::pair{exchange::transport_role::hub_transport, "MSExchangeTransport"}}) {
        r.connector.role = role;
        const auto a = receive_from(r, {"EHLO a.example", "QUIT"});
        BOOST_REQUIRE(a.events.size() == 1U);
        BOOST_TEST(a.events.front().source == source);
    }
}

BOOST_AUTO_TEST_CASE(the_limits_are_those_of_the_connector) { // 3.1
    receiver r;
    r.connector.max_recipients_per_message = 1;
    auto a = receive_from(r, {"EHLO a.example", mail, "RCPT TO:<bob@contoso.com>",
                              "RCPT TO:<carl@contoso.com>", "DATA", "<message>", "QUIT"});
    BOOST_TEST(a.said("S: 452 4.5.3"));
    BOOST_REQUIRE(a.accepted.size() == 1U);
    r.connector.max_protocol_errors = 1;
    a = receive_from(r, {"EHLO a.example", "NONSENSE", "NONSENSE", "QUIT"});
    BOOST_TEST(a.count("S: 500") == 1U);
    BOOST_TEST(a.said("S: 421 4.7.0"));
    BOOST_TEST(!a.said("S: 221"));
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_served_with_event_12016) { // 1.2 step 7
    receiver r;
    r.of.server.certificates = {stored("expired")};
    const auto a = receive_from(r, in_tls);
    BOOST_TEST(a.said("S: 250-STARTTLS"));
    BOOST_TEST(a.event_ids() == std::vector<int>{12016}, boost::test_tools::per_element());
    BOOST_TEST(a.accepted.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_offer_asks_for_a_certificate_and_refuses_none) { // README items 1 and 2
    struct expectation {
        std::uint32_t services;
        const char* unusable;
    };
    for (const auto& e : {expectation{exchange::service_smtp, ""},
                          expectation{exchange::service_iis, "UnknownCredentials"}}) {
        receiver r;
        r.of.server.certificates = {stored("good", e.services)};
        r.of.server.receive_connectors = {r.connector};
        chain::signature_memo memo;
        std::vector<trace::decision> decisions;
        const transport::receiving_session s({r.of.organization, r.of.server, r.rules, memo,
                                              *parse_endpoint("203.0.113.25:25", 25),
                                              *parse_endpoint("192.168.10.5:4711", 0), noon(), decisions});
        const auto offer = s.offer();
        BOOST_TEST(offer.own.unusable == e.unusable);
        BOOST_TEST((offer.ask == tls::client_certificate::asked));
        BOOST_TEST(!offer.refuses);
        BOOST_REQUIRE(offer.own.chain.size() == 2U);
        BOOST_TEST((offer.own.chain.front() == cert("good")));
    }
}

BOOST_AUTO_TEST_CASE(the_log_has_the_lines_of_the_published_excerpt_in_its_order) { // 6.6
    const auto a = receive_from({}, in_tls);
    const std::vector<std::string> expected{
        "Sending certificate",
        "TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm "
        "CALG_AES_256 with strength 256 bits, MAC hash algorithm CALG_SHA_384 with strength 0 bits and key "
        "exchange algorithm CALG_ECDH_EPHEM with strength 384 bits",
        "Client certificate chain validation status: 'EmptyCertificate'",
        "TlsDomainCapabilities='None'; Status='NoRemoteCertificate'"};
    BOOST_TEST(contexts(a) == expected, boost::test_tools::per_element());
    for (const auto& n : a.notes)
        BOOST_TEST(n.server == "MX");
}

BOOST_AUTO_TEST_CASE(a_client_certificate_is_judged_but_turns_nobody_away) { // 3.8, README item 1
    struct seen {
        const char* certificate;
        const char* status;
    };
    for (const auto& c : {seen{"own", "Valid"}, seen{"own-untrusted", "UntrustedRoot"}}) {
        const auto a = receive_from({}, in_tls, presented(c.certificate));
        BOOST_TEST((a.notes.end() - 2)->context ==
                   std::string("Client certificate chain validation status: '") + c.status + "'");
        BOOST_TEST(
            a.notes.back().context.starts_with("TlsDomainCapabilities='None'; Status='")); // 6.4: right after
        BOOST_TEST(contexts(a)[1] == "Remote certificate");
        BOOST_TEST(a.accepted.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(domain_security_demands_tls_a_certificate_its_chain_and_the_domain) { // 4.3
    struct row {
        const std::vector<std::string>& script;
        const char* certificate; // empty: none
        const char* reason;      // empty: accepted
        int event;               // 0: its id is not public
    };
    for (const auto& r :
         {row{in_clear, "", "DomainSecureNoTls", 11012}, row{in_tls, "", "EmptyCertificate", 0},
          row{in_tls, "own-untrusted", "UntrustedRoot", 0},
          row{in_tls, "own-other-name", "SubjectMismatch", 11015}, row{in_tls, "own", "", 0}}) {
        BOOST_TEST_CONTEXT("certificate " << r.certificate << ", reason " << r.reason) {
            const std::string name = r.certificate;
            const auto a = receive_from(domain_secure(), r.script,
                                        name.empty() ? std::vector<certs::certificate>{} : presented(name));
            const bool accepted = std::string(r.reason).empty();
            BOOST_TEST(a.accepted.size() == (accepted ? 1U : 0U));
            BOOST_TEST(a.refusal == r.reason);
            if (accepted) {
                BOOST_REQUIRE(!a.accepted.empty());
                BOOST_TEST(a.accepted.front().auth_as == "Partner"); // 4.4
                BOOST_TEST(a.accepted.front().auth_domain == "varunagroup.de");
                BOOST_TEST(a.events.empty());
                continue;
            }
            BOOST_TEST(a.refusal_ours); // no text is public
            BOOST_TEST(a.count("S: 4") >= 1U);
            BOOST_TEST(a.event_ids() == std::vector<int>{r.event}, boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_domain_that_is_not_listed_is_ordinary_mail) { // 4.3, last item
    auto r = domain_secure();
    r.of.organization.transport.tls_receive_domain_secure_list = std::vector<std::string>{"fabrikam.com"};
    const auto a = receive_from(r, in_clear);
    BOOST_TEST(a.accepted.size() == 1U);
    BOOST_TEST(a.events.empty());
}

BOOST_AUTO_TEST_CASE(relaying_is_denied) { // 3.7
    const auto a = receive_from({}, {"EHLO a.example", mail, "RCPT TO:<eve@elsewhere.example>", "QUIT"});
    BOOST_TEST(a.said("S: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"));
    BOOST_TEST(a.refusal == "RelayDenied");
}

BOOST_AUTO_TEST_SUITE_END()
