// Every rule that a decision of this library names. Statements are the lab's words.
#include "sim/exchange/catalogue.hpp"
#include "sim/exchange/decisions.hpp"

#include <algorithm>

namespace connlab::exchange {

namespace {

std::vector<trace::rule> whole_catalogue() {
    using namespace catalogue;
    std::vector<rule> all;
    for (const auto& part : {connector_rules(), certificate_rules(), policy_rules(), session_rules(),
                             verdict_rules(), domain_security_rules(), inbound_rules(), partner_rules(),
                             hop_rules(), capability_rules(), limit_rules(), online_rules(), edge_rules()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

const std::vector<trace::rule>& rules() {
    static const std::vector<trace::rule> all = whole_catalogue();
    return all;
}

const trace::rule* find_rule(std::string_view id) {
    const auto& all = rules();
    const auto found = std::find_if(all.begin(), all.end(), [&](const trace::rule& r) { return r.id == id; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace connlab::exchange
