// Sessions fed with nonsense, fixed seeds: they answer something, end, and never deliver what was not sent.
#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace connlab::smtp;
using namespace connlab::smtp::tests;

namespace {

using generator = std::mt19937;

template <std::size_t Count>
std::string one_of(generator& random, const char* const (&words)[Count]) {
    return words[random() % Count];
}

std::string noise(generator& random, std::size_t longest) {
    std::string out;
    const auto length = random() % (longest + 1);
    for (std::size_t i = 0; i < length; ++i)
        out += static_cast<char>(random() % 256);
    return out;
}

/// Takes a byte out, puts one in, or cuts the end off.
std::string damaged(generator& random, std::string text) {
    if (text.empty())
        return text;
    const auto at = random() % text.size();
    switch (random() % 3) {
    case 0:
        text.erase(at, 1);
        break;
    case 1:
        text.insert(at, 1, static_cast<char>(random() % 256));
        break;
    default:
        text.resize(at);
    }
    return text;
}

std::string client_line(generator& random) {
    static const char* const lines[] = {"EHLO a.example",
                                        "HELO [192.0.2.1]",
                                        "EHLO a..b",
                                        "STARTTLS",
                                        "X-ANONYMOUSTLS",
                                        "MAIL FROM:<a@b.c> SIZE=100 BODY=8BITMIME",
                                        "MAIL FROM:<> BODY=BINARYMIME RET=FULL ENVID=a+2B",
                                        "MAIL FROM:<@x,@y:\"q \\\" q\"@b.c> AUTH=<> SMTPUTF8",
                                        "RCPT TO:<b@c.d> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b@c.d",
                                        "RCPT TO:<Postmaster>",
                                        "DATA",
                                        "BDAT 5",
                                        "BDAT 0 LAST",
                                        "BDAT 7 LAST",
                                        "BDAT 18446744073709551615 LAST",
                                        "RSET",
                                        "NOOP x",
                                        "VRFY a",
                                        "EXPN a",
                                        "HELP",
                                        "AUTH NTLM",
                                        "XCLIENT a=b"};
    const auto kind = random() % 20;
    if (kind == 0)
        return noise(random, 60);
    const auto line = one_of(random, lines);
    return kind < 4 ? damaged(random, line) : line;
}

/// The line that gets a client further, so that nonsense comes at every place of a transaction.
class orderly_client {
  public:
    std::string next_line() {
        static const char* const lines[] = {"EHLO a.example",
                                            "STARTTLS",
                                            "EHLO a.example",
                                            "MAIL FROM:<a@b.c>",
                                            "RCPT TO:<d@c.d>",
                                            "DATA",
                                            "x",
                                            "."};
        return lines[at_++ % std::size(lines)];
    }

  private:
    std::size_t at_ = 0;
};

std::string server_line(generator& random) {
    static const char* const lines[] = {
        "220 mx ESMTP",      "250-mx",          "250-PIPELINING", "250-CHUNKING",
        "250-SIZE 1000",     "250 STARTTLS",    "250 ok",         "250",
        "354 go on",         "421 4.3.2 away",  "454 4.7.0 no",   "451 5.7.3 TLS first",
        "550 5.1.1 unknown", "500 5.5.1 what?", "221 bye",        "250-DSN"};
    const auto kind = random() % 20;
    if (kind == 0)
        return noise(random, 60);
    const auto line = one_of(random, lines);
    return kind == 1 ? damaged(random, line) : line;
}

event line_event(generator& random, std::string text) {
    line_received line;
    line.text = std::move(text);
    line.bare_lf = random() % 20 == 0;
    line.too_long = random() % 50 == 0;
    return line;
}

event data_event(generator& random, const turn& t) {
    data_received data;
    data.bytes = t.octets == 0 ? noise(random, 40) : std::string(t.octets, 'x');
    return data;
}

/// What a sound driver could answer to the turn.
event possible(generator& random, const turn& t, std::string line) {
    if (random() % 60 == 0)
        return random() % 2 == 0 ? event(closed{}) : event(timed_out{});
    switch (t.then) {
    case next::read_line:
        return line_event(random, std::move(line));
    case next::read_data:
        return data_event(random, t);
    case next::start_tls:
        return random() % 8 == 0 ? event(tls_failed{}) : event(tls_started{});
    case next::pass_on:
        return passed_on{"250 2.6.0 taken"};
    case next::finish:
        break;
    }
    return closed{};
}

/// What no sound driver says.
event impossible(generator& random, std::string line) {
    data_received data;
    switch (random() % 6) {
    case 0:
        return connected{};
    case 1:
        return tls_started{};
    case 2:
        return tls_failed{};
    case 3:
        data.bytes = line;
        return data;
    case 4:
        return timed_out{};
    default:
        return line_event(random, std::move(line));
    }
}

/// Replies and commands are whole lines without line ends inside.
void is_sound(const turn& t) {
    if (t.content || t.send.empty())
        return;
    BOOST_REQUIRE(t.send.ends_with("\r\n"));
    for (std::size_t i = 0; i < t.send.size(); ++i) {
        if (t.send[i] == '\n')
            BOOST_REQUIRE(i > 0 && t.send[i - 1] == '\r');
        if (t.send[i] == '\r')
            BOOST_REQUIRE(i + 1 < t.send.size() && t.send[i + 1] == '\n');
    }
}

struct strict_server : test_server {
    std::string on_message(const inbound_message& m) override {
        BOOST_REQUIRE(!m.recipients.empty());
        BOOST_REQUIRE(!hellos.empty());
        BOOST_REQUIRE(!m.tls || hellos.back().ends_with("TLS"));
        BOOST_REQUIRE(m.content.size() <= 1000);
        return test_server::on_message(m);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(garbage)

BOOST_AUTO_TEST_CASE(a_receiving_session_survives_any_client) {
    generator random(5321);
    std::size_t delivered = 0;
    std::size_t upgraded = 0;
    for (int round = 0; round < 4000; ++round) {
        strict_server policy;
        policy.offers_anonymous_tls = random() % 2 == 0;
        policy.refused["b@c.d"] = random() % 4 == 0 ? "421 4.3.2 away" : "550 5.1.1 unknown";
        if (random() % 2 == 0)
            policy.refused.clear();
        auto options = plain_options();
        options.max_errors = static_cast<int>(random() % 30);
        options.max_message = 1000;
        options.enhanced_codes = random() % 2 == 0;
        options.refuse_bare_lf = random() % 2 == 0;
        options.replies.names_the_verb = false;
        inbound_session session(options, policy);
        orderly_client orderly;
        turn t = session.on(connected{});
        for (int i = 0; i < 200 && t.then != next::finish; ++i) {
            is_sound(t);
            const auto line = random() % 8 == 0 ? client_line(random) : orderly.next_line();
            t = session.on(random() % 500 == 0 ? impossible(random, line) : possible(random, t, line));
        }
        if (t.then == next::finish) {
            BOOST_REQUIRE(session.on(line_received{}).send.empty());
            BOOST_REQUIRE((session.on(tls_started{}).then == next::finish));
        }
        delivered += policy.messages.size();
        upgraded += session.tls() ? 1U : 0U;
    }
    BOOST_TEST_MESSAGE("delivered " << delivered << ", upgraded " << upgraded);
    BOOST_TEST(delivered > 500U); // else the lines are too wild to get anywhere
    BOOST_TEST(upgraded > 500U);
}

BOOST_AUTO_TEST_CASE(a_sending_session_survives_any_server) {
    generator random(3207);
    std::size_t endings[9] = {};
    for (int round = 0; round < 20000; ++round) {
        test_client policy;
        policy.wants_tls = random() % 2 == 0;
        outbound_options options;
        options.hello_name = "a.example";
        options.sender = "a@b.c";
        options.recipients.assign(random() % 4, "b@c.d");
        options.content = "x\r\n.\r\n";
        options.use_chunking = random() % 2 == 0;
        options.chunk_size = random() % 4;
        outbound_session session(options, policy);
        turn t = session.on(connected{});
        bool said_mail = false;
        int steps = 0;
        for (; steps < 2000 && t.then != next::finish; ++steps) {
            is_sound(t);
            said_mail = said_mail || t.send.starts_with("MAIL");
            BOOST_REQUIRE(!t.content || said_mail);
            const auto line = server_line(random);
            t = session.on(random() % 500 == 0 ? impossible(random, line) : possible(random, t, line));
        }
        BOOST_REQUIRE(steps < 2000);
        const auto& r = session.result();
        BOOST_REQUIRE((r.how != ending::none));
        BOOST_REQUIRE(r.recipients.size() == options.recipients.size());
        if (r.how == ending::delivered || r.how == ending::refused)
            BOOST_REQUIRE(r.deciding.has_value());
        if (r.how == ending::delivered)
            BOOST_REQUIRE(r.deciding->positive());
        ++endings[static_cast<std::size_t>(r.how)];
    }
    for (const auto how : {ending::delivered, ending::refused, ending::tls_failed, ending::closed,
                           ending::timed_out, ending::malformed})
        BOOST_TEST(endings[static_cast<std::size_t>(how)] > 10U, to_string(how));
}

BOOST_AUTO_TEST_SUITE_END()
