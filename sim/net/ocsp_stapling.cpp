#include "sim/net/ocsp_stapling.hpp"

#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <openssl/tls1.h>

namespace connlab::net {

namespace {

/// Where the response hangs on an SSL; OpenSSL hands the slot out once a process.
int response_slot() {
    static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

/// OpenSSL frees what it is given.
int give_response(SSL* ssl, void* /*unused*/) {
    const auto* response = static_cast<const std::string*>(SSL_get_ex_data(ssl, response_slot()));
    if (response == nullptr || response->empty())
        return SSL_TLSEXT_ERR_NOACK;
    auto* copy = OPENSSL_memdup(response->data(), response->size());
    if (copy == nullptr)
        return SSL_TLSEXT_ERR_NOACK;
    SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(response->size()));
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

void answer_status_requests(ssl_ctx_st* server) {
    response_slot();
    SSL_CTX_callback_ctrl(server, SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB,
                          reinterpret_cast<void (*)()>(give_response));
}

void staple(ssl_st* server, const std::string* response) {
    SSL_set_ex_data(server, response_slot(), const_cast<std::string*>(response));
}

void ask_for_status(ssl_st* client) {
    SSL_set_tlsext_status_type(client, TLSEXT_STATUSTYPE_ocsp);
}

std::string stapled_response(ssl_st* client) {
    const unsigned char* bytes = nullptr;
    const auto size = SSL_get_tlsext_status_ocsp_resp(client, &bytes);
    return bytes == nullptr || size <= 0
               ? std::string{}
               : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

} // namespace connlab::net
