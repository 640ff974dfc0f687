// What a file has to be before it can be YAML: UTF-8 text of a sensible size.
#pragma once

#include "sim/base/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::scenario {

/// Byte offsets → lines and columns. Lines end with LF, CRLF or CR.
class line_starts {
  public:
    explicit line_starts(std::string_view text);
    int line_of(std::size_t offset) const;   // from 1
    int column_of(std::size_t offset) const; // from 1, in bytes
    /// The offset of a line and a column counted in characters, both from 1; inside the text.
    std::size_t offset_of(int line, int character) const;

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

/// The first reason why these bytes are no scenario: too many, a control byte, not UTF-8, nothing in them,
/// endless blanks, a YAML directive.
std::optional<diagnostic> not_text(std::string_view bytes, const std::string& file);

} // namespace connlab::scenario
