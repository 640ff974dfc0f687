// Findings on protocol versions and on registry keys that nobody reads, in the spirit of the HealthChecker.
// Only what a scenario set is looked at: the defaults of Windows are nobody's mistake.
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/schannel_settings.hpp"
#include "sim/tls/health_checker.hpp"
#include "sim/tls/registry_words.hpp"
#include "sim/tls/setup.hpp"
#include "sim/tls/suite.hpp"
#include "sim/tls/windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

namespace connlab::exchange {

namespace {

using tls::checker_state;
using tls::version;

constexpr version reviewed_versions[] = {version::tls1_0, version::tls1_1, version::tls1_2, version::tls1_3};

void review_version(const server& s, version v, configuration_review& r) {
    const auto read = tls::health_checker_reads(s.registry, v);
    if (!read.mark.known())
        return;
    const auto name = tls::windows_name(v);
    const bool switched_on = read.sides_differ || read.state == checker_state::enabled;
    if (v == version::tls1_3 && switched_on && !tls::tables_of(windows_of(s)).has_tls13)
        r.warn("check.tls-1-3-not-there", read.mark,
               fmt::format("TLS 1.3 is enabled on {}, and Windows Server {} does not have it", s.name,
                           s.windows),
               "take the key away");
    else if (read.sides_differ)
        r.warn("check.tls-sides-differ", read.mark,
               fmt::format("{} is not set alike for Client and Server of {}", name, s.name),
               "a server is both, towards other servers of its own organization too: the same values under "
               "both");
    else if (read.state == checker_state::half_disabled)
        r.warn("check.tls-half-disabled", read.mark, fmt::format("{} is half disabled on {}", name, s.name),
               "Enabled 1 with DisabledByDefault 0, or Enabled 0 with DisabledByDefault 1; nothing between");
    else if (v == version::tls1_2 && read.state == checker_state::disabled)
        r.warn("check.tls-1-2-disabled", read.mark, fmt::format("TLS 1.2 is disabled on {}", s.name),
               "SMTP has nothing better: enable it on both sides");
    else if (v < version::tls1_2 && read.state == checker_state::enabled)
        r.note("check.old-tls-enabled", read.mark, fmt::format("{} is enabled on {}", name, s.name),
               "disable it where every partner speaks TLS 1.2");
}

/// Whether the name reads; else said, with the one that is meant.
void review_name(const server& s, std::string_view folder, const std::string& name, const source_mark& mark,
                 configuration_review& r) {
    const auto& known = tls::known_subkeys(folder);
    if (std::any_of(known.begin(), known.end(), [&](const auto& k) { return ascii_iequal(k, name); }))
        return;
    const auto near = nearest_word(name, known);
    r.warn("check.unread-registry-key", mark,
           fmt::format("Windows reads no key SCHANNEL\\{}\\{} on {}: it has no effect", folder, name, s.name),
           near.empty() ? "its name has to be exactly that of Windows"
                        : fmt::format("did you mean `{}`?", near));
}

/// The first value below a key that a file or a cmdlet set.
source_mark mark_below(const tls::registry& r, const std::string& key) {
    for (const auto* v : r.values(key))
        if (v->mark.known())
            return v->mark;
    for (const auto& sub : r.subkeys(key))
        if (auto mark = mark_below(r, key + '\\' + sub); mark.known())
            return mark;
    return {};
}

void review_keys(const server& s, configuration_review& r) {
    for (const std::string folder : {"Protocols", "Ciphers", "Hashes", "KeyExchangeAlgorithms"}) {
        const auto key = tls::below_schannel(folder);
        for (const auto& name : s.registry.subkeys(key))
            if (const auto mark = mark_below(s.registry, key + '\\' + name); mark.known())
                review_name(s, folder, name, mark, r);
    }
}

/// Names, types and places that Windows passes over without a word.
void review_values(const server& s, configuration_review& r) {
    for (const auto& v : tls::unread_values(s.registry)) {
        const auto said = fmt::format("{}: it has no effect on {}", v.why, s.name);
        if (v.only_here)
            r.note("check.registry-value-not-modelled", v.what->mark, said, v.hint);
        else
            r.warn("check.unread-registry-value", v.what->mark, said, v.hint);
    }
    for (const auto v : reviewed_versions) {
        const auto key = tls::below_schannel("Protocols\\" + std::string(tls::windows_name(v)));
        for (const auto& side : s.registry.subkeys(key))
            if (const auto mark = mark_below(s.registry, key + '\\' + side);
                mark.known() && !ascii_iequal(side, "Client") && !ascii_iequal(side, "Server")) {
                const auto near = nearest_word(side, {"Client", "Server"});
                r.warn("check.unread-registry-key", mark,
                       fmt::format("Windows reads no key SCHANNEL\\Protocols\\{}\\{} on {}: it has no effect",
                                   tls::windows_name(v), side, s.name),
                       near.empty() ? "the two sides are Client and Server"
                                    : fmt::format("did you mean `{}`?", near));
            }
    }
}

bool is_in(const std::vector<std::string_view>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const auto& one) { return ascii_iequal(one, name); });
}

/// A name that Windows does not know drops out of the list, and with the last one every handshake fails.
void review_list(const server& s, const tls::registry_value& list, const std::vector<std::string_view>& known,
                 configuration_review& r) {
    for (const auto& text : list.texts)
        for (const auto& part : split(text, ',')) {
            const auto name = trim(part);
            if (name.empty() || is_in(known, name))
                continue;
            const bool of_another = tls::find_suite_by_schannel_name(name) != nullptr;
            const auto near = of_another ? std::string{} : nearest_word(name, {known.begin(), known.end()});
            r.warn("check.unread-registry-value", list.mark,
                   fmt::format("`{}` in {} is nothing that Windows Server {} knows: it has no effect on {}",
                               name, list.name, s.windows, s.name),
                   of_another     ? "other versions of Windows have it"
                   : near.empty() ? ""
                                  : fmt::format("did you mean `{}`?", near));
        }
}

void review_lists(const server& s, configuration_review& r) {
    const auto& t = tls::tables_of(windows_of(s));
    for (const auto& key : {tls::policy_list_key, tls::local_list_key})
        for (const auto& [value, common, further] : {std::tuple{"Functions", &t.suites, &t.further_suites},
                                                     std::tuple{"EccCurves", &t.curves, &t.further_curves}}) {
            const auto* list = s.registry.find(key, value);
            if (list == nullptr || !list->mark.known())
                continue;
            std::vector<std::string_view> known(common->begin(), common->end());
            known.insert(known.end(), further->begin(), further->end());
            review_list(s, *list, known, r);
        }
}

void review_windows(const server& s, configuration_review& r) {
    const auto& product = s.version.product;
    if ((product == "Exchange2019" || product == "ExchangeSE") &&
        windows_of(s) < tls::windows_version::server_2019)
        r.warn("check.windows-too-old", s.mark,
               fmt::format("{} is {} on Windows Server {}, where setup refuses to run", s.name, product,
                           s.windows),
               "Windows Server 2019 or later; 2012 R2 and 2016 take Exchange 2016");
}

} // namespace

void review_schannel(const organization& o, configuration_review& r) {
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        review_windows(s, r);
        for (const auto v : reviewed_versions)
            review_version(s, v, r);
        review_keys(s, r);
        review_values(s, r);
        review_lists(s, r);
    }
}

} // namespace connlab::exchange
