#include "sim/base/time_zone.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"

#include <fmt/format.h>

#include <optional>

namespace connlab {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr changeover never{};

/// At 01:00 UTC everywhere, so later in the day the further east.
constexpr changeover european(unsigned month, minutes standard) {
    return {month, 5, hours{1} + standard};
}

struct zone_entry {
    std::string_view windows;
    std::string_view place;
    minutes standard;
    changeover begins = never;
    changeover ends = never;
};

constexpr zone_entry europe(std::string_view windows, std::string_view place, minutes standard) {
    return {windows, place, standard, european(3, standard), european(10, standard)};
}

constexpr zone_entry north_america(std::string_view windows, std::string_view place, minutes standard) {
    return {windows, place, standard, {3, 2, hours{2}}, {11, 1, hours{1}}};
}

constexpr zone_entry zones[] = {
    {"UTC", "Etc/UTC", minutes{0}},
    europe("GMT Standard Time", "Europe/London", hours{0}),
    europe("W. Europe Standard Time", "Europe/Berlin", hours{1}),
    europe("Romance Standard Time", "Europe/Paris", hours{1}),
    europe("Central Europe Standard Time", "Europe/Budapest", hours{1}),
    europe("Central European Standard Time", "Europe/Warsaw", hours{1}),
    europe("FLE Standard Time", "Europe/Helsinki", hours{2}),
    europe("GTB Standard Time", "Europe/Bucharest", hours{2}),
    {"Turkey Standard Time", "Europe/Istanbul", hours{3}},
    {"Russian Standard Time", "Europe/Moscow", hours{3}},
    {"South Africa Standard Time", "Africa/Johannesburg", hours{2}},
    {"Arabian Standard Time", "Asia/Dubai", hours{4}},
    {"India Standard Time", "Asia/Kolkata", minutes{330}},
    {"China Standard Time", "Asia/Shanghai", hours{8}},
    {"Singapore Standard Time", "Asia/Singapore", hours{8}},
    {"Tokyo Standard Time", "Asia/Tokyo", hours{9}},
    {"AUS Eastern Standard Time", "Australia/Sydney", hours{10}, {10, 1, hours{2}}, {4, 1, hours{2}}},
    {"New Zealand Standard Time", "Pacific/Auckland", hours{12}, {9, 5, hours{2}}, {4, 1, hours{2}}},
    north_america("Eastern Standard Time", "America/New_York", -hours{5}),
    north_america("Central Standard Time", "America/Chicago", -hours{6}),
    north_america("Mountain Standard Time", "America/Denver", -hours{7}),
    {"US Mountain Standard Time", "America/Phoenix", -hours{7}},
    north_america("Pacific Standard Time", "America/Los_Angeles", -hours{8}),
    {"E. South America Standard Time", "America/Sao_Paulo", -hours{3}},
};

/// In standard time of the zone.
instant day_of(const changeover& c, std::chrono::year year) {
    using namespace std::chrono;
    const auto month = std::chrono::month{c.month};
    const sys_days day =
        c.sunday == 5 ? sys_days{year / month / Sunday[last]} : sys_days{year / month / Sunday[c.sunday]};
    return day + c.time;
}

/// `+05:30`, `-03:00`.
std::optional<time_zone> fixed_offset(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' || !digit(1) || !digit(2) ||
        !digit(4) || !digit(5))
        return std::nullopt;
    const int hour = (text[1] - '0') * 10 + (text[2] - '0');
    const int minute = (text[4] - '0') * 10 + (text[5] - '0');
    if (hour > 14 || minute > 59 || (hour == 14 && minute > 0))
        return std::nullopt;
    const auto length = hours{hour} + minutes{minute};
    return time_zone{"UTC" + std::string(text), text[0] == '-' ? -length : length, never, never};
}

} // namespace

minutes time_zone::offset_at(instant at) const {
    if (begins.month == 0)
        return standard;
    const auto wall = at + standard;
    const auto year = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(wall)}.year();
    const auto from = day_of(begins, year);
    const auto to = day_of(ends, year);
    const bool summer = from < to ? from <= wall && wall < to : from <= wall || wall < to;
    return summer ? standard + hours{1} : standard;
}

parsed<time_zone> parse_time_zone(std::string_view text) {
    for (const auto& z : zones)
        if (ascii_iequal(z.windows, text) || ascii_iequal(z.place, text))
            return parsed<time_zone>::ok({std::string(z.windows), z.standard, z.begins, z.ends});
    if (auto fixed = fixed_offset(text))
        return parsed<time_zone>::ok(std::move(*fixed));
    const auto near = nearest_word(text, known_time_zones());
    return parsed<time_zone>::fail(fmt::format(
        "`{}` is not a time zone that the lab knows: Windows' name (W. Europe Standard Time), a place "
        "(Europe/Berlin) or an offset (+05:30){}",
        text, near.empty() ? std::string{} : fmt::format("; did you mean `{}`?", near)));
}

const std::vector<std::string>& known_time_zones() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& z : zones) {
            out.emplace_back(z.windows);
            out.emplace_back(z.place);
        }
        return out;
    }();
    return names;
}

} // namespace connlab
