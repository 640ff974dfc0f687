// A good session, and then the same with a failure injected at every step.
#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab::smtp;
using namespace connlab::smtp::tests;

namespace {

const std::vector<std::string> client_lines = {
    "EHLO a.example",  "STARTTLS",        "*tls", "EHLO a.example", "MAIL FROM:<a@b.c>",
    "RCPT TO:<b@c.d>", "BDAT 3",          "abc",  "BDAT 1 LAST",    "d",
    "MAIL FROM:<>",    "RCPT TO:<b@c.d>", "DATA", "content",        "QUIT"};

event server_hears(const std::string& line, const turn& before) {
    if (line == "*tls")
        return tls_started{};
    if (before.then == next::read_data) {
        data_received data;
        data.bytes = line;
        return data;
    }
    line_received received;
    received.text = line;
    return received;
}

/// The session after `steps` lines of the good script.
struct server_at {
    test_server policy;
    inbound_session session;
    turn last;

    explicit server_at(std::size_t steps) : session(plain_options(), policy) {
        last = session.on(connected{});
        for (std::size_t i = 0; i < steps; ++i)
            last = session.on(server_hears(client_lines[i], last));
    }
};

line_received said(std::string text) {
    line_received line;
    line.text = std::move(text);
    return line;
}

const std::vector<std::string> server_lines = {
    "220 mx ESMTP",   "250-mx",     "250-PIPELINING", "250 STARTTLS", "220 go",    "*tls",       "250-mx",
    "250 PIPELINING", "250 sender", "250 first",      "550 second",   "354 go on", "250 queued", "221 bye"};
constexpr std::size_t lines_until_accepted = 13;
/// Where each of the lines above is heard.
const std::vector<phase> heard_in = {phase::banner,   phase::hello,     phase::hello,     phase::hello,
                                     phase::starttls, phase::tls,       phase::hello,     phase::hello,
                                     phase::mail,     phase::recipient, phase::recipient, phase::data,
                                     phase::content};

struct client_at {
    test_client policy;
    outbound_session session;
    turn last;

    static outbound_options options() {
        outbound_options o;
        o.hello_name = "a.example";
        o.sender = "a@b.c";
        o.recipients = {"b@c.d", "c@c.d"};
        o.content = "x\r\n";
        return o;
    }

    explicit client_at(std::size_t steps) : session(options(), policy) {
        last = session.on(connected{});
        for (std::size_t i = 0; i < steps; ++i)
            last =
                session.on(server_lines[i] == "*tls" ? event(tls_started{}) : event(said(server_lines[i])));
    }
};

bool multi_line_reply_begun(std::size_t steps) {
    return steps > 0 && steps < server_lines.size() && server_lines[steps - 1].size() > 3 &&
           server_lines[steps - 1][3] == '-';
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults_of_clients)

BOOST_AUTO_TEST_CASE(the_good_script_delivers_twice) {
    server_at s(client_lines.size());
    BOOST_TEST((s.last.then == next::finish));
    BOOST_REQUIRE(s.policy.messages.size() == 2U);
    BOOST_TEST(s.policy.messages[0].content == "abcd");
    BOOST_TEST(s.policy.messages[0].tls);
    BOOST_TEST(s.policy.messages[1].content == "content");
}

BOOST_AUTO_TEST_CASE(closing_at_any_step_ends_without_a_word) {
    for (std::size_t steps = 0; steps < client_lines.size(); ++steps) {
        server_at s(steps);
        const auto before = s.policy.messages.size();
        const auto t = s.session.on(closed{});
        BOOST_TEST((t.then == next::finish), steps);
        BOOST_TEST(t.send.empty(), steps);
        BOOST_TEST(s.policy.messages.size() == before, steps);
    }
}

BOOST_AUTO_TEST_CASE(silence_at_any_step_is_told_except_in_the_handshake) {
    for (std::size_t steps = 0; steps < client_lines.size(); ++steps) {
        server_at s(steps);
        const bool handshake = s.last.then == next::start_tls;
        const auto t = s.session.on(timed_out{});
        BOOST_TEST((t.then == next::finish), steps);
        BOOST_TEST(t.send == (handshake ? "" : "421 4.4.2 mx.contoso.com Error: timeout exceeded\r\n"),
                   steps);
    }
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_at_any_step_ends_without_a_word) {
    for (std::size_t steps = 0; steps < client_lines.size(); ++steps) {
        server_at s(steps);
        const auto t = s.session.on(tls_failed{});
        BOOST_TEST((t.then == next::finish), steps);
        BOOST_TEST(t.send.empty(), steps);
    }
}

BOOST_AUTO_TEST_CASE(garbage_and_long_lines_between_commands_change_nothing) {
    for (std::size_t steps = 0; steps < client_lines.size(); ++steps) {
        server_at s(steps);
        if (s.last.then != next::read_line || client_lines[steps] == "*tls")
            continue;
        BOOST_TEST(s.session.on(said("\x16\x03\x01\x02")).send ==
                   "500 5.5.2 Error: command not recognized\r\n");
        line_received line = said(std::string(100, 'A'));
        line.too_long = true;
        s.last = s.session.on(line);
        BOOST_TEST(s.last.send == "500 5.5.2 Error: line too long\r\n");
        for (auto i = steps; i < client_lines.size(); ++i)
            s.last = s.session.on(server_hears(client_lines[i], s.last));
        BOOST_TEST(s.policy.messages.size() == 2U, steps);
        BOOST_TEST((s.last.then == next::finish), steps);
    }
}

BOOST_AUTO_TEST_CASE(a_command_left_out_delivers_nothing_wrong) {
    for (std::size_t left_out = 0; left_out + 1 < client_lines.size(); ++left_out) {
        test_server policy;
        inbound_session session(plain_options(), policy);
        turn t = session.on(connected{});
        for (std::size_t i = 0; i < client_lines.size() && t.then != next::finish; ++i)
            if (i != left_out)
                t = session.on(server_hears(client_lines[i], t));
        for (const auto& m : policy.messages) {
            BOOST_TEST(!m.recipients.empty(), left_out);
            BOOST_TEST((m.sender == "a@b.c" || m.sender.empty()), left_out);
        }
        BOOST_TEST(policy.messages.size() <= 2U, left_out);
    }
}

BOOST_AUTO_TEST_CASE(a_session_that_is_over_stays_over) {
    server_at s(client_lines.size());
    for (const event& e :
         std::vector<event>{said("EHLO a"), connected{}, tls_started{}, data_received{}, closed{}}) {
        const auto t = s.session.on(e);
        BOOST_TEST((t.then == next::finish));
        BOOST_TEST(t.send.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(faults_of_servers)

BOOST_AUTO_TEST_CASE(the_good_script_delivers) {
    client_at c(server_lines.size());
    BOOST_TEST((c.last.then == next::finish));
    BOOST_TEST((c.session.result().how == ending::delivered));
}

BOOST_AUTO_TEST_CASE(a_lost_connection_at_any_step_is_where_it_happened) {
    for (const auto& [e, how] : std::vector<std::pair<event, ending>>{{closed{}, ending::closed},
                                                                      {timed_out{}, ending::timed_out},
                                                                      {tls_failed{}, ending::tls_failed}})
        for (std::size_t steps = 0; steps < lines_until_accepted; ++steps) {
            client_at c(steps);
            const auto t = c.session.on(e);
            BOOST_TEST((t.then == next::finish), steps);
            BOOST_TEST(t.send.empty(), steps);
            BOOST_TEST((c.session.result().how == how), steps);
            BOOST_TEST((c.session.result().where == heard_in[steps]),
                       steps << " " << to_string(c.session.result().where));
            BOOST_TEST(!c.session.result().deciding.has_value(), steps);
        }
}

BOOST_AUTO_TEST_CASE(a_421_at_any_step_ends_without_quit) {
    for (std::size_t steps = 0; steps < lines_until_accepted; ++steps) {
        if (multi_line_reply_begun(steps) || server_lines[steps] == "*tls")
            continue;
        client_at c(steps);
        const auto t = c.session.on(said("421 4.3.2 Service not active"));
        BOOST_TEST((t.then == next::finish), steps);
        BOOST_TEST(t.send.empty(), steps);
        const auto& r = c.session.result();
        BOOST_TEST((r.how == ending::refused), steps);
        BOOST_TEST((r.where == heard_in[steps]), steps);
        BOOST_TEST(r.deciding->text() == "421 4.3.2 Service not active", steps);
    }
}

BOOST_AUTO_TEST_CASE(garbage_at_any_step_ends_it_as_malformed) {
    for (std::size_t steps = 0; steps < lines_until_accepted; ++steps) {
        client_at c(steps);
        const auto t = c.session.on(said("\x16\x03 who is there?"));
        BOOST_TEST((t.then == next::finish), steps);
        const auto& r = c.session.result();
        BOOST_TEST((r.how == ending::malformed), steps);
        BOOST_TEST((r.where == heard_in[steps]), steps);
        BOOST_TEST(r.deciding->text() == "\x16\x03 who is there?", steps);
    }
}

BOOST_AUTO_TEST_CASE(a_line_too_long_at_any_step_ends_it_as_malformed) {
    for (std::size_t steps = 0; steps < lines_until_accepted; ++steps) {
        client_at c(steps);
        line_received line = said("250 " + std::string(1000, 'x'));
        line.too_long = true;
        BOOST_TEST((c.session.on(line).then == next::finish), steps);
        BOOST_TEST((c.session.result().how == ending::malformed), steps);
        BOOST_TEST(c.session.result().deciding->text().size() == 80U, steps);
    }
}

BOOST_AUTO_TEST_CASE(a_reply_of_another_code_in_the_middle_is_malformed) {
    for (std::size_t steps = 1; steps < lines_until_accepted; ++steps) {
        if (!multi_line_reply_begun(steps))
            continue;
        client_at c(steps);
        c.session.on(said("220 now for something different"));
        BOOST_TEST((c.session.result().how == ending::malformed), steps);
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_at_any_step_ends_with_quit_or_goes_on_as_the_table_says) {
    for (std::size_t steps = 0; steps < lines_until_accepted; ++steps) {
        if (multi_line_reply_begun(steps) || server_lines[steps] == "*tls")
            continue;
        client_at c(steps);
        auto t = c.session.on(said("451 4.3.0 no"));
        for (int i = 0; i < 6 && t.then != next::finish && t.send != "QUIT\r\n"; ++i)
            t = c.session.on(said("503 5.5.1 no"));
        BOOST_TEST((t.send == "QUIT\r\n"), steps);
        BOOST_TEST((c.session.result().how == ending::refused), steps);
    }
}

BOOST_AUTO_TEST_CASE(what_comes_after_the_acceptance_does_not_undo_it) {
    for (const event& e : std::vector<event>{closed{}, timed_out{}, said("garbage"), said("421 go away"),
                                             said("500 what?"), said("221 bye")}) {
        client_at c(lines_until_accepted);
        BOOST_TEST(c.last.send == "QUIT\r\n");
        BOOST_TEST((c.session.on(e).then == next::finish));
        BOOST_TEST((c.session.result().how == ending::delivered));
        BOOST_TEST((c.session.result().where == phase::content));
    }
}

BOOST_AUTO_TEST_CASE(replies_nobody_asked_for_end_it) {
    client_at c(5); // STARTTLS was accepted, the handshake is next
    BOOST_TEST((c.last.then == next::start_tls));
    BOOST_TEST((c.session.on(said("250 surprise")).then == next::finish));
    BOOST_TEST((c.session.result().how == ending::malformed));
}

BOOST_AUTO_TEST_SUITE_END()
