#include "sim/cmdlet/scanner.hpp"

#include "sim/base/utf8.hpp"

#include <algorithm>

namespace connlab::cmdlet {

namespace {

constexpr std::string_view general_punctuation = "\xE2\x80"; // U+2000 to U+203F begin so

} // namespace

source_mark text_marks::of(const extent& where) const {
    source_mark mark = first_;
    const auto begin = std::min(where.begin, text_.size());
    std::size_t line_begin = 0;
    int lines = 0;
    for (std::size_t i = 0; i < begin; ++i) {
        const bool lone_cr = text_[i] == '\r' && (i + 1 >= text_.size() || text_[i + 1] != '\n');
        if (text_[i] == '\n' || lone_cr) {
            line_begin = i + 1;
            ++lines;
        }
    }
    mark.line += lines;
    mark.column += static_cast<int>(begin - line_begin);
    mark.length = static_cast<int>(std::max<std::size_t>(where.length, 1));
    return mark;
}

bool scanner::skip_comment() {
    if (peek() == '<' && peek(1) == '#') {
        const auto end = text_.find("#>", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
        return true;
    }
    if (peek() != '#')
        return false;
    while (!at_end() && !at_line_end())
        ++at_;
    return true;
}

bool scanner::skip_continuation() {
    if (peek() != '`')
        return false;
    if (peek(1) == '\n') {
        skip(2);
        return true;
    }
    if (peek(1) == '\r') {
        skip(peek(2) == '\n' ? 3 : 2);
        return true;
    }
    return false;
}

void scanner::skip_blanks(bool line_ends_too) {
    while (!at_end()) {
        if (peek() == ' ' || peek() == '\t' || (line_ends_too && at_line_end()))
            ++at_;
        else if (!skip_continuation() && !skip_comment())
            return;
    }
}

bool scanner::at_delimiter() const {
    constexpr std::string_view delimiters = " \t\r\n,;(){}|&<>";
    return at_end() || delimiters.find(peek()) != std::string_view::npos;
}

void scanner::skip_to_statement_end() {
    quote open = quote::none;
    while (!at_end()) {
        std::size_t length = 0;
        const quote here = quote_here(length);
        if (open == quote::none && (at_line_end() || peek() == ';'))
            return;
        if (here != quote::none)
            open = open == quote::none ? here : here == open ? quote::none : open;
        else if (open != quote::none && at_line_end())
            open = quote::none; // a mark that was never closed: the next line is read as it stands
        at_ += std::max<std::size_t>(length, 1);
    }
}

quote scanner::quote_here(std::size_t& length) const {
    length = 0;
    if (peek() == '\'' || peek() == '"') {
        length = 1;
        return peek() == '"' ? quote::double_mark : quote::single_mark;
    }
    if (text_.substr(at_, 2) != general_punctuation)
        return quote::none;
    const auto third = static_cast<unsigned char>(peek(2));
    const bool single_mark = third >= 0x98 && third <= 0x9B; // U+2018 to U+201B
    const bool double_mark = third >= 0x9C && third <= 0x9E; // U+201C to U+201E
    length = single_mark || double_mark ? 3 : 0;
    return single_mark ? quote::single_mark : double_mark ? quote::double_mark : quote::none;
}

bool scanner::dash_here(std::size_t& length) const {
    length = 0;
    if (peek() == '-')
        length = 1;
    else if (text_.substr(at_, 2) == general_punctuation) {
        const auto third = static_cast<unsigned char>(peek(2));
        length = third >= 0x93 && third <= 0x95 ? 3 : 0; // U+2013 to U+2015
    }
    return length > 0;
}

std::size_t scanner::character_length() const {
    return first_utf8_character(text_.substr(at_)).bytes;
}

} // namespace connlab::cmdlet
