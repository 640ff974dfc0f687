#include "sim/tls/handshake_message.hpp"

#include "sim/tls/alert.hpp"
#include "sim/tls/code_points.hpp"
#include "sim/tls/extension.hpp"
#include "sim/tls/message_summary.hpp"
#include "sim/tls/suite.hpp"

#include <fmt/format.h>

namespace connlab::tls {

namespace {

using details = std::vector<trace::tls_detail>;

constexpr std::uint32_t tls12 = 0x0303;

// SHA-256 of "HelloRetryRequest", which stands where a ServerHello has its random (RFC 8446 4.1.3).
constexpr std::string_view retry_random{
    "\xCF\x21\xAD\x74\xE5\x9A\x61\x11\xBE\x1D\x8C\x02\x1E\x65\xB8\x91\xC2\xA2\x11\x16\x7A\xBB\x8C\x5E\x07\x9E"
    "\x09\xE2\xC8\xA8\x33\x9C",
    32};

enum class key_exchange { ecdhe, dhe, rsa };

/// Of the suite that was agreed on; of one that is not in the table: of what the message looks like.
key_exchange exchange_of(const settled& so_far, key_exchange otherwise) {
    const auto* known = find_suite(static_cast<std::uint16_t>(so_far.suite));
    if (known == nullptr)
        return otherwise;
    if (known->key_exchange == "CALG_RSA_KEYX")
        return key_exchange::rsa;
    return known->key_exchange == "CALG_DH_EPHEM" ? key_exchange::dhe : key_exchange::ecdhe;
}

/// One message while it is read.
struct reading {
    octets body;
    settled& so_far;
    message_memo& memo;
    trace::tls_message& out;
    details fields{};

    void add(std::string name, std::string value) {
        auto& d = fields.emplace_back();
        d.name = std::move(name);
        d.values.push_back(std::move(value));
    }
    void add_all(details more) {
        fields.insert(fields.end(), std::make_move_iterator(more.begin()),
                      std::make_move_iterator(more.end()));
    }
    template <class Name>
    void add_list(std::string name, std::size_t width, std::size_t number_width, Name of) {
        trace::tls_detail d{std::move(name), {}};
        octets list(body.vector(width));
        while (list)
            d.values.push_back(of(list.number(number_width)));
        if (list.damaged())
            body.reject();
        fields.push_back(std::move(d));
    }
    void add_extensions(extended_message where) {
        if (body) // TLS 1.2 and below may leave them out
            add_all(decode_extensions(body, where));
    }
    /// Before TLS 1.2 the scheme follows from the key: nothing says what the signature is, but a DER pair of
    /// integers never is as long as an RSA modulus, which has whole words of 32 bytes here.
    void add_signature() {
        constexpr std::size_t word = 32;
        if (so_far.version >= tls12) {
            const auto scheme = body.number(2);
            add("signature_algorithm", signature_name(scheme));
            if (has_a_length_drawn_at_random(scheme))
                out.length = 0;
            body.vector(2);
        } else if (body.vector(2).size() % word != 0) {
            out.length = 0;
        }
    }
};

void client_hello(reading& r) {
    r.add("legacy_version", version_name(r.body.number(2)));
    r.body.take(32); // random
    r.add("session_id", size_text(r.body.vector(1).size()));
    r.add_list("cipher_suites", 2, 2, suite_names);
    r.add_list("compression_methods", 1, 1, [](std::uint32_t method) {
        return method == 0 ? std::string("null") : fmt::format("method {}", method);
    });
    r.add_extensions(extended_message::client_hello);
}

/// The version that counts: supported_versions where there is one, else the old field.
std::uint32_t version_chosen(std::uint32_t legacy, const details& all) {
    const auto* chosen = find_detail(all, extension_name(43));
    return chosen != nullptr && chosen->values.front() == version_name(0x0304) ? 0x0304 : legacy;
}

void server_hello(reading& r) {
    const auto legacy = r.body.number(2);
    r.add("legacy_version", version_name(legacy));
    const bool again = r.body.take(32) == retry_random;
    if (again)
        r.out.type = "HelloRetryRequest";
    r.add("session_id", size_text(r.body.vector(1).size()));
    const auto suite = r.body.number(2);
    r.add("cipher_suite", suite_names(suite));
    r.body.number(1); // compression: none is ever offered
    r.add_extensions(again ? extended_message::hello_retry_request : extended_message::server_hello);
    r.so_far = {version_chosen(legacy, r.fields), suite};
}

void certificate(reading& r) {
    const bool tls13 = r.so_far.tls13();
    if (tls13)
        r.body.vector(1); // context, empty in a handshake
    trace::tls_detail names{"certificate_list", {}};
    details extensions;
    octets list(r.body.vector(3));
    while (list) {
        names.values.push_back(r.memo.subject_of(list.vector(3)));
        if (tls13)
            for (auto& e : decode_extensions(list, extended_message::certificate))
                extensions.push_back(std::move(e));
    }
    if (list.damaged())
        r.body.reject();
    if (names.values.empty())
        names.values.emplace_back("empty");
    r.fields.push_back(std::move(names));
    r.add_all(std::move(extensions));
}

/// Bits of a big-endian number.
std::size_t bits_of(std::string_view number) {
    while (!number.empty() && number.front() == 0)
        number.remove_prefix(1);
    if (number.empty())
        return 0;
    std::size_t bits = (number.size() - 1) * 8;
    for (auto top = static_cast<unsigned char>(number.front()); top != 0; top = top >> 1U)
        ++bits;
    return bits;
}

void server_key_exchange(reading& r) {
    constexpr std::uint32_t named_curve = 3;
    octets ahead = r.body;
    const bool looks_like_a_curve = ahead.number(1) == named_curve;
    const auto how = exchange_of(r.so_far, looks_like_a_curve ? key_exchange::ecdhe : key_exchange::dhe);
    if (how == key_exchange::dhe) {
        r.add("dh_p", fmt::format("{} bits", bits_of(r.body.vector(2))));
        r.body.vector(2);
        r.add("dh_Ys", size_text(r.body.vector(2).size()));
    } else {
        if (r.body.number(1) != named_curve)
            return r.body.reject();
        r.add("named_curve", group_name(r.body.number(2)));
        r.add("point", size_text(r.body.vector(1).size()));
    }
    r.add_signature();
}

void client_key_exchange(reading& r) {
    // A point of one of the curves in use is shorter than 256 bytes: its length has one byte.
    const auto how = exchange_of(r.so_far, key_exchange::ecdhe);
    const std::string name = how == key_exchange::ecdhe ? "ecdh_Yc"
                             : how == key_exchange::dhe ? "dh_Yc"
                                                        : "encrypted_pre_master_secret";
    r.add(name, size_text(r.body.vector(how == key_exchange::ecdhe ? 1 : 2).size()));
}

void certificate_request(reading& r) {
    if (r.so_far.tls13()) {
        r.body.vector(1);
        return r.add_extensions(extended_message::certificate_request);
    }
    r.add_list("certificate_types", 1, 1, certificate_type_name);
    if (r.so_far.version >= tls12)
        r.add_list("supported_signature_algorithms", 2, 2, signature_name);
    r.fields.push_back(decode_authorities(r.body));
}

void new_session_ticket(reading& r) {
    r.add("ticket_lifetime", fmt::format("{} s", r.body.number(4)));
    if (r.so_far.tls13()) {
        r.body.number(4); // ticket_age_add
        r.body.vector(1);
    }
    r.add("ticket", size_text(r.body.vector(2).size()));
    r.add_extensions(extended_message::new_session_ticket);
}

/// RFC 8446 4.6.3.
void key_update(reading& r) {
    r.add("request_update", r.body.number(1) == 1 ? "update_requested" : "update_not_requested");
}

void decode_body(message_type type, reading& r) {
    switch (type) {
    case message_type::hello_request:
    case message_type::server_hello_done:
    case message_type::end_of_early_data:
        return;
    case message_type::client_hello:
        return client_hello(r);
    case message_type::server_hello:
        return server_hello(r);
    case message_type::new_session_ticket:
        return new_session_ticket(r);
    case message_type::encrypted_extensions:
        return r.add_extensions(extended_message::encrypted_extensions);
    case message_type::certificate:
        return certificate(r);
    case message_type::server_key_exchange:
        return server_key_exchange(r);
    case message_type::certificate_request:
        return certificate_request(r);
    case message_type::certificate_verify:
        return r.add_signature();
    case message_type::client_key_exchange:
        return client_key_exchange(r);
    case message_type::finished:
        return r.add("verify_data", size_text(r.body.take_rest().size()));
    case message_type::certificate_status:
        return r.fields.push_back(decode_stapled_response(r.body));
    case message_type::key_update:
        return key_update(r);
    }
    r.add("content", size_text(r.body.take_rest().size()));
}

trace::tls_message decode_anew(std::string_view bytes, settled& so_far, message_memo& memo) {
    constexpr std::size_t header = 4;
    octets whole(bytes);
    const auto type = whole.number(1);
    octets body(whole.vector(3));
    trace::tls_message out;
    out.type = message_name(type);
    out.length = static_cast<std::uint32_t>(bytes.size() < header ? 0 : bytes.size() - header);
    reading r{body, so_far, memo, out};
    if (whole.damaged())
        r.body.reject();
    else
        decode_body(static_cast<message_type>(type), r);
    if (!r.body.whole())
        r.add("damaged", "its length and its fields do not agree");
    out.details = std::move(r.fields);
    out.detail = summary_of(out, type, so_far);
    return out;
}

trace::tls_message decode_hello(std::string_view bytes, settled& so_far, message_memo& memo) {
    auto key = hello_without_chance(bytes);
    if (!key)
        return decode_anew(bytes, so_far, memo);
    if (const auto* known = memo.known_hello(*key))
        return *known;
    auto out = decode_anew(bytes, so_far, memo);
    memo.keep_hello(std::move(*key), out);
    return out;
}

} // namespace

trace::tls_message decode_handshake(std::string_view bytes, settled& so_far, message_memo& memo) {
    const bool hello = !bytes.empty() && bytes.front() == static_cast<char>(message_type::client_hello);
    return hello ? decode_hello(bytes, so_far, memo) : decode_anew(bytes, so_far, memo);
}

trace::tls_message decode_handshake(std::string_view bytes, settled& so_far) {
    message_memo memo;
    return decode_handshake(bytes, so_far, memo);
}

trace::tls_message decode_alert(std::string_view bytes) {
    constexpr std::uint32_t fatal = 2;
    octets body(bytes);
    const auto level = body.number(1);
    const auto number = static_cast<int>(body.number(1));
    trace::tls_message out;
    out.type = "Alert";
    out.length = static_cast<std::uint32_t>(bytes.size());
    if (!body.whole()) {
        out.details = {{"damaged", {"an alert has two bytes"}}};
        return out;
    }
    const std::string severity = level == fatal ? "fatal" : "warning";
    out.detail = severity + " " + alert_text(number);
    out.details = {{"level", {severity}},
                   {"description", {alert_text(number)}},
                   {"schannel", {std::string(schannel_answer(number))}}};
    return out;
}

trace::tls_message change_cipher_spec() {
    trace::tls_message out;
    out.type = "ChangeCipherSpec";
    out.length = 1;
    return out;
}

} // namespace connlab::tls
