#include "sim/report/step_heading.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/instant.hpp"
#include "sim/base/utf8.hpp"

#include <fmt/format.h>

namespace connlab::report {

namespace {

std::string in_one_line(const std::string& text) {
    std::string first;
    int lines = 0;
    for (const auto& part : split(text, '\n')) {
        const auto line = trim(part);
        if (line.empty() || line.front() == '#')
            continue;
        if (++lines == 1)
            first = line;
    }
    return lines > 1 ? first + " …" : first;
}

} // namespace

std::string step_heading(const trace::step_record& s) {
    return fmt::format("# after step {}, {} {}: {}\r\n", s.number, s.verb, in_one_line(as_utf8(s.text)),
                       format_instant(s.ended));
}

} // namespace connlab::report
