// The sending side, as scripts of lines.
#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab::smtp;
using namespace connlab::smtp::tests;

namespace {

outbound_options one_message() {
    outbound_options o;
    o.hello_name = "testms05.varunagroup.de";
    o.sender = "anna@varunagroup.de";
    o.recipients = {"bob@contoso.com"};
    o.content = "Subject: x\r\n\r\n.y\r\n";
    return o;
}

outbound_result plays(std::string_view script, test_client& policy,
                      outbound_options options = one_message()) {
    outbound_session s(std::move(options), policy);
    BOOST_TEST(play_client(s, script) == trimmed_script(script));
    return s.result();
}

outbound_result plays(std::string_view script, outbound_options options = one_message()) {
    test_client policy;
    return plays(script, policy, std::move(options));
}

/// With `{}` for what comes behind EHLO.
const std::string greeting = "S: 220 mx.contoso.com ESMTP\nC: EHLO testms05.varunagroup.de\n";

} // namespace

BOOST_AUTO_TEST_SUITE(outbound)

BOOST_AUTO_TEST_CASE(a_message_is_delivered_step_by_step) {
    const auto r = plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO testms05.varunagroup.de
        S: 250 mx.contoso.com
        C: MAIL FROM:<anna@varunagroup.de>
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<bob@contoso.com>
        S: 250 2.1.5 Recipient OK
        C: DATA
        S: 354 Start mail input; end with <CRLF>.<CRLF>
        C: Subject: xCRLFCRLF..yCRLF.CRLF
        S: 250 2.6.0 Queued mail for delivery
        C: QUIT
        S: 221 2.0.0 Service closing transmission channel
        * finish)");
    BOOST_TEST((r.how == ending::delivered));
    BOOST_TEST((r.where == phase::content));
    BOOST_TEST(r.deciding->text() == "250 2.6.0 Queued mail for delivery");
    BOOST_REQUIRE(r.recipients.size() == 1U);
    BOOST_TEST(r.recipients.front().accepted);
    BOOST_TEST(r.recipients.front().answer->enhanced_code() == "2.1.5");
}

// RFC 2920 section 3.1
BOOST_AUTO_TEST_CASE(with_pipelining_the_envelope_goes_out_in_one_write) {
    auto options = one_message();
    options.recipients.emplace_back("carol@contoso.com");
    const auto r = plays(greeting + R"(
        S: 250-mx.contoso.com
        S: 250-PIPELINING
        S: 250 SIZE
        C: MAIL FROM:<anna@varunagroup.de> SIZE=18
        C: RCPT TO:<bob@contoso.com>
        C: RCPT TO:<carol@contoso.com>
        C: DATA
        S: 250 2.1.0 Ok
        S: 250 2.1.5 Ok
        S: 550 5.1.1 User unknown
        S: 354 go ahead
        C: Subject: xCRLFCRLF..yCRLF.CRLF
        S: 250 2.0.0 Ok
        C: QUIT
        S: 221 2.0.0 Bye
        * finish)",
                         options);
    BOOST_TEST((r.how == ending::delivered));
    BOOST_TEST(r.recipients[0].accepted);
    BOOST_TEST(!r.recipients[1].accepted);
    BOOST_TEST(r.recipients[1].answer->text() == "550 5.1.1 User unknown");
}

BOOST_AUTO_TEST_CASE(a_refused_sender_decides_even_if_the_group_goes_on) {
    const auto r = plays(greeting + R"(
        S: 250-mx.contoso.com
        S: 250 PIPELINING
        C: MAIL FROM:<anna@varunagroup.de>
        C: RCPT TO:<bob@contoso.com>
        C: DATA
        S: 451 5.7.3 Must issue a STARTTLS command first
        S: 503 5.5.2 Need mail command
        S: 503 5.5.2 Need mail command
        C: QUIT
        S: 221 Bye
        * finish)");
    BOOST_TEST((r.how == ending::refused));
    BOOST_TEST((r.where == phase::mail));
    BOOST_TEST(r.deciding->text() == "451 5.7.3 Must issue a STARTTLS command first");
    BOOST_TEST(!r.recipients.front().answer.has_value());
}

BOOST_AUTO_TEST_CASE(a_peer_that_wants_content_for_nobody_gets_a_lone_dot) {
    const auto r = plays(greeting + R"(
        S: 250-mx.contoso.com
        S: 250 PIPELINING
        C: MAIL FROM:<anna@varunagroup.de>
        C: RCPT TO:<bob@contoso.com>
        C: DATA
        S: 250 Ok
        S: 550 5.1.1 User unknown
        S: 354 go ahead
        C: .
        S: 250 Ok
        C: QUIT
        S: 221 Bye
        * finish)");
    BOOST_TEST((r.how == ending::refused));
    BOOST_TEST((r.where == phase::recipient));
    BOOST_TEST(r.deciding->code == 550);
}

BOOST_AUTO_TEST_CASE(without_pipelining_nobody_left_ends_before_data) {
    const auto r = plays(greeting + R"(
        S: 250 mx.contoso.com
        C: MAIL FROM:<anna@varunagroup.de>
        S: 250 Ok
        C: RCPT TO:<bob@contoso.com>
        S: 450 4.2.1 not now
        C: QUIT
        S: 221 Bye
        * finish)");
    BOOST_TEST((r.how == ending::refused));
    BOOST_TEST((r.where == phase::recipient));
    BOOST_TEST(r.deciding->transient());
}

BOOST_AUTO_TEST_CASE(data_and_content_can_be_refused) {
    const std::string envelope = greeting + R"(
        S: 250 mx.contoso.com
        C: MAIL FROM:<anna@varunagroup.de>
        S: 250 Ok
        C: RCPT TO:<bob@contoso.com>
        S: 250 Ok
        C: DATA
        )";
    const auto at_data = plays(envelope + "S: 451 no\nC: QUIT\nS: 221 Bye\n* finish");
    BOOST_TEST((at_data.where == phase::data));
    const auto odd = plays(envelope + "S: 250 what?\nC: QUIT\nS: 221 Bye\n* finish");
    BOOST_TEST((odd.how == ending::refused));
    const auto at_end =
        plays(envelope + "S: 354 go\nC: Subject: xCRLFCRLF..yCRLF.CRLF\nS: 552 5.3.4 too big\nC: QUIT\n"
                         "S: 221 Bye\n* finish");
    BOOST_TEST((at_end.how == ending::refused));
    BOOST_TEST((at_end.where == phase::content));
    BOOST_TEST(at_end.recipients.front().accepted); // by RCPT: but nothing was delivered
}

BOOST_AUTO_TEST_CASE(a_refusing_banner_is_answered_with_quit) {
    const auto r = plays("S: 554 No SMTP service here\nC: QUIT\nS: 221 Bye\n* finish");
    BOOST_TEST((r.how == ending::refused));
    BOOST_TEST((r.where == phase::banner));
}

// RFC 5321 section 3.2
BOOST_AUTO_TEST_CASE(a_server_without_ehlo_is_greeted_with_helo) {
    test_client policy;
    const auto r = plays(greeting + R"(
        S: 502 5.5.1 not implemented
        C: HELO testms05.varunagroup.de
        S: 250-mx.contoso.com
        S: 250 STARTTLS
        C: MAIL FROM:<anna@varunagroup.de>)",
                         policy);
    BOOST_TEST((r.how == ending::none));
    BOOST_TEST(policy.asked ==
                   (std::vector<std::string>{"ehlo refused 502 5.5.1 not implemented", "hello clear"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_policy_may_decline_helo) {
    test_client policy;
    policy.helo_accepted = false;
    const auto r = plays(greeting + "S: 550 5.7.1 not you\nC: QUIT\nS: 221 Bye\n* finish", policy);
    BOOST_TEST((r.how == ending::refused));
    BOOST_TEST((r.where == phase::hello));
}

BOOST_AUTO_TEST_CASE(a_transient_refusal_of_ehlo_is_final) {
    const auto r = plays(greeting + "S: 451 later\nC: QUIT\nS: 221 Bye\n* finish");
    BOOST_TEST((r.how == ending::refused));
}

BOOST_AUTO_TEST_CASE(forced_helo_knows_no_extensions) {
    auto options = one_message();
    options.force_helo = true;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO testms05.varunagroup.de
        S: 250-mx.contoso.com
        S: 250-STARTTLS
        S: 250 PIPELINING
        C: MAIL FROM:<anna@varunagroup.de>
        S: 250 Ok
        C: RCPT TO:<bob@contoso.com>)",
          options);
}

BOOST_AUTO_TEST_CASE(chunks_replace_data_where_both_sides_can) {
    auto options = one_message();
    options.use_chunking = true;
    options.chunk_size = 10;
    const auto r = plays(greeting + R"(
        S: 250-mx.contoso.com
        S: 250-PIPELINING
        S: 250 CHUNKING
        C: MAIL FROM:<anna@varunagroup.de>
        C: RCPT TO:<bob@contoso.com>
        S: 250 Ok
        S: 250 Ok
        C: BDAT 10CRLFSubject: x
        S: 250 Ok
        C: BDAT 8 LASTCRLFCRLFCRLF.yCRLF
        S: 250 Ok: queued
        C: QUIT
        S: 221 Bye
        * finish)",
                         options);
    BOOST_TEST((r.how == ending::delivered));
    BOOST_TEST(r.deciding->text() == "250 Ok: queued");
}

BOOST_AUTO_TEST_CASE(a_refused_chunk_ends_it) {
    auto options = one_message();
    options.use_chunking = true;
    options.chunk_size = 10;
    const auto r = plays(greeting + R"(
        S: 250-mx.contoso.com
        S: 250 CHUNKING
        C: MAIL FROM:<anna@varunagroup.de>
        S: 250 Ok
        C: RCPT TO:<bob@contoso.com>
        S: 250 Ok
        C: BDAT 10CRLFSubject: x
        S: 552 5.3.4 too big
        C: QUIT
        S: 221 Bye
        * finish)",
                         options);
    BOOST_TEST((r.how == ending::refused));
}

BOOST_AUTO_TEST_CASE(parameters_are_used_where_they_are_offered) {
    auto options = one_message();
    options.sender = "b\xc3\xbc@varunagroup.de";
    options.content = "\xc3\xbc\r\n";
    options.notification.returned = "HDRS";
    options.notification.envelope_id = "a+b";
    options.notification.notify = "SUCCESS,DELAY";
    options.notification.original_recipient = true;
    plays(greeting +
              "S: 250-mx\nS: 250-SIZE 10\nS: 250-8BITMIME\nS: 250-DSN\nS: 250-SMTPUTF8\nS: 250 PIPELINING\n"
              "C: MAIL FROM:<b\xc3\xbc@varunagroup.de> SIZE=4 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb\n"
              "C: RCPT TO:<bob@contoso.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob@contoso.com\nC: DATA",
          options);
    options.sender = "anna@varunagroup.de";
    plays(greeting + "S: 250 mx\nC: MAIL FROM:<anna@varunagroup.de>\nS: 250 ok\nC: RCPT TO:<bob@contoso.com>",
          options);
    options.announce_size = false;
    options.notification = {};
    options.content = "x\r\n";
    plays(greeting +
              "S: 250-mx\nS: 250-8BITMIME\nS: 250-DSN\nS: 250 SIZE\nC: MAIL FROM:<anna@varunagroup.de>\n"
              "S: 250 ok\nC: RCPT TO:<bob@contoso.com>",
          options);
}

// RFC 6531 section 3.1
BOOST_AUTO_TEST_CASE(an_internationalized_address_needs_a_peer_that_takes_it) {
    auto options = one_message();
    options.recipients = {"b\xc3\xbc@contoso.com"};
    const auto r = plays(greeting + "S: 250-mx\nS: 250 8BITMIME\nC: QUIT\nS: 221 Bye\n* finish", options);
    BOOST_TEST((r.how == ending::no_smtputf8));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(outbound_tls)

namespace {

const std::string offered =
    greeting + "S: 250-mx.contoso.com\nS: 250-PIPELINING\nS: 250 STARTTLS\nC: STARTTLS\n";

} // namespace

// RFC 3207 section 4.2: the first EHLO's answer is forgotten
BOOST_AUTO_TEST_CASE(after_the_upgrade_ehlo_is_said_again) {
    test_client policy;
    plays(offered + R"(
        S: 220 2.0.0 SMTP server ready
        * start_tls
        * tls
        C: EHLO testms05.varunagroup.de
        S: 250 mx.contoso.com
        C: MAIL FROM:<anna@varunagroup.de>
        S: 250 Ok
        C: RCPT TO:<bob@contoso.com>)",
          policy);
    BOOST_TEST(policy.asked == (std::vector<std::string>{"hello clear", "tls", "hello TLS"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(x_anonymoustls_upgrades_the_same_way) {
    test_client policy;
    policy.always = outbound_step::start_anonymous_tls;
    plays(greeting + R"(
        S: 250 mx.contoso.com
        C: X-ANONYMOUSTLS
        S: 220 2.0.0 SMTP server ready
        * start_tls
        * tls
        C: EHLO testms05.varunagroup.de)",
          policy);
}

BOOST_AUTO_TEST_CASE(a_refused_starttls_is_the_policy_s_to_judge) {
    test_client policy;
    policy.refused_starttls = outbound_step::quit;
    auto r = plays(offered + "S: 454 4.7.0 no\nC: QUIT\nS: 221 Bye\n* finish", policy);
    BOOST_TEST((r.how == ending::left_by_policy));
    BOOST_TEST((r.where == phase::starttls));
    BOOST_TEST(policy.asked.back() == "starttls refused 454 4.7.0 no");
    policy.refused_starttls = outbound_step::proceed;
    plays(offered +
              "S: 454 4.7.0 no\nC: MAIL FROM:<anna@varunagroup.de>\nC: RCPT TO:<bob@contoso.com>\nC: DATA",
          policy);
}

BOOST_AUTO_TEST_CASE(to_insist_on_a_refused_starttls_does_not_mean_clear) {
    test_client policy;
    policy.refused_starttls = outbound_step::start_tls;
    const auto r = plays(offered + "S: 454 4.7.0 no\nC: QUIT\nS: 221 Bye\n* finish", policy);
    BOOST_TEST((r.how == ending::left_by_policy));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_will_not_do_ends_it) {
    test_client policy;
    policy.seen_certificate = outbound_step::disconnect;
    auto r = plays(offered + "S: 220 go\n* start_tls\n* tls\n* finish", policy);
    BOOST_TEST((r.how == ending::left_by_policy));
    BOOST_TEST((r.where == phase::tls));
    policy.seen_certificate = outbound_step::quit;
    r = plays(offered + "S: 220 go\n* start_tls\n* tls\nC: QUIT\nS: 221 Bye\n* finish", policy);
    BOOST_TEST((r.how == ending::left_by_policy));
}

BOOST_AUTO_TEST_CASE(a_policy_that_will_not_go_on_quits_after_ehlo) {
    test_client policy;
    policy.always = outbound_step::quit;
    const auto r = plays(greeting + "S: 250 mx\nC: QUIT\nS: 221 Bye\n* finish", policy);
    BOOST_TEST((r.how == ending::left_by_policy));
    BOOST_TEST((r.where == phase::hello));
    policy.always = outbound_step::disconnect;
    plays(greeting + "S: 250 mx\n* finish", policy);
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_never_goes_on_in_clear) {
    for (const auto& [how, what] : {std::pair{"tls_failed", ending::tls_failed},
                                    {"closed", ending::closed},
                                    {"timed_out", ending::timed_out}}) {
        test_client policy;
        const auto r = plays(
            offered + "S: 220 go\n* start_tls\n* " + how + "\n* finish\nS: 250 hello?\n* finish", policy);
        BOOST_TEST((r.how == what));
        BOOST_TEST((r.where == phase::tls));
    }
}

BOOST_AUTO_TEST_CASE(a_second_upgrade_is_not_begun) {
    test_client policy;
    policy.always = outbound_step::start_tls;
    plays(greeting + R"(
        S: 250 mx.contoso.com
        C: STARTTLS
        S: 220 go
        * start_tls
        * tls
        C: EHLO testms05.varunagroup.de
        S: 250-mx.contoso.com
        S: 250 STARTTLS
        C: MAIL FROM:<anna@varunagroup.de>)",
          policy);
}

BOOST_AUTO_TEST_SUITE_END()
