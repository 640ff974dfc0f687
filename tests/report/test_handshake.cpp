// The drawings of handshakes against golden text: tests/cases/handshake-lesson.txt and -comparison.txt.
#include "sim/report/comparison.hpp"
#include "sim/report/flights.hpp"
#include "sim/report/handshake.hpp"
#include "sim/report/layout.hpp"
#include "tests/report/handshake_records.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace connlab;
using namespace connlab::report;
using namespace connlab::report::test;

namespace {

const paint plain(false);
constexpr std::size_t widest = 110;

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

void is_the_golden_text(const std::string& drawn, const std::string& name) {
    const auto path = CONNLAB_SOURCE_DIR "/tests/cases/" + name;
    if (std::getenv("CONNLAB_REBASE") != nullptr)
        std::ofstream(path) << drawn;
    std::ostringstream golden;
    golden << std::ifstream(path).rdbuf();
    BOOST_TEST(drawn == golden.str(), name << " differs; drawn is:\n" << drawn);
    std::istringstream lines(drawn);
    for (std::string line; std::getline(lines, line);)
        BOOST_TEST(display_width(line) <= widest, line);
}

trace::flow_record flow(const std::string& id) {
    trace::flow_record out;
    out.id = id;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(handshake_drawings)

BOOST_AUTO_TEST_CASE(the_lesson_is_drawn_as_in_the_golden_text) {
    is_the_golden_text(handshake_text(session_with_tls_1_2(), handshake_depth::fields, plain) +
                           handshake_text(session_with_tls_1_3(), handshake_depth::messages, plain) +
                           handshake_text(session_refused_late(), handshake_depth::messages, plain),
                       "handshake-lesson.txt");
}

BOOST_AUTO_TEST_CASE(the_comparison_is_drawn_as_in_the_golden_text) {
    const auto one = flow("1");
    const auto two = flow("2");
    const auto old = session_with_tls_1_2();
    const auto now = session_with_tls_1_3();
    const auto late = session_refused_late();
    is_the_golden_text(compare({one, old}, {two, now}, plain) + compare({one, old}, {two, late}, plain),
                       "handshake-comparison.txt");
}

BOOST_AUTO_TEST_CASE(application_data_follows_the_last_finished) { // RFC 5246 7.3, RFC 8446 2
    const auto of_flight = [](const trace::session_record& s) {
        for (const auto& r : flight_rows(s))
            if (r.number.empty())
                return r.flight;
        return 0;
    };
    BOOST_TEST(of_flight(session_with_tls_1_2()) == 5);
    BOOST_TEST(of_flight(session_with_tls_1_3()) == 3); // beside the client's Finished
    const auto rows = flight_rows(session_refused_late());
    BOOST_REQUIRE(rows.size() > 2U);
    BOOST_TEST(rows[rows.size() - 2].says == "EHLO testms05.varunagroup.de");
    BOOST_TEST(rows.back().name == "Alert");
}

BOOST_AUTO_TEST_CASE(each_side_is_told_in_words_what_it_knows) {
    const auto late = handshake_text(session_refused_late(), handshake_depth::result, plain);
    BOOST_TEST(says(late, "On the client, TESTMS05: the handshake is complete"));
    BOOST_TEST(says(late, "certificate_required (116)"));
    BOOST_TEST(says(late, "SEC_E_ILLEGAL_MESSAGE"));
    BOOST_TEST(says(late, "On the server, MX: the handshake fails: it refuses"));
    auto early = session_refused_late();
    early.handshake.client_completed = false;
    early.handshake.client_error = "SocketError";
    const auto text = handshake_text(early, handshake_depth::result, plain);
    BOOST_TEST(says(text, "On the client, TESTMS05: the handshake fails with alert certificate_required"));
}

BOOST_AUTO_TEST_CASE(a_handshake_without_messages_is_told_all_the_same) {
    auto s = session_with_tls_1_2();
    s.handshake.messages.clear();
    s.handshake.completed = false;
    s.handshake.failure = "Silence";
    for (const auto depth : {handshake_depth::result, handshake_depth::messages, handshake_depth::fields})
        BOOST_TEST(says(handshake_text(s, depth, plain), "failed: Silence"));
    s.handshake.attempted = false;
    BOOST_TEST(handshake_text(s, handshake_depth::fields, plain).empty());
}

BOOST_AUTO_TEST_SUITE_END()
