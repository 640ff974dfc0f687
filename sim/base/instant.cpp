#include "sim/base/instant.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab {

namespace {

constexpr int first_year = 1950;
constexpr int last_year = 9999;
constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes the parts of an ISO 8601 text from left to right and remembers the first thing that is wrong.
class instant_reader {
  public:
    explicit instant_reader(std::string_view text) : whole_(text), rest_(text) {}

    parsed<instant> read() {
        const auto day = date();
        duration time{};
        if (error_.empty() && !rest_.empty())
            time = time_of_day();
        if (error_.empty() && !rest_.empty())
            form();
        if (!error_.empty())
            return parsed<instant>::fail(error_);
        const instant at = day + time;
        using std::chrono::sys_days;
        using std::chrono::year;
        if (at < sys_days{year{first_year} / 1 / 1} || at >= sys_days{year{last_year + 1} / 1 / 1})
            return parsed<instant>::fail(fmt::format("`{}` is out of range: years {} to {} are supported",
                                                     whole_, first_year, last_year));
        return parsed<instant>::ok(at);
    }

  private:
    std::chrono::sys_days date() {
        const int year = number(4);
        literal('-');
        const int month = number(2);
        literal('-');
        const int day = number(2);
        if (!error_.empty())
            return {};
        if (year < first_year)
            fail(fmt::format("year {} is out of range, {} to {} are supported", year, first_year, last_year));
        if (month < 1 || month > 12) {
            fail(fmt::format("there is no month {:02}", month));
            return {};
        }
        using namespace std::chrono;
        const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                  std::chrono::day{static_cast<unsigned>(day)}};
        if (!date.ok()) {
            const auto last = static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day());
            fail(day == 0 ? std::string("there is no day 00")
                          : fmt::format("{} {} has {} days", month_names[static_cast<std::size_t>(month) - 1],
                                        year, last));
            return {};
        }
        return sys_days{date};
    }

    duration time_of_day() {
        using namespace std::chrono;
        literal('T');
        const int hour = number(2);
        literal(':');
        const int minute = number(2);
        int second = 0;
        milliseconds fraction{};
        if (error_.empty() && !rest_.empty() && rest_.front() == ':') {
            literal(':');
            second = number(2);
            fraction = fraction_of_second();
        }
        below("hour", hour, 24);
        below("minute", minute, 60);
        below("second", second, 60);
        return hours{hour} + minutes{minute} + seconds{second} + fraction - offset();
    }

    /// Up to nine digits after a point; what is finer than a millisecond is dropped.
    std::chrono::milliseconds fraction_of_second() {
        if (!error_.empty() || rest_.empty() || rest_.front() != '.')
            return {};
        rest_.remove_prefix(1);
        int value = 0;
        std::size_t digits = 0;
        for (; digits < rest_.size() && is_digit(rest_[digits]); ++digits)
            if (digits < 3)
                value = value * 10 + (rest_[digits] - '0');
        if (digits == 0 || digits > 9)
            form();
        rest_.remove_prefix(digits);
        for (auto padded = digits; padded < 3; ++padded)
            value *= 10;
        return std::chrono::milliseconds{value};
    }

    std::chrono::minutes offset() {
        if (!error_.empty())
            return {};
        if (rest_.empty()) {
            fail("the time needs a `Z` for UTC or an offset such as `+02:00`");
            return {};
        }
        const char sign = rest_.front();
        rest_.remove_prefix(1);
        if (sign == 'Z')
            return {};
        if (sign != '+' && sign != '-') {
            form();
            return {};
        }
        const int hours = number(2);
        literal(':');
        const int minutes = number(2);
        below("offset hour", hours, 24);
        below("offset minute", minutes, 60);
        return std::chrono::minutes{(sign == '-' ? -1 : 1) * (hours * 60 + minutes)};
    }

    int number(std::size_t digits) {
        if (!error_.empty())
            return 0;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (i >= rest_.size() || !is_digit(rest_[i])) {
                form();
                return 0;
            }
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    void literal(char c) {
        if (!error_.empty())
            return;
        if (rest_.empty() || rest_.front() != c)
            return form();
        rest_.remove_prefix(1);
    }

    void below(std::string_view part, int value, int limit) {
        if (value >= limit)
            fail(fmt::format("there is no {} {:02}", part, value));
    }

    void form() { fail("expected a form like 2024-06-03 or 2024-06-03T09:00:00Z"); }

    void fail(std::string_view why) {
        if (error_.empty())
            error_ = fmt::format("`{}` is not an instant: {}", whole_, why);
    }

    std::string_view whole_;
    std::string_view rest_;
    std::string error_;
};

std::string format(instant at, bool always_ms) {
    using namespace std::chrono;
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const hh_mm_ss time{at - midnight};
    std::string out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                  time.hours().count(), time.minutes().count(), time.seconds().count());
    if (always_ms || time.subseconds().count() != 0)
        out += fmt::format(".{:03}", time.subseconds().count());
    return out + 'Z';
}

} // namespace

parsed<instant> parse_instant(std::string_view text) {
    return instant_reader(text).read();
}

std::string format_instant(instant at) {
    return format(at, false);
}

std::string format_instant_ms(instant at) {
    return format(at, true);
}

} // namespace connlab
