#include "sim/net/tls_channel.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>

namespace connlab::net {

namespace {

using boost::system::error_code;
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_at_once = 16384; // bytes in a record (RFC 8446 5.1)

error_code openssl_error() {
    const auto code = ERR_get_error();
    return code == 0 ? make_error_code(asio::ssl::error::unspecified_system_error)
                     : error_code(static_cast<int>(code), asio::error::get_ssl_category());
}

} // namespace

void tls_channel::deleter::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

tls_channel::tls_channel(asio::ip::tcp::socket& socket, ssl_ctx_st* context, bool as_client)
    : socket_(socket), ssl_(SSL_new(context)), received_(BIO_new(BIO_s_mem())),
      written_(BIO_new(BIO_s_mem())) {
    SSL_set_bio(ssl_.get(), received_, written_);
    if (as_client)
        SSL_set_connect_state(ssl_.get());
    else
        SSL_set_accept_state(ssl_.get());
}

asio::awaitable<error_code> tls_channel::handshake() {
    for (;;) {
        ERR_clear_error();
        const int result = SSL_do_handshake(ssl_.get());
        const auto failed = co_await go_on(result);
        if (failed || result == 1)
            co_return failed;
    }
}

asio::awaitable<error_code> tls_channel::write(std::string_view bytes) {
    error_code failed;
    while (!bytes.empty() && !failed) {
        const auto size = std::min(bytes.size(), most_at_once);
        ERR_clear_error();
        const int result = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(size));
        if (result > 0)
            bytes.remove_prefix(static_cast<std::size_t>(result));
        failed = co_await go_on(result);
    }
    co_return failed;
}

asio::awaitable<tls_read> tls_channel::read_some(char* to, std::size_t size) {
    for (;;) {
        ERR_clear_error();
        const int result = SSL_read(ssl_.get(), to, static_cast<int>(std::min(size, most_at_once)));
        const auto failed = co_await go_on(result);
        if (result > 0)
            co_return tls_read{{}, static_cast<std::size_t>(result)};
        if (failed)
            co_return tls_read{failed, 0};
    }
}

/// Sends what an operation wrote, and if that is what it lacks, reads what comes. An error: it has failed.
asio::awaitable<error_code> tls_channel::go_on(int result) {
    const int lacks = SSL_get_error(ssl_.get(), result);
    error_code failed;
    if (lacks == SSL_ERROR_SSL || lacks == SSL_ERROR_SYSCALL)
        failed = openssl_error();
    else if (lacks == SSL_ERROR_ZERO_RETURN)
        failed = asio::error::eof;
    const auto unsent = co_await send_written();
    if (failed || lacks == SSL_ERROR_NONE)
        co_return failed ? failed : unsent;
    co_return unsent ? unsent : co_await receive();
}

asio::awaitable<error_code> tls_channel::send_written() {
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(written_, &bytes);
    if (size <= 0)
        co_return error_code{};
    const auto failed = co_await write_all(socket_, {bytes, static_cast<std::size_t>(size)});
    BIO_reset(written_);
    co_return failed;
}

asio::awaitable<error_code> tls_channel::receive() {
    auto [failed, size] = co_await socket_.async_read_some(asio::buffer(packet_), tuple);
    if (size > 0)
        BIO_write(received_, packet_.data(), static_cast<int>(size));
    co_return failed;
}

asio::awaitable<error_code> write_all(asio::ip::tcp::socket& socket, std::string_view bytes) {
    error_code failed;
    const auto written = socket.write_some(asio::buffer(bytes), failed);
    if (failed && failed != asio::error::would_block)
        co_return failed;
    if (!failed)
        bytes.remove_prefix(written);
    if (bytes.empty())
        co_return error_code{};
    auto [late, more] = co_await asio::async_write(socket, asio::buffer(bytes), tuple);
    co_return late;
}

} // namespace connlab::net
