// FNV-1a of a text, 32 bits: the same number on every machine, where a draw at random would not be.
#pragma once

#include <cstdint>
#include <string_view>

namespace connlab {

constexpr std::uint32_t fnv_hash(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

} // namespace connlab
