// What a ClientHello is known by again: everything in it but what RFC 8446 4.1.2 and 4.2.8 have a client draw
// at random.
#include "sim/tls/message_memo.hpp"
#include "tests/tls/recorded.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::tls::tests;

namespace {

constexpr std::size_t version_at = 4; // behind the header
constexpr std::size_t random_at = 6;
constexpr std::size_t session_id_at = 39; // behind its length
constexpr std::size_t suites_at = 73;     // behind theirs
constexpr std::size_t key_size = 32;      // of X25519; key_share comes last in the recording

std::string client_hello() {
    for (const auto& r : recorded("1-3"))
        if (r.content == "Handshake" && r.bytes.front() == 1)
            return r.bytes;
    BOOST_FAIL("the recording has no ClientHello");
    return {};
}

std::string with_byte(std::string bytes, std::size_t at) {
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 0x55);
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(message_memo)

BOOST_AUTO_TEST_CASE(chance_makes_no_other_hello) {
    const auto hello = client_hello();
    const auto key = tls::hello_without_chance(hello);
    BOOST_REQUIRE(key.has_value());
    for (const auto at : {random_at, random_at + 31, session_id_at, session_id_at + 31,
                          hello.size() - key_size, hello.size() - 1})
        BOOST_TEST((tls::hello_without_chance(with_byte(hello, at)) == key), "byte " << at);
}

BOOST_AUTO_TEST_CASE(everything_else_does) {
    const auto hello = client_hello();
    const auto key = tls::hello_without_chance(hello);
    const auto name_at = hello.find("mail.contoso.com");
    const auto group_at = hello.size() - key_size - 3;
    BOOST_REQUIRE(name_at != std::string::npos);
    for (const auto at : {version_at + 1, suites_at, suites_at + 1, name_at, group_at})
        BOOST_TEST((tls::hello_without_chance(with_byte(hello, at)) != key), "byte " << at);
}

BOOST_AUTO_TEST_CASE(a_damaged_hello_is_known_by_nothing) {
    const auto hello = client_hello();
    for (std::size_t size = 0; size < hello.size(); ++size)
        BOOST_TEST(!tls::hello_without_chance(std::string_view(hello).substr(0, size)).has_value(), size);
    BOOST_TEST(!tls::hello_without_chance(hello + "x").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
