#include "sim/exchange/directory_id.hpp"

#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

std::string directory_id(std::string_view of_what) {
    const auto hex = ascii_lower(certs::sha256_hex(of_what));
    return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                       hex.substr(16, 4), hex.substr(20, 12));
}

} // namespace connlab::exchange
