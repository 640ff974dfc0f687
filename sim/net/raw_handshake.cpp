#include "sim/net/raw_handshake.hpp"

#include <boost/asio/ssl/context.hpp>
#include <openssl/ssl.h>

#include <memory>

namespace connlab::net {

namespace {

struct ssl_deleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using ssl_handle = std::unique_ptr<SSL, ssl_deleter>;

constexpr int most_rounds = 100; // more than any handshake needs

} // namespace

bool raw_handshake(const tls_context& client, const tls_context& server, const std::string& sni) {
    const ssl_handle near(SSL_new(client->native_handle()));
    const ssl_handle far(SSL_new(server->native_handle()));
    BIO* near_end = nullptr;
    BIO* far_end = nullptr;
    BIO_new_bio_pair(&near_end, 0, &far_end, 0);
    SSL_set_bio(near.get(), near_end, near_end); // takes the BIO over
    SSL_set_bio(far.get(), far_end, far_end);
    SSL_ctrl(near.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(sni.c_str()));
    SSL_set_connect_state(near.get());
    SSL_set_accept_state(far.get());
    const auto done = [&] {
        return SSL_is_init_finished(near.get()) == 1 && SSL_is_init_finished(far.get()) == 1;
    };
    for (int round = 0; round < most_rounds && !done(); ++round) {
        SSL_do_handshake(near.get());
        SSL_do_handshake(far.get());
    }
    return done();
}

} // namespace connlab::net
