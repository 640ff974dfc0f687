#include "sim/smtp/outbound_transitions.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab::smtp {

namespace {

constexpr std::array<std::string_view, 5> class_names = {"2xx", "3xx", "4xx", "5xx", "421"};

struct row {
    outbound_awaited what;
    std::string_view name;
    std::array<outbound_action, class_names.size()> then;
};

using enum outbound_action;

/// In the order of `outbound_awaited`.
constexpr std::array<row, 10> table = {{
    // clang-format off
    {outbound_awaited::banner,    "banner",   {greet,     fail,     fail,     fail,      hang_up}},
    {outbound_awaited::ehlo,      "EHLO",     {capable,   fail,     fail,     fall_back, hang_up}},
    {outbound_awaited::helo,      "HELO",     {capable,   fail,     fail,     fail,      hang_up}},
    {outbound_awaited::starttls,  "STARTTLS", {handshake, no_tls,   no_tls,   no_tls,    hang_up}},
    {outbound_awaited::auth,      "AUTH",     {logged_on, respond,  logged_on, logged_on, hang_up}},
    {outbound_awaited::mail,      "MAIL",     {proceed,   fail,     fail,     fail,      hang_up}},
    {outbound_awaited::recipient, "RCPT",     {let_in,    keep_out, keep_out, keep_out,  hang_up}},
    {outbound_awaited::data,      "DATA",     {fail,      content,  fail,     fail,      hang_up}},
    {outbound_awaited::content,   "content",  {delivered, fail,     fail,     fail,      hang_up}},
    {outbound_awaited::quit,      "QUIT",     {finish,    finish,   finish,   finish,    finish}},
    // clang-format on
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].what != static_cast<outbound_awaited>(i))
            return false;
    return true;
}
static_assert(in_order());

std::string_view words(outbound_action a) {
    switch (a) {
    case greet:
        return "EHLO; HELO when that is forced";
    case capable:
        return "asks the policy: upgrade, MAIL, QUIT or close";
    case fall_back:
        return "HELO (RFC 5321 3.2), unless the policy would rather fail";
    case handshake:
        return "TLS; then the policy is asked, and EHLO again: the first answer is forgotten";
    case no_tls:
        return "asks the policy: MAIL in clear, QUIT or close";
    case respond:
        return "the answer to a challenge, as the policy has it";
    case logged_on:
        return "asks the policy, also when refused: MAIL, QUIT or close";
    case proceed:
        return "RCPT; with PIPELINING MAIL, RCPT and DATA went out together";
    case let_in:
        return "next RCPT, then DATA or BDAT";
    case keep_out:
        return "as above; fails when nobody is let in";
    case content:
        return "the message; a lone dot when nobody was let in (RFC 2920 3.1)";
    case delivered:
        return "next chunk, or QUIT";
    case fail:
        return "reads the replies to what was sent together, then QUIT";
    case hang_up:
        return "closes without QUIT";
    case finish:
        return "closes";
    }
    return {};
}

} // namespace

reply_class class_of(const reply& r) {
    constexpr int closing_channel = 421;
    if (r.code == closing_channel)
        return reply_class::closing;
    if (r.positive())
        return reply_class::positive;
    if (r.intermediate())
        return reply_class::intermediate;
    return r.transient() ? reply_class::transient : reply_class::permanent;
}

std::string_view to_string(outbound_action a) {
    switch (a) {
    case greet:
        return "greet";
    case capable:
        return "capable";
    case fall_back:
        return "fall_back";
    case handshake:
        return "handshake";
    case no_tls:
        return "no_tls";
    case respond:
        return "respond";
    case logged_on:
        return "logged_on";
    case proceed:
        return "proceed";
    case let_in:
        return "let_in";
    case keep_out:
        return "keep_out";
    case content:
        return "content";
    case delivered:
        return "delivered";
    case fail:
        return "fail";
    case hang_up:
        return "hang_up";
    case finish:
        return "finish";
    }
    return {};
}

outbound_action action_for(outbound_awaited what, reply_class c) {
    return table[static_cast<std::size_t>(what)].then[static_cast<std::size_t>(c)];
}

std::string outbound_transitions() {
    std::string out;
    const auto add_line = [&out](std::string line) {
        line.erase(line.find_last_not_of(' ') + 1);
        out += line;
        out += '\n';
    };
    std::string line = fmt::format("{:<12}", "");
    for (const auto name : class_names)
        line += fmt::format("{:<11}", name);
    add_line(std::move(line));
    for (const auto& r : table) {
        line = fmt::format("{:<12}", r.name);
        for (const auto a : r.then)
            line += fmt::format("{:<11}", to_string(a));
        add_line(std::move(line));
    }
    out += '\n';
    for (int i = 0; i <= static_cast<int>(finish); ++i)
        add_line(fmt::format("{:<12}{}", to_string(static_cast<outbound_action>(i)),
                             words(static_cast<outbound_action>(i))));
    out += '\n';
    add_line("malformed, closed, timed out, TLS failed: closes; what was decided before stays");
    return out;
}

} // namespace connlab::smtp
