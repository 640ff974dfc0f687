#include "sim/base/date_texts.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab {

std::string rfc_date(instant at) {
    using namespace std::chrono;
    static constexpr std::array<const char*, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(at - day)};
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", day_names[weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()),
                       month_names[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string us_date_time(instant at) {
    using namespace std::chrono;
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(at - day)};
    const auto hour = clock.hours().count();
    return fmt::format("{}/{}/{} {}:{:02}:{:02} {}", static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), static_cast<int>(date.year()),
                       hour % 12 == 0 ? 12 : hour % 12, clock.minutes().count(), clock.seconds().count(),
                       hour < 12 ? "AM" : "PM");
}

} // namespace connlab
