// Parameters of MAIL and RCPT: which ones a server understands follows from what it advertised (RFC 1870,
// 3030, 3461, 4954, 6152, 6531).
#pragma once

#include "sim/smtp/capabilities.hpp"
#include "sim/smtp/command.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::smtp {

enum class parameter_fault {
    none,
    unknown,   // the keyword was not advertised
    malformed, // its value is wrong, or it is given twice
};

/// `extra`: keywords (upper case) that are understood besides, with any value.
parameter_fault check_mail_parameters(const path_command& sender, const capabilities& advertised,
                                      const std::vector<std::string>& extra);
parameter_fault check_recipient_parameters(const path_command& recipient, const capabilities& advertised,
                                           const std::vector<std::string>& extra);

/// What SIZE announces; more than 64 bits hold is the most they hold. Nothing: not given or no number.
std::optional<std::uint64_t> announced_size(const path_command& sender);

/// xtext of RFC 3461 section 4: bytes outside `!`–`~` and `+`, `=` as `+XX`.
std::string encode_xtext(std::string_view text);
std::optional<std::string> decode_xtext(std::string_view text); // nothing: not xtext

} // namespace connlab::smtp
