#include "sim/exchange/tenant_attribution.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace connlab::exchange {

namespace {

/// A connector of type OnPremises and what the session has to do with it.
struct contender {
    const tenant* owner = nullptr;
    const inbound_connector* connector = nullptr;
    name_match certificate;
    bool name_accepted = false; // TlsSenderCertificateName corresponds to an accepted domain
    bool sender_accepted = false;
    const ip_range* range = nullptr;
    std::string why;
    bool usable = false;
};

bool has_restriction(const tenant& t) {
    return std::any_of(t.inbound_connectors.begin(), t.inbound_connectors.end(),
                       [](const auto& c) { return *c.enabled && !c.on_premises() && c.restricts(); });
}

/// C9: what a certificate name that corresponds to no accepted domain is worth.
bool falls_back_to_sender(const tenant& t, const behavior& b) {
    if (b.is("SenderCertificateNotAccepted", "ByTenant"))
        return !has_restriction(t);
    return b.is("SenderCertificateNotAccepted", "FallBackToSender");
}

bool is_limited_to_others(const inbound_connector& c, std::string_view domain) {
    const auto& limits = *c.associated_accepted_domains;
    return !limits.empty() && std::none_of(limits.begin(), limits.end(),
                                           [&](const std::string& one) { return same_domain(one, domain); });
}

const ip_range* range_holding(const inbound_connector& c, const ip_address& peer) {
    const ip_range* best = nullptr;
    for (const auto& r : *c.sender_ip_addresses)
        if (r.contains(peer) && (best == nullptr || r.compare_size(*best) < 0))
            best = &r;
    return best;
}

class attribution_search {
  public:
    attribution_search(const std::vector<tenant>& all, const online_evidence& e,
                       std::string_view sender_domain, std::string_view recipient, const behavior& b)
        : all_(all), e_(e), sender_(sender_domain), recipient_(recipient), rules_(b) {
        for (const auto& t : all)
            for (const auto& c : t.inbound_connectors)
                if (c.on_premises())
                    contenders_.push_back(look_at(t, c));
    }

    trace::decided<attribution> result() {
        out_.why.question = fmt::format("Whose message is one from {} to {}?", told_sender(), recipient_);
        const bool found = by_certificate() || by_certificate_and_sender() || by_address();
        if (!found)
            by_recipient();
        cite_evidence();
        for (const auto& c : contenders_)
            consider(out_.why, c.owner->name + ": " + c.connector->name, c.connector == out_.value.connector,
                     c.why);
        return concluded(std::move(out_));
    }

  private:
    std::string told_sender() const { return sender_.empty() ? "<>" : std::string(sender_); }

    contender look_at(const tenant& t, const inbound_connector& c) const {
        contender out;
        out.owner = &t;
        out.connector = &c;
        out.sender_accepted = !sender_.empty() && t.accepts(sender_);
        if (!*c.enabled) {
            out.why = "not enabled";
            return out;
        }
        if (is_limited_to_others(c, sender_)) {
            out.why = "AssociatedAcceptedDomains do not hold the sender's domain";
            return out;
        }
        out.usable = true;
        const auto& name = *c.tls_sender_certificate_name;
        if (e_.certificate_counts && !name.empty())
            out.certificate = match_sender_certificate(e_.certificate, name, rules_);
        out.name_accepted = !name.empty() && corresponds_to_accepted(t, name);
        out.range = range_holding(c, e_.peer);
        out.why = told(out);
        return out;
    }

    std::string told(const contender& c) const {
        const auto& name = *c.connector->tls_sender_certificate_name;
        std::vector<std::string> parts;
        if (!name.empty() && !e_.certificate_counts)
            parts.push_back("a certificate is needed: " + e_.certificate_fault);
        else if (!name.empty() && !c.certificate.matched)
            parts.push_back(name + " is not on the certificate");
        else if (!name.empty() && !c.name_accepted)
            parts.push_back(name + " corresponds to no accepted domain");
        if (!c.connector->sender_ip_addresses->empty() && c.range == nullptr)
            parts.push_back("the address is not in SenderIPAddresses");
        else if (c.range != nullptr && !c.sender_accepted)
            parts.push_back("the sender's domain is not accepted");
        return parts.empty() ? "matches" : join(parts, "; ");
    }

    void conclude(const contender& c, std::string_view rule, std::string_view how) {
        out_.value.direction = directionality::originating;
        out_.value.owner = c.owner;
        out_.value.connector = c.connector;
        out_.why.rule = std::string(rule);
        out_.why.answer =
            fmt::format("Originating: sent by tenant {}, connector {}", c.owner->name, c.connector->name);
        for (auto& other : contenders_)
            if (&other == &c)
                other.why = how;
            else if (other.why == "matches")
                other.why = "matches less exactly, or comes later";
    }

    void conclude_certificate(const contender& c, std::string_view rule, std::string_view how) {
        const auto& name = c.connector->tls_sender_certificate_name;
        conclude(c, rule, how);
        cite(out_.why, "TlsSenderCertificateName of inbound connector " + c.connector->name, *name,
             name.mark);
        cite(out_.why, "name on the certificate", c.certificate.certificate_name);
        if (is_wildcard_name(*name) && !same_domain(c.certificate.certificate_name, *name) &&
            !covers(*name, c.certificate.certificate_name))
            rests_on_switch(out_.why, rules_, "SenderCertificateWildcardDepth",
                            "exchange.online.certificate-name.wildcard");
    }

    /// How exactly: a name without wildcard before one with, then the longer one.
    static std::tuple<bool, std::size_t> exactness(const contender& c) {
        const auto& name = *c.connector->tls_sender_certificate_name;
        return {!is_wildcard_name(name), name.size()};
    }

    template <class Eligible, class Rank>
    const contender* best(Eligible eligible, Rank rank) const {
        const contender* found = nullptr;
        for (const auto& c : contenders_)
            if (c.usable && eligible(c) && (found == nullptr || rank(c) > rank(*found)))
                found = &c;
        return found;
    }

    /// Another connector that matches as exactly: which one wins is not public.
    template <class Eligible>
    void note_tie(const contender& winner, Eligible eligible, std::string_view evidence) {
        for (auto& c : contenders_) {
            if (&c == &winner || !c.usable || !eligible(c))
                continue;
            rests_on(out_.why, "exchange.online.attribution.tie");
            out_.value.findings.push_back(
                c.owner == winner.owner
                    ? fmt::format("inbound connectors {} and {} of tenant {} match the same {}",
                                  winner.connector->name, c.connector->name, c.owner->name, evidence)
                    : fmt::format("inbound connectors of tenants {} and {} match the same {}",
                                  winner.owner->name, c.owner->name, evidence));
            c.why = "matches as exactly, comes later";
        }
    }

    bool by_certificate() {
        const auto* c =
            best([](const contender& x) { return x.certificate.matched && x.name_accepted; }, exactness);
        if (c == nullptr)
            return false;
        conclude_certificate(
            *c, "exchange.online.attribution.certificate",
            "its certificate name is on the certificate and corresponds to an accepted domain");
        note_tie(
            *c,
            [&](const contender& x) {
                return x.certificate.matched && x.name_accepted && exactness(x) == exactness(*c);
            },
            "certificate");
        return true;
    }

    /// A2: the certificate matches, its name is no accepted domain; the sender's is.
    bool by_certificate_and_sender() {
        const auto* c = best(
            [&](const contender& x) {
                return x.certificate.matched && x.sender_accepted && falls_back_to_sender(*x.owner, rules_);
            },
            exactness);
        for (auto& x : contenders_)
            if (x.usable && x.certificate.matched && x.sender_accepted) {
                rests_on_switch(out_.why, rules_, "SenderCertificateNotAccepted",
                                "exchange.online.certificate-not-accepted");
                if (&x == c)
                    continue;
                if (falls_back_to_sender(*x.owner, rules_))
                    x.why += "; matches less exactly, or comes later";
                else
                    x.why += "; the tenant has a restrictive Partner connector, or the switch refuses it";
            }
        if (c == nullptr)
            return false;
        conclude_certificate(
            *c, "exchange.online.attribution.sender",
            "its certificate name is on the certificate, and the sender's domain is accepted");
        note_tie(
            *c,
            [&](const contender& x) {
                return x.certificate.matched && x.sender_accepted && falls_back_to_sender(*x.owner, rules_) &&
                       exactness(x) == exactness(*c);
            },
            "certificate");
        return true;
    }

    /// The tenants whose connector holds the address and that accept the sender's domain: exactly one.
    bool by_address() {
        const auto eligible = [](const contender& x) { return x.range != nullptr && x.sender_accepted; };
        const auto* c = best(eligible, [](const contender&) { return 0; });
        if (c == nullptr)
            return false;
        for (const auto& x : contenders_)
            if (x.usable && eligible(x) && x.range->compare_size(*c->range) < 0 && x.owner == c->owner)
                c = &x;
        conclude(*c, "exchange.online.attribution.address",
                 "the address is in SenderIPAddresses, and the sender's domain is accepted");
        cite(out_.why, "SenderIPAddresses of inbound connector " + c->connector->name, c->range->text,
             c->connector->sender_ip_addresses.mark);
        note_tie(
            *c, [&](const contender& x) { return eligible(x) && x.range->compare_size(*c->range) == 0; },
            "address");
        if (e_.certificate_counts)
            rests_on(out_.why, "exchange.online.attribution.address-beside-certificate");
        return true;
    }

    void by_recipient() {
        const auto domain = mail_domain(recipient_);
        const auto owner =
            std::find_if(all_.begin(), all_.end(), [&](const tenant& t) { return t.accepts(domain); });
        if (owner == all_.end()) {
            out_.why.rule = "exchange.online.attribution.nobody";
            out_.why.answer =
                "nobody's: no connector proves the sender, and no tenant accepts the recipient's domain";
            return;
        }
        out_.value.direction = directionality::incoming;
        out_.value.owner = &*owner;
        out_.why.rule = "exchange.online.attribution.recipient";
        out_.why.answer = "Incoming: for tenant " + owner->name;
        cite(out_.why, "accepted domain of tenant " + owner->name, domain,
             owner->domain_holding(domain)->name.mark);
    }

    void cite_evidence() {
        cite(out_.why, "client certificate",
             e_.certificate_counts ? join(e_.certificate.domains(), ", ") : e_.certificate_fault);
        cite(out_.why, "connecting address", to_string(e_.peer));
        cite(out_.why, "domain of MAIL FROM", told_sender());
    }

    const std::vector<tenant>& all_;
    const online_evidence& e_;
    std::string_view sender_;
    std::string_view recipient_;
    const behavior& rules_;
    std::vector<contender> contenders_;
    trace::decided<attribution> out_;
};

} // namespace

bool corresponds_to_accepted(const tenant& t, std::string_view certificate_name) {
    if (!is_wildcard_name(certificate_name))
        return t.accepts(certificate_name);
    const auto parent = certificate_name.substr(2);
    return std::any_of(t.accepted_domains.begin(), t.accepted_domains.end(), [&](const accepted_domain& d) {
        return d.holds(parent) || is_subdomain(d.domain, parent);
    });
}

std::string_view to_string(directionality d) {
    switch (d) {
    case directionality::originating:
        return "Originating";
    case directionality::incoming:
        return "Incoming";
    case directionality::none:
        break;
    }
    return "none";
}

trace::decided<attribution> attribute_message(const std::vector<tenant>& all, const online_evidence& e,
                                              std::string_view sender_domain, std::string_view recipient,
                                              const behavior& b) {
    return attribution_search(all, e, sender_domain, recipient, b).result();
}

} // namespace connlab::exchange
