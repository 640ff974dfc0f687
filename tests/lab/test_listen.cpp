// What a simulated server tells of a real client.
#include "sim/lab/listen.hpp"
#include "tests/lab/worlds.hpp"
#include "tests/scenario/files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace connlab;

namespace {

const char* const two_sites = CONNLAB_SOURCE_DIR "/scenarios/topologies/two-sites.yaml";

/// Says everything at once and listens to nothing.
class hasty_client {
  public:
    hasty_client(std::uint16_t port, std::string_view words) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        void* address = &to;
        BOOST_REQUIRE(::connect(socket_, static_cast<sockaddr*>(address), sizeof to) == 0);
        BOOST_REQUIRE(::send(socket_, words.data(), words.size(), 0) == static_cast<ssize_t>(words.size()));
    }
    ~hasty_client() { ::close(socket_); }
    hasty_client(const hasty_client&) = delete;
    hasty_client& operator=(const hasty_client&) = delete;

  private:
    int socket_;
};

trace::session_record served(std::string_view recipient) {
    const auto loaded = scenario::load(two_sites, scenario::bytes_of);
    BOOST_REQUIRE(loaded.value);
    const auto built = lab::build_world(*loaded.value, lab::tests::keys());
    BOOST_REQUIRE(built.value);
    lab::real_listener listener(*built.value, *built.value->server_named("TESTMS05"), 0);
    const hasty_client client(listener.port(),
                              "EHLO client.contoso.com\r\nMAIL FROM:<bob@contoso.com>\r\nRCPT TO:<" +
                                  std::string(recipient) +
                                  ">\r\nDATA\r\nSubject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n");
    return listener.serve();
}

bool decided(const trace::session_record& s, std::string_view rule) {
    return std::any_of(s.decisions.begin(), s.decisions.end(),
                       [&](const trace::decision& d) { return d.rule == rule; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(real_clients)

BOOST_AUTO_TEST_CASE(a_recipient_without_mailbox_is_taken_and_told) { // 3.7, without recipient filtering
    const auto s = served("nemo@varunagroup.de");
    BOOST_TEST(decided(s, "exchange.recipient.accepted-domain"));
    BOOST_TEST(decided(s, "exchange.recipient.unknown"));
    BOOST_TEST(s.end.starts_with("a message was accepted; nemo@varunagroup.de has no mailbox"), s.end);
    BOOST_TEST(s.end.find("550 5.1.10 RESOLVER.ADR.RecipientNotFound") != std::string::npos, s.end);
}

BOOST_AUTO_TEST_CASE(a_recipient_with_a_mailbox_is_taken) {
    const auto s = served("anna@varunagroup.de");
    BOOST_TEST(s.end == "a message was accepted");
    BOOST_TEST(!decided(s, "exchange.recipient.unknown"));
}

BOOST_AUTO_TEST_SUITE_END()
