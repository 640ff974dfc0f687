#include "sim/tls/registry_data.hpp"

#include "sim/base/diagnostic.hpp"
#include "sim/tls/registry_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::tls {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";

read_data wrong(std::string error, std::size_t at, std::size_t length, std::string hint = {}) {
    read_data out;
    out.error = std::move(error);
    out.hint = std::move(hint);
    out.at = at;
    out.length = length;
    return out;
}

struct hex_type {
    std::string_view prefix;
    registry_type type;
};
constexpr std::array<hex_type, 8> hex_types{{{"hex", registry_type::binary},
                                             {"hex(0)", registry_type::none},
                                             {"hex(1)", registry_type::sz},
                                             {"hex(2)", registry_type::expand_sz},
                                             {"hex(4)", registry_type::dword},
                                             {"hex(5)", registry_type::dword_big_endian},
                                             {"hex(7)", registry_type::multi_sz},
                                             {"hex(b)", registry_type::qword}}};

const hex_type* type_of(std::string_view prefix) {
    for (const auto& t : hex_types)
        if (ascii_iequal(prefix, t.prefix))
            return &t;
    return ascii_iequal(prefix, "hex(3)") ? &hex_types.front() : nullptr;
}

read_data dword_data(std::string_view digits, std::size_t at) {
    const auto bad = digits.find_first_not_of(hex_digits);
    if (bad != std::string_view::npos)
        return wrong(fmt::format("`{}` is no hexadecimal digit", digits.substr(bad, 1)), at + bad, 1,
                     "dword: is followed by up to eight of them, without 0x");
    if (digits.empty() || digits.size() > 8)
        return wrong("dword: is followed by one to eight hexadecimal digits", at,
                     std::max<std::size_t>(1, digits.size()));
    read_data out;
    out.value = dword({}, static_cast<std::uint32_t>(std::stoul(std::string(digits), nullptr, 16)));
    return out;
}

/// The bytes of `4e,00,69,…`; `error` and its place else.
read_data bytes_of(std::string_view list, std::size_t at) {
    read_data out;
    std::size_t place = 0;
    for (const auto& part : split(list, ',')) {
        const auto pair = trim(part);
        const bool last = place + part.size() >= list.size();
        if (!(pair.empty() && last)) { // a comma may end the list
            if (pair.size() != 2 || pair.find_first_not_of(hex_digits) != std::string_view::npos)
                return wrong(fmt::format("`{}` is no byte of two hexadecimal digits", pair), at + place,
                             std::max<std::size_t>(1, part.size()));
            out.value.bytes += static_cast<char>(std::stoi(std::string(pair), nullptr, 16));
        }
        place += part.size() + 1;
    }
    return out;
}

std::uint64_t number_of(std::string_view bytes, bool big_endian) {
    std::string ordered(bytes);
    if (!big_endian)
        std::reverse(ordered.begin(), ordered.end());
    std::uint64_t out = 0;
    for (const char c : ordered)
        out = out << 8U | static_cast<unsigned char>(c);
    return out;
}

std::vector<std::string> texts_of(const std::string& bytes, bool ansi, bool several) {
    const auto text = ansi ? bytes : utf8_of_utf16(bytes);
    std::vector<std::string> out;
    for (const auto& part : split(text, '\0')) {
        if (part.empty() && several)
            continue;
        out.push_back(part);
        if (!several)
            break; // up to the end mark
    }
    return out;
}

read_data hex_data(const hex_type& t, std::string_view list, std::size_t at, bool ansi) {
    auto out = bytes_of(list, at);
    if (!out.error.empty())
        return out;
    auto& v = out.value;
    v.type = t.type;
    const std::size_t wanted = t.type == registry_type::qword ? 8 : 4;
    switch (t.type) {
    case registry_type::dword:
    case registry_type::dword_big_endian:
    case registry_type::qword:
        if (v.bytes.size() != wanted)
            return wrong(
                fmt::format("{} takes {} bytes, and here are {}", to_string(t.type), wanted, v.bytes.size()),
                at, std::max<std::size_t>(1, list.size()));
        v.number = number_of(v.bytes, t.type == registry_type::dword_big_endian);
        v.bytes.clear();
        break;
    case registry_type::sz:
    case registry_type::expand_sz:
    case registry_type::multi_sz:
        if (!ansi && v.bytes.size() % 2 != 0)
            return wrong(fmt::format("{} holds characters of two bytes, and here are {} bytes",
                                     to_string(t.type), v.bytes.size()),
                         at, std::max<std::size_t>(1, list.size()));
        v.texts = texts_of(v.bytes, ansi, t.type == registry_type::multi_sz);
        v.bytes.clear();
        break;
    case registry_type::none:
    case registry_type::binary:
        break;
    }
    return out;
}

read_data text_data(std::string_view data) {
    const auto text = quoted_text(data);
    if (!text)
        return wrong("the text has no closing `\"`", 0, data.size());
    if (const auto rest = trim(data.substr(text->length)); !rest.empty() && rest.front() != ';')
        return wrong("nothing follows the closing `\"`", text->length, data.size() - text->length,
                     "a `\"` inside a text is written `\\\"`");
    read_data out;
    out.value = one_text({}, text->text);
    return out;
}

} // namespace

std::optional<quoted> quoted_text(std::string_view at) {
    quoted out;
    for (std::size_t i = 1; i < at.size(); ++i) {
        const bool escape = at[i] == '\\' && i + 1 < at.size() && (at[i + 1] == '\\' || at[i + 1] == '"');
        if (at[i] == '"') {
            out.length = i + 1;
            return out;
        }
        i += escape ? 1U : 0U;
        out.text += at[i];
    }
    return std::nullopt;
}

read_data read_registry_data(std::string_view data, bool ansi) {
    if (data.empty())
        return wrong("nothing stands behind `=`", 0, 1,
                     "dword:00000001, a \"text\", or - to delete the value");
    if (data.front() == '"')
        return text_data(data);
    const auto colon = data.find(':');
    const auto prefix = trim(data.substr(0, colon));
    const auto comment = data.find(';');
    const auto rest = colon == std::string_view::npos ? std::string_view{}
                                                      : trim(data.substr(colon + 1, comment - colon - 1));
    const auto at = colon == std::string_view::npos || rest.empty()
                        ? std::min(colon, data.size() - 1)
                        : static_cast<std::size_t>(rest.data() - data.data());
    if (colon != std::string_view::npos && ascii_iequal(prefix, "dword"))
        return dword_data(rest, at);
    if (const auto* t = type_of(prefix); t != nullptr && colon != std::string_view::npos)
        return hex_data(*t, rest, at, ansi);
    std::vector<std::string> known{"dword"};
    for (const auto& t : hex_types)
        known.emplace_back(t.prefix);
    const auto near = nearest_word(prefix, known);
    return wrong(fmt::format("`{}` is no kind of data", prefix), 0, prefix.size(),
                 near.empty() ? "dword:00000001, hex(7):…, or a text in quotation marks"
                              : fmt::format("did you mean `{}:`?", near));
}

} // namespace connlab::tls
