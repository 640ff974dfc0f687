// One line of a source text and the place in it that a mark points at, made fit for a terminal.
#pragma once

#include "sim/base/source_mark.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab {

/// Where each line of a text begins. Lines end with LF, CRLF or CR, as in YAML 1.2.
class line_index {
  public:
    explicit line_index(std::string_view text);
    /// The line without its end; empty for a line that the text does not have.
    std::string_view line(int number) const;
    bool has(int number) const { return number >= 1 && static_cast<std::size_t>(number) <= begins_.size(); }

  private:
    std::string_view text_;
    std::vector<std::size_t> begins_;
};

/// The text with every byte or character that a terminal would obey or not show replaced by `·`, tabs by one
/// blank.
std::string printable(std::string_view text);

/// The line and below it a caret line, both indented by `indent` blanks and ended with a line feed. A line of
/// more than a hundred characters is cut around the caret, `…` for what is left out.
std::string underlined(std::string_view line, const source_mark& mark, std::size_t indent);

} // namespace connlab
