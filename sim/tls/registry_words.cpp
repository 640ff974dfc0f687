#include "sim/tls/registry_words.hpp"

#include "sim/base/diagnostic.hpp"
#include "sim/tls/setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace connlab::tls {

namespace {

using enum registry_type;

std::vector<known_value> joined(std::vector<known_value> all, const std::vector<known_value>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

/// Windows heeds them, and nothing here does.
std::vector<known_value> not_modelled(std::initializer_list<std::string_view> names) {
    std::vector<known_value> out;
    for (const auto name : names)
        out.push_back({name, dword, dword, false});
    return out;
}

/// The policy of weak algorithms: WeakSha1ThirdPartyFlags and its kind.
bool is_weak_algorithm_value(const std::string& path, std::string_view name) {
    return ascii_iequal(path, chain_engine_key) && ascii_istarts_with(name, "Weak");
}

/// The parts of a path below SCHANNEL; nothing: it is not there.
std::vector<std::string> parts_below_schannel(std::string_view path) {
    if (!ascii_istarts_with(path, schannel_key) || path.size() <= schannel_key.size() ||
        path[schannel_key.size()] != '\\')
        return {};
    return split(path.substr(schannel_key.size() + 1), '\\');
}

bool is_side(std::string_view word) {
    return ascii_iequal(word, "Client") || ascii_iequal(word, "Server");
}

const std::vector<known_value>& below_schannel_values(const std::vector<std::string>& parts) {
    static const std::vector<known_value> none;
    static const std::vector<known_value> of_a_side{{"Enabled"}, {"DisabledByDefault"}};
    static const std::vector<known_value> of_an_algorithm{{"Enabled"}};
    static const std::vector<known_value> of_a_key_exchange{
        {"Enabled"}, {"ServerMinKeyBitLength"}, {"ClientMinKeyBitLength"}, {"ClientMaxKeyBitLength"}};
    const auto& folder = parts.front();
    if (ascii_iequal(folder, "Protocols"))
        return parts.size() == 3 && is_side(parts.back()) ? of_a_side : none;
    if (parts.size() != 2)
        return none;
    if (ascii_iequal(folder, "KeyExchangeAlgorithms"))
        return of_a_key_exchange;
    return ascii_iequal(folder, "Ciphers") || ascii_iequal(folder, "Hashes") ? of_an_algorithm : none;
}

/// Empty: it is read, here too.
std::string why_unread(const std::string& path, const registry_value& v, unread_value& found_out) {
    auto& hint = found_out.hint;
    const auto parts = parts_below_schannel(path);
    const auto of_windows_alone = [&] {
        found_out.only_here = true;
        hint = "what depends on it has to be tried on a real server";
        return fmt::format("`{}` is read by Windows and not by the lab", v.name);
    };
    if (is_weak_algorithm_value(path, v.name))
        return of_windows_alone();
    const bool of_a_version = parts.size() == 2 && ascii_iequal(parts.front(), "Protocols");
    if (of_a_version) {
        hint = "the values stand one key deeper, under Client and under Server";
        return fmt::format("`{}` stands at {} itself", v.name, parts.back());
    }
    const auto& known = known_values(path);
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const auto& k) { return ascii_iequal(k.name, v.name); });
    if (found != known.end()) {
        if (v.type == found->type || v.type == found->also)
            return found->modelled ? std::string{} : of_windows_alone();
        hint = fmt::format("write it as {}", to_string(found->type));
        return fmt::format("`{}` is {}, and Windows reads {} there", v.name, to_string(v.type),
                           to_string(found->type));
    }
    std::vector<std::string> names;
    for (const auto& k : known)
        names.emplace_back(k.name);
    const auto near = nearest_word(v.name, names);
    if (near.empty() && parts.empty() &&
        !ascii_iequal(
            path, chain_engine_key)) // SCHANNEL itself, lists and .NET have more values than are known here
        return {};
    hint = near.empty() ? "its name has to be exactly that of Windows" : "did you mean `" + near + "`?";
    return fmt::format("`{}` is no value that Windows reads there", v.name);
}

/// Keys whose every value is known: in other keys anything may stand.
bool is_of_tls(const std::string& path) {
    const auto parts = parts_below_schannel(path);
    const bool version = parts.size() == 2 && ascii_iequal(parts.front(), "Protocols");
    return version || !known_values(path).empty();
}

/// Of the chain engine, by their names, in a key where it does not look.
void collect_misplaced(const registry& r, const std::string& path, std::vector<unread_value>& out) {
    const bool by_policy = ascii_iequal(path, chain_engine_policy_key);
    for (const auto* v : r.values(path)) {
        const auto& known = known_values(chain_engine_key);
        if (!v->mark.known() || std::none_of(known.begin(), known.end(),
                                             [&](const auto& k) { return ascii_iequal(k.name, v->name); }))
            continue;
        if (by_policy)
            out.push_back(
                {v, fmt::format("`{}` of a group policy is read by Windows and not by the lab", v->name),
                 fmt::format("the lab reads it in {}", chain_engine_key), true});
        else
            out.push_back({v, fmt::format("`{}` stands in {}", v->name, path),
                           fmt::format("the chain engine reads it in {}", chain_engine_key)});
    }
}

void collect(const registry& r, const std::string& path, std::vector<unread_value>& out) {
    if (!is_of_tls(path))
        collect_misplaced(r, path, out);
    else
        for (const auto* v : r.values(path)) {
            unread_value found{v, {}, {}};
            found.why = v->mark.known() ? why_unread(path, *v, found) : std::string{};
            if (!found.why.empty())
                out.push_back(std::move(found));
        }
    for (const auto& sub : r.subkeys(path))
        collect(r, path + '\\' + sub, out);
}

/// Services run as machine accounts: nobody reads what a user has set.
void collect_of_users(const registry& r, const std::string& path, std::vector<unread_value>& out) {
    for (const auto* v : r.values(path))
        if (v->mark.known())
            out.push_back({v, "`" + v->name + "` stands in " + path + ", which is a user's",
                           "Schannel and the services of Exchange read HKEY_LOCAL_MACHINE"});
    for (const auto& sub : r.subkeys(path))
        collect_of_users(r, path + '\\' + sub, out);
}

} // namespace

const std::vector<known_value>& known_values(std::string_view path) {
    static const std::vector<known_value> none;
    static const auto of_schannel =
        joined({{"EventLogging"}},
               not_modelled({"AllowInsecureRenegoClients", "AllowInsecureRenegoServers", "ClientCacheTime",
                             "ServerCacheTime", "MaximumCacheSize", "SendTrustedIssuerList",
                             "EnableOcspStaplingForSni", "ClientAuthTrustMode", "CertificateMappingMethods",
                             "FipsAlgorithmPolicy", "IssuerCacheSize", "IssuerCacheTime", "UseScsvForTls",
                             "DisableClientExtendedMasterSecret", "DisableServerExtendedMasterSecret",
                             "DisableRenegoOnClient", "DisableRenegoOnServer"}));
    static const auto of_messaging =
        not_modelled({"MessageLimitClient", "MessageLimitServer", "MessageLimitServerClientAuth"});
    static const auto of_chain_engine =
        joined({{"ChainUrlRetrievalTimeoutMilliseconds"},
                {"ChainRevAccumulativeUrlRetrievalTimeoutMilliseconds"},
                {"minRSAPubKeyBitLength"}},
               not_modelled({"EnableWeakSignatureFlags", "MaxAIAUrlCountInCert",
                             "MaxAIAUrlRetrievalByteCount", "MaxAIAUrlRetrievalCertCount",
                             "MaxAIAUrlRetrievalCountPerChain", "MaxUrlRetrievalByteCount"}));
    static const std::vector<known_value> of_lists{{"Functions", multi_sz, sz}, {"EccCurves", multi_sz, sz}};
    static const std::vector<known_value> of_dot_net{{"SystemDefaultTlsVersions"}, {"SchUseStrongCrypto"}};
    if (ascii_iequal(path, schannel_key))
        return of_schannel;
    if (ascii_iequal(path, std::string(schannel_key) + "\\Messaging"))
        return of_messaging;
    if (ascii_iequal(path, chain_engine_key))
        return of_chain_engine;
    if (ascii_iequal(path, policy_list_key) || ascii_iequal(path, local_list_key))
        return of_lists;
    for (const auto& key : dot_net_keys())
        if (ascii_iequal(path, key))
            return of_dot_net;
    const auto parts = parts_below_schannel(path);
    return parts.empty() ? none : below_schannel_values(parts);
}

std::vector<unread_value> unread_values(const registry& r) {
    std::vector<unread_value> out;
    collect(r, "HKEY_LOCAL_MACHINE", out);
    for (const auto* root : {"HKEY_CURRENT_USER", "HKEY_USERS", "HKEY_CURRENT_CONFIG", "HKEY_CLASSES_ROOT"})
        collect_of_users(r, root, out);
    return out;
}

} // namespace connlab::tls
