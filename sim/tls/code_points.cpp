#include "sim/tls/code_points.hpp"

#include "sim/tls/suite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::tls {

namespace {

struct named_code {
    std::uint32_t code;
    std::string_view name;
};

template <std::size_t Size>
std::string_view find(const std::array<named_code, Size>& table, std::uint32_t code) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const named_code& n) { return n.code == code; });
    return found == table.end() ? std::string_view{} : found->name;
}

template <std::size_t Size>
std::string name_or_number(const std::array<named_code, Size>& table, std::uint32_t code) {
    if (is_grease(code))
        return std::string(grease);
    const auto name = find(table, code);
    return name.empty() ? fmt::format("0x{:04X}", code) : std::string(name);
}

constexpr std::array<named_code, 18> message_types{{
    {0, "HelloRequest"},
    {1, "ClientHello"},
    {2, "ServerHello"},
    {4, "NewSessionTicket"},
    {5, "EndOfEarlyData"},
    {8, "EncryptedExtensions"},
    {11, "Certificate"},
    {12, "ServerKeyExchange"},
    {13, "CertificateRequest"},
    {14, "ServerHelloDone"},
    {15, "CertificateVerify"},
    {16, "ClientKeyExchange"},
    {20, "Finished"},
    {21, "CertificateURL"},
    {22, "CertificateStatus"},
    {23, "SupplementalData"},
    {24, "KeyUpdate"},
    {25, "CompressedCertificate"},
}};

constexpr std::array<named_code, 30> extensions{{
    {0, "server_name"},
    {1, "max_fragment_length"},
    {5, "status_request"},
    {10, "supported_groups"},
    {11, "ec_point_formats"},
    {13, "signature_algorithms"},
    {14, "use_srtp"},
    {15, "heartbeat"},
    {16, "application_layer_protocol_negotiation"},
    {17, "status_request_v2"},
    {18, "signed_certificate_timestamp"},
    {19, "client_certificate_type"},
    {20, "server_certificate_type"},
    {21, "padding"},
    {22, "encrypt_then_mac"},
    {23, "extended_master_secret"},
    {24, "token_binding"},
    {27, "compress_certificate"},
    {28, "record_size_limit"},
    {35, "session_ticket"},
    {41, "pre_shared_key"},
    {42, "early_data"},
    {43, "supported_versions"},
    {44, "cookie"},
    {45, "psk_key_exchange_modes"},
    {47, "certificate_authorities"},
    {49, "post_handshake_auth"},
    {50, "signature_algorithms_cert"},
    {51, "key_share"},
    {0xFF01, "renegotiation_info"},
}};

constexpr std::array<named_code, 21> groups{{
    {21, "P-224"},
    {22, "secp256k1"},
    {23, "P-256"},
    {24, "P-384"},
    {25, "P-521"},
    {26, "brainpoolP256r1"},
    {27, "brainpoolP384r1"},
    {28, "brainpoolP512r1"},
    {29, "X25519"},
    {30, "X448"},
    {31, "brainpoolP256r1tls13"},
    {32, "brainpoolP384r1tls13"},
    {33, "brainpoolP512r1tls13"},
    {256, "ffdhe2048"},
    {257, "ffdhe3072"},
    {258, "ffdhe4096"},
    {259, "ffdhe6144"},
    {260, "ffdhe8192"},
    {4587, "SecP256r1MLKEM768"},
    {4588, "X25519MLKEM768"},
    {4589, "SecP384r1MLKEM1024"},
}};

// RFC 8446 4.2.3; below them the pairs of hash and signature of RFC 5246 7.4.1.4.1 that it leaves out, named
// alike.
constexpr std::array<named_code, 28> signatures{{
    {0x0804, "rsa_pss_rsae_sha256"},
    {0x0805, "rsa_pss_rsae_sha384"},
    {0x0806, "rsa_pss_rsae_sha512"},
    {0x0401, "rsa_pkcs1_sha256"},
    {0x0501, "rsa_pkcs1_sha384"},
    {0x0601, "rsa_pkcs1_sha512"},
    {0x0403, "ecdsa_secp256r1_sha256"},
    {0x0503, "ecdsa_secp384r1_sha384"},
    {0x0603, "ecdsa_secp521r1_sha512"},
    {0x0807, "ed25519"},
    {0x0808, "ed448"},
    {0x0809, "rsa_pss_pss_sha256"},
    {0x080A, "rsa_pss_pss_sha384"},
    {0x080B, "rsa_pss_pss_sha512"},
    {0x0201, "rsa_pkcs1_sha1"},
    {0x0203, "ecdsa_sha1"},
    {0x081A, "ecdsa_brainpoolP256r1tls13_sha256"},
    {0x081B, "ecdsa_brainpoolP384r1tls13_sha384"},
    {0x081C, "ecdsa_brainpoolP512r1tls13_sha512"},
    {0x0101, "rsa_pkcs1_md5"},
    {0x0202, "dsa_sha1"},
    {0x0301, "rsa_pkcs1_sha224"},
    {0x0302, "dsa_sha224"},
    {0x0303, "ecdsa_sha224"},
    {0x0402, "dsa_sha256"},
    {0x0502, "dsa_sha384"},
    {0x0602, "dsa_sha512"},
    {0x0102, "dsa_md5"},
}};

constexpr std::array<named_code, 5> protocol_versions{{
    {0x0300, "SSL 3.0"},
    {0x0301, "TLS 1.0"},
    {0x0302, "TLS 1.1"},
    {0x0303, "TLS 1.2"},
    {0x0304, "TLS 1.3"},
}};

constexpr std::array<named_code, 7> certificate_types{{
    {1, "rsa_sign"},
    {2, "dss_sign"},
    {3, "rsa_fixed_dh"},
    {4, "dss_fixed_dh"},
    {64, "ecdsa_sign"},
    {65, "rsa_fixed_ecdh"},
    {66, "ecdsa_fixed_ecdh"},
}};

// Not suites, but words of a client in the list of suites (RFC 5746 3.3, RFC 7507).
constexpr std::array<named_code, 2> signalling{{
    {0x00FF, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"},
    {0x5600, "TLS_FALLBACK_SCSV"},
}};

} // namespace

bool is_grease(std::uint32_t code) {
    return code <= 0xFFFFU && (code & 0x0F0FU) == 0x0A0AU && code >> 8U == (code & 0xFFU);
}

std::string message_name(std::uint32_t type) {
    const auto name = find(message_types, type);
    return name.empty() ? fmt::format("handshake message {}", type) : std::string(name);
}

std::string extension_name(std::uint32_t type) {
    const auto name = name_or_number(extensions, type);
    return name.front() == '0' ? "extension " + name : name;
}

std::string group_name(std::uint32_t id) {
    return name_or_number(groups, id);
}

std::string signature_name(std::uint32_t id) {
    return name_or_number(signatures, id);
}

std::string version_name(std::uint32_t id) {
    return name_or_number(protocol_versions, id);
}

std::string certificate_type_name(std::uint32_t id) {
    const auto name = find(certificate_types, id);
    return name.empty() ? fmt::format("type {}", id) : std::string(name);
}

std::string suite_name(std::uint32_t id) {
    const auto* known = find_suite(static_cast<std::uint16_t>(id));
    return known != nullptr ? std::string(known->schannel_name) : name_or_number(signalling, id);
}

std::string suite_names(std::uint32_t id) {
    const auto* known = find_suite(static_cast<std::uint16_t>(id));
    const auto name = known != nullptr ? known->schannel_name : find(signalling, id);
    if (name.empty())
        return name_or_number(signalling, id);
    const bool has_other = known != nullptr && !known->openssl_name.empty() && known->openssl_name != name;
    return has_other ? fmt::format("0x{:04X} {} {}", id, name, known->openssl_name)
                     : fmt::format("0x{:04X} {}", id, name);
}

bool has_a_length_drawn_at_random(std::uint32_t signature_scheme) {
    constexpr std::uint32_t dsa = 2;
    constexpr std::uint32_t ecdsa = 3;
    const auto algorithm = signature_scheme & 0xFFU;
    const auto hash = signature_scheme >> 8U;
    return (hash >= 1 && hash <= 6 && (algorithm == dsa || algorithm == ecdsa)) ||
           (signature_scheme >= 0x081AU && signature_scheme <= 0x081CU);
}

} // namespace connlab::tls
