// Instants as Exchange's texts print them. The server's zone is UTC and its culture en-US.
#pragma once

#include "sim/base/instant.hpp"

#include <string>

namespace connlab {

/// `Wed, 11 Jan 2023 16:59:51 +0000`: the banner's and the Received header's (on-premises sheet 3.7).
std::string rfc_date(instant at);

/// `6/3/2024 9:00:00 AM`: LastError's LRT and the views of cmdlets.
std::string us_date_time(instant at);

} // namespace connlab
