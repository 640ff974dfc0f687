#include "sim/tls/extension.hpp"

#include "certs/decoded_name.hpp"
#include "sim/tls/code_points.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::tls {

namespace {

using values = std::vector<std::string>;

/// A vector with a length of `width` bytes: its entries, each as `one` reads it.
template <class Read>
values list_of(octets& from, std::size_t width, Read one) {
    values out;
    octets list(from.vector(width));
    while (list)
        out.push_back(one(list));
    if (list.damaged())
        from.reject();
    return out;
}

/// The same for numbers of `number_width` bytes, each by its name.
template <class Name>
values names_of(octets& from, std::size_t width, std::size_t number_width, Name name) {
    return list_of(from, width, [&](octets& list) { return name(list.number(number_width)); });
}

/// `NameType`, then the name; only host names exist.
values server_names(octets& body) {
    if (!body)
        return {"accepted"};
    return list_of(body, 2, [](octets& list) {
        list.number(1);
        return std::string(list.vector(2));
    });
}

values key_share(octets& body, extended_message where) {
    const auto entry = [](octets& from) {
        const auto group = group_name(from.number(2));
        return fmt::format("{}, {}", group, size_text(from.vector(2).size()));
    };
    if (where == extended_message::hello_retry_request)
        return {group_name(body.number(2))};
    if (where != extended_message::client_hello)
        return {entry(body)};
    return list_of(body, 2, entry);
}

values status_request(octets& body, extended_message where) {
    if (where == extended_message::certificate)
        return decode_stapled_response(body).values;
    if (!body)
        return {"a CertificateStatus follows"};
    constexpr std::uint32_t ocsp = 1;
    const auto type = body.number(1);
    body.take_rest();
    return {type == ocsp ? "OCSP" : fmt::format("type {}", type)};
}

values protocols(octets& body) {
    return list_of(body, 2, [](octets& list) { return std::string(list.vector(1)); });
}

std::string point_format(std::uint32_t format) { // RFC 8422 5.1.2; later ones deprecated
    return format == 0   ? "uncompressed"
           : format == 1 ? "ansiX962_compressed_prime"
           : format == 2 ? "ansiX962_compressed_char2"
                         : fmt::format("format {}", format);
}

std::string exchange_mode(std::uint32_t mode) { // RFC 8446 4.2.9
    return mode == 0 ? "psk_ke" : mode == 1 ? "psk_dhe_ke" : fmt::format("mode {}", mode);
}

values versions(octets& body, extended_message where) {
    if (where == extended_message::client_hello)
        return names_of(body, 1, 2, version_name);
    return {version_name(body.number(2))};
}

values content_of(std::uint32_t type, octets& body, extended_message where) {
    switch (static_cast<extension_type>(type)) {
    case extension_type::server_name:
        return server_names(body);
    case extension_type::status_request:
        return status_request(body, where);
    case extension_type::supported_groups:
        return names_of(body, 2, 2, group_name);
    case extension_type::ec_point_formats:
        return names_of(body, 1, 1, point_format);
    case extension_type::signature_algorithms:
    case extension_type::signature_algorithms_cert:
        return names_of(body, 2, 2, signature_name);
    case extension_type::alpn:
        return protocols(body);
    case extension_type::supported_versions:
        return versions(body, where);
    case extension_type::psk_key_exchange_modes:
        return names_of(body, 1, 1, exchange_mode);
    case extension_type::certificate_authorities:
        return decode_authorities(body).values;
    case extension_type::key_share:
        return key_share(body, where);
    case extension_type::renegotiation_info:
        return {size_text(body.vector(1).size())};
    case extension_type::session_ticket:
        break; // opaque
    }
    return {size_text(body.take_rest().size())};
}

} // namespace

std::string size_text(std::size_t bytes) {
    return bytes == 0 ? "empty" : fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
}

std::vector<trace::tls_detail> decode_extensions(octets& from, extended_message where) {
    std::vector<trace::tls_detail> out;
    octets list(from.vector(2));
    while (list) {
        const auto type = list.number(2);
        octets body(list.vector(2));
        if (list.damaged())
            break;
        auto content = content_of(type, body, where);
        if (!body.whole())
            content.emplace_back("damaged");
        out.push_back({extension_name(type), std::move(content)});
    }
    if (list.damaged())
        out.push_back({"damaged", {"the list of extensions"}});
    return out;
}

trace::tls_detail decode_authorities(octets& from) {
    trace::tls_detail out{"certificate_authorities", {}};
    out.values = list_of(from, 2, [](octets& list) {
        const auto der = list.vector(2);
        const auto name = certs::name_from_der(der);
        return name ? certs::to_string(*name) : fmt::format("no X.500 name, {}", size_text(der.size()));
    });
    if (out.values.empty())
        out.values.emplace_back("empty: any authority");
    return out;
}

trace::tls_detail decode_stapled_response(octets& from) {
    constexpr std::uint32_t ocsp = 1;
    const auto type = from.number(1);
    const auto response = from.vector(3);
    return {"status_request",
            {fmt::format("{}, {}", type == ocsp ? "OCSP response" : fmt::format("status of type {}", type),
                         size_text(response.size()))}};
}

const trace::tls_detail* find_detail(const std::vector<trace::tls_detail>& all, std::string_view name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const trace::tls_detail& d) { return d.name == name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace connlab::tls
