// What PowerShell makes of a text: about_Parsing, about_Quoting_Rules, about_Arrays, about_Hash_Tables.
#include "sim/cmdlet/syntax.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using cmdlet::value_form;

namespace {

cmdlet::script read(std::string_view text) {
    return cmdlet::parse(text, cmdlet::text_marks(text, {"x.yaml", 3, 10, 1}));
}

/// The only statement of a text without errors.
cmdlet::statement one(std::string_view text) {
    auto s = read(text);
    for (const auto& f : s.findings)
        BOOST_TEST_MESSAGE(f.message);
    BOOST_REQUIRE_EQUAL(s.findings.size(), 0U);
    BOOST_REQUIRE_EQUAL(s.statements.size(), 1U);
    return s.statements.front();
}

std::string text_of(std::string_view argument) {
    const auto s = one("Set-X " + std::string(argument));
    BOOST_REQUIRE_EQUAL(s.arguments.size(), 1U);
    BOOST_REQUIRE(s.arguments[0].content);
    return s.arguments[0].content->text;
}

diagnostic error_of(std::string_view text) {
    const auto s = read(text);
    BOOST_REQUIRE_EQUAL(s.findings.size(), 1U);
    return s.findings.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(cmdlet_syntax)

BOOST_AUTO_TEST_CASE(name_and_value_stand_apart_or_with_a_colon) {
    const auto s = one("Set-SendConnector 'To Contoso' -RequireTLS $true -Enabled:$false -Force");
    BOOST_TEST(s.name == "Set-SendConnector");
    BOOST_REQUIRE_EQUAL(s.arguments.size(), 4U);
    BOOST_TEST(s.arguments[0].name.empty());
    BOOST_TEST(s.arguments[0].content->text == "To Contoso");
    BOOST_TEST(s.arguments[1].name == "RequireTLS");
    BOOST_TEST(s.arguments[1].content->text == "True");
    BOOST_CHECK(s.arguments[1].content->form == value_form::boolean);
    BOOST_TEST(s.arguments[2].by_colon);
    BOOST_TEST(s.arguments[2].content->text == "False");
    BOOST_TEST(!s.arguments[3].content.has_value());
}

BOOST_AUTO_TEST_CASE(quotation_marks_double_and_backticks_escape) {
    BOOST_TEST(text_of(R"('it''s "so"')") == R"(it's "so")");
    BOOST_TEST(text_of(R"("a ""b"" c")") == R"(a "b" c)");
    BOOST_TEST(text_of(R"("a`"b`$c`tд")") == "a\"b$c\tд");
    BOOST_TEST(text_of("'a`nb'") == "a`nb");
    BOOST_TEST(text_of("a`,b") == "a,b");
    BOOST_TEST(text_of(R"("price 5$")") == "price 5$");
}

BOOST_AUTO_TEST_CASE(typographic_marks_and_dashes_of_pasted_text_count) {
    BOOST_TEST(text_of("“a ‘b’ c”") == "a ‘b’ c");
    const auto s = one("Set-X –Comment ‘x y’");
    BOOST_TEST(s.arguments[0].name == "Comment");
    BOOST_TEST(s.arguments[0].content->text == "x y");
}

BOOST_AUTO_TEST_CASE(commas_and_at_brackets_make_lists) {
    for (const auto* text : {"a.com, \"b.com\"", "@(\"a.com\",'b.com')", "(\"a.com\" , \"b.com\")",
                             "a.com,\n  b.com", "@(\n\"a.com\",\n\"b.com\"\n)"}) {
        const auto s = one(std::string("Set-X -L ") + text);
        BOOST_CHECK(s.arguments[0].content->form == value_form::list);
        BOOST_REQUIRE_EQUAL(s.arguments[0].content->items.size(), 2U);
        BOOST_TEST(s.arguments[0].content->items[0].text == "a.com");
        BOOST_TEST(s.arguments[0].content->items[1].text == "b.com");
    }
    BOOST_TEST(one("Set-X -L @()").arguments[0].content->items.empty());
}

BOOST_AUTO_TEST_CASE(a_table_has_entries) {
    const auto s = one("Set-X -L @{Add=\"a.com\",\"b.com\"; remove = 'c.com'\n}");
    const auto& v = *s.arguments[0].content;
    BOOST_CHECK(v.form == value_form::table);
    BOOST_REQUIRE_EQUAL(v.entries.size(), 2U);
    BOOST_TEST(v.entries[0].key == "Add");
    BOOST_TEST(v.entries[0].content.items.size() == 2U);
    BOOST_TEST(v.entries[1].key == "remove");
    BOOST_TEST(v.entries[1].content.items[0].text == "c.com");
}

BOOST_AUTO_TEST_CASE(comments_and_continued_lines_are_blanks) {
    const auto s = one("# first\nSet-X `\n  -A 1 <# inside #> `\r\n  -B x#y # behind\n");
    BOOST_REQUIRE_EQUAL(s.arguments.size(), 2U);
    BOOST_TEST(s.arguments[1].content->text == "x#y");
}

BOOST_AUTO_TEST_CASE(line_ends_and_semicolons_separate_cmdlets) {
    const auto s = read("Set-A 1; Set-B 2\nSet-C 3\r\n;;\n");
    BOOST_REQUIRE_EQUAL(s.statements.size(), 3U);
    BOOST_TEST(s.statements[2].name == "Set-C");
}

BOOST_AUTO_TEST_CASE(what_stands_behind_bars_is_read_too) {
    const auto s = one("Get-X a | Select-Object b |\n  fl c, d");
    BOOST_REQUIRE_EQUAL(s.piped.size(), 2U);
    BOOST_TEST(s.arguments.size() == 1U);
    BOOST_TEST(s.piped[0].name == "Select-Object");
    BOOST_TEST(s.piped[1].arguments.at(0).content->items.size() == 2U);
    std::string many = "Get-X";
    for (int i = 0; i < 20; ++i)
        many += " | fl";
    BOOST_TEST(error_of(many).message == "more than 10 bars in one statement");
}

BOOST_AUTO_TEST_CASE(what_is_more_is_refused_where_it_stands) {
    BOOST_TEST(error_of("Get-X & Set-X").mark.column == 16);
    BOOST_TEST(error_of("Get-X |").message == "a value is expected here");
    BOOST_TEST(error_of("Set-X -A $cred[0]").message.find("`$cred[` is not supported") == 0U);
    BOOST_TEST(error_of("Set-X -A \"a ${b}\"").mark.column == 10 + 12 - 0);
    BOOST_TEST(error_of("Set-X -A \"a $(Get-Y)\"").message.find("only a variable may stand in $(…)") == 0U);
    BOOST_TEST(error_of("$x Set-X").message.find("assigns to it") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A (Get-Item)").hint.find("quotation marks") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A (Get-Credential)").hint.find("-AuthenticationCredential \"") !=
               std::string::npos);
    BOOST_TEST(error_of("Set-X -A ([Byte[]](Get-Content x))").hint.find("ReadAllBytes") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A {a").message == "the brace is never closed");
    BOOST_TEST(error_of("Set-X -A <I>CN=a<S>CN=b").hint.find("quotation marks") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A 'open").message == "the quotation mark is never closed");
    BOOST_TEST(error_of("Set-X -A @(\"a\"").message.find("never closed") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A @{Add=\"a\"").message.find("never closed") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A @{Add}").message.find("Key=Value") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A a,").message == "a value is expected behind the comma");
    BOOST_TEST(error_of("Set-X -A a,\nSet-Y -B c").message == "a value is expected behind the comma");
    BOOST_TEST(one("Set-X -A a,\n  b-c").arguments.at(0).content->items.size() == 2U);
    BOOST_TEST(error_of("Set-X -A:").message == "a value is expected here");
    BOOST_TEST(error_of("Set-X -A @(@(\"a\"))").message == "a list in a list is not supported");
    BOOST_TEST(error_of("Set-X -A --").message.find("meaning of its own") != std::string::npos);
    BOOST_TEST(error_of("Set-X -A 'a'b").message.find("expected behind the quotation mark") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(braces_hold_a_text) {
    const auto s = one("Get-X -Filter {Status -eq 'Retry' -and {a}} -B c");
    BOOST_TEST(s.arguments.at(0).content->text == "Status -eq 'Retry' -and {a}");
    BOOST_TEST(s.arguments.at(1).name == "B");
}

BOOST_AUTO_TEST_CASE(marks_follow_lines_of_a_block) {
    const auto e = error_of("Set-X 1\nSet-Y $z[\n");
    BOOST_TEST(e.mark.line == 4);
    BOOST_TEST(e.mark.column == 10 + 6);
    BOOST_TEST(e.mark.length == 2);
}

BOOST_AUTO_TEST_CASE(every_statement_with_an_error_is_reported) {
    const auto s = read("Set-X $a[\nSet-Y 1\nSet-Z & x; Set-Q {\n");
    BOOST_TEST(s.findings.size() == 3U);
    BOOST_TEST(s.statements.size() == 1U);
}

BOOST_AUTO_TEST_CASE(junk_ends_soon) {
    std::string junk;
    for (unsigned i = 0; i < 200000; ++i)
        junk += static_cast<char>((i * 2654435761U) >> 24U);
    BOOST_TEST(read(junk).findings.size() < 500U);
    BOOST_TEST(read(std::string(100000, '(')).findings.size() < 500U);
    BOOST_TEST(read("Set-X -A " + std::string(100000, '@')).findings.size() < 500U);
    std::string nested = "Set-X -A ";
    std::string list = "Set-X -A a";
    for (int i = 0; i < 100000; ++i) {
        nested += "@{a=";
        list += ",a";
    }
    BOOST_TEST(read(nested).findings.size() == 1U);
    BOOST_TEST(one(list).arguments[0].content->items.size() == 100001U);
}

BOOST_AUTO_TEST_SUITE_END()
