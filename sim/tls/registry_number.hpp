// A number as registry values are written: 1, 0xffffffff, -1 (as PowerShell shows it).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace connlab::tls {

/// Up to 64 bits; a negative one in two's complement. Absent: no number.
std::optional<std::uint64_t> registry_number(std::string_view text);

} // namespace connlab::tls
