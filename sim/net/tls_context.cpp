#include "sim/net/tls_context.hpp"

#include "sim/base/ascii.hpp"
#include "sim/net/dhe_prime.hpp"
#include "sim/net/handshake_tap.hpp"
#include "sim/net/ocsp_stapling.hpp"

#include <boost/asio/ssl/context.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace connlab::net {

namespace {

[[noreturn]] void refuse(std::string_view what) {
    throw std::runtime_error(
        fmt::format("OpenSSL refuses {}: {}", what, ERR_error_string(ERR_get_error(), nullptr)));
}

int protocol(tls::version v) {
    switch (v) {
    case tls::version::ssl3_0:
        return SSL3_VERSION;
    case tls::version::tls1_0:
        return TLS1_VERSION;
    case tls::version::tls1_1:
        return TLS1_1_VERSION;
    case tls::version::tls1_2:
        return TLS1_2_VERSION;
    case tls::version::tls1_3:
        return TLS1_3_VERSION;
    }
    return TLS1_2_VERSION;
}

/// OpenSSL's names joined by colons; suites that this OpenSSL cannot negotiate are left out, and what 2012 R2
/// lists with several curves comes once.
std::string suite_list(const std::vector<std::string>& schannel_names) {
    std::string out;
    std::set<const tls::suite*> seen;
    for (const auto& name : schannel_names) {
        const auto* suite = tls::find_suite_by_schannel_name(name);
        if (suite == nullptr || suite->openssl_name.empty() || !seen.insert(suite).second)
            continue;
        out += (out.empty() ? "" : ":") + std::string(suite->openssl_name);
    }
    return out;
}

/// What stands for an empty list, which OpenSSL does not take: no simulated system has it.
constexpr std::string_view suite_of_nobody = "PSK-AES128-CCM8";

std::vector<tls::version> spoken(std::vector<tls::version> versions) {
    versions.erase(std::remove(versions.begin(), versions.end(), tls::version::ssl3_0), versions.end());
    if (versions.empty())
        throw std::logic_error("a handshake without a version is not begun");
    return versions;
}

/// The highest versions without a hole: OpenSSL can put no other into a ClientHello.
void set_client_versions(SSL_CTX* ctx, const std::vector<tls::version>& versions) {
    auto lowest = versions.end() - 1;
    while (lowest != versions.begin() && protocol(*(lowest - 1)) == protocol(*lowest) - 1)
        --lowest;
    SSL_CTX_set_min_proto_version(ctx, protocol(*lowest));
    SSL_CTX_set_max_proto_version(ctx, protocol(versions.back()));
}

/// Whether the client offers a version: by its list where it sends one, else everything up to its legacy
/// version.
bool client_offers(SSL* ssl, int version) {
    const unsigned char* list = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_supported_versions, &list, &size) != 1)
        return version <= static_cast<int>(SSL_client_hello_get0_legacy_version(ssl)) &&
               version != TLS1_3_VERSION;
    for (std::size_t i = 1; i + 1 < size; i += 2)
        if (list[i] << 8U == (version & 0xFF00) && list[i + 1] == (version & 0xFF))
            return true;
    return false;
}

/// The highest version of a server with holes in its list; OpenSSL by itself would look at the lowest ones
/// alone.
int choose_among_holes(SSL* ssl, int* alert, void* versions) {
    const auto& all = *static_cast<const std::vector<tls::version>*>(versions);
    for (auto v = all.rbegin(); v != all.rend(); ++v)
        if (client_offers(ssl, protocol(*v))) {
            SSL_set_min_proto_version(ssl, protocol(*v));
            SSL_set_max_proto_version(ssl, protocol(*v));
            return SSL_CLIENT_HELLO_SUCCESS;
        }
    *alert = SSL_AD_PROTOCOL_VERSION;
    return SSL_CLIENT_HELLO_ERROR;
}

bool has_holes(const std::vector<tls::version>& versions) {
    return protocol(versions.back()) - protocol(versions.front()) != static_cast<int>(versions.size()) - 1;
}

/// OpenSSL has a name of its own for one of them.
std::string scheme_list(const std::vector<std::string>& iana_names) {
    auto names = iana_names;
    std::replace(names.begin(), names.end(), std::string("ecdsa_sha1"), std::string("ECDSA+SHA1"));
    return join(names, ":");
}

void apply_profile(SSL_CTX* ctx, const tls::profile& p) {
    SSL_CTX_set_security_level(ctx, 0);
    auto suites = suite_list(p.suites);
    if (suites.empty())
        suites = suite_of_nobody;
    if (SSL_CTX_set_cipher_list(ctx, (suites + ":@SECLEVEL=0").c_str()) != 1)
        refuse("the suites " + suites);
    if (SSL_CTX_set_ciphersuites(ctx, suite_list(p.tls13_suites).c_str()) != 1)
        refuse("the TLS 1.3 suites");
    if (!p.groups.empty() && SSL_CTX_set1_groups_list(ctx, join(p.groups, ":").c_str()) != 1)
        refuse("the groups " + join(p.groups, ":"));
    if (!p.signatures.empty() && SSL_CTX_set1_sigalgs_list(ctx, scheme_list(p.signatures).c_str()) != 1)
        refuse("the signature schemes " + join(p.signatures, ":"));
    auto options = SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION;
    if (p.server_preference)
        options |= SSL_OP_CIPHER_SERVER_PREFERENCE;
    SSL_CTX_set_options(ctx, options);
    SSL_CTX_set_num_tickets(ctx, 0);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
}

void load(SSL_CTX* ctx, const tls::credential& c) {
    if (c.chain.empty())
        return;
    if (SSL_CTX_use_certificate(ctx, c.chain.front().native()) != 1)
        refuse("a certificate");
    if (SSL_CTX_use_PrivateKey(ctx, static_cast<EVP_PKEY*>(c.key.native())) != 1)
        refuse("a private key");
    for (std::size_t i = 1; i < c.chain.size(); ++i)
        if (SSL_CTX_add1_chain_cert(ctx, c.chain[i].native()) != 1)
            refuse("a chain certificate");
    SSL_CTX_set_mode(ctx, SSL_MODE_NO_AUTO_CHAIN);
}

/// Windows' verdict comes after the handshake, from our own engine: here every certificate passes.
int accept_everything(X509_STORE_CTX* /*ctx*/, void* /*unused*/) {
    return 1;
}

bool transports_by_rsa(SSL* ssl) {
    const auto* cipher = SSL_get_pending_cipher(ssl);
    return cipher != nullptr && SSL_CIPHER_get_kx_nid(cipher) == NID_kx_rsa;
}

/// Every certificate passes, unless its key is to transport the secret and has a length that the client
/// refuses.
int accept_key_lengths(X509_STORE_CTX* store, void* taken) {
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* key = X509_get0_pubkey(X509_STORE_CTX_get0_cert(store));
    const auto& lengths = *static_cast<const tls::key_lengths*>(taken);
    if (!transports_by_rsa(ssl) || key == nullptr || lengths.allow(EVP_PKEY_get_bits(key)))
        return 1;
    X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION); // alert handshake_failure
    return 0;
}

/// Security level 0 as OpenSSL has it, but for the length of the server's DHE prime.
int take_prime_lengths(const SSL* /*ssl*/, const SSL_CTX* /*ctx*/, int op, int /*bits*/, int /*nid*/,
                       void* other, void* taken) {
    if (op != SSL_SECOP_TMP_DH || other == nullptr)
        return 1;
    return static_cast<const tls::key_lengths*>(taken)->allow(
               EVP_PKEY_get_bits(static_cast<EVP_PKEY*>(other)))
               ? 1
               : 0;
}

void judge_clients(SSL_CTX* ctx, const tls::server_offer& offer) {
    auto* store = SSL_CTX_get_cert_store(ctx);
    for (const auto& root : offer.refusal_roots)
        X509_STORE_add_cert(store, root.native());
    auto* param = SSL_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_auth_level(param, 0);
    X509_VERIFY_PARAM_set_time(
        param, std::chrono::duration_cast<std::chrono::seconds>(offer.refusal_at.time_since_epoch()).count());
}

std::string key_of(const tls::credential& c) {
    std::string out;
    for (const auto& cert : c.chain)
        out += cert.thumbprint() + ' ';
    return out + (c.key ? "key|" : "|");
}

std::string key_of(const tls::server_offer& o) {
    std::string out = "S" + o.what.fingerprint() + key_of(o.own) + std::to_string(static_cast<int>(o.ask));
    if (!o.refuses)
        return out;
    for (const auto& root : o.refusal_roots)
        out += ' ' + root.thumbprint();
    return out + '@' + std::to_string(o.refusal_at.time_since_epoch().count());
}

} // namespace

tls_contexts::tls_contexts(bool keep_keys) : keep_keys_(keep_keys) {}
tls_contexts::~tls_contexts() = default;

tls_context tls_contexts::server(const tls::server_offer& offer) {
    const auto key = key_of(offer);
    const std::lock_guard lock(guard_);
    auto& kept = kept_[key];
    if (kept)
        return kept;
    auto made = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    auto* ctx = made->native_handle();
    apply_profile(ctx, offer.what);
    auto& versions = server_versions_.emplace_back(spoken(offer.what->versions));
    SSL_CTX_set_min_proto_version(ctx, protocol(versions.front()));
    SSL_CTX_set_max_proto_version(ctx, protocol(versions.back()));
    if (has_holes(versions))
        SSL_CTX_set_client_hello_cb(ctx, choose_among_holes, &versions);
    set_dhe_prime(ctx, offer.what->dhe_bits);
    load(ctx, offer.own);
    answer_status_requests(ctx);
    int mode = SSL_VERIFY_NONE;
    if (offer.ask != tls::client_certificate::not_asked)
        mode = SSL_VERIFY_PEER;
    if (offer.ask == tls::client_certificate::required)
        mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    SSL_CTX_set_verify(ctx, mode, nullptr);
    if (offer.refuses)
        judge_clients(ctx, offer);
    else
        SSL_CTX_set_cert_verify_callback(ctx, accept_everything, nullptr);
    return kept = std::move(made);
}

tls_context tls_contexts::client(const tls::client_offer& offer) {
    const auto key = "C" + offer.what.fingerprint() + (offer.own.empty() ? "" : key_of(offer.own.front()));
    const std::lock_guard lock(guard_);
    auto& kept = kept_[key];
    if (kept)
        return kept;
    auto made = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client);
    auto* ctx = made->native_handle();
    apply_profile(ctx, offer.what);
    set_client_versions(ctx, spoken(offer.what->versions));
    if (keep_keys_)
        handshake_tap::enable_key_log(ctx);
    if (!offer.own.empty())
        load(ctx, offer.own.front());
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, nullptr);
    auto& lengths = taken_lengths_.emplace_back(offer.what->rsa_taken, offer.what->dhe_taken);
    SSL_CTX_set_cert_verify_callback(ctx, accept_key_lengths, &lengths.first);
    SSL_CTX_set_security_callback(ctx, take_prime_lengths);
    SSL_CTX_set0_security_ex_data(ctx, &lengths.second);
    return kept = std::move(made);
}

} // namespace connlab::net
