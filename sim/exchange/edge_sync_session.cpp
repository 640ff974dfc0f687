// The Mailbox server's side of EdgeSync.
#include "sim/exchange/edge_sync_session.hpp"

#include "certs/base64.hpp"
#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace connlab::exchange {

namespace {

bool is_good(const edge_frame& answer) {
    return answer.head.starts_with("0 ") || answer.head.starts_with("6 ");
}

} // namespace

trace::decided<bool> judge_edge_certificate(const edge_subscription& e,
                                            const std::vector<certs::certificate>& presented) {
    trace::decided<bool> out{!presented.empty() && presented.front() == e.certificate, {}};
    out.why.question =
        fmt::format("Does {} present the certificate on its object in Active Directory?", e.name);
    cite(out.why, "certificate on the Edge object", e.certificate.thumbprint(), e.mark);
    cite(out.why, "certificate that the Edge presents",
         presented.empty() ? "none" : presented.front().thumbprint());
    out.why.rule =
        out.value ? "exchange.edge-sync.certificate-matches" : "exchange.edge-sync.certificate-differs";
    out.why.answer = out.value ? "yes" : "no: the session is stopped";
    return concluded(std::move(out));
}

edge_sync_session::edge_sync_session(const organization& o, const edge_subscription& e, const server& mailbox,
                                     instant now, bool damaged)
    : e_(e), mailbox_(mailbox), now_(now), damaged_(damaged) {
    out_.offered = replication_data(o, e);
    for (auto* r : {&out_.configuration, &out_.recipients}) {
        r->name = e.name;
        r->begun = r->ended = now;
    }
    out_.configuration.type = "Configuration";
    out_.recipients.type = "Recipients";
    for (const auto& one : out_.offered)
        ++result_for(one.name).scanned;
}

edge_sync_result& edge_sync_session::result_for(const std::string& entry) {
    return lies_in({entry, {}}, recipients_container) ? out_.recipients : out_.configuration;
}

std::optional<edge_frame> edge_sync_session::stop(std::string failure) {
    out_.failure = std::move(failure);
    for (auto* r : {&out_.configuration, &out_.recipients}) {
        r->result = "CouldNotConnect";
        r->failure_details = out_.failure;
    }
    phase_ = phase::over;
    return std::nullopt;
}

void edge_sync_session::on_unavailable() {
    trace::decision d;
    d.rule = "exchange.edge-sync.unavailable";
    d.question = fmt::format("Does AD LDS of {} answer on port {}?", e_.name, e_.ssl_port);
    d.answer = "no";
    cite(d, "AdamSslPort of " + e_.name, std::to_string(e_.ssl_port), e_.mark);
    rests_on(d, d.rule);
    out_.decisions.push_back(std::move(d));
    stop(std::string(ldap_unavailable));
}

std::optional<edge_frame>
edge_sync_session::on_certificate(const std::vector<certs::certificate>& presented) {
    auto judged = judge_edge_certificate(e_, presented);
    out_.decisions.push_back(std::move(judged.why));
    if (judged.value)
        return bind();
    out_.events.push_back(edge_certificate_mismatch(e_.fqdn));
    return stop(out_.events.back().text);
}

std::optional<edge_frame> edge_sync_session::bind() {
    auto chosen = select_edge_credential(mailbox_, e_, now_);
    out_.decisions.push_back(std::move(chosen.why));
    if (chosen.value == nullptr)
        return stop(fmt::format("{} has no credential for {} that is effective.", mailbox_.name, e_.name));
    bound_with_ = chosen.value;
    auto password = decrypt_credential(mailbox_, *bound_with_, damaged_);
    out_.decisions.push_back(std::move(password.why));
    if (!password.value) { // either machine's certificate was changed
        out_.events.push_back(edge_certificate_mismatch(e_.fqdn));
        return stop(out_.events.back().text);
    }
    return edge_frame{fmt::format("BIND {} {}", bound_with_->user_name, *password.value), {}};
}

/// Of this server's replication credentials the one that is not effective yet; null: none.
const edge_credential* edge_sync_session::next_credential() const {
    for (const auto& c : mailbox_.edge_credentials)
        if (same_domain(c.target_server_fqdn, e_.fqdn) && !c.source_server_fqdn.empty() && now_ < c.effective)
            return &c;
    return nullptr;
}

/// One line for each entry of AD LDS: the hash of its attributes and its name.
void edge_sync_session::plan(const std::string& listing) {
    std::map<std::string, std::string> there;
    for (const auto& line : split(listing, '\n'))
        if (const auto blank = line.find(' '); blank != std::string::npos) {
            there[line.substr(blank + 1)] = line.substr(0, blank);
            ++result_for(line.substr(blank + 1)).target_scanned;
        }
    const auto* next = next_credential();
    next_is_there_ =
        next != nullptr && there.count(fmt::format("CN={}{}", next->user_name, credentials_container)) > 0;
    for (const auto& e : out_.offered) {
        const auto known = there.find(e.name);
        if (known == there.end())
            writes_.push_back({"ADD " + e.name, e.attributes});
        else if (known->second != certs::sha256_hex(e.attributes))
            writes_.push_back({"MODIFY " + e.name, e.attributes});
        if (known != there.end())
            there.erase(known);
    }
    for (const auto& gone : there)
        writes_.push_back({"DELETE " + gone.first, {}});
}

std::optional<edge_frame> edge_sync_session::after_search(const std::string& listing) {
    plan(listing);
    if (!next_is_there_) // it was made in this session: tested in the next one
        return next_write();
    phase_ = phase::testing;
    const auto* next = next_credential();
    auto password = decrypt_credential(mailbox_, *next, damaged_);
    out_.decisions.push_back(std::move(password.why));
    return edge_frame{
        fmt::format("COMPARE {} {}", next->user_name, password.value ? *password.value : std::string("-")),
        {}};
}

void edge_sync_session::note_test(const edge_frame& answer) {
    const auto* next = next_credential();
    trace::decision d;
    d.question = fmt::format("Will {} be able to bind with {}?", mailbox_.name, next->user_name);
    d.rule = is_good(answer) ? "exchange.edge-credential.next-good" : "exchange.edge-credential.next-bad";
    d.answer = is_good(answer) ? "yes" : "no: " + answer.head;
    cite(d, "effective from", format_instant(next->effective));
    rests_on(d, d.rule);
    out_.decisions.push_back(std::move(d));
    if (!is_good(answer))
        out_.events.push_back(next_edge_credential_not_validated(next->user_name));
}

std::optional<edge_frame> edge_sync_session::next_write() {
    phase_ = writes_.empty() ? phase::over : phase::writing;
    if (writes_.empty())
        return std::nullopt;
    written_ = std::move(writes_.front());
    writes_.pop_front();
    return written_;
}

void edge_sync_session::note_write(const edge_frame& answer) {
    const auto blank = written_.head.find(' ');
    const auto verb = written_.head.substr(0, blank);
    const auto name = written_.head.substr(blank + 1);
    auto& r = result_for(name);
    if (is_good(answer)) {
        ++(verb == "ADD" ? r.added : verb == "MODIFY" ? r.updated : r.deleted);
        return;
    }
    r.result = "Incomplete";
    const auto line = fmt::format("Failed to synchronize entry {}: {}", name, answer.content);
    r.failure_details += (r.failure_details.empty() ? "" : "; ") + line;
    out_.lines.push_back(line);
}

std::optional<edge_frame> edge_sync_session::on(const edge_frame& answer) {
    switch (phase_) {
    case phase::binding:
        if (!is_good(answer))
            return stop(fmt::format("{} was not let in: {}", bound_with_->user_name, answer.head));
        phase_ = phase::searching;
        return edge_frame{"SEARCH", {}};
    case phase::searching:
        return after_search(answer.content);
    case phase::testing:
        note_test(answer);
        return next_write();
    case phase::writing:
        note_write(answer);
        return next_write();
    case phase::over:
        break;
    }
    return std::nullopt;
}

} // namespace connlab::exchange
