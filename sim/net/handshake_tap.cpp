#include "sim/net/handshake_tap.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

namespace connlab::net {

namespace {

/// The slot in an SSL where its tap hangs; OpenSSL hands it out once a process.
int tap_slot() {
    static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

void message_callback(int sent, int /*version*/, int content_type, const void* bytes, std::size_t size,
                      SSL* /*ssl*/, void* tap) {
    static_cast<handshake_tap*>(tap)->on_message(sent != 0, content_type,
                                                 static_cast<const unsigned char*>(bytes), size);
}

void key_callback(const SSL* ssl, const char* line) {
    if (auto* tap = static_cast<handshake_tap*>(SSL_get_ex_data(ssl, tap_slot())))
        tap->on_key(line);
}

std::string_view message_name(unsigned type) {
    switch (type) {
    case SSL3_MT_HELLO_REQUEST:
        return "HelloRequest";
    case SSL3_MT_CLIENT_HELLO:
        return "ClientHello";
    case SSL3_MT_SERVER_HELLO:
        return "ServerHello";
    case SSL3_MT_NEWSESSION_TICKET:
        return "NewSessionTicket";
    case SSL3_MT_ENCRYPTED_EXTENSIONS:
        return "EncryptedExtensions";
    case SSL3_MT_CERTIFICATE:
        return "Certificate";
    case SSL3_MT_SERVER_KEY_EXCHANGE:
        return "ServerKeyExchange";
    case SSL3_MT_CERTIFICATE_REQUEST:
        return "CertificateRequest";
    case SSL3_MT_SERVER_DONE:
        return "ServerHelloDone";
    case SSL3_MT_CERTIFICATE_VERIFY:
        return "CertificateVerify";
    case SSL3_MT_CLIENT_KEY_EXCHANGE:
        return "ClientKeyExchange";
    case SSL3_MT_FINISHED:
        return "Finished";
    default:
        return "handshake message";
    }
}

/// An ECDSA signature is a DER pair of integers: its length is drawn at random, and so is the length of what
/// carries it.
bool length_varies(unsigned type, const unsigned char* bytes, std::size_t size) {
    constexpr unsigned ecdsa = 3; // SignatureAlgorithm (RFC 5246 7.4.1.4.1)
    if (type == SSL3_MT_CERTIFICATE_VERIFY && size > 5)
        return bytes[5] == ecdsa;
    if (type == SSL3_MT_SERVER_KEY_EXCHANGE &&
        size > 8) { // named curve: 3 bytes, then the point with its length
        const std::size_t algorithm = 4U + 3U + 1U + bytes[7] + 1U;
        return bytes[4] == 3 && algorithm < size && bytes[algorithm] == ecdsa;
    }
    return false;
}

/// OpenSSL tells of a ChangeCipherSpec that it sends; of one that it receives only the record's header.
bool is_received_change(bool sent, int content_type, const unsigned char* bytes, std::size_t size) {
    return !sent && content_type == SSL3_RT_HEADER && size > 0 && bytes[0] == SSL3_RT_CHANGE_CIPHER_SPEC;
}

std::string version_text(unsigned major, unsigned minor) {
    if (major != 3)
        return fmt::format("version {}.{}", major, minor);
    return minor == 0 ? "SSL 3.0" : fmt::format("TLS 1.{}", minor - 1);
}

std::string hello_detail(unsigned type, const unsigned char* bytes, std::size_t size) {
    if ((type != SSL3_MT_CLIENT_HELLO && type != SSL3_MT_SERVER_HELLO) || size < 6)
        return {};
    return "legacy_version " + version_text(bytes[4], bytes[5]);
}

} // namespace

std::string alert_text(int number) {
    std::string words = SSL_alert_desc_string_long(number);
    for (auto& c : words)
        if (c == ' ')
            c = '_';
    return fmt::format("{} ({})", words, number);
}

void handshake_tap::attach(ssl_st* ssl) {
    SSL_set_msg_callback(ssl, message_callback);
    SSL_set_msg_callback_arg(ssl, this);
    SSL_set_ex_data(ssl, tap_slot(), this);
}

void handshake_tap::enable_key_log(ssl_ctx_st* context) {
    tap_slot();
    SSL_CTX_set_keylog_callback(context, key_callback);
}

void handshake_tap::on_key(std::string_view line) {
    if (is_client_) { // both ends know the same secrets; one copy is enough
        key_log_ += line;
        key_log_ += '\n';
    }
}

void handshake_tap::on_message(bool sent, int content_type, const unsigned char* bytes, std::size_t size) {
    trace::tls_message m;
    m.way = sent == is_client_ ? trace::direction::client_to_server : trace::direction::server_to_client;
    if (content_type == SSL3_RT_HANDSHAKE && size >= 4) {
        m.type = message_name(bytes[0]);
        m.detail = hello_detail(bytes[0], bytes, size);
        m.length = length_varies(bytes[0], bytes, size) ? 0 : static_cast<std::uint32_t>(size - 4);
        certificate_requested_ = certificate_requested_ || bytes[0] == SSL3_MT_CERTIFICATE_REQUEST;
    } else if (content_type == SSL3_RT_CHANGE_CIPHER_SPEC ||
               is_received_change(sent, content_type, bytes, size)) {
        m.type = "ChangeCipherSpec";
        m.length = 1;
    } else if (content_type == SSL3_RT_ALERT && size >= 2) {
        if (bytes[1] == SSL3_AD_CLOSE_NOTIFY)
            return; // the end of a session, not of a handshake
        m.type = "Alert";
        m.length = static_cast<std::uint32_t>(size);
        m.detail =
            fmt::format("{} {}", bytes[0] == SSL3_AL_FATAL ? "fatal" : "warning", alert_text(bytes[1]));
        (sent ? alert_sent_ : alert_received_) = bytes[1];
    } else {
        return; // other record headers
    }
    if (!shared_)
        messages_.push_back(std::move(m));
    else if (sent)
        shared_->push_back(std::move(m));
}

} // namespace connlab::net
