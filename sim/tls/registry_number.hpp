// A number as registry values are written: 1, 0xffffffff, -1 (as PowerShell shows it).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace connlab::tls {

/// Up to 64 bits; a negative one in two's complement. Absent: no number.
std::optional<std::uint64_t> registry_number(std::string_view text);
/// The same for a REG_DWORD. Absent: no number, or one that has no place in 32 bits.
std::optional<std::uint32_t> registry_dword(std::string_view text);
/// Digits alone, with a sign or 0x before them, however many.
bool looks_like_a_number(std::string_view text);

} // namespace connlab::tls
