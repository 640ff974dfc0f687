#include "sim/scenario/scenario.hpp"

#include <set>

namespace connlab::scenario {

std::vector<certs::certificate_recipe> recipes_of(const scenario& plan) {
    std::vector<certs::certificate_recipe> out;
    for (const auto& a : plan.authorities)
        out.push_back(a.recipe);
    std::set<std::string> shared; // one certificate may be on several servers
    for (const auto& s : plan.servers)
        for (const auto& c : s.certificates)
            if (shared.insert(c.recipe.id).second)
                out.push_back(c.recipe);
    for (const auto& o : plan.organizations)
        for (const auto& f : o.certificate_files)
            if (!f.for_request)
                out.push_back(f.recipe);
    return out;
}

} // namespace connlab::scenario
