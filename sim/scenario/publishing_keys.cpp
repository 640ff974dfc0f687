#include "sim/scenario/publishing_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/http_url.hpp"

#include <cctype>
#include <fmt/format.h>
#include <map>

namespace connlab::scenario {

namespace {

using certs::certificate_recipe;
using certs::revocation_reason;
using draft_key = key<certificate_draft>;

struct named_reason {
    std::string_view word;
    revocation_reason reason;
};
constexpr named_reason reasons[] = {
    {"Unspecified", revocation_reason::unspecified},
    {"KeyCompromise", revocation_reason::key_compromise},
    {"CaCompromise", revocation_reason::ca_compromise},
    {"AffiliationChanged", revocation_reason::affiliation_changed},
    {"Superseded", revocation_reason::superseded},
    {"CessationOfOperation", revocation_reason::cessation_of_operation},
    {"CertificateHold", revocation_reason::certificate_hold},
    {"RemoveFromCrl", revocation_reason::remove_from_crl},
};

bool is_place(const node& n, reading& r, std::string_view key) {
    if (n.text == "http" || n.text == "ldap" || n.text == "none")
        return true;
    const auto scheme = url_scheme(n.text);
    if (scheme == "http") {
        const auto url = parse_http_url(n.text);
        if (!url)
            r.error(n, fmt::format("`{}`: {}", key, url.error));
        return static_cast<bool>(url);
    }
    if (scheme == "ldap" || scheme == "https" || scheme == "file")
        return true;
    r.error(n, fmt::format("`{}` is http, ldap, none or a URL, not `{}`", key, n.text));
    return false;
}

/// Where one kind of publication is to be found.
draft_key place_key(publication what, std::string about) {
    const std::string name(to_string(what));
    return draft_key(name, one_or_list(text()), std::move(about),
                     [what, name](certificate_draft& d, const node& n, reading& r) {
                         auto& urls = d.as_authority.publishes.urls[what];
                         urls.clear(); // what Enterprise has said
                         for (const auto* entry : entries(n))
                             if (is_place(*entry, r, name) && entry->text != "none")
                                 urls.emplace_back(entry->text, entry->mark());
                     });
}

draft_key fault_key(publication what) {
    std::vector<std::string> words;
    for (const auto& w : responder_fault_words())
        if (w != "Latency" && fits(*responder_fault_of_word(w), what))
            words.push_back(w);
    return draft_key(fmt::format("{}Fault", to_string(what)), word(words),
                     "what is wrong there from the beginning; a Fault step changes it",
                     [what](certificate_draft& d, const node& n, reading&) {
                         d.as_authority.publishes.faults[what].kind = *responder_fault_of_word(n.text);
                     });
}

draft_key span_key(std::string name, std::string about, std::function<void(publishing&, duration)> set) {
    return draft_key(name, time_span(), std::move(about),
                     [name, set = std::move(set)](certificate_draft& d, const node& n, reading& r) {
                         const auto length = *parse_duration(n.text);
                         if (length == duration{})
                             r.error(n, fmt::format("`{}` is longer than nothing", name));
                         set(d.as_authority.publishes, length);
                     });
}

/// Windows' sanitized name (`certutil -ca.cert`): what an LDAP name or a file name should not hold becomes
/// `!` and its code.
std::string sanitized(const std::string& name) {
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '.' || c == '-' || c == ' ')
            out += c;
        else
            out += fmt::format("!{:04x}", byte);
    }
    return out;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == ' ' ? std::string("%20") : std::string(1, c);
    return out;
}

std::string file_name(const std::string& authority) {
    std::string out;
    for (const char c : authority)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            out += c;
    return out;
}

std::string http_place(const authority& a, publication what) {
    const auto name = file_name(a.recipe.id);
    switch (what) {
    case publication::crl:
        return "http://crl.pki.test/" + name + ".crl";
    case publication::delta: // AD CS' own name for it: <DeltaCRLAllowed>
        return "http://crl.pki.test/" + name + "+.crl";
    case publication::ocsp:
        return "http://ocsp.pki.test/" + name;
    case publication::issuer:
        return "http://aia.pki.test/" + name + ".crt";
    }
    return {};
}

/// `CN=Configuration,DC=varunagroup,DC=de`
std::string configuration_container(const exchange::organization& forest) {
    std::string out = "CN=Configuration";
    for (const auto& label : split(forest.accepted_domains->front(), '.'))
        out += ",DC=" + label;
    return out;
}

/// What an AD CS enterprise CA writes by default (Schannel sheet 6.7); its host has the organization's CA
/// server's short name, which nobody declares: PKI.
std::string ldap_place(const authority& a, const exchange::organization& forest, publication what) {
    const auto name = escaped(sanitized(a.recipe.id));
    const auto services = "CN=Public%20Key%20Services,CN=Services," + configuration_container(forest);
    if (what == publication::crl || what == publication::delta)
        return fmt::format("ldap:///CN={},CN=PKI,CN=CDP,{}?{}?base?objectClass=cRLDistributionPoint", name,
                           services,
                           what == publication::crl ? "certificateRevocationList" : "deltaRevocationList");
    return fmt::format("ldap:///CN={},CN=AIA,{}?cACertificate?base?objectClass=certificationAuthority", name,
                       services);
}

const exchange::organization* forest_of(const authority& a, const scenario& w) {
    for (const auto& o : w.organizations)
        if (ascii_iequal(o.name, *a.enterprise) && !o.accepted_domains->empty())
            return &o;
    return nullptr;
}

void resolve(located<std::string>& place, const authority& a, publication what, reading& r) {
    if (*place == "http")
        place.value = http_place(a, what);
    if (*place != "ldap")
        return;
    const auto* forest = forest_of(a, r.world);
    if (what == publication::ocsp)
        r.error(place.mark, "`Ocsp` is asked over http alone");
    else if (forest != nullptr)
        place.value = ldap_place(a, *forest, what);
    else if (a.enterprise->empty())
        r.error(place.mark,
                fmt::format("`{}: ldap` needs `Enterprise`: in whose Active Directory?", to_string(what)));
}

/// A URL leads to one thing.
void refuse_shared_places(reading& r) {
    std::map<std::string, const authority*> taken;
    for (const auto& a : r.world.authorities)
        for (const auto& [what, places] : a.publishes.urls)
            for (const auto& place : places)
                if (const auto [other, fresh] = taken.emplace(*place, &a);
                    !fresh && *place != "ldap" && other->second->recipe.key.same_as != a.recipe.id &&
                    a.recipe.key.same_as != other->second->recipe.id)
                    r.error(place.mark,
                            fmt::format("{} publishes at {} already", other->second->recipe.id, *place));
}

std::vector<std::string> urls_of(const authority& a, publication what) {
    std::vector<std::string> out;
    if (const auto found = a.publishes.urls.find(what); found != a.publishes.urls.end())
        for (const auto& place : found->second)
            out.push_back(*place);
    return out;
}

/// Deltas come by the clock, and more often than complete lists.
void check_deltas(const authority& a, reading& r) {
    if (!a.publishes.has_deltas())
        return;
    const auto& at = a.publishes.urls.at(publication::delta).front().mark;
    if (urls_of(a, publication::crl).empty())
        r.error(at, "`DeltaCrl` needs `Crl`: a delta list adds to a complete one");
    if (a.publishes.crl_by_hand)
        r.error(at, "`DeltaCrl` needs `CrlPublishing: Automatic`: delta lists are made by the clock");
    if (a.publishes.delta_period > a.publishes.crl_period)
        r.error(at, "`DeltaPeriod` is not longer than `CrlPeriod`");
}

} // namespace

std::vector<std::string> revocation_words() {
    std::vector<std::string> out;
    for (const auto& r : reasons)
        out.emplace_back(r.word);
    return out;
}

revocation_reason revocation_of_word(std::string_view word) {
    for (const auto& r : reasons)
        if (r.word == word)
            return r.reason;
    return revocation_reason::unspecified;
}

key<certificate_draft> revoked_key() {
    auto words = revocation_words();
    words.pop_back(); // RemoveFromCrl undoes one
    return draft_key("Revoked", word(std::move(words)), "since the day before the clock, and why",
                     [](certificate_draft& d, const node& n, reading&) {
                         d.as_authority.revoked = d.as_certificate.revoked = revocation_of_word(n.text);
                     });
}

key_table<certificate_draft> publishing_keys() {
    return {
        draft_key("Enterprise", text(),
                  "an enterprise CA of this organization's Active Directory: members of the domain hold its "
                  "root, and Crl and Aia are ldap unless they say otherwise",
                  [](certificate_draft& d, const node& n, reading& r) {
                      d.as_authority.enterprise = {n.text, n.mark()};
                      r.mention_name(mentioned::organization, n, "`Enterprise`");
                      for (const auto what : {publication::crl, publication::issuer})
                          d.as_authority.publishes.urls[what].emplace_back("ldap", n.mark());
                  }),
        place_key(publication::crl, "distribution points in the certificates it issues: http, ldap (of "
                                    "Enterprise), none, or URLs; default none"),
        place_key(publication::delta,
                  "where its delta lists are, which its lists name (freshestCRL): http, ldap "
                  "(of Enterprise), none, or URLs; default none"),
        place_key(publication::ocsp, "OCSP responder in the certificates it issues: http, none, or URLs; "
                                     "default none"),
        place_key(publication::issuer, "where its own certificate can be fetched from (AIA): http, ldap, "
                                       "none, or URLs; default none"),
        span_key("CrlPeriod", "how often it makes a new list; default 7d",
                 [](publishing& p, duration d) { p.crl_period = d; }),
        span_key("DeltaPeriod", "how often it makes a new delta list; default 1d",
                 [](publishing& p, duration d) { p.delta_period = d; }),
        span_key("CrlOverlap", "how much longer a list is valid; default a tenth of its period, 12h at most",
                 [](publishing& p, duration d) { p.crl_overlap = d; }),
        span_key(
            "CrlMaxAge",
            "Cache-Control: max-age with its lists over HTTP: when Windows asks again whether there is a "
            "newer one; default none is sent",
            [](publishing& p, duration d) { p.crl_max_age = d; }),
        draft_key("CrlPublishing", word({"Automatic", "Manual"}),
                  "Manual: only Publish-Crl makes a new list; default Automatic",
                  [](certificate_draft& d, const node& n, reading&) {
                      d.as_authority.publishes.crl_by_hand = n.text == "Manual";
                  }),
        span_key("OcspPeriod", "how long an OCSP response is valid; default 4d",
                 [](publishing& p, duration d) { p.ocsp_period = d; }),
        draft_key("OcspSigner", word({"Authority", "Delegated"}),
                  "Delegated: a responder's certificate with the usage OCSPSigning; default Authority",
                  [](certificate_draft& d, const node& n, reading&) {
                      d.as_authority.publishes.delegated_ocsp = n.text == "Delegated";
                  }),
        draft_key("ReachableBy", one_or_list(text()),
                  "organizations and servers that reach its http places, without the Internet; default: all "
                  "that reach the Internet",
                  [](certificate_draft& d, const node& n, reading& r) {
                      for (const auto* entry : entries(n)) {
                          d.as_authority.publishes.reachable_by.emplace_back(entry->text, entry->mark());
                          r.mention_name(mentioned::organization_or_server, *entry, "`ReachableBy`");
                      }
                  }),
        fault_key(publication::crl),
        fault_key(publication::delta),
        fault_key(publication::ocsp),
        fault_key(publication::issuer),
    };
}

void place_publications(reading& r) {
    std::map<std::string, const authority*> by_id;
    for (auto& a : r.world.authorities) {
        check_deltas(a, r);
        by_id[a.recipe.id] = &a;
        for (auto& [what, places] : a.publishes.urls)
            for (auto& place : places)
                resolve(place, a, what, r);
    }
    refuse_shared_places(r);
    const auto place = [&](certificate_recipe& c) {
        const auto issuer = by_id.find(c.issuer);
        if (issuer == by_id.end())
            return;
        c.crl_urls = urls_of(*issuer->second, publication::crl);
        c.ocsp_urls = urls_of(*issuer->second, publication::ocsp);
        c.issuer_urls = urls_of(*issuer->second, publication::issuer);
    };
    for (auto& a : r.world.authorities)
        place(a.recipe);
    for (auto& s : r.world.servers)
        for (auto& c : s.certificates)
            place(c.recipe);
}

} // namespace connlab::scenario
