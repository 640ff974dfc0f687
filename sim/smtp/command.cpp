#include "sim/smtp/command.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace connlab::smtp {

namespace {

struct verb_name {
    std::string_view name;
    verb what;
};

constexpr std::array<verb_name, 16> verbs = {{{"HELO", verb::helo},
                                              {"EHLO", verb::ehlo},
                                              {"STARTTLS", verb::starttls},
                                              {"X-ANONYMOUSTLS", verb::x_anonymoustls},
                                              {"MAIL", verb::mail},
                                              {"RCPT", verb::rcpt},
                                              {"DATA", verb::data},
                                              {"BDAT", verb::bdat},
                                              {"RSET", verb::rset},
                                              {"NOOP", verb::noop},
                                              {"QUIT", verb::quit},
                                              {"VRFY", verb::vrfy},
                                              {"EXPN", verb::expn},
                                              {"HELP", verb::help},
                                              {"AUTH", verb::auth},
                                              {"X-EXPS", verb::x_exps}}};

/// Index behind the closing `>`, quoted strings respected; npos: none.
std::size_t closing_bracket(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (text[i] == '>' && !quoted)
            return i;
    }
    return std::string_view::npos;
}

/// `@a,@b:user@c` → `user@c` (RFC 5321 4.1.2: routes are accepted and ignored).
std::string_view without_route(std::string_view address) {
    if (address.empty() || address.front() != '@')
        return address;
    const auto colon = address.find(':');
    return colon == std::string_view::npos ? address : address.substr(colon + 1);
}

constexpr std::size_t longest_mailbox = 320; // 64 of the local part, @, 255 of the domain

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

/// Behind the closing quote of a string that begins with one; npos: it does not close.
std::size_t behind_quoted(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return std::string_view::npos;
}

/// Dots are not looked at: `a..b` is no dot-string, yet servers take it.
bool is_unquoted_local_part(std::string_view text) {
    constexpr std::string_view specials = "()<>[]:;@\\,\" ";
    return !text.empty() && text.find_first_of(specials) == std::string_view::npos;
}

bool is_mail_host(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        return text.find_first_of(" []@", 1) == text.size() - 1;
    std::string ascii(text);
    for (char& c : ascii)
        if (static_cast<unsigned char>(c) > 0x7f)
            c = 'u'; // a byte of an internationalized label
    return is_domain_name(ascii);
}

} // namespace

std::string_view to_string(verb v) {
    for (const auto& known : verbs)
        if (known.what == v)
            return known.name;
    return "other";
}

command parse_command(std::string_view line) {
    const auto blank = line.find_first_of(" \t");
    command out;
    out.name = ascii_upper(line.substr(0, blank));
    if (blank != std::string_view::npos)
        out.argument = trim(line.substr(blank));
    for (const auto& known : verbs)
        if (known.name == out.name)
            out.what = known.what;
    return out;
}

const std::string* path_command::find(std::string_view keyword) const {
    for (const auto& p : parameters)
        if (p.keyword == keyword)
            return &p.value;
    return nullptr;
}

std::optional<path_command> parse_path(std::string_view argument, std::string_view prefix) {
    if (!ascii_istarts_with(argument, prefix))
        return std::nullopt;
    auto rest = trim(argument.substr(prefix.size()));
    if (rest.empty() || rest.front() != '<')
        return std::nullopt;
    rest.remove_prefix(1);
    const auto end = closing_bracket(rest);
    if (end == std::string_view::npos)
        return std::nullopt;
    path_command out;
    out.address = without_route(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (!rest.empty() && rest.front() != ' ')
        return std::nullopt;
    for (const auto& word : split(trim(rest), ' ')) {
        if (word.empty())
            continue;
        const auto equals = word.find('=');
        const bool has_value = equals != std::string::npos;
        out.parameters.push_back({ascii_upper(word.substr(0, equals)),
                                  has_value ? word.substr(equals + 1) : std::string{}, has_value});
    }
    return out;
}

bool is_mailbox(std::string_view address) {
    if (address.empty() || address.size() > longest_mailbox ||
        std::any_of(address.begin(), address.end(), is_control))
        return false;
    const bool quoted = address.front() == '"';
    const auto at = quoted ? behind_quoted(address) : address.find('@');
    if (at == std::string_view::npos || at >= address.size() || address[at] != '@')
        return false;
    return (quoted || is_unquoted_local_part(address.substr(0, at))) && is_mail_host(address.substr(at + 1));
}

std::optional<chunk_command> parse_chunk(std::string_view argument) {
    const auto blank = argument.find(' ');
    const auto number = argument.substr(0, blank);
    chunk_command out;
    const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), out.octets);
    if (number.empty() || failed != std::errc{} || end != number.data() + number.size())
        return std::nullopt;
    if (blank != std::string_view::npos) {
        if (!ascii_iequal(trim(argument.substr(blank)), "LAST"))
            return std::nullopt;
        out.last = true;
    }
    return out;
}

} // namespace connlab::smtp
