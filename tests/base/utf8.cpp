#include "sim/base/utf8.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab {

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(characters_of_every_length_are_read) { // RFC 3629 7, and the ends of each range
    struct row {
        std::string text;
        char32_t code;
    };
    for (const auto& r :
         {row{"A", 0x41}, row{"\x7f", 0x7F}, row{"\xC2\x80", 0x80}, row{"\xDF\xBF", 0x7FF},
          row{"\xE0\xA0\x80", 0x800}, row{"\xE2\x89\xA2", 0x2262}, row{"\xED\x9F\xBF", 0xD7FF},
          row{"\xEE\x80\x80", 0xE000}, row{"\xEF\xBF\xBF", 0xFFFF}, row{"\xF0\x90\x80\x80", 0x10000},
          row{"\xF0\xA3\x8E\xB4", 0x233B4}, row{"\xF4\x8F\xBF\xBF", 0x10FFFF}}) {
        const auto c = first_utf8_character(r.text + "x");
        BOOST_TEST(c.well_formed);
        BOOST_TEST(static_cast<std::uint32_t>(c.code) == static_cast<std::uint32_t>(r.code));
        BOOST_TEST(c.bytes == r.text.size());
        BOOST_TEST(as_utf8(r.text) == r.text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_a_character_is_one_byte) {
    for (const std::string text :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98"}) {
        const auto c = first_utf8_character(text);
        BOOST_TEST(!c.well_formed);
        BOOST_TEST(c.bytes == 1U);
    }
}

BOOST_AUTO_TEST_CASE(bad_bytes_are_replaced_one_by_one) {
    BOOST_TEST(as_utf8("a\xFF\xC3(\xE2\x82z") == "a\uFFFD\uFFFD(\uFFFD\uFFFDz");
    BOOST_TEST(as_utf8("") == "");
    BOOST_TEST(as_utf8(std::string_view("\0x", 2)) == std::string_view("\0x", 2));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
