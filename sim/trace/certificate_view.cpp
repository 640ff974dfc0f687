#include "sim/trace/certificate_view.hpp"

#include <fmt/format.h>

namespace connlab::trace {

namespace {

std::string key_text(const certs::certificate_fields& f) {
    switch (f.key) {
    case certs::key_kind::rsa:
        return fmt::format("RSA {}", f.key_bits);
    case certs::key_kind::ec:
        return f.curve.empty() ? fmt::format("EC {}", f.key_bits) : "EC " + f.curve;
    case certs::key_kind::ed25519:
        return "Ed25519";
    case certs::key_kind::dsa:
        return fmt::format("DSA {}", f.key_bits);
    case certs::key_kind::other:
        return "unknown";
    }
    return {};
}

} // namespace

certificate_view view_of(const certs::certificate& c) {
    if (!c)
        return {};
    const auto& f = c.fields();
    certificate_view out;
    out.subject = c.subject();
    out.issuer = c.issuer();
    out.serial = f.serial;
    out.thumbprint = c.thumbprint();
    out.not_before = f.not_before;
    out.not_after = f.not_after;
    out.names = c.domains();
    out.key = key_text(f);
    out.signature = f.signature_algorithm;
    return out;
}

} // namespace connlab::trace
