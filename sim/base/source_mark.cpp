#include "sim/base/source_mark.hpp"

namespace connlab {

std::string to_string(const source_mark& mark) {
    std::string out = mark.file;
    if (mark.known() && mark.line > 0) {
        out += ':' + std::to_string(mark.line);
        if (mark.column > 0)
            out += ':' + std::to_string(mark.column);
    }
    return out;
}

} // namespace connlab
