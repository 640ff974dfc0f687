#include "sim/net/handshake_tap.hpp"

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

/// OpenSSL tells of a ChangeCipherSpec that it sends; of one that it receives only the record's header.
bool is_received_change(bool sent, int content_type, const unsigned char* bytes, std::size_t size) {
    return !sent && content_type == SSL3_RT_HEADER && size > 0 && bytes[0] == SSL3_RT_CHANGE_CIPHER_SPEC;
}

} // namespace

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
    const std::string_view content(reinterpret_cast<const char*>(bytes), size);
    if (content_type == SSL3_RT_HANDSHAKE && size > 0) {
        on_handshake(sent, content);
    } else if (content_type == SSL3_RT_CHANGE_CIPHER_SPEC ||
               is_received_change(sent, content_type, bytes, size)) {
        add(sent, tls::change_cipher_spec());
        if (!so_far_.tls13()) // where it only pleases middleboxes (RFC 8446 D.4)
            hidden_[sent ? 1 : 0] = true;
    } else if (content_type == SSL3_RT_ALERT && size >= 2) {
        if (bytes[1] == SSL3_AD_CLOSE_NOTIFY)
            return; // the end of a session, not of a handshake
        (sent ? alert_sent_ : alert_received_) = bytes[1];
        add(sent, tls::decode_alert(content));
    }
}

/// With a shared wire the other end writes down what comes in here; only what a ServerHello settles has to be
/// known on both.
void handshake_tap::on_handshake(bool sent, std::string_view bytes) {
    const int type = static_cast<unsigned char>(bytes.front());
    certificate_requested_ = certificate_requested_ || type == SSL3_MT_CERTIFICATE_REQUEST;
    if (shared_ != nullptr && !sent && type != SSL3_MT_SERVER_HELLO)
        return;
    auto m = tls::decode_handshake(bytes, so_far_, memo_);
    const bool keys_agreed = m.type == "ServerHello" && so_far_.tls13();
    add(sent, std::move(m));
    if (keys_agreed)
        hidden_ = {true, true};
}

void handshake_tap::add(bool sent, trace::tls_message m) {
    if (shared_ != nullptr && !sent)
        return;
    auto& all = shared_ != nullptr ? *shared_ : messages_;
    m.way = sent == is_client_ ? trace::direction::client_to_server : trace::direction::server_to_client;
    m.encrypted = hidden_[sent ? 1 : 0] && m.type != "ChangeCipherSpec";
    m.number = static_cast<int>(all.size()) + 1;
    m.flight = all.empty() ? 1 : all.back().flight + (all.back().way == m.way ? 0 : 1);
    all.push_back(std::move(m));
}

} // namespace connlab::net
