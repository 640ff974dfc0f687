// On-premises sheet 2.4 rows 1-8, 5.2; reference README items 8 and 11.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

const std::string required = "451 5.7.3 STARTTLS is required to send mail";

tls_policy policy_of(const send_connector& c, bool domain_secured = false) {
    auto o = varunagroup();
    if (domain_secured)
        o.transport.tls_send_domain_secure_list = std::vector<std::string>{"contoso.com"};
    return outbound_tls_policy(o, c, "contoso.com", {}).value;
}

send_connector requiring() {
    auto c = to_contoso();
    c.require_tls = true;
    return c;
}

send_connector domain_secure() {
    auto c = to_contoso();
    c.domain_secure_enabled = true;
    return c;
}

trace::decided<send_verdict> after_ehlo(const send_connector& c, const tls_policy& p, bool offered) {
    auto d = judge_ehlo(c, p, offered, "contoso.com", "mail.contoso.com", {});
    is_complete(d.why);
    return d;
}

behavior with(std::string_view name, std::string_view word) {
    behavior b;
    BOOST_REQUIRE(b.set(name, word, {"s.yaml", 4, 1, 1}));
    return b;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_send_verdict)

BOOST_AUTO_TEST_CASE(offered_starttls_is_always_used) {
    const auto d = after_ehlo(to_contoso(), policy_of(to_contoso()), true);
    BOOST_TEST((d.value.action == send_action::start_tls));
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(not_offered_and_not_demanded_goes_in_clear) { // row 3
    const auto d = after_ehlo(to_contoso(), policy_of(to_contoso()), false);
    BOOST_TEST((d.value.action == send_action::proceed));
    BOOST_TEST(d.value.reason.empty());
    BOOST_TEST(d.why.rule == "exchange.starttls.not-offered");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(ignored_starttls_goes_in_clear) { // row 2
    auto c = to_contoso();
    c.ignore_starttls = true;
    const auto d = after_ehlo(c, policy_of(c), true);
    BOOST_TEST((d.value.action == send_action::proceed));
    BOOST_TEST(d.value.reason.empty());
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(not_offered_and_required_queues_with_event_2015) { // row 4
    const auto d = after_ehlo(requiring(), policy_of(requiring()), false);
    BOOST_TEST((d.value.action == send_action::queue));
    BOOST_TEST(d.value.reply == required);
    BOOST_TEST(d.value.reason == "StarttlsRequired");
    BOOST_TEST(d.value.bare);
    BOOST_TEST(!d.value.our_text);
    BOOST_TEST(d.why.rule == "exchange.starttls.required");
    BOOST_TEST(d.why.assumed.empty());
    BOOST_REQUIRE(ids(d.value.events) == std::vector<int>{2015});
    BOOST_TEST(d.value.events[0].category == "SmtpSend");
    BOOST_TEST(
        d.value.events[0].text ==
        "Send connector To Contoso couldn't connect to remote domain contoso.com. The send connector "
        "requires "
        "Transport Layer Security (TLS) authentication, but is unable to establish TLS with the receiving "
        "server "
        "for the remote domain. Check this connector's authentication setting and the EHLO response from the "
        "remote server mail.contoso.com.");
}

BOOST_AUTO_TEST_CASE(not_offered_under_domain_security_is_treated_alike_and_assumed) { // row 5
    const auto d = after_ehlo(domain_secure(), policy_of(domain_secure(), true), false);
    BOOST_TEST(d.value.reply == required);
    BOOST_TEST(rests_on(d.why, "exchange.starttls.required-by-domain-security"));
}

BOOST_AUTO_TEST_CASE(not_offered_under_basic_auth_require_tls_is_treated_alike_and_assumed) { // row 6
    auto c = to_contoso();
    c.smart_host_auth_mechanism = smart_host_auth::basic_auth_require_tls;
    const auto d = after_ehlo(c, policy_of(c), false);
    BOOST_TEST(d.value.reply == required);
    BOOST_TEST(rests_on(d.why, "exchange.starttls.required-by-basic-auth"));
}

BOOST_AUTO_TEST_CASE(refused_starttls_goes_on_in_clear_when_nothing_demands_tls) { // row 7
    const auto d =
        judge_starttls_refusal(to_contoso(), policy_of(to_contoso()), "454 4.7.0 TLS not available", {});
    is_complete(d.why);
    BOOST_TEST((d.value.action == send_action::proceed));
    BOOST_TEST(d.value.reason == "StarttlsRefused");
    BOOST_TEST(rests_on(d.why, "exchange.starttls.refused"));
}

BOOST_AUTO_TEST_CASE(refused_starttls_may_queue_by_switch) {
    const auto d = judge_starttls_refusal(to_contoso(), policy_of(to_contoso()),
                                          "454 4.7.0 TLS not available", with("StarttlsRefused", "Queue"));
    is_complete(d.why);
    BOOST_TEST((d.value.action == send_action::queue));
    BOOST_TEST(d.value.reply == "454 4.7.0 TLS not available");
    BOOST_TEST(!d.value.bare);
    BOOST_TEST(d.why.because.back().mark.line == 4);
}

BOOST_AUTO_TEST_CASE(refused_starttls_queues_when_tls_is_demanded) {
    for (const auto& [c, secured] :
         std::vector<std::pair<send_connector, bool>>{{requiring(), false}, {domain_secure(), true}}) {
        const auto d = judge_starttls_refusal(c, policy_of(c, secured), "454 4.7.0 TLS not available", {},
                                              "contoso.com", "mail.contoso.com");
        is_complete(d.why);
        BOOST_TEST((d.value.action == send_action::queue));
        BOOST_TEST(d.value.reply == required);
        BOOST_TEST(d.value.reason == "StarttlsRequired");
        BOOST_TEST(rests_on(d.why, "exchange.starttls.refused-required"));
        BOOST_TEST(ids(d.value.events) == std::vector<int>{2015}, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(failed_handshakes_by_cause) { // item 8; marked as in the hand-written matrix
    struct row {
        tls::failure f;
        std::string own_error, reply, reason;
        bool assumed;
    };
    const std::string dropped = "421 4.4.2 Connection dropped due to SocketError";
    for (const row& r : std::vector<row>{
             {tls::failure::no_common_version, "", dropped, "NoCommonVersion", false},
             {tls::failure::no_common_suite, "", dropped, "NoCommonSuite", true},
             {tls::failure::bad_record, "", dropped, "BadRecord", true},
             {tls::failure::connection_reset, "", dropped, "ConnectionReset", true},
             {tls::failure::silence, "", "421 4.4.1 Connection timed out", "Silence", true},
             {tls::failure::own_credential, "NoCredentials", "421 4.2.1 Unable to connect", "NoCredentials",
              true},
             {tls::failure::own_credential, "UnknownCredentials", "421 4.4.1 Connection timed out",
              "UnknownCredentials", true},
             {tls::failure::refused_by_peer, "", dropped, "RefusedByPeer", true},
         }) {
        for (const auto& c : {to_contoso(), requiring()}) {
            const auto d = judge_handshake_failure(c, policy_of(c), r.f, r.own_error, {});
            is_complete(d.why);
            BOOST_TEST((d.value.action == send_action::queue), r.reason);
            BOOST_TEST(d.value.reply == r.reply, r.reason);
            BOOST_TEST(d.value.reason == r.reason);
            BOOST_TEST(!d.value.bare, r.reason);
            BOOST_TEST(!d.why.assumed.empty() == r.assumed, r.reason);
            BOOST_TEST((d.value.in_clear == clear_retry::never), r.reason);
        }
    }
}

BOOST_AUTO_TEST_CASE(clear_text_after_a_failed_handshake_is_a_switch_and_never_against_a_demand) {
    const auto b = with("CleartextRetryAfterTlsFailure", "NextAttempt");
    const auto free =
        judge_handshake_failure(to_contoso(), policy_of(to_contoso()), tls::failure::bad_record, "", b);
    is_complete(free.why);
    BOOST_TEST((free.value.in_clear == clear_retry::next_attempt));
    BOOST_TEST(rests_on(free.why, "exchange.handshake.clear-retry"));
    const auto bound =
        judge_handshake_failure(requiring(), policy_of(requiring()), tls::failure::bad_record, "", b);
    BOOST_TEST((bound.value.in_clear == clear_retry::never));
}

BOOST_AUTO_TEST_CASE(unresolvable_own_certificate_sends_nothing) { // row 1
    auto c = to_contoso();
    c.tls_certificate_name = std::string("<I>CN=R3<S>CN=mail.varunagroup.de");
    certificate_choice own;
    own.unresolvable = true;
    const auto d = judge_own_certificate(c, own);
    is_complete(d.why);
    BOOST_TEST(
        d.value.reply ==
        "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found.");
    BOOST_TEST(d.value.reason == "OwnCertificateNotFound");
    BOOST_TEST(d.value.bare);
    BOOST_TEST(d.why.assumed.empty());
    own.unresolvable = false;
    BOOST_TEST((judge_own_certificate(c, own).value.action == send_action::proceed));
}

BOOST_AUTO_TEST_CASE(connections_that_fail) {
    const auto refused = judge_connection_failure(connection_failure::refused, "mail.contoso.com");
    is_complete(refused.why);
    BOOST_TEST(refused.value.reply == "421 4.2.1 Unable to connect");
    BOOST_TEST(refused.value.reason == "Refused");
    BOOST_TEST(refused.why.assumed.empty());
    BOOST_TEST(judge_connection_failure(connection_failure::timed_out, "mail.contoso.com").value.reply ==
               "421 4.4.1 Connection timed out");
    BOOST_TEST(judge_connection_failure(connection_failure::dropped, "mail.contoso.com").value.reply ==
               "421 4.4.2 Connection dropped due to SocketError");
}

BOOST_AUTO_TEST_CASE(plain_smtp_sender_has_its_own_texts) {
    auto s = contoso_mx();
    s.partner.tls_level = smtp_tls_level::encrypt;
    const auto p = partner_tls_policy(s, "varunagroup.de", "testms05.varunagroup.de").value;
    const auto d = judge_ehlo({}, p, false, "varunagroup.de", "testms05.varunagroup.de", {});
    is_complete(d.why);
    BOOST_TEST((d.value.action == send_action::queue));
    BOOST_TEST(d.value.reason == "StarttlsRequired");
    BOOST_TEST(d.value.our_text);
    BOOST_TEST(d.value.events.empty());
    BOOST_TEST(d.why.assumed.empty());

    s.partner.tls_level = smtp_tls_level::may;
    const auto may = partner_tls_policy(s, "varunagroup.de", "testms05.varunagroup.de").value;
    const auto failed = judge_handshake_failure({}, may, tls::failure::connection_reset, "", {});
    BOOST_TEST((failed.value.in_clear == clear_retry::at_once));
    BOOST_TEST((judge_starttls_refusal({}, may, "454 no", {}).value.action == send_action::proceed));
}

BOOST_AUTO_TEST_SUITE_END()
