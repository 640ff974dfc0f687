#include "sim/lab/certificate_office.hpp"

#include <iterator>

namespace connlab::lab {

parsed<exchange::stored_certificate> certificate_office::issue(const certs::certificate_recipe& recipe) {
    using result = parsed<exchange::stored_certificate>;
    auto known = world_->certificates;
    known.insert(certificates_.begin(), certificates_.end());
    auto recipes = world_->recipes;
    recipes.insert(recipes.end(), recipes_.begin(), recipes_.end());
    auto found = known.find(recipe.id);
    if (found == known.end()) {
        auto fresh = certs::forge_one_more(recipes, known, recipe, *world_->pool);
        if (!fresh)
            return result::fail(fresh.error);
        recipes_.push_back(recipe);
        certificates_.emplace(recipe.id, *fresh);
        found = known.emplace(recipe.id, std::move(*fresh)).first;
    }
    exchange::stored_certificate out;
    out.name = recipe.id;
    out.cert = found->second.cert;
    out.key = found->second.key;
    for (const auto& id : intermediates_of(recipe, recipes))
        out.sent_with.push_back(known.at(id).cert);
    return result::ok(std::move(out));
}

void certificate_office::hand_over(world& w) && {
    w.recipes.insert(w.recipes.end(), std::make_move_iterator(recipes_.begin()),
                     std::make_move_iterator(recipes_.end()));
    w.certificates.merge(certificates_);
}

} // namespace connlab::lab
