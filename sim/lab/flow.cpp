#include "sim/lab/flow.hpp"

#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/internal_hops.hpp"
#include "sim/exchange/limits.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/online_headers.hpp"
#include "sim/exchange/online_sending.hpp"
#include "sim/lab/assumptions.hpp"
#include "sim/lab/meeting.hpp"
#include "sim/lab/own_certificates.hpp"
#include "sim/lab/routing.hpp"
#include "sim/trace/repeated_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace connlab::lab {

namespace {

using transport::attempt_outcome;

constexpr std::uint16_t smtp_port = 25;

/// The answer, and the values that decided it.
std::string sentence(const trace::decision& d) {
    std::string out = d.question + " " + d.answer;
    for (const auto& c : d.because)
        out += fmt::format("; {}: {}", c.what, c.value);
    return out + ".";
}

/// Plays one message's attempt; collects into the record as it goes.
class delivery {
  public:
    delivery(const world& w, const message& m, std::string flow_id, instant at, worker& with)
        : w_(w), m_(m), with_(with), now_(at), holder_(w.party_named(m.server)), domain_(mail_domain(m.to)) {
        auto& r = out_.record;
        r.id = std::move(flow_id);
        r.message_id = m.message_id;
        r.kind = m.kind;
        r.about = m.about;
        r.from = m.from;
        r.to = m.to;
        r.server = m.server;
        r.begun = at;
        r.mark = m.mark;
        if (holder_.server == nullptr)
            throw std::logic_error("a message is submitted on a server that is not in the world: " +
                                   m.server);
    }

    attempt run() {
        do
            one_hop();
        while (goes_on());
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

    void one_hop() {
        last_ = {};
        deciding_.reset();
        deciding_here_.reset();
        host_ = {};
        online_.reset();
        if (is_online(holder_))
            return send_online();
        if (!holder_.server->is_exchange())
            return holder_.organization->accepts(domain_) && !m_.kind.empty() ? keep_here()
                                                                              : send_as_partner();
        const auto& o = *holder_.organization;
        if (holder_.server->role == exchange::server_role::mailbox && !o.knows(m_.to))
            return refuse(kept(exchange::judge_recipient(o, m_.to)));
        const exchange::send_connector* chosen = nullptr;
        const bool accepted = exchange::accepts_for(o, *holder_.server, domain_);
        if (!accepted || leaves_again() || passes_inwards()) {
            chosen = kept(exchange::select_send_connector(o, *holder_.server, domain_));
            if (chosen == nullptr)
                return undeliverable("lab.routing.no-connector", "Where does the message wait?",
                                     "in the Unreachable queue", "no Send connector takes " + domain_);
        }
        auto stage = exchange::select_next_stage(o, *holder_.server, m_.to, chosen);
        if (stage.value.step == exchange::next_step::leave && !chosen->frontend_proxy_enabled.configured())
            return send_by_connector(*chosen, false); // nothing that needs saying
        const auto next = kept(std::move(stage));
        out_.delivery_type = next.delivery_type;
        switch (next.step) {
        case exchange::next_step::mailbox_delivery:
            return send_inside(next, exchange::delivery_port);
        case exchange::next_step::hub:
            return send_inside(next, exchange::hub_port);
        case exchange::next_step::edge:
            return send_inside(next, smtp_port);
        case exchange::next_step::from_edge:
            return send_inwards(next);
        case exchange::next_step::proxy:
            return send_by_connector(*chosen, true);
        case exchange::next_step::leave:
            return send_by_connector(*chosen, false);
        case exchange::next_step::nowhere:
            break;
        }
        unreachable(out_.record.decisions.back().answer);
    }

    /// Whether the domain is accepted and the mailbox elsewhere. An Edge leaves that to the Mailbox servers.
    bool leaves_again() {
        const auto& o = *holder_.organization;
        if (holder_.server->role == exchange::server_role::edge ||
            *o.settings_of(domain_).type == exchange::domain_type::authoritative)
            return false;
        return kept(exchange::is_relayed(o, m_.to));
    }

    static bool is_online(const party& p) {
        return p.server->role == exchange::server_role::exchange_online && !p.organization->tenants.empty();
    }

    /// Whose message the service has; of its own reports, the tenant that the message was of.
    const exchange::tenant& tenant_of_holder() const {
        const auto& o = *holder_.organization;
        for (const auto& t : o.tenants)
            if (t.name == m_.tenant || (m_.tenant.empty() && t.has_recipient(m_.from)))
                return t;
        const auto* by_sender = o.tenant_of(mail_domain(m_.from));
        return by_sender != nullptr ? *by_sender : o.tenants.front();
    }

    /// Exchange Online: into a mailbox, or out by an outbound connector.
    void send_online() {
        const auto& o = *holder_.organization;
        const auto& t = tenant_of_holder();
        m_.tenant = t.name;
        const auto stage = kept(exchange::select_online_stage(o.tenants, t, m_.to, m_.originating));
        if (stage.step == exchange::online_step::mailbox)
            return into_mailbox(*stage.owner);
        const auto c = exchange::session_connector(stage.connector, *holder_.server);
        inner_next_hop_.clear();
        if (stage.connector != nullptr)
            out_.record.connector = c.name;
        name_queue(c);
        const auto policy = kept(exchange::online_tls_policy(stage.connector, domain_));
        const auto own = kept(exchange::online_client_certificate(*holder_.server));
        online_.emplace().connector = stage.connector;
        originator_ = t.initial_domain();
        try_hops(hops_of(c), c, own, [&](const next_hop&) { return policy; });
    }

    void into_mailbox(const exchange::tenant& owner) {
        const auto as = exchange::field_of(m_.content, "X-MS-Exchange-Organization-AuthAs");
        const auto verdict = kept(exchange::judge_online_delivery(owner, m_.to, as));
        if (!verdict.accepted) {
            deciding_here_ = out_.record.decisions.size() - 1;
            return refuse(verdict);
        }
        keep_here();
        accepted_.receipt.auth_as = as;
    }

    /// Exchange Online has the message now, for or from one of its tenants.
    bool goes_on_online() {
        const auto next = w_.party_named(accepted_.server->name);
        if (!is_online(next))
            return false;
        holder_ = next;
        m_.server = next.server->name;
        m_.content = std::move(accepted_.content);
        m_.tenant = accepted_.tenant;
        m_.originating = accepted_.originating;
        m_.retry = {};
        m_.retry.submitted = now_;
        m_.clear_hosts.clear();
        out_.clear_hosts.clear();
        return true;
    }

    /// An Edge that has a connector for the organization's own domains.
    bool passes_inwards() const {
        return holder_.server->role == exchange::server_role::edge &&
               exchange::has_way_in(*holder_.organization, *holder_.server, domain_);
    }

    /// Whether another server has the message now and is to send it on.
    bool goes_on() {
        const auto* next = accepted_.server;
        if (last_.delivered && next != nullptr && !next->is_exchange())
            return goes_on_online();
        if (!last_.delivered || next == nullptr || !next->is_exchange() ||
            accepted_.service == exchange::transport_role::mailbox_delivery ||
            (next->role == exchange::server_role::edge && ends_at(*next)))
            return false;
        if (next->organization != holder_.server->organization) { // it waits there from now on
            m_.retry = {};
            m_.retry.submitted = now_;
            m_.clear_hosts.clear();
            out_.clear_hosts.clear();
        }
        holder_ = w_.party_named(next->name);
        m_.server = next->name;
        m_.content = std::move(accepted_.content);
        return true;
    }

    /// An Edge without a subscription keeps what is for the organization: there is no way on.
    bool ends_at(const exchange::server& edge) const {
        const auto& o = *w_.party_named(edge.name).organization;
        return o.accepts(domain_) && !exchange::has_way_in(o, edge, domain_);
    }

    /// A plain SMTP server's report to one of its own users.
    void keep_here() {
        last_.delivered = true;
        accepted_ = {};
        accepted_.receipt.server = holder_.server->name;
        accepted_.receipt.content = m_.content;
        accepted_.receipt.bytes = m_.content.size();
        accepted_.receipt.sha256 = certs::sha256_hex(m_.content);
    }

    /// To another service of the organization.
    void send_inside(const exchange::next_stage& next, std::uint16_t port) {
        out_.tls_domain.clear();
        inner_next_hop_ = next.next_hop_domain;
        out_.queue = next.delivery_type + "|" + next.next_hop_domain;
        host_ = {*next.target->fqdn, {next.target->addresses->front(), port}, 0};
        take(meet_inside(w_, m_, *holder_.server, service_of_holder(), *next.target, port, now_, with_,
                         next.step == exchange::next_step::edge ? next.connector : nullptr));
    }

    /// To the Mailbox servers of the site, one after the other.
    void send_inwards(exchange::next_stage next) {
        for (auto others = std::exchange(next.alternates, {});; others.erase(others.begin())) {
            send_inside(next, smtp_port);
            if (last_.delivered || last_.permanent || others.empty())
                return;
            next.target = others.front();
        }
    }

    trace::decided<exchange::tls_policy> policy_for(const exchange::send_connector& c) const {
        const auto& o = *holder_.organization;
        if (!exchange::works_by_adlds(*holder_.server))
            return exchange::outbound_tls_policy(o, c, domain_, w_.plan.behavior);
        exchange::organization replicated;
        replicated.name = o.name;
        replicated.transport = holder_.server->adlds.transport;
        return exchange::outbound_tls_policy(replicated, c, domain_, w_.plan.behavior);
    }

    void send_by_connector(const exchange::send_connector& c, bool through_front_end) {
        inner_next_hop_.clear();
        out_.record.connector = c.name;
        originator_ = *c.cloud_services_mail_enabled ? holder_.organization->default_domain() : std::string{};
        const auto policy = kept(policy_for(c));
        append(out_.record.findings, policy.findings);
        out_.tls_domain = policy.domain_secure ? policy.domain : std::string{};
        name_queue(c);
        if (auto size = exchange::judge_size(c, m_.content.size()); !size.value.accepted)
            return refuse(kept(std::move(size)));
        if (through_front_end)
            return send_through_front_end(c, policy);
        const auto own = kept(own_certificate(c, now_, with_));
        log_events(own.events);
        const auto verdict = usable(c, own);
        if (verdict.action == exchange::send_action::queue)
            return stay(verdict);
        try_hops(hops_of(c), c, own, [&](const next_hop&) { return policy; });
    }

    /// Back to the sender, without a word to anybody else; by the decision that was kept last.
    void refuse(const exchange::inbound_verdict& verdict) {
        deciding_here_ = out_.record.decisions.size() - 1;
        last_.permanent = true;
        last_.reply = verdict.reply;
        last_.bare = true;
        last_.our_text = verdict.our_text;
        last_.reason = verdict.reason;
    }

    trace::decided<exchange::certificate_choice> own_certificate(const exchange::send_connector& c,
                                                                 instant at, worker& with) {
        auto known = with.fetches->evidence_of(*holder_.server, with.memo);
        return judge_with_retrievals(
            *with.fetches, *holder_.server, known, at, {out_.record.retrievals, out_.record.decisions},
            [&](const chain::evidence& e) {
                return exchange::select_client_certificate(*holder_.server, c, at, w_.plan.behavior, e);
            });
    }

    exchange::send_verdict usable(const exchange::send_connector& c,
                                  const exchange::certificate_choice& own) {
        auto judged = exchange::judge_own_certificate(c, own);
        return c.tls_certificate_name->empty() ? std::move(judged.value) : kept(std::move(judged));
    }

    void stay(const exchange::send_verdict& verdict) {
        last_ = queued(verdict);
        log_events(verdict.events);
    }

    /// By the decision that was kept last.
    attempt_outcome queued(const exchange::send_verdict& verdict) {
        attempt_outcome out;
        out.reply = verdict.reply;
        out.bare = verdict.bare;
        out.our_text = verdict.our_text;
        out.reason = verdict.reason;
        deciding_here_ = out_.record.decisions.size() - 1;
        return out;
    }

    next_hops hops_of(const exchange::send_connector& c) {
        const auto port = static_cast<std::uint16_t>(*c.port);
        return *c.dns_routing_enabled
                   ? kept(resolve_mx(w_, domain_, port))
                   : kept(resolve_smart_hosts(w_, *c.smart_hosts, port, c.smart_hosts.mark));
    }

    /// The Transport service hands the message to the Front End of its server, which opens the session.
    void send_through_front_end(const exchange::send_connector& c, const exchange::tls_policy& policy) {
        const auto outward = [&](const message& m, instant at, worker& with) {
            return meet_outside(m, c, policy, at, with);
        };
        const auto connector = exchange::intra_organization_connector(*holder_.server);
        const auto inside = exchange::intra_organization_policy();
        auto internal = exchange::select_internal_certificate(*holder_.server, now_, w_.plan.behavior);
        host_ = {
            *holder_.server->fqdn, {holder_.server->addresses->front(), exchange::outbound_proxy_port}, 0};
        take(meet(w_, m_,
                  {*holder_.server, "Hub", connector, internal.value, inside, {}, outward, {internal.why}},
                  host_, now_, with_));
    }

    /// What the Front End does with a message on port 717: it looks for the certificate of the connector
    /// itself, and its events are its own (KB 2989382).
    meeting meet_outside(const message& m, const exchange::send_connector& c,
                         const exchange::tls_policy& policy, instant at, worker& with) {
        now_ = at;
        const auto own = kept(own_certificate(c, at, with));
        transport::session_log log;
        log.server = holder_.server->name;
        log.event_source = exchange::front_end_event_source;
        log.now = at;
        log.add(own.events);
        const auto verdict = usable(c, own);
        meeting met;
        if (verdict.action == exchange::send_action::queue) {
            met.ended = at;
            met.outcome = queued(verdict);
        } else {
            met = meet_first(m, {*holder_.server, "FrontEnd", c, own, policy, domain_}, hops_of(c), at, with);
        }
        append(met.events, std::move(log.events), true);
        return met;
    }

    /// The hosts one after the other until one takes the message or says no for good.
    meeting meet_first(const message& m, const caller& who, const next_hops& hops, instant at, worker& with) {
        meeting all;
        all.ended = at;
        if (hops.hops.empty())
            all.outcome = without_hops(hops, who.connector);
        for (const auto& hop : hops.hops) {
            auto met = meet(w_, m, who, hop, all.ended, with);
            if (met.deciding)
                met.deciding->session += all.sessions.size();
            append(met.sessions, std::exchange(all.sessions, {}), true);
            append(met.events, std::exchange(all.events, {}), true);
            append(met.findings, std::exchange(all.findings, {}), true);
            all = std::move(met);
            if (all.outcome.delivered || all.outcome.permanent)
                break;
        }
        return all;
    }

    void name_queue(const exchange::send_connector& c) {
        out_.delivery_type = *c.dns_routing_enabled ? "DnsConnectorDelivery" : "SmartHostConnectorDelivery";
        out_.record.next_hop = *c.dns_routing_enabled ? domain_ : join(*c.smart_hosts, ",");
        out_.queue = c.name + "|" + out_.record.next_hop;
    }

    /// A plain SMTP server: MX routing, its own TLS level for each host, no client certificate unless one is
    /// configured.
    void send_as_partner() {
        exchange::send_connector c;
        c.name = holder_.server->name + " (smtp client)";
        name_queue(c);
        const auto hops = kept(resolve_mx(w_, domain_, 25));
        exchange::certificate_choice own;
        if (!holder_.server->partner.client_certificate->empty())
            own = kept(exchange::partner_client_certificate(*holder_.server));
        try_hops(hops, c, own, [&](const next_hop& hop) {
            return kept(exchange::partner_tls_policy(*holder_.server, domain_, hop.host));
        });
    }

    attempt_outcome without_hops(const next_hops& hops, const exchange::send_connector& c) {
        attempt_outcome out;
        const bool unknown = hops.failure == lookup_failure::no_such_domain;
        out.permanent = unknown && (!holder_.server->is_exchange() ||
                                    kept(exchange::is_permanent_dns_failure(c, domain_)));
        out.reply =
            unknown ? fmt::format("{} {} does not exist", out.permanent ? "550 5.4.4" : "451 4.4.4", domain_)
                    : fmt::format("451 4.4.0 no address is known for {}", out_.record.next_hop);
        out.our_text = true;
        out.reason = "DnsFailure";
        return out;
    }

    template <class PolicyOf>
    void try_hops(const next_hops& hops, const exchange::send_connector& c,
                  const exchange::certificate_choice& own, PolicyOf policy_of) {
        if (hops.hops.empty())
            last_ = without_hops(hops, c);
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
        host_ = hop;
        caller who{*holder_.server, service_of_holder(), c, own, policy, domain_};
        who.online = online_;
        if (online_)
            who.tenant = &tenant_of_holder();
        who.originator_organization = originator_;
        take(meet(w_, m_, who, hop, now_, with_));
    }

    std::string service_of_holder() const {
        if (!holder_.server->is_exchange())
            return {};
        return holder_.server->role == exchange::server_role::edge ? "Edge" : "Hub";
    }

    void take(meeting met) {
        auto& r = out_.record;
        now_ = met.ended;
        last_ = std::move(met.outcome);
        if (met.deciding)
            deciding_ = {r.sessions.size() + met.deciding->session, met.deciding->decision};
        accepted_ = std::move(met.accepted);
        append(r.events, std::move(met.events));
        append(r.findings, std::move(met.findings));
        append(r.sessions, std::move(met.sessions));
    }

    template <class T>
    static void append(std::vector<T>& to, std::vector<T> more, bool in_front = false) {
        to.insert(in_front ? to.begin() : to.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
    }

    void log_events(const std::vector<exchange::event>& events) {
        transport::session_log log;
        log.server = holder_.server->name;
        log.now = now_;
        log.add(events);
        append(out_.record.events, std::move(log.events));
    }

    void undeliverable(std::string rule, std::string question, std::string answer, std::string why) {
        trace::decision d;
        d.rule = std::move(rule);
        d.question = std::move(question);
        d.answer = std::move(answer);
        d.because = {{"recipient's domain", domain_, {}}};
        d.at = now_;
        out_.record.decisions.push_back(std::move(d));
        unreachable(std::move(why));
    }

    void unreachable(std::string why) {
        out_.record.outcome = trace::flow_outcome::undeliverable;
        out_.record.summary = std::move(why);
        out_.record.rule = out_.record.decisions.back().rule;
        unreachable_ = true;
    }

    void conclude() {
        auto& r = out_.record;
        r.ended = now_;
        trace::fold_repeated(r.events);
        if (!unreachable_)
            tell_outcome();
        if (const auto* main = trace::main_session(r))
            accepted_.receipt.encrypted = main->handshake.completed;
        if (last_.delivered && !unreachable_)
            r.deliveries.push_back(std::move(accepted_.receipt));
        else
            r.holder = holder_.server->name;
        r.assumptions = assumptions_of(r);
        std::sort(r.findings.begin(), r.findings.end());
        r.findings.erase(std::unique(r.findings.begin(), r.findings.end()), r.findings.end());
        out_.onward = std::move(m_);
    }

    void tell_outcome() {
        auto& r = out_.record;
        r.outcome = last_.delivered   ? trace::flow_outcome::delivered
                    : last_.permanent ? trace::flow_outcome::failed
                                      : trace::flow_outcome::retry;
        if (r.next_hop.empty() || (!last_.delivered && !inner_next_hop_.empty()))
            r.next_hop = inner_next_hop_;
        r.reply = last_.reply;
        r.our_text = last_.our_text;
        r.decided_by = last_.reason;
        const trace::decision* why = last_.delivered ? nullptr : deciding_decision();
        r.summary = last_.delivered ? told_delivery() : why != nullptr ? sentence(*why) : std::string{};
        r.rule = why != nullptr ? why->rule : std::string{};
        if (!last_.delivered)
            r.last_error = last_error();
    }

    /// As the queue of the holder shows it; the form is Exchange's, so other servers have the bare answer.
    std::string last_error() const {
        if (!holder_.server->is_exchange())
            return last_.reply;
        return exchange::queue_last_error(*holder_.server, last_.reply, last_.bare, now_, host_.host,
                                          host_.where, w_.plan.behavior);
    }

    /// What ended the last attempt; null: the peer, without a word that a rule of ours explains.
    const trace::decision* deciding_decision() const {
        const auto& r = out_.record;
        if (deciding_)
            return &r.sessions[deciding_->session].decisions[deciding_->decision];
        if (deciding_here_)
            return &r.decisions[*deciding_here_];
        return r.sessions.empty() && !r.decisions.empty() ? &r.decisions.back() : nullptr;
    }

    std::string told_delivery() const {
        const auto* session = trace::main_session(out_.record);
        if (session == nullptr)
            return "The message is for a user of the server itself.";
        const auto& s = *session;
        auto out = fmt::format("{} accepted the message {}.", s.server,
                               s.handshake.completed ? "inside " + s.handshake.version : "in clear");
        if (accepted_.service == exchange::transport_role::mailbox_delivery)
            out += fmt::format(" It is in the mailbox on {}.", accepted_.server->name);
        return out;
    }

    const world& w_;
    message m_;
    worker& with_;
    instant now_;
    party holder_; // whose queue the message is in
    std::string domain_;
    attempt out_;
    attempt_outcome last_;
    acceptance accepted_;
    next_hop host_;
    std::string inner_next_hop_; // of a hop inside the organization
    std::optional<place_of_decision> deciding_;
    std::optional<std::size_t> deciding_here_;       // else: a decision outside of the sessions
    std::optional<exchange::online_attempt> online_; // of a hop out of Exchange Online
    std::string originator_;                         // XOORG of the hop
    bool unreachable_ = false;
};

} // namespace

attempt try_to_deliver(const world& w, const message& m, std::string flow_id, instant at, worker& with) {
    retriever fetches(w, with.lookups, with.published);
    with.fetches = &fetches;
    auto out = delivery(w, m, std::move(flow_id), at, with).run();
    with.fetches = nullptr;
    out.fetched = fetches.fetched();
    return out;
}

} // namespace connlab::lab
