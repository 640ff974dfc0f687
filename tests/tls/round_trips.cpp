// RFC 5246 7.3 (figures 1 and 2), RFC 8446 2 (figures 1 and 2): when a side may send application data. T03.
#include "sim/tls/round_trips.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using namespace connlab;
using trace::direction;

namespace {

/// `C ClientHello`, …
std::vector<trace::tls_message> flights(std::initializer_list<std::string_view> words) {
    std::vector<trace::tls_message> out;
    for (const auto& w : words) {
        trace::tls_message m;
        m.way = w.front() == 'C' ? direction::client_to_server : direction::server_to_client;
        m.type = w.substr(2);
        out.push_back(std::move(m));
    }
    return out;
}

void costs(const std::vector<trace::tls_message>& all, std::optional<int> client, std::optional<int> server) {
    BOOST_TEST((tls::round_trips(all, direction::client_to_server) == client));
    BOOST_TEST((tls::round_trips(all, direction::server_to_client) == server));
}

} // namespace

BOOST_AUTO_TEST_SUITE(round_trips)

BOOST_AUTO_TEST_CASE(a_full_handshake_of_tls_1_2_costs_the_client_two) {
    costs(flights({"C ClientHello", "S ServerHello", "S Certificate", "S ServerHelloDone",
                   "C ClientKeyExchange", "C ChangeCipherSpec", "C Finished", "S ChangeCipherSpec",
                   "S Finished"}),
          2, 1);
}

BOOST_AUTO_TEST_CASE(an_abbreviated_one_costs_each_side_one) {
    costs(flights({"C ClientHello", "S ServerHello", "S ChangeCipherSpec", "S Finished", "C ChangeCipherSpec",
                   "C Finished"}),
          1, 1);
}

BOOST_AUTO_TEST_CASE(tls_1_3_costs_the_client_one) {
    costs(flights({"C ClientHello", "S ServerHello", "S EncryptedExtensions", "S Certificate", "S Finished",
                   "C Finished"}),
          1, 0);
}

BOOST_AUTO_TEST_CASE(a_hello_retry_request_costs_one_more) {
    costs(flights({"C ClientHello", "S HelloRetryRequest", "C ClientHello", "S ServerHello",
                   "S EncryptedExtensions", "S Finished", "C Finished"}),
          2, 1);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_was_refused_never_gets_there) {
    costs(flights({"C ClientHello", "S Alert"}), {}, {});
    costs(flights({"C ClientHello", "S ServerHello", "S ServerHelloDone", "C Certificate", "C Finished",
                   "S Alert"}),
          {}, {});
    costs({}, {}, {});
}

BOOST_AUTO_TEST_CASE(a_client_of_tls_1_3_may_speak_before_it_is_refused) {
    costs(flights({"C ClientHello", "S ServerHello", "S EncryptedExtensions", "S Finished", "C Certificate",
                   "C Finished", "S Alert"}),
          1, 0);
}

BOOST_AUTO_TEST_SUITE_END()
