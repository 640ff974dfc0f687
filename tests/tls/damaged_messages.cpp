// What a peer sends may be anything: every message cut at every byte, stretched, and changed at random.
#include "sim/tls/extension.hpp"
#include "sim/tls/handshake_message.hpp"
#include "tests/tls/recorded.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace connlab;
using namespace connlab::tls::tests;

namespace {

/// Both forms of every message, and each way to exchange keys.
const std::vector<tls::settled> states{{0, 0},           {0x0301, 0xC014}, {0x0303, 0xC030},
                                       {0x0303, 0x009F}, {0x0303, 0x009D}, {0x0304, 0x1302}};

bool is_damaged(const std::string& bytes, tls::settled so_far) {
    const auto m = tls::decode_handshake(bytes, so_far);
    for (const auto& d : m.details.all())
        if (d.name == "damaged" || (!d.values.empty() && d.values.back() == "damaged"))
            return true;
    return false;
}

/// The messages of both recordings, each with what was settled when it came.
template <class Use>
void for_each_recorded(Use use) {
    for (const auto* version : {"1-2", "1-3"}) {
        tls::settled so_far;
        for (const auto& r : recorded(version)) {
            if (r.content != "Handshake")
                continue;
            use(r, so_far);
            tls::decode_handshake(r.bytes, so_far);
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(damaged_messages)

BOOST_AUTO_TEST_CASE(a_message_that_was_cut_is_damaged) {
    for_each_recorded([](const recorded_message& r, const tls::settled& so_far) {
        BOOST_TEST(!is_damaged(r.bytes, so_far), r.name);
        for (std::size_t size = 0; size < r.bytes.size(); ++size)
            BOOST_REQUIRE_MESSAGE(is_damaged(r.bytes.substr(0, size), so_far), r.name << " cut at " << size);
    });
}

// The header agrees, the fields do not. Where a message may end (before the extensions of TLS 1.2) and what
// is opaque to its end (Finished) are no damage.
BOOST_AUTO_TEST_CASE(fields_that_end_early_are_damaged) {
    for_each_recorded([](const recorded_message& r, const tls::settled& so_far) {
        if (r.name == "Finished" || r.name == "ServerHelloDone")
            return;
        int whole = 0;
        const auto body = r.bytes.substr(4);
        for (std::size_t size = 0; size < body.size(); ++size)
            if (!is_damaged(message(static_cast<std::uint8_t>(r.bytes[0]), body.substr(0, size)), so_far))
                ++whole;
        BOOST_TEST(whole <= 1, r.name << ": " << whole << " cuts go unnoticed");
    });
}

BOOST_AUTO_TEST_CASE(more_than_the_fields_is_damaged) {
    for_each_recorded([](const recorded_message& r, const tls::settled& so_far) {
        if (r.name != "Finished")
            BOOST_TEST(
                (is_damaged(message(static_cast<std::uint8_t>(r.bytes[0]), r.bytes.substr(4) + "x"), so_far)),
                r.name);
    });
}

BOOST_AUTO_TEST_CASE(random_changes_and_random_bytes_are_survived) { // the sanitizers judge
    std::mt19937 random(20240603);
    for_each_recorded([&](const recorded_message& r, const tls::settled&) {
        for (int round = 0; round < 400; ++round) {
            auto bytes = r.bytes;
            for (unsigned i = random() % 6; i > 0; --i)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            auto so_far = states[random() % states.size()];
            const auto m = tls::decode_handshake(bytes, so_far);
            BOOST_REQUIRE(!m.type.empty());
        }
    });
    for (int round = 0; round < 20000; ++round) {
        std::string body(random() % 80, ' ');
        for (auto& c : body)
            c = static_cast<char>(random() % 3 == 0 ? random() : random() % 4);
        auto so_far = states[random() % states.size()];
        const auto m = tls::decode_handshake(message(static_cast<std::uint8_t>(random() % 26), body), so_far);
        BOOST_REQUIRE(!m.type.empty());
        tls::decode_alert(body);
    }
}

BOOST_AUTO_TEST_SUITE_END()
