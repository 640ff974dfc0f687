#include "sim/base/domain_name.hpp"
#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

namespace {

/// Names as Exchange compares them: subject CN and every dNSName, in that order.
std::vector<std::string> compared_names(const certs::certificate& c, const behavior& b) {
    const auto& f = c.fields();
    std::vector<std::string> names;
    if (f.dns_names.empty() || b.is("CnMatchesBesideSan", "true"))
        names = f.subject.common_names();
    names.insert(names.end(), f.dns_names.begin(), f.dns_names.end());
    return names;
}

/// A reference `*.x` (SmtpDomainWithSubdomains): a name one label below x, or the wildcard itself.
bool reference_covers(std::string_view reference, std::string_view name, const behavior& b) {
    if (covers(reference, name))
        return true;
    const bool any_depth = b.is("TlsDomainWildcardDepth", "AnyDepth");
    const bool apex_too = b.is("TlsDomainWildcardDepth", "AnyDepthAndApex");
    const std::string_view parent = reference.substr(2);
    const std::string_view below = is_wildcard_name(name) ? name.substr(2) : name;
    return ((any_depth || apex_too) && is_subdomain(below, parent)) ||
           (apex_too && same_domain(name, parent));
}

bool name_covers(std::string_view name, std::string_view reference, const behavior& b) {
    if (is_wildcard_name(reference))
        return reference_covers(reference, name, b);
    return covers(name, reference); // a partial wildcard (m*.contoso.com) covers nothing
}

} // namespace

name_match match_names(const certs::certificate& c, const std::vector<std::string>& references,
                       const behavior& b) {
    name_match out;
    if (!c)
        return out;
    const auto names = compared_names(c, b);
    for (const auto& reference : references) {
        for (const auto& name : names) {
            if (!name_covers(name, reference, b))
                continue;
            out.matched = true;
            out.certificate_name = name;
            out.reference = reference;
            return out;
        }
    }
    return out;
}

} // namespace connlab::exchange
