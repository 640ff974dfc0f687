// What a change of an object changed, in the words of its parameters.
#pragma once

#include "sim/base/ascii.hpp"
#include "sim/exchange/parameters.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace connlab::exchange {

/// `TlsDomain mx.contoso.com → mail.contoso.com; Enabled True → False`; empty: nothing changed.
template <class Object>
std::string differences(const std::vector<parameter<Object>>& table, const Object& before,
                        const Object& after) {
    const auto shown = [](std::string value) { return value.empty() ? "$null" : value; };
    std::vector<std::string> all;
    for (const auto& p : table)
        if (const auto was = p.show(before), is = p.show(after); was != is)
            all.push_back(fmt::format("{} {} → {}", p.name, shown(was), shown(is)));
    return join(all, "; ");
}

} // namespace connlab::exchange
