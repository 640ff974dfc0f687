// What the forge settles before it signs anything: who issues whom, and which key belongs to whom.
#pragma once

#include "certs/forge.hpp"

namespace connlab::certs {

/// The recipes of a world with their relations resolved to positions in the list.
struct forge_plan {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::vector<std::size_t> issuer; // none: self-signed
    std::vector<std::size_t>
        key_from;                    // the recipe whose key is used, through all `same_as`; itself otherwise
    std::vector<std::string> serial; // 16 bytes
};

/// Errors as `forge` says.
parsed<forge_plan> plan_forge(const std::vector<certificate_recipe>& recipes);

struct assigned_keys {
    std::vector<private_key> keys; // as the recipes
    std::vector<bool> from_pool;
    bool pool_exhausted = false;
};

parsed<assigned_keys> assign_keys(const std::vector<certificate_recipe>& recipes, const forge_plan& plan,
                                  const key_pool& pool);

} // namespace connlab::certs
