// The receiving side, as scripts of lines.
#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab::smtp;
using namespace connlab::smtp::tests;

namespace {

/// The script is what happens, line by line.
void plays(std::string_view script, test_server& policy, inbound_options options = plain_options()) {
    inbound_session s(std::move(options), policy);
    BOOST_TEST(play_server(s, script) == trimmed_script(script));
}

void plays(std::string_view script) {
    test_server policy;
    policy.keywords.clear();
    plays(script, policy);
}

struct few_keywords : test_server {
    few_keywords() { keywords = {"SIZE", "CHUNKING"}; }
};

} // namespace

BOOST_AUTO_TEST_SUITE(inbound)

// RFC 5321 appendix D.1
BOOST_AUTO_TEST_CASE(a_typical_session) {
    few_keywords policy;
    policy.refused["Green@foo.com"] = "550 No such user here";
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO bar.com
        S: 250-mx.contoso.com
        S: 250-SIZE
        S: 250-CHUNKING
        S: 250 STARTTLS
        C: MAIL FROM:<Smith@bar.com>
        S: 250 2.1.0 Ok
        C: RCPT TO:<Jones@foo.com>
        S: 250 2.1.5 Ok
        C: RCPT TO:<Green@foo.com>
        S: 550 No such user here
        C: RCPT TO:<Brown@foo.com>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        * read_data
        C: Blah blah blah...CRLF..etc.CRLF
        S: 250 2.0.0 Ok: queued
        C: QUIT
        S: 221 2.0.0 Bye
        * finish)",
          policy);
    BOOST_REQUIRE(policy.messages.size() == 1U);
    const auto& m = policy.messages.front();
    BOOST_TEST(m.sender == "Smith@bar.com");
    BOOST_TEST(m.recipients == (std::vector<std::string>{"Jones@foo.com", "Brown@foo.com"}),
               boost::test_tools::per_element());
    BOOST_TEST(m.content == "Blah blah blah...\r\n.etc.\r\n");
    BOOST_TEST(!m.tls);
}

BOOST_AUTO_TEST_CASE(commands_out_of_order_are_refused) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: MAIL FROM:<a@b.c>
        S: 503 5.5.1 Error: send HELO/EHLO first
        C: HELO a.example
        S: 250 mx.contoso.com
        C: RCPT TO:<b@c.d>
        S: 503 5.5.1 Error: need MAIL command
        C: DATA
        S: 503 5.5.1 Error: need MAIL command
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok
        C: DATA
        S: 503 5.5.1 Error: need RCPT command
        C: MAIL FROM:<a@b.c>
        S: 503 5.5.1 Error: nested MAIL command
        C: RCPT TO:<b@c.d>
        S: 250 2.1.5 Ok)");
}

BOOST_AUTO_TEST_CASE(one_protocol_error_too_many_closes) {
    auto options = plain_options();
    options.max_errors = 2;
    test_server policy;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: one
        S: 500 5.5.2 Error: command not recognized
        C: two
        S: 500 5.5.2 Error: command not recognized
        C: three
        S: 421 4.7.0 mx.contoso.com Error: too many errors
        * finish)",
          policy, options);
}

BOOST_AUTO_TEST_CASE(refusals_of_the_policy_are_no_protocol_errors) {
    auto options = plain_options();
    options.max_errors = 0;
    test_server policy;
    policy.keywords.clear();
    policy.refused["a@b.c"] = "550 5.7.1 no";
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@b.c>
        S: 550 5.7.1 no
        C: MAIL FROM:<a@b.c>
        S: 550 5.7.1 no)",
          policy, options);
}

BOOST_AUTO_TEST_CASE(unrecognized_verbs_can_be_named) {
    auto options = plain_options();
    options.replies.unrecognized = "500 5.3.3 Unrecognized command";
    options.replies.names_the_verb = true;
    test_server policy;
    policy.offers_starttls = false;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: xclient a=b
        S: 500 5.3.3 Unrecognized command 'XCLIENT'
        C: starttls
        S: 500 5.3.3 Unrecognized command 'STARTTLS'
        C: X-ANONYMOUSTLS
        S: 500 5.3.3 Unrecognized command 'X-ANONYMOUSTLS')",
          policy, options);
}

BOOST_AUTO_TEST_CASE(side_commands_work_before_hello_and_in_a_transaction) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: NOOP whatever
        S: 250 2.0.0 Nothing done
        C: VRFY anna
        S: 252 2.0.0 Cannot VRFY user
        C: EXPN staff
        S: 502 5.5.1 Error: command not implemented
        C: HELP
        S: 214-2.0.0 Help
        S: 214 2.0.0 is on its way
        C: RSET
        S: 250 2.0.0 Reset
        C: MAIL FROM:<a@b.c>
        S: 503 5.5.1 Error: send HELO/EHLO first
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok
        C: NOOP
        S: 250 2.0.0 Nothing done
        C: RCPT TO:<b@c.d>
        S: 250 2.1.5 Ok)");
}

BOOST_AUTO_TEST_CASE(rset_and_hello_forget_the_transaction) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok
        C: RSET now
        S: 501 5.5.4 Error: bad syntax
        C: RSET
        S: 250 2.0.0 Reset
        C: RCPT TO:<b@c.d>
        S: 503 5.5.1 Error: need MAIL command
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok
        C: HELO a.example
        S: 250 mx.contoso.com
        C: RCPT TO:<b@c.d>
        S: 503 5.5.1 Error: need MAIL command)");
}

BOOST_AUTO_TEST_CASE(hello_names_are_looked_at) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a..b
        S: 501 5.5.2 Invalid name
        C: HELO a b
        S: 501 5.5.2 Invalid name
        C: HELO [192.0.2.1]
        S: 250 mx.contoso.com
        C: HELO
        S: 250 mx.contoso.com)");
}

BOOST_AUTO_TEST_CASE(a_missing_name_closes_where_one_is_demanded) {
    auto options = plain_options();
    options.require_domain = true;
    test_server policy;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO
        S: 501 Syntax: EHLO hostname
        * finish)",
          policy, options);
}

BOOST_AUTO_TEST_CASE(addresses_and_parameters_are_looked_at) {
    few_keywords policy;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO a.example
        S: 250-mx.contoso.com
        S: 250-SIZE
        S: 250-CHUNKING
        S: 250 STARTTLS
        C: MAIL FROM:<a@b@c>
        S: 501 5.1.7 Bad sender address syntax
        C: MAIL anna@b.c
        S: 501 5.5.4 Error: bad syntax
        C: MAIL FROM:<a@b.c> SIZE=x
        S: 501 5.5.4 Error: bad syntax
        C: MAIL FROM:<a@b.c> RET=FULL
        S: 555 5.5.4 Unsupported option
        C: MAIL FROM:<> SIZE=37748736
        S: 250 2.1.0 Ok
        C: RCPT TO:<>
        S: 501 5.1.3 Bad recipient address syntax
        C: RCPT TO:<Postmaster>
        S: 250 2.1.5 Ok)",
          policy);
    BOOST_REQUIRE(policy.senders.size() == 1U);
    BOOST_TEST(*policy.senders.front().find("SIZE") == "37748736");
}

BOOST_AUTO_TEST_CASE(after_helo_no_parameter_is_understood) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@b.c> SIZE=1
        S: 555 5.5.4 Unsupported option)");
}

BOOST_AUTO_TEST_CASE(an_announced_size_above_the_limit_is_refused_at_mail) {
    few_keywords policy;
    auto options = plain_options();
    options.max_message = 10;
    inbound_session s(options, policy);
    const auto played = play_server(s, "C: EHLO a.example\nC: MAIL FROM:<a@b.c> SIZE=11\n"
                                       "C: MAIL FROM:<a@b.c> SIZE=99999999999999999999\n"
                                       "C: MAIL FROM:<a@b.c> SIZE=10");
    BOOST_TEST(
        played.ends_with("C: MAIL FROM:<a@b.c> SIZE=11\nS: 552 5.3.4 Message size exceeds fixed limit\n"
                         "C: MAIL FROM:<a@b.c> SIZE=99999999999999999999\n"
                         "S: 552 5.3.4 Message size exceeds fixed limit\n"
                         "C: MAIL FROM:<a@b.c> SIZE=10\nS: 250 2.1.0 Ok\n"));
}

BOOST_AUTO_TEST_CASE(content_above_the_limit_is_refused_and_the_session_goes_on) {
    test_server policy;
    policy.keywords.clear();
    auto options = plain_options();
    options.max_message = 4;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok
        C: RCPT TO:<b@c.d>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        * read_data
        C: 123CRLF
        S: 552 5.3.4 Message size exceeds fixed limit
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok
        C: RCPT TO:<b@c.d>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 End data with <CR><LF>.<CR><LF>
        * read_data
        C: ..1CRLF
        S: 250 2.0.0 Ok: queued)",
          policy, options);
    BOOST_REQUIRE(policy.messages.size() == 1U);
    BOOST_TEST(policy.messages.front().content == ".1\r\n"); // the limit counts what is meant
}

BOOST_AUTO_TEST_CASE(one_recipient_too_many_is_refused_for_now) {
    test_server policy;
    auto options = plain_options();
    options.max_recipients = 1;
    inbound_session s(options, policy);
    const auto played = play_server(
        s, "C: HELO a.example\nC: MAIL FROM:<>\nC: RCPT TO:<a@b.c>\nC: RCPT TO:<b@b.c>\nC: DATA\nC: x");
    BOOST_TEST(played.find("S: 452 4.5.3 Error: too many recipients") != std::string::npos);
    BOOST_REQUIRE(policy.messages.size() == 1U);
    BOOST_TEST(policy.messages.front().recipients.size() == 1U);
}

BOOST_AUTO_TEST_CASE(long_lines_are_refused) {
    test_server policy;
    auto options = plain_options();
    options.max_line = 30;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: NOOP 5678901234567890123456789
        S: 250 2.0.0 Nothing done
        C: NOOP 567890123456789012345678901
        S: 500 5.5.2 Error: line too long
        * too_long
        S: 500 5.5.2 Error: line too long)",
          policy, options);
}

BOOST_AUTO_TEST_CASE(a_line_that_ends_with_lf_alone_is_taken_or_refused_as_configured) {
    for (const bool refuse : {false, true}) {
        test_server policy;
        auto options = plain_options();
        options.refuse_bare_lf = refuse;
        inbound_session s(options, policy);
        s.on(connected{});
        line_received line;
        line.text = "NOOP";
        line.bare_lf = true;
        BOOST_TEST(s.on(line).send ==
                   (refuse ? "521 5.5.2 Error: bare <LF> received\r\n" : "250 2.0.0 Nothing done\r\n"));
    }
}

BOOST_AUTO_TEST_CASE(content_with_bare_lf_is_kept_or_refused_as_configured) {
    for (const bool refuse : {false, true}) {
        test_server policy;
        auto options = plain_options();
        options.refuse_bare_lf = refuse;
        inbound_session s(options, policy);
        play_server(s, "C: HELO a.example\nC: MAIL FROM:<>\nC: RCPT TO:<a@b.c>\nC: DATA");
        data_received data;
        data.bytes = "a\n.\nMAIL FROM:<evil@c.d>\r\n"; // the second line ends the content for nobody
        const auto t = s.on(data);
        BOOST_TEST(t.send.substr(0, 3) == (refuse ? "521" : "250"));
        BOOST_TEST(policy.messages.size() == (refuse ? 0U : 1U));
        if (!refuse)
            BOOST_TEST(policy.messages.front().content == data.bytes);
    }
}

BOOST_AUTO_TEST_CASE(a_421_of_the_policy_closes) {
    test_server policy;
    policy.keywords.clear();
    policy.refused["a@b.c"] = "421 4.3.2 Service not active";
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@b.c>
        S: 421 4.3.2 Service not active
        * finish)",
          policy);
}

BOOST_AUTO_TEST_CASE(a_banner_that_refuses_closes) {
    test_server policy;
    auto options = plain_options();
    options.banner = "421 4.3.2 Service not active";
    plays("S: 421 4.3.2 Service not active\n* finish", policy, options);
}

BOOST_AUTO_TEST_CASE(enhanced_codes_can_be_switched_off) {
    test_server policy;
    auto options = plain_options();
    options.enhanced_codes = false;
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: NOOP
        S: 250 Nothing done
        C: QUIT
        S: 221 Bye
        * finish)",
          policy, options);
}

BOOST_AUTO_TEST_CASE(authentication_knows_no_mechanism) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: AUTH PLAIN AGEAYg==
        S: 503 5.5.1 Error: send HELO/EHLO first
        C: HELO a.example
        S: 250 mx.contoso.com
        C: AUTH PLAIN AGEAYg==
        S: 503 5.5.1 Error: authentication not enabled)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(inbound_tls)

// RFC 3207 section 4.2: everything learned before is forgotten, and STARTTLS is not advertised again
BOOST_AUTO_TEST_CASE(an_upgrade_begins_anew) {
    few_keywords policy;
    inbound_session s(plain_options(), policy);
    const std::string_view script = R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO a.example
        S: 250-mx.contoso.com
        S: 250-SIZE
        S: 250-CHUNKING
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 2.0.0 Ready to start TLS
        * start_tls
        * tls
        C: MAIL FROM:<a@b.c>
        S: 503 5.5.1 Error: send HELO/EHLO first
        C: EHLO a.example
        S: 250-mx.contoso.com
        S: 250-SIZE
        S: 250 CHUNKING
        C: STARTTLS
        S: 554 5.5.1 Error: TLS already active
        C: MAIL FROM:<a@b.c>
        S: 250 2.1.0 Ok)";
    BOOST_TEST(play_server(s, script) == trimmed_script(script));
    BOOST_TEST(s.tls());
    BOOST_TEST((s.upgraded_by() == verb::starttls));
    BOOST_TEST(policy.hellos == (std::vector<std::string>{"EHLO a.example clear", "EHLO a.example TLS"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(parameters_advertised_in_clear_are_forgotten_too) {
    few_keywords policy;
    inbound_session s(plain_options(), policy);
    const auto played = play_server(
        s, "C: EHLO a.example\nC: STARTTLS\n* tls\nC: HELO a.example\nC: MAIL FROM:<a@b.c> SIZE=1");
    BOOST_TEST(played.ends_with("S: 555 5.5.4 Unsupported option\n"));
}

BOOST_AUTO_TEST_CASE(x_anonymoustls_upgrades_where_it_is_offered) {
    few_keywords policy;
    policy.offers_anonymous_tls = true;
    inbound_session s(plain_options(), policy);
    play_server(s, "C: EHLO a.example\nC: X-ANONYMOUSTLS\n* tls");
    BOOST_TEST(s.tls());
    BOOST_TEST((s.upgraded_by() == verb::x_anonymoustls));
}

BOOST_AUTO_TEST_CASE(an_upgrade_with_an_argument_or_in_a_transaction_is_refused) {
    few_keywords policy;
    inbound_session s(plain_options(), policy);
    const auto played = play_server(s, "C: EHLO a.example\nC: STARTTLS now\nC: MAIL FROM:<>\nC: STARTTLS");
    BOOST_TEST(played.find("C: STARTTLS now\nS: 501 5.5.4 Syntax: STARTTLS\n") != std::string::npos);
    BOOST_TEST(played.ends_with("C: STARTTLS\nS: 503 5.5.1 Error: nested MAIL command\n"));
    BOOST_TEST(!s.tls());
}

BOOST_AUTO_TEST_CASE(a_refused_upgrade_goes_on_in_clear) {
    few_keywords policy;
    policy.starttls_refusal = "454 4.7.0 TLS not available due to local problem";
    inbound_session s(plain_options(), policy);
    const auto played = play_server(s, "C: EHLO a.example\nC: STARTTLS\nC: MAIL FROM:<>");
    BOOST_TEST(played.ends_with("S: 454 4.7.0 TLS not available due to local problem\n"
                                "C: MAIL FROM:<>\nS: 250 2.1.0 Ok\n"));
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_closes_without_a_word) {
    for (const std::string how : {"tls_failed", "timed_out", "closed"}) {
        few_keywords policy;
        inbound_session s(plain_options(), policy);
        const auto played = play_server(s, "C: EHLO a.example\nC: STARTTLS\n* " + how + "\nC: MAIL FROM:<>");
        BOOST_TEST(played.ends_with("* start_tls\n* " + how + "\n* finish\nC: MAIL FROM:<>\n* finish\n"));
        BOOST_TEST(!s.tls());
    }
}

BOOST_AUTO_TEST_CASE(a_line_in_place_of_a_handshake_closes) {
    few_keywords policy;
    inbound_session s(plain_options(), policy);
    const auto played = play_server(s, "C: EHLO a.example\nC: STARTTLS\nC: MAIL FROM:<>");
    BOOST_TEST(played.ends_with("C: MAIL FROM:<>\n* finish\n"));
    BOOST_TEST(policy.senders.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(inbound_chunks)

namespace {

const std::string begin = "C: EHLO a.example\nC: MAIL FROM:<a@b.c>\nC: RCPT TO:<b@c.d>\n";

std::string after_begin(const std::string& script, test_server& policy,
                        inbound_options options = plain_options()) {
    inbound_session s(options, policy);
    const auto played = play_server(s, begin + script);
    return played.substr(played.rfind("S: 250 2.1.5 Ok\n") + 16);
}

} // namespace

// RFC 3030 section 4.1
BOOST_AUTO_TEST_CASE(chunks_are_joined) {
    few_keywords policy;
    BOOST_TEST(after_begin("C: BDAT 3\nC: .a.\nC: BDAT 4\nC: bCRLFc\nC: BDAT 0 LAST", policy) ==
               "C: BDAT 3\n* read_data 3\nC: .a.\nS: 250 2.6.0 3 octets received\n"
               "C: BDAT 4\n* read_data 4\nC: bCRLFc\nS: 250 2.6.0 4 octets received\n"
               "C: BDAT 0 LAST\nS: 250 2.0.0 Ok: queued\n");
    BOOST_REQUIRE(policy.messages.size() == 1U);
    BOOST_TEST(policy.messages.front().content == ".a.b\r\nc");
}

BOOST_AUTO_TEST_CASE(between_chunks_only_chunks_are_welcome) {
    few_keywords policy;
    BOOST_TEST(after_begin("C: BDAT 1\nC: x\nC: DATA\nC: MAIL FROM:<>\nC: RCPT TO:<a@b.c>\nC: STARTTLS\n"
                           "C: NOOP\nC: BDAT 1 LAST\nC: y",
                           policy)
                   .ends_with("C: DATA\nS: 503 5.5.1 Error: bad sequence\n"
                              "C: MAIL FROM:<>\nS: 503 5.5.1 Error: bad sequence\n"
                              "C: RCPT TO:<a@b.c>\nS: 503 5.5.1 Error: bad sequence\n"
                              "C: STARTTLS\nS: 503 5.5.1 Error: bad sequence\n"
                              "C: NOOP\nS: 250 2.0.0 Nothing done\n"
                              "C: BDAT 1 LAST\n* read_data 1\nC: y\nS: 250 2.0.0 Ok: queued\n"));
    BOOST_REQUIRE(policy.messages.size() == 1U);
    BOOST_TEST(policy.messages.front().content == "xy");
}

BOOST_AUTO_TEST_CASE(rset_between_chunks_forgets_them) {
    few_keywords policy;
    BOOST_TEST(
        after_begin("C: BDAT 1\nC: x\nC: RSET\nC: BDAT 1 LAST\nC: y", policy)
            .ends_with("S: 250 2.0.0 Reset\n"
                       "C: BDAT 1 LAST\n* read_data 1\nC: y\nS: 503 5.5.1 Error: need MAIL command\n"));
    BOOST_TEST(policy.messages.empty());
}

BOOST_AUTO_TEST_CASE(a_chunk_out_of_order_is_read_and_dropped) {
    few_keywords policy;
    inbound_session s(plain_options(), policy);
    const auto played =
        play_server(s, "C: BDAT 4\nC: QUIT\nC: EHLO a.example\nC: BDAT 4 LAST\nC: QUIT\nC: NOOP");
    BOOST_TEST(played.find("C: BDAT 4\n* read_data 4\nC: QUIT\nS: 503 5.5.1 Error: send HELO/EHLO first\n") !=
               std::string::npos);
    BOOST_TEST(
        played.ends_with("C: BDAT 4 LAST\n* read_data 4\nC: QUIT\nS: 503 5.5.1 Error: need MAIL command\n"
                         "C: NOOP\nS: 250 2.0.0 Nothing done\n"));
}

BOOST_AUTO_TEST_CASE(chunks_that_grow_too_big_lose_the_transaction) {
    few_keywords policy;
    auto options = plain_options();
    options.max_message = 5;
    BOOST_TEST(after_begin("C: BDAT 3\nC: abc\nC: BDAT 3\nC: def\nC: BDAT 1 LAST\nC: g", policy, options) ==
               "C: BDAT 3\n* read_data 3\nC: abc\nS: 250 2.6.0 3 octets received\n"
               "C: BDAT 3\n* read_data 3\nC: def\nS: 552 5.3.4 Message size exceeds fixed limit\n"
               "C: BDAT 1 LAST\n* read_data 1\nC: g\nS: 503 5.5.1 Error: need MAIL command\n");
    BOOST_TEST(policy.messages.empty());
}

BOOST_AUTO_TEST_CASE(a_chunk_beyond_all_measure_closes_instead_of_being_read) {
    few_keywords policy;
    BOOST_TEST(after_begin("C: BDAT 18446744073709551615", policy) ==
               "C: BDAT 18446744073709551615\nS: 552 5.3.4 Message size exceeds fixed limit\n* finish\n");
}

BOOST_AUTO_TEST_CASE(a_chunk_of_unknown_length_closes) {
    few_keywords policy;
    BOOST_TEST(after_begin("C: BDAT x", policy) == "C: BDAT x\nS: 501 5.5.4 Error: bad syntax\n* finish\n");
}

BOOST_AUTO_TEST_CASE(without_chunking_bdat_is_unrecognized) {
    few_keywords policy;
    auto options = plain_options();
    options.chunking = false;
    BOOST_TEST(after_begin("C: BDAT 1", policy, options) ==
               "C: BDAT 1\nS: 500 5.5.2 Error: command not recognized\n");
}

// RFC 3030 section 3
BOOST_AUTO_TEST_CASE(binary_content_comes_by_bdat_alone) {
    test_server policy;
    inbound_session s(plain_options(), policy);
    const auto played =
        play_server(s, "C: EHLO a.example\nC: MAIL FROM:<> BODY=BINARYMIME\nC: RCPT TO:<a@b.c>\n"
                       "C: DATA\nC: BDAT 1 LAST\nC: x");
    BOOST_TEST(played.ends_with("C: DATA\nS: 503 5.5.1 Error: bad sequence\n"
                                "C: BDAT 1 LAST\n* read_data 1\nC: x\nS: 250 2.0.0 Ok: queued\n"));
}

BOOST_AUTO_TEST_SUITE_END()
