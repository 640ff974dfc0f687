// A device that forgets idle connections, as the administrators of both sides see it in their logs.
#include "certs/forge.hpp"
#include "sim/lab/run.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace std::chrono_literals;

namespace {

const char* const bundled = CONNLAB_SOURCE_DIR "/scenarios/middleboxes/idle-connection-forgotten.yaml";

/// The first attempt, or a later one, with the scenario's text changed.
trace::flow_record played(const std::string& what, const std::string& instead, std::size_t attempt = 0) {
    const auto read = [&](const std::string& path) {
        auto text = command::disk_reader()(path);
        if (path == bundled && text && !what.empty())
            text->replace(text->find(what), what.size(), instead);
        return text;
    };
    const auto loaded = scenario::load(bundled, read);
    BOOST_REQUIRE(loaded.value);
    const auto keys = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_REQUIRE(keys);
    const auto result = lab::run(*loaded.value, **keys, {});
    BOOST_REQUIRE(result.record);
    return result.record->steps.at(2 + attempt).flows.at(0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(idle_connection)

BOOST_AUTO_TEST_CASE(who_speaks_is_reset_and_the_other_one_waits_for_nothing) {
    const auto f = played({}, {});
    BOOST_TEST(f.reply == "421 4.4.2 Connection dropped due to SocketError");
    BOOST_TEST((f.ended - f.begun == 8s)); // the sender knows at once
    const auto& s = f.sessions.at(0);
    const auto& sent = s.send_log.rows;
    BOOST_TEST(sent.at(sent.size() - 2).data.starts_with("EHLO "));
    BOOST_TEST(sent.back().event == '-');
    BOOST_TEST(sent.back().context == "Remote(SocketError)");
    const auto& received = s.receive_log.rows;
    const auto& last_word = received.at(received.size() - 2);
    BOOST_TEST(last_word.data == "451 4.7.0 Timeout waiting for client input"); // 3.7
    BOOST_TEST((last_word.at - f.begun == 2min)); // ConnectionInactivityTimeout, since the last packet
    BOOST_TEST(received.back().context == "Local");
}

BOOST_AUTO_TEST_CASE(a_server_that_speaks_is_reset_and_its_client_waits) {
    const auto f = played({}, {}, 1);
    BOOST_TEST(f.reply == "421 4.4.1 Connection timed out");
    BOOST_TEST((f.ended - f.begun == 10min)); // ConnectionInactivityTimeOut of the Send connector
    const auto& received = f.sessions.at(0).receive_log.rows;
    BOOST_TEST(received.back().context == "Remote(SocketError)");
    BOOST_TEST((received.back().at - f.begun == 8s));
}

BOOST_AUTO_TEST_CASE(patience_is_the_receive_connectors) {
    const auto f = played("ConnectionInactivityTimeout: 00:02:00", "ConnectionInactivityTimeout: 00:03:30");
    const auto& received = f.sessions.at(0).receive_log.rows;
    BOOST_TEST((received.at(received.size() - 2).at - f.begun == 210s));
}

BOOST_AUTO_TEST_CASE(a_device_with_more_patience_forgets_nothing) {
    const auto f = played("After: 5s", "After: 8s");
    BOOST_TEST((f.outcome == trace::flow_outcome::delivered));
}

BOOST_AUTO_TEST_SUITE_END()
