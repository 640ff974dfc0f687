#include "sim/exchange/edge_synchronizing.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

/// The one whose turn it is; null: nobody is in the subscription.
const subscribed_server* member_at_work(const edge_subscription& e, instant now) {
    if (e.members.empty())
        return nullptr;
    const auto holder = std::find_if(e.members.begin(), e.members.end(), [&](const subscribed_server& m) {
        return ascii_iequal(m.name, e.sync.lease_holder);
    });
    if (holder == e.members.end())
        return &e.members.front();
    if (now < e.sync.lease_expires || e.sync.failure_detail.empty())
        return &*holder;
    return holder + 1 == e.members.end() ? &e.members.front() : &*(holder + 1);
}

std::string why_not(const edge_subscription& e, const subscribed_server& m, bool asked) {
    if (asked)
        return "another one was asked";
    return ascii_iequal(m.name, e.sync.lease_holder)
               ? "its lease ended, and its last session failed"
               : "another one holds the lease, or is the first of the subscription";
}

/// Behind the last full stop of ESRA.EDGE01.TESTMS05.0.
std::size_t number_of(const edge_credential& c) {
    return static_cast<std::size_t>(
        std::strtoul(c.user_name.substr(c.user_name.rfind('.') + 1).c_str(), nullptr, 10));
}

/// The replication credential of the server that ends last; null: none.
const edge_credential* last_credential(const edge_subscription& e, const subscribed_server& m) {
    const edge_credential* last = nullptr;
    for (const auto& c : e.credentials)
        if (same_domain(c.source_server_fqdn, m.fqdn) && (last == nullptr || c.expiration > last->expiration))
            last = &c;
    return last;
}

edge_account next_account(const edge_subscription& e, const subscribed_server& m, const edge_credential* last,
                          instant now) {
    edge_account out;
    out.user_name = replication_user_name(e.name, m.name, last == nullptr ? 0 : number_of(*last) + 1);
    out.password = edge_password(out.user_name, now);
    out.effective =
        last == nullptr ? now : std::max(now, instant(last->expiration - duration(esra_effective_ahead)));
    out.expiration = out.effective + esra_lifetime;
    return out;
}

trace::decision renewal(const subscribed_server& m, const edge_credential* last, const edge_account& fresh) {
    trace::decision d;
    d.rule = last == nullptr ? "exchange.edge-credential.first" : "exchange.edge-credential.renewed";
    d.question = fmt::format("Does {} need another replication credential?", m.name);
    d.answer = fmt::format("yes: {}, from {} to {}", fresh.user_name, format_instant(fresh.effective),
                           format_instant(fresh.expiration));
    cite(d, "credential that ends last",
         last == nullptr ? "none" : fmt::format("{}, {}", last->user_name, format_instant(last->expiration)));
    return d;
}

void forget_ended(organization& o, edge_subscription& e, instant now) {
    const auto ended = [&](const edge_credential& c) {
        return same_domain(c.target_server_fqdn, e.fqdn) && now >= c.expiration;
    };
    std::erase_if(e.credentials, ended);
    for (auto& s : o.servers)
        std::erase_if(s.edge_credentials, ended);
}

} // namespace

trace::decided<const server*> select_edge_synchronizer(const organization& o, const edge_subscription& e,
                                                       std::string_view asked, instant now) {
    trace::decided<const server*> out{nullptr, {}};
    out.why.question = fmt::format("Which Mailbox server synchronizes {}?", e.name);
    const auto* turn = member_at_work(e, now);
    out.value = !asked.empty()    ? find_server(o, asked)
                : turn != nullptr ? find_server(o, turn->name)
                                  : nullptr;
    for (const auto& m : e.members) {
        const bool chosen = out.value != nullptr && ascii_iequal(out.value->name, m.name);
        consider(out.why, m.name, chosen,
                 chosen ? (asked.empty() ? "its turn" : "it was asked") : why_not(e, m, !asked.empty()));
    }
    cite(out.why, "lease",
         e.sync.lease_holder.empty()
             ? "nobody has taken it"
             : fmt::format("{} until {}", e.sync.lease_holder, format_instant(e.sync.lease_expires)));
    out.why.rule = out.value == nullptr ? "exchange.edge-sync.nobody"
                   : asked.empty()      ? "exchange.edge-sync.lease"
                                        : "exchange.edge-sync.asked";
    out.why.answer = out.value == nullptr ? "none" : out.value->name;
    return concluded(std::move(out));
}

std::vector<trace::decision> renew_edge_credentials(organization& o, edge_subscription& e, instant now) {
    std::vector<trace::decision> out;
    for (const auto& m : e.members) {
        const auto* last = last_credential(e, m);
        auto* owner = find_server(o, m.name);
        if (owner == nullptr || (last != nullptr && now < last->expiration - duration(esra_renewed_ahead)))
            continue;
        const auto fresh = next_account(e, m, last, now);
        auto pair = make_credential(fresh, e, m, false);
        if (!pair) // the certificates were good enough for the bootstrap credential
            continue;
        auto d = renewal(m, last, fresh);
        rests_on(d, "exchange.edge-credential.lifetime");
        out.push_back(std::move(d));
        e.credentials.push_back(std::move(pair->for_edge));
        owner->edge_credentials.push_back(std::move(pair->for_mailbox));
    }
    forget_ended(o, e, now);
    return out;
}

void note_edge_session(organization& o, edge_subscription& e, std::string_view mailbox,
                       const edge_sync_outcome& outcome, instant now) {
    auto& s = e.sync;
    s.attempted = now;
    ++s.sessions;
    const bool good = outcome.failure.empty() && outcome.configuration.result == "Success" &&
                      outcome.recipients.result == "Success";
    const bool new_holder = s.lease_holder.empty() || now >= s.lease_expires;
    if (new_holder)
        s.lease_holder = std::string(mailbox);
    if (outcome.failure.empty() || new_holder)
        s.lease_expires = now + o.edge_sync.option_duration;
    s.failure_detail = !outcome.failure.empty() ? outcome.failure : outcome.configuration.failure_details;
    if (!good)
        return;
    s.synchronized = now;
    s.cookie = cookie_of(outcome.offered);
}

instant next_edge_sync(const organization& o, const edge_subscription& e, instant t) {
    const auto last = e.sync.attempted == instant{} ? e.imported : e.sync.attempted;
    const auto step = o.edge_sync.configuration_sync_interval;
    return t < last ? last + step : last + ((t - last) / step + 1) * step;
}

instant next_edge_change(const organization& o, const edge_subscription& e) {
    auto first = instant::max();
    const auto consider_time = [&](instant t) {
        if (t > e.sync.attempted)
            first = std::min(first, t);
    };
    for (const auto& m : e.members)
        if (const auto* last = last_credential(e, m)) {
            consider_time(last->expiration - duration(esra_renewed_ahead));
            consider_time(last->effective);
            consider_time(last->expiration);
        }
    for (const auto& c : e.credentials)
        consider_time(c.expiration);
    if (!e.sync.failure_detail.empty() && e.members.size() > 1)
        consider_time(e.sync.lease_expires);
    return first == instant::max() ? first : next_edge_sync(o, e, first - duration(1));
}

trace::decision pass_quiet_sessions(const organization& o, edge_subscription& e, instant until) {
    const auto step = o.edge_sync.configuration_sync_interval;
    const auto passed = until < e.sync.attempted ? 0 : (until - e.sync.attempted) / step;
    trace::decision d;
    d.rule = "exchange.edge-sync.interval";
    d.question = fmt::format("How often does EdgeSync contact {} until {}?", e.name, format_instant(until));
    d.answer = fmt::format("{} more times, always with what the last session came to", passed);
    cite(d, "ConfigurationSyncInterval", format_duration(step));
    e.sync.attempted += passed * step;
    if (!e.sync.failure_detail.empty())
        return d;
    e.sync.synchronized = e.sync.attempted;
    e.sync.lease_expires = e.sync.attempted + o.edge_sync.option_duration;
    return d;
}

void synchronize_beforehand(organization& o, edge_subscription& e, server& edge, instant now) {
    const auto mailbox = select_edge_synchronizer(o, e, {}, now);
    if (mailbox.value == nullptr)
        return;
    renew_edge_credentials(o, e, now);
    edge_sync_session client(o, e, *mailbox.value, now, false);
    adlds_session adlds(edge, o, now, false);
    const auto* own = internal_certificate(edge);
    auto request =
        client.on_certificate(own == nullptr ? std::vector<certs::certificate>{} : std::vector{own->cert});
    while (request)
        request = client.on(adlds.on(*request));
    adlds.finish();
    note_edge_session(o, e, mailbox.value->name, client.outcome(), now);
    refresh_direct_trust(o);
}

} // namespace connlab::exchange
