// What a protocol log shows of a line that carries a secret (on-premises sheet 6.4).
#pragma once

#include <string>
#include <string_view>

namespace connlab::transport {

/// `334 <authentication response>`, `X-EXPS EXCHANGEAUTH <authentication information>`; a reply without a
/// secret stays as it is.
std::string masked_line(std::string_view line);

} // namespace connlab::transport
