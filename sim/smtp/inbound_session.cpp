// Receiving side. A verb in a state leads to an action; what is not in the table is `unrecognized`.
//
//   state        greeting (before the banner) · hello (no EHLO yet) · ready · mail (sender known) ·
//   recipients (one or more)
//                content (reading DATA or a chunk) · upgrade (TLS handshake) · over
//   EHLO, HELO   always: forgets the transaction, → ready
//   STARTTLS     hello, ready: → upgrade; afterwards everything said before is forgotten (RFC 3207 4.2)
//   MAIL         ready → mail; RCPT mail, recipients → recipients; DATA recipients → content
//   BDAT         recipients → content, back to recipients until LAST; out of order the chunk is read and
//   dropped RSET NOOP VRFY HELP QUIT  in any state
#include "sim/smtp/inbound_session.hpp"

#include "sim/base/domain_name.hpp"
#include "sim/smtp/dot_stuffing.hpp"
#include "sim/smtp/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace connlab::smtp {

namespace {

enum class action {
    hello,
    upgrade,
    mail,
    recipient,
    content,
    chunk,
    drop_chunk,
    reset,
    noop,
    quit,
    verify,
    help,
    hello_first,
    mail_first,
    recipient_first,
    nested_mail,
    not_implemented
};

std::string_view words(action a) {
    switch (a) {
    case action::hello:
        return "answer with the capabilities";
    case action::upgrade:
        return "begin TLS, when it was offered";
    case action::mail:
        return "ask the policy, begin a transaction";
    case action::recipient:
        return "ask the policy, add a recipient";
    case action::content:
        return "read the content";
    case action::chunk:
        return "read a chunk";
    case action::drop_chunk:
        return "read a chunk and drop it; bad sequence";
    case action::reset:
        return "forget the transaction";
    case action::noop:
        return "say yes";
    case action::quit:
        return "say goodbye and close";
    case action::verify:
        return "do not tell";
    case action::help:
        return "help";
    case action::hello_first:
        return "refuse: EHLO first";
    case action::mail_first:
        return "refuse: MAIL first";
    case action::recipient_first:
        return "refuse: RCPT first";
    case action::nested_mail:
        return "refuse: a transaction is open";
    case action::not_implemented:
        return "refuse: not implemented";
    }
    return {};
}

bool acceptable_hello_name(std::string_view name) {
    if (name.size() > 2 && name.front() == '[' && name.back() == ']')
        return true;
    return is_domain_name(name);
}

std::optional<std::uint64_t> announced_size(const path_command& sender) {
    const auto* text = sender.find("SIZE");
    if (text == nullptr)
        return std::nullopt;
    std::uint64_t size = 0;
    std::from_chars(text->data(), text->data() + text->size(), size);
    return size;
}

} // namespace

struct inbound_session::transition {
    std::vector<state> from;
    verb what;
    action then;
};

const std::vector<inbound_session::transition>& inbound_session::table() {
    using enum state;
    static const std::vector<transition> rows = {
        {{hello, ready, mail, recipients}, verb::ehlo, action::hello},
        {{hello, ready, mail, recipients}, verb::helo, action::hello},
        {{hello, ready}, verb::starttls, action::upgrade},
        {{mail, recipients}, verb::starttls, action::nested_mail},
        {{hello}, verb::mail, action::hello_first},
        {{ready}, verb::mail, action::mail},
        {{mail, recipients}, verb::mail, action::nested_mail},
        {{hello}, verb::rcpt, action::hello_first},
        {{ready}, verb::rcpt, action::mail_first},
        {{mail, recipients}, verb::rcpt, action::recipient},
        {{hello}, verb::data, action::hello_first},
        {{ready}, verb::data, action::mail_first},
        {{mail}, verb::data, action::recipient_first},
        {{recipients}, verb::data, action::content},
        {{hello, ready, mail}, verb::bdat, action::drop_chunk},
        {{recipients}, verb::bdat, action::chunk},
        {{hello, ready, mail, recipients}, verb::rset, action::reset},
        {{hello, ready, mail, recipients}, verb::noop, action::noop},
        {{hello, ready, mail, recipients}, verb::quit, action::quit},
        {{hello, ready, mail, recipients}, verb::vrfy, action::verify},
        {{hello, ready, mail, recipients}, verb::expn, action::not_implemented},
        {{hello, ready, mail, recipients}, verb::help, action::help},
    };
    return rows;
}

std::string inbound_transitions() {
    using enum inbound_session::state;
    const std::vector<std::pair<inbound_session::state, std::string_view>> states = {
        {hello, "hello"}, {ready, "ready"}, {mail, "mail"}, {recipients, "recipients"}};
    std::string out;
    for (const auto& [from, name] : states) {
        out += fmt::format("{}\n", name);
        for (const auto& row : inbound_session::table())
            if (std::find(row.from.begin(), row.from.end(), from) != row.from.end())
                out += fmt::format("  {:<9} {}\n", to_string(row.what), words(row.then));
        out += "  other     refuse: unrecognized\n";
    }
    return out;
}

inbound_session::inbound_session(inbound_options options, inbound_policy& policy)
    : options_(std::move(options)), policy_(policy) {}

turn inbound_session::say(std::string_view text) const {
    return {wire_reply(text), next::read_line, 0};
}

turn inbound_session::bye(std::string_view text) {
    state_ = state::over;
    return {text.empty() ? std::string{} : wire_reply(text), next::finish, 0};
}

/// A protocol error of the client; one too many closes the connection.
turn inbound_session::complain(std::string_view text) {
    if (++errors_ > options_.max_errors)
        return bye(options_.replies.too_many_errors);
    return say(text);
}

void inbound_session::reset_transaction() {
    message_ = {};
    chunked_ = false;
    last_chunk_ = false;
}

turn inbound_session::on(const event& e) {
    if (std::holds_alternative<connected>(e)) {
        state_ = state::hello;
        return say(options_.banner);
    }
    if (const auto* line = std::get_if<line_received>(&e))
        return on_line(*line);
    if (const auto* data = std::get_if<data_received>(&e))
        return on_content(*data);
    if (std::holds_alternative<tls_started>(e)) {
        tls_ = true;
        state_ = state::hello;
        reset_transaction();
        return {{}, next::read_line, 0};
    }
    if (std::holds_alternative<timed_out>(e))
        return bye(options_.replies.timeout);
    return bye({}); // tls_failed, closed
}

turn inbound_session::on_line(const line_received& line) {
    if (line.too_long)
        return complain(options_.replies.line_too_long);
    return act(parse_command(line.text));
}

turn inbound_session::act(const command& c) {
    const auto row = std::find_if(table().begin(), table().end(), [&](const transition& t) {
        return t.what == c.what && std::find(t.from.begin(), t.from.end(), state_) != t.from.end();
    });
    const auto& r = options_.replies;
    const auto unrecognized =
        r.names_the_verb ? fmt::format("{} '{}'", r.unrecognized, c.name) : r.unrecognized;
    if (row == table().end())
        return complain(unrecognized);
    switch (row->then) {
    case action::hello:
        return hello(c);
    case action::upgrade:
        return policy_.starttls_offered(tls_) ? upgrade(c) : complain(tls_ ? r.starttls_twice : unrecognized);
    case action::mail:
        return mail(c);
    case action::recipient:
        return recipient(c);
    case action::content:
        if (chunked_)
            return complain(r.nested_mail); // RFC 3030: DATA and BDAT do not mix
        state_ = state::content;
        return {wire_reply(r.start_data), next::read_data, 0};
    case action::chunk:
    case action::drop_chunk:
        return chunk(c);
    case action::reset:
        reset_transaction();
        state_ = state_ == state::hello ? state::hello : state::ready;
        return say(r.reset_ok);
    case action::noop:
        return say(r.noop_ok);
    case action::quit:
        return bye(r.closing);
    case action::verify:
        return say(r.vrfy);
    case action::help:
        return say(r.help);
    case action::hello_first:
        return complain(r.hello_first);
    case action::mail_first:
        return complain(r.mail_first);
    case action::recipient_first:
        return complain(r.recipient_first);
    case action::nested_mail:
        return complain(r.nested_mail);
    case action::not_implemented:
        return complain(r.not_implemented);
    }
    return complain(unrecognized);
}

turn inbound_session::hello(const command& c) {
    if (c.argument.empty() && options_.require_domain)
        return bye(options_.replies.domain_missing);
    if (!c.argument.empty() && !acceptable_hello_name(c.argument))
        return complain(options_.replies.invalid_domain);
    const bool extended = c.what == verb::ehlo;
    auto lines = policy_.on_hello(c.argument, extended, tls_);
    if (!extended)
        lines.resize(std::min<std::size_t>(lines.size(), 1));
    reset_transaction();
    state_ = state::ready;
    return {format_reply(250, lines), next::read_line, 0};
}

turn inbound_session::upgrade(const command& c) {
    if (!c.argument.empty())
        return complain(options_.replies.starttls_parameter);
    if (const auto refusal = policy_.on_starttls())
        return say(*refusal);
    state_ = state::upgrade;
    return {wire_reply(options_.replies.starttls_ready), next::start_tls, 0};
}

turn inbound_session::mail(const command& c) {
    const auto path = parse_path(c.argument, "FROM:");
    if (!path)
        return complain(options_.replies.syntax_error);
    if (!path->address.empty() && mail_domain(path->address).empty())
        return complain(options_.replies.bad_sender);
    if (announced_size(*path).value_or(0) > options_.max_message)
        return say(options_.replies.message_too_big);
    if (const auto refusal = policy_.on_mail(*path, tls_))
        return say(*refusal);
    reset_transaction();
    message_.sender = path->address;
    state_ = state::mail;
    return say(options_.replies.sender_ok);
}

turn inbound_session::recipient(const command& c) {
    const auto path = parse_path(c.argument, "TO:");
    if (!path)
        return complain(options_.replies.syntax_error);
    if (mail_domain(path->address).empty())
        return complain(options_.replies.bad_recipient);
    if (message_.recipients.size() >= static_cast<std::size_t>(options_.max_recipients))
        return say(options_.replies.too_many_recipients);
    if (const auto refusal = policy_.on_recipient(*path, tls_))
        return say(*refusal);
    message_.recipients.push_back(path->address);
    state_ = state::recipients;
    return say(options_.replies.recipient_ok);
}

turn inbound_session::chunk(const command& c) {
    const auto wanted = parse_chunk(c.argument);
    if (!wanted || !options_.chunking)
        return complain(options_.chunking ? options_.replies.syntax_error : options_.replies.unrecognized);
    drop_chunk_ =
        state_ != state::recipients || message_.content.size() + wanted->octets > options_.max_message;
    last_chunk_ = wanted->last;
    if (!drop_chunk_)
        state_ = state::content;
    chunked_ = !drop_chunk_;
    if (wanted->octets == 0)
        return on_content({});
    return {{}, next::read_data, wanted->octets};
}

turn inbound_session::on_content(const data_received& data) {
    if (drop_chunk_) {
        drop_chunk_ = false;
        return complain(state_ == state::recipients ? options_.replies.message_too_big
                                                    : options_.replies.mail_first);
    }
    if (!chunked_) {
        message_.content = dot_unstuffed(data.bytes);
        return deliver();
    }
    message_.content += data.bytes;
    state_ = state::recipients;
    return last_chunk_ ? deliver() : say(fmt::format("250 2.6.0 {} octets received", data.bytes.size()));
}

turn inbound_session::deliver() {
    message_.tls = tls_;
    const auto text = message_.content.size() > options_.max_message ? options_.replies.message_too_big
                                                                     : policy_.on_message(message_);
    reset_transaction();
    state_ = state::ready;
    return say(text);
}

} // namespace connlab::smtp
