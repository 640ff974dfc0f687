#include "sim/base/date_texts.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab {

namespace {

/// Day and time of day of a local reading.
struct broken_down {
    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> clock;

    explicit broken_down(instant local)
        : day(std::chrono::floor<std::chrono::days>(local)), date(day),
          clock(std::chrono::floor<std::chrono::seconds>(local - day)) {}
};

/// One run of the same letter in a .NET pattern.
std::string field(char letter, std::size_t width, const broken_down& t) {
    const auto number = [&](auto value) { return fmt::format("{:0{}}", value, width); };
    const auto hour = t.clock.hours().count();
    switch (letter) {
    case 'y':
        return number(static_cast<int>(t.date.year()));
    case 'M':
        return number(static_cast<unsigned>(t.date.month()));
    case 'd':
        return number(static_cast<unsigned>(t.date.day()));
    case 'H':
        return number(hour);
    case 'h':
        return number(hour % 12 == 0 ? 12 : hour % 12);
    case 'm':
        return number(t.clock.minutes().count());
    case 's':
        return number(t.clock.seconds().count());
    case 't':
        return hour < 12 ? "AM" : "PM";
    default:
        return std::string(width, letter);
    }
}

std::string formatted(const std::string& pattern, const broken_down& t) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size();) {
        const auto end = std::min(pattern.find_first_not_of(pattern[i], i), pattern.size());
        out += field(pattern[i], end - i, t);
        i = end;
    }
    return out;
}

} // namespace

std::string rfc_date(instant at, const time_zone& zone) {
    static constexpr std::array<const char*, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto offset = zone.offset_at(at).count();
    const broken_down t(zone.local(at));
    return fmt::format("{}, {} {} {} {} {}{:02}{:02}", day_names[std::chrono::weekday{t.day}.c_encoding()],
                       static_cast<unsigned>(t.date.day()),
                       month_names[static_cast<unsigned>(t.date.month()) - 1],
                       static_cast<int>(t.date.year()), formatted("HH:mm:ss", t), offset < 0 ? '-' : '+',
                       std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string date_time(instant at, const locale& where) {
    const broken_down t(where.zone.local(at));
    return formatted(where.how.date, t) + " " + formatted(where.how.time, t);
}

} // namespace connlab
