#include "sim/net/stream.hpp"

#include "sim/net/ocsp_stapling.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <utility>

namespace connlab::net {

namespace {

using boost::system::error_code;
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16384;

read_status status_of(const error_code& e) {
    if (e == asio::error::operation_aborted)
        return read_status::timed_out;
    if (e == asio::error::eof)
        return read_status::closed;
    return read_status::reset;
}

/// Who was asked for a certificate had agreed on a suite before: what fails then is the certificate that it
/// presented, or did not.
tls::failure failure_of_alert(int alert, bool certificate_requested) {
    switch (alert) {
    case SSL_AD_PROTOCOL_VERSION:
        return tls::failure::no_common_version;
    case SSL_AD_HANDSHAKE_FAILURE:
        return certificate_requested ? tls::failure::refused_by_peer : tls::failure::no_common_suite;
    case SSL_AD_INSUFFICIENT_SECURITY:
        return tls::failure::no_common_suite;
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case TLS13_AD_CERTIFICATE_REQUIRED:
        return tls::failure::refused_by_peer;
    default:
        return tls::failure::other;
    }
}

/// What ended a handshake, from OpenSSL's reason and the alerts that travelled.
tls::failure failure_of(const error_code& e, const handshake_tap& tap) {
    if (e == asio::error::operation_aborted)
        return tls::failure::silence;
    if (tap.alert_received() >= 0)
        return failure_of_alert(tap.alert_received(), tap.certificate_requested());
    if (e.category() != asio::error::get_ssl_category())
        return tls::failure::connection_reset;
    switch (ERR_GET_REASON(static_cast<unsigned long>(e.value()))) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_CALLBACK_FAILED: // of a server with holes in its versions
        return tls::failure::no_common_version;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
        return tls::failure::no_common_suite;
    case SSL_R_DH_KEY_TOO_SMALL:
        return tls::failure::key_too_short;
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_UNEXPECTED_MESSAGE:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_UNKNOWN_PROTOCOL:
        return tls::failure::bad_record;
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
        return tls::failure::refused_by_peer;
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return tls::failure::connection_reset;
    default:
        return tls::failure::other;
    }
}

std::string group_name(SSL* ssl) {
    const int nid = static_cast<int>(SSL_get_negotiated_group(ssl));
    switch (nid) {
    case NID_X9_62_prime256v1:
        return "P-256";
    case NID_secp384r1:
        return "P-384";
    case NID_secp521r1:
        return "P-521";
    case NID_X25519:
        return "X25519";
    case NID_X448:
        return "X448";
    case NID_undef:
        return {};
    default:
        return OBJ_nid2sn(nid) != nullptr ? OBJ_nid2sn(nid) : "";
    }
}

/// IANA name of the scheme that the peer signed with; empty below TLS 1.2 and without a signature.
std::string signature_name(SSL* ssl) {
    int type = NID_undef;
    int digest = NID_undef;
    if (SSL_version(ssl) < TLS1_2_VERSION || SSL_get_peer_signature_type_nid(ssl, &type) != 1)
        return {};
    SSL_get_peer_signature_nid(ssl, &digest);
    const std::string hash = digest == NID_sha512   ? "sha512"
                             : digest == NID_sha384 ? "sha384"
                             : digest == NID_sha256 ? "sha256"
                                                    : "sha1";
    if (type == EVP_PKEY_RSA_PSS)
        return "rsa_pss_rsae_" + hash;
    if (type == EVP_PKEY_RSA)
        return "rsa_pkcs1_" + hash;
    const std::string curve = hash == "sha512"   ? "secp521r1_"
                              : hash == "sha384" ? "secp384r1_"
                              : hash == "sha256" ? "secp256r1_"
                                                 : "";
    return "ecdsa_" + curve + hash;
}

std::string version_name(SSL* ssl) {
    switch (SSL_version(ssl)) {
    case TLS1_VERSION:
        return "TLS1_0";
    case TLS1_1_VERSION:
        return "TLS1_1";
    case TLS1_2_VERSION:
        return "TLS1_2";
    case TLS1_3_VERSION:
        return "TLS1_3";
    default:
        return SSL_get_version(ssl);
    }
}

} // namespace

stream::stream(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

stream::~stream() {
    close();
}

asio::awaitable<error_code> stream::write(std::string bytes) {
    if (encrypted_)
        co_return co_await tls_->write(bytes);
    co_return co_await write_all(socket_, bytes);
}

/// Reads once, appending to the buffer.
asio::awaitable<read_status> stream::fill() {
    if (begin_ == end_)
        begin_ = end_ = 0;
    if (buffer_.size() < end_ + read_size)
        buffer_.resize(end_ + read_size);
    auto* space = buffer_.data() + end_;
    reading_ = true;
    tls_read got;
    if (encrypted_)
        got = co_await tls_->read_some(space, read_size);
    else
        std::tie(got.failed, got.size) =
            co_await socket_.async_read_some(asio::buffer(space, read_size), tuple);
    reading_ = false;
    end_ += got.size;
    if (timed_out_ && got.failed == asio::error::operation_aborted) {
        timed_out_ = false;
        co_return read_status::timed_out;
    }
    co_return got.failed ? status_of(got.failed) : read_status::ok;
}

asio::awaitable<read_result> stream::read_line(std::size_t limit) {
    read_result out;
    std::size_t searched = 0;
    for (;;) {
        const auto come = unread();
        const auto end = come.find('\n', searched);
        if (end != std::string_view::npos) {
            const auto stop = end > 0 && come[end - 1] == '\r' ? end - 1 : end;
            out.bare_lf = stop == end;
            out.too_long = stop > limit;
            out.bytes.assign(come.substr(0, std::min(stop, limit)));
            begin_ += end + 1;
            co_return out;
        }
        if (come.size() > 4 * limit) { // no line end in sight: what came is thrown away
            out.too_long = true;
            out.bytes.assign(come.substr(0, limit));
            begin_ = end_;
            co_return out;
        }
        searched = come.size();
        out.status = co_await fill();
        if (out.status != read_status::ok)
            co_return out;
    }
}

asio::awaitable<read_result> stream::read_to_dot() {
    read_result out;
    for (;;) {
        const auto come = unread();
        if (come.starts_with(".\r\n")) {
            begin_ += 3;
            co_return out;
        }
        const auto end = come.find("\r\n.\r\n");
        if (end != std::string_view::npos) {
            out.bytes.assign(come.substr(0, end + 2));
            begin_ += end + 5;
            co_return out;
        }
        out.status = co_await fill();
        if (out.status != read_status::ok)
            co_return out;
    }
}

asio::awaitable<read_result> stream::read_octets(std::uint64_t count) {
    read_result out;
    while (unread().size() < count) {
        out.status = co_await fill();
        if (out.status != read_status::ok)
            co_return out;
    }
    out.bytes.assign(unread().substr(0, count));
    begin_ += count;
    co_return out;
}

asio::awaitable<void> stream::discard_to_end() {
    for (auto status = read_status::ok; status == read_status::ok;) {
        discard_buffered();
        status = co_await fill();
    }
}

std::uint64_t stream::discard_buffered() {
    return end_ - std::exchange(begin_, end_);
}

asio::awaitable<handshake_result> stream::handshake(bool as_client, tls_context context, std::string sni,
                                                    certificate_memo& memo) {
    handshake_result out;
    context_ = std::move(context);
    tls_ = std::make_unique<tls_channel>(socket_, context_->native_handle(), as_client);
    tap_ = std::make_unique<handshake_tap>(as_client, memo.messages(), wire_);
    auto* ssl = tls_->native();
    tap_->attach(ssl);
    if (as_client && !sni.empty())
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, sni.data());
    if (as_client && asks_status_)
        net::ask_for_status(ssl);
    if (!as_client)
        net::staple(ssl, &staple_);
    reading_ = true;
    const auto failed = co_await tls_->handshake();
    reading_ = false;
    timed_out_ = false;
    out.completed = !failed;
    out.timed_out = failed == asio::error::operation_aborted;
    encrypted_ = out.completed;
    if (failed) {
        out.ended_by = failure_of(failed, *tap_);
        if (as_client && tap_->alert_received() < 0 && out.ended_by == tls::failure::refused_by_peer)
            out.ended_by = tls::failure::key_too_short; // all that a client minds in a handshake
        out.status = out.ended_by == tls::failure::bad_record ? "InvalidToken" : "SocketError";
    }
    out.alert_received = tap_->alert_received();
    out.alert_sent = tap_->alert_sent();
    describe(out, as_client, memo);
    co_return out;
}

void stream::describe(handshake_result& out, bool as_client, certificate_memo& memo) {
    auto* ssl = tls_->native();
    if (const auto* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name))
        out.sni = name;
    out.peer_chain = memo.peer_chain(ssl, as_client);
    if (as_client && asks_status_)
        out.stapled_response = net::stapled_response(ssl);
    if (!out.completed)
        return;
    out.version = version_name(ssl);
    if (const auto* cipher = SSL_get_current_cipher(ssl)) {
        const auto* suite = tls::find_suite(static_cast<std::uint16_t>(SSL_CIPHER_get_protocol_id(cipher)));
        out.suite = suite != nullptr ? std::string(suite->schannel_name) : SSL_CIPHER_standard_name(cipher);
    }
    out.group = group_name(ssl);
    if (as_client)
        out.signature = signature_name(ssl);
}

void stream::shutdown_send() {
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void stream::reset() {
    close();
}

/// Linger 0: a reset instead of TIME_WAIT. Both ends are ours and have nothing more to say; thousands of
/// flows a second would otherwise use up the ports.
void stream::close() {
    auto& s = socket_;
    if (!s.is_open())
        return;
    error_code ignored;
    s.set_option(asio::socket_base::linger(true, 0), ignored);
    s.close(ignored);
}

void stream::time_out() {
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);
}

bool stream::quiet() const {
    return net::quiet(socket_);
}

bool quiet(const asio::ip::tcp::socket& s) {
    if (!s.is_open())
        return true;
    int unread = 0;
    int unsent = 0; // what the kernel has not passed on yet; acknowledgements may lag
    const int handle = const_cast<asio::ip::tcp::socket&>(s).native_handle();
    ::ioctl(handle, FIONREAD, &unread);
    ::ioctl(handle, SIOCOUTQNSD, &unsent);
    return unread == 0 && unsent == 0;
}

} // namespace connlab::net
