#include "sim/cmdlet/get_cmdlets.hpp"

#include "sim/cmdlet/certificate_view.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/cmdlet/listing.hpp"
#include "sim/cmdlet/piped_format.hpp"
#include "sim/cmdlet/tenant_views.hpp"

namespace connlab::cmdlet {

namespace {

struct get_cmdlet {
    std::string_view name;
    const std::vector<plain_parameter>* parameters;
    view (*find)(const query&);
    layout by_default = layout::table; // how the objects are printed when nothing is said
    bool letters = false;              // the default table shows services as letters
    /// What the arguments alone can be wrong in; may be null.
    void (*check)(const plain_arguments&, error_list&) = nullptr;
};

const get_cmdlet cmdlets[] = {
    {"Get-SendConnector", &identity_parameter, send_connectors},
    {"Get-ReceiveConnector", &identity_and_server, receive_connectors},
    {"Get-TransportConfig", &identity_parameter, transport_config, layout::list},
    {"Get-TransportService", &identity_parameter, transport_services},
    {"Get-FrontendTransportService", &identity_parameter, frontend_transport_services},
    {"Get-MailboxTransportService", &identity_parameter, mailbox_transport_services},
    {"Get-ExchangeCertificate", &certificate_parameters, certificates, layout::table, true},
    {"Get-AcceptedDomain", &identity_parameter, accepted_domains},
    {"Get-RemoteDomain", &identity_parameter, remote_domains},
    {"Get-Queue", &queue_listing_parameters, queues, layout::table, false, check_queue_listing},
    {"Get-HybridConfiguration", &no_parameters, hybrid_configuration, layout::list},
    {"Get-OrganizationConfig", &no_parameters, organization_config, layout::list},
    {"Get-InboundConnector", &identity_parameter, inbound_connectors},
    {"Get-OutboundConnector", &identity_parameter, outbound_connectors},
    {"Get-EdgeSubscription", &identity_parameter, edge_subscriptions},
    {"Get-EdgeSyncServiceConfig", &identity_parameter, edge_sync_service_config, layout::list},
    {"Test-EdgeSynchronization", &edge_test_parameters, edge_synchronization_tests, layout::list},
};

const get_cmdlet* cmdlet_named(std::string_view name) {
    for (const auto& c : cmdlets)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

/// A query without wildcards for an object that is not there is an error.
view found_by(const get_cmdlet& c, const query& q) {
    const auto said_before = q.errors.size();
    auto v = c.find(q);
    const bool unknown_yet = q.in.rehearsal && c.find == queues; // no message has been sent
    const auto* asked = q.given.count("Identity") > 0       ? "Identity"
                        : q.given.count("TargetServer") > 0 ? "TargetServer"
                                                            : "Thumbprint";
    if (v.objects.empty() && q.given.count(asked) > 0 && q.errors.size() == said_before && !unknown_yet)
        q.fail_at(asked, fmt::format(not_found, text_of(q.given, asked)));
    return v;
}

} // namespace

const std::vector<std::string>& get_cmdlets() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : cmdlets)
            out.emplace_back(c.name);
        return out;
    }();
    return names;
}

std::optional<std::string> run_get(const statement& s, const shell& in, error_list& errors) {
    const auto* c = cmdlet_named(s.name);
    if (c == nullptr)
        return std::nullopt;
    const auto given = bind_plain(s, *c->parameters, errors);
    const auto format = format_of(s, errors);
    if (!given || !format)
        return std::string{};
    auto v = found_by(*c, {s, in, *given, errors});
    if (c->letters && layout_for(*format, c->by_default) != layout::list)
        show_letters(v);
    return formatted(std::move(v), *format, c->by_default);
}

std::optional<std::vector<view_object>> objects_of(const statement& s, const shell& in, error_list& errors) {
    const auto* c = cmdlet_named(s.name);
    if (c == nullptr)
        return std::nullopt;
    const auto given = bind_plain(s, *c->parameters, errors);
    return given ? found_by(*c, {s, in, *given, errors}).objects : std::vector<view_object>{};
}

bool check_get(const statement& s, error_list& errors) {
    const auto* c = cmdlet_named(s.name);
    if (c == nullptr)
        return false;
    const auto given = bind_plain(s, *c->parameters, errors);
    if (given && c->check != nullptr)
        c->check(*given, errors);
    format_of(s, errors);
    return true;
}

} // namespace connlab::cmdlet
