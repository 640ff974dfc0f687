#include "sim/base/instant.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace connlab {

namespace {

// The longest .NET time span is 10675199 days and some hours; ours ends with the last full day.
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t longest_ms = 10'675'199 * day_ms;

constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units = {
    {{"ms", 1}, {"d", day_ms}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}}};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes the digits at the front of `rest`; nothing when there are none or more than fit a time span.
std::optional<std::int64_t> take_number(std::string_view& rest) {
    std::size_t digits = 0;
    std::int64_t value = 0;
    for (; digits < rest.size() && is_digit(rest[digits]); ++digits) {
        value = value * 10 + (rest[digits] - '0');
        if (value > longest_ms)
            return std::nullopt;
    }
    rest.remove_prefix(digits);
    return digits == 0 ? std::nullopt : std::optional(value);
}

bool take(std::string_view& rest, std::string_view word) {
    if (rest.substr(0, word.size()) != word)
        return false;
    rest.remove_prefix(word.size());
    return true;
}

/// `1d12h30m`: numbers with units, summed.
std::optional<std::int64_t> read_sum(std::string_view rest) {
    std::int64_t sum = 0;
    do {
        const auto number = take_number(rest);
        if (!number)
            return std::nullopt;
        std::int64_t unit_ms = 0;
        for (const auto& [word, ms] : units) // "ms" stands before "m"
            if (unit_ms == 0 && take(rest, word))
                unit_ms = ms;
        if (unit_ms == 0 || *number > longest_ms / unit_ms)
            return std::nullopt;
        sum += *number * unit_ms;
        if (sum > longest_ms)
            return std::nullopt;
    } while (!rest.empty());
    return sum;
}

/// `.2500000`: up to seven digits (100 ns ticks); what is finer than a millisecond is dropped.
std::optional<std::int64_t> read_fraction(std::string_view rest) {
    if (rest.empty())
        return 0;
    if (!take(rest, ".") || rest.empty() || rest.size() > 7)
        return std::nullopt;
    std::int64_t ms = 0;
    for (std::size_t i = 0; i < 3 || i < rest.size(); ++i) {
        const char digit = i < rest.size() ? rest[i] : '0';
        if (!is_digit(digit))
            return std::nullopt;
        if (i < 3)
            ms = ms * 10 + (digit - '0');
    }
    return ms;
}

/// `[d.]hh:mm[:ss[.fffffff]]`.
std::optional<std::int64_t> read_time_span(std::string_view rest) {
    std::int64_t days = 0;
    auto hours = take_number(rest);
    if (hours && take(rest, ".")) {
        days = *hours;
        hours = take_number(rest);
    }
    if (!hours || *hours > 23 || days > longest_ms / day_ms || !take(rest, ":"))
        return std::nullopt;
    const auto minutes = take_number(rest);
    if (!minutes || *minutes > 59)
        return std::nullopt;
    std::optional<std::int64_t> seconds = 0;
    if (take(rest, ":"))
        seconds = take_number(rest);
    const auto fraction = read_fraction(rest);
    if (!seconds || *seconds > 59 || !fraction)
        return std::nullopt;
    return ((days * 24 + *hours) * 60 + *minutes) * 60'000 + *seconds * 1'000 + *fraction;
}

} // namespace

parsed<duration> parse_duration(std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return parsed<duration>::fail(fmt::format("`{}` is not a duration: {}", text, why));
    };
    if (!text.empty() && text.front() == '-')
        return refuse("it cannot be negative");
    auto ms = text.find(':') == std::string_view::npos ? read_sum(text) : read_time_span(text);
    if (!ms || *ms > longest_ms)
        return refuse("expected a form like 30d, 1d12h, 10s, 250ms or 00:10:00, 2.00:00:00");
    return parsed<duration>::ok(duration{*ms});
}

std::string format_duration(duration length) {
    using namespace std::chrono;
    const hh_mm_ss time{length < duration::zero() ? -length : length};
    std::string out = length < duration::zero() ? "-" : "";
    if (const auto whole = time.hours().count() / 24; whole != 0)
        out += fmt::format("{}.", whole);
    out += fmt::format("{:02}:{:02}:{:02}", time.hours().count() % 24, time.minutes().count(),
                       time.seconds().count());
    if (time.subseconds().count() != 0)
        out += fmt::format(".{:03}0000", time.subseconds().count());
    return out;
}

} // namespace connlab
