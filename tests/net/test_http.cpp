// One HTTP request over real loopback sockets: what a client makes of every way in which a responder can
// answer or fail to.
#include "sim/net/http.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace std::chrono_literals;
using net::http_answer;
using net::http_end;
using net::http_reply;
using net::http_request;

namespace {

ip_address address(const char* text) {
    return *parse_ip_address(text);
}

const endpoint there{address("198.51.100.80"), 80};

http_reply reply_to(const http_request& what, const net::http_responder& by, duration patience = 15s,
                    std::uint64_t limit = 1 << 20) {
    net::loopback network(0);
    return net::ask(network, {address("192.168.10.5"), patience, limit}, there, what, by);
}

http_reply reply_of(http_answer a, duration patience = 15s, std::uint64_t limit = 1 << 20) {
    return reply_to(
        {}, [&](const http_request&) { return a; }, patience, limit);
}

http_answer with_body(std::string body) {
    http_answer a;
    a.body = std::move(body);
    return a;
}

} // namespace

BOOST_AUTO_TEST_SUITE(http)

BOOST_AUTO_TEST_CASE(the_request_arrives_as_it_was_made) {
    http_request seen;
    http_request what;
    what.method = "POST";
    what.target = "/ocsp?x=1";
    what.host = "ocsp.pki.test";
    what.user_agent = "Microsoft-CryptoAPI/10.0";
    what.content_type = "application/ocsp-request";
    what.body = std::string("\x30\x00\xff", 3);
    const auto reply = reply_to(what, [&](const http_request& r) {
        seen = r;
        return with_body("here");
    });
    BOOST_TEST(seen.method == what.method);
    BOOST_TEST(seen.target == what.target);
    BOOST_TEST(seen.host == what.host);
    BOOST_TEST(seen.user_agent == what.user_agent);
    BOOST_TEST(seen.content_type == what.content_type);
    BOOST_TEST((seen.body == what.body));
    BOOST_TEST((reply.end == http_end::answered));
    BOOST_TEST(reply.status == 200U);
    BOOST_TEST(reply.body == "here");
    BOOST_TEST(reply.took.count() == 0);
}

BOOST_AUTO_TEST_CASE(what_caches_go_by_arrives) {
    http_request seen;
    http_request what;
    what.if_none_match = "\"one\"";
    http_answer a;
    a.etag = "\"two\"";
    a.max_age = std::chrono::hours{4};
    auto reply = reply_to(what, [&](const http_request& r) {
        seen = r;
        return a;
    });
    BOOST_TEST(seen.if_none_match == "\"one\"");
    BOOST_TEST(reply.etag == "\"two\"");
    BOOST_REQUIRE(reply.max_age);
    BOOST_TEST((*reply.max_age == std::chrono::hours{4}));
    a.status = net::not_modified;
    a.max_age.reset();
    reply = reply_of(a);
    BOOST_TEST((reply.end == http_end::answered));
    BOOST_TEST(reply.status == 304U);
    BOOST_TEST(reply.body.empty());
    BOOST_TEST(!reply.max_age);
}

BOOST_AUTO_TEST_CASE(a_large_body_comes_whole) {
    std::string large(3'000'000, 'x');
    large.back() = 'y';
    const auto reply = reply_of(with_body(large), 15s, large.size());
    BOOST_TEST((reply.end == http_end::answered));
    BOOST_TEST((reply.body == large));
}

BOOST_AUTO_TEST_CASE(a_body_over_the_limit_is_not_taken) {
    BOOST_TEST((reply_of(with_body(std::string(1001, 'x')), 15s, 1000).end == http_end::too_large));
    BOOST_TEST((reply_of(with_body(std::string(1000, 'x')), 15s, 1000).end == http_end::answered));
}

BOOST_AUTO_TEST_CASE(an_announced_length_over_the_limit_suffices) {
    auto a = with_body("only this");
    a.announced = std::uint64_t{200} << 20;
    BOOST_TEST((reply_of(a, 15s, 100 << 20).end == http_end::too_large));
}

BOOST_AUTO_TEST_CASE(a_body_that_ends_early_is_broken) {
    auto a = with_body("half of ");
    a.announced = 16;
    const auto reply = reply_of(a);
    BOOST_TEST((reply.end == http_end::broken));
    BOOST_TEST(reply.body.empty());
}

BOOST_AUTO_TEST_CASE(nobody_listens) {
    BOOST_TEST((reply_to({}, {}).end == http_end::refused));
}

BOOST_AUTO_TEST_CASE(a_silent_responder_costs_the_patience_in_virtual_time) {
    http_answer a;
    a.never = true;
    const auto begun = std::chrono::steady_clock::now();
    const auto reply = reply_of(a, 15s);
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 5s));
    BOOST_TEST((reply.end == http_end::silent));
    BOOST_TEST(reply.took.count() == 15000);
}

BOOST_AUTO_TEST_CASE(a_late_answer_is_waited_for) {
    auto a = with_body("late");
    a.delay = 9s;
    const auto reply = reply_of(a, 10s);
    BOOST_TEST(reply.body == "late");
    BOOST_TEST(reply.took.count() == 9000);
    BOOST_TEST((reply_of(a, 9s).end == http_end::silent));
    BOOST_TEST(reply_of(a, 5s).took.count() == 5000);
}

BOOST_AUTO_TEST_CASE(a_reset_breaks_it) {
    http_answer a;
    a.reset = true;
    BOOST_TEST((reply_of(a).end == http_end::broken));
}

BOOST_AUTO_TEST_CASE(another_protocol_is_malformed) {
    http_answer a;
    a.garbage = true;
    BOOST_TEST((reply_of(a).end == http_end::malformed));
}

BOOST_AUTO_TEST_CASE(a_redirect_is_told_and_not_followed) {
    http_answer a;
    a.status = 302;
    a.location = "http://elsewhere.test/x.crl";
    const auto reply = reply_of(a);
    BOOST_TEST((reply.end == http_end::answered));
    BOOST_TEST(reply.status == 302U);
    BOOST_TEST(reply.location == "http://elsewhere.test/x.crl");
}

BOOST_AUTO_TEST_CASE(requests_of_one_network_do_not_disturb_each_other) {
    net::loopback network(0);
    for (int i = 0; i < 20; ++i) {
        const auto wanted = std::to_string(i);
        const auto reply = net::ask(network, {address("192.168.10.5"), 15s, 1000}, there, {},
                                    [&](const http_request&) { return with_body(wanted); });
        BOOST_TEST(reply.body == wanted);
    }
}

BOOST_AUTO_TEST_SUITE_END()
