#include "sim/net/certificate_memo.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace connlab::net {

certs::certificate certificate_memo::decoded(const x509_st* raw) {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(raw, &bytes);
    if (size <= 0)
        return {};
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    const auto found = known_.find(der);
    if (found != known_.end())
        return found->second;
    auto cert = certs::certificate::from_der(der);
    return known_.emplace(std::move(der), cert ? *cert : certs::certificate{}).first->second;
}

std::vector<certs::certificate> certificate_memo::peer_chain(ssl_st* ssl, bool peer_is_server) {
    std::vector<certs::certificate> out;
    const auto add = [&](const x509_st* raw) {
        if (auto cert = decoded(raw))
            out.push_back(std::move(cert));
    };
    if (!peer_is_server) // a server's view of the chain lacks the client's own certificate
        if (const auto* leaf = SSL_get0_peer_certificate(ssl))
            add(leaf);
    const auto* rest = SSL_get_peer_cert_chain(ssl);
    for (int i = 0; rest != nullptr && i < sk_X509_num(rest); ++i)
        add(sk_X509_value(rest, i));
    return out;
}

} // namespace connlab::net
