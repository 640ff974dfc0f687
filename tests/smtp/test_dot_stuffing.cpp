// Transparency (RFC 5321 section 4.5.2), against a byte-by-byte reading of the rule.
#include "sim/smtp/dot_stuffing.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace connlab::smtp;

namespace {

/// Before sending a line: if its first character is a period, insert one.
std::string stuffed_by_the_book(const std::string& content) {
    std::string out;
    bool line_begins = true;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (line_begins && content[i] == '.')
            out += '.';
        out += content[i];
        line_begins = i > 0 && content[i] == '\n' && content[i - 1] == '\r';
    }
    if (!content.empty() && !line_begins)
        out += "\r\n";
    return out + ".\r\n";
}

std::string random_content(std::mt19937& random) {
    constexpr std::string_view alphabet = "...\r\n\r\nab\xff";
    std::string out;
    const auto length = random() % 40;
    for (unsigned i = 0; i < length; ++i) {
        if (random() % 3 == 0)
            out += "\r\n";
        else
            out += alphabet[random() % alphabet.size()];
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(dot_stuffing)

BOOST_AUTO_TEST_CASE(lines_that_begin_with_a_dot_get_another) {
    BOOST_TEST(dot_stuffed(".\r\n") == "..\r\n.\r\n");
    BOOST_TEST(dot_stuffed("a\r\n.b\r\nc.d\r\n") == "a\r\n..b\r\nc.d\r\n.\r\n");
}

BOOST_AUTO_TEST_CASE(the_end_is_a_line_of_its_own) {
    BOOST_TEST(dot_stuffed("a") == "a\r\n.\r\n");
    BOOST_TEST(dot_stuffed("a\r\n") == "a\r\n.\r\n");
    BOOST_TEST(dot_stuffed("a\n") == "a\n\r\n.\r\n");
    BOOST_TEST(dot_stuffed("a\r") == "a\r\r\n.\r\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_a_dot_alone) {
    BOOST_TEST(dot_stuffed("") == ".\r\n");
    BOOST_TEST(dot_unstuffed("").empty());
}

BOOST_AUTO_TEST_CASE(a_bare_lf_ends_no_line) {
    BOOST_TEST(dot_stuffed("a\n.b\r\n") == "a\n.b\r\n.\r\n");
    BOOST_TEST(dot_unstuffed("a\n..b\r\n") == "a\n..b\r\n");
}

BOOST_AUTO_TEST_CASE(random_content_comes_back) {
    std::mt19937 random(5321);
    for (int round = 0; round < 20000; ++round) {
        const auto content = random_content(random);
        const auto wire = dot_stuffed(content);
        BOOST_REQUIRE_EQUAL(wire, stuffed_by_the_book(content));
        BOOST_REQUIRE(wire.ends_with(".\r\n"));
        const auto body = wire.substr(0, wire.size() - 3);
        BOOST_REQUIRE(("\r\n" + body).find("\r\n.\r\n") == std::string::npos);
        const auto expected = content.empty() || content.ends_with("\r\n") ? content : content + "\r\n";
        BOOST_REQUIRE_EQUAL(dot_unstuffed(body), expected);
    }
}

BOOST_AUTO_TEST_SUITE_END()
