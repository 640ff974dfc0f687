#include "sim/scenario/remote_domain_keys.hpp"

#include "sim/scenario/keys.hpp"
#include "sim/scenario/parameter_keys.hpp"

#include <algorithm>

namespace connlab::scenario {

void read_remote_domains(std::vector<exchange::remote_domain>& all, const node& n, reading& r) {
    refuse_same_names(n, "remote domain", r);
    for (const auto& m : n.members) {
        if (m.value.is_null())
            continue;
        auto known =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == m.key.text; });
        if (known == all.end()) {
            all.push_back({});
            known = all.end() - 1;
            known->name = m.key.text;
            if (m.value.find("DomainName") == nullptr)
                report_missing_key(m.key.mark(), "DomainName", "a remote domain", r);
        }
        read_parameters(m.value, *known, r);
    }
}

} // namespace connlab::scenario
