#include "sim/transport/protocol_notes.hpp"

#include "sim/base/ascii.hpp"
#include "sim/tls/suite.hpp"

#include <fmt/format.h>

namespace connlab::transport {

namespace {

/// Bits of the key exchange: the curve's, or the server's RSA key's.
int key_exchange_bits(const tls::suite& s, const std::string& group, const certs::certificate& server_cert) {
    if (s.key_exchange == "CALG_RSA_KEYX")
        return server_cert ? server_cert.fields().key_bits : 0;
    if (group == "P-384")
        return 384;
    if (group == "P-521")
        return 521;
    if (group == "X25519")
        return 255; // what Schannel prints is not established
    return 256;
}

constexpr const char* columns =
    "Subject Issuer name Serial number Thumbprint Not before Not after Subject alternate names";

/// ` CN=… CN=… SERIAL THUMBPRINT 2020-01-17T15:15:33.000Z 2025-01-17T15:15:33.000Z a;b`
std::string in_one_row(const certs::certificate& c) {
    const auto& f = c.fields();
    return fmt::format(" {} {} {} {} {} {} {}", c.subject(), c.issuer(), f.serial, c.thumbprint(),
                       format_instant_ms(f.not_before), format_instant_ms(f.not_after),
                       join(f.dns_names, ";"));
}

} // namespace

bool one_row_for_a_certificate(const exchange::exchange_version& v, const exchange::behavior& b) {
    if (b.is("ProtocolLogCertificateStyle", "ByVersion"))
        return v.number[0] > 15 || (v.number[0] == 15 && v.number[1] >= 2); // 15.2: Exchange 2019
    return b.is("ProtocolLogCertificateStyle", "OneRow");
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

std::string negotiation_succeeded(const trace::handshake_view& h, bool server,
                                  const certs::certificate& server_cert) {
    const auto* s = tls::find_suite_by_schannel_name(h.suite);
    if (s == nullptr)
        return {};
    return fmt::format("TLS protocol SP_PROT_{}_{} negotiation succeeded using bulk encryption algorithm {} "
                       "with strength {} "
                       "bits, MAC hash algorithm {} with strength {} bits and key exchange algorithm {} with "
                       "strength {} bits",
                       h.version, server ? "SERVER" : "CLIENT", s->bulk, s->bulk_bits, s->mac, s->mac_bits,
                       s->key_exchange, key_exchange_bits(*s, h.group, server_cert));
}

} // namespace connlab::transport
