#include "sim/exchange/edge_sync_status.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/edge_synchronizing.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

/// Why a session would not come about; empty: it would.
std::string obstacle(const organization& o, const edge_subscription& e, const server& edge, instant now,
                     trace::decision& why) {
    const auto* own = internal_certificate(edge);
    const auto certificate = judge_edge_certificate(e, own == nullptr ? std::vector<certs::certificate>{}
                                                                      : std::vector{own->cert});
    why.because = certificate.why.because;
    if (!certificate.value)
        return edge_certificate_mismatch(e.fqdn).text;
    const auto by = select_edge_synchronizer(o, e, {}, now);
    if (by.value == nullptr)
        return "No Mailbox server of the subscription is there.";
    const auto credential = select_edge_credential(*by.value, e, now);
    if (credential.value == nullptr)
        return fmt::format("{} has no credential for {} that is effective.", by.value->name, e.name);
    const auto password = decrypt_credential(*by.value, *credential.value, false);
    cite(why, "credential of " + by.value->name, password.why.answer);
    return password.value ? std::string{} : edge_certificate_mismatch(e.fqdn).text;
}

/// Entries of a container, in the order of their names.
std::vector<edge_entry> part(const std::vector<edge_entry>& all, std::string_view container) {
    std::vector<edge_entry> out;
    for (const auto& e : all)
        if (lies_in(e, container) || e.name == container)
            out.push_back(e);
    std::sort(out.begin(), out.end(),
              [](const edge_entry& a, const edge_entry& b) { return a.name < b.name; });
    return out;
}

std::string word_for(bool same) {
    return same ? "Synchronized" : "NotSynchronized";
}

class comparison {
  public:
    comparison(const organization& o, const edge_subscription& e, const server& edge, bool full)
        : ad_(replication_data(o, e)), adlds_(edge.adlds.entries), full_(full),
          same_cookie_(cookie_of(ad_) == e.sync.cookie) {}

    std::string status(std::string_view container) const {
        return word_for(full_ ? part(ad_, container) == part(adlds_, container) : same_cookie_);
    }

  private:
    std::vector<edge_entry> ad_;
    const std::vector<edge_entry>& adlds_;
    bool full_;
    bool same_cookie_;
};

std::string time_text(instant t, const locale& where) {
    return t == instant{} ? std::string{} : date_time(t, where);
}

std::ptrdiff_t credentials_of(const edge_subscription& e) {
    return std::count_if(e.credentials.begin(), e.credentials.end(),
                         [](const edge_credential& c) { return !c.source_server_fqdn.empty(); });
}

bool is_normal(const edge_sync_properties& all) {
    return std::none_of(all.begin(), all.end(),
                        [](const auto& one) { return one.second == "NotSynchronized"; });
}

} // namespace

trace::decided<edge_sync_properties> test_edge_synchronization(const organization& o,
                                                               const edge_subscription& e,
                                                               const edge_sync_test& how, instant now,
                                                               const locale& where) {
    trace::decided<edge_sync_properties> out;
    out.why.rule = "exchange.edge-sync.status";
    out.why.question = fmt::format("How does EdgeSync with {} stand?", e.name);
    const auto* edge = find_server(o, e.fqdn);
    static const server nobody;
    const auto against =
        edge == nullptr ? std::string(ldap_unavailable) : obstacle(o, e, *edge, now, out.why);
    const comparison c(o, e, edge == nullptr ? nobody : *edge, how.full_compare);
    const edge_sync_properties statuses{
        {"TransportServerStatus", c.status(servers_container)},
        {"TransportConfigStatus", c.status(transport_settings)},
        {"AcceptedDomainStatus", c.status(accepted_domains_container)},
        {"RemoteDomainStatus", c.status(remote_domains_container)},
        {"SendConnectorStatus", c.status(connections)},
        {"MessageClassificationStatus", "Synchronized"},
        {"RecipientStatus", how.exclude_recipients ? "Skipped" : c.status(recipients_container)}};
    const auto failure = against.empty() ? e.sync.failure_detail : against;
    const std::string word = !failure.empty() ? "Failed" : is_normal(statuses) ? "Normal" : "NotSynchronized";
    out.value = {{"SyncStatus", word},
                 {"UtcNow", date_time(now, where)},
                 {"Name", e.name},
                 {"LeaseHolder", e.sync.lease_holder},
                 {"LeaseType", e.sync.lease_holder.empty() ? "None" : "Option"},
                 {"FailureDetail", failure},
                 {"LeaseExpiryUtc", time_text(e.sync.lease_expires, where)},
                 {"LastSynchronizedUtc", time_text(e.sync.synchronized, where)}};
    out.value.insert(out.value.end(), statuses.begin(), statuses.end());
    out.value.emplace_back("CredentialRecords", fmt::format("Number of credentials {}", credentials_of(e)));
    out.value.emplace_back("CookieRecords",
                           fmt::format("Number of cookies {}", e.sync.cookie.empty() ? 0 : 1));
    out.why.answer = word + (failure.empty() ? "" : ": " + failure);
    return concluded(std::move(out));
}

} // namespace connlab::exchange
