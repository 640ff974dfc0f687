// The data of a value in a .reg file: "text", dword:…, hex(7):… Internal.
#pragma once

#include "sim/tls/registry.hpp"

#include <optional>

namespace connlab::tls {

struct read_data {
    registry_value value; // without name
    std::string error;    // empty: it reads
    std::string hint;
    std::size_t at = 0; // of the error, in bytes from the beginning of the data
    std::size_t length = 1;
};
/// `ansi`: the bytes of texts are no UTF-16 (REGEDIT4).
read_data read_registry_data(std::string_view data, bool ansi);

/// A text in quotation marks at the front, with \\ and \" resolved; `length` with both marks. Absent: no
/// closing mark.
struct quoted {
    std::string text;
    std::size_t length = 0;
};
std::optional<quoted> quoted_text(std::string_view at);

} // namespace connlab::tls
