#include "sim/smtp/mail_parameters.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace connlab::smtp {

namespace {

constexpr std::size_t longest_size = 20;         // digits, RFC 1870 section 4
constexpr std::size_t longest_envelope_id = 100; // RFC 3461 section 4.4
constexpr std::size_t longest_original = 500;    // RFC 3461 section 4.2

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_size(const mail_parameter& p, const capabilities& /*advertised*/) {
    return !p.value.empty() && p.value.size() <= longest_size &&
           std::all_of(p.value.begin(), p.value.end(), is_digit);
}

bool is_body(const mail_parameter& p, const capabilities& advertised) {
    return ascii_iequal(p.value, "7BIT") ||
           (ascii_iequal(p.value, "8BITMIME") && advertised.has("8BITMIME")) ||
           (ascii_iequal(p.value, "BINARYMIME") && advertised.has("BINARYMIME"));
}

bool is_return(const mail_parameter& p, const capabilities& /*advertised*/) {
    return ascii_iequal(p.value, "FULL") || ascii_iequal(p.value, "HDRS");
}

bool is_envelope_id(const mail_parameter& p, const capabilities& /*advertised*/) {
    return !p.value.empty() && p.value.size() <= longest_envelope_id && decode_xtext(p.value).has_value();
}

bool is_flag(const mail_parameter& p, const capabilities& /*advertised*/) {
    return !p.has_value;
}

bool is_submitter(const mail_parameter& p, const capabilities& /*advertised*/) {
    return !p.value.empty() && (p.value == "<>" || decode_xtext(p.value).has_value());
}

bool is_notify(const mail_parameter& p, const capabilities& /*advertised*/) {
    if (ascii_iequal(p.value, "NEVER"))
        return true;
    const auto words = split(p.value, ',');
    return std::all_of(words.begin(), words.end(), [](const std::string& w) {
        return ascii_iequal(w, "SUCCESS") || ascii_iequal(w, "FAILURE") || ascii_iequal(w, "DELAY");
    });
}

bool is_original_recipient(const mail_parameter& p, const capabilities& /*advertised*/) {
    const auto semicolon = p.value.find(';');
    return p.value.size() <= longest_original && semicolon != std::string::npos && semicolon > 0 &&
           semicolon + 1 < p.value.size() &&
           decode_xtext(std::string_view(p.value).substr(semicolon + 1)).has_value();
}

struct known_parameter {
    std::string_view keyword;
    std::string_view advertised_as; // one of, separated by a blank
    bool (*valid)(const mail_parameter&, const capabilities&);
};

constexpr known_parameter of_mail[] = {
    {"SIZE", "SIZE", is_size},      {"BODY", "8BITMIME BINARYMIME", is_body},
    {"RET", "DSN", is_return},      {"ENVID", "DSN", is_envelope_id},
    {"AUTH", "AUTH", is_submitter}, {"SMTPUTF8", "SMTPUTF8", is_flag},
};
constexpr known_parameter of_rcpt[] = {
    {"NOTIFY", "DSN", is_notify},
    {"ORCPT", "DSN", is_original_recipient},
};

bool is_advertised(std::string_view keywords, const capabilities& advertised) {
    const auto blank = keywords.find(' ');
    return advertised.has(keywords.substr(0, blank)) ||
           (blank != std::string_view::npos && advertised.has(keywords.substr(blank + 1)));
}

template <std::size_t Count>
parameter_fault check(const known_parameter (&known)[Count], const path_command& path,
                      const capabilities& advertised, const std::vector<std::string>& extra) {
    for (const auto& p : path.parameters) {
        if (path.find(p.keyword) != &p.value) // an earlier one has the same keyword
            return parameter_fault::malformed;
        if (std::find(extra.begin(), extra.end(), p.keyword) != extra.end())
            continue;
        const auto* found = std::find_if(std::begin(known), std::end(known),
                                         [&](const known_parameter& k) { return k.keyword == p.keyword; });
        if (found == std::end(known) || !is_advertised(found->advertised_as, advertised))
            return parameter_fault::unknown;
        if (!found->valid(p, advertised))
            return parameter_fault::malformed;
    }
    return parameter_fault::none;
}

/// 0 to 15; -1: not an upper-case hexadecimal digit.
int hex_value(char c) {
    if (is_digit(c))
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool stands_for_itself(char c) {
    return c >= '!' && c <= '~' && c != '+' && c != '=';
}

} // namespace

parameter_fault check_mail_parameters(const path_command& sender, const capabilities& advertised,
                                      const std::vector<std::string>& extra) {
    return check(of_mail, sender, advertised, extra);
}

parameter_fault check_recipient_parameters(const path_command& recipient, const capabilities& advertised,
                                           const std::vector<std::string>& extra) {
    return check(of_rcpt, recipient, advertised, extra);
}

std::optional<std::uint64_t> announced_size(const path_command& sender) {
    const auto* text = sender.find("SIZE");
    if (text == nullptr)
        return std::nullopt;
    std::uint64_t size = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), size);
    if (failed == std::errc::result_out_of_range)
        return std::numeric_limits<std::uint64_t>::max();
    return failed == std::errc{} ? std::optional(size) : std::nullopt;
}

std::string encode_xtext(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (stands_for_itself(c)) {
            out += c;
        } else {
            out += '+';
            out += to_hex({&c, 1});
        }
    }
    return out;
}

std::optional<std::string> decode_xtext(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (stands_for_itself(text[i])) {
            out += text[i];
            continue;
        }
        if (text[i] != '+' || i + 2 >= text.size())
            return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

} // namespace connlab::smtp
