#include "sim/exchange/edge_credential.hpp"

#include "certs/base64.hpp"
#include "certs/digest.hpp"
#include "certs/encryption.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

constexpr std::size_t password_length = 24;

/// Why a record is not the one to bind with at `now`; empty: it may be.
std::string unfit(const edge_credential& c, instant now) {
    if (now < c.effective)
        return "effective from " + format_instant(c.effective);
    if (now >= c.expiration)
        return "expired at " + format_instant(c.expiration);
    return {};
}

/// The bootstrap account the first time, afterwards a replication account; a longer one before a shorter.
bool goes_before(const edge_credential& a, const edge_credential& b, bool first_time) {
    if (a.source_server_fqdn.empty() != b.source_server_fqdn.empty())
        return a.source_server_fqdn.empty() == first_time;
    return a.expiration > b.expiration;
}

} // namespace

std::string edge_password(std::string_view user_name, instant made) {
    const auto digest = certs::sha256_hex(
        fmt::format("Connector Lab EdgeSync account|{}|{}", user_name, format_instant(made)));
    return certs::base64_encoded(digest).substr(0, password_length);
}

std::string bootstrap_user_name(std::string_view edge) {
    return "ESRA." + ascii_upper(edge);
}

std::string replication_user_name(std::string_view edge, std::string_view mailbox, std::size_t number) {
    return fmt::format("ESRA.{}.{}.{}", ascii_upper(edge), ascii_upper(mailbox), number);
}

const stored_certificate* certificate_of(const server& s, std::string_view thumbprint) {
    const auto found =
        std::find_if(s.certificates.begin(), s.certificates.end(), [&](const stored_certificate& c) {
            return ascii_iequal(c.cert.thumbprint(), thumbprint);
        });
    return found == s.certificates.end() ? nullptr : &*found;
}

const stored_certificate* internal_certificate(const server& s) {
    return s.internal_transport_thumbprint.empty() ? nullptr
                                                   : certificate_of(s, s.internal_transport_thumbprint);
}

parsed<credential_pair> make_credential(const edge_account& account, const edge_subscription& edge,
                                        const subscribed_server& mailbox, bool bootstrap) {
    using result = parsed<credential_pair>;
    auto for_edge = certs::encrypted_for(edge.certificate, account.password);
    if (!for_edge)
        return result::fail(std::move(for_edge.error));
    auto for_mailbox = certs::encrypted_for(mailbox.certificate, account.password);
    if (!for_mailbox)
        return result::fail(std::move(for_mailbox.error));
    edge_credential c;
    c.target_server_fqdn = edge.fqdn;
    c.source_server_fqdn = bootstrap ? std::string{} : mailbox.fqdn;
    c.effective = account.effective;
    c.expiration = account.expiration;
    c.user_name = account.user_name;
    credential_pair out{c, std::move(c)};
    out.for_edge.password = std::move(*for_edge);
    out.for_mailbox.password = std::move(*for_mailbox);
    return result::ok(std::move(out));
}

trace::decided<parsed<std::string>> decrypt_credential(const server& s, const edge_credential& c,
                                                       bool damaged) {
    trace::decided<parsed<std::string>> out{parsed<std::string>::fail({}), {}};
    out.why.question = fmt::format("Can {} decrypt the password of {}?", s.name, c.user_name);
    const auto* own = internal_certificate(s);
    cite(out.why, "InternalTransportCertificateThumbprint of " + s.name,
         s.internal_transport_thumbprint.empty() ? "none" : s.internal_transport_thumbprint,
         s.internal_transport_mark);
    auto bytes = c.password;
    if (damaged && !bytes.empty()) {
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        cite(out.why, "encrypted password", "damaged, by the scenario's word");
    }
    if (own == nullptr)
        out.value = parsed<std::string>::fail("that certificate is not in the store");
    else
        out.value = certs::decrypted_with(own->key, bytes);
    out.why.rule =
        out.value ? "exchange.edge-credential.decrypted" : "exchange.edge-credential.not-decrypted";
    out.why.answer = out.value ? "yes, with the private key of its internal transport certificate"
                               : "no: " + out.value.error;
    return concluded(std::move(out));
}

trace::decided<const edge_credential*> select_edge_credential(const server& mailbox,
                                                              const edge_subscription& edge, instant now) {
    trace::decided<const edge_credential*> out{nullptr, {}};
    out.why.question =
        fmt::format("Which credential does {} bind with to AD LDS of {}?", mailbox.name, edge.name);
    const bool first_time = edge.sync.synchronized == instant{};
    for (const auto& c : mailbox.edge_credentials)
        if (same_domain(c.target_server_fqdn, edge.fqdn) && unfit(c, now).empty() &&
            (out.value == nullptr || goes_before(c, *out.value, first_time)))
            out.value = &c;
    for (const auto& c : mailbox.edge_credentials) {
        if (!same_domain(c.target_server_fqdn, edge.fqdn))
            continue;
        auto why = unfit(c, now);
        if (why.empty())
            why = &c == out.value                ? "effective until " + format_instant(c.expiration)
                  : c.source_server_fqdn.empty() ? "the bootstrap credential is for the first time"
                  : first_time                   ? "the Edge has no account for it yet"
                                                 : "another one lasts longer";
        consider(out.why, c.user_name, &c == out.value, std::move(why));
    }
    out.why.rule = out.value == nullptr                    ? "exchange.edge-credential.none"
                   : out.value->source_server_fqdn.empty() ? "exchange.edge-credential.bootstrap"
                                                           : "exchange.edge-credential.replication";
    out.why.answer = out.value == nullptr ? "none" : out.value->user_name;
    return concluded(std::move(out));
}

} // namespace connlab::exchange
