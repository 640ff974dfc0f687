// Sending side.
//
//   banner 2xx → EHLO (HELO when forced, or when EHLO is not understood) → policy
//     start_tls  → STARTTLS, 2xx → handshake → policy → EHLO again; what the first EHLO told is forgotten
//     proceed    → MAIL, RCPT …, DATA; in one group when the peer offers PIPELINING (RFC 2920)
//     quit       → QUIT; disconnect → close
//   content accepted → QUIT. A refused recipient does not stop the others; none accepted ends the
//   transaction. Any 4xx or 5xx ends the attempt with QUIT; closed, timed out, malformed end it at once.
#include "sim/smtp/outbound_session.hpp"

#include "sim/base/ascii.hpp"
#include "sim/smtp/dot_stuffing.hpp"

#include <fmt/format.h>

namespace connlab::smtp {

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

outbound_session::outbound_session(outbound_options options, outbound_policy& policy)
    : options_(std::move(options)), policy_(policy), awaited_{awaited::banner} {}

phase outbound_session::current_phase() const {
    if (awaited_.empty())
        return phase::tls;
    switch (awaited_.front()) {
    case awaited::banner:
        return phase::banner;
    case awaited::ehlo:
    case awaited::helo:
        return phase::hello;
    case awaited::starttls:
        return phase::starttls;
    case awaited::mail:
        return phase::mail;
    case awaited::recipient:
        return phase::recipient;
    case awaited::data:
        return phase::data;
    case awaited::content:
        return phase::content;
    case awaited::quit:
        return phase::quit;
    }
    return phase::banner;
}

turn outbound_session::ask(std::string bytes, std::vector<awaited> replies) {
    awaited_ = std::move(replies);
    return {std::move(bytes), next::read_line, 0};
}

turn outbound_session::quit() {
    return ask("QUIT\r\n", {awaited::quit});
}

/// The first ending counts; what happens while saying goodbye does not change it.
turn outbound_session::end(ending how, std::optional<reply> deciding) {
    const bool goodbye = how == ending::delivered || how == ending::refused;
    if (result_.how == ending::none) {
        result_.how = how;
        result_.where = current_phase();
        result_.deciding = std::move(deciding);
    } else if (!goodbye) {
        return {{}, next::finish, 0};
    }
    return goodbye ? quit() : turn{{}, next::finish, 0};
}

turn outbound_session::on(const event& e) {
    if (const auto* line = std::get_if<line_received>(&e)) {
        if (line->too_long) {
            reply bad;
            bad.malformed = true;
            bad.lines.push_back(line->text.substr(0, 80));
            return end(ending::malformed, std::move(bad));
        }
        const auto whole = reader_.add(line->text);
        return whole ? on_reply(*whole) : turn{{}, next::read_line, 0};
    }
    if (std::holds_alternative<connected>(e))
        return {{}, next::read_line, 0};
    if (std::holds_alternative<tls_started>(e)) {
        tls_ = true;
        peer_ = {};
        const auto step = policy_.after_tls();
        return step == outbound_step::proceed ? say_hello(true) : follow(step);
    }
    if (std::holds_alternative<tls_failed>(e))
        return end(ending::tls_failed, std::nullopt);
    if (std::holds_alternative<timed_out>(e))
        return end(ending::timed_out, std::nullopt);
    return end(ending::closed, std::nullopt);
}

turn outbound_session::on_reply(const reply& r) {
    if (r.malformed)
        return end(ending::malformed, r);
    if (awaited_.empty()) // a reply nobody asked for
        return end(ending::malformed, r);
    const auto what = awaited_.front();
    switch (what) {
    case awaited::banner:
        return on_banner(r);
    case awaited::ehlo:
    case awaited::helo:
        return on_hello(r, what == awaited::ehlo);
    case awaited::starttls:
        return on_starttls(r);
    case awaited::mail:
    case awaited::recipient:
    case awaited::data:
        return on_envelope(what, r);
    case awaited::content:
        return end(r.positive() ? ending::delivered : ending::refused, r);
    case awaited::quit:
        return {{}, next::finish, 0};
    }
    return end(ending::malformed, r);
}

turn outbound_session::on_banner(const reply& r) {
    return r.positive() ? say_hello(!options_.force_helo) : end(ending::refused, r);
}

turn outbound_session::say_hello(bool extended) {
    return ask(fmt::format("{} {}\r\n", extended ? "EHLO" : "HELO", options_.hello_name),
               {extended ? awaited::ehlo : awaited::helo});
}

turn outbound_session::on_hello(const reply& r, bool extended) {
    if (extended && r.permanent()) // an old server: RFC 5321 section 3.2
        return say_hello(false);
    if (!r.positive())
        return end(ending::refused, r);
    peer_ = extended ? capabilities::of(r) : capabilities{};
    return follow(policy_.after_hello(peer_, tls_));
}

turn outbound_session::follow(outbound_step step) {
    switch (step) {
    case outbound_step::start_tls:
        return ask("STARTTLS\r\n", {awaited::starttls});
    case outbound_step::proceed:
        return send_envelope();
    case outbound_step::quit:
        end(ending::left_by_policy, std::nullopt);
        return quit();
    case outbound_step::disconnect:
        return end(ending::left_by_policy, std::nullopt);
    }
    return end(ending::left_by_policy, std::nullopt);
}

turn outbound_session::on_starttls(const reply& r) {
    if (!r.positive())
        return follow(policy_.after_starttls_refused(r));
    awaited_.clear();
    return {{}, next::start_tls, 0};
}

turn outbound_session::send_envelope() {
    chunking_ = options_.use_chunking && peer_.has("CHUNKING");
    std::vector<std::string> commands;
    std::vector<awaited> replies = {awaited::mail};
    commands.push_back(
        fmt::format("MAIL FROM:<{}>{}\r\n", options_.sender,
                    peer_.has("SIZE") ? fmt::format(" SIZE={}", options_.content.size()) : ""));
    for (const auto& address : options_.recipients) {
        commands.push_back(fmt::format("RCPT TO:<{}>\r\n", address));
        replies.push_back(awaited::recipient);
    }
    if (!chunking_) {
        commands.emplace_back("DATA\r\n");
        replies.push_back(awaited::data);
    }
    accepted_ = 0;
    answered_recipients_ = 0;
    envelope_failure_.reset();
    if (!peer_.has("PIPELINING")) {
        awaited_ = std::move(replies);
        return {commands.front(), next::read_line, 0};
    }
    std::string group;
    for (const auto& c : commands)
        group += c;
    return ask(std::move(group), std::move(replies));
}

/// One reply of the envelope group. Without pipelining the next command follows each reply.
turn outbound_session::on_envelope(awaited what, const reply& r) {
    const bool pipelined = peer_.has("PIPELINING");
    if (what == awaited::recipient) {
        if (r.positive())
            ++accepted_;
        else
            result_.refused_recipients.emplace_back(options_.recipients[answered_recipients_], r);
        ++answered_recipients_;
    }
    const bool fatal =
        (what == awaited::mail && !r.positive()) || (what == awaited::data && !r.intermediate());
    const bool nobody = answered_recipients_ == options_.recipients.size() && accepted_ == 0;
    if ((fatal || (nobody && what == awaited::recipient)) && !envelope_failure_) {
        envelope_failure_ = r;
        result_.how = ending::refused;
        result_.where = current_phase();
        result_.deciding = r;
    }
    awaited_.erase(awaited_.begin());
    if (what == awaited::data && r.intermediate() &&
        envelope_failure_) // nobody is there, yet the peer wants content
        return ask(".\r\n", {awaited::content});
    if (envelope_failure_ && (!pipelined || awaited_.empty()))
        return quit();
    if (awaited_.empty())
        return send_content();
    if (pipelined)
        return {{}, next::read_line, 0};
    return {awaited_.front() == awaited::data
                ? std::string("DATA\r\n")
                : fmt::format("RCPT TO:<{}>\r\n", options_.recipients[answered_recipients_]),
            next::read_line, 0};
}

turn outbound_session::send_content() {
    auto out = chunking_ ? ask(fmt::format("BDAT {} LAST\r\n{}", options_.content.size(), options_.content),
                               {awaited::content})
                         : ask(dot_stuffed(options_.content), {awaited::content});
    out.content = true;
    return out;
}

} // namespace connlab::smtp
