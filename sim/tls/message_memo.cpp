#include "sim/tls/message_memo.hpp"

#include "certs/decoded_name.hpp"
#include "sim/tls/code_points.hpp"
#include "sim/tls/extension.hpp"
#include "sim/tls/octets.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::tls {

namespace {

constexpr std::size_t most_hellos = 256; // real clients draw GREASE too: no two of theirs need be alike

std::string subject_text(std::string_view der) {
    const auto subject = certs::subject_from_der(der);
    return subject ? certs::to_string(*subject) : fmt::format("no certificate, {}", size_text(der.size()));
}

void append_number(std::string& to, std::size_t number) {
    for (const unsigned shift : {16U, 8U, 0U})
        to += static_cast<char>(number >> shift & 0xFFU);
}

/// A vector with its length, so that no two lists run into each other.
void append_vector(std::string& to, std::string_view bytes) {
    append_number(to, bytes.size());
    to += bytes;
}

/// RFC 8446 4.2.8: of each share the group and how long the key is. False: damaged.
bool append_shares(std::string& to, octets body) {
    octets shares(body.vector(2));
    while (shares) {
        append_number(to, shares.number(2));
        append_number(to, shares.vector(2).size());
    }
    return body.whole() && shares.whole();
}

} // namespace

std::optional<std::string> hello_without_chance(std::string_view bytes) {
    octets whole(bytes);
    whole.number(1); // type
    octets body(whole.vector(3));
    std::string out;
    append_number(out, bytes.size());
    append_number(out, body.number(2)); // version
    body.take(32);                      // random
    append_number(out, body.vector(1).size());
    append_vector(out, body.vector(2)); // suites
    append_vector(out, body.vector(1)); // compression methods
    octets extensions(body ? body.vector(2) : std::string_view{});
    while (extensions) {
        const auto type = extensions.number(2);
        const auto content = extensions.vector(2);
        append_number(out, type);
        if (static_cast<extension_type>(type) != extension_type::key_share)
            append_vector(out, content);
        else if (!append_shares(out, octets(content)))
            return std::nullopt;
    }
    if (!whole.whole() || !body.whole() || !extensions.whole())
        return std::nullopt;
    return out;
}

const std::string& message_memo::subject_of(std::string_view der) {
    std::string bytes(der);
    const auto found = subjects_.find(bytes);
    if (found != subjects_.end())
        return found->second;
    return subjects_.emplace(std::move(bytes), subject_text(der)).first->second;
}

const trace::tls_message* message_memo::known_hello(const std::string& key) const {
    const auto found = hellos_.find(key);
    return found == hellos_.end() ? nullptr : &found->second;
}

void message_memo::keep_hello(std::string key, const trace::tls_message& decoded) {
    if (hellos_.size() < most_hellos)
        hellos_.emplace(std::move(key), decoded);
}

} // namespace connlab::tls
