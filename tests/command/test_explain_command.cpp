// `connlab explain` over bundled scenarios: the handshake as a lesson, two of them compared (talk T03).
#include "tools/connlab/command.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace connlab;

namespace {

const std::string folder = CONNLAB_SOURCE_DIR "/scenarios/handshake/";
const std::string both_versions = folder + "tls-1-2-and-1-3.yaml";
const std::string refused = folder + "refused-client-certificate.yaml";

struct said {
    int status = 0;
    std::string out;
    std::string err;
};

said explain(const command::arguments& args) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const int status = command::explain(args, {in, out, err});
    return {status, out.str(), err.str()};
}

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(explain_command)

BOOST_AUTO_TEST_CASE(both_versions_stand_side_by_side) {
    const auto s = explain({both_versions, "--compare", "1.1,1.2"});
    BOOST_TEST(s.status == command::as_expected);
    for (const auto* part : {"TLS 1.2, flow 1.1", "│ TLS 1.3, flow 1.2", "2 round trips ─",
                             "C ◀── S   3  Certificate", "│ C ◀══ S   5  Certificate "})
        BOOST_TEST(says(s.out, part), part << " is not in:\n" << s.out);
    BOOST_TEST(explain({both_versions, "--compare", "1.1, 1.2"}).out == s.out);
}

BOOST_AUTO_TEST_CASE(the_lesson_has_every_field_when_it_is_asked_for) {
    const auto brief = explain({both_versions});
    const auto whole = explain({both_versions, "--handshake"});
    const std::string suite = "0xC030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384";
    BOOST_TEST(!says(brief.out, suite));
    BOOST_TEST(says(whole.out, suite));
    BOOST_TEST(says(brief.out, "the client may send application data after 2 round trips"));
    BOOST_TEST(says(brief.out, "the client may send application data after 1 round trip"));
}

BOOST_AUTO_TEST_CASE(a_refusal_shows_to_each_side_by_version) { // reference README, item 1
    const auto old = explain({refused, "--flow", "1.1"}).out;
    BOOST_TEST(says(old, "On the client, FABMX: the handshake fails with alert unknown_ca (48)"));
    BOOST_TEST(says(old, "On the server, MX: the handshake fails: it refuses"));
    const auto now = explain({refused, "--flow", "1.2"}).out;
    BOOST_TEST(says(now, "On the client, NWMX: the handshake is complete: it believes itself connected"));
    BOOST_TEST(says(now, "On the server, MX: the handshake fails: it refuses"));
    BOOST_TEST(says(now, "exchange.connection.refused-after-handshake"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared_is_named) {
    struct row {
        command::arguments args;
        const char* complaint;
    };
    const auto no_tls = CONNLAB_SOURCE_DIR "/scenarios/receiving/require-tls.yaml";
    for (const auto& r :
         {row{{both_versions, "--compare", "1.1"}, "two flows"},
          row{{both_versions, "--compare", "1.1,9"}, "has no flow 9: there are 1.1, 1.2"},
          row{{both_versions, refused, "--compare", "1.1,1.2"}, "one scenario"},
          row{{no_tls, "--compare", "1,1"}, "flow 1 never tried TLS"},
          row{{both_versions, "--compare", "1.1,1.2", "--format", "json"}, "--compare draws"}}) {
        const auto s = explain(r.args);
        BOOST_TEST(s.status == command::invalid_input);
        BOOST_TEST(says(s.err, r.complaint), s.err);
        BOOST_TEST(s.out.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
