// A message as header fields and a body, for those who filter and rename fields. Internal.
#pragma once

#include "sim/base/ascii.hpp"
#include "sim/exchange/message_headers.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::exchange {

inline constexpr std::string_view organization_prefix = "X-MS-Exchange-Organization-";
inline constexpr std::string_view forest_prefix = "X-MS-Exchange-Forest-";
inline constexpr std::string_view cloud_prefix = "X-MS-Exchange-CrossPremises-";

struct field {
    std::string name;
    std::string text; // whole, with its continuation lines and line ends
};

struct parts {
    std::vector<field> header;
    std::string body; // with the empty line before it
};

parts parse(std::string_view content);
std::string joined(const parts& p);
std::string unfolded(std::string_view text);

inline bool has_prefix(const field& f, std::string_view prefix) {
    return ascii_istarts_with(f.name, prefix);
}

void rename(field& f, std::string_view from, std::string_view to, filtered_message& out);

/// Cross-premises fields become those of the organization, in place of fields of the same name.
void promote(parts& p, filtered_message& out);

template <class Keeps>
void keep_only(parts& p, filtered_message& out, Keeps keeps) {
    std::vector<field> kept;
    for (auto& f : p.header)
        if (keeps(f))
            kept.push_back(std::move(f));
        else
            out.removed.push_back(f.name);
    p.header = std::move(kept);
}

} // namespace connlab::exchange
