#include "sim/tls/alert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::tls {

namespace {

// Several alerts have the same answer; it is also the one for alerts that the list does not name.
constexpr std::string_view illegal_message = "SEC_E_ILLEGAL_MESSAGE (0x80090326)";
constexpr std::string_view altered = "SEC_E_MESSAGE_ALTERED (0x8009030F)";
constexpr std::string_view decrypt_failure = "SEC_E_DECRYPT_FAILURE (0x80090330)";
constexpr std::string_view certificate_unknown = "SEC_E_CERT_UNKNOWN (0x80090327)";

struct known_alert {
    int number;
    std::string_view name;
    std::string_view answer;
    bool certificate = false;
};

constexpr std::array<known_alert, 34> alerts{{
    {0, "close_notify", "SEC_I_CONTEXT_EXPIRED (0x00090317)"},
    {10, "unexpected_message", illegal_message},
    {20, "bad_record_mac", altered},
    {21, "decryption_failed", decrypt_failure},
    {22, "record_overflow", illegal_message},
    {30, "decompression_failure", altered},
    {40, "handshake_failure", illegal_message},
    {41, "no_certificate", illegal_message, true},
    {42, "bad_certificate", certificate_unknown, true},
    {43, "unsupported_certificate", certificate_unknown, true},
    {44, "certificate_revoked", "CRYPT_E_REVOKED (0x80092010)", true},
    {45, "certificate_expired", "SEC_E_CERT_EXPIRED (0x80090328)", true},
    {46, "certificate_unknown", certificate_unknown, true},
    {47, "illegal_parameter", illegal_message},
    {48, "unknown_ca", "SEC_E_UNTRUSTED_ROOT (0x80090325)", true},
    {49, "access_denied", "SEC_E_LOGON_DENIED (0x8009030C)", true},
    {50, "decode_error", illegal_message},
    {51, "decrypt_error", decrypt_failure},
    {60, "export_restriction", illegal_message},
    {70, "protocol_version", "SEC_E_UNSUPPORTED_FUNCTION (0x80090302)"},
    {71, "insufficient_security", "SEC_E_ALGORITHM_MISMATCH (0x80090331)"},
    {80, "internal_error", "SEC_E_INTERNAL_ERROR (0x80090304)"},
    {86, "inappropriate_fallback", illegal_message},
    {90, "user_canceled", "SEC_E_UNFINISHED_CONTEXT_DELETED (0x80090333)"},
    {100, "no_renegotiation", illegal_message},
    {109, "missing_extension", illegal_message},
    {110, "unsupported_extension", illegal_message},
    {111, "certificate_unobtainable", illegal_message, true},
    {112, "unrecognized_name", illegal_message},
    {113, "bad_certificate_status_response", illegal_message},
    {114, "bad_certificate_hash_value", illegal_message},
    {115, "unknown_psk_identity", illegal_message},
    {116, "certificate_required", illegal_message, true},
    {120, "no_application_protocol", "SEC_E_APPLICATION_PROTOCOL_MISMATCH (0x80090367)"},
}};

const known_alert* find(int number) {
    const auto found =
        std::find_if(alerts.begin(), alerts.end(), [&](const known_alert& a) { return a.number == number; });
    return found == alerts.end() ? nullptr : &*found;
}

} // namespace

std::string_view alert_name(int number) {
    const auto* a = find(number);
    return a != nullptr ? a->name : std::string_view{};
}

std::string alert_text(int number) {
    const auto name = alert_name(number);
    return fmt::format("{} ({})", name.empty() ? "alert" : name, number);
}

std::string_view schannel_answer(int alert) {
    const auto* a = find(alert);
    return a != nullptr ? a->answer : illegal_message;
}

bool is_about_a_certificate(int alert) {
    const auto* a = find(alert);
    return a != nullptr && a->certificate;
}

} // namespace connlab::tls
