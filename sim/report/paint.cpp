#include "sim/report/paint.hpp"

#include <fmt/format.h>

namespace connlab::report {

std::string paint::wrap(std::string_view code, std::string_view text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

} // namespace connlab::report
