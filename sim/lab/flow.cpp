// The way of a message from hop to hop, within an organization and out of it.
#include "sim/lab/flow.hpp"

#include "certs/digest.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/limits.hpp"
#include "sim/lab/delivery.hpp"

#include <stdexcept>
#include <utility>

namespace connlab::lab {

delivery::delivery(const world& w, const message& m, std::string flow_id, instant at, worker& with)
    : w_(w), m_(m), with_(with), now_(at), holder_(w.party_named(m.server)), domain_(mail_domain(m.to)) {
    auto& r = out_.record;
    r.id = std::move(flow_id);
    r.message_id = m.message_id;
    r.kind = m.kind;
    r.about = m.about;
    r.from = m.from;
    r.to = m.addressed_to.empty() ? m.to : m.addressed_to;
    r.server = m.server;
    r.begun = at;
    r.mark = m.mark;
    if (holder_.server == nullptr)
        throw std::logic_error("a message is submitted on a server that is not in the world: " + m.server);
}

attempt delivery::run() {
    do
        one_hop();
    while (goes_on());
    conclude();
    return std::move(out_);
}

void delivery::one_hop() {
    last_ = {};
    deciding_.reset();
    deciding_here_.reset();
    host_ = {};
    online_.reset();
    if (is_online(holder_))
        return send_online();
    if (!holder_.server->is_exchange())
        return holder_.organization->accepts(domain_) && !m_.kind.empty() ? keep_here() : send_as_partner();
    const auto& o = *holder_.organization;
    if (holder_.server->role == exchange::server_role::mailbox) {
        if (!o.knows(m_.to))
            return refuse(kept(exchange::judge_recipient(o, m_.to)));
        resolve();
    }
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

/// A remote mailbox is reached by another address.
void delivery::resolve() {
    const auto& o = *holder_.organization;
    if (o.remote_routing_address(m_.to) == nullptr)
        return;
    if (m_.addressed_to.empty())
        m_.addressed_to = m_.to;
    m_.to = kept(exchange::resolve_recipient(o, m_.to));
    domain_ = mail_domain(m_.to);
}

bool delivery::leaves_again() {
    const auto& o = *holder_.organization;
    if (holder_.server->role == exchange::server_role::edge ||
        *o.settings_of(domain_).type == exchange::domain_type::authoritative)
        return false;
    return kept(exchange::is_relayed(o, m_.to));
}

bool delivery::passes_inwards() const {
    return holder_.server->role == exchange::server_role::edge &&
           exchange::has_way_in(*holder_.organization, *holder_.server, domain_);
}

bool delivery::goes_on() {
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

bool delivery::ends_at(const exchange::server& edge) const {
    const auto& o = *w_.party_named(edge.name).organization;
    return o.accepts(domain_) && !exchange::has_way_in(o, edge, domain_);
}

void delivery::keep_here() {
    last_.delivered = true;
    accepted_ = {};
    accepted_.receipt.server = holder_.server->name;
    accepted_.receipt.content = m_.content;
    accepted_.receipt.bytes = m_.content.size();
    accepted_.receipt.sha256 = certs::sha256_hex(m_.content);
}

void delivery::send_inside(const exchange::next_stage& next, std::uint16_t port) {
    out_.tls_domain.clear();
    inner_next_hop_ = next.next_hop_domain;
    out_.queue = next.delivery_type + "|" + next.next_hop_domain;
    if (joins_suspended_queue())
        return;
    host_ = {*next.target->fqdn, {next.target->addresses->front(), port}, 0};
    take(meet_inside(w_, m_, *holder_.server, service_of_holder(), *next.target, port, now_, with_,
                     next.step == exchange::next_step::edge ? next.connector : nullptr));
}

void delivery::send_inwards(exchange::next_stage next) {
    for (auto others = std::exchange(next.alternates, {});; others.erase(others.begin())) {
        send_inside(next, smtp_port);
        if (last_.delivered || last_.permanent || others.empty())
            return;
        next.target = others.front();
    }
}

void delivery::take(meeting met) {
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

void delivery::log_events(const std::vector<exchange::event>& events) {
    transport::session_log log;
    log.server = holder_.server->name;
    log.now = now_;
    log.add(events);
    append(out_.record.events, std::move(log.events));
}

std::string delivery::service_of_holder() const {
    if (!holder_.server->is_exchange())
        return {};
    return holder_.server->role == exchange::server_role::edge ? "Edge" : "Hub";
}

std::string full_queue_name(const std::string& server, const std::string& key) {
    return server + '|' + key;
}

attempt try_to_deliver(const world& w, const message& m, std::string flow_id, instant at, worker& with) {
    retriever fetches(w, with.lookups, with.published);
    with.fetches = &fetches;
    auto out = delivery(w, m, std::move(flow_id), at, with).run();
    with.fetches = nullptr;
    out.fetched = fetches.fetched();
    return out;
}

} // namespace connlab::lab
