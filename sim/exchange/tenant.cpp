#include "sim/exchange/tenant.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/directory_id.hpp"
#include "sim/exchange/premises.hpp"

#include <algorithm>

namespace connlab::exchange {

namespace {

bool lists(const std::vector<std::string>& addresses, std::string_view address) {
    return std::any_of(addresses.begin(), addresses.end(),
                       [&](const std::string& one) { return ascii_iequal(one, address); });
}

} // namespace

std::string_view to_string(online_connector_type t) {
    return t == online_connector_type::partner ? "Partner" : "OnPremises";
}

bool accepted_domain::holds(std::string_view mail_domain) const {
    return same_domain(domain, mail_domain) || (*match_sub_domains && is_subdomain(mail_domain, domain));
}

int pattern_rank(std::string_view pattern, std::string_view mail_domain) {
    if (pattern == "*")
        return 1;
    if (same_domain(pattern, mail_domain))
        return 1000;
    if (!is_wildcard_name(pattern))
        return 0;
    const auto parent = pattern.substr(2);
    const bool held = same_domain(parent, mail_domain) || is_subdomain(mail_domain, parent);
    return held ? 1 + static_cast<int>(parent.size()) : 0;
}

const accepted_domain* tenant::domain_holding(std::string_view mail_domain) const {
    const accepted_domain* found = nullptr;
    for (const auto& d : accepted_domains)
        if (d.holds(mail_domain) && (found == nullptr || d.domain.size() > found->domain.size()))
            found = &d;
    return found;
}

void tenant::date_connectors(instant now) {
    const auto date = [now](auto& connectors) {
        for (auto& c : connectors)
            if (c.dates.created == instant{})
                c.dates = {now, now};
    };
    date(inbound_connectors);
    date(outbound_connectors);
}

bool tenant::in_region(std::string_view where) const {
    return region->empty() || *region == where;
}

bool tenant::has_recipient(std::string_view address) const {
    return lists(*recipients, address);
}

bool tenant::knows(std::string_view address) const {
    const auto* held = domain_holding(mail_domain(address));
    return recipients->empty() || has_recipient(address) || held == nullptr ||
           *held->type != domain_type::authoritative;
}

bool tenant::restricts_senders_to(std::string_view address) const {
    return lists(*authenticated_senders_only, address);
}

const remote_domain* tenant::remote_domain_for(std::string_view mail_domain) const {
    return exchange::remote_domain_for(remote_domains, mail_domain);
}

std::string tenant::id() const {
    return directory_id("Exchange Online tenant " + ascii_lower(name));
}

std::string tenant::initial_domain() const {
    constexpr std::string_view suffix = ".onmicrosoft.com";
    for (const auto& d : accepted_domains) // one label before it: not contoso.mail.onmicrosoft.com
        if (d.domain.size() > suffix.size() && ascii_iequal(d.domain.substr(d.domain.find('.')), suffix))
            return d.domain;
    return accepted_domains.empty() ? std::string{} : accepted_domains.front().domain;
}

} // namespace connlab::exchange
