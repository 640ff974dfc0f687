#include "sim/scenario/idle_faults.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/http_url.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::scenario {

namespace {

bool is_published(const authority& a, publication p) {
    const auto found = a.publishes.urls.find(p);
    const bool named = found != a.publishes.urls.end() && !found->second.empty();
    // A member of the programme is fetched by automatic root update, without a word in any certificate.
    return named || (p == publication::issuer && a.public_programme && a.recipe.issuer.empty());
}

bool publishes_anything(const authority& a) {
    return std::any_of(std::begin(every_publication), std::end(every_publication),
                       [&](publication p) { return is_published(a, p); });
}

/// Hosts of places and proxies; those of Windows Update are nobody's.
std::vector<std::string> hosts_asked(const scenario& w) {
    std::vector<std::string> out;
    for (const auto& a : w.authorities)
        for (const auto& [what, places] : a.publishes.urls)
            for (const auto& place : places)
                if (const auto url = parse_http_url(*place))
                    out.push_back(ascii_lower(url->host));
    for (const auto& s : w.servers)
        if (const auto& proxy = *s.reaches.proxy; !proxy.empty())
            out.push_back(ascii_lower(proxy.substr(0, proxy.rfind(':'))));
    return out;
}

void report_idle(const source_mark& at, std::string message, std::string hint, reading& r) {
    r.findings.push_back({severity::warning, at, std::move(message), std::move(hint), {}});
}

void look_at_fault_of(const authority& a, std::optional<publication> of, const source_mark& at, reading& r) {
    if (of ? is_published(a, *of) : publishes_anything(a))
        return;
    report_idle(
        at,
        of ? fmt::format(
                 "no certificate of {} names its {}: nobody asks there, and the fault changes nothing",
                 a.recipe.id, to_string(*of))
           : fmt::format("no certificate of {} names a place: the fault changes nothing", a.recipe.id),
        of ? fmt::format("`{}: http` of the authority names a place", to_string(*of))
           : std::string("`Crl`, `Ocsp` and `Aia` of the authority name places"),
        r);
}

void look_at_host(const std::string& host, const source_mark& at, reading& r) {
    const auto asked = hosts_asked(r.world);
    if (std::find(asked.begin(), asked.end(), host) != asked.end() || host.ends_with("windowsupdate.com"))
        return;
    const auto near = nearest_word(host, asked);
    report_idle(at, fmt::format("no certificate and no proxy leads to {}: the fault changes nothing", host),
                near.empty() ? std::string{} : fmt::format("did you mean `{}`?", near), r);
}

} // namespace

void report_idle_faults(reading& r) {
    for (const auto& a : r.world.authorities)
        for (const auto& [what, fault] : a.publishes.faults)
            if (fault.kind != responder_fault_kind::none)
                look_at_fault_of(a, what, a.mark, r);
    const auto steps = r.world.steps;
    for (const auto& one : steps) {
        const auto* fault = std::get_if<responder_fault_step>(&one.what);
        if (fault == nullptr || fault->what.kind == responder_fault_kind::none)
            continue;
        if (fault->authority.empty()) {
            look_at_host(fault->host, one.mark, r);
            continue;
        }
        for (const auto& a : r.world.authorities)
            if (a.recipe.id == fault->authority)
                look_at_fault_of(a, fault->of, one.mark, r);
    }
}

} // namespace connlab::scenario
