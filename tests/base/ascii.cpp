#include "sim/base/ascii.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

namespace connlab {

using words = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(ascii)

BOOST_AUTO_TEST_CASE(only_ascii_letters_change_case) {
    BOOST_TEST(ascii_lower("MAIL FROM:<Ä@X>") == "mail from:<Ä@x>");
    BOOST_TEST(ascii_upper("starttls ä[z") == "STARTTLS ä[Z");
    BOOST_TEST(ascii_iequal("EHLO", "ehlo"));
    BOOST_TEST(!ascii_iequal("[", "{")); // neighbours of the letters differ in the same bit
    BOOST_TEST(!ascii_iequal("@", "`"));
    BOOST_TEST(!ascii_iequal("EHLO", "ehl"));
}

BOOST_AUTO_TEST_CASE(a_prefix_is_found_whatever_its_case) {
    BOOST_TEST(ascii_istarts_with("Mail From:<>", "MAIL FROM:"));
    BOOST_TEST(ascii_istarts_with("x", ""));
    BOOST_TEST(!ascii_istarts_with("MAIL", "MAIL FROM:"));
}

BOOST_AUTO_TEST_CASE(trim_takes_blanks_tabs_and_line_ends) {
    BOOST_TEST(trim(" \t a b\r\n") == "a b");
    BOOST_TEST(trim(" \t\r\n").empty());
    BOOST_TEST(trim("").empty());
    BOOST_TEST(trim("\va") == "\va");
}

BOOST_AUTO_TEST_CASE(split_keeps_empty_parts) {
    BOOST_TEST(split("a,b", ',') == (words{"a", "b"}), boost::test_tools::per_element());
    BOOST_TEST(split(",a,", ',') == (words{"", "a", ""}), boost::test_tools::per_element());
    BOOST_TEST(split("", ',') == (words{""}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(join_puts_the_separator_between) {
    BOOST_TEST(join({"a", "b", ""}, ", ") == "a, b, ");
    BOOST_TEST(join({"a"}, ", ") == "a");
    BOOST_TEST(join({}, ", ").empty());
}

BOOST_AUTO_TEST_CASE(hex_is_upper_case_and_two_digits_a_byte) {
    BOOST_TEST(to_hex(std::string_view("\x00\x0f\xa0\xff", 4)) == "000FA0FF");
    BOOST_TEST(to_hex("").empty());
}

BOOST_AUTO_TEST_CASE(maps_of_names_ignore_case) {
    const std::map<std::string, int, ascii_iless> connectors{{"To Contoso", 1}, {"to fabrikam", 2}};
    BOOST_TEST(connectors.count(std::string_view("TO CONTOSO")) == 1U);
    BOOST_TEST(connectors.begin()->second == 1);
    BOOST_TEST(!ascii_iless{}("A", "a"));
    BOOST_TEST(ascii_iless{}("a", "\xC3\xA4")); // bytes above ASCII sort behind it
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
