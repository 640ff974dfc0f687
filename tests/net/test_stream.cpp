// A stream over real loopback sockets: lines and their limits, content, the upgrade, and how it ends.
#include "tests/net/ends.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::net::tests;
using boost::system::error_code;
using net::read_result;
using net::read_status;

namespace {

net::asio::awaitable<void> say(net::stream& s, std::vector<std::string> pieces) {
    for (auto& piece : pieces) {
        std::string bytes = std::move(piece);
        co_await s.write(std::move(bytes));
    }
}

net::asio::awaitable<void> lines(net::stream& s, std::size_t count, std::size_t limit,
                                 std::vector<read_result>& out) {
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(co_await s.read_line(limit));
}

std::vector<read_result> read_lines(std::vector<std::string> pieces, std::size_t count, std::size_t limit) {
    ends e;
    std::vector<read_result> out;
    e.play(say(e.client(), std::move(pieces)), lines(e.server(), count, limit, out));
    return out;
}

std::string content_of(std::vector<std::string> pieces, std::string* after = nullptr) {
    ends e;
    read_result content;
    e.play(say(e.client(), std::move(pieces)), into(e.server().read_to_dot(), content));
    if (after != nullptr) {
        read_result rest;
        e.play(into(e.server().read_line(1000), rest));
        *after = rest.bytes;
    }
    return content.bytes;
}

struct two {
    net::handshake_result client;
    net::handshake_result server;
};

two upgrade(ends& e) {
    static net::tls_contexts contexts;
    two out;
    e.play(into(e.client().handshake(true, contexts.client(client_of(tls::current_openssl())), {}, e.memo()),
                out.client),
           into(e.server().handshake(false, contexts.server(server_of(tls::current_openssl())), {}, e.memo()),
                out.server));
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(stream)

BOOST_AUTO_TEST_CASE(lines_come_whole_however_they_were_cut) {
    const auto got = read_lines({"EHLO a.exam", "ple\r", "\nNOOP\r\nQU", "IT\r\n"}, 3, 100);
    BOOST_TEST(got[0].bytes == "EHLO a.example");
    BOOST_TEST(got[1].bytes == "NOOP");
    BOOST_TEST(got[2].bytes == "QUIT");
    for (const auto& line : got)
        BOOST_TEST((!line.bare_lf && !line.too_long && line.status == read_status::ok));
}

BOOST_AUTO_TEST_CASE(a_bare_lf_ends_a_line_and_is_told) {
    const auto got = read_lines({"one\ntwo\r\n\n"}, 3, 100);
    BOOST_TEST(got[0].bytes == "one");
    BOOST_TEST(got[0].bare_lf);
    BOOST_TEST(!got[1].bare_lf);
    BOOST_TEST(got[2].bytes.empty());
    BOOST_TEST(got[2].bare_lf);
}

BOOST_AUTO_TEST_CASE(the_limit_counts_the_line_without_its_end) {
    const auto got =
        read_lines({std::string(10, 'a') + "\r\n" + std::string(11, 'b') + "\r\nnext\r\n"}, 3, 10);
    BOOST_TEST(got[0].bytes == std::string(10, 'a'));
    BOOST_TEST(!got[0].too_long);
    BOOST_TEST(got[1].bytes == std::string(10, 'b'));
    BOOST_TEST(got[1].too_long);
    BOOST_TEST(got[2].bytes == "next"); // the rest of the long line is not taken for a command
}

BOOST_AUTO_TEST_CASE(a_line_without_end_does_not_fill_the_memory) {
    ends e;
    std::vector<read_result> got;
    e.play(say(e.client(), {std::string(1000000, 'x')}), lines(e.server(), 1, 100, got));
    BOOST_TEST(got[0].too_long);
    BOOST_TEST(got[0].bytes.size() == 100U);
}

BOOST_AUTO_TEST_CASE(content_ends_at_a_dot_between_two_crlf_alone) { // RFC 5321 4.1.1.4
    BOOST_TEST(content_of({"a\r\n.\r\n"}) == "a\r\n");
    BOOST_TEST(content_of({".\r\n"}).empty());
    BOOST_TEST(content_of({"a\r", "\n", ".", "\r", "\n"}) == "a\r\n");
    // What has ended messages early elsewhere: a dot between bare LFs or bare CRs.
    BOOST_TEST(content_of({"a\n.\nMAIL\n.\r\nb\r\n.\nc\r.\rd\r\n.\r\n"}) ==
               "a\n.\nMAIL\n.\r\nb\r\n.\nc\r.\rd\r\n");
    BOOST_TEST(content_of({"..\r\n.x\r\n.\r\n"}) == "..\r\n.x\r\n"); // unstuffing is not done here
}

BOOST_AUTO_TEST_CASE(what_follows_the_content_is_kept) {
    std::string after;
    BOOST_TEST(content_of({"a\r\n.\r\nQUIT\r\n"}, &after) == "a\r\n");
    BOOST_TEST(after == "QUIT");
}

BOOST_AUTO_TEST_CASE(octets_are_counted_and_not_looked_at) { // RFC 3030
    ends e;
    read_result chunk;
    read_result line;
    e.play(say(e.client(), {"\r\n.\r\n\n", std::string("\0x", 2), "QUIT\r\n"}),
           into(e.server().read_octets(8), chunk));
    BOOST_TEST(chunk.bytes == std::string("\r\n.\r\n\n\0x", 8));
    BOOST_TEST(e.server().has_line());
    e.play(into(e.server().read_line(100), line));
    BOOST_TEST(line.bytes == "QUIT");
}

BOOST_AUTO_TEST_CASE(a_large_message_passes_in_clear_and_inside_tls) {
    const std::string bytes(8U << 20U, 'm');
    for (const bool encrypted : {false, true}) {
        ends e;
        if (encrypted)
            BOOST_REQUIRE(upgrade(e).server.completed);
        BOOST_TEST(e.client().encrypted() == encrypted);
        error_code failed;
        read_result got;
        e.play(into(e.client().write(bytes), failed), into(e.server().read_octets(bytes.size()), got));
        BOOST_TEST(!failed);
        BOOST_TEST((got.bytes == bytes));
    }
}

BOOST_AUTO_TEST_CASE(clear_text_sent_ahead_of_the_handshake_is_dropped_and_counted) { // RFC 3207 section 6
    ends e;
    read_result line;
    e.play(say(e.client(), {"STARTTLS\r\nRSET\r\n"}), into(e.server().read_line(100), line));
    BOOST_TEST(line.bytes == "STARTTLS");
    BOOST_TEST(e.server().discard_buffered() == 6U);
    BOOST_REQUIRE(upgrade(e).server.completed);
    e.play(say(e.client(), {"EHLO a.example\r\n"}), into(e.server().read_line(100), line));
    BOOST_TEST(line.bytes == "EHLO a.example");
}

BOOST_AUTO_TEST_CASE(an_end_and_a_reset_are_told_apart) {
    for (const bool encrypted : {false, true}) {
        ends polite;
        if (encrypted)
            upgrade(polite);
        read_result end;
        polite.client().shutdown_send();
        polite.play(into(polite.server().read_line(100), end));
        BOOST_TEST((end.status == read_status::closed));

        ends rude;
        if (encrypted)
            upgrade(rude);
        rude.client().reset();
        rude.play(into(rude.server().read_line(100), end));
        BOOST_TEST((end.status == read_status::reset));
    }
}

BOOST_AUTO_TEST_CASE(virtual_time_ends_a_read_and_the_stream_goes_on) {
    ends e;
    int waits = 0;
    e.idle = [&] {
        ++waits;
        BOOST_TEST(e.server().reading());
        e.server().time_out();
    };
    read_result late;
    e.play(into(e.server().read_line(100), late));
    BOOST_TEST((late.status == read_status::timed_out));
    BOOST_TEST(waits == 1);
    BOOST_TEST(!e.server().reading());
    e.play(say(e.client(), {"NOOP\r\n"}), into(e.server().read_line(100), late));
    BOOST_TEST(late.bytes == "NOOP");
    BOOST_TEST(waits == 1);
}

// README item 8 and on-premises sheet 5.2, E7 and E8.
BOOST_AUTO_TEST_CASE(what_ended_a_handshake_is_told_apart) {
    struct row {
        const char* how;
        tls::failure what;
        const char* status;
    };
    for (const auto& r : {row{"garbage", tls::failure::bad_record, "InvalidToken"},
                          row{"reset", tls::failure::connection_reset, "SocketError"},
                          row{"end", tls::failure::connection_reset, "SocketError"},
                          row{"silence", tls::failure::silence, "SocketError"}}) {
        BOOST_TEST_CONTEXT(r.how) {
            ends e;
            net::tls_contexts contexts;
            e.idle = [&] { e.client().time_out(); };
            const std::string how = r.how;
            const auto peer = [&]() -> net::asio::awaitable<void> {
                const read_result header = co_await e.server().read_octets(5);
                BOOST_TEST(header.bytes.substr(0, 1) == "\x16");
                if (how == "garbage")
                    co_await e.server().write("554 this is not TLS\r\n");
                else if (how == "reset")
                    e.server().reset();
                else if (how == "end")
                    e.server().shutdown_send();
            };
            net::handshake_result got;
            e.play(into(e.client().handshake(true, contexts.client(client_of(tls::exchange2019_setup())), {},
                                             e.memo()),
                        got),
                   peer());
            BOOST_TEST(!got.completed);
            BOOST_TEST((got.ended_by == r.what));
            BOOST_TEST(got.timed_out == (how == "silence"));
            BOOST_TEST(got.status == r.status);
            BOOST_TEST(!e.client().encrypted());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
