// The tables that drive the sessions, as golden text and as the head of their files.
#include "sim/smtp/inbound_transitions.hpp"
#include "sim/smtp/outbound_transitions.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace connlab::smtp;

namespace {

std::string file(const std::string& path) {
    std::ifstream in(std::string(CONNLAB_SOURCE_DIR) + "/" + path);
    BOOST_REQUIRE_MESSAGE(in, path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// The indented lines of the comment that a file opens with.
std::string head_of(const std::string& path) {
    std::istringstream in(file(path));
    std::string out;
    bool inside = false;
    for (std::string line; std::getline(in, line) && line.starts_with("//");) {
        inside = inside || line == "//";
        if (inside)
            out += line.size() > 5 ? line.substr(5) + "\n" : "\n";
    }
    return out.empty() ? out : out.substr(1); // the line that parts it from the sentence above
}

} // namespace

BOOST_AUTO_TEST_SUITE(transitions)

BOOST_AUTO_TEST_CASE(inbound_is_as_agreed) {
    BOOST_TEST(inbound_transitions() == file("tests/cases/smtp-inbound.txt"));
}

BOOST_AUTO_TEST_CASE(outbound_is_as_agreed) {
    BOOST_TEST(outbound_transitions() == file("tests/cases/smtp-outbound.txt"));
}

BOOST_AUTO_TEST_CASE(the_files_open_with_their_tables) {
    BOOST_TEST(head_of("sim/smtp/inbound_session.cpp") == inbound_transitions());
    BOOST_TEST(head_of("sim/smtp/outbound_session.cpp") == outbound_transitions());
}

BOOST_AUTO_TEST_SUITE_END()
