// New- and Remove-AcceptedDomain, New- and Remove-RemoteDomain.
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/object_work.hpp"
#include "sim/exchange/parameters.hpp"

namespace connlab::cmdlet {

namespace {

using namespace exchange;

bool is_domain(const work& w, const plain_arguments& given) {
    const auto domain = given.find("DomainName");
    if (domain == given.end()) {
        w.fail(w.text.name + " needs -DomainName");
        return false;
    }
    const auto text = text_of(given, "DomainName");
    if (text == "*" || is_domain_name(text) || is_wildcard_name(text))
        return true;
    w.errors.add(
        domain->second.where,
        fmt::format("`DomainName`: `{}` is not a domain name like contoso.com or *.contoso.com", text));
    return false;
}

/// Name and domain; the name is the domain unless it is given. Absent: said what is wrong.
std::optional<std::pair<std::string, std::string>> new_domain(const work& w, const plain_arguments& given) {
    if (!is_domain(w, given))
        return std::nullopt;
    auto domain = text_of(given, "DomainName");
    auto name = text_of(given, "Name");
    return std::pair{name.empty() ? domain : std::move(name), std::move(domain)};
}

} // namespace

const std::vector<plain_parameter> new_remote_domain_parameters{{"Name", false, true}, {"DomainName"}};
const std::vector<plain_parameter> new_accepted_domain_parameters{
    {"Name", false, true},
    {"DomainName"},
    {"DomainType"},
    without_effect("MatchSubDomains"),
    without_effect("OutboundOnly"),
    without_effect("AuthenticationType"),
    without_effect("CatchAllRecipient"),
    without_effect("InitialDomain"),
    without_effect("LiveIdInstanceType"),
    without_effect("MailFlowPartner"),
    without_effect("SkipDnsProvisioning", true),
    without_effect("SkipDomainNameValidation", true),
};

void new_accepted_domain(const work& w) {
    const auto given = bind_plain(w.text, new_accepted_domain_parameters, w.errors);
    const auto fresh = given ? new_domain(w, *given) : std::nullopt;
    if (!fresh)
        return;
    for (const auto& known : *w.draft.accepted_domains)
        if (same_domain(known, fresh->second))
            return w.fail_at(*given, "DomainName",
                             fmt::format("{} is an accepted domain already (our wording)", known));
    accepted_domain d;
    d.domain = fresh->second;
    d.name = fresh->first;
    for (const auto& [name, content] : *given) {
        const auto* row = name == "Name" ? nullptr : find_parameter(accepted_domain_parameters(), name);
        if (row != nullptr && !apply(bound_setting<accepted_domain>{row, &content}, d, w.errors))
            return;
    }
    say_what_has_no_effect(w, new_accepted_domain_parameters, *given);
    auto domains = *w.draft.accepted_domains;
    domains.push_back(d.domain);
    w.draft.accepted_domains = {std::move(domains), w.draft.accepted_domains.mark};
    w.changed("Accepted domain " + d.domain + ": created");
    w.draft.domain_settings.push_back(std::move(d));
}

void remove_accepted_domain(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto identity = text_of(*given, "Identity");
    auto domains = *w.draft.accepted_domains;
    const auto is_it = [&](const std::string& domain) {
        return same_domain(domain, identity) || ascii_iequal(*w.draft.settings_of(domain).name, identity);
    };
    const auto found = std::find_if(domains.begin(), domains.end(), is_it);
    if (found == domains.end())
        return w.fail_at(*given, "Identity", fmt::format(not_found, identity));
    const auto domain = *found;
    if (w.draft.default_domain() == domain)
        return w.fail_at(*given, "Identity",
                         fmt::format("{} is the default domain and cannot be removed (our wording)", domain));
    domains.erase(found);
    std::erase_if(w.draft.domain_settings, [&](const auto& d) { return same_domain(d.domain, domain); });
    w.draft.accepted_domains = {std::move(domains), w.draft.accepted_domains.mark};
    w.changed("Accepted domain " + domain + ": removed");
}

void new_remote_domain(const work& w) {
    const auto given = bind_plain(w.text, new_remote_domain_parameters, w.errors);
    const auto fresh = given ? new_domain(w, *given) : std::nullopt;
    if (!fresh)
        return;
    for (const auto& known : w.draft.remote_domains)
        if (ascii_iequal(known.name, fresh->first) || same_domain(*known.domain_name, fresh->second))
            return w.fail_at(*given, "DomainName",
                             fmt::format("there is a remote domain `{}` for {} already (our wording)",
                                         known.name, *known.domain_name));
    w.draft.remote_domains.push_back({fresh->first, {fresh->second}, {}});
    w.changed("Remote domain " + fresh->first + ": created");
}

void remove_remote_domain(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto identity = text_of(*given, "Identity");
    if (ascii_iequal(identity, "Default"))
        return w.fail_at(*given, "Identity", "the remote domain Default cannot be removed (our wording)");
    if (std::erase_if(w.draft.remote_domains,
                      [&](const auto& d) { return ascii_iequal(d.name, identity); }) == 0)
        return w.fail_at(*given, "Identity", fmt::format(not_found, identity));
    w.changed("Remote domain " + identity + ": removed");
}

} // namespace connlab::cmdlet
