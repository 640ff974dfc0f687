#include "sim/transport/protocol_notes.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/fnv_hash.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/permissions.hpp"
#include "sim/tls/suite.hpp"

#include <fmt/format.h>

namespace connlab::transport {

namespace {

constexpr const char* columns =
    "Subject Issuer name Serial number Thumbprint Not before Not after Subject alternate names";

/// ` CN=… CN=… SERIAL THUMBPRINT 2020-01-17T15:15:33.000Z 2025-01-17T15:15:33.000Z a;b`
std::string in_one_row(const certs::certificate& c) {
    const auto& f = c.fields();
    return fmt::format(" {} {} {} {} {} {} {}", c.subject(), c.issuer(), f.serial, c.thumbprint(),
                       format_instant_ms(f.not_before), format_instant_ms(f.not_after),
                       join(f.dns_names, ";"));
}

/// `0.00:00:05`, with milliseconds where there are any.
std::string with_days(duration length) {
    using namespace std::chrono;
    const auto whole = floor<days>(length);
    const hh_mm_ss clock{length - whole};
    auto out = fmt::format("{}.{:02}:{:02}:{:02}", whole.count(), clock.hours().count(),
                           clock.minutes().count(), clock.seconds().count());
    if (clock.subseconds().count() != 0)
        out += fmt::format(".{:03}", clock.subseconds().count());
    return out;
}

bool is_2019_or_later(const exchange::exchange_version& v) {
    return v.number[0] > 15 || (v.number[0] == 15 && v.number[1] >= 2); // 15.2: Exchange 2019
}

} // namespace

bool one_row_for_a_certificate(const exchange::exchange_version& v, const exchange::behavior& b) {
    if (b.is("ProtocolLogCertificateStyle", "ByVersion"))
        return is_2019_or_later(v);
    return b.is("ProtocolLogCertificateStyle", "OneRow");
}

std::string_view ecdhe_token(const exchange::exchange_version& v, const exchange::behavior& b) {
    if (!b.is("ProtocolLogKeyExchange", "ByVersion"))
        return b.word("ProtocolLogKeyExchange");
    const auto& n = v.number;
    const bool newer =
        n[0] > 15 || (n[0] == 15 && n[1] == 1 && n[2] >= 1979) || (n[0] == 15 && n[1] >= 2 && n[2] >= 595);
    return newer ? "CALG_ECDH_EPHEM" : "CALG_ECDHE";
}

void note_own_certificate(session_log& log, const certs::certificate& c, bool one_row) {
    if (one_row)
        return log.note(in_one_row(c), std::string("Sending certificate ") + columns);
    log.note({}, "Sending certificate");
    log.note(c.subject(), "Certificate subject");
    log.note(c.issuer(), "Certificate issuer name");
    log.note(c.fields().serial, "Certificate serial number");
    log.note(c.thumbprint(), "Certificate thumbprint");
    log.note(join(c.fields().dns_names, ";"), "Certificate alternate names");
}

void note_handshake(session_log& log, const certs::certificate& peer, std::string negotiated, bool one_row) {
    if (peer && one_row)
        log.note(in_one_row(peer), std::string("Remote certificate ") + columns);
    log.note({}, std::move(negotiated));
    if (peer && !one_row) {
        log.note({}, "Received certificate");
        log.note(peer.thumbprint(), "Certificate thumbprint");
    }
}

int key_exchange_bits(const tls::suite& s, const trace::handshake_view& h,
                      const certs::certificate& server_cert) {
    if (s.dhe())
        return h.dhe_bits;
    const auto& group = h.group;
    if (s.rsa_key_transport())
        return server_cert ? server_cert.fields().key_bits : 0;
    if (group == "P-384")
        return 384;
    if (group == "P-521")
        return 521;
    if (group == "X25519")
        return 255; // what Schannel prints is not established
    return 256;
}

std::string negotiation_succeeded(const trace::handshake_view& h, bool server,
                                  const certs::certificate& server_cert, std::string_view ecdhe) {
    const auto* s = tls::find_suite_by_schannel_name(h.suite);
    if (s == nullptr)
        return {};
    return fmt::format("TLS protocol SP_PROT_{}_{} negotiation succeeded using bulk encryption algorithm {} "
                       "with strength {} "
                       "bits, MAC hash algorithm {} with strength {} bits and key exchange algorithm {} with "
                       "strength {} bits",
                       h.version, server ? "SERVER" : "CLIENT", s->bulk, s->bulk_bits, s->mac, s->mac_bits,
                       s->ecdhe() ? ecdhe : s->key_exchange, key_exchange_bits(*s, h, server_cert));
}

void note_permissions(session_log& log, const exchange::exchange_version& v, std::uint32_t granted) {
    if (v.product == "Exchange2013")
        log.note(exchange::show_permissions(granted), "Set Session Permissions");
}

void note_tarpit(session_log& log, const exchange::exchange_version& v, duration length,
                 std::string_view reply) {
    log.note(fmt::format("Tarpit for '{}'{}", with_days(length),
                         is_2019_or_later(v) ? fmt::format(" due to '{}'", reply) : std::string{}),
             {});
}

void note_message(session_log& log, std::string_view message_id) {
    log.note({}, fmt::format("sending message with RecordId {} and InternetMessageId {}",
                             fnv_hash(message_id), message_id));
}

std::string message_id_of(const std::string& content) {
    return exchange::field_of(content, "Message-ID");
}

} // namespace connlab::transport
