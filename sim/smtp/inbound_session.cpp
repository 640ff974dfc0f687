// Receiving side. Commands × states, as inbound_transitions() prints it (a test compares the two):
//
//                  hello            ready            mail             recipients       chunks
//   HELO           greet            greet            greet            greet            greet
//   EHLO           greet            greet            greet            greet            greet
//   STARTTLS       upgrade          upgrade          !nested_mail     !nested_mail     !bad_sequence
//   X-ANONYMOUSTLS upgrade          upgrade          !nested_mail     !nested_mail     !bad_sequence
//   MAIL           !hello_first     mail             !nested_mail     !nested_mail     !bad_sequence
//   RCPT           !hello_first     !mail_first      recipient        recipient        !bad_sequence
//   DATA           !hello_first     !mail_first      !recipient_first content          !bad_sequence
//   BDAT           !hello_first     !mail_first      !recipient_first chunk            chunk
//   RSET           reset            reset            reset            reset            reset
//   NOOP           noop             noop             noop             noop             noop
//   QUIT           quit             quit             quit             quit             quit
//   VRFY           verify           verify           verify           verify           verify
//   EXPN           !not_implemented !not_implemented !not_implemented !not_implemented !not_implemented
//   HELP           help             help             help             help             help
//   AUTH           !hello_first     authenticate     !bad_sequence    !bad_sequence    !bad_sequence
//   X-EXPS         !hello_first     authenticate     !bad_sequence    !bad_sequence    !bad_sequence
//   other          !unrecognized    !unrecognized    !unrecognized    !unrecognized    !unrecognized
//
//   greet          250 with the capabilities; forgets the transaction -> ready
//   upgrade        220 when offered, then TLS; forgets all that was said -> hello (RFC 3207 4.2)
//   authenticate   asks the policy: 235, 334 and the client's response, or a refusal
//   mail           asks the policy -> mail
//   recipient      asks the policy -> recipients
//   content        354, reads to the dot, asks the policy -> ready
//   chunk          reads the octets -> chunks; with LAST asks the policy -> ready
//   reset          250, forgets the transaction -> ready, or stays in hello
//   noop           250
//   verify         252
//   help           214
//   quit           221, closes
//   !reply         refuses, stays; counts as a protocol error, one too many closes
//                  a refused BDAT is read and dropped first
//
//   line too long  refuses as above
//   timed out      tells so, closes; in a handshake without a word
//   TLS failed     closes without a word
//   closed         forgets an unfinished message
//   passed on      what the service behind said of the message
#include "sim/smtp/inbound_session.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/smtp/dot_stuffing.hpp"
#include "sim/smtp/mail_parameters.hpp"
#include "sim/smtp/reply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::smtp {

namespace {

bool acceptable_hello_name(std::string_view name) {
    if (name.size() > 2 && name.front() == '[' && name.back() == ']')
        return true;
    return is_domain_name(name);
}

bool has_bare_lf(std::string_view content) {
    for (auto at = content.find('\n'); at != std::string_view::npos; at = content.find('\n', at + 1))
        if (at == 0 || content[at - 1] != '\r')
            return true;
    return false;
}

/// RFC 5321 section 4.1.1.3: the one recipient that needs no domain.
bool is_postmaster(std::string_view address) {
    return ascii_iequal(address, "postmaster");
}

} // namespace

inbound_session::inbound_session(inbound_options options, inbound_policy& policy)
    : options_(std::move(options)), policy_(policy) {}

std::string inbound_session::bytes_of(std::string_view text) const {
    return options_.enhanced_codes ? wire_reply(text) : wire_reply(without_enhanced_code(text));
}

turn inbound_session::say(std::string_view text) const {
    return {bytes_of(text), next::read_line, 0};
}

turn inbound_session::bye(std::string_view text) {
    state_ = inbound_state::over;
    reset_transaction();
    return {text.empty() ? std::string{} : bytes_of(text), next::finish, 0};
}

/// What the policy says. 421 announces that the channel closes (RFC 5321 section 3.8).
turn inbound_session::answer(std::string_view text) {
    return text.starts_with("421") ? bye(text) : say(text);
}

/// A protocol error of the client; one too many closes the connection.
turn inbound_session::complain(std::string_view text) {
    if (++errors_ > options_.max_errors)
        return bye(options_.replies.too_many_errors);
    return answer(text);
}

void inbound_session::reset_transaction() {
    message_ = {};
    binary_ = false;
}

turn inbound_session::on(const event& e) {
    if (state_ == inbound_state::over)
        return bye({});
    if (const auto* line = std::get_if<line_received>(&e))
        return on_line(*line);
    if (const auto* data = std::get_if<data_received>(&e))
        return on_content(*data);
    if (const auto* begun = std::get_if<tls_started>(&e))
        return on_tls(*begun);
    if (const auto* behind = std::get_if<passed_on>(&e)) {
        if (state_ != inbound_state::behind)
            return bye({});
        state_ = inbound_state::ready;
        return answer(behind->reply);
    }
    if (std::holds_alternative<connected>(e) && state_ == inbound_state::greeting) {
        if (!options_.banner.starts_with('2'))
            return bye(options_.banner);
        state_ = inbound_state::hello;
        return say(options_.banner);
    }
    if (std::holds_alternative<timed_out>(e) && state_ != inbound_state::upgrade)
        return bye(options_.replies.timeout);
    return bye({}); // tls_failed, closed; a failed handshake never goes on in clear
}

turn inbound_session::on_tls(const tls_started& begun) {
    if (state_ != inbound_state::upgrade)
        return bye({});
    tls_ = true;
    upgraded_by_ = upgrading_by_;
    discarded_ = begun.discarded;
    advertised_ = {};
    reset_transaction();
    state_ = inbound_state::hello;
    return {{}, next::read_line, 0};
}

turn inbound_session::authenticate(const command& c) {
    const auto blank = c.argument.find(' ');
    const auto mechanism = ascii_upper(c.argument.substr(0, blank));
    const auto response =
        blank == std::string::npos ? std::string{} : std::string(trim(c.argument.substr(blank)));
    const auto step = policy_.on_authenticate(c.what, mechanism, response, tls_);
    if (!step)
        return complain(c.what == verb::auth ? options_.replies.auth_unknown_mechanism
                                             : refusal(inbound_action::unrecognized, c));
    return follow(*step);
}

turn inbound_session::on_response(const line_received& line) {
    state_ = inbound_state::ready;
    if (line.text == "*") // RFC 4954 section 4: the client gives up
        return complain(options_.replies.syntax_error);
    return follow(policy_.on_response(line.text));
}

turn inbound_session::follow(const authentication_step& step) {
    if (step.refused && ++failed_logons_ >= options_.max_logon_failures && options_.max_logon_failures > 0) {
        policy_.on_too_many_failed_logons();
        return bye(step.reply);
    }
    if (step.reply.starts_with("334"))
        state_ = inbound_state::challenge;
    auto out = answer(step.reply);
    out.secret = step.secret;
    return out;
}

turn inbound_session::on_line(const line_received& line) {
    if (state_ == inbound_state::challenge)
        return on_response(line);
    if (!takes_commands(state_))
        return bye({});
    if (line.too_long || line.text.size() > options_.max_line)
        return complain(options_.replies.line_too_long);
    if (line.bare_lf && options_.refuse_bare_lf)
        return complain(options_.replies.bare_lf);
    const auto c = parse_command(line.text);
    const auto a = action_for(state_, c.what);
    return c.what == verb::bdat ? chunk(c, a) : act(a, c);
}

turn inbound_session::act(inbound_action a, const command& c) {
    const auto& r = options_.replies;
    switch (a) {
    case inbound_action::greet:
        return hello(c);
    case inbound_action::upgrade:
        return upgrade(c);
    case inbound_action::authenticate:
        return authenticate(c);
    case inbound_action::mail:
        return mail(c);
    case inbound_action::recipient:
        return recipient(c);
    case inbound_action::content:
        return content(c);
    case inbound_action::chunk:
        return chunk(c, a);
    case inbound_action::reset:
        return reset(c);
    case inbound_action::noop:
        return say(r.noop_ok);
    case inbound_action::verify:
        return say(r.vrfy);
    case inbound_action::help:
        return say(r.help);
    case inbound_action::quit:
        return bye(r.closing);
    case inbound_action::hello_first:
    case inbound_action::mail_first:
    case inbound_action::recipient_first:
    case inbound_action::nested_mail:
    case inbound_action::bad_sequence:
    case inbound_action::not_implemented:
    case inbound_action::unrecognized:
        break;
    }
    return complain(refusal(a, c));
}

std::string inbound_session::refusal(inbound_action a, const command& c) const {
    const auto& r = options_.replies;
    if (a == inbound_action::hello_first)
        return r.hello_first;
    if (a == inbound_action::mail_first)
        return r.mail_first;
    if (a == inbound_action::recipient_first)
        return r.recipient_first;
    if (a == inbound_action::nested_mail)
        return r.nested_mail;
    if (a == inbound_action::bad_sequence)
        return r.bad_sequence;
    if (a == inbound_action::not_implemented)
        return r.not_implemented;
    return r.names_the_verb ? fmt::format("{} '{}'", r.unrecognized, c.name) : r.unrecognized;
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
    advertised_ = capabilities::of(lines);
    reset_transaction();
    state_ = inbound_state::ready;
    return {format_reply(250, lines), next::read_line, 0};
}

turn inbound_session::upgrade(const command& c) {
    const bool anonymous = c.what == verb::x_anonymoustls;
    const bool offered = anonymous ? policy_.anonymous_tls_offered(tls_) : policy_.starttls_offered(tls_);
    if (!offered)
        return complain(tls_ && !anonymous ? options_.replies.starttls_twice
                                           : refusal(inbound_action::unrecognized, c));
    if (!c.argument.empty())
        return complain(options_.replies.starttls_parameter);
    if (const auto refused = policy_.on_starttls())
        return answer(*refused);
    upgrading_by_ = c.what;
    state_ = inbound_state::upgrade;
    return {bytes_of(options_.replies.starttls_ready), next::start_tls, 0};
}

const std::string& inbound_session::refusal(parameter_fault fault) const {
    return fault == parameter_fault::unknown ? options_.replies.unknown_parameter
                                             : options_.replies.syntax_error;
}

turn inbound_session::mail(const command& c) {
    const auto path = parse_path(c.argument, "FROM:");
    if (!path)
        return complain(ascii_istarts_with(c.argument, "FROM:") ? options_.replies.bad_sender
                                                                : options_.replies.syntax_error);
    if (!path->address.empty() && !is_mailbox(path->address))
        return complain(options_.replies.bad_sender);
    const auto fault = check_mail_parameters(*path, advertised_, options_.extra_parameters);
    if (fault != parameter_fault::none)
        return complain(refusal(fault));
    if (announced_size(*path).value_or(0) > options_.max_message)
        return say(options_.replies.message_too_big);
    if (const auto refused = policy_.on_mail(*path, tls_))
        return answer(*refused);
    reset_transaction();
    message_.sender = path->address;
    const auto* body = path->find("BODY");
    binary_ = body != nullptr && ascii_iequal(*body, "BINARYMIME");
    state_ = inbound_state::mail;
    return say(options_.replies.sender_ok);
}

turn inbound_session::recipient(const command& c) {
    const auto path = parse_path(c.argument, "TO:");
    if (!path)
        return complain(ascii_istarts_with(c.argument, "TO:") ? options_.replies.bad_recipient
                                                              : options_.replies.syntax_error);
    if (!is_mailbox(path->address) && !is_postmaster(path->address))
        return complain(options_.replies.bad_recipient);
    const auto fault = check_recipient_parameters(*path, advertised_, options_.extra_parameters);
    if (fault != parameter_fault::none)
        return complain(refusal(fault));
    if (message_.recipients.size() >= static_cast<std::size_t>(options_.max_recipients))
        return say(options_.replies.too_many_recipients);
    if (const auto refused = policy_.on_recipient(*path, tls_))
        return answer(*refused);
    message_.recipients.push_back(path->address);
    state_ = inbound_state::recipients;
    return say(options_.replies.recipient_ok);
}

turn inbound_session::reset(const command& c) {
    if (!c.argument.empty())
        return complain(options_.replies.syntax_error);
    reset_transaction();
    if (state_ != inbound_state::hello)
        state_ = inbound_state::ready;
    return say(options_.replies.reset_ok);
}

turn inbound_session::content(const command& c) {
    if (!c.argument.empty())
        return complain(options_.replies.syntax_error);
    if (binary_) // RFC 3030 section 3
        return complain(options_.replies.bad_sequence);
    state_ = inbound_state::content;
    return {bytes_of(options_.replies.start_data), next::read_data, 0};
}

/// The octets of a chunk follow their command at once, whether it is welcome or not (RFC 3030 section 2).
turn inbound_session::chunk(const command& c, inbound_action a) {
    if (!options_.chunking)
        return complain(refusal(inbound_action::unrecognized, c));
    const auto wanted = parse_chunk(c.argument);
    if (!wanted) // what comes is content, and nobody knows how much: it must not be read as commands
        return bye(options_.replies.syntax_error);
    if (wanted->octets > options_.max_message)
        return bye(options_.replies.message_too_big);
    pending_ = {};
    pending_.last = wanted->last;
    pending_.behind = state_;
    if (a != inbound_action::chunk) {
        pending_.refusal = refusal(a, c);
        pending_.counts = true;
    } else if (message_.content.size() + wanted->octets > options_.max_message) {
        pending_.refusal = options_.replies.message_too_big;
        pending_.aborts = true;
    }
    state_ = inbound_state::chunk;
    if (wanted->octets == 0)
        return on_chunk({});
    return {{}, next::read_data, wanted->octets};
}

turn inbound_session::on_content(const data_received& data) {
    if (state_ == inbound_state::chunk)
        return on_chunk(data.bytes);
    if (state_ != inbound_state::content)
        return bye({});
    message_.content = dot_unstuffed(data.bytes);
    return deliver();
}

turn inbound_session::on_chunk(std::string_view octets) {
    state_ = pending_.behind;
    if (!pending_.refusal.empty()) {
        if (pending_.aborts) {
            reset_transaction();
            state_ = inbound_state::ready;
        }
        return pending_.counts ? complain(pending_.refusal) : say(pending_.refusal);
    }
    message_.content += octets;
    state_ = inbound_state::chunks;
    return pending_.last ? deliver() : say(fmt::format("250 2.6.0 {} octets received", octets.size()));
}

turn inbound_session::deliver() {
    message_.tls = tls_;
    std::string text;
    if (options_.passes_on && message_.content.size() <= options_.max_message) {
        text = policy_.on_message(message_);
        reset_transaction();
        if (text.starts_with('2')) {
            state_ = inbound_state::behind;
            return {{}, next::pass_on, 0};
        }
        state_ = inbound_state::ready;
        return answer(text);
    }
    if (message_.content.size() > options_.max_message)
        text = options_.replies.message_too_big;
    else if (options_.refuse_bare_lf && has_bare_lf(message_.content))
        text = options_.replies.bare_lf;
    else
        text = policy_.on_message(message_);
    reset_transaction();
    state_ = inbound_state::ready;
    return answer(text);
}

} // namespace connlab::smtp
