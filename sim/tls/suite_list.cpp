#include "sim/tls/suite_list.hpp"

#include "sim/tls/setup.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace connlab::tls {

namespace {

/// What the text field of the group policy holds; the rest of a list is lost.
constexpr std::size_t policy_text_limit = 1023;

constexpr const char* policy_key = "the policy key";

/// A list as it stands in a key, and where it was found.
struct found_list {
    std::vector<std::string> names;
    std::string from;
    source_mark mark;
    std::string rule;
};

std::vector<std::string> names_in(const registry_value& v, bool at_commas, std::size_t limit) {
    std::vector<std::string> out;
    for (const auto& text : v.texts)
        for (const auto& name :
             at_commas ? split(std::string_view(text).substr(0, limit), ',') : std::vector<std::string>{text})
            if (!trim(name).empty())
                out.emplace_back(trim(name));
    return out;
}

/// The policy's list is the whole list; else the local one; else the default of this Windows.
found_list list_of(const registry& r, std::string_view value, const std::vector<std::string_view>& defaults,
                   const windows_tables& w, const schannel_switches& b) {
    const auto* policy = r.find(policy_list_key, value);
    if (policy != nullptr) {
        const bool one = policy->type != registry_type::multi_sz;
        if (auto names = names_in(*policy, true, one ? policy_text_limit : std::string::npos); !names.empty())
            return {std::move(names), policy_key, policy->mark, "schannel.suites.policy"};
    }
    const auto* local = r.find(local_list_key, value);
    if (local != nullptr)
        if (auto names = names_in(*local, !b.strict_multisz, std::string::npos); !names.empty()) {
            const bool untouched = std::equal(names.begin(), names.end(), defaults.begin(), defaults.end());
            return {std::move(names),
                    untouched ? "the defaults of Windows Server " + std::string(w.name) : "the local key",
                    local->mark, "schannel.suites.local"};
        }
    return {{defaults.begin(), defaults.end()},
            "the defaults of Windows Server " + std::string(w.name),
            {},
            "schannel.suites.default"};
}

// ---- curves ----

struct curve_name {
    std::string_view windows;
    std::string_view group;
};
constexpr std::array<curve_name, 18> curve_names{{{"curve25519", "X25519"},
                                                  {"NistP256", "P-256"},
                                                  {"NistP384", "P-384"},
                                                  {"NistP521", "P-521"},
                                                  {"NistP192", "P-192"},
                                                  {"NistP224", "P-224"},
                                                  {"secP192r1", "P-192"},
                                                  {"secP224r1", "P-224"},
                                                  {"secP256r1", "P-256"},
                                                  {"secP384r1", "P-384"},
                                                  {"secP521r1", "P-521"},
                                                  {"secP256k1", "secp256k1"},
                                                  {"secP224k1", "secp224k1"},
                                                  {"secP192k1", "secp192k1"},
                                                  {"secP160k1", "secp160k1"},
                                                  {"brainpoolP256r1", "brainpoolP256r1"},
                                                  {"brainpoolP384r1", "brainpoolP384r1"},
                                                  {"brainpoolP512r1", "brainpoolP512r1"}}};

template <class Names>
bool holds(const Names& all, std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end();
}

void set_groups(profile& p, const windows_tables& w, const registry& r, const schannel_switches& b) {
    const auto list = list_of(r, "EccCurves", w.curves, w, b);
    p.groups_from = list.from;
    for (const auto& name : list.names)
        for (const auto& known : curve_names)
            if (ascii_iequal(known.windows, name) && !holds(p.groups, known.group))
                p.groups.emplace_back(known.group);
}

/// 2012 R2: the curves stand in the names of the suites.
void set_groups_from_suites(profile& p) {
    p.groups_from = p.suites_from;
    for (const auto& name : p.suites)
        if (const auto group = curve_in_suite_name(name); !group.empty() && !holds(p.groups, group))
            p.groups.emplace_back(group);
}

// ---- what Ciphers, Hashes and KeyExchangeAlgorithms forbid ----

struct prohibition {
    std::vector<std::string_view> keys; // below SCHANNEL: any of these names
    std::function<bool(const suite&)> concerns;
    bool by_default = false;
};

bool has(const suite& s, std::string_view part) {
    return s.schannel_name.find(part) != std::string_view::npos;
}

std::function<bool(const suite&)> named(std::string_view part) {
    return [part](const suite& s) { return has(s, part); };
}

std::function<bool(const suite&)> ending(std::string_view part) {
    return [part](const suite& s) { return s.schannel_name.ends_with(part); };
}

const std::vector<prohibition>& prohibitions() {
    static const std::vector<prohibition> all{
        {{"Ciphers\\AES 128/128"}, named("_AES_128_")},
        {{"Ciphers\\AES 256/256"}, named("_AES_256_")},
        {{"Ciphers\\Triple DES 168"}, named("_3DES_EDE_CBC_")},
        {{"Ciphers\\RC4 128/128"}, named("_RC4_128_")},
        {{"Ciphers\\RC4 56/128"}, named("_RC4_56_")},
        {{"Ciphers\\RC4 40/128"}, named("_RC4_40_")},
        {{"Ciphers\\DES 56/56"}, named("_DES_CBC_")},
        {{"Ciphers\\NULL"}, named("_NULL_"), true},
        {{"Hashes\\MD5"}, ending("_MD5")},
        {{"Hashes\\SHA"}, ending("_SHA")},
        {{"Hashes\\SHA256", "Hashes\\SHA 256"}, ending("_SHA256")},
        {{"Hashes\\SHA384", "Hashes\\SHA 384"}, ending("_SHA384")},
        {{"KeyExchangeAlgorithms\\PKCS"}, [](const suite& s) { return s.rsa_key_transport(); }},
        {{"KeyExchangeAlgorithms\\Diffie-Hellman"}, [](const suite& s) { return s.dhe(); }},
        {{"KeyExchangeAlgorithms\\ECDH"}, [](const suite& s) { return s.ecdhe(); }},
    };
    return all;
}

/// The reason that keeps a suite out, or an empty one.
left_out_suite forbidden(const suite& s, const registry& r) {
    for (const auto& p : prohibitions()) {
        if (!p.concerns(s))
            continue;
        bool off = p.by_default;
        std::string why = std::string(p.keys.front()) + " is off by default";
        source_mark mark;
        for (const auto key : p.keys)
            if (const auto* v = r.find_number(below_schannel(key), "Enabled")) {
                off = v->number == 0;
                why = std::string(key) + ": Enabled is " + v->shown();
                mark = v->mark;
            }
        if (off)
            return {{}, std::move(why), std::move(mark)};
    }
    return {};
}

/// A name as this Windows takes it: in its exact upper case, with a curve on 2012 R2 and without one later.
std::string known_name(const std::string& written, const windows_tables& w, std::string& why) {
    const std::string name(w.suites_name_curves() ? written : std::string(without_curve(written)));
    if (holds(w.suites, name) || holds(w.further_suites, name))
        return name;
    const auto* somewhere = find_suite_by_schannel_name(name);
    if (w.suites_name_curves() && somewhere != nullptr && somewhere->ecdhe() &&
        curve_in_suite_name(name).empty())
        why = "without a curve (_P256) it is no name for Windows Server 2012 R2";
    else if (ascii_upper(name) != name && somewhere != nullptr)
        why = "names of suites are in upper case";
    else
        why = "Windows Server " + std::string(w.name) + " does not know it";
    return {};
}

void add_suite(profile& p, const std::string& name, const registry& r, const source_mark& list) {
    const auto* s = find_suite_by_schannel_name(name);
    auto& to = s->tls13 ? p.tls13_suites : p.suites;
    if (holds(to, name))
        return; // the first one counts
    auto why = forbidden(*s, r);
    if (why.why.empty()) {
        to.push_back(name);
        return;
    }
    why.name = name;
    if (!why.mark.known())
        why.mark = list;
    p.left_out.push_back(std::move(why));
}

} // namespace

void set_suites(profile& p, const windows_tables& w, const registry& r, const schannel_switches& b) {
    const auto list = list_of(r, "Functions", w.suites, w, b);
    p.suites_from = list.from;
    p.suites_mark = list.mark;
    p.rules.push_back(list.rule);
    if (list.from == policy_key && !list.mark.known())
        p.rules.emplace_back("schannel.setup.policy-list");
    for (const auto& written : list.names) {
        std::string why;
        const auto name = known_name(written, w, why);
        if (name.empty())
            p.left_out.push_back({written, std::move(why), list.mark});
        else
            add_suite(p, name, r, list.mark);
    }
    if (w.suites_name_curves())
        set_groups_from_suites(p);
    else
        set_groups(p, w, r, b);
}

std::vector<std::string> listed_suites(windows_version windows, const registry& r,
                                       const schannel_switches& b) {
    const auto& w = tables_of(windows);
    std::vector<std::string> out;
    for (const auto& written : list_of(r, "Functions", w.suites, w, b).names) {
        std::string ignored;
        if (auto name = known_name(written, w, ignored); !name.empty() && !holds(out, name))
            out.push_back(std::move(name));
    }
    return out;
}

const std::vector<std::string>& known_subkeys(std::string_view of) {
    static const std::vector<std::string> none;
    static const std::vector<std::string> protocols{
        "SSL 2.0", "SSL 3.0",  "TLS 1.0",  "TLS 1.1", "TLS 1.2",
        "TLS 1.3", "DTLS 1.0", "DTLS 1.2", "PCT 1.0", "Multi-Protocol Unified Hello"};
    static const std::vector<std::string> ciphers{
        "AES 128/128", "AES 256/256", "Triple DES 168", "RC4 128/128", "RC4 64/128", "RC4 56/128",
        "RC4 40/128",  "DES 56/56",   "RC2 128/128",    "RC2 56/128",  "RC2 40/128", "NULL"};
    static const std::vector<std::string> hashes{"MD5",    "SHA",     "SHA256",  "SHA384",
                                                 "SHA512", "SHA 256", "SHA 384", "SHA 512"};
    static const std::vector<std::string> exchanges{"PKCS", "Diffie-Hellman", "ECDH"};
    if (ascii_iequal(of, "Protocols"))
        return protocols;
    if (ascii_iequal(of, "Ciphers"))
        return ciphers;
    if (ascii_iequal(of, "Hashes"))
        return hashes;
    return ascii_iequal(of, "KeyExchangeAlgorithms") ? exchanges : none;
}

} // namespace connlab::tls
