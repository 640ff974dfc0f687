// A hop out of the organization: by a Send connector, through the Front End, or as a plain SMTP server does
// it; host after host.
#include "sim/base/ascii.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/limits.hpp"
#include "sim/lab/delivery.hpp"
#include "sim/lab/own_certificates.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::lab {

trace::decided<exchange::tls_policy> delivery::policy_for(const exchange::send_connector& c) const {
    const auto& o = *holder_.organization;
    if (!exchange::works_by_adlds(*holder_.server))
        return exchange::outbound_tls_policy(o, c, domain_, w_.plan.behavior);
    exchange::organization replicated;
    replicated.name = o.name;
    replicated.transport = holder_.server->adlds.transport;
    return exchange::outbound_tls_policy(replicated, c, domain_, w_.plan.behavior);
}

void delivery::send_by_connector(const exchange::send_connector& c, bool through_front_end) {
    inner_next_hop_.clear();
    out_.record.connector = c.name;
    originator_ = *c.cloud_services_mail_enabled ? holder_.organization->default_domain() : std::string{};
    const auto policy = kept(policy_for(c));
    append(out_.record.findings, policy.findings);
    out_.tls_domain = policy.domain_secure ? policy.domain : std::string{};
    name_queue(c);
    if (joins_suspended_queue())
        return;
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

trace::decided<exchange::certificate_choice> delivery::own_certificate(const exchange::send_connector& c,
                                                                       instant at, worker& with) {
    auto known = with.fetches->evidence_of(*holder_.server, with.memo);
    return judge_with_retrievals(
        *with.fetches, *holder_.server, known, at, {out_.record.retrievals, out_.record.decisions},
        [&](const chain::evidence& e) {
            return exchange::select_client_certificate(*holder_.server, c, at, w_.plan.behavior, e);
        });
}

exchange::send_verdict delivery::usable(const exchange::send_connector& c,
                                        const exchange::certificate_choice& own) {
    auto judged = exchange::judge_own_certificate(c, own);
    return c.tls_certificate_name->empty() ? std::move(judged.value) : kept(std::move(judged));
}

next_hops delivery::hops_of(const exchange::send_connector& c) {
    if (!*c.dns_routing_enabled)
        return kept(
            resolve_smart_hosts(w_, *c.smart_hosts, static_cast<std::uint16_t>(*c.port), c.smart_hosts.mark));
    auto found = resolve_mx(w_, domain_);
    if (c.port.configured())
        found.why.because.push_back(
            {"Port of " + c.name, fmt::format("{}, of smart hosts alone", *c.port), c.port.mark});
    return kept(std::move(found));
}

void delivery::send_through_front_end(const exchange::send_connector& c, const exchange::tls_policy& policy) {
    const auto outward = [&](const message& m, instant at, worker& with) {
        return meet_outside(m, c, policy, at, with);
    };
    const auto connector = exchange::intra_organization_connector(*holder_.server);
    const auto inside = exchange::intra_organization_policy();
    auto internal = exchange::select_internal_certificate(*holder_.server, now_, w_.plan.behavior);
    host_ = {*holder_.server->fqdn, {holder_.server->addresses->front(), exchange::outbound_proxy_port}, 0};
    take(meet(w_, m_,
              {*holder_.server, "Hub", connector, internal.value, inside, {}, outward, {internal.why}}, host_,
              now_, with_));
}

meeting delivery::meet_outside(const message& m, const exchange::send_connector& c,
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

meeting delivery::meet_first(const message& m, const caller& who, const next_hops& hops, instant at,
                             worker& with) {
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

void delivery::name_queue(const exchange::send_connector& c) {
    out_.delivery_type = *c.dns_routing_enabled ? "DnsConnectorDelivery" : "SmartHostConnectorDelivery";
    out_.record.next_hop = *c.dns_routing_enabled ? domain_ : join(*c.smart_hosts, ",");
    out_.queue = c.name + "|" + out_.record.next_hop + "|" + out_.tls_domain; // its own by Domain Security
}

void delivery::send_as_partner() {
    exchange::send_connector c;
    c.name = holder_.server->name + " (smtp client)";
    out_.tls_domain.clear();
    name_queue(c);
    const auto hops = kept(resolve_mx(w_, domain_));
    exchange::certificate_choice own;
    if (!holder_.server->partner.client_certificate->empty())
        own = kept(exchange::partner_client_certificate(*holder_.server));
    try_hops(hops, c, own, [&](const next_hop& hop) {
        return kept(exchange::partner_tls_policy(*holder_.server, domain_, hop.host));
    });
}

void delivery::connect(const next_hop& hop, const exchange::send_connector& c,
                       const exchange::certificate_choice& own, const exchange::tls_policy& policy) {
    host_ = hop;
    caller who{*holder_.server, service_of_holder(), c, own, policy, domain_};
    who.online = online_;
    if (online_)
        who.tenant = &tenant_of_holder();
    who.originator_organization = originator_;
    take(meet(w_, m_, who, hop, now_, with_));
}

void delivery::try_hops(const next_hops& hops, const exchange::send_connector& c,
                        const exchange::certificate_choice& own,
                        const std::function<exchange::tls_policy(const next_hop&)>& policy_of) {
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

} // namespace connlab::lab
