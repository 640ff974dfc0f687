// On-premises sheet 3.6 (observed lists), 3.7 (banner, texts).
#include "sim/base/ascii.hpp"
#include "sim/exchange/replies.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

server with_product(const std::string& product) {
    auto s = testms05();
    s.version.product = product;
    return s;
}

receive_connector default_frontend() {
    auto c = internet_connector();
    c.auth = std::uint32_t{auth_tls | auth_basic | auth_basic_require_tls | auth_exchange_server |
                           auth_integrated};
    return c;
}

std::string said(const server& s, const receive_connector& c, bool certificate, bool tls_active) {
    return join(ehlo_keywords(s, c, {certificate, certificate, tls_active}), ", ");
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_ehlo)

BOOST_AUTO_TEST_CASE(default_frontend_2016_before_and_inside_tls) {
    const auto s = with_product("Exchange2016");
    BOOST_TEST(said(s, default_frontend(), true, false) ==
               "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, STARTTLS, X-ANONYMOUSTLS, AUTH NTLM, "
               "X-EXPS GSSAPI NTLM, 8BITMIME, BINARYMIME, CHUNKING, XRDST");
    BOOST_TEST(
        said(s, default_frontend(), true, true) ==
        "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, AUTH NTLM LOGIN, X-EXPS GSSAPI NTLM, 8BITMIME, "
        "BINARYMIME, CHUNKING, XRDST");
}

BOOST_AUTO_TEST_CASE(default_frontend_2019_adds_smtputf8_before_xrdst) {
    BOOST_TEST(said(with_product("Exchange2019"), default_frontend(), true, false) ==
               "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, STARTTLS, X-ANONYMOUSTLS, AUTH NTLM, "
               "X-EXPS GSSAPI NTLM, 8BITMIME, BINARYMIME, CHUNKING, SMTPUTF8, XRDST");
}

BOOST_AUTO_TEST_CASE(unusable_starttls_certificate_takes_starttls_alone_away) {
    // The 2019 example of 1.2, printed by Microsoft: X-ANONYMOUSTLS stays.
    const auto keywords = ehlo_keywords(with_product("Exchange2019"), default_frontend(), {false, true});
    BOOST_TEST(join(keywords, " ") ==
               "SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES X-ANONYMOUSTLS AUTH NTLM "
               "X-EXPS GSSAPI NTLM 8BITMIME BINARYMIME CHUNKING SMTPUTF8 XRDST");
}

BOOST_AUTO_TEST_CASE(client_frontend_2016_and_2019) {
    auto c = internet_connector("Client Frontend TESTMS05");
    c.auth = std::uint32_t{auth_tls | auth_basic | auth_basic_require_tls | auth_integrated};
    c.enable_auth_gssapi = true;
    const std::string common = "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, STARTTLS, AUTH GSSAPI "
                               "NTLM, 8BITMIME, BINARYMIME, CHUNKING";
    BOOST_TEST(said(with_product("Exchange2016"), c, true, false) == common);
    BOOST_TEST(said(with_product("Exchange2019"), c, true, false) == common + ", SMTPUTF8");
}

BOOST_AUTO_TEST_CASE(no_auth_mechanism_at_all) {
    auto c = internet_connector();
    c.auth = std::uint32_t{auth_none};
    BOOST_TEST(said(with_product("Exchange2016"), c, true, false) ==
               "SIZE 37748736, PIPELINING, DSN, ENHANCEDSTATUSCODES, 8BITMIME, BINARYMIME, CHUNKING");
}

BOOST_AUTO_TEST_CASE(auth_line_follows_mechanisms_and_tls) {
    struct row {
        std::uint32_t auth;
        bool tls;
        std::string expected;
    };
    // The table "AUTH line" of 3.6.
    for (const row& r : std::vector<row>{{auth_tls | auth_integrated | auth_basic, false, "AUTH NTLM LOGIN"},
                                         {auth_tls | auth_basic, false, "AUTH LOGIN"},
                                         {auth_tls | auth_basic | auth_basic_require_tls, false, ""},
                                         {auth_tls | auth_basic | auth_basic_require_tls, true, "AUTH LOGIN"},
                                         {auth_tls, false, ""}}) {
        auto c = internet_connector();
        c.auth = r.auth;
        std::string line;
        for (const auto& k : ehlo_keywords(testms05(), c, {false, false, r.tls}))
            if (k.rfind("AUTH", 0) == 0)
                line = k;
        BOOST_TEST(line == r.expected);
    }
}

BOOST_AUTO_TEST_CASE(each_switch_takes_its_line_away) {
    auto c = internet_connector();
    c.auth = std::uint32_t{auth_none};
    c.size_enabled = 2;
    c.size_enabled.mark = {"s.yaml", 1, 1, 1};
    c.pipelining_enabled = false;
    c.delivery_status_notification_enabled = false;
    c.enhanced_status_codes_enabled = false;
    c.eight_bit_mime_enabled = false;
    c.binary_mime_enabled = false;
    c.chunking_enabled = false;
    c.smtp_utf8_enabled = false;
    BOOST_TEST(said(testms05(), c, true, false) == "SIZE");
    c.size_enabled.value = 0;
    BOOST_TEST(said(testms05(), c, true, false) == "");
}

BOOST_AUTO_TEST_CASE(suppressed_x_anonymoustls_is_not_said) {
    auto c = default_frontend();
    c.suppress_x_anonymous_tls = true;
    BOOST_TEST(said(testms05(), c, true, false).find("X-ANONYMOUSTLS") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(plain_smtp_server_speaks_like_postfix) {
    const auto mx = contoso_mx();
    const auto c = internet_connector();
    BOOST_TEST(said(mx, c, true, false) ==
               "PIPELINING, SIZE 10240000, STARTTLS, ENHANCEDSTATUSCODES, 8BITMIME, DSN, SMTPUTF8, CHUNKING");
    BOOST_TEST(said(mx, c, true, true) ==
               "PIPELINING, SIZE 10240000, ENHANCEDSTATUSCODES, 8BITMIME, DSN, SMTPUTF8, CHUNKING");
    auto without = mx;
    without.partner.offer_starttls = false;
    BOOST_TEST(said(without, c, true, false).find("STARTTLS") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(banner_has_fqdn_and_date_without_leading_zero) {
    const auto s = testms05();
    BOOST_TEST(
        banner(s, internet_connector(), at("2023-01-11T16:59:51Z")) ==
        "220 testms05.varunagroup.de Microsoft ESMTP MAIL Service ready at Wed, 11 Jan 2023 16:59:51 +0000");
    BOOST_TEST(
        banner(s, internet_connector(), at("2024-06-03T09:00:05Z")) ==
        "220 testms05.varunagroup.de Microsoft ESMTP MAIL Service ready at Mon, 3 Jun 2024 09:00:05 +0000");
}

BOOST_AUTO_TEST_CASE(connector_fqdn_and_banner_replace_the_servers) {
    auto c = internet_connector();
    c.fqdn = std::string("mail.varunagroup.de");
    BOOST_TEST(banner(testms05(), c, at(noon)).rfind("220 mail.varunagroup.de Microsoft ESMTP", 0) == 0U);
    BOOST_TEST(hello_line(testms05(), c, ip("95.10.20.33")) == "mail.varunagroup.de Hello [95.10.20.33]");
    c.banner = std::string("220 Contoso");
    BOOST_TEST(banner(testms05(), c, at(noon)) == "220 Contoso");
}

BOOST_AUTO_TEST_CASE(replies_are_those_of_the_table) {
    const auto r = replies_for(with_product("Exchange2019"));
    BOOST_TEST(r.starttls_ready == "220 2.0.0 SMTP server ready");
    BOOST_TEST(r.hello_first == "503 5.5.2 Send hello first");
    BOOST_TEST(r.mail_first == "503 5.5.2 Need mail command");
    BOOST_TEST(r.recipient_first == "503 5.5.2 Need rcpt command");
    BOOST_TEST(r.unrecognized == "500 5.3.3 Unrecognized command");
    BOOST_TEST(r.names_the_verb);
    BOOST_TEST(!replies_for(with_product("Exchange2016")).names_the_verb);
    BOOST_TEST(r.invalid_domain == "501 5.5.4 Invalid domain name");
    BOOST_TEST(r.sender_ok == "250 2.1.0 Sender OK");
    BOOST_TEST(r.recipient_ok == "250 2.1.5 Recipient OK");
    BOOST_TEST(r.start_data == "354 Start mail input; end with <CRLF>.<CRLF>");
    BOOST_TEST(r.reset_ok == "250 2.0.0 Resetting");
    BOOST_TEST(r.closing == "221 2.0.0 Service closing transmission channel");
    BOOST_TEST(r.timeout == "451 4.7.0 Timeout waiting for client input");
}

BOOST_AUTO_TEST_CASE(every_reply_has_a_code_and_a_text) {
    for (const auto& s : {testms05(), contoso_mx()}) {
        const auto r = replies_for(s);
        for (const auto* text : {&r.starttls_ready,
                                 &r.starttls_unavailable,
                                 &r.starttls_twice,
                                 &r.starttls_parameter,
                                 &r.invalid_domain,
                                 &r.domain_missing,
                                 &r.hello_first,
                                 &r.mail_first,
                                 &r.recipient_first,
                                 &r.nested_mail,
                                 &r.unrecognized,
                                 &r.not_implemented,
                                 &r.syntax_error,
                                 &r.unknown_parameter,
                                 &r.bad_sender,
                                 &r.bad_recipient,
                                 &r.too_many_recipients,
                                 &r.message_too_big,
                                 &r.line_too_long,
                                 &r.auth_unknown_mechanism,
                                 &r.auth_failed,
                                 &r.sender_ok,
                                 &r.recipient_ok,
                                 &r.start_data,
                                 &r.reset_ok,
                                 &r.noop_ok,
                                 &r.help,
                                 &r.vrfy,
                                 &r.closing,
                                 &r.timeout,
                                 &r.too_many_errors,
                                 &r.not_active}) {
            BOOST_REQUIRE(text->size() > 4U);
            BOOST_TEST(((*text)[0] >= '2' && (*text)[0] <= '5'), *text);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_message_without_id_is_answered_with_one) {
    const auto reply = [](std::uint64_t id) {
        return queued_reply(testms05(), "", id, 2048, std::chrono::milliseconds{500});
    };
    const auto first = reply(17);
    BOOST_TEST(first == reply(17));
    BOOST_TEST(first.find(" [InternalId=17") ==
               std::string_view("250 2.6.0 <@>").size() + 32 + testms05().fqdn->size());
    BOOST_TEST(first.find("@" + *testms05().fqdn + "> [InternalId=") != std::string::npos);
    BOOST_TEST(first.substr(0, 43) != reply(18).substr(0, 43));
}

BOOST_AUTO_TEST_CASE(queued_reply_has_the_observed_form) {
    BOOST_TEST(queued_reply(testms05(), "<1@varunagroup.de>", 17, 2048, std::chrono::milliseconds{500}) ==
               "250 2.6.0 <1@varunagroup.de> [InternalId=17, Hostname=testms05.varunagroup.de] 2048 bytes in "
               "0.500, 4.000 "
               "KB/sec Queued mail for delivery");
}

BOOST_AUTO_TEST_SUITE_END()
