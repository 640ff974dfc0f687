#include "certs/name_encoding.hpp"

#include "certs/der.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::certs {
namespace {

constexpr std::array<std::string_view, 3> printable_types{"2.5.4.6", "2.5.4.5", "2.5.4.46"};
constexpr std::array<std::string_view, 2> ia5_types{"0.9.2342.19200300.100.1.25", "1.2.840.113549.1.9.1"};

template <class Table>
bool holds(const Table& table, std::string_view oid) {
    return std::find(table.begin(), table.end(), oid) != table.end();
}

bool is_printable(std::string_view text) {
    return text.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?") ==
           std::string_view::npos;
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

std::string encode_value(const name_attribute& a) {
    if (holds(printable_types, a.oid) && is_printable(a.value))
        return der::printable_string(a.value);
    if (holds(ia5_types, a.oid) && is_ascii(a.value))
        return der::ia5_string(a.value);
    return der::utf8_string(a.value);
}

} // namespace

parsed<std::string> encode_name(const x500_name& name) {
    std::string content;
    for (const auto& rdn : name.rdns) {
        std::vector<std::string> attributes;
        for (const auto& a : rdn) {
            const auto type = der::object_identifier(a.oid);
            if (type.empty())
                return parsed<std::string>::fail(
                    fmt::format("'{}' is no attribute type of an X.500 name.", a.oid));
            attributes.push_back(der::sequence(type + encode_value(a)));
        }
        content += der::set_of(std::move(attributes));
    }
    return parsed<std::string>::ok(der::sequence(content));
}

} // namespace connlab::certs
