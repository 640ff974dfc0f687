// What each Windows Server has without a word in its registry: protocol versions, cipher suites in their
// order, curves, the DHE prime. (Schannel sheet 1.1, 1.4, 1.5, 2.2)
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace connlab::tls {

enum class windows_version { server_2012r2, server_2016, server_2019, server_2022, server_2025 };
inline constexpr std::array<windows_version, 5> every_windows{
    windows_version::server_2012r2, windows_version::server_2016, windows_version::server_2019,
    windows_version::server_2022, windows_version::server_2025};

struct windows_tables {
    windows_version version = windows_version::server_2019;
    std::string_view name; // 2012R2, 2016, …
    bool ssl3_by_default = false;
    bool has_tls13 = false; // on by default where it is there
    int dhe_bits = 2048;    // of the prime a server uses
    /// On by default, in order. Suites that are used only if the application asks for them (NULL) are left
    /// out; those of 2012 R2 name their curve (_P256).
    const std::vector<std::string_view>& suites;
    const std::vector<std::string_view>& further_suites; // known, and off by default
    const std::vector<std::string_view>& curves;         // in order; empty: the suites name them
    const std::vector<std::string_view>& further_curves;

    bool suites_name_curves() const { return curves.empty(); }
};

const windows_tables& tables_of(windows_version v);
/// By the scenario's word: 2012R2, 2016, 2019, 2022, 2025; any other word is 2019.
windows_version windows_named(std::string_view name);

} // namespace connlab::tls
