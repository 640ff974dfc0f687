#include "sim/net/loopback.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;

namespace {

const ip_address from = *parse_ip_address("192.168.10.5");
const endpoint to = *parse_endpoint("[2001:db8::25]:25", 25);

} // namespace

BOOST_AUTO_TEST_SUITE(loopback)

BOOST_AUTO_TEST_CASE(a_declared_endpoint_is_really_connected_to) {
    net::loopback network(0);
    const auto one = network.connect(from, to, true);
    const auto other = network.connect(from, to, true); // the same listener takes the next
    BOOST_TEST((one.failure == net::connect_failure::none));
    BOOST_TEST((one.ends.client && one.ends.server));
    BOOST_TEST((other.ends.client && other.ends.server));
    BOOST_TEST(one.ends.client->quiet());
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_a_refusal_by_the_kernel) {
    net::loopback network(0);
    const auto refused = network.connect(from, to, false);
    BOOST_TEST((refused.failure == net::connect_failure::refused));
    BOOST_TEST((!refused.ends.client && !refused.ends.server));
    BOOST_TEST((network.connect(from, to, true).failure == net::connect_failure::none));
}

BOOST_AUTO_TEST_CASE(nothing_outside_this_machine_is_ever_connected_to) {
    net::loopback network(0);
    for (const auto* where : {"192.0.2.1:25", "128.0.0.1:25", "[::1]:25", "0.0.0.0:25"})
        BOOST_CHECK_THROW(network.connect_external(*parse_endpoint(where, 25)), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_real_process_is_reached_and_a_missing_one_refuses) {
    net::loopback network(0);
    endpoint where;
    where.address = *parse_ip_address("127.0.0.1");
    {
        net::asio::ip::tcp::acceptor process(network.context(), {net::asio::ip::address_v4::loopback(), 0});
        where.port = process.local_endpoint().port();
        BOOST_TEST(network.connect_external(where).ends.client != nullptr);
    }
    const auto gone = network.connect_external(where);
    BOOST_TEST((gone.failure == net::connect_failure::refused));
    BOOST_TEST(gone.ends.client == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
