#include "sim/tls/negotiate.hpp"

#include "sim/base/ascii.hpp"
#include "sim/tls/alert.hpp"
#include "sim/tls/suite_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace connlab::tls {

namespace {

using alert_number::handshake_failure;
using alert_number::protocol_version;

std::string listed(const std::vector<version>& all) {
    std::vector<std::string> words;
    for (const auto v : all)
        words.emplace_back(windows_name(v));
    return words.empty() ? "none" : join(words, ", ");
}

bool has_suite_for(const profile& p, version v) {
    const auto all = p.every_suite();
    return std::any_of(all.begin(), all.end(), [&](const std::string& name) {
        const auto* s = find_suite_by_schannel_name(name);
        return s != nullptr && s->valid_for(v);
    });
}

/// One side's word on a version, as a candidate's reason.
std::string word_on(const negotiator& who, version v) {
    const auto* state = who.what.protocol(v);
    return who.name + ": " + (state != nullptr ? state->why : who.what.has(v) ? "on" : "off");
}

void cite_versions(trace::decision& d, const negotiator& who) {
    d.because.push_back({"versions of " + who.name, listed(who.what.versions), {}});
    for (const auto& p : who.what.protocols) {
        if (p.mark.known())
            d.because.push_back({fmt::format("{} on {}", windows_name(p.what), who.name), p.why, p.mark});
        if (p.rule == "schannel.protocol.disabled-by-default")
            rest_on(d, {p.rule}); // two texts of Microsoft differ
    }
}

void consider_versions(trace::decision& d, const negotiator& client, const negotiator& server,
                       std::optional<version> chosen) {
    constexpr version every[] = {version::tls1_3, version::tls1_2, version::tls1_1, version::tls1_0,
                                 version::ssl3_0};
    for (const auto v : every) {
        const bool on_client = client.what.has(v);
        const bool on_server = server.what.has(v);
        if (!on_client && !on_server && v != version::tls1_3)
            continue;
        std::string why = "both have it";
        if (!on_client || !on_server)
            why = !on_client && !on_server ? word_on(client, v) + "; " + word_on(server, v)
                                           : word_on(on_client ? server : client, v);
        else if (chosen && v != *chosen)
            why = "both have it, and a higher one";
        d.considered.push_back({std::string(windows_name(v)), chosen && v == *chosen, std::move(why)});
    }
}

/// A side that cannot even begin.
std::optional<agreement> cannot_begin(const negotiator& client, const negotiator& server) {
    const auto& c = client.what;
    if (c.versions.empty())
        return agreement::no_version_on_client;
    if (std::none_of(c.versions.begin(), c.versions.end(), [&](version v) { return has_suite_for(c, v); }))
        return agreement::no_suite_on_client;
    return server.what.versions.empty() ? std::optional(agreement::no_version_on_server) : std::nullopt;
}

trace::decided<negotiation> not_begun(agreement how, const negotiator& client, const negotiator& server,
                                      trace::decision d) {
    const auto& who = how == agreement::no_version_on_server ? server : client;
    const bool suites = how == agreement::no_suite_on_client;
    d.rule = suites ? "tls.suite.none-left" : "tls.version.nothing-enabled";
    d.answer = fmt::format("none: {} has no {}", who.name,
                           suites ? "cipher suite for the versions it has" : "version for SMTP enabled");
    rest_on(d, {d.rule});
    for (const auto& gone : who.what.left_out)
        if (suites)
            d.because.push_back({gone.name, gone.why, gone.mark});
    trace::decided<negotiation> out;
    out.value.outcome = how;
    out.value.version_why = d;
    out.why = std::move(d);
    return out;
}

/// No version is common: the server answers with its highest below the client's, and the client does not take
/// it; or there is none.
trace::decided<negotiation> no_version(const negotiator& client, const negotiator& server,
                                       const server_key& key, trace::decision d) {
    trace::decided<negotiation> out;
    auto& n = out.value;
    n.outcome = agreement::no_common_version;
    n.alert = protocol_version;
    n.agreed_version = client.what.versions.back();
    d.rule = "tls.version.none-common";
    std::optional<version> answered;
    for (const auto v : server.what.versions)
        if (v < n.agreed_version && n.agreed_version != version::tls1_3) // TLS 1.3 lists its versions
            answered = v;
    if (answered) {
        const auto tried = choose_suite(client, server, key, *answered);
        n.passed_over = tried.value.passed_over;
        n.alert_by_server = !tried.value.succeeds();
        n.alert = n.alert_by_server ? tried.value.alert : protocol_version;
    }
    const auto& s = server.what;
    if (std::none_of(s.versions.begin(), s.versions.end(), [&](version v) { return has_suite_for(s, v); })) {
        n.alert_by_server = true; // it fails before it looks at any version
        n.alert = handshake_failure;
    }
    d.answer = n.alert == protocol_version ? "none: alert protocol_version (70)"
                                           : "none: alert handshake_failure (40), no suite for it either";
    n.version_why = d;
    out.why = std::move(d);
    return out;
}

} // namespace

server_key key_of(const certs::certificate& c) {
    server_key out;
    if (!c)
        return out;
    const auto& f = c.fields();
    out.bits = f.key_bits;
    out.kind = f.key == certs::key_kind::rsa   ? "RSA"
               : f.key == certs::key_kind::ec  ? "ECDSA"
               : f.key == certs::key_kind::dsa ? "DSS"
                                               : "another kind";
    out.curve = f.curve;
    out.sha512 = f.signature_digest == "SHA512";
    return out;
}

failure negotiation::as_failure() const {
    switch (outcome) {
    case agreement::agreed:
        return not_performed.empty() ? failure::none : failure::not_performed;
    case agreement::no_version_on_client:
    case agreement::no_suite_on_client:
        return failure::nothing_enabled;
    case agreement::no_version_on_server:
        return failure::connection_reset;
    case agreement::no_common_version:
        return failure::no_common_version;
    case agreement::no_common_suite:
        return failure::no_common_suite;
    case agreement::prime_refused:
    case agreement::key_refused:
        return failure::key_too_short;
    }
    return failure::other;
}

namespace {

trace::decided<negotiation> negotiate_by_rules(const negotiator& client, const negotiator& server,
                                               const server_key& key) {
    trace::decision d;
    d.question = fmt::format("Which protocol version do {} and {} speak?", client.name, server.name);
    cite_versions(d, client);
    cite_versions(d, server);
    if (const auto hopeless = cannot_begin(client, server)) {
        consider_versions(d, client, server, {});
        return not_begun(*hopeless, client, server, std::move(d));
    }
    const std::vector<version> highest_first(client.what.versions.rbegin(), client.what.versions.rend());
    const auto common = first_common(highest_first, server.what.versions);
    consider_versions(d, client, server, common);
    if (!common)
        return no_version(client, server, key, std::move(d));
    d.rule = "tls.version.highest-common";
    d.answer = windows_name(*common);
    auto out = choose_suite(client, server, key, *common);
    out.value.version_why = std::move(d);
    return out;
}

/// With the versions and the suites that this OpenSSL has; it offers none for DSS keys.
profile performed_here(profile p) {
    p.versions.erase(std::remove(p.versions.begin(), p.versions.end(), version::ssl3_0), p.versions.end());
    auto& s = p.suites;
    s.erase(std::remove_if(s.begin(), s.end(),
                           [](const std::string& name) {
                               const auto* known = find_suite_by_schannel_name(name);
                               return known == nullptr || !known->performed_here() ||
                                      known->authentication() == "DSS";
                           }),
            s.end());
    return p;
}

/// Without one OpenSSL goes by its own list.
bool names_curve_known_here(const profile& p) {
    constexpr std::string_view known[] = {"X25519", "P-256", "P-384", "P-521"};
    return std::any_of(p.groups.begin(), p.groups.end(), [&](const std::string& group) {
        return std::find(std::begin(known), std::end(known), group) != std::end(known);
    });
}

/// OpenSSL would use curves of its own where a suite asks for one.
bool lacks_curves(const profile& p) {
    const auto asks = [](const std::string& name) {
        const auto* s = find_suite_by_schannel_name(name);
        return s != nullptr && s->ecdhe();
    };
    return !names_curve_known_here(p) && (std::any_of(p.suites.begin(), p.suites.end(), asks) ||
                                          (p.has(version::tls1_3) && !p.tls13_suites.empty()));
}

bool has_gap(const profile& client, version from) {
    for (const auto v : {version::tls1_0, version::tls1_1, version::tls1_2, version::tls1_3})
        if (v > from && v < client.versions.back() &&
            std::find(client.versions.begin(), client.versions.end(), v) == client.versions.end())
            return true;
    return false;
}

/// Why a failure cannot be performed: OpenSSL would come to another one. Empty: it comes to the same.
std::string hindrance(const negotiator& client, const negotiator& server, const server_key& key,
                      const negotiation& computed) {
    if (computed.outcome == agreement::no_common_suite && has_gap(client.what, computed.agreed_version))
        return "ClientHello with a gap in its versions";
    const auto c = performed_here(client.what);
    const auto s = performed_here(server.what);
    const auto offered = forced(client.what, server.what, computed).client.versions;
    if (!has_suite_for(c, offered.back()))
        return "ClientHello without a suite for its highest version";
    if (lacks_curves(c) || lacks_curves(s))
        return "list of curves that names one it knows";
    const auto here = negotiate_by_rules({client.name, c}, {server.name, s}, key).value;
    const bool same = here.outcome == computed.outcome && here.alert == computed.alert &&
                      here.alert_by_server == computed.alert_by_server;
    return same ? std::string{} : "cipher suite that one of the two is left with";
}

} // namespace

trace::decided<negotiation> negotiate(const negotiator& client, const negotiator& server,
                                      const server_key& key) {
    auto out = negotiate_by_rules(client, server, key);
    auto& n = out.value;
    if (n.alert >= 0 && n.not_performed.empty())
        n.not_performed = hindrance(client, server, key, n);
    if (n.succeeds() && n.agreed_version == version::tls1_3 && n.group.starts_with("brainpool"))
        n.not_performed = n.group + " in TLS 1.3";
    return out;
}

namespace {

/// By its name with or without a curve.
void keep_suite(std::vector<std::string>& suites, std::string_view chosen) {
    std::vector<std::string> kept;
    for (const auto& name : suites)
        if (ascii_iequal(without_curve(name), without_curve(chosen)))
            kept.push_back(name);
    if (!kept.empty())
        suites = std::move(kept);
}

/// An OpenSSL server whose highest version has no suite fails before it reads a ClientHello.
void leave_versions_with_suites(profile& server) {
    auto& v = server.versions;
    const auto last =
        std::find_if(v.rbegin(), v.rend(), [&](version of) { return has_suite_for(server, of); });
    if (last != v.rend())
        v.erase(last.base(), v.end());
}

} // namespace

forced_profiles forced(const profile& client, const profile& server, const negotiation& n) {
    forced_profiles out{client, server};
    const auto highest = client.versions.empty() ? n.agreed_version : client.versions.back();
    auto& versions = out.client.versions;
    switch (n.outcome) {
    case agreement::no_common_version:
        versions = {highest};
        leave_versions_with_suites(out.server);
        break;
    case agreement::no_common_suite: // the ClientHello has to carry the suites that do not fit
        versions.clear();
        for (const auto v : {version::tls1_0, version::tls1_1, version::tls1_2, version::tls1_3})
            if (v >= n.agreed_version && v <= highest)
                versions.push_back(v);
        break;
    case agreement::agreed: // nothing else may come of it
        if (has_gap(client, n.agreed_version) || !n.not_performed.empty())
            versions = {n.agreed_version};
        leave_versions_with_suites(out.client);
        if (n.not_performed.empty()) {
            out.server.versions = {n.agreed_version};
            keep_suite(out.server.suites, n.suite);
        }
        break;
    default:
        versions = {n.agreed_version};
    }
    auto& suites = out.server.suites;
    for (const auto& gone : n.passed_over)
        suites.erase(std::remove(suites.begin(), suites.end(), gone), suites.end());
    const bool named_curves = std::any_of(server.suites.begin(), server.suites.end(), [](const auto& name) {
        return !curve_in_suite_name(name).empty();
    });
    if (!n.group.empty() && named_curves) // the curve in the suite's name decides, not their order
        out.server.groups = {n.group};
    return out;
}

} // namespace connlab::tls
