#include "sim/lab/flow.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/lab/assumptions.hpp"
#include "sim/lab/meeting.hpp"
#include "sim/lab/routing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace connlab::lab {

namespace {

using transport::attempt_outcome;

/// The answer, and the values that decided it.
std::string sentence(const trace::decision& d) {
    std::string out = d.question + " " + d.answer;
    for (const auto& c : d.because)
        out += fmt::format("; {}: {}", c.what, c.value);
    return out + ".";
}

/// A server and its organization.
struct party {
    const exchange::organization* organization = nullptr;
    const exchange::server* server = nullptr;
};

party find_by_name(const world& w, std::string_view name) {
    for (const auto& o : w.organizations)
        for (const auto& s : o.servers)
            if (ascii_iequal(s.name, name))
                return {&o, &s};
    return {};
}

/// Plays one message's attempt; collects into the record as it goes.
class delivery {
  public:
    delivery(const world& w, const message& m, std::string flow_id, instant at, worker& with)
        : w_(w), m_(m), with_(with), now_(at), sender_(find_by_name(w, m.server)),
          domain_(mail_domain(m.to)) {
        auto& r = out_.record;
        r.id = std::move(flow_id);
        r.message_id = m.message_id;
        r.from = m.from;
        r.to = m.to;
        r.server = m.server;
        r.begun = at;
        r.mark = m.mark;
        if (sender_.server == nullptr)
            throw std::logic_error("a message is submitted on a server that is not in the world: " +
                                   m.server);
    }

    attempt run() {
        if (sender_.server->is_exchange())
            send_by_connector();
        else
            send_as_partner();
        conclude();
        return std::move(out_);
    }

  private:
    template <class T>
    T kept(trace::decided<T> d) {
        d.why.at = now_;
        out_.record.decisions.push_back(std::move(d.why));
        return std::move(d.value);
    }

    void send_by_connector() {
        if (sender_.organization->accepts(domain_)) {
            undeliverable("lab.routing.internal", "Which hop comes next?",
                          "none: " + domain_ + " is an accepted domain of the sender's own organization",
                          "hops inside an organization are not simulated by this version");
            return;
        }
        const auto* c =
            kept(exchange::select_send_connector(*sender_.organization, *sender_.server, domain_));
        if (c == nullptr) {
            undeliverable("lab.routing.no-connector", "Where does the message wait?",
                          "in the Unreachable queue", "no Send connector takes " + domain_);
            return;
        }
        out_.record.connector = c->name;
        const auto policy =
            kept(exchange::outbound_tls_policy(*sender_.organization, *c, domain_, w_.plan.behavior));
        append(out_.record.findings, policy.findings);
        if (*c->smart_host_auth_mechanism != exchange::smart_host_auth::none)
            disclose_missing_authentication(*c);
        out_.tls_domain = policy.domain_secure ? policy.domain : std::string{};
        const auto own = kept(
            exchange::select_client_certificate(*sender_.server, *c, now_, w_.plan.behavior, with_.memo));
        log_events(own.events);
        auto judged = exchange::judge_own_certificate(*c, own);
        const auto verdict =
            c->tls_certificate_name->empty() ? std::move(judged.value) : kept(std::move(judged));
        if (verdict.action == exchange::send_action::queue) {
            last_ = {};
            last_.reply = verdict.reply;
            last_.bare = verdict.bare;
            last_.our_text = verdict.our_text;
            last_.reason = verdict.reason;
            log_events(verdict.events);
            name_queue(*c);
            return;
        }
        name_queue(*c);
        const auto port = static_cast<std::uint16_t>(*c->port);
        const auto hops = *c->dns_routing_enabled
                              ? kept(resolve_mx(w_, domain_, port))
                              : kept(resolve_smart_hosts(w_, *c->smart_hosts, port, c->smart_hosts.mark));
        try_hops(hops, *c, own, [&](const next_hop&) { return policy; });
    }

    void disclose_missing_authentication(const exchange::send_connector& c) {
        trace::decision d;
        d.rule = "lab.authentication.not-performed";
        d.question = fmt::format("How does {} authenticate to the smart host?", c.name);
        d.answer = "not at all: the lab does not perform it";
        d.because = {{"SmartHostAuthMechanism of Send connector " + c.name,
                      std::string(to_string(*c.smart_host_auth_mechanism)),
                      c.smart_host_auth_mechanism.mark}};
        d.at = now_;
        out_.record.decisions.push_back(std::move(d));
    }

    void name_queue(const exchange::send_connector& c) {
        out_.delivery_type = *c.dns_routing_enabled ? "DnsConnectorDelivery" : "SmartHostConnectorDelivery";
        out_.record.next_hop = *c.dns_routing_enabled ? domain_ : join(*c.smart_hosts, ",");
        out_.queue = c.name + "|" + out_.record.next_hop;
    }

    /// A plain SMTP server: MX routing, its own TLS level for each host, no client certificate.
    void send_as_partner() {
        exchange::send_connector c;
        c.name = sender_.server->name + " (smtp client)";
        name_queue(c);
        const auto hops = kept(resolve_mx(w_, domain_, 25));
        const exchange::certificate_choice none;
        try_hops(hops, c, none, [&](const next_hop& hop) {
            return kept(exchange::partner_tls_policy(*sender_.server, domain_, hop.host));
        });
    }

    template <class PolicyOf>
    void try_hops(const next_hops& hops, const exchange::send_connector& c,
                  const exchange::certificate_choice& own, PolicyOf policy_of) {
        if (hops.hops.empty()) {
            last_.reply = hops.failure == lookup_failure::no_such_domain
                              ? fmt::format("550 5.4.4 {} does not exist", domain_)
                              : fmt::format("451 4.4.0 no address is known for {}", out_.record.next_hop);
            last_.permanent = hops.failure == lookup_failure::no_such_domain;
            last_.our_text = true;
            last_.reason = "DnsFailure";
            return;
        }
        for (const auto& hop : hops.hops) {
            exchange::tls_policy policy = policy_of(hop);
            if (m_.clear_hosts.count(hop.host) > 0)
                policy.try_starttls = false;
            connect(hop, c, own, policy);
            if (!last_.delivered && last_.in_clear == exchange::clear_retry::at_once) {
                policy.try_starttls = false;
                connect(hop, c, own, policy);
            } else if (!last_.delivered && last_.in_clear == exchange::clear_retry::next_attempt) {
                out_.clear_hosts.insert(hop.host);
            }
            if (last_.delivered || last_.permanent)
                return;
        }
    }

    void connect(const next_hop& hop, const exchange::send_connector& c,
                 const exchange::certificate_choice& own, const exchange::tls_policy& policy) {
        auto met = meet(w_, m_, {*sender_.server, c, own, policy, domain_}, hop, now_, with_);
        auto& r = out_.record;
        now_ = met.session.ended;
        host_ = hop;
        last_ = std::move(met.outcome);
        deciding_ = met.deciding;
        append(r.deliveries, std::move(met.deliveries));
        append(r.events, std::move(met.events));
        append(r.findings, std::move(met.findings));
        r.sessions.push_back(std::move(met.session));
    }

    template <class T>
    static void append(std::vector<T>& to, std::vector<T> more) {
        std::move(more.begin(), more.end(), std::back_inserter(to));
    }

    void log_events(const std::vector<exchange::event>& events) {
        transport::session_log log;
        log.server = sender_.server->name;
        log.now = now_;
        log.add(events);
        append(out_.record.events, std::move(log.events));
    }

    void undeliverable(std::string rule, std::string question, std::string answer, std::string why) {
        trace::decision d;
        d.rule = std::move(rule);
        d.question = std::move(question);
        d.answer = std::move(answer);
        d.at = now_;
        out_.record.decisions.push_back(std::move(d));
        out_.record.outcome = trace::flow_outcome::undeliverable;
        out_.record.summary = std::move(why);
        out_.record.rule = out_.record.decisions.back().rule;
        unreachable_ = true;
    }

    void conclude() {
        auto& r = out_.record;
        r.ended = now_;
        if (!unreachable_) {
            r.outcome = last_.delivered   ? trace::flow_outcome::delivered
                        : last_.permanent ? trace::flow_outcome::failed
                                          : trace::flow_outcome::retry;
            r.reply = last_.reply;
            r.our_text = last_.our_text;
            r.decided_by = last_.reason;
            const trace::decision* why = last_.delivered ? nullptr : deciding_decision();
            r.summary = last_.delivered ? acceptance() : why != nullptr ? sentence(*why) : std::string{};
            r.rule = why != nullptr ? why->rule : std::string{};
            if (!last_.delivered)
                r.last_error = exchange::queue_last_error(sender_.server->version, last_.reply, last_.bare,
                                                          now_, host_.host, host_.where, w_.plan.behavior);
        }
        r.assumptions = assumptions_of(r);
        std::sort(r.findings.begin(), r.findings.end());
        r.findings.erase(std::unique(r.findings.begin(), r.findings.end()), r.findings.end());
    }

    /// What ended the last attempt; null: the peer, without a word that a rule of ours explains.
    const trace::decision* deciding_decision() const {
        const auto& r = out_.record;
        if (r.sessions.empty())
            return r.decisions.empty() ? nullptr : &r.decisions.back();
        return deciding_ ? &r.sessions.back().decisions[*deciding_] : nullptr;
    }

    std::string acceptance() const {
        const auto& s = out_.record.sessions.back();
        return fmt::format("{} accepted the message {}.", s.server,
                           s.handshake.completed ? "inside " + s.handshake.version : "in clear");
    }

    const world& w_;
    const message& m_;
    worker& with_;
    instant now_;
    party sender_;
    std::string domain_;
    attempt out_;
    attempt_outcome last_;
    next_hop host_;
    std::optional<std::size_t> deciding_; // among the last session's decisions
    bool unreachable_ = false;
};

} // namespace

attempt try_to_deliver(const world& w, const message& m, std::string flow_id, instant at, worker& with) {
    return delivery(w, m, std::move(flow_id), at, with).run();
}

} // namespace connlab::lab
