#include "sim/exchange/directory_id.hpp"

#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"

namespace connlab::exchange {

std::string directory_id(std::string_view of_what) {
    auto digits = ascii_lower(certs::sha256_hex(of_what));
    digits.resize(32);
    digits[12] = '4'; // version, RFC 9562 section 5.4
    digits[16] = "89ab"[static_cast<unsigned char>(digits[16]) % 4];
    for (const auto at : {20U, 16U, 12U, 8U})
        digits.insert(at, 1, '-');
    return digits;
}

} // namespace connlab::exchange
