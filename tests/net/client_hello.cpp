#include "tests/net/client_hello.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <memory>
#include <string_view>

namespace connlab::net::tests {

namespace {

class reader {
  public:
    explicit reader(std::string_view bytes) : bytes_(bytes) {}
    bool done() const { return bytes_.empty(); }
    std::string_view take(std::size_t count) {
        BOOST_REQUIRE(count <= bytes_.size());
        const auto out = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return out;
    }
    unsigned number(std::size_t size) {
        unsigned out = 0;
        for (const char c : take(size))
            out = out << 8U | static_cast<unsigned char>(c);
        return out;
    }
    /// A vector whose length is given in `size` bytes.
    reader vector(std::size_t size) { return reader(take(number(size))); }
    std::vector<unsigned> numbers(std::size_t size) {
        std::vector<unsigned> out;
        while (!done())
            out.push_back(number(size));
        return out;
    }

  private:
    std::string_view bytes_;
};

void read_extension(client_hello& out, unsigned type, reader data) {
    if (type == 0 && !data.done()) {
        auto names = data.vector(2);
        BOOST_REQUIRE(names.number(1) == 0U); // host_name
        out.server_name = std::string(names.take(names.number(2)));
    } else if (type == 10) {
        out.groups = data.vector(2).numbers(2);
    } else if (type == 43) {
        out.supported_versions = data.vector(1).numbers(2);
    }
    out.session_ticket = out.session_ticket || type == 35;
}

} // namespace

client_hello read_client_hello(ssl_ctx_st* context, const std::string& server_name) {
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context), &SSL_free);
    BIO* sent = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), sent); // takes them over
    if (!server_name.empty())
        SSL_ctrl(ssl.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(server_name.c_str()));
    SSL_connect(ssl.get()); // as far as it gets alone
    char* bytes = nullptr;
    const auto size = BIO_ctrl(sent, BIO_CTRL_INFO, 0, static_cast<void*>(&bytes));
    reader wire(std::string_view(bytes, static_cast<std::size_t>(size)));
    BOOST_REQUIRE(wire.number(1) == 22U); // handshake record
    wire.number(2);
    reader record = wire.vector(2);
    BOOST_REQUIRE(record.number(1) == 1U); // client_hello
    reader body = record.vector(3);
    client_hello out;
    out.version = body.number(2);
    body.take(32);  // random
    body.vector(1); // session id
    out.suites = body.vector(2).numbers(2);
    out.compressions = body.vector(1).numbers(1);
    for (reader extensions = body.vector(2); !extensions.done();) {
        const auto type = extensions.number(2);
        read_extension(out, type, extensions.vector(2));
    }
    return out;
}

} // namespace connlab::net::tests
