// The offset of a server's local time, for the texts that Exchange prints in it. The rules are today's, for
// all years: since 1996 in Europe, 2007 in North America, 2008 in Australia.
#pragma once

#include "sim/base/instant.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab {

/// The last (or nth) Sunday of a month, at a time of day in the zone's standard time.
struct changeover {
    unsigned month = 0;  // 1 to 12; 0: the zone never changes its clocks
    unsigned sunday = 0; // 1 to 4: the nth; 5: the last
    std::chrono::minutes time{};
};

/// A value; default UTC.
struct time_zone {
    std::string name = "UTC"; // as Windows calls it
    std::chrono::minutes standard{};
    changeover begins{}; // one hour is added from here
    changeover ends{};   // until here

    std::chrono::minutes offset_at(instant at) const;
    /// The reading of a clock on the wall, as an instant of the zone.
    instant local(instant at) const { return at + offset_at(at); }

    friend bool operator==(const time_zone& a, const time_zone& b) {
        return a.name == b.name && a.standard == b.standard;
    }
};

/// Reads Windows' name (`W. Europe Standard Time`), a place (`Europe/Berlin`) or a fixed offset (`+05:30`, at
/// most 14 hours). The error names the nearest known one.
parsed<time_zone> parse_time_zone(std::string_view text);

/// Windows' names and the places, for diagnostics and completion.
const std::vector<std::string>& known_time_zones();

} // namespace connlab
