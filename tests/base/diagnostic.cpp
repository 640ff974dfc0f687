#include "sim/base/diagnostic.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab {

namespace {

/// The source line and the caret line that are shown for a mark in `text`.
std::string shown(const std::string& text, int line, int column, int length = 1) {
    const diagnostic one{severity::error, {"x.yaml", line, column, length}, "wrong", {}, {}};
    const auto all = render(one, {{"x.yaml", text}});
    return all.substr(all.find('\n') + 1);
}

diagnostic at(int line, int column, severity level, std::string message) {
    return {level, {"x.yaml", line, column, 1}, std::move(message), {}, {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(rendered_diagnostics)

BOOST_AUTO_TEST_CASE(place_sentence_line_caret_and_hint) {
    const diagnostic one{severity::error,
                         {"scenarios/x.yaml", 2, 3, 9},
                         "unknown key `TlsDomian` of a Send connector",
                         "did you mean `TlsDomain`?",
                         "V1"};
    const std::string text = "To Contoso:\n  TlsDomian: contoso.com\n";
    BOOST_TEST(render(one, {{"scenarios/x.yaml", text}}) ==
               "scenarios/x.yaml:2:3: error: unknown key `TlsDomian` of a Send connector [V1]\n"
               "      TlsDomian: contoso.com\n"
               "      ^~~~~~~~~\n"
               "    hint: did you mean `TlsDomain`?\n");
}

BOOST_AUTO_TEST_CASE(without_rule_hint_and_text_one_line_remains) {
    BOOST_TEST(render(at(1, 2, severity::warning, "old"), {}) == "x.yaml:1:2: warning: old\n");
    BOOST_TEST(render(diagnostic{severity::note, {}, "from nowhere", {}, {}}, {}) == "note: from nowhere\n");
    BOOST_TEST(render(diagnostic{severity::error, {"x.yaml", 0, 0, 1}, "is empty", {}, {}},
                      {{"x.yaml", ""}}) == "x.yaml: error: is empty\n");
}

BOOST_AUTO_TEST_CASE(marks_that_no_text_has_show_no_line) {
    BOOST_TEST(shown("a\n", 7, 1).empty());
    BOOST_TEST(shown("a\n", -1, 1).empty());
}

BOOST_AUTO_TEST_CASE(a_caret_behind_the_line_stands_behind_it) {
    BOOST_TEST(shown("abc\n", 1, 4) == "    abc\n       ^\n");
    BOOST_TEST(shown("abc\n", 1, 99, 5) == "    abc\n       ^\n");
    BOOST_TEST(shown("", 1, 1) == "    \n    ^\n");
    BOOST_TEST(shown("abc\n", 2, 1) == "    \n    ^\n"); // where the file ends
}

BOOST_AUTO_TEST_CASE(the_underline_ends_with_the_line) {
    BOOST_TEST(shown("abc\ndef\n", 1, 2, 100) == "    abc\n     ^~\n");
    BOOST_TEST(shown("abc", 1, 2, 0) == "    abc\n     ^\n");
    BOOST_TEST(shown("abc", 1, 0, -5) == "    abc\n    ^\n");
}

BOOST_AUTO_TEST_CASE(lf_crlf_and_cr_end_lines) {
    BOOST_TEST(shown("a\r\nbc\r\nd", 2, 2) == "    bc\n     ^\n");
    BOOST_TEST(shown("a\rbc\rd", 2, 2) == "    bc\n     ^\n");
    BOOST_TEST(shown("a\n\r\nbc", 3, 1) == "    bc\n    ^\n");
}

BOOST_AUTO_TEST_CASE(a_tab_is_one_blank) {
    BOOST_TEST(shown("\ta\tb", 1, 4) == "     a b\n       ^\n");
}

BOOST_AUTO_TEST_CASE(bytes_a_terminal_would_obey_are_dots) {
    BOOST_TEST(shown(std::string("a\0b\x1b[31mc\x7f", 9), 1, 4) == "    a·b·[31mc\n       ^\n");
    BOOST_TEST(shown("a\xC2\x9B"
                     "31mb",
                     1, 7) == "    a·31mb\n         ^\n"); // U+009B is CSI
    BOOST_TEST(shown("a\xE2\x80\xAE"
                     "b",
                     1, 5) == "    a·b\n      ^\n"); // U+202E turns the direction
    BOOST_TEST(shown("\xEF\xBB\xBFTitle: x", 1, 4, 5) == "    ·Title: x\n     ^~~~~\n"); // byte order mark
}

BOOST_AUTO_TEST_CASE(columns_are_bytes_and_carets_are_characters) {
    BOOST_TEST(shown("Über: ß…x", 1, 13, 1) == "    Über: ß…x\n            ^\n");
    BOOST_TEST(shown("Über", 1, 1, 5) == "    Über\n    ^~~~\n");
    BOOST_TEST(shown("Über", 1, 2, 1) == "    Über\n    ^\n"); // inside the first character
}

BOOST_AUTO_TEST_CASE(ill_formed_utf_8_is_dots) {
    BOOST_TEST(shown("a\xFF"
                     "b\xC3",
                     1, 3) == "    a·b·\n      ^\n");
    BOOST_TEST(shown("\xC0\xAF|\xED\xA0\x80|\xF5\x80\x80\x80|\xE0\x80\xAF", 1, 1) ==
               "    ··|···|····|···\n    ^\n");
}

BOOST_AUTO_TEST_CASE(messages_and_names_cannot_carry_control_bytes_either) {
    const diagnostic one{
        severity::error, {"a\x1b.yaml", 1, 1, 1}, "unknown key `\x07\n`", "not `\r`", "R\x08"};
    BOOST_TEST(render(one, {}) == "a·.yaml:1:1: error: unknown key `··` [R·]\n    hint: not `·`\n");
}

BOOST_AUTO_TEST_CASE(a_line_of_a_hundred_characters_is_shown_whole) {
    const std::string line(100, 'x');
    BOOST_TEST(shown(line, 1, 100) == "    " + line + "\n    " + std::string(99, ' ') + "^\n");
}

BOOST_AUTO_TEST_CASE(a_longer_line_is_cut_around_the_caret) {
    const std::string a(500, 'a');
    const std::string b(500, 'b');
    BOOST_TEST(shown(a + "X" + b, 1, 501) == "    …" + std::string(60, 'a') + "X" + std::string(39, 'b') +
                                                 "…\n    " + std::string(61, ' ') + "^\n");
    BOOST_TEST(shown("X" + b, 1, 1) == "    X" + std::string(99, 'b') + "…\n    ^\n");
    BOOST_TEST(shown(a + "X", 1, 501) ==
               "    …" + std::string(99, 'a') + "X\n    " + std::string(100, ' ') + "^\n");
    BOOST_TEST(shown(a, 1, 501) ==
               "    …" + std::string(100, 'a') + "\n    " + std::string(101, ' ') + "^\n");
}

BOOST_AUTO_TEST_CASE(an_underline_ends_where_the_line_is_cut) {
    BOOST_TEST(shown(std::string(500, 'a'), 1, 1, 400) ==
               "    " + std::string(100, 'a') + "…\n    ^" + std::string(99, '~') + "\n");
}

BOOST_AUTO_TEST_CASE(a_line_of_ten_megabytes_is_cut_at_once) {
    std::string line(10'000'000, 'a');
    line[5'000'000] = 'X';
    const auto out = shown(line, 1, 5'000'001);
    BOOST_TEST(out == "    …" + std::string(60, 'a') + "X" + std::string(39, 'a') + "…\n    " +
                          std::string(61, ' ') + "^\n");
    std::string wide;
    for (int i = 0; i < 5'000; ++i)
        wide += "é";
    BOOST_TEST(shown(wide, 1, 5'001).find("·") == std::string::npos); // no character is cut in two
}

BOOST_AUTO_TEST_CASE(all_are_shown_by_place_and_then_by_severity) {
    const diagnostics all = {at(3, 1, severity::error, "fourth"), at(1, 5, severity::warning, "third"),
                             at(1, 5, severity::error, "second"), at(1, 2, severity::note, "first"),
                             at(3, 1, severity::error, "fifth")};
    BOOST_TEST(render(all, {}) == "x.yaml:1:2: note: first\n"
                                  "x.yaml:1:5: error: second\n"
                                  "x.yaml:1:5: warning: third\n"
                                  "x.yaml:3:1: error: fourth\n"
                                  "x.yaml:3:1: error: fifth\n");
    BOOST_TEST(has_errors(all));
}

BOOST_AUTO_TEST_CASE(warnings_and_notes_are_no_errors) {
    BOOST_TEST(!has_errors({at(1, 1, severity::warning, "w"), at(1, 1, severity::note, "n")}));
    BOOST_TEST(!has_errors({}));
}

BOOST_AUTO_TEST_CASE(marks_print_what_is_known) {
    BOOST_TEST(to_string(source_mark{"scenarios/x.yaml", 12, 9, 1}) == "scenarios/x.yaml:12:9");
    BOOST_TEST(to_string(source_mark{"x.yaml", 0, 0, 1}) == "x.yaml");
    BOOST_TEST(to_string(source_mark{}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
