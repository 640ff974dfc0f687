// AUTH and X-EXPS (RFC 4954), and a server that passes messages on to the service behind it.
#include "tests/smtp/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab::smtp;
using namespace connlab::smtp::tests;

namespace {

/// LOGIN asks for a name and a password; the right password is `eA==`.
struct login_server : test_server {
    std::optional<authentication_step> on_authenticate(verb how, const std::string& mechanism,
                                                       const std::string& response, bool /*tls*/) override {
        if (how == verb::x_exps)
            return mechanism == "GSSAPI" ? std::optional(authentication_step{"235 " + response, false, true})
                                         : std::nullopt;
        if (mechanism != "LOGIN")
            return std::nullopt;
        return authentication_step{"334 VXNlcm5hbWU6", false, true};
    }
    authentication_step on_response(const std::string& response) override {
        if (!named_) {
            named_ = true;
            return {"334 UGFzc3dvcmQ6", false, true};
        }
        named_ = false;
        if (response == "eA==")
            return {"235 2.7.0 Authentication successful", false, false};
        return {"535 5.7.3 Authentication unsuccessful", true, false};
    }

    void on_too_many_failed_logons() override { ++closed_for_failures; }

    int closed_for_failures = 0;

  private:
    bool named_ = false;
};

/// How often the policy was told that the connection is closed for failed logons.
int plays(std::string_view script, inbound_options options = plain_options()) {
    login_server policy;
    inbound_session s(std::move(options), policy);
    BOOST_TEST(play_server(s, script) == trimmed_script(script));
    return policy.closed_for_failures;
}

/// Answers every challenge with the same text; goes on only when it was let in.
struct login_client : test_client {
    outbound_step after_hello(const capabilities& /*peer*/, bool /*tls*/) override {
        return outbound_step::authenticate;
    }
    std::string authentication() override { return "AUTH LOGIN"; }
    std::string response_to(const reply& /*challenge*/) override { return "eA=="; }
    outbound_step after_authentication(const reply& r) override {
        return r.positive() ? outbound_step::proceed : outbound_step::quit;
    }
};

outbound_result sends(std::string_view script) {
    login_client policy;
    outbound_options options;
    options.hello_name = "testms05.varunagroup.de";
    options.sender = "anna@varunagroup.de";
    options.recipients = {"bob@contoso.com"};
    options.content = "x\r\n";
    outbound_session s(std::move(options), policy);
    BOOST_TEST(play_client(s, script) == trimmed_script(script));
    return s.result();
}

} // namespace

BOOST_AUTO_TEST_SUITE(authentication)

BOOST_AUTO_TEST_CASE(challenges_are_answered_until_the_policy_lets_in) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: YW5uYQ==
        S: 334 UGFzc3dvcmQ6
        C: eA==
        S: 235 2.7.0 Authentication successful
        C: MAIL FROM:<a@a.example>
        S: 250 2.1.0 Ok)");
}

BOOST_AUTO_TEST_CASE(too_many_failed_logons_close_the_connection) {
    auto options = plain_options();
    options.max_logon_failures = 2;
    const int told = plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: YW5uYQ==
        S: 334 UGFzc3dvcmQ6
        C: no
        S: 535 5.7.3 Authentication unsuccessful
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: YW5uYQ==
        S: 334 UGFzc3dvcmQ6
        C: no
        S: 535 5.7.3 Authentication unsuccessful
        * finish)",
                           options);
    BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_CASE(an_asterisk_gives_up) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: *
        S: 501 5.5.4 Error: bad syntax
        C: NOOP
        S: 250 2.0.0 Nothing done)");
}

BOOST_AUTO_TEST_CASE(an_initial_response_may_be_enough) {
    plays(R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: X-EXPS gssapi dGlja2V0
        S: 235 dGlja2V0)");
}

BOOST_AUTO_TEST_CASE(the_client_answers_challenges_and_sends_its_message) {
    const auto r = sends(R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO testms05.varunagroup.de
        S: 250 mx.contoso.com
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: eA==
        S: 334 UGFzc3dvcmQ6
        C: eA==
        S: 235 2.7.0 Authentication successful
        C: MAIL FROM:<anna@varunagroup.de>)");
    BOOST_TEST((r.how == ending::none));
}

BOOST_AUTO_TEST_CASE(a_refused_logon_is_the_reply_that_decided) {
    const auto r = sends(R"(
        S: 220 mx.contoso.com ESMTP
        C: EHLO testms05.varunagroup.de
        S: 250 mx.contoso.com
        C: AUTH LOGIN
        S: 535 5.7.3 Authentication unsuccessful
        C: QUIT
        S: 221 bye
        * finish)");
    BOOST_TEST((r.how == ending::refused));
    BOOST_TEST((r.where == phase::auth));
    BOOST_TEST(r.deciding->text() == "535 5.7.3 Authentication unsuccessful");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(passing_on)

BOOST_AUTO_TEST_CASE(the_service_behind_decides_about_a_message) {
    test_server policy;
    auto options = plain_options();
    options.passes_on = true;
    inbound_session s(std::move(options), policy);
    play_server(s, R"(
        S: 220 mx.contoso.com ESMTP
        C: HELO a.example
        S: 250 mx.contoso.com
        C: MAIL FROM:<a@a.example>
        S: 250 2.1.0 Ok
        C: RCPT TO:<bob@contoso.com>
        S: 250 2.1.5 Ok
        C: DATA
        S: 354 go on
        * read_data)");
    const auto asks = s.on(data_received{"Subject: x\r\n"});
    BOOST_TEST((asks.then == next::pass_on));
    BOOST_TEST(asks.send == "");
    BOOST_TEST(policy.messages.size() == 1U);
    const auto told = s.on(passed_on{"451 4.7.0 later"});
    BOOST_TEST(told.send == "451 4.7.0 later\r\n");
    BOOST_TEST((told.then == next::read_line));
    BOOST_TEST((s.on(passed_on{"250 again"}).then == next::finish), "an answer that nobody asked for");
}

BOOST_AUTO_TEST_SUITE_END()
