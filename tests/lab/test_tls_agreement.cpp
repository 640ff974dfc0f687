// A real handshake that comes to something else than was computed is a fault of the lab, and said to be one.
#include "sim/exchange/schannel_settings.hpp"
#include "sim/lab/tls_agreement.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;

namespace {

exchange::server exchange_2019(const std::string& name) {
    exchange::server s;
    s.name = name;
    s.windows = "2019";
    s.version = *exchange::parse_exchange_version("Exchange2019 CU12");
    s.registry = exchange::registry_after_setup(s, {});
    exchange::restart(s, exchange::restarted::computer, {});
    return s;
}

struct two_servers {
    exchange::server a = exchange_2019("A");
    exchange::server b = exchange_2019("B");
    lab::agreement_memo memo;

    /// Without certificates no suite fits: alert 40 by the server.
    lab::tls_agreement agreement() {
        return {a, {a.transport_tls.client}, b, {b.transport_tls.server}, memo};
    }
};

net::handshake_result failed_with(int sent, int received) {
    net::handshake_result out;
    out.ended_by = tls::failure::no_common_suite;
    out.alert_sent = sent;
    out.alert_received = received;
    return out;
}

bool tells_both(const std::runtime_error& e) {
    return e.what() ==
           std::string("the negotiation of A with B was computed to come to alert 40 by the server, and the "
                       "real handshake came to TLS1_2, TLS_RSA_WITH_AES_128_CBC_SHA, group none, signed "
                       "without a scheme");
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(tls_agreements, two_servers)

BOOST_AUTO_TEST_CASE(what_was_computed_passes) {
    BOOST_CHECK_NO_THROW(agreement().compare(failed_with(-1, 40), failed_with(40, -1)));
}

BOOST_AUTO_TEST_CASE(another_result_is_a_fault_of_the_lab) {
    net::handshake_result done;
    done.completed = true;
    done.version = "TLS1_2";
    done.suite = "TLS_RSA_WITH_AES_128_CBC_SHA";
    BOOST_CHECK_EXCEPTION(agreement().compare(done, done), std::runtime_error, tells_both);
    BOOST_CHECK_THROW(agreement().compare(failed_with(-1, 70), failed_with(70, -1)), std::runtime_error);
    BOOST_CHECK_THROW(agreement().compare(failed_with(40, -1), failed_with(-1, 40)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(both_sides_log_schannels_events) {
    const auto on_server = agreement().events(tls::side::server, failed_with(40, -1), {});
    BOOST_REQUIRE(on_server.size() == 2U);
    BOOST_TEST(on_server[0].id == 36874);
    BOOST_TEST(on_server[0].log == "System");
    BOOST_TEST(on_server[0].source == "Schannel");
    BOOST_TEST(on_server[0].server == "B");
    BOOST_TEST(agreement().events(tls::side::client, failed_with(-1, 40), {}).at(0).id == 36887);
}

BOOST_AUTO_TEST_CASE(what_both_bring_again_is_not_computed_again) {
    const auto of = [&](tls::client_certificate ask) {
        const tls::client_offer from_a{a.transport_tls.client};
        const tls::server_offer from_b{b.transport_tls.server, {}, ask};
        return &memo.of({a.name, from_a}, {b.name, from_b});
    };
    using tls::client_certificate;
    const auto* first = of(client_certificate::asked);
    BOOST_TEST(of(client_certificate::asked) == first);
    BOOST_TEST(of(client_certificate::not_asked) != first);
    exchange::restart(b, exchange::restarted::computer, {}); // what it reads now may have other reasons
    const auto* second = of(client_certificate::asked);
    BOOST_TEST(second != first);
    b.name = "C"; // which stands in the reasons
    BOOST_TEST(of(client_certificate::asked) != second);
}

BOOST_AUTO_TEST_CASE(a_machine_that_logs_no_errors_is_silent) {
    b.registry.set("HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
                   tls::dword("EventLogging", 0));
    exchange::restart(b, exchange::restarted::computer, {});
    BOOST_TEST(agreement().events(tls::side::server, failed_with(40, -1), {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
