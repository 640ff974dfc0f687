// Get-EdgeSubscription and Test-EdgeSynchronization; what a subscribed Edge shows and refuses.
#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/cmdlet/listing.hpp"
#include "sim/cmdlet/tenant_views.hpp"
#include "sim/exchange/edge_sync_status.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;
using exchange::server_role;

constexpr std::string_view brought_by_edgesync[] = {
    "Set-SendConnector",  "New-SendConnector",  "Remove-SendConnector",
    "Set-AcceptedDomain", "New-AcceptedDomain", "Remove-AcceptedDomain",
    "Set-RemoteDomain",   "New-RemoteDomain",   "Remove-RemoteDomain",
};

std::string identity_of(const plain_arguments& given) {
    return text_of(given, given.count("TargetServer") > 0 ? "TargetServer" : "Identity");
}

} // namespace

const std::vector<plain_parameter> edge_test_parameters{
    {"Identity", false, true}, {"TargetServer"},    {"FullCompareMode", true}, {"ExcludeRecipientTest", true},
    {"MaxReportSize"},         {"VerifyRecipient"}, {"MonitoringContext"}};

locale utc_of(const exchange::organization& o) {
    locale out;
    for (const auto& s : o.servers)
        if (s.is_exchange()) {
            out.how = s.where.how;
            break;
        }
    return out;
}

const server* edge_console(const shell& in) {
    const auto* s = in.console.empty() ? nullptr : exchange::find_server(in.organization, in.console);
    return s != nullptr && s->role == server_role::edge ? s : nullptr;
}

bool is_refused_on_edge(const statement& s, const shell& in, const error_list& errors,
                        diagnostics& findings) {
    const auto* edge = edge_console(in);
    const bool meant = std::any_of(std::begin(brought_by_edgesync), std::end(brought_by_edgesync),
                                   [&](std::string_view name) { return ascii_iequal(name, s.name); });
    if (edge == nullptr || !exchange::works_by_adlds(*edge) || !meant)
        return false;
    findings.push_back({severity::error, errors.mark(s.where),
                        fmt::format("{} is disabled on {}: EdgeSync brings connectors and domains (our "
                                    "wording)",
                                    s.name, edge->name),
                        "run it on a Mailbox server, then Start-EdgeSynchronization",
                        "exchange.edge-subscription.refused-on-edge"});
    if (in.decisions != nullptr)
        in.decisions->push_back(
            {"exchange.edge-subscription.refused-on-edge",
             fmt::format("Does {} run on {}?", s.name, edge->name),
             "no: the Edge is subscribed",
             {},
             {{"EdgeSubscription of " + edge->name, *edge->edge_subscription, edge->edge_subscription.mark}},
             {},
             {}});
    return true;
}

bool is_in_reach(const shell& in, const server& s) {
    const auto* edge = edge_console(in);
    return edge == nullptr || edge->name == s.name;
}

std::vector<exchange::send_connector> send_connectors_shown(const shell& in) {
    const auto* edge = edge_console(in);
    if (edge == nullptr)
        return in.organization.send_connectors;
    auto out = exchange::connectors_for(in.organization, *edge);
    if (!exchange::works_by_adlds(*edge))
        std::erase_if(out, [&](const exchange::send_connector& c) {
            const auto& sources = *c.source_transport_servers;
            return std::none_of(sources.begin(), sources.end(), [&](const std::string& source) {
                return ascii_iequal(source, edge->name) || same_domain(source, *edge->fqdn);
            });
        });
    return out;
}

std::vector<exchange::accepted_domain> accepted_domains_shown(const shell& in) {
    if (const auto* of_tenant = accepted_domains_of_tenant(in))
        return *of_tenant;
    const auto* edge = edge_console(in);
    if (edge != nullptr && exchange::works_by_adlds(*edge))
        return edge->adlds.accepted_domains;
    std::vector<exchange::accepted_domain> out;
    for (const auto& domain : *in.organization.accepted_domains) {
        out.push_back(in.organization.settings_of(domain));
        out.back().is_default = domain == in.organization.default_domain();
    }
    return out;
}

const std::vector<exchange::remote_domain>& remote_domains_shown(const shell& in) {
    const auto* edge = edge_console(in);
    return edge != nullptr && exchange::works_by_adlds(*edge) ? edge->adlds.remote_domains
                                                              : in.organization.remote_domains;
}

const exchange::transport_config& transport_config_shown(const shell& in) {
    const auto* edge = edge_console(in);
    return edge == nullptr ? in.organization.transport : exchange::transport_for(in.organization, *edge);
}

view edge_subscriptions(const query& q) {
    const auto& in = q.in;
    view out{{}, {"Name", "Site", "Domain"}};
    const auto wanted = text_of(q.given, "Identity");
    const auto* edge = edge_console(in);
    for (const auto& e : in.organization.edge_subscriptions)
        if ((edge == nullptr || ascii_iequal(edge->name, e.name)) &&
            (wanted.empty() || matches_pattern(e.name, wanted) || matches_pattern(e.fqdn, wanted)))
            out.objects.push_back({{"Site", e.site},
                                   {"Domain", e.fqdn.substr(std::min(e.fqdn.find('.') + 1, e.fqdn.size()))},
                                   {"Name", e.name},
                                   {"Identity", e.name},
                                   {"Fqdn", e.fqdn},
                                   {"AdminDisplayVersion", e.version},
                                   {"EdgeCertificateThumbprint", e.certificate.thumbprint()},
                                   {"WhenCreatedUTC", date_time(e.imported, utc_of(in.organization))}});
    return out;
}

view edge_sync_service_config(const query& q) {
    const auto& c = q.in.organization.edge_sync;
    return {{{{"ConfigurationSyncInterval", format_duration(c.configuration_sync_interval)},
              {"RecipientSyncInterval", format_duration(c.recipient_sync_interval)},
              {"LockDuration", format_duration(c.lock_duration)},
              {"LockRenewalDuration", format_duration(c.lock_renewal_duration)},
              {"OptionDuration", format_duration(c.option_duration)}}},
            {}};
}

view edge_synchronization_tests(const query& q) {
    const auto& in = q.in;
    const auto& given = q.given;
    view out;
    const auto wanted = identity_of(given);
    const exchange::edge_sync_test how{is_on(given, "FullCompareMode"), is_on(given, "ExcludeRecipientTest")};
    for (const auto& e : in.organization.edge_subscriptions) {
        if (!wanted.empty() && !ascii_iequal(wanted, e.name) && !same_domain(wanted, e.fqdn))
            continue;
        auto tested =
            exchange::test_edge_synchronization(in.organization, e, how, in.now, utc_of(in.organization));
        out.objects.emplace_back(std::move(tested.value));
        if (in.decisions != nullptr)
            in.decisions->push_back(std::move(tested.why));
    }
    return out;
}

} // namespace connlab::cmdlet
