#include "sim/report/layout.hpp"
#include "sim/report/text.hpp"
#include "tests/report/records.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::report;
using namespace connlab::report::test;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const paint plain(false);
const paint coloured(true);

} // namespace

BOOST_AUTO_TEST_SUITE(text_report)

BOOST_AUTO_TEST_CASE(a_delivered_message_is_one_line_under_its_title) {
    BOOST_TEST(text(delivered_run(), plain) ==
               "A case  case.yaml\n"
               "  ok   1    anna@varunagroup.de → bob@contoso.com  Delivered  TLS1_2 "
               "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n");
}

BOOST_AUTO_TEST_CASE(clear_text_is_said) {
    auto run = delivered_run();
    run.steps.front().flows.front().sessions.front().handshake = {};
    BOOST_TEST(says(text(run, plain), "Delivered  in clear"));
}

BOOST_AUTO_TEST_CASE(a_failed_expectation_has_expected_actual_and_why) {
    const auto out = text(refused_run(), plain);
    for (const auto* part :
         {"FAIL 1", "Retry", "Reason:SubjectMismatch  (our wording)", "~assumed", "case.yaml:14:13",
          "expected  Delivered", "actual    Retry", "why       queued: SubjectMismatch"})
        BOOST_TEST(says(out, part), part << " is not in:\n" << out);
}

BOOST_AUTO_TEST_CASE(the_summary_counts_and_names_what_failed) {
    const auto out = summary({delivered_run(), refused_run()}, plain);
    for (const auto* part : {"2 scenarios", "2 flows", "1 flow rests", "FAIL case.yaml"})
        BOOST_TEST(says(out, part), part << " is not in:\n" << out);
    BOOST_TEST(!says(summary({delivered_run()}, plain), "FAIL"));
}

BOOST_AUTO_TEST_CASE(colour_comes_only_when_asked_for) {
    BOOST_TEST(!says(text(refused_run(), plain), "\x1b"));
    BOOST_TEST(says(text(refused_run(), coloured), "\x1b[31m"));
}

BOOST_AUTO_TEST_CASE(a_peer_cannot_steer_the_terminal) {
    auto run = refused_run();
    run.steps.front().flows.front().reply = "550 \x1b]0;title\x07 \x1b[2J\r\x80 gone";
    for (const auto& p : {plain, coloured}) {
        const auto out = text(run, p);
        for (const auto* part : {"\x1b]", "\x1b[2J", "\x07", "\r", "\x80"})
            BOOST_TEST(!says(out, part));
        BOOST_TEST(says(out, "gone"));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(text_layout)

BOOST_AUTO_TEST_CASE(width_counts_characters_and_no_colours) {
    BOOST_TEST(display_width("a→b") == 3U);
    BOOST_TEST(display_width(coloured.bad("left")) == 4U);
}

BOOST_AUTO_TEST_CASE(columns_are_aligned_whatever_their_colours) {
    BOOST_TEST(columns({{"took", "long name", "x"}, {"left", "n", "y"}}, 2) ==
               "  took  long name  x\n  left  n          y\n");
    const auto painted = columns({{coloured.good("took"), "x"}, {coloured.faint("left"), "y"}}, 0);
    const auto first = painted.substr(0, painted.find('\n'));
    const auto second = painted.substr(first.size() + 1, painted.size() - first.size() - 2);
    BOOST_TEST(display_width(first) == display_width(second));
}

BOOST_AUTO_TEST_CASE(wrapping_keeps_words_whole_and_hangs) {
    BOOST_TEST(wrapped("one two three four", 2, 2, 11) == "  one two\n    three\n    four\n");
    BOOST_TEST(wrapped("immeasurable", 0, 0, 5) == "immeasurable\n");
    BOOST_TEST(wrapped("a\n\nb", 1, 0, 20) == " a\n\n b\n");
}

BOOST_AUTO_TEST_CASE(tables_of_a_shell_keep_their_columns_and_prose_is_wrapped) {
    const std::string row = "a" + std::string(100, ' ') + "b";
    BOOST_TEST(console_text(row, 2, 50) == "  " + row + "\n");
    std::string prose;
    for (int i = 0; i < 30; ++i)
        prose += "words ";
    const auto text = console_text(prose + "end", 2, 50);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        BOOST_TEST(text.find('\n', at) - at <= 50U);
    BOOST_TEST(below("a\nb", 3) == "a\n   b");
}

BOOST_AUTO_TEST_CASE(paragraphs_are_unwrapped_lists_are_not) {
    BOOST_TEST(unwrapped("one\ntwo\n\nthree\n- four\n- five\n1. six\n") ==
               "one two\n\nthree\n- four\n- five\n1. six");
    BOOST_TEST(unwrapped("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
