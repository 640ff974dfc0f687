// Virtual time: instants and durations, always in UTC and milliseconds. Nothing below sim/lab reads a clock.
#pragma once

#include "sim/base/parsed.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace connlab {

using duration = std::chrono::milliseconds;
using instant = std::chrono::sys_time<duration>;

/// Reads ISO 8601 in UTC: `2024-06-03`, `2024-06-03T09:00:00Z`, `2024-06-03T09:00:00.250Z`, also with an
/// offset
/// (`+02:00`). Years 1950 to 9999. An impossible date (`2024-02-30`) is an error that names the impossible
/// part.
parsed<instant> parse_instant(std::string_view text);

/// `2024-06-03T09:00:00Z`; milliseconds are printed only when they are not zero.
std::string format_instant(instant at);

/// `2024-06-03T09:00:00.000Z`, as Exchange's protocol logs print it.
std::string format_instant_ms(instant at);

/// Reads `30d`, `12h`, `5m`, `10s`, `250ms`, sums of them (`1d12h`), and .NET time spans (`00:10:00`,
/// `2.00:00:00`). Never negative.
parsed<duration> parse_duration(std::string_view text);

/// As .NET prints a time span: `00:10:00`, `2.00:00:00`, `00:00:00.2500000`.
std::string format_duration(duration length);

} // namespace connlab
