// Plain-text layout: indentation, wrapping at words, columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::report {

/// Display width of UTF-8 text: code points without colours, which is right for everything this lab prints.
std::size_t display_width(std::string_view text);

std::string pad(std::string_view text, std::size_t width);

/// Wraps at blanks so that no line is wider than `width`; every line starts with `indent`, later ones with
/// `hang` more blanks. Line feeds in the text stay. Ends with a line feed.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t hang = 0, std::size_t width = 110);

/// What a shell of 120 columns shows: its lines stay as they are, so that tables keep their columns; longer
/// ones are prose, wrapped with a hang of two blanks.
std::string console_text(std::string_view text, std::size_t indent, std::size_t width = 110);

/// The lines behind the first begin below it, `indent` blanks from the left.
std::string below(std::string_view text, std::size_t indent);

/// Markdown whose paragraphs are one line each, to be wrapped anew: line feeds before list items, headings,
/// quotes and indented lines stay, as blank lines do; none at the end.
std::string unwrapped(std::string_view markdown);

/// Rows of cells as left-aligned columns, two blanks apart; a row may be shorter than others.
std::string columns(const std::vector<std::vector<std::string>>& rows, std::size_t indent);

/// `anna@varunagroup.de → bob@contoso.com`; `<>` stands for no sender.
std::string way_of(const std::string& from, const std::string& to);

} // namespace connlab::report
