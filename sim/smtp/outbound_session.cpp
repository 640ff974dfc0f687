// Sending side. What the reply answers × its class, as outbound_transitions() prints it (a test compares the
// two):
//
//               2xx        3xx        4xx        5xx        421
//   banner      greet      fail       fail       fail       hang_up
//   EHLO        capable    fail       fail       fall_back  hang_up
//   HELO        capable    fail       fail       fail       hang_up
//   STARTTLS    handshake  no_tls     no_tls     no_tls     hang_up
//   AUTH        logged_on  respond    logged_on  logged_on  hang_up
//   MAIL        proceed    fail       fail       fail       hang_up
//   RCPT        let_in     keep_out   keep_out   keep_out   hang_up
//   DATA        fail       content    fail       fail       hang_up
//   content     delivered  fail       fail       fail       hang_up
//   QUIT        finish     finish     finish     finish     finish
//
//   greet       EHLO; HELO when that is forced
//   capable     asks the policy: upgrade, MAIL, QUIT or close
//   fall_back   HELO (RFC 5321 3.2), unless the policy would rather fail
//   handshake   TLS; then the policy is asked, and EHLO again: the first answer is forgotten
//   no_tls      asks the policy: MAIL in clear, QUIT or close
//   respond     the answer to a challenge, as the policy has it
//   logged_on   asks the policy, also when refused: MAIL, QUIT or close
//   proceed     RCPT; with PIPELINING MAIL, RCPT and DATA went out together
//   let_in      next RCPT, then DATA or BDAT
//   keep_out    as above; fails when nobody is let in
//   content     the message; a lone dot when nobody was let in (RFC 2920 3.1)
//   delivered   next chunk, or QUIT
//   fail        reads the replies to what was sent together, then QUIT
//   hang_up     closes without QUIT
//   finish      closes
//
//   malformed, closed, timed out, TLS failed: closes; what was decided before stays
#include "sim/smtp/outbound_session.hpp"

#include "sim/smtp/dot_stuffing.hpp"
#include "sim/smtp/mail_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::smtp {

namespace {

bool is_eight_bit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

phase phase_of(outbound_awaited what) {
    switch (what) {
    case outbound_awaited::banner:
        return phase::banner;
    case outbound_awaited::ehlo:
    case outbound_awaited::helo:
        return phase::hello;
    case outbound_awaited::starttls:
        return phase::starttls;
    case outbound_awaited::auth:
        return phase::auth;
    case outbound_awaited::mail:
        return phase::mail;
    case outbound_awaited::recipient:
        return phase::recipient;
    case outbound_awaited::data:
        return phase::data;
    case outbound_awaited::content:
        return phase::content;
    case outbound_awaited::quit:
        return phase::quit;
    }
    return phase::banner;
}

} // namespace

std::string_view to_string(phase p) {
    switch (p) {
    case phase::banner:
        return "banner";
    case phase::hello:
        return "EHLO";
    case phase::starttls:
        return "STARTTLS";
    case phase::tls:
        return "TLS handshake";
    case phase::auth:
        return "AUTH";
    case phase::mail:
        return "MAIL FROM";
    case phase::recipient:
        return "RCPT TO";
    case phase::data:
        return "DATA";
    case phase::content:
        return "message content";
    case phase::quit:
        return "QUIT";
    }
    return {};
}

std::string_view to_string(ending e) {
    switch (e) {
    case ending::none:
        return "none";
    case ending::delivered:
        return "delivered";
    case ending::refused:
        return "refused";
    case ending::left_by_policy:
        return "left by policy";
    case ending::tls_failed:
        return "TLS failed";
    case ending::closed:
        return "closed";
    case ending::timed_out:
        return "timed out";
    case ending::malformed:
        return "malformed reply";
    case ending::no_smtputf8:
        return "no SMTPUTF8";
    }
    return {};
}

outbound_session::outbound_session(outbound_options options, outbound_policy& policy)
    : options_(std::move(options)), policy_(policy), awaited_{outbound_awaited::banner} {
    result_.recipients.reserve(options_.recipients.size());
    for (const auto& address : options_.recipients) {
        recipient_result r;
        r.address = address;
        result_.recipients.push_back(std::move(r));
    }
}

turn outbound_session::read_on() const {
    return {{}, next::read_line, 0};
}

turn outbound_session::ask(std::string bytes, outbound_awaited what) {
    awaited_.assign(1, what);
    answered_ = 0;
    return {std::move(bytes), next::read_line, 0};
}

turn outbound_session::quit() {
    return ask("QUIT\r\n", outbound_awaited::quit);
}

/// The first ending counts; what happens while saying goodbye does not change it.
void outbound_session::decide(ending how, std::optional<reply> deciding) {
    if (result_.how != ending::none)
        return;
    result_.how = how;
    result_.where = phase_;
    result_.deciding = std::move(deciding);
}

turn outbound_session::stop(ending how, std::optional<reply> deciding) {
    decide(how, std::move(deciding));
    over_ = true;
    return {{}, next::finish, 0};
}

turn outbound_session::leave(ending how) {
    decide(how, std::nullopt);
    return quit();
}

turn outbound_session::fail(ending how, const reply& r) {
    decide(how, r);
    return answered_ < awaited_.size() ? read_on() : quit();
}

turn outbound_session::on(const event& e) {
    if (over_)
        return {{}, next::finish, 0};
    if (const auto* line = std::get_if<line_received>(&e))
        return on_line(*line);
    if (std::holds_alternative<connected>(e))
        return read_on();
    if (const auto* begun = std::get_if<tls_started>(&e))
        return on_tls(*begun);
    if (std::holds_alternative<tls_failed>(e))
        return lose(ending::tls_failed);
    if (std::holds_alternative<timed_out>(e))
        return lose(ending::timed_out);
    return lose(ending::closed);
}

/// The end of a session that was waiting for something.
turn outbound_session::lose(ending how, std::optional<reply> deciding) {
    if (answered_ < awaited_.size())
        phase_ = phase_of(awaited_[answered_]);
    return stop(how, std::move(deciding));
}

turn outbound_session::on_line(const line_received& line) {
    if (line.too_long)
        return lose(ending::malformed, malformed_reply(line.text));
    const auto whole = reader_.add(line.text);
    return whole ? on_reply(*whole) : read_on();
}

turn outbound_session::on_tls(const tls_started& begun) {
    if (tls_ || phase_ != phase::tls)
        return stop(ending::malformed);
    tls_ = true;
    discarded_ = begun.discarded;
    peer_ = {};
    reader_ = {};
    const auto step = policy_.after_tls();
    return step == outbound_step::quit || step == outbound_step::disconnect ? follow(step) : say_hello(true);
}

turn outbound_session::on_reply(const reply& r) {
    if (r.malformed || answered_ == awaited_.size()) // or nobody asked
        return lose(ending::malformed, r);
    const auto what = awaited_[answered_++];
    if (what != outbound_awaited::quit)
        phase_ = phase_of(what);
    switch (action_for(what, class_of(r))) {
    case outbound_action::greet:
        return say_hello(!options_.force_helo);
    case outbound_action::capable:
        return on_hello(r, what == outbound_awaited::ehlo);
    case outbound_action::fall_back:
        return policy_.helo_will_do(r) ? say_hello(false) : fail(ending::refused, r);
    case outbound_action::handshake:
        phase_ = phase::tls;
        return {{}, next::start_tls, 0};
    case outbound_action::no_tls:
        return follow(policy_.after_starttls_refused(r));
    case outbound_action::respond:
        return authenticate(policy_.response_to(r));
    case outbound_action::logged_on: {
        const auto step = policy_.after_authentication(r);
        if (step == outbound_step::quit && !r.positive())
            return fail(ending::refused, r);
        return follow(step);
    }
    case outbound_action::proceed:
        return next_in_envelope();
    case outbound_action::let_in:
    case outbound_action::keep_out:
        return on_recipient(r);
    case outbound_action::content:
        if (result_.how != ending::none) // nobody is there, yet the peer wants content
            return ask(".\r\n", outbound_awaited::content);
        return send_content();
    case outbound_action::delivered:
        return on_content_taken(r);
    case outbound_action::fail:
        return fail(ending::refused, r);
    case outbound_action::hang_up:
        return stop(ending::refused, r);
    case outbound_action::finish:
        over_ = true;
        return {{}, next::finish, 0};
    }
    return stop(ending::malformed, r);
}

turn outbound_session::say_hello(bool extended) {
    return ask(fmt::format("{} {}\r\n", extended ? "EHLO" : "HELO", options_.hello_name),
               extended ? outbound_awaited::ehlo : outbound_awaited::helo);
}

turn outbound_session::authenticate(std::string line) {
    auto out = ask(std::move(line) + "\r\n", outbound_awaited::auth);
    out.secret = true;
    return out;
}

turn outbound_session::on_hello(const reply& r, bool extended) {
    peer_ = extended ? capabilities::of(r) : capabilities{};
    return follow(policy_.after_hello(peer_, tls_));
}

turn outbound_session::follow(outbound_step step) {
    switch (step) {
    case outbound_step::start_tls:
    case outbound_step::start_anonymous_tls:
        if (tls_) // one upgrade a session
            return begin_envelope();
        if (phase_ == phase::starttls) // refused a moment ago; never on in clear against the policy's word
            return leave(ending::left_by_policy);
        return ask(step == outbound_step::start_tls ? "STARTTLS\r\n" : "X-ANONYMOUSTLS\r\n",
                   outbound_awaited::starttls);
    case outbound_step::authenticate:
        return authenticate(policy_.authentication());
    case outbound_step::proceed:
        return begin_envelope();
    case outbound_step::quit:
        return leave(ending::left_by_policy);
    case outbound_step::disconnect:
        return stop(ending::left_by_policy);
    }
    return stop(ending::left_by_policy);
}

bool outbound_session::needs_smtputf8() const {
    return is_eight_bit(options_.sender) ||
           std::any_of(options_.recipients.begin(), options_.recipients.end(), is_eight_bit);
}

void outbound_session::add_mail(std::string& out) const {
    out += "MAIL FROM:<";
    out += options_.sender;
    out += '>';
    if (options_.announce_size && peer_.has("SIZE"))
        out += fmt::format(" SIZE={}", options_.content.size());
    // Content is not converted: a peer that cannot take eight bits gets them without a word.
    if (peer_.has("8BITMIME") && is_eight_bit(options_.content))
        out += " BODY=8BITMIME";
    if (needs_smtputf8())
        out += " SMTPUTF8";
    if (peer_.has("XOORG") && !options_.originator_organization.empty())
        out += " XOORG=" + options_.originator_organization;
    if (peer_.has("DSN")) {
        const auto& n = options_.notification;
        if (!n.returned.empty())
            out += " RET=" + n.returned;
        if (!n.envelope_id.empty())
            out += " ENVID=" + encode_xtext(n.envelope_id);
    }
    out += "\r\n";
}

void outbound_session::add_recipient(std::string& out, const std::string& address) const {
    out += "RCPT TO:<";
    out += address;
    out += '>';
    if (peer_.has("DSN")) {
        const auto& n = options_.notification;
        if (!n.notify.empty())
            out += " NOTIFY=" + n.notify;
        if (n.original_recipient)
            out += " ORCPT=rfc822;" + encode_xtext(address);
    }
    out += "\r\n";
}

/// MAIL; with PIPELINING also every RCPT and DATA, in one write.
turn outbound_session::begin_envelope() {
    if (needs_smtputf8() && !peer_.has("SMTPUTF8"))
        return leave(ending::no_smtputf8);
    auto out = ask({}, outbound_awaited::mail);
    add_mail(out.send);
    if (!peer_.has("PIPELINING"))
        return out;
    for (const auto& address : options_.recipients)
        add_recipient(out.send, address);
    asked_recipients_ = options_.recipients.size();
    awaited_.insert(awaited_.end(), asked_recipients_, outbound_awaited::recipient);
    if (!(options_.use_chunking && peer_.has("CHUNKING"))) {
        out.send += "DATA\r\n";
        awaited_.push_back(outbound_awaited::data);
        asked_data_ = true;
    }
    return out;
}

turn outbound_session::next_in_envelope() {
    if (answered_ < awaited_.size())
        return read_on();
    if (result_.how != ending::none)
        return quit();
    if (asked_recipients_ < options_.recipients.size()) {
        auto out = ask({}, outbound_awaited::recipient);
        add_recipient(out.send, options_.recipients[asked_recipients_++]);
        return out;
    }
    if (options_.use_chunking && peer_.has("CHUNKING"))
        return send_chunk();
    asked_data_ = true;
    return ask("DATA\r\n", outbound_awaited::data);
}

turn outbound_session::on_recipient(const reply& r) {
    auto& recipient = result_.recipients[answered_recipients_++];
    if (result_.how == ending::none) { // after a refused MAIL the answers say nothing about the recipients
        recipient.answer = r;
        recipient.accepted = r.positive();
        accepted_ += recipient.accepted ? 1 : 0;
        if (accepted_ == 0 && answered_recipients_ == options_.recipients.size())
            return fail(ending::refused, r);
    }
    return next_in_envelope();
}

turn outbound_session::send_content() {
    auto out = ask(dot_stuffed(options_.content), outbound_awaited::content);
    out.content = true;
    return out;
}

turn outbound_session::send_chunk() {
    const auto rest = options_.content.size() - sent_;
    const auto size = options_.chunk_size == 0 ? rest : std::min(rest, options_.chunk_size);
    auto bytes = fmt::format("BDAT {}{}\r\n", size, size == rest ? " LAST" : "");
    bytes.append(options_.content, sent_, size);
    sent_ += size;
    auto out = ask(std::move(bytes), outbound_awaited::content);
    out.content = true;
    return out;
}

turn outbound_session::on_content_taken(const reply& r) {
    if (result_.how != ending::none) // the lone dot
        return quit();
    if (!asked_data_ && sent_ < options_.content.size())
        return send_chunk();
    decide(ending::delivered, r);
    return quit();
}

} // namespace connlab::smtp
