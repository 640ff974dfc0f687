// Commands, paths and parameters (RFC 5321 sections 4.1.1 and 4.1.2, RFC 1870, 3030, 3461, 4954, 6152, 6531).
#include "sim/smtp/command.hpp"
#include "sim/smtp/mail_parameters.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace connlab::smtp;

BOOST_AUTO_TEST_SUITE(commands)

BOOST_AUTO_TEST_CASE(verbs_are_known_in_any_case) {
    BOOST_TEST((parse_command("EHLO a.example").what == verb::ehlo));
    BOOST_TEST((parse_command("eHlO a.example").what == verb::ehlo));
    BOOST_TEST((parse_command("starttls").what == verb::starttls));
    BOOST_TEST((parse_command("x-anonymoustls").what == verb::x_anonymoustls));
    BOOST_TEST(parse_command("ehlo  a.example ").argument == "a.example");
}

BOOST_AUTO_TEST_CASE(every_verb_is_read_as_it_is_written) {
    for (int v = 0; v < static_cast<int>(verb::unknown); ++v)
        BOOST_TEST((parse_command(to_string(static_cast<verb>(v))).what == static_cast<verb>(v)));
}

BOOST_AUTO_TEST_CASE(other_words_are_unknown) {
    for (const std::string line :
         {"", " EHLO a", "EHLOX", "MAILFROM:<a@b.c>", "xclient name=x", "\x16\x03\x01"}) {
        BOOST_TEST((parse_command(line).what == verb::unknown), line);
    }
    BOOST_TEST(parse_command("xclient a").name == "XCLIENT");
}

BOOST_AUTO_TEST_CASE(a_path_has_an_address_and_parameters) {
    const auto p = parse_path("FROM:<anna@varunagroup.de> SIZE=100 body=8BITMIME SMTPUTF8", "FROM:");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->address == "anna@varunagroup.de");
    BOOST_REQUIRE(p->parameters.size() == 3U);
    BOOST_TEST(*p->find("SIZE") == "100");
    BOOST_TEST(*p->find("BODY") == "8BITMIME");
    BOOST_TEST(!p->parameters[2].has_value);
    BOOST_TEST((p->find("RET") == nullptr));
}

BOOST_AUTO_TEST_CASE(the_null_sender_is_an_empty_address) {
    const auto p = parse_path("from:<>", "FROM:");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->address.empty());
}

BOOST_AUTO_TEST_CASE(a_blank_behind_the_colon_is_taken) {
    BOOST_TEST(parse_path("TO: <bob@contoso.com>", "TO:")->address == "bob@contoso.com");
}

// RFC 5321 appendix C
BOOST_AUTO_TEST_CASE(source_routes_are_dropped) {
    BOOST_TEST(parse_path("TO:<@hosta.int,@jkl.org:userc@d.bar.org>", "TO:")->address == "userc@d.bar.org");
}

BOOST_AUTO_TEST_CASE(quoted_local_parts_are_kept) {
    BOOST_TEST(parse_path(R"(TO:<"a>b \" c"@contoso.com> NOTIFY=NEVER)", "TO:")->address ==
               R"("a>b \" c"@contoso.com)");
}

BOOST_AUTO_TEST_CASE(what_is_no_path_is_refused) {
    for (const auto* text : {"", "FROM", "FROM:", "FROM:anna@varunagroup.de", "FROM:<anna@varunagroup.de",
                             "FROM:<a@b.c>SIZE=1", "TO:<a@b.c>", "FROM:<\"a@b.c>"})
        BOOST_TEST(!parse_path(text, "FROM:").has_value(), text);
}

BOOST_AUTO_TEST_CASE(mailboxes) {
    for (const auto* good : {"a@b.c", "anna.muster@varunagroup.de", "a+b=c@d.example", "x@[192.0.2.1]",
                             "x@[IPv6:2001:db8::1]", "\"a b\"@c.d", "\"@\"@c.d", R"("\"\\"@c.d)",
                             "!#$%&'*+-/=?^_`{|}~@c.d", "b\xc3\xbc@c.d", "x@b\xc3\xbc.de", "user@localhost"})
        BOOST_TEST(is_mailbox(good), good);
    for (const auto* bad : {"",        "a",       "@b.c",    "a@",      "a@b..c",  "a@.b",       "a@b.",
                            "a b@c.d", "a@b@c.d", "<a@b.c>", "a@b c.d", "\"a@b.c", "\"a\"b@c.d", "a\tb@c.d",
                            "a@[]",    "a@[1.2",  "a@b.c\r", "a,b@c.d", "a;b@c.d", "a\"b@c.d"})
        BOOST_TEST(!is_mailbox(bad), bad);
    BOOST_TEST(!is_mailbox(std::string(400, 'a') + "@b.c"));
    BOOST_TEST(!is_mailbox(std::string_view("a\0b@c.d", 7)));
}

BOOST_AUTO_TEST_CASE(chunks_have_a_size_and_maybe_are_the_last) {
    BOOST_TEST(parse_chunk("1000")->octets == 1000U);
    BOOST_TEST(!parse_chunk("1000")->last);
    BOOST_TEST(parse_chunk("0 last")->last);
    for (const auto* bad : {"", "LAST", "-1", "1x", "1 LATE", "1 LAST LAST", "99999999999999999999999"})
        BOOST_TEST(!parse_chunk(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(parameters)

namespace {

const capabilities everything =
    capabilities::of({"mx", "SIZE", "8BITMIME", "BINARYMIME", "DSN", "SMTPUTF8", "AUTH NTLM"});

parameter_fault mail(std::string_view parameters, const capabilities& advertised = everything) {
    return check_mail_parameters(*parse_path("FROM:<a@b.c> " + std::string(parameters), "FROM:"), advertised,
                                 {});
}

parameter_fault rcpt(std::string_view parameters, const capabilities& advertised = everything) {
    return check_recipient_parameters(*parse_path("TO:<a@b.c> " + std::string(parameters), "TO:"), advertised,
                                      {});
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_advertised_is_understood) {
    for (const auto* good :
         {"", "SIZE=0", "SIZE=99999999999999999999", "BODY=7BIT", "body=8bitmime", "BODY=BINARYMIME",
          "RET=HDRS", "RET=full", "ENVID=QQ314159", "ENVID=a+2Bb", "AUTH=<>", "AUTH=e+3Dmc2@example.com",
          "SMTPUTF8", "SIZE=1 BODY=8BITMIME RET=FULL"})
        BOOST_TEST((mail(good) == parameter_fault::none), good);
    // the example of RFC 3461 section 10.1
    for (const auto* good : {"NOTIFY=SUCCESS ORCPT=rfc822;Alice@big-bucks.com", "NOTIFY=FAILURE,delay",
                             "NOTIFY=never", "ORCPT=rfc822;Carol@Ivory.EDU"})
        BOOST_TEST((rcpt(good) == parameter_fault::none), good);
}

BOOST_AUTO_TEST_CASE(what_was_not_advertised_is_unknown) {
    const capabilities nothing;
    for (const auto* p :
         {"SIZE=1", "BODY=8BITMIME", "RET=FULL", "ENVID=x", "AUTH=<>", "SMTPUTF8", "X=1", "=1"})
        BOOST_TEST((mail(p, nothing) == parameter_fault::unknown), p);
    BOOST_TEST((mail("NOTIFY=NEVER") == parameter_fault::unknown)); // of RCPT
    BOOST_TEST((rcpt("NOTIFY=NEVER", nothing) == parameter_fault::unknown));
    BOOST_TEST((rcpt("SIZE=1") == parameter_fault::unknown)); // of MAIL
}

BOOST_AUTO_TEST_CASE(wrong_values_are_malformed) {
    for (const auto* p : {"SIZE", "SIZE=", "SIZE=-1", "SIZE=1k", "SIZE=999999999999999999999",
                          "BODY=", "BODY=9BIT", "RET=", "RET=HALF", "ENVID=", "ENVID=a+2", "ENVID=a=b",
                          "SMTPUTF8=", "AUTH=", "AUTH=a+zz", "SIZE=1 SIZE=1", "size=1 SIZE=2"})
        BOOST_TEST((mail(p) == parameter_fault::malformed), p);
    for (const auto* p : {"NOTIFY=", "NOTIFY=NEVER,SUCCESS", "NOTIFY=SOON", "NOTIFY=SUCCESS,",
                          "ORCPT=", "ORCPT=rfc822", "ORCPT=;a@b.c", "ORCPT=rfc822;", "ORCPT=rfc822;a+b"})
        BOOST_TEST((rcpt(p) == parameter_fault::malformed), p);
}

BOOST_AUTO_TEST_CASE(body_types_are_advertised_one_by_one) {
    const auto eight = capabilities::of({"mx", "8BITMIME"});
    const auto binary = capabilities::of({"mx", "BINARYMIME"});
    BOOST_TEST((mail("BODY=8BITMIME", eight) == parameter_fault::none));
    BOOST_TEST((mail("BODY=BINARYMIME", eight) == parameter_fault::malformed));
    BOOST_TEST((mail("BODY=BINARYMIME", binary) == parameter_fault::none));
}

BOOST_AUTO_TEST_CASE(extra_keywords_are_let_through) {
    const auto p = parse_path("FROM:<a@b.c> XOORG=varunagroup.de", "FROM:");
    BOOST_TEST((check_mail_parameters(*p, everything, {}) == parameter_fault::unknown));
    BOOST_TEST((check_mail_parameters(*p, everything, {"XOORG"}) == parameter_fault::none));
}

BOOST_AUTO_TEST_CASE(sizes_beyond_64_bits_are_the_largest) {
    const auto size_of = [](const char* text) { return announced_size(*parse_path(text, "FROM:")); };
    BOOST_TEST(size_of("FROM:<> SIZE=500").value() == 500U);
    BOOST_TEST(size_of("FROM:<> SIZE=99999999999999999999").value() ==
               std::numeric_limits<std::uint64_t>::max());
    BOOST_TEST(!size_of("FROM:<>").has_value());
}

// RFC 3461 section 4
BOOST_AUTO_TEST_CASE(xtext_goes_both_ways) {
    BOOST_TEST(encode_xtext("a+b=c d") == "a+2Bb+3Dc+20d");
    std::string all;
    for (int c = 0; c < 256; ++c)
        all += static_cast<char>(c);
    BOOST_TEST((decode_xtext(encode_xtext(all)) == all));
    for (const auto* bad : {"+", "+2", "+2b", "a=b", "a b", "+GG"})
        BOOST_TEST(!decode_xtext(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
