// How a culture prints dates and numbers, as .NET does: the order of day, month and year, the clock, the
// decimal sign.
#pragma once

#include "sim/base/parsed.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab {

/// A value; default en-US.
struct culture {
    std::string name = "en-US";
    std::string date = "M/d/yyyy";   // .NET's short date: M, d one digit or two; MM, dd two digits
    std::string time = "h:mm:ss tt"; // .NET's long time: h of 12, H of 24 hours
    char decimal = '.';

    friend bool operator==(const culture& a, const culture& b) { return a.name == b.name; }
};

/// Reads `de-DE`; the error names the nearest known one.
parsed<culture> parse_culture(std::string_view text);
const std::vector<std::string>& known_cultures();

} // namespace connlab
