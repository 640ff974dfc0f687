// Answers that the Hybrid Configuration Wizard does not take (Exchange Online sheet 3.2; the words are ours).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/certificate_ranking.hpp"
#include "sim/exchange/hybrid_wizard.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

class review {
  public:
    review(const organization& here, const tenant& there) : here_(here), there_(there) {}

    diagnostics all() {
        answers();
        domains();
        for (const auto& name : *h_.receiving_transport_servers)
            server_with_certificate("ReceivingTransportServers", h_.receiving_transport_servers.mark, name,
                                    server_role::mailbox);
        for (const auto& name : *h_.sending_transport_servers)
            server_with_certificate("SendingTransportServers", h_.sending_transport_servers.mark, name,
                                    server_role::mailbox);
        for (const auto& name : *h_.edge_transport_servers)
            subscribed_edge(name);
        return std::move(found_);
    }

  private:
    void refuse(const source_mark& at, std::string message, std::string hint = {}) {
        found_.push_back(
            {severity::error, first_known({at, h_.mark}), std::move(message), std::move(hint), {}});
    }

    void answers() {
        const bool by_mailbox =
            !h_.receiving_transport_servers->empty() || !h_.sending_transport_servers->empty();
        if (h_.by_edge() && by_mailbox)
            refuse(h_.edge_transport_servers.mark,
                   "with `EdgeTransportServers` the wizard wants `ReceivingTransportServers` and "
                   "`SendingTransportServers` empty (HCW8043)");
        if (!h_.by_edge() &&
            (h_.receiving_transport_servers->empty() || h_.sending_transport_servers->empty()))
            refuse(h_.receiving_transport_servers->empty() ? h_.receiving_transport_servers.mark
                                                           : h_.sending_transport_servers.mark,
                   "the wizard asks for `ReceivingTransportServers` and `SendingTransportServers`, or "
                   "for `EdgeTransportServers`");
        if (certificate_domain(*h_.tls_certificate_name).empty())
            refuse(
                h_.tls_certificate_name.mark,
                "`TlsCertificateName` names the certificate of hybrid mail flow: <I>issuer<S>subject with a "
                "CN");
        if (h_.on_premises_smart_host->empty())
            refuse(h_.on_premises_smart_host.mark,
                   "`OnPremisesSmartHost` is the host that Exchange Online connects to");
    }

    void domains() {
        if (h_.domains->empty())
            refuse(h_.domains.mark, "`Domains` are the mail domains that both sides share");
        for (const auto& d : *h_.domains) {
            if (!here_.accepts(d))
                refuse(h_.domains.mark, fmt::format("`Domains`: {} does not accept {}", here_.name, d));
            if (!there_.accepts(d))
                refuse(h_.domains.mark,
                       fmt::format("`Domains`: tenant {} does not accept {}", there_.name, d));
        }
    }

    const server* named(std::string_view key, const source_mark& at, const std::string& name,
                        server_role role) {
        std::vector<std::string> known;
        for (const auto& s : here_.servers) {
            if (s.role != role)
                continue;
            if (ascii_iequal(s.name, name) || same_domain(*s.fqdn, name))
                return &s;
            known.push_back(s.name);
        }
        const auto near = nearest_word(name, known);
        refuse(at, fmt::format("`{}`: {} has no {} server {}", key, here_.name, to_string(role), name),
               near.empty() ? "" : fmt::format("did you mean `{}`?", near));
        return nullptr;
    }

    /// A scenario that is only read has no certificates yet.
    const server* server_with_certificate(std::string_view key, const source_mark& at,
                                          const std::string& name, server_role role) {
        const auto* s = named(key, at, name, role);
        if (s == nullptr || s->certificates.empty())
            return s;
        const auto id = certs::parse_certificate_identifier(*h_.tls_certificate_name);
        const auto has = [&](const stored_certificate& c) {
            return c.has_private_key() && id && same_text(*id, c.cert);
        };
        if (std::none_of(s->certificates.begin(), s->certificates.end(), has))
            refuse(h_.tls_certificate_name.mark,
                   fmt::format("`TlsCertificateName`: {} has no certificate {} with a private key", s->name,
                               *h_.tls_certificate_name));
        return s;
    }

    void subscribed_edge(const std::string& name) {
        const auto* s = server_with_certificate("EdgeTransportServers", h_.edge_transport_servers.mark, name,
                                                server_role::edge);
        if (s != nullptr && s->edge_subscription->empty())
            refuse(
                h_.edge_transport_servers.mark,
                fmt::format("`EdgeTransportServers`: {} has no Edge subscription, and organization headers "
                            "go between Edge and Mailbox servers only by direct trust",
                            s->name));
    }

    const organization& here_;
    const tenant& there_;
    const hybrid_configuration& h_ = here_.hybrid;
    diagnostics found_;
};

} // namespace

diagnostics wizard_refusals(const organization& here, const tenant& there) {
    return review(here, there).all();
}

} // namespace connlab::exchange
