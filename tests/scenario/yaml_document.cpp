#include "sim/scenario/yaml_document.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::scenario {

namespace {

node root_of(const std::string& text) {
    const auto doc = read_yaml(text, "x.yaml");
    BOOST_TEST_REQUIRE(doc.root.has_value(), render(doc.findings, {{"x.yaml", text}}));
    return *doc.root;
}

/// The first diagnostic, without the source line.
std::string complaint(const std::string& text) {
    const auto doc = read_yaml(text, "x.yaml");
    BOOST_TEST(!doc.root.has_value());
    BOOST_TEST_REQUIRE(!doc.findings.empty());
    return to_string(doc.findings.front().mark) + " " + doc.findings.front().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(yaml_documents)

BOOST_AUTO_TEST_CASE(every_value_knows_its_place_in_bytes) {
    const auto root = root_of("ä: über\nb: {c: [x, \"y z\"]}\n");
    BOOST_TEST(to_string(root.find("ä")->mark()) == "x.yaml:1:5");
    BOOST_TEST(root.find("ä")->length == 5);
    const auto& list = *root.find("b")->find("c");
    BOOST_TEST(to_string(list.items[0].mark()) == "x.yaml:2:9");
    BOOST_TEST(to_string(list.items[1].mark()) == "x.yaml:2:13"); // behind the quote
    BOOST_TEST(list.items[1].text == "y z");
    BOOST_TEST((list.items[1].style == scalar_style::quoted));
}

BOOST_AUTO_TEST_CASE(a_block_scalar_is_marked_at_its_first_word) {
    const auto root = root_of("a: |\n\n    one\n    two\nb: 1\n");
    const auto& a = *root.find("a");
    BOOST_TEST(a.text == "\none\ntwo\n");
    BOOST_TEST(to_string(a.mark()) == "x.yaml:3:5");
    BOOST_TEST(a.length == 3);
    BOOST_TEST((a.style == scalar_style::block));
}

BOOST_AUTO_TEST_CASE(nothing_tilde_and_dollar_null_are_null_unless_quoted) {
    const auto root = root_of("a:\nb: ~\nc: null\nd: $null\ne: \"null\"\nf: ''\n");
    for (const auto* name : {"a", "b", "c", "d"})
        BOOST_TEST(root.find(name)->is_null(), name);
    BOOST_TEST(root.find("e")->text == "null");
    BOOST_TEST((root.find("f")->kind == node_kind::scalar));
}

BOOST_AUTO_TEST_CASE(scalars_are_what_they_look_like) {
    const auto root = root_of("a: 010\nb: no\nc: 1e3\nd: 2019\ne: 0x10\n");
    BOOST_TEST(root.find("a")->text == "010");
    BOOST_TEST(root.find("b")->text == "no");
    BOOST_TEST(root.find("c")->text == "1e3");
    BOOST_TEST(root.find("d")->text == "2019");
    BOOST_TEST(root.find("e")->text == "0x10");
}

BOOST_AUTO_TEST_CASE(lines_end_with_lf_crlf_or_cr) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const auto root = root_of("a: 1" + end + "b: 2" + end);
        BOOST_TEST(to_string(root.find("b")->mark()) == "x.yaml:2:4");
        BOOST_TEST(root.find("a")->text == "1");
    }
}

BOOST_AUTO_TEST_CASE(all_duplicate_keys_are_reported) {
    const auto doc = read_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n", "x.yaml");
    BOOST_TEST(doc.findings.size() == 3U);
    BOOST_TEST(complaint("a: 1\nb: 2\na: 3\n") ==
               "x.yaml:3:1 duplicate key `a`; it stands in line 1 already");
}

BOOST_AUTO_TEST_CASE(sixty_four_levels_are_read_and_one_more_is_not) {
    const auto nested = [](int levels) {
        const auto n = static_cast<std::size_t>(levels - 1); // the mapping around it is a level
        return "a: " + std::string(n - 1, '[') + "x" + std::string(n - 1, ']') + "\n";
    };
    BOOST_TEST(read_yaml(nested(deepest_nesting), "x.yaml").root.has_value());
    BOOST_TEST(complaint(nested(deepest_nesting + 1)) == "x.yaml:1:67 nested deeper than 64 levels");
    BOOST_TEST(complaint("a: " + std::string(500000, '[')) == "x.yaml:1:67 nested deeper than 64 levels");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_named) {
    BOOST_TEST(complaint(std::string("a: \0\n", 5)).find("x.yaml:1:4 byte 0x00") == 0U);
    BOOST_TEST(complaint("a: \xC0\x80\n").find("x.yaml:1:4 byte 0xC0") == 0U);     // overlong
    BOOST_TEST(complaint("a: \xED\xA0\x80\n").find("x.yaml:1:4 byte 0xED") == 0U); // surrogate
    BOOST_TEST(complaint("a: \xF5\x80\x80\x80\n").find("x.yaml:1:4 byte 0xF5") == 0U);
    BOOST_TEST(complaint("a: \xE2\x82").find("x.yaml:1:4 byte 0xE2") == 0U); // cut
    BOOST_TEST(complaint("a: \x7F\n").find("x.yaml:1:4 byte 0x7F") == 0U);
    BOOST_TEST(root_of("a: \xF0\x9F\x93\xA7\n").find("a")->text == "\xF0\x9F\x93\xA7");
}

BOOST_AUTO_TEST_CASE(the_largest_file_is_a_megabyte) {
    std::string text = "a: b\n";
    text += "#" + std::string(largest_file - text.size() - 2, '-') + "\n";
    BOOST_TEST(text.size() == largest_file);
    BOOST_TEST(read_yaml(text, "x.yaml").root.has_value());
    BOOST_TEST(complaint(text + "\n") == "x.yaml the file has 1048577 bytes; a scenario has at most 1048576");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
