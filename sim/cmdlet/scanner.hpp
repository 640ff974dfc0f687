// The bytes of a cmdlet text as PowerShell classes them: blanks, continued lines, comments, quotation marks,
// dashes. Internal.
#pragma once

#include "sim/cmdlet/syntax.hpp"

#include <string_view>

namespace connlab::cmdlet {

enum class quote { none, single_mark, double_mark };

class scanner {
  public:
    explicit scanner(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    bool at_end() const { return at_ >= text_.size(); }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    void skip(std::size_t bytes) { at_ += bytes < text_.size() - at_ ? bytes : text_.size() - at_; }
    std::string_view since(std::size_t begin) const { return text_.substr(begin, at_ - begin); }
    extent extent_since(std::size_t begin) const { return {begin, at_ > begin ? at_ - begin : 1}; }

    /// Blanks, comments and lines continued with a backtick; line ends too if asked for.
    void skip_blanks(bool line_ends_too);
    bool at_line_end() const { return peek() == '\n' || peek() == '\r'; }
    /// Where a word ends: blank, line end, or a character with a meaning of its own.
    bool at_delimiter() const;
    void skip_to_statement_end();

    /// Straight and typographic marks count alike, and dashes of several lengths, as in PowerShell. Bytes of
    /// the mark in `length`.
    quote quote_here(std::size_t& length) const;
    bool dash_here(std::size_t& length) const;
    /// Bytes of the character here (UTF-8; a stray byte is one).
    std::size_t character_length() const;

  private:
    bool skip_comment();
    bool skip_continuation();

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace connlab::cmdlet
