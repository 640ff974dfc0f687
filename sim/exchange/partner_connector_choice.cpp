// Which Partner connector takes an incoming message (Exchange Online sheet 1.5).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/tenant_attribution.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

/// A Partner connector whose SenderDomains hold the sender.
struct contender {
    const inbound_connector* connector = nullptr;
    int rank = 0;
    bool by_certificate = false;
    bool by_address = false;
    std::string why;

    /// Every restriction of the connector is met.
    bool restrictions_met() const {
        return (!*connector->restrict_domains_to_certificate || by_certificate) &&
               (!*connector->restrict_domains_to_ip_addresses || by_address);
    }
    bool proved() const { return (by_certificate || by_address) && restrictions_met(); }
    /// It allows a sender's domain and asks for no proof.
    bool asks_nothing() const {
        return !connector->restricts() && connector->tls_sender_certificate_name->empty();
    }
};

bool holds(const std::vector<ip_range>& ranges, const ip_address& a) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const ip_range& r) { return r.contains(a); });
}

int scope_rank(const inbound_connector& c, std::string_view sender_domain) {
    int best = 0;
    for (const auto& pattern : *c.sender_domains)
        best = std::max(best, pattern_rank(pattern, sender_domain));
    return best;
}

bool concerns(const inbound_connector& c, std::string_view recipient) {
    const auto& limits = *c.associated_accepted_domains;
    return limits.empty() || std::any_of(limits.begin(), limits.end(), [&](const std::string& one) {
               return same_domain(one, mail_domain(recipient));
           });
}

std::string told(const contender& c) {
    if (c.proved())
        return c.by_certificate ? "its certificate name is on the client's certificate"
                                : "the client's address is in SenderIPAddresses";
    if (*c.connector->restrict_domains_to_certificate)
        return "RestrictDomainsToCertificate: its certificate name is not on a certificate that counts";
    if (*c.connector->restrict_domains_to_ip_addresses)
        return "RestrictDomainsToIPAddresses: the client's address is not in SenderIPAddresses";
    return c.asks_nothing() ? "allows the sender's domain" : "its certificate name is not on the certificate";
}

std::vector<contender> contenders(const tenant& t, const online_evidence& e, std::string_view sender_domain,
                                  std::string_view recipient, const behavior& b) {
    std::vector<contender> out;
    for (const auto& c : t.inbound_connectors) {
        const int rank = scope_rank(c, sender_domain);
        if (c.on_premises() || !*c.enabled || rank == 0 || !concerns(c, recipient))
            continue;
        contender one{&c, rank, false, false, {}};
        one.by_certificate =
            e.certificate_counts && !c.tls_sender_certificate_name->empty() &&
            match_sender_certificate(e.certificate, *c.tls_sender_certificate_name, b).matched;
        one.by_address = *c.restrict_domains_to_ip_addresses && holds(*c.sender_ip_addresses, e.peer);
        one.why = told(one);
        out.push_back(std::move(one));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const contender& x, const contender& y) { return x.rank > y.rank; });
    return out;
}

template <class Is>
const contender* first(const std::vector<contender>& all, Is is) {
    const auto found = std::find_if(all.begin(), all.end(), is);
    return found == all.end() ? nullptr : &*found;
}

/// The first one that `is`; that the order decides among equals is an assumption.
template <class Is>
void take(trace::decided<partner_choice>& out, const std::vector<contender>& all, Is is,
          std::string_view rule) {
    const auto* chosen = first(all, is);
    out.value.connector = chosen->connector;
    out.why.rule = std::string(rule);
    out.why.answer = chosen->connector->name;
    if (std::any_of(all.begin(), all.end(),
                    [&](const contender& c) { return &c != chosen && is(c) && c.rank == chosen->rank; }))
        rests_on(out.why, "exchange.online.partner.order");
}

void refuse(trace::decided<partner_choice>& out, const contender& c) {
    const auto& by = *c.connector->restrict_domains_to_certificate
                         ? c.connector->restrict_domains_to_certificate
                         : c.connector->restrict_domains_to_ip_addresses;
    out.value.refused = true;
    out.why.rule = "exchange.online.partner.restricted";
    out.why.answer = "none: connector " + c.connector->name + " restricts the sender's domain";
    cite(out.why,
         fmt::format("{} of inbound connector {}",
                     *c.connector->restrict_domains_to_certificate ? "RestrictDomainsToCertificate"
                                                                   : "RestrictDomainsToIPAddresses",
                     c.connector->name),
         "True", by.mark);
}

} // namespace

trace::decided<partner_choice> choose_partner_connector(const tenant& t, const online_evidence& e,
                                                        std::string_view sender_domain,
                                                        std::string_view recipient, const behavior& b) {
    trace::decided<partner_choice> out;
    out.why.question = fmt::format("Which Partner connector of tenant {} takes mail from {}?", t.name,
                                   sender_domain.empty() ? "<>" : sender_domain);
    const auto all = contenders(t, e, sender_domain, recipient, b);
    const auto by_certificate = [](const contender& c) { return c.proved() && c.by_certificate; };
    const auto proved = [](const contender& c) { return c.proved(); };
    const auto open = [](const contender& c) { return c.asks_nothing(); };
    const auto* restricted = first(all, [](const auto& c) { return c.connector->restricts(); });
    if (first(all, by_certificate) != nullptr)
        take(out, all, by_certificate, "exchange.online.partner.certificate");
    else if (first(all, proved) != nullptr)
        take(out, all, proved, "exchange.online.partner.address");
    else if (restricted != nullptr)
        refuse(out, *restricted);
    else if (first(all, open) != nullptr)
        take(out, all, open, "exchange.online.partner.domain");
    else {
        out.why.rule = "exchange.online.partner.none";
        out.why.answer = "none: the default connector, anonymous";
    }
    cite(out.why, "client certificate",
         e.certificate_counts ? join(e.certificate.domains(), ", ") : e.certificate_fault);
    cite(out.why, "connecting address", to_string(e.peer));
    for (const auto& c : all)
        consider(out.why, c.connector->name, c.connector == out.value.connector, c.why);
    return concluded(std::move(out));
}

} // namespace connlab::exchange
