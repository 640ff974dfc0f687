// Replies as RFC 5321 section 4.2 and RFC 2034 write them, and what is none.
#include "sim/smtp/capabilities.hpp"
#include "sim/smtp/reply.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab::smtp;

namespace {

std::optional<reply> read(const std::vector<std::string>& lines) {
    reply_reader reader;
    std::optional<reply> last;
    for (const auto& line : lines)
        last = reader.add(line);
    return last;
}

} // namespace

BOOST_AUTO_TEST_SUITE(replies)

BOOST_AUTO_TEST_CASE(one_line_is_a_reply) {
    const auto r = read({"250 2.1.0 Sender OK"});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->code == 250);
    BOOST_TEST(r->positive());
    BOOST_TEST(r->text() == "250 2.1.0 Sender OK");
    BOOST_TEST(r->enhanced_code() == "2.1.0");
}

// RFC 5321 section 4.2.1: the multi-line example
BOOST_AUTO_TEST_CASE(hyphens_continue_a_reply) {
    const std::vector<std::string> lines = {"250-First line", "250-Second line",
                                            "250-234 Text beginning with numbers", "250 The last line"};
    reply_reader reader;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i)
        BOOST_TEST(!reader.add(lines[i]).has_value());
    const auto r = reader.add(lines.back());
    BOOST_REQUIRE(r);
    BOOST_TEST(r->lines.size() == 4U);
    BOOST_TEST(r->text() == "250 First line Second line 234 Text beginning with numbers The last line");
}

BOOST_AUTO_TEST_CASE(a_code_alone_is_a_reply) {
    const auto r = read({"250"});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->code == 250);
    BOOST_TEST(!r->malformed);
}

BOOST_AUTO_TEST_CASE(an_empty_hyphen_line_continues) {
    const auto r = read({"250-", "250 done"});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->lines.size() == 2U);
}

BOOST_AUTO_TEST_CASE(different_codes_in_one_reply_are_malformed) {
    const auto r = read({"250-one", "251 two"});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->malformed);
    BOOST_TEST(r->code == 0);
    BOOST_TEST(r->text() == "251 two");
}

BOOST_AUTO_TEST_CASE(what_has_no_code_is_malformed) {
    for (const std::string line : {"", "2", "25", "OK", "2x0 ok", "199 no", "650 no", "250ok", "250\tok",
                                   "\x16\x03\x01 hello", " 250 ok", "-250 ok", "+50 ok"}) {
        const auto r = read({line});
        BOOST_REQUIRE_MESSAGE(r, line);
        BOOST_TEST(r->malformed, line);
        BOOST_TEST(r->code == 0, line);
        BOOST_TEST(r->enhanced_code().empty());
    }
}

BOOST_AUTO_TEST_CASE(a_reply_of_256_lines_is_read_and_of_257_is_malformed) {
    std::vector<std::string> lines(255, "250-x");
    lines.emplace_back("250 x");
    BOOST_TEST(!read(lines)->malformed);
    lines.insert(lines.begin(), "250-x");
    BOOST_TEST(read(lines)->malformed);
}

BOOST_AUTO_TEST_CASE(a_reply_of_more_than_64_kib_is_malformed) {
    const std::string line = "250-" + std::string(4000, 'x');
    reply_reader reader;
    std::optional<reply> r;
    for (int i = 0; i < 17 && !r; ++i)
        r = reader.add(line);
    BOOST_REQUIRE(r);
    BOOST_TEST(r->malformed);
    BOOST_TEST(r->text().size() == 80U);
}

BOOST_AUTO_TEST_CASE(a_malformed_reply_does_not_spoil_the_next_one) {
    reply_reader reader;
    reader.add("250-one");
    BOOST_TEST(reader.add("garbage")->malformed);
    BOOST_TEST(reader.add("354 go on")->intermediate());
}

// RFC 3463 section 2
BOOST_AUTO_TEST_CASE(enhanced_codes_are_split_off) {
    BOOST_TEST(leading_enhanced_code("5.7.3 STARTTLS is required") == "5.7.3");
    BOOST_TEST(leading_enhanced_code("4.4.395 Target host responded with error.") == "4.4.395");
    BOOST_TEST(leading_enhanced_code("5.7.57") == "5.7.57");
    for (const auto* none : {"", "5", "5.7", "5.7. x", "5.7.x", "3.1.1 no", "15.7.1 no", "5.1234.1 no",
                             "5.7.1234 no", "5.7.1x", "5..1", "mx.contoso.com"})
        BOOST_TEST(leading_enhanced_code(none).empty(), none);
}

BOOST_AUTO_TEST_CASE(the_class_of_an_enhanced_code_need_not_match) {
    BOOST_TEST(read({"451 5.7.3 Must issue a STARTTLS command first"})->enhanced_code() == "5.7.3");
}

BOOST_AUTO_TEST_CASE(enhanced_codes_can_be_taken_out) {
    BOOST_TEST(without_enhanced_code("250 2.1.0 Sender OK") == "250 Sender OK");
    BOOST_TEST(without_enhanced_code("354 Start mail input") == "354 Start mail input");
    BOOST_TEST(without_enhanced_code("250") == "250");
}

BOOST_AUTO_TEST_CASE(replies_are_written_with_the_code_on_every_line) {
    BOOST_TEST(format_reply(250, {"mx.contoso.com", "SIZE", "STARTTLS"}) ==
               "250-mx.contoso.com\r\n250-SIZE\r\n250 STARTTLS\r\n");
    BOOST_TEST(format_reply(250, {}) == "250 \r\n");
    BOOST_TEST(wire_reply("221 2.0.0 Bye") == "221 2.0.0 Bye\r\n");
}

BOOST_AUTO_TEST_CASE(a_text_of_several_lines_ends_with_a_blank_behind_the_code) {
    BOOST_TEST(wire_reply("214-Commands:\n214 HELO EHLO") == "214-Commands:\r\n214 HELO EHLO\r\n");
    BOOST_TEST(wire_reply("214 Commands:\nHELO EHLO\nMAIL") ==
               "214-Commands:\r\n214-HELO EHLO\r\n214 MAIL\r\n");
    BOOST_TEST(wire_reply("214-Commands:") == "214 Commands:\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
    const std::vector<std::string> lines = {"mx.contoso.com Hello [192.0.2.1]", "", "8BITMIME"};
    reply_reader reader;
    std::string bytes = format_reply(250, lines);
    std::optional<reply> r;
    while (!bytes.empty()) {
        const auto end = bytes.find("\r\n");
        r = reader.add(std::string_view(bytes).substr(0, end));
        bytes.erase(0, end + 2);
    }
    BOOST_REQUIRE(r);
    BOOST_TEST(r->lines == lines, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(capabilities_are_the_lines_behind_the_greeting) {
    const auto c = capabilities::of(
        {"STARTTLS.example Hello", "size 37748736", "PIPELINING", "AUTH NTLM LOGIN", "AUTH=LOGIN"});
    BOOST_TEST(!c.has("STARTTLS"));
    BOOST_TEST(!c.has("STARTTLS.EXAMPLE"));
    BOOST_TEST(c.has("PIPELINING"));
    BOOST_TEST(c.parameter("SIZE") == "37748736");
    BOOST_TEST(c.parameter("AUTH") == "NTLM LOGIN");
    BOOST_TEST(c.parameter("PIPELINING").empty());
    BOOST_TEST(c.parameter("DSN").empty());
}

BOOST_AUTO_TEST_SUITE_END()
