#include "sim/exchange/hybrid_wizard.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/directory_id.hpp"
#include "sim/exchange/parameter_differences.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

constexpr const char* online_name = "mail.protection.outlook.com";

std::string id_of(const organization& o) {
    return directory_id("Exchange organization " + ascii_lower(o.name));
}

constexpr std::string_view made = ": made"; // behind the name of an object that was not there

/// `ConnectorType OnPremises; RequireTls True`: what a new object has beside the defaults.
template <class Object>
std::string settings_beside(const std::vector<parameter<Object>>& table, const Object& defaults,
                            const Object& fresh) {
    std::vector<std::string> all;
    for (const auto& p : table)
        if (const auto shown = p.show(fresh); shown != p.show(defaults))
            all.push_back(fmt::format("{} {}", p.name, shown.empty() ? "$null" : shown));
    return join(all, "; ");
}

/// One run: where it writes, and what it says about it.
class wizard {
  public:
    wizard(organization& here, tenant& there, wizard_run& out) : here_(here), there_(there), out_(out) {}

    void everything() {
        const auto tenant_name = first_label(there_.initial_domain());
        const auto coexistence = tenant_name + ".mail.onmicrosoft.com";
        send_connector_to_online(coexistence);
        receive_connectors();
        inbound_connector_of_tenant();
        outbound_connector_of_tenant();
        coexistence_domain(coexistence);
        trusted_domains(coexistence, tenant_name + ".onmicrosoft.com");
    }

    /// Only what names the certificate.
    void certificate() {
        const auto named = inbound_name();
        if (auto* c = hybrid_send_connector())
            change("Send connector " + c->name, send_connector_parameters(), *c,
                   [&](auto& it) { it.tls_certificate_name = h_.tls_certificate_name; });
        for (auto* c : front_ends())
            change("Receive connector " + c->identity(), receive_connector_parameters(), *c,
                   [&](auto& it) { it.tls_certificate_name = h_.tls_certificate_name; });
        if (auto* c = find(there_.inbound_connectors, hybrid_inbound_connector_name(here_)))
            change("inbound connector " + c->name, inbound_connector_parameters(), *c,
                   [&](auto& it) { it.tls_sender_certificate_name = set(named); });
        if (auto* c = find(there_.outbound_connectors, hybrid_outbound_connector_name(here_)))
            change("outbound connector " + c->name, outbound_connector_parameters(), *c,
                   [&](auto& it) { it.tls_domain = set(domain()); });
    }

  private:
    static std::string first_label(std::string_view domain) {
        return std::string(domain.substr(0, domain.find('.')));
    }

    /// A value of the wizard stands where the scenario describes the hybrid configuration.
    template <class T>
    located<T> set(T value) const {
        return {std::move(value), h_.mark};
    }

    std::string domain() const { return certificate_domain(*h_.tls_certificate_name); }

    template <class Object, class Change>
    void change(const std::string& what, const std::vector<parameter<Object>>& table, Object& object,
                Change how) {
        const auto before = object;
        how(object);
        if (!out_.changes.empty() && out_.changes.back() == what + std::string(made)) {
            out_.changes.back() += ", " + settings_beside(table, before, object);
            return;
        }
        if (const auto changed = differences(table, before, object); !changed.empty())
            out_.changes.push_back(what + ": " + changed);
    }

    template <class Object>
    static Object* find(std::vector<Object>& all, std::string_view name) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Object& o) { return ascii_iequal(o.name, name); });
        return found == all.end() ? nullptr : &*found;
    }

    template <class Object>
    Object& found_or_made(std::vector<Object>& all, const std::string& what, const std::string& name) {
        if (auto* known = find(all, name))
            return *known;
        all.emplace_back();
        all.back().name = name;
        all.back().mark = h_.mark;
        out_.changes.push_back(fmt::format("{} {}{}", what, name, made));
        return all.back();
    }

    /// Older wizards named it without the organization's id.
    send_connector* hybrid_send_connector() {
        if (auto* known = find(here_.send_connectors, hybrid_send_connector_name(here_)))
            return known;
        return find(here_.send_connectors, "Outbound to Office 365");
    }

    void send_connector_to_online(const std::string& coexistence) {
        auto* known = hybrid_send_connector();
        auto& c = known != nullptr ? *known
                                   : found_or_made(here_.send_connectors, "Send connector",
                                                   hybrid_send_connector_name(here_));
        change("Send connector " + c.name, send_connector_parameters(), c, [&](send_connector& it) {
            it.address_spaces = set(std::vector{address_space{"smtp", coexistence, 1}});
            it.smart_hosts = set(std::vector<std::string>{});
            it.dns_routing_enabled = set(true);
            it.fqdn = set(domain());
            it.require_tls = set(true);
            it.ignore_starttls = set(false);
            it.level = set(std::optional(tls_auth_level::domain_validation));
            it.tls_domain = set(std::string(online_name));
            it.tls_certificate_name = h_.tls_certificate_name;
            it.cloud_services_mail_enabled = set(true);
            it.domain_secure_enabled = set(false);
            it.error_policies = set(std::uint32_t{policy_default});
            it.source_transport_servers =
                h_.by_edge() ? h_.edge_transport_servers : h_.sending_transport_servers;
        });
    }

    std::vector<receive_connector*> front_ends() {
        std::vector<receive_connector*> all;
        for (auto& s : here_.servers)
            for (auto& c : s.receive_connectors)
                if (receives(s) && ascii_iequal(c.name, "Default Frontend " + s.name))
                    all.push_back(&c);
        return all;
    }

    bool receives(const server& s) const {
        const auto& all = *h_.receiving_transport_servers;
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& name) { return ascii_iequal(name, s.name); });
    }

    void receive_connectors() {
        for (auto* c : front_ends())
            change("Receive connector " + c->identity(), receive_connector_parameters(), *c,
                   [&](receive_connector& it) {
                       it.auth = set(std::uint32_t{auth_tls | auth_integrated | auth_basic |
                                                   auth_basic_require_tls | auth_exchange_server});
                       it.permissions = set(std::uint32_t{group_anonymous_users | group_exchange_servers |
                                                          group_exchange_legacy_servers});
                       it.require_tls = set(false);
                       it.tls_certificate_name = h_.tls_certificate_name;
                       it.tls_domain_capabilities = set(
                           std::vector<std::string>{std::string(online_name) + ":AcceptCloudServicesMail"});
                   });
        for (const auto& edge : *h_.edge_transport_servers)
            out_.notes.push_back(fmt::format("{0}: run on the Edge server: Set-ReceiveConnector "
                                             "\"{0}\\Default internal receive connector {0}\" "
                                             "-TlsDomainCapabilities {1}:AcceptOorgProtocol -Fqdn {2}",
                                             edge, online_name, domain()));
    }

    void inbound_connector_of_tenant() {
        const auto named = inbound_name();
        auto& c = found_or_made(there_.inbound_connectors, "inbound connector",
                                hybrid_inbound_connector_name(here_));
        change("inbound connector " + c.name, inbound_connector_parameters(), c, [&](inbound_connector& it) {
            it.type = set(online_connector_type::on_premises);
            it.source = set(connector_source::hybrid_wizard);
            it.sender_domains = set(std::vector<std::string>{"*"});
            it.sender_ip_addresses = set(std::vector<ip_range>{});
            it.require_tls = set(true);
            it.restrict_domains_to_ip_addresses = set(false);
            it.tls_sender_certificate_name = set(named);
            it.cloud_services_mail_enabled = set(true);
            it.associated_accepted_domains = set(std::vector<std::string>{});
        });
    }

    void outbound_connector_of_tenant() {
        auto& c = found_or_made(there_.outbound_connectors, "outbound connector",
                                hybrid_outbound_connector_name(here_));
        change("outbound connector " + c.name, outbound_connector_parameters(), c,
               [&](outbound_connector& it) {
                   it.type = set(online_connector_type::on_premises);
                   it.source = set(connector_source::hybrid_wizard);
                   it.recipient_domains = h_.centralized() ? set(std::vector<std::string>{"*"}) : h_.domains;
                   it.smart_hosts = set(std::vector<std::string>{*h_.on_premises_smart_host});
                   it.use_mx_record = set(false);
                   it.tls_settings = set(std::optional(tls_auth_level::domain_validation));
                   it.tls_domain = set(domain());
                   it.cloud_services_mail_enabled = set(true);
                   it.route_all_messages_via_on_premises = set(h_.centralized());
                   it.transport_rule_scoped = set(false);
               });
    }

    /// Mailboxes that were moved have their address in this domain.
    void coexistence_domain(const std::string& name) {
        if (here_.accepts(name))
            return;
        here_.accepted_domains.value.push_back(name);
        auto settings = here_.settings_of(name);
        settings.type = set(domain_type::internal_relay);
        here_.domain_settings.push_back(std::move(settings));
        out_.changes.push_back(fmt::format("accepted domain {}: made, InternalRelay", name));
    }

    void trusted_domains(const std::string& coexistence, const std::string& initial) {
        auto& target = remote_domain_of(coexistence);
        change("remote domain " + target.name, remote_domain_parameters(), target,
               [&](remote_domain& it) { it.target_delivery_domain = set(true); });
        auto& trusted = remote_domain_of(initial);
        change("remote domain " + trusted.name, remote_domain_parameters(), trusted,
               [&](remote_domain& it) { it.trusted_mail_inbound_enabled = set(true); });
    }

    remote_domain& remote_domain_of(const std::string& domain) {
        auto& all = here_.remote_domains;
        const auto name = "Hybrid Domain - " + domain;
        if (auto* known = find(all, name))
            return *known;
        all.emplace_back();
        all.back().name = name;
        all.back().domain_name = set(domain);
        out_.changes.push_back(fmt::format("remote domain {}: made for {}", name, domain));
        return all.back();
    }

    std::string inbound_name() {
        auto named = inbound_certificate_name(h_, there_);
        out_.decisions.push_back(std::move(named.why));
        return std::move(named.value);
    }

    organization& here_;
    tenant& there_;
    const hybrid_configuration& h_ = here_.hybrid;
    wizard_run& out_;
};

/// The accepted domain above the name: of `smtp365.varunagroup.de` it is `varunagroup.de`.
std::string accepted_above(std::string_view name, const tenant& t) {
    for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
        name.remove_prefix(dot + 1);
        for (const auto& d : t.accepted_domains)
            if (same_domain(d.domain, name))
                return d.domain;
    }
    return {};
}

} // namespace

trace::decided<std::string> inbound_certificate_name(const hybrid_configuration& h, const tenant& t) {
    const auto name = certificate_domain(*h.tls_certificate_name);
    const bool listed = std::any_of(t.accepted_domains.begin(), t.accepted_domains.end(),
                                    [&](const accepted_domain& d) { return same_domain(d.domain, name); });
    const auto above = accepted_above(name, t);
    const bool literal = listed || above.empty() || name.starts_with("*.");
    trace::decided<std::string> out;
    out.value = literal ? name : "*." + above;
    out.why.rule = "exchange.hybrid.inbound-certificate-name";
    out.why.question = fmt::format("Which certificate name does the inbound connector of {} get?", t.name);
    out.why.answer = out.value;
    out.why.considered = {{name, literal,
                           listed ? "an accepted domain of the tenant"
                                  : fmt::format("{} is no accepted domain of the tenant", name)}};
    if (!above.empty() && !listed && !name.starts_with("*."))
        out.why.considered.push_back(
            {"*." + above, true, "matches the certificate, and corresponds to an accepted domain"});
    out.why.because = {{"TlsCertificateName of the hybrid configuration", *h.tls_certificate_name,
                        first_known({h.tls_certificate_name.mark, h.mark})}};
    return out;
}

const tenant* hybrid_tenant(const organization& here, const organization& online) {
    for (const auto& t : online.tenants)
        for (const auto& domain : *here.hybrid.domains)
            if (t.accepts(domain))
                return &t;
    return nullptr;
}

wizard_run run_hybrid_wizard(organization& here, tenant& there, wizard_scope scope) {
    wizard_run out;
    wizard run(here, there, out);
    if (scope == wizard_scope::everything)
        run.everything();
    else
        run.certificate();
    return out;
}

std::string hybrid_send_connector_name(const organization& o) {
    return "Outbound to Office 365 - " + id_of(o);
}
std::string hybrid_inbound_connector_name(const organization& o) {
    return "Inbound from " + id_of(o);
}
std::string hybrid_outbound_connector_name(const organization& o) {
    return "Outbound to " + id_of(o);
}

} // namespace connlab::exchange
