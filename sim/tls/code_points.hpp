// The numbers of TLS and their names (IANA's registries "TLS Parameters" and "TLS ExtensionType Values").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace connlab::tls {

/// RFC 5246 7.4, RFC 8446 4.
enum class message_type : std::uint8_t {
    hello_request = 0,
    client_hello = 1,
    server_hello = 2,
    new_session_ticket = 4,
    end_of_early_data = 5,
    encrypted_extensions = 8,
    certificate = 11,
    server_key_exchange = 12,
    certificate_request = 13,
    server_hello_done = 14,
    certificate_verify = 15,
    client_key_exchange = 16,
    finished = 20,
    certificate_status = 22,
    key_update = 24,
};

/// Extensions whose content is decoded.
enum class extension_type : std::uint16_t {
    server_name = 0,
    status_request = 5,
    supported_groups = 10,
    ec_point_formats = 11,
    signature_algorithms = 13,
    alpn = 16,
    session_ticket = 35,
    supported_versions = 43,
    psk_key_exchange_modes = 45,
    certificate_authorities = 47,
    signature_algorithms_cert = 50,
    key_share = 51,
    renegotiation_info = 0xFF01,
};

/// Reserved values that keep servers tolerant (RFC 8701). They are drawn at random, so all of them have one
/// name.
inline constexpr std::string_view grease = "GREASE";
bool is_grease(std::uint32_t code);

/// Each names a code point, in hexadecimal when it has no name here.
std::string message_name(std::uint32_t type);   // ClientHello; "handshake message 99"
std::string extension_name(std::uint32_t type); // supported_groups
std::string group_name(std::uint32_t id);       // P-384, X25519, ffdhe2048
std::string signature_name(std::uint32_t id);   // rsa_pss_rsae_sha256
std::string version_name(std::uint32_t id);     // TLS 1.2, SSL 3.0
std::string certificate_type_name(std::uint32_t id);
/// `0xC030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384`: number, Schannel's and
/// OpenSSL's name, one where they are the same.
std::string suite_names(std::uint32_t id);
/// Schannel's name alone.
std::string suite_name(std::uint32_t id);

/// The signature is a DER pair of integers, whose length is drawn at random (ECDSA, DSA).
bool has_a_length_drawn_at_random(std::uint32_t signature_scheme);

} // namespace connlab::tls
