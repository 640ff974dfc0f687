#include "sim/net/tls_context.hpp"

#include "sim/net/handshake_tap.hpp"

#include <boost/asio/ssl/context.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <stdexcept>

namespace connlab::net {

namespace {

[[noreturn]] void refuse(std::string_view what) {
    throw std::runtime_error(
        fmt::format("OpenSSL refuses {}: {}", what, ERR_error_string(ERR_get_error(), nullptr)));
}

int protocol(tls::version v) {
    switch (v) {
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

/// OpenSSL's names joined by colons; suites that this OpenSSL cannot negotiate are left out.
std::string suite_list(const std::vector<std::string>& schannel_names) {
    std::string out;
    for (const auto& name : schannel_names) {
        const auto* suite = tls::find_suite_by_schannel_name(name);
        if (suite == nullptr || suite->openssl_name.empty())
            continue;
        out += (out.empty() ? "" : ":") + std::string(suite->openssl_name);
    }
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& w : words)
        out += (out.empty() ? "" : ":") + w;
    return out;
}

void apply_profile(SSL_CTX* ctx, const tls::profile& p) {
    SSL_CTX_set_security_level(ctx, 0);
    SSL_CTX_set_min_proto_version(ctx, protocol(p.minimum));
    SSL_CTX_set_max_proto_version(ctx, protocol(p.maximum));
    const auto suites = suite_list(p.suites);
    if (!suites.empty() && SSL_CTX_set_cipher_list(ctx, (suites + ":@SECLEVEL=0").c_str()) != 1)
        refuse("the suites " + suites);
    if (!p.tls13_suites.empty() && SSL_CTX_set_ciphersuites(ctx, suite_list(p.tls13_suites).c_str()) != 1)
        refuse("the TLS 1.3 suites");
    if (!p.groups.empty() && SSL_CTX_set1_groups_list(ctx, joined(p.groups).c_str()) != 1)
        refuse("the groups " + joined(p.groups));
    auto options = SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION;
    if (p.server_preference)
        options |= SSL_OP_CIPHER_SERVER_PREFERENCE;
    SSL_CTX_set_options(ctx, options);
    SSL_CTX_set_num_tickets(ctx, 0);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
    handshake_tap::enable_key_log(ctx);
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

void judge_clients(SSL_CTX* ctx, const tls::server_offer& offer) {
    auto* store = SSL_CTX_get_cert_store(ctx);
    for (const auto& root : offer.refusal_roots)
        X509_STORE_add_cert(store, root.native());
    auto* param = SSL_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_auth_level(param, 0);
    X509_VERIFY_PARAM_set_time(
        param, std::chrono::duration_cast<std::chrono::seconds>(offer.refusal_at.time_since_epoch()).count());
}

std::string key_of(const tls::profile& p) {
    return fmt::format("{}-{}|{}|{}|{}|{}|", static_cast<int>(p.minimum), static_cast<int>(p.maximum),
                       joined(p.suites), joined(p.tls13_suites), joined(p.groups), p.server_preference);
}

std::string key_of(const tls::credential& c) {
    std::string out;
    for (const auto& cert : c.chain)
        out += cert.thumbprint() + ' ';
    return out + (c.key ? "key|" : "|");
}

std::string key_of(const tls::server_offer& o) {
    std::string out = "S" + key_of(o.what) + key_of(o.own) + std::to_string(static_cast<int>(o.ask));
    if (!o.refuses)
        return out;
    for (const auto& root : o.refusal_roots)
        out += ' ' + root.thumbprint();
    return out + '@' + std::to_string(o.refusal_at.time_since_epoch().count());
}

} // namespace

tls_contexts::tls_contexts() = default;
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
    load(ctx, offer.own);
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
    const auto key = "C" + key_of(offer.what) + (offer.own.empty() ? "" : key_of(offer.own.front()));
    const std::lock_guard lock(guard_);
    auto& kept = kept_[key];
    if (kept)
        return kept;
    auto made = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client);
    auto* ctx = made->native_handle();
    apply_profile(ctx, offer.what);
    if (!offer.own.empty())
        load(ctx, offer.own.front());
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(ctx, accept_everything, nullptr);
    return kept = std::move(made);
}

} // namespace connlab::net
