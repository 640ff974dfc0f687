// The two calls that administrators put where Import-ExchangeCertificate takes a value.
#include "sim/base/ascii.hpp"
#include "sim/cmdlet/value_reader.hpp"

#include <fmt/format.h>

namespace connlab::cmdlet {

namespace {

/// Whether `word` stands here, without regard to case; then it is behind.
bool skip_word(scanner& in, std::string_view word) {
    std::string here;
    for (std::size_t i = 0; i < word.size(); ++i)
        here += in.peek(i);
    if (!ascii_iequal(here, word))
        return false;
    in.skip(word.size());
    return true;
}

} // namespace

bool asks_for_credential(std::string_view cmdlet) {
    return ascii_iequal(cmdlet, "Get-Credential") || ascii_iequal(cmdlet, "New-Object");
}

bool value_reader::read_call(value& v) {
    scanner before = in_;
    in_.skip(1);
    in_.skip_blanks(true);
    if (skip_word(in_, "[System.IO.File]::ReadAllBytes(") || skip_word(in_, "[IO.File]::ReadAllBytes("))
        v = read_file_bytes();
    else if (skip_word(in_, "ConvertTo-SecureString") && in_.at_delimiter())
        v = read_secure_string();
    else if (skip_word(in_, "[Byte[]]"))
        error_.set(
            {before.at(), 1}, "the bytes of a file are read by ReadAllBytes alone",
            "-FileData ([System.IO.File]::ReadAllBytes('\\\\server\\share\\renewed.pfx')), or -FileName");
    else {
        in_ = before;
        return false;
    }
    return true;
}

value value_reader::read_file_bytes() {
    in_.skip_blanks(true);
    value v;
    std::size_t length = 0;
    if (const auto mark = in_.quote_here(length); mark != quote::none) {
        const auto begin = in_.at();
        v = read_quoted(mark, length);
        v.where = in_.extent_since(begin);
    } else if (in_.peek() == '$') {
        v = read_variable();
    } else {
        error_.set({in_.at(), 1}, "ReadAllBytes takes the name of a file in quotation marks");
    }
    for (int bracket = 0; bracket < 2; ++bracket) { // of the call, and of the value
        in_.skip_blanks(true);
        if (in_.peek() != ')')
            error_.set({in_.at(), 1}, "`)` is expected behind the file's name");
        in_.skip(1);
    }
    return v;
}

value value_reader::read_secure_string() {
    value v;
    v.quoted = true;
    v.text = "System.Security.SecureString";
    const auto begin = in_.at();
    while (!error_) {
        in_.skip_blanks(true);
        if (in_.peek() == ')')
            break;
        std::size_t dash = 0;
        if (in_.at_end())
            error_.set({begin, 1}, "the bracket is never closed");
        else if (in_.dash_here(dash))
            while (!in_.at_delimiter())
                in_.skip(1);
        else
            read_element(false);
    }
    in_.skip(1);
    return v;
}

} // namespace connlab::cmdlet
