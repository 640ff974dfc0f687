// What Exchange Online does with a message that it has: into a mailbox, or out by an outbound connector.
#include "sim/base/domain_name.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/online_headers.hpp"
#include "sim/lab/delivery.hpp"

#include <utility>

namespace connlab::lab {

bool delivery::is_online(const party& p) {
    return p.server->role == exchange::server_role::exchange_online && !p.organization->tenants.empty();
}

const exchange::tenant& delivery::tenant_of_holder() const {
    const auto& o = *holder_.organization;
    for (const auto& t : o.tenants)
        if (t.name == m_.tenant || (m_.tenant.empty() && t.has_recipient(m_.from)))
            return t;
    const auto* by_sender = o.tenant_of(mail_domain(m_.from));
    return by_sender != nullptr ? *by_sender : o.tenants.front();
}

void delivery::send_online() {
    const auto& o = *holder_.organization;
    const auto& sender = tenant_of_holder();
    m_.tenant = sender.name; // whose the report is, should the message come back
    const auto stage = kept(exchange::select_online_stage(o.tenants, sender, m_.to, m_.direction));
    if (stage.step == exchange::online_step::mailbox)
        return into_mailbox(*stage.owner);
    m_.tenant = stage.owner->name;
    const auto c = exchange::session_connector(stage.connector, *holder_.server);
    inner_next_hop_.clear();
    if (stage.connector != nullptr)
        out_.record.connector = c.name;
    name_queue(c);
    const auto policy = kept(exchange::online_tls_policy(stage.connector, domain_));
    const auto own = kept(exchange::online_client_certificate(*holder_.server));
    online_.emplace().connector = stage.connector;
    originator_ = stage.owner->initial_domain();
    try_hops(hops_of(c), c, own, [&](const next_hop&) { return policy; });
}

void delivery::into_mailbox(const exchange::tenant& owner) {
    const auto as = exchange::field_of(m_.content, "X-MS-Exchange-Organization-AuthAs");
    const auto verdict = kept(exchange::judge_online_delivery(owner, m_.to, as));
    if (!verdict.accepted) {
        deciding_here_ = out_.record.decisions.size() - 1;
        return refuse(verdict);
    }
    keep_here();
    accepted_.receipt.auth_as = as;
}

bool delivery::goes_on_online() {
    const auto next = w_.party_named(accepted_.server->name);
    if (!is_online(next))
        return false;
    holder_ = next;
    m_.server = next.server->name;
    m_.content = std::move(accepted_.content);
    m_.tenant = accepted_.tenant;
    m_.direction = accepted_.direction;
    m_.retry = {};
    m_.retry.submitted = now_;
    m_.clear_hosts.clear();
    out_.clear_hosts.clear();
    return true;
}

} // namespace connlab::lab
