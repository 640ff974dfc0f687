#include "sim/exchange/internal_hops.hpp"

#include "certs/base64.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool same_site(const server& a, const server& b) {
    return ascii_iequal(*a.site, *b.site);
}

bool is_source(const send_connector& c, const server& s) {
    const auto& all = *c.source_transport_servers;
    return all.empty() || std::any_of(all.begin(), all.end(), [&](const std::string& name) {
               return ascii_iequal(name, s.name) || same_domain(name, *s.fqdn);
           });
}

/// The first of the connector's source servers that the organization has.
const server* source_of(const send_connector& c, const organization& o) {
    for (const auto& s : o.servers)
        if (is_source(c, s))
            return &s;
    return nullptr;
}

bool leads_inwards(const send_connector& c) {
    return c.smart_hosts->size() == 1 && c.smart_hosts->front() == "--";
}

void nowhere_from_edge(trace::decided<next_stage>& out, const server& edge) {
    out.why.rule = "exchange.route.edge-without-subscription";
    out.why.answer = "nowhere: " + edge.name + " has no way into the organization";
    cite(out.why, "EdgeSubscription of " + edge.name,
         edge.edge_subscription->empty() ? "none" : *edge.edge_subscription, edge.edge_subscription.mark);
}

/// As EdgeSync has told it.
std::string site_of_edge(const server& edge) {
    for (const auto& e : edge.adlds.entries)
        if (lies_in(e, servers_container))
            return attribute_of(e, "site");
    return {};
}

/// An address space that names accepted domains, not just everything.
bool names_domain(const send_connector& c, std::string_view domain) {
    return std::any_of(c.address_spaces->begin(), c.address_spaces->end(), [&](const address_space& a) {
        if (a.domain == "--")
            return true;
        return a.domain != "*" && (same_domain(a.domain, domain) ||
                                   (a.domain.starts_with("*.") && same_domain(a.domain.substr(2), domain)));
    });
}

void towards_mailbox(trace::decided<next_stage>& out, const organization& o, const server& holder,
                     std::string_view recipient) {
    const auto* home = o.mailbox_server(recipient); // there is one: `holder` is a Mailbox server
    const bool here = same_site(*home, holder);
    out.value.step = here ? next_step::mailbox_delivery : next_step::hub;
    out.value.target = home;
    out.value.delivery_type = here ? "SmtpDeliveryToMailbox" : "SmtpRelayToMailboxDeliveryGroup";
    out.value.next_hop_domain = here ? *home->fqdn : *home->site;
    out.why.rule = here ? "exchange.route.mailbox" : "exchange.route.other-site";
    out.why.answer = here ? "to Mailbox Transport Delivery of " + home->name
                          : fmt::format("to the Transport service of {} in site {}", home->name, *home->site);
    cite(out.why, "mailbox of " + std::string(recipient), home->name,
         home->mailboxes.mark.known() ? home->mailboxes.mark : home->mark);
    if (!here)
        cite(out.why, "Site of " + holder.name, *holder.site, holder.site.mark);
}

/// Smart hosts `--`: the Mailbox servers of the site, also those that came after the subscription.
void inwards_from_edge(trace::decided<next_stage>& out, const organization& o, const server& edge,
                       const send_connector& by) {
    const auto site = site_of_edge(edge);
    for (const auto& s : o.servers) {
        if (s.role != server_role::mailbox || !ascii_iequal(*s.site, site))
            continue;
        consider(out.why, s.name, out.value.target == nullptr, "a Mailbox server of the site " + site);
        if (out.value.target == nullptr)
            out.value.target = &s;
        else
            out.value.alternates.push_back(&s);
    }
    if (out.value.target == nullptr)
        return nowhere_from_edge(out, edge);
    out.value.connector = &by;
    out.value.step = next_step::from_edge;
    out.value.delivery_type = "SmartHostConnectorDelivery";
    out.value.next_hop_domain = "--";
    out.why.rule = "exchange.route.from-edge";
    out.why.answer = "to " + out.value.target->name + " in the subscribed site";
    cite(out.why, of_connector("SmartHosts", by), "--", by.smart_hosts.mark);
}

void by_connector(trace::decided<next_stage>& out, const organization& o, const server& holder,
                  const send_connector& c) {
    out.value.connector = &c;
    if (!is_source(c, holder)) {
        out.value.target = source_of(c, o);
        const bool edge = out.value.target->role == server_role::edge;
        out.value.step = edge ? next_step::edge : next_step::hub;
        out.value.delivery_type = edge ? "SmtpRelayWithinAdSiteToEdge" : "SmtpRelayToConnectorSourceServers";
        out.value.next_hop_domain = out.value.target->name;
        out.why.rule = edge ? "exchange.route.to-edge" : "exchange.route.source-server";
        out.why.answer = fmt::format("to {}, a source server of {}", out.value.target->name, c.name);
        cite(out.why, of_connector("SourceTransportServers", c), join(*c.source_transport_servers, ", "),
             c.source_transport_servers.mark);
        return;
    }
    const bool proxied = *c.frontend_proxy_enabled && holder.role == server_role::mailbox;
    out.value.step = proxied ? next_step::proxy : next_step::leave;
    out.why.rule = proxied ? "exchange.route.front-end-proxy" : "exchange.route.leaves";
    out.why.answer = proxied ? "through the Front End of " + holder.name + ", by " + c.name
                             : "out of the organization, by " + c.name;
    cite(out.why, of_connector("FrontendProxyEnabled", c), true_or_false(*c.frontend_proxy_enabled),
         c.frontend_proxy_enabled.mark);
}

void queue_unauthenticated(trace::decided<send_verdict>& out, std::string_view rule) {
    out.value.action = send_action::queue;
    out.value.reason = "CannotAchieveExchangeServerAuthentication";
    out.value.reply = "451 5.7.3 Cannot achieve Exchange Server authentication";
    out.value.bare = true;
    out.why.rule = std::string(rule);
    out.why.answer = "queued: " + out.value.reply;
}

constexpr std::string_view ticket_words = "No Kerberos ticket, Connector Lab: ";

} // namespace

std::string token_of(const server& s) {
    return certs::base64_encoded(std::string(ticket_words) + s.name);
}

std::string server_named_by(std::string_view token) {
    const auto words = certs::base64_decoded(token);
    return words && words->starts_with(ticket_words) ? words->substr(ticket_words.size()) : std::string{};
}

trace::decided<next_stage> select_next_stage(const organization& o, const server& holder,
                                             std::string_view recipient, const send_connector* chosen) {
    trace::decided<next_stage> out;
    out.why.question = fmt::format("Where does {} send the message for {} next?", holder.name, recipient);
    if (chosen != nullptr && works_by_adlds(holder) && leads_inwards(*chosen)) {
        inwards_from_edge(out, o, holder, *chosen);
    } else if (chosen != nullptr) {
        by_connector(out, o, holder, *chosen);
    } else if (holder.role == server_role::edge) {
        nowhere_from_edge(out, holder);
    } else {
        towards_mailbox(out, o, holder, recipient);
    }
    return concluded(std::move(out));
}

bool has_way_in(const organization& o, const server& edge, std::string_view domain) {
    if (works_by_adlds(edge))
        return true;
    return std::any_of(o.send_connectors.begin(), o.send_connectors.end(), [&](const send_connector& c) {
        return !c.source_transport_servers->empty() && is_source(c, edge) && names_domain(c, domain);
    });
}

send_connector intra_organization_connector(const server& s) {
    send_connector c;
    c.name = "Intra-Organization SMTP Send Connector";
    c.smart_host_auth_mechanism = smart_host_auth::exchange_server;
    c.dns_routing_enabled = false;
    c.verbose_protocol_logging = s.intra_org_verbose_logging;
    return c;
}

send_connector edge_inbound_connector(const server& edge) {
    auto c = intra_organization_connector(edge);
    for (const auto& known : edge.adlds.send_connectors)
        if (leads_inwards(known))
            c.name = known.name;
    return c;
}

tls_policy direct_trust_policy() {
    auto p = intra_organization_policy();
    p.direct_trust = true;
    return p;
}

tls_policy intra_organization_policy() {
    tls_policy p;
    p.must_use_tls = true;
    p.exchange_authentication = true;
    return p;
}

trace::decided<send_verdict> judge_exchange_hello(const server& s, const send_connector& c,
                                                  const exchange_keywords_seen& peer,
                                                  std::string_view remote_host) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("How does {} become an Exchange server for {}?", s.name, remote_host);
    cite(out.why, "EHLO reply of " + std::string(remote_host),
         fmt::format("{} X-ANONYMOUSTLS, {} X-EXPS", peer.anonymous_tls ? "with" : "without",
                     peer.authentication ? "with" : "without"));
    if (!peer.tls_active && peer.anonymous_tls && !peer.own_certificate) {
        queue_unauthenticated(out, "exchange.anonymous-tls.no-own-certificate");
    } else if (!peer.tls_active && peer.anonymous_tls) {
        out.value.action = send_action::start_anonymous_tls;
        out.why.rule = "exchange.anonymous-tls.offered";
        out.why.answer = "X-ANONYMOUSTLS first";
    } else if (!peer.tls_active && !*s.use_downgraded_exchange_server_auth) {
        queue_unauthenticated(out, "exchange.anonymous-tls.not-offered");
    } else if (peer.direct_trust && peer.tls_active && peer.authentication) {
        out.why.rule = "exchange.direct-trust.known";
        out.why.answer = "it is one by its certificate";
    } else if (!peer.authentication) {
        queue_unauthenticated(out, "exchange.exchange-authentication.not-offered");
    } else {
        out.value.action = send_action::authenticate;
        out.why.rule = peer.tls_active ? "exchange.exchange-authentication.offered"
                                       : "exchange.anonymous-tls.downgraded";
        out.why.answer = peer.tls_active ? "X-EXPS EXCHANGEAUTH inside TLS" : "X-EXPS GSSAPI without TLS";
        if (!peer.tls_active)
            cite(out.why, "UseDowngradedExchangeServerAuth of " + s.name, "True",
                 s.use_downgraded_exchange_server_auth.mark);
    }
    if (out.value.action == send_action::queue)
        out.value.events.push_back(outbound_authentication_failed(c.name, remote_host));
    return concluded(std::move(out));
}

bool demands_exchange_authentication(const send_connector& c) {
    return *c.smart_host_auth_mechanism == smart_host_auth::exchange_server && !c.smart_hosts->empty();
}

trace::decided<send_verdict> judge_exchange_logon_offer(const send_connector& c, bool offered,
                                                        std::string_view smart_host) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("Can {} authenticate as an Exchange server to {}?", c.name, smart_host);
    cite(out.why, of_connector("SmartHostAuthMechanism", c), "ExchangeServer",
         c.smart_host_auth_mechanism.mark);
    cite(out.why, "EHLO reply of " + std::string(smart_host), offered ? "with X-EXPS" : "without X-EXPS");
    if (offered) {
        out.value.action = send_action::authenticate;
        out.why.rule = "exchange.exchange-authentication.at-smart-host";
        out.why.answer = "by X-EXPS GSSAPI";
    } else {
        queue_unauthenticated(out, "exchange.exchange-authentication.not-offered");
        out.value.events.push_back(outbound_authentication_failed(c.name, smart_host));
    }
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_exchange_authentication(const send_connector& c, std::string_view reply,
                                                           bool accepted, std::string_view remote_host) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("Did {} recognize the Exchange server?", remote_host);
    cite(out.why, "reply to X-EXPS", accepted ? "235" : std::string(reply));
    out.why.rule =
        accepted ? "exchange.exchange-authentication.accepted" : "exchange.exchange-authentication.refused";
    out.why.answer = accepted ? "yes" : "no: back to the queue";
    if (!accepted) {
        out.value.action = send_action::queue;
        out.value.reason = "LogonDenied";
        out.value.reply = std::string(reply);
        out.value.events.push_back(outbound_authentication_failed(c.name, remote_host));
    }
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> judge_exchange_server(const organization& o, const server& s,
                                                      const receive_connector& c, std::string_view mechanism,
                                                      std::string_view claimed, const ip_address& remote,
                                                      bool fails) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("Is the client of {} an Exchange server of {}?", c.name, o.name);
    cite(out.why, "X-EXPS " + std::string(mechanism), std::string(claimed));
    const bool known = std::any_of(o.servers.begin(), o.servers.end(), [&](const server& one) {
        return one.is_exchange() && ascii_iequal(one.name, claimed);
    });
    if (known && !fails) {
        out.value.auth_as = "Internal";
        out.why.rule = "exchange.exchange-authentication.not-performed";
        out.why.answer = "yes, by the scenario's word";
        return concluded(std::move(out));
    }
    out.value.accepted = false;
    out.value.reason = "LogonDenied";
    out.value.reply = "454 4.7.0 Temporary authentication failure";
    out.value.events.push_back(inbound_authentication_failed("LogonDenied", c.name, "ExchangeAuth", remote));
    out.why.rule = "exchange.exchange-authentication.fails";
    out.why.answer = known ? "no: the scenario lets Kerberos fail on " + s.name : "no: nobody of that name";
    return concluded(std::move(out));
}

} // namespace connlab::exchange
