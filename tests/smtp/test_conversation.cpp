// Both sessions on one connection in memory.
#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

using namespace connlab::smtp;
using namespace connlab::smtp::tests;

namespace {

outbound_options message_of(std::string content) {
    outbound_options o;
    o.hello_name = "testms05.varunagroup.de";
    o.sender = "anna@varunagroup.de";
    o.recipients = {"bob@contoso.com", "carol@contoso.com", "\"dave d.\"@contoso.com"};
    o.content = std::move(content);
    return o;
}

std::vector<std::string> contents() {
    std::vector<std::string> out = {"",
                                    "x\r\n",
                                    ".\r\n",
                                    "\r\n.\r\n..\r\n",
                                    "no end",
                                    "\xc3\xbc\r\n",
                                    "QUIT\r\nRSET\r\n.\r\nMAIL FROM:<evil@c.d>\r\n",
                                    std::string("a\0b\r\n", 5)};
    std::mt19937 random(3030);
    std::string large;
    while (large.size() < 200000) {
        if (random() % 50 == 0)
            large += "\r\n";
        large += static_cast<char>(random() % 4 == 0 ? '.' : random() % 256);
    }
    out.push_back(large + "\r\n");
    return out;
}

/// One bit each.
struct combination {
    bool pipelining, chunking, small_chunks, tls, anonymous;
    explicit combination(unsigned bits)
        : pipelining((bits & 1U) != 0), chunking((bits & 2U) != 0), small_chunks((bits & 4U) != 0),
          tls((bits & 8U) != 0), anonymous((bits & 16U) != 0) {}
};

void drop_keyword(test_server& server, std::string_view keyword) {
    auto& k = server.keywords;
    k.erase(std::remove(k.begin(), k.end(), keyword), k.end());
}

} // namespace

BOOST_AUTO_TEST_SUITE(conversations)

BOOST_AUTO_TEST_CASE(messages_arrive_whatever_is_offered) {
    for (unsigned bits = 0; bits < 32; ++bits)
        for (const auto& content : contents()) {
            const combination with(bits);
            test_server server;
            if (!with.pipelining)
                drop_keyword(server, "PIPELINING");
            server.offers_starttls = with.tls;
            server.offers_anonymous_tls = with.tls && with.anonymous;
            server.refused["carol@contoso.com"] = "550 5.1.1 User unknown";
            test_client client;
            if (server.offers_anonymous_tls)
                client.always = outbound_step::start_anonymous_tls;
            auto options = message_of(content);
            options.use_chunking = with.chunking;
            options.chunk_size = with.small_chunks ? 1000 : 0;
            options.notification.original_recipient = true;
            outbound_session sending(options, client);
            inbound_session receiving(plain_options(), server);
            const auto c = converse(sending, receiving);

            BOOST_REQUIRE_MESSAGE(!c.stuck, bits);
            BOOST_TEST((sending.result().how == ending::delivered), bits);
            BOOST_TEST(receiving.tls() == with.tls, bits);
            BOOST_REQUIRE(server.messages.size() == 1U);
            const auto& m = server.messages.front();
            BOOST_TEST(m.tls == with.tls);
            BOOST_TEST(m.recipients.size() == 2U);
            BOOST_TEST(!sending.result().recipients[1].accepted);
            const bool ended = with.chunking || content.empty() || content.ends_with("\r\n");
            BOOST_REQUIRE((m.content == (ended ? content : content + "\r\n")));
            if (with.tls) {
                BOOST_TEST(c.in_clear.find("MAIL") == std::string::npos);
            }
        }
}

BOOST_AUTO_TEST_CASE(pipelining_saves_round_trips) {
    const auto writes = [](bool pipelining) {
        test_server server;
        if (!pipelining)
            drop_keyword(server, "PIPELINING");
        test_client client;
        outbound_session sending(message_of("x\r\n"), client);
        inbound_session receiving(plain_options(), server);
        return converse(sending, receiving).client_writes;
    };
    // EHLO, STARTTLS, EHLO, (MAIL, RCPT × 3, DATA), content, QUIT
    BOOST_TEST(writes(true) == 6);
    BOOST_TEST(writes(false) == 10);
}

BOOST_AUTO_TEST_CASE(nobody_accepted_delivers_nothing_either_way) {
    for (const bool pipelining : {false, true}) {
        test_server server;
        if (!pipelining)
            drop_keyword(server, "PIPELINING");
        auto options = message_of("x\r\n");
        for (const auto& r : options.recipients)
            server.refused[r] = "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain";
        test_client client;
        outbound_session sending(options, client);
        inbound_session receiving(plain_options(), server);
        BOOST_TEST(!converse(sending, receiving).stuck);
        BOOST_TEST((sending.result().how == ending::refused));
        BOOST_TEST((sending.result().where == phase::recipient));
        BOOST_TEST(server.messages.empty());
    }
}

// CVE-2011-0411: what was sent in clear behind STARTTLS must not be taken for something said inside TLS.
BOOST_AUTO_TEST_CASE(commands_injected_behind_starttls_are_dropped) {
    test_server server;
    inbound_session session(plain_options(), server);
    wire_end end;
    end.incoming = "EHLO a.example\r\nSTARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@c.d>\r\n";
    end.pending = session.on(connected{});
    while (end.pending.then != next::start_tls)
        end.pending = session.on(*end.next_event());
    // what every driver has to do before the handshake
    tls_started begun;
    begun.discarded = end.incoming.size();
    end.incoming.clear();
    end.pending = session.on(begun);
    BOOST_TEST(session.discarded() == 41U);
    end.incoming = "MAIL FROM:<anna@varunagroup.de>\r\n";
    BOOST_TEST(session.on(*end.next_event()).send == "503 5.5.1 Error: send HELO/EHLO first\r\n");
    BOOST_TEST(server.hellos.size() == 1U);
    BOOST_TEST(server.senders.empty());
}

// The same from the server's side: a forged EHLO reply behind `220 go`.
BOOST_AUTO_TEST_CASE(replies_injected_behind_the_go_ahead_are_dropped) {
    test_client client;
    outbound_session session(message_of("x\r\n"), client);
    wire_end end;
    end.incoming = "220 mx\r\n250-mx\r\n250 STARTTLS\r\n220 go\r\n250-evil\r\n250 PIPELINING\r\n";
    end.pending = session.on(connected{});
    while (end.pending.then != next::start_tls)
        end.pending = session.on(*end.next_event());
    tls_started begun;
    begun.discarded = end.incoming.size();
    end.incoming.clear();
    end.pending = session.on(begun);
    BOOST_TEST(session.discarded() == 26U);
    BOOST_TEST(end.pending.send == "EHLO testms05.varunagroup.de\r\n");
    end.incoming = "250 mx\r\n";
    BOOST_TEST(session.on(*end.next_event()).send == "MAIL FROM:<anna@varunagroup.de>\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
