#include "sim/exchange/parameter_values.hpp"

#include "certs/x500_name.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/base/domain_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace connlab::exchange {

namespace {

template <class T>
parsed<T> refuse(std::string_view text, std::string_view why) {
    return parsed<T>::fail(fmt::format("`{}` is not {}", text, why));
}

template <class T>
std::optional<T> whole_number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string without(std::string_view text, char dropped) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [&](char c) { return c != dropped; });
    return out;
}

struct size_unit {
    std::string_view name;
    std::uint64_t bytes;
};
constexpr size_unit size_units[] = {
    {"TB", 1ULL << 40U}, {"GB", 1ULL << 30U}, {"MB", 1ULL << 20U}, {"KB", 1ULL << 10U}, {"B", 1}};

bool is_address_space_domain(std::string_view text) {
    return text == "*" || text == "--" || is_domain_name(text) || is_wildcard_name(text);
}

/// What stands behind the semicolon of an address space.
std::optional<int> cost_of(std::string_view space) {
    return whole_number<int>(trim(space.substr(space.rfind(';') + 1)));
}

bool is_cost(int n) {
    return n >= 1 && n <= 100;
}

constexpr std::string_view capabilities[] = {
    "None",
    "AcceptCloudServicesMail",
    "AcceptOorgProtocol",
    "AcceptOorgHeader",
    "AcceptProxyProtocol",
    "AcceptProxyFromProtocol",
    "AcceptProxyToProtocol",
    "AcceptXAttrProtocol",
    "AcceptOrgHeaders",
    "AcceptXSysProbeProtocol",
    "AcceptCrossForestMail",
    "AllowSubmit",
    "AcceptXOriginalFromProtocol",
    "AllowConsumerMail",
};

} // namespace

parsed<bool> read_boolean(std::string_view text) {
    if (ascii_iequal(text, "true") || ascii_iequal(text, "$true"))
        return parsed<bool>::ok(true);
    if (ascii_iequal(text, "false") || ascii_iequal(text, "$false"))
        return parsed<bool>::ok(false);
    return refuse<bool>(text, "a Boolean value: allowed are true and false ($true, $false)");
}

parsed<int> read_number(std::string_view text, int lowest, int highest) {
    const auto value = whole_number<int>(trim(text));
    if (!value || *value < lowest || *value > highest)
        return refuse<int>(text, fmt::format("a number from {} to {}", lowest, highest));
    return parsed<int>::ok(*value);
}

parsed<int> read_count_or_unlimited(std::string_view text) {
    if (ascii_iequal(trim(text), "unlimited"))
        return parsed<int>::ok(unlimited_count);
    const auto value = whole_number<int>(trim(text));
    if (!value || *value < 0)
        return refuse<int>(text, "a number from 0 to 2147483647 or unlimited");
    return parsed<int>::ok(*value);
}

parsed<std::uint64_t> read_size(std::string_view text) {
    using result = parsed<std::uint64_t>;
    constexpr std::string_view allowed =
        "a size: allowed are forms like 36MB, 25600KB, 37748736 and unlimited";
    std::string_view rest = trim(text);
    if (ascii_iequal(rest, "unlimited"))
        return result::ok(unlimited_size);
    // `36 MB (37,748,736 bytes)` is what Get-… prints: the exact number stands in the brackets.
    if (const auto open = rest.find('('); open != std::string_view::npos) {
        constexpr std::string_view end = " bytes)";
        const auto inside = rest.substr(open + 1);
        if (inside.size() <= end.size() || !ascii_iequal(inside.substr(inside.size() - end.size()), end))
            return refuse<std::uint64_t>(text, allowed);
        const auto exact = without(inside.substr(0, inside.size() - end.size()), ',');
        const auto bytes = whole_number<std::uint64_t>(exact);
        return bytes ? result::ok(*bytes) : refuse<std::uint64_t>(text, allowed);
    }
    std::uint64_t factor = 1;
    for (const auto& unit : size_units)
        if (rest.size() > unit.name.size() &&
            ascii_iequal(rest.substr(rest.size() - unit.name.size()), unit.name)) {
            factor = unit.bytes;
            rest = trim(rest.substr(0, rest.size() - unit.name.size()));
            break;
        }
    const auto value = whole_number<std::uint64_t>(rest);
    if (!value || *value > unlimited_size / factor)
        return refuse<std::uint64_t>(text, allowed);
    return result::ok(*value * factor);
}

parsed<std::uint64_t> read_message_size(std::string_view text, bool may_be_unlimited) {
    using result = parsed<std::uint64_t>;
    constexpr std::uint64_t largest = 2147483647;
    const auto bytes = read_size(text);
    if (!bytes || (*bytes == unlimited_size && may_be_unlimited))
        return bytes;
    if (*bytes == unlimited_size)
        return result::fail("`unlimited` is not allowed here: a size like 36MB is");
    return *bytes <= largest ? bytes
                             : refuse<std::uint64_t>(text, "in range: allowed are at most 2147483647 bytes");
}

parsed<duration> read_time_span(std::string_view text, duration shortest, duration longest) {
    const auto span =
        text.find(':') == std::string_view::npos ? parsed<duration>{} : parse_duration(trim(text));
    if (!span)
        return refuse<duration>(text, "a time span: allowed are hh:mm:ss and d.hh:mm:ss");
    if (*span < shortest || *span > longest)
        return refuse<duration>(text, fmt::format("in the range from {} to {}", format_duration(shortest),
                                                  format_duration(longest)));
    return span;
}

parsed<std::string> read_fqdn(std::string_view text) {
    return is_domain_name(text) ? parsed<std::string>::ok(std::string(text))
                                : refuse<std::string>(text, "a host name like mail.contoso.com");
}

parsed<std::string> read_smtp_domain(std::string_view text) {
    if (is_domain_name(text))
        return parsed<std::string>::ok(std::string(text));
    if (text.find('*') != std::string_view::npos)
        return refuse<std::string>(text, "a domain name: wildcards are not allowed here");
    return refuse<std::string>(text, "a domain name like contoso.com");
}

parsed<std::string> read_smtp_domain_with_subdomains(std::string_view text) {
    if (is_domain_name(text) || is_wildcard_name(text))
        return parsed<std::string>::ok(std::string(text));
    if (text.find('*') != std::string_view::npos)
        return refuse<std::string>(
            text, "a domain name: a wildcard is allowed as the whole first label alone, like *.contoso.com");
    return refuse<std::string>(text, "a domain name like contoso.com or *.contoso.com");
}

parsed<std::string> read_certificate_identifier(std::string_view text) {
    const auto id = certs::parse_certificate_identifier(text);
    return id ? parsed<std::string>::ok(std::string(text))
              : parsed<std::string>::fail(fmt::format("`{}` names no certificate: {}", text, id.error));
}

parsed<address_space> read_address_space(std::string_view text) {
    address_space space;
    std::string_view rest = trim(text);
    if (const auto semicolon = rest.rfind(';'); semicolon != std::string_view::npos) {
        const auto cost = cost_of(rest);
        if (!cost || !is_cost(*cost))
            return refuse<address_space>(text, "an address space: the cost is a number from 1 to 100");
        space.cost = *cost;
        rest = rest.substr(0, semicolon);
    }
    if (const auto colon = rest.find(':'); colon != std::string_view::npos) {
        space.type = std::string(trim(rest.substr(0, colon)));
        rest = rest.substr(colon + 1);
    }
    space.domain = std::string(trim(rest));
    if (space.type.empty() || space.domain.empty())
        return refuse<address_space>(text,
                                     "an address space of the form Type:Space;Cost, like SMTP:contoso.com;1");
    // What stands behind another type (X400, FAX) is that system's own.
    if (!ascii_iequal(space.type, "SMTP") || is_address_space_domain(space.domain))
        return parsed<address_space>::ok(std::move(space));
    if (space.domain.find('*') != std::string::npos)
        return refuse<address_space>(text,
                                     "an address space: a wildcard stands alone (*) or as the whole first "
                                     "label (*.contoso.com)");
    return refuse<address_space>(text,
                                 "an address space: allowed are forms like contoso.com, *.contoso.com, * "
                                 "and --");
}

parsed<std::string> read_smart_host(std::string_view text) {
    std::string_view bare = trim(text);
    if (bare.size() > 2 && bare.front() == '[' && bare.back() == ']')
        bare = bare.substr(1, bare.size() - 2);
    if (const auto address = parse_ip_address(bare))
        return parsed<std::string>::ok(to_string(*address));
    // Digits and dots alone were meant as an address.
    const bool numeric = bare.find_first_not_of("0123456789.") == std::string_view::npos;
    if (bare.size() == trim(text).size() && (bare == "--" || (is_domain_name(bare) && !numeric)))
        return parsed<std::string>::ok(std::string(bare));
    return refuse<std::string>(text, "a smart host: allowed are a host name and an IP address");
}

parsed<std::string> read_ip_address(std::string_view text) {
    const auto address = parse_ip_address(trim(text));
    return address ? parsed<std::string>::ok(to_string(*address)) : parsed<std::string>::fail(address.error);
}

namespace {

/// contoso.com, *.contoso.com, NO-TLS, <I>issuer<S>subject.
parsed<std::string> read_capability_key(std::string_view text) {
    if (text.starts_with('<'))
        return read_certificate_identifier(text);
    if (is_domain_name(text) || is_wildcard_name(text))
        return parsed<std::string>::ok(std::string(text));
    return parsed<std::string>::fail({});
}

} // namespace

parsed<std::string> read_domain_capabilities(std::string_view text) {
    const auto colon = text.rfind(':'); // an issuer may hold one too
    const auto key = read_capability_key(trim(text.substr(0, colon)));
    if (!key && !key.error.empty())
        return key;
    if (!key || colon == std::string_view::npos)
        return refuse<std::string>(text, "of the form Domain:Capability,Capability, like "
                                         "mail.protection.outlook.com:AcceptCloudServicesMail");
    std::vector<std::string> known(std::begin(capabilities), std::end(capabilities));
    std::vector<std::string> given;
    for (const auto& part : split(text.substr(colon + 1), ',')) {
        const auto word = read_word(trim(part), known);
        if (!word) {
            const auto near = nearest_word(trim(part), known);
            return parsed<std::string>::fail(
                word.error + (near.empty() ? std::string{} : fmt::format("; did you mean `{}`?", near)));
        }
        given.push_back(*word);
    }
    return parsed<std::string>::ok(fmt::format("{}:{}", *key, join(given, ",")));
}

parsed<std::string> read_banner(std::string_view text) {
    if (ascii_istarts_with(text, "220") && (text.size() == 3 || text[3] == ' '))
        return parsed<std::string>::ok(std::string(text));
    return refuse<std::string>(text, "a banner: it begins with 220 and a blank");
}

parsed<std::string> read_word(std::string_view text, const std::vector<std::string>& words) {
    for (const auto& word : words)
        if (ascii_iequal(word, text))
            return parsed<std::string>::ok(word);
    return refuse<std::string>(text, "one of " + join(words, ", "));
}

parsed<std::string> read_by_kind(const written_value& v, value_kind kind,
                                 const std::vector<std::string>& words) {
    using result = parsed<std::string>;
    if (kind == value_kind::list)
        return result::ok(show_list(v.items));
    if (v.is_null || v.items.empty())
        return kind == value_kind::text ? result::ok({})
                                        : result::fail("a value is needed: $null is not allowed");
    if (kind == value_kind::words) {
        std::vector<std::string> found;
        for (const auto& item : v.items)
            for (const auto& part : split(item, ',')) {
                auto word = read_word(trim(part), words);
                if (!word)
                    return word;
                found.push_back(std::move(*word));
            }
        return result::ok(join(found, ", "));
    }
    if (v.items.size() > 1)
        return result::fail("one value is allowed, not a list");
    const auto& text = v.items.front();
    const auto shown = [](const auto& value, auto print) {
        return value ? result::ok(print(*value)) : result::fail(value.error);
    };
    switch (kind) {
    case value_kind::boolean:
        return shown(read_boolean(text), show_boolean);
    case value_kind::number:
        return shown(read_count_or_unlimited(text), show_count);
    case value_kind::word:
        return read_word(text, words);
    case value_kind::time_span:
        return shown(read_time_span(text, duration::zero(), std::chrono::hours{24 * 10000}), format_duration);
    case value_kind::size:
        return shown(read_size(text), show_size);
    case value_kind::text:
    case value_kind::words:
    case value_kind::list:
        break;
    }
    return result::ok(text);
}

bool stands_beside_others(std::string_view word, const written_value& v) {
    const auto all = split(join(v.items, ","), ',');
    return all.size() > 1 && std::any_of(all.begin(), all.end(),
                                         [&](const auto& one) { return ascii_iequal(trim(one), word); });
}

bool is_whole_number(const written_value& v) {
    return v.items.size() == 1 && whole_number<int>(trim(v.items.front())).has_value();
}

bool is_time_span(const written_value& v) {
    return v.items.size() == 1 && v.items.front().find(':') != std::string::npos &&
           parse_duration(trim(v.items.front()));
}

bool has_cost_out_of_range(const written_value& address_spaces) {
    return std::any_of(address_spaces.items.begin(), address_spaces.items.end(), [](const std::string& item) {
        const auto cost = item.find(';') == std::string::npos ? std::nullopt : cost_of(item);
        return cost && !is_cost(*cost);
    });
}

parsed<std::uint32_t> read_flags(const written_value& v, const flag_table& table) {
    using result = parsed<std::uint32_t>;
    const auto words = words_of(table);
    std::uint32_t flags = 0;
    std::size_t count = 0;
    for (const auto& item : v.items)
        for (const auto& part : split(item, ',')) {
            const auto word = read_word(trim(part), words);
            if (!word)
                return result::fail(word.error);
            ++count;
            for (const auto& [name, bit] : table)
                if (name == *word)
                    flags |= bit;
        }
    if (count == 0)
        return result::fail("a value is needed: one or more of " + join(words, ", "));
    if (table.front().second == 0 && stands_beside_others(words.front(), v))
        return result::fail(
            fmt::format("`{}` stands alone, not beside other values (our wording)", words.front()));
    return result::ok(flags);
}

} // namespace connlab::exchange
