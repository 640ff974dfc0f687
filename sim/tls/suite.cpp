#include "sim/tls/suite.hpp"

#include "sim/base/ascii.hpp"

#include <array>
#include <string>

namespace connlab::tls {

namespace {

constexpr std::string_view aes_128 = "CALG_AES_128";
constexpr std::string_view aes_256 = "CALG_AES_256";
constexpr std::string_view sha1 = "CALG_SHA1";
constexpr std::string_view sha_256 = "CALG_SHA_256";
constexpr std::string_view sha_384 = "CALG_SHA_384";
constexpr std::string_view ecdhe = "CALG_ECDH_EPHEM";
constexpr std::string_view dhe = "CALG_DH_EPHEM";
constexpr std::string_view rsa = "CALG_RSA_KEYX";

// id, Schannel, OpenSSL, bulk, bits, MAC, bits, key exchange, TLS 1.3. A GCM suite prints its hash with 0
// bits (recorded protocol logs). An empty algorithm name: how Windows prints it is not known.
std::vector<suite> make_table() {
    return {
        {0x1302, "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", "", 256, "", 0, "", true},
        {0x1301, "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", "", 128, "", 0, "", true},
        {0x1303, "TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "", 256, "", 0, "", true},
        {0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384", aes_256, 256,
         sha_384, 0, ecdhe, false},
        {0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256", aes_128, 128,
         sha_256, 0, ecdhe, false},
        {0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384", aes_256, 256,
         sha_384, 0, ecdhe, false},
        {0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", aes_128, 128,
         sha_256, 0, ecdhe, false},
        {0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "DHE-RSA-AES256-GCM-SHA384", aes_256, 256, sha_384, 0,
         dhe, false},
        {0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE-RSA-AES128-GCM-SHA256", aes_128, 128, sha_256, 0,
         dhe, false},
        {0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE-ECDSA-AES256-SHA384", aes_256, 256,
         sha_384, 384, ecdhe, false},
        {0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE-ECDSA-AES128-SHA256", aes_128, 128,
         sha_256, 256, ecdhe, false},
        {0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE-RSA-AES256-SHA384", aes_256, 256, sha_384,
         384, ecdhe, false},
        {0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256", aes_128, 128, sha_256,
         256, ecdhe, false},
        {0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA", aes_256, 256, sha1, 160,
         ecdhe, false},
        {0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA", aes_128, 128, sha1, 160,
         ecdhe, false},
        {0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA", aes_256, 256, sha1, 160, ecdhe,
         false},
        {0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA", aes_128, 128, sha1, 160, ecdhe,
         false},
        {0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "DHE-RSA-AES256-SHA", aes_256, 256, sha1, 160, dhe,
         false},
        {0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "DHE-RSA-AES128-SHA", aes_128, 128, sha1, 160, dhe,
         false},
        {0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384", aes_256, 256, sha_384, 0, rsa,
         false},
        {0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256", aes_128, 128, sha_256, 0, rsa,
         false},
        {0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256", "AES256-SHA256", aes_256, 256, sha_256, 256, rsa, false},
        {0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256", "AES128-SHA256", aes_128, 128, sha_256, 256, rsa, false},
        {0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA", aes_256, 256, sha1, 160, rsa, false},
        {0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA", aes_128, 128, sha1, 160, rsa, false},
        {0x006A, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256", "DHE-DSS-AES256-SHA256", aes_256, 256, sha_256, 256,
         dhe, false},
        {0x0040, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256", "DHE-DSS-AES128-SHA256", aes_128, 128, sha_256, 256,
         dhe, false},
        {0x0038, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA", "DHE-DSS-AES256-SHA", aes_256, 256, sha1, 160, dhe,
         false},
        {0x0032, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA", "DHE-DSS-AES128-SHA", aes_128, 128, sha1, 160, dhe,
         false},
        {0x003B, "TLS_RSA_WITH_NULL_SHA256", "NULL-SHA256", "", 0, sha_256, 256, rsa, false},
        {0x0002, "TLS_RSA_WITH_NULL_SHA", "NULL-SHA", "", 0, sha1, 160, rsa, false},
        {0x0001, "TLS_RSA_WITH_NULL_MD5", "NULL-MD5", "", 0, "CALG_MD5", 128, rsa, false},
        // Computed, never performed: this OpenSSL has none of them.
        {0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "", "CALG_3DES", 168, sha1, 160, rsa, false},
        {0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA", "", "CALG_3DES", 168, sha1, 160, dhe, false},
        {0x0005, "TLS_RSA_WITH_RC4_128_SHA", "", "CALG_RC4", 128, sha1, 160, rsa, false},
        {0x0004, "TLS_RSA_WITH_RC4_128_MD5", "", "CALG_RC4", 128, "CALG_MD5", 128, rsa, false},
        {0x0009, "TLS_RSA_WITH_DES_CBC_SHA", "", "CALG_DES", 56, sha1, 160, rsa, false},
        {0x0012, "TLS_DHE_DSS_WITH_DES_CBC_SHA", "", "CALG_DES", 56, sha1, 160, dhe, false},
        {0x0062, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", "", "CALG_DES", 56, sha1, 160, rsa, false},
        {0x0063, "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA", "", "CALG_DES", 56, sha1, 160, dhe, false},
        {0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", "", "CALG_RC4", 56, sha1, 160, rsa, false},
        {0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5", "", "CALG_RC4", 40, "CALG_MD5", 128, rsa, false},
    };
}

struct version_name {
    version value;
    std::string_view word;
    std::string_view number; // that may be written; empty: none
    std::string_view windows;
};
constexpr std::array<version_name, 5> versions{{
    {version::ssl3_0, "SSL3_0", "", "SSL 3.0"},
    {version::tls1_0, "TLS1_0", "1.0", "TLS 1.0"},
    {version::tls1_1, "TLS1_1", "1.1", "TLS 1.1"},
    {version::tls1_2, "TLS1_2", "1.2", "TLS 1.2"},
    {version::tls1_3, "TLS1_3", "1.3", "TLS 1.3"},
}};

struct curve_suffix {
    std::string_view suffix;
    std::string_view group;
};
constexpr std::array<curve_suffix, 3> curve_suffixes{
    {{"_P256", "P-256"}, {"_P384", "P-384"}, {"_P521", "P-521"}}};

/// Suites that the tables of Windows list for SSL 3.0 too.
bool is_of_ssl3(std::string_view name) {
    return name.find("_RC4_") != std::string_view::npos || name.find("_DES_") != std::string_view::npos ||
           name == "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA" || name == "TLS_RSA_WITH_NULL_SHA";
}

/// `TLS 1.2`, `TLSv1.2`, `TLS1_2`, `Tls12` → `1.2`; anything else is left as it is.
std::string version_number(std::string_view text) {
    std::string rest = ascii_lower(trim(text));
    if (rest.rfind("tls", 0) != 0)
        return rest;
    rest.erase(0, 3);
    if (!rest.empty() && (rest.front() == ' ' || rest.front() == 'v'))
        rest.erase(0, 1);
    if (rest.size() == 3 && rest[1] == '_')
        rest[1] = '.';
    if (rest.size() == 2)
        rest.insert(1, 1, '.');
    return rest;
}

} // namespace

std::string_view to_string(version v) {
    for (const auto& known : versions)
        if (known.value == v)
            return known.word;
    return "";
}

std::string_view windows_name(version v) {
    for (const auto& known : versions)
        if (known.value == v)
            return known.windows;
    return "";
}

bool suite::is_gcm() const {
    return schannel_name.find("_GCM_") != std::string_view::npos;
}

std::string_view suite::authentication() const {
    if (tls13)
        return "";
    for (const std::string_view kind : {"ECDSA", "DSS"})
        if (schannel_name.find(kind) != std::string_view::npos)
            return kind;
    return "RSA";
}

bool suite::valid_for(version v) const {
    if (v == version::tls1_3 || tls13)
        return tls13 && v == version::tls1_3;
    if (v == version::tls1_2)
        return true;
    const bool of_old_times = schannel_name.ends_with("_SHA") || schannel_name.ends_with("_MD5");
    return of_old_times && (v != version::ssl3_0 || is_of_ssl3(schannel_name));
}

parsed<version> parse_version(std::string_view text) {
    const std::string number = version_number(text);
    for (const auto& known : versions)
        if (!number.empty() && known.number == number)
            return parsed<version>::ok(known.value);
    return parsed<version>::fail("`" + std::string(text) +
                                 "` is not a TLS version (TLS1_0, TLS1_1, TLS1_2, TLS1_3)");
}

const std::vector<suite>& all_suites() {
    static const std::vector<suite> table = make_table();
    return table;
}

const suite* find_suite(std::uint16_t id) {
    for (const auto& s : all_suites())
        if (s.id == id)
            return &s;
    return nullptr;
}

std::string_view curve_in_suite_name(std::string_view name) {
    for (const auto& c : curve_suffixes)
        if (name.ends_with(c.suffix))
            return c.group;
    return {};
}

std::string_view without_curve(std::string_view name) {
    return curve_in_suite_name(name).empty() ? name : name.substr(0, name.rfind('_'));
}

const suite* find_suite_by_schannel_name(std::string_view name) {
    name = without_curve(name);
    for (const auto& s : all_suites())
        if (ascii_iequal(s.schannel_name, name))
            return &s;
    return nullptr;
}

} // namespace connlab::tls
