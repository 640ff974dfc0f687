// Steps about certification authorities and what servers remember of them.
#include "sim/base/ascii.hpp"
#include "sim/lab/steps.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::lab {

namespace {

std::string_view words(scenario::responder_fault_kind k) {
    using enum scenario::responder_fault_kind;
    switch (k) {
    case none:
        return "work again";
    case refused:
        return "refuse connections";
    case unreachable:
        return "cannot be reached";
    case silent:
        return "take connections and say nothing";
    case reset:
        return "reset connections";
    case garbage:
        return "answer something that is no HTTP";
    case latency:
        return "answer late";
    case not_found:
        return "answer 404";
    case server_error:
        return "answer 500";
    case proxy_authentication:
        return "demand a logon (407)";
    case redirect:
        return "redirect to another place";
    case redirect_loop:
        return "redirect in a circle";
    case truncated:
        return "break off within the answer";
    case empty:
        return "answer nothing";
    case wrong_content:
        return "answer a web page";
    case huge:
        return "answer more than anyone takes";
    case wrong_signer:
        return "serve what another key has signed";
    case stale:
        return "serve what has ended";
    case not_yet_valid:
        return "serve what has not begun";
    case other_distribution_point:
        return "serve a list for another distribution point";
    case try_later:
        return "answer tryLater";
    case unauthorized:
        return "answer unauthorized";
    case other_certificate:
        return "answer about another certificate";
    }
    return {};
}

std::string_view places_of(scenario::publication p) {
    switch (p) {
    case scenario::publication::crl:
        return "distribution points";
    case scenario::publication::delta:
        return "delta lists";
    case scenario::publication::ocsp:
        return "OCSP responders";
    case scenario::publication::issuer:
        return "AIA places";
    }
    return {};
}

} // namespace

bool player::play_step(const scenario::responder_fault_step& s, trace::step_record& record,
                       diagnostics& /*findings*/) {
    record.verb = "Fault";
    if (s.authority.empty()) {
        record.text = fmt::format("requests to {}: they {}", s.host, words(s.what.kind));
        world_.host_faults[s.host] = s.what;
        return true;
    }
    auto& a = world_.authorities.at(s.authority);
    std::vector<std::string> named;
    for (const auto p : scenario::every_publication) {
        if (p == scenario::publication::delta && !s.of && !a.how.has_deltas())
            continue;
        if ((s.of && *s.of != p) || !fits(s.what.kind, p))
            continue;
        a.faults[p] = s.what;
        named.emplace_back(places_of(p));
    }
    record.text = fmt::format("{} of {} {}", join(named, " and "), a.id, words(s.what.kind));
    return true;
}

bool player::play_step(const scenario::publish_crl_step& s, trace::step_record& record,
                       diagnostics& /*findings*/) {
    record.verb = "Publish-Crl";
    auto& a = world_.authorities.at(s.authority);
    a.publish(now_);
    const auto list = list_at(a, now_);
    record.text = fmt::format("{}: list number {}, {} revoked, until {}", a.id, list.number,
                              list.revoked.size(), format_instant(list.next_update));
    return true;
}

bool player::play_step(const scenario::revoke_step& s, trace::step_record& record,
                       diagnostics& /*findings*/) {
    record.verb = "Revoke";
    const auto& issued = world_.certificates.at(s.certificate);
    auto& by = world_.authorities.at(issued.issuer);
    by.revoke(issued.cert.fields().serial, s.reason, now_);
    record.text = fmt::format("{} by {}, {}", issued.cert.subject(), by.id, certs::to_string(s.reason));
    return true;
}

bool player::play_step(const scenario::present_step& s, trace::step_record& record,
                       diagnostics& /*findings*/) {
    record.verb = "Present";
    for (auto& o : world_.organizations)
        for (auto& server : o.servers) {
            auto& all = server.certificates;
            const auto found =
                std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.name == s.certificate; });
            if (found == all.end())
                continue;
            std::rotate(all.begin(), found, found + 1);
            record.text = fmt::format("{} presents {}, issued by {}", server.name, all.front().cert.subject(),
                                      all.front().cert.issuer());
        }
    return true;
}

bool player::play_step(const scenario::clear_url_cache_step& s, trace::step_record& record,
                       diagnostics& /*findings*/) {
    record.verb = "Clear-UrlCache";
    record.text = s.whose.empty() ? "of every server" : "of " + s.whose;
    for (auto& [name, cache] : world_.url_caches) {
        const auto* server = world_.server_named(name);
        if (s.whose.empty() || ascii_iequal(name, s.whose) ||
            (server != nullptr && ascii_iequal(server->organization, s.whose)))
            chain::clear(cache);
    }
    return true;
}

} // namespace connlab::lab
