// How a decision of this library is written down: the values it cites, the assumptions it rests on. Internal.
#pragma once

#include "sim/exchange/behavior.hpp"
#include "sim/exchange/model.hpp"
#include "sim/trace/decision.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace connlab::exchange {

inline void rests_on(trace::decision& d, std::string_view rule_id) {
    if (std::find(d.assumed.begin(), d.assumed.end(), rule_id) == d.assumed.end())
        d.assumed.emplace_back(rule_id);
}

inline void cite(trace::decision& d, std::string what, std::string value, source_mark mark = {}) {
    d.because.push_back({std::move(what), std::move(value), std::move(mark)});
}

/// The switch decided: its rule is an assumption, its word a cause when the scenario set it.
inline void rests_on_switch(trace::decision& d, const behavior& b, std::string_view name,
                            std::string_view rule_id) {
    rests_on(d, rule_id);
    if (b.mark(name).known())
        cite(d, "Behavior " + std::string(name), std::string(b.word(name)), b.mark(name));
}

/// That the domain is Authoritative, at the line that says so: also one that names the domain alone.
inline void cite_authoritative(trace::decision& d, const accepted_domain& domain) {
    cite(d, "DomainType of " + domain.domain, "Authoritative",
         domain.type.mark.known() ? domain.type.mark : domain.name.mark);
}

const trace::rule* find_rule(std::string_view id); // null: not in the catalogue of this library

/// The last step of a decision: one that an assumed rule decides rests on that rule.
template <class T>
trace::decided<T> concluded(trace::decided<T> d) {
    const trace::rule* rule = find_rule(d.why.rule);
    if (rule != nullptr && rule->level == trace::confidence::assumed)
        rests_on(d.why, d.why.rule);
    return d;
}

inline std::string of_connector(std::string_view parameter, const send_connector& c) {
    return std::string(parameter) + " of Send connector " + c.name;
}
inline std::string of_connector(std::string_view parameter, const receive_connector& c) {
    return std::string(parameter) + " of Receive connector " + c.name;
}

inline std::string true_or_false(bool v) {
    return v ? "True" : "False";
}

inline void consider(trace::decision& d, std::string name, bool chosen, std::string why) {
    trace::candidate c;
    c.name = std::move(name);
    c.chosen = chosen;
    c.why = std::move(why);
    d.considered.push_back(std::move(c));
}

} // namespace connlab::exchange
