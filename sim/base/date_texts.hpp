// Instants as Exchange's texts print them: in the server's zone and culture.
#pragma once

#include "sim/base/culture.hpp"
#include "sim/base/time_zone.hpp"

#include <string>

namespace connlab {

/// `TimeZone:` and `Culture:` of a server; default UTC and en-US.
struct locale {
    time_zone zone;
    culture how;
    friend bool operator==(const locale&, const locale&) = default;
};

/// `Wed, 11 Jan 2023 16:59:51 +0100`: the banner's and the Received header's (on-premises sheet 3.7).
std::string rfc_date(instant at, const time_zone& zone = {});

/// `6/3/2024 9:00:00 AM` in en-US: LastError's LRT and the views of cmdlets.
std::string date_time(instant at, const locale& where);

} // namespace connlab
