#include "sim/smtp/inbound_transitions.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab::smtp {

namespace {

constexpr std::size_t speaking_states = 5; // hello to chunks
constexpr std::array<std::string_view, speaking_states> state_names = {"hello", "ready", "mail", "recipients",
                                                                       "chunks"};

struct row {
    verb what;
    std::array<inbound_action, speaking_states> then;
};

using enum inbound_action;

/// In the order of `verb`.
constexpr std::array<row, 17> table = {{
    // clang-format off
    {verb::helo,           {greet,       greet,        greet,           greet,        greet}},
    {verb::ehlo,           {greet,       greet,        greet,           greet,        greet}},
    {verb::starttls,       {upgrade,     upgrade,      nested_mail,     nested_mail,  bad_sequence}},
    {verb::x_anonymoustls, {upgrade,     upgrade,      nested_mail,     nested_mail,  bad_sequence}},
    {verb::mail,           {hello_first, mail,         nested_mail,     nested_mail,  bad_sequence}},
    {verb::rcpt,           {hello_first, mail_first,   recipient,       recipient,    bad_sequence}},
    {verb::data,           {hello_first, mail_first,   recipient_first, content,      bad_sequence}},
    {verb::bdat,           {hello_first, mail_first,   recipient_first, chunk,        chunk}},
    {verb::rset,           {reset,       reset,        reset,           reset,        reset}},
    {verb::noop,           {noop,        noop,         noop,            noop,         noop}},
    {verb::quit,           {quit,        quit,         quit,            quit,         quit}},
    {verb::vrfy,           {verify,      verify,       verify,          verify,       verify}},
    {verb::expn,           {not_implemented, not_implemented, not_implemented, not_implemented, not_implemented}},
    {verb::help,           {help,        help,         help,            help,         help}},
    {verb::auth,           {hello_first, authenticate, bad_sequence,    bad_sequence, bad_sequence}},
    {verb::x_exps,         {hello_first, authenticate, bad_sequence,    bad_sequence, bad_sequence}},
    {verb::unknown,        {unrecognized, unrecognized, unrecognized,   unrecognized, unrecognized}},
    // clang-format on
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].what != static_cast<verb>(i))
            return false;
    return true;
}
static_assert(in_order());

/// Empty for a refusal, whose name says it.
std::string_view words(inbound_action a) {
    switch (a) {
    case greet:
        return "250 with the capabilities; forgets the transaction -> ready";
    case upgrade:
        return "220 when offered, then TLS; forgets all that was said -> hello (RFC 3207 4.2)";
    case authenticate:
        return "asks the policy: 235, 334 and the client's response, or a refusal";
    case mail:
        return "asks the policy -> mail";
    case recipient:
        return "asks the policy -> recipients";
    case content:
        return "354, reads to the dot, asks the policy -> ready";
    case chunk:
        return "reads the octets -> chunks; with LAST asks the policy -> ready";
    case reset:
        return "250, forgets the transaction -> ready, or stays in hello";
    case noop:
        return "250";
    case verify:
        return "252";
    case help:
        return "214";
    case quit:
        return "221, closes";
    case hello_first:
    case mail_first:
    case recipient_first:
    case nested_mail:
    case bad_sequence:
    case not_implemented:
    case unrecognized:
        return {};
    }
    return {};
}

} // namespace

bool takes_commands(inbound_state s) {
    return static_cast<std::size_t>(s) < speaking_states;
}

std::string_view to_string(inbound_action a) {
    switch (a) {
    case greet:
        return "greet";
    case upgrade:
        return "upgrade";
    case authenticate:
        return "authenticate";
    case mail:
        return "mail";
    case recipient:
        return "recipient";
    case content:
        return "content";
    case chunk:
        return "chunk";
    case reset:
        return "reset";
    case noop:
        return "noop";
    case verify:
        return "verify";
    case help:
        return "help";
    case quit:
        return "quit";
    case hello_first:
        return "!hello_first";
    case mail_first:
        return "!mail_first";
    case recipient_first:
        return "!recipient_first";
    case nested_mail:
        return "!nested_mail";
    case bad_sequence:
        return "!bad_sequence";
    case not_implemented:
        return "!not_implemented";
    case unrecognized:
        return "!unrecognized";
    }
    return {};
}

inbound_action action_for(inbound_state s, verb v) {
    return table[static_cast<std::size_t>(v)].then[static_cast<std::size_t>(s)];
}

namespace {

void add_line(std::string& out, std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out += line;
    out += '\n';
}

} // namespace

std::string inbound_transitions() {
    std::string out;
    std::string line = fmt::format("{:<15}", "");
    for (const auto name : state_names)
        line += fmt::format("{:<17}", name);
    add_line(out, std::move(line));
    for (const auto& r : table) {
        line = fmt::format("{:<15}", to_string(r.what));
        for (const auto a : r.then)
            line += fmt::format("{:<17}", to_string(a));
        add_line(out, std::move(line));
    }
    out += '\n';
    for (auto a = greet; a != hello_first; a = static_cast<inbound_action>(static_cast<int>(a) + 1))
        add_line(out, fmt::format("{:<15}{}", to_string(a), words(a)));
    add_line(out, "!reply         refuses, stays; counts as a protocol error, one too many closes");
    add_line(out, "               a refused BDAT is read and dropped first");
    out += '\n';
    add_line(out, "line too long  refuses as above");
    add_line(out, "timed out      tells so, closes; in a handshake without a word");
    add_line(out, "TLS failed     closes without a word");
    add_line(out, "closed         forgets an unfinished message");
    add_line(out, "passed on      what the service behind said of the message");
    return out;
}

} // namespace connlab::smtp
