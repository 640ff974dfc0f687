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

} // namespace

std::string certificate_data(const certs::certificate& c) {
    const auto& f = c.fields();
    return fmt::format(" {} {} {} {} {} {} {}", c.subject(), c.issuer(), f.serial, c.thumbprint(),
                       format_instant_ms(f.not_before), format_instant_ms(f.not_after),
                       join(f.dns_names, ";"));
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
