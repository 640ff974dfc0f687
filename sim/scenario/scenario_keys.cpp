#include "sim/scenario/scenario_keys.hpp"

#include "sim/scenario/authority_keys.hpp"
#include "sim/scenario/dns_keys.hpp"
#include "sim/scenario/organization_keys.hpp"
#include "sim/scenario/step_keys.hpp"

#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using scenario_key = key<scenario>;

void read_shows(scenario& s, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        const auto& t = entry->text;
        if (t.size() != 3 || t[0] != 'T' || t.find_first_not_of("0123456789", 1) != std::string::npos)
            r.error(*entry, fmt::format("`Shows` lists rows of the talk such as T36, not `{}`", t));
        s.shows.push_back(t);
    }
}

void read_behavior(scenario& s, const node& n, reading& r) {
    for (const auto& m : n.members) {
        if (m.value.is_null())
            continue;
        if (const auto set = s.behavior.set(m.key.text, m.value.text, m.value.mark()); !set) {
            std::vector<std::string> known;
            for (const auto& one : exchange::behavior_switches())
                known.emplace_back(one.name);
            const bool known_switch = std::find(known.begin(), known.end(), m.key.text) != known.end();
            r.error(known_switch ? m.value : m.key, set.error);
        }
    }
}

} // namespace

const key_table<scenario>& scenario_keys() {
    static const key_table<scenario> table{
        scenario_key(
            "Title", text(), "one line: what is shown",
            [](scenario& s, const node& n, reading&) { s.title = n.text; }, true),
        scenario_key("About", text(),
                     "Markdown for the learner: what is shown, what to look at, what to try next",
                     [](scenario& s, const node& n, reading&) { s.about = n.text; }),
        scenario_key("Sources", one_or_list(text()), "titles of the pages it rests on",
                     [](scenario& s, const node& n, reading&) { s.sources = texts(n); }),
        scenario_key("Shows", one_or_list(text()), "rows of the talk: T36", read_shows),
        scenario_key("Extends", one_or_list(text()),
                     "file or files that this one lays itself over; null takes a key away",
                     [](scenario&, const node&, reading&) {}),
        scenario_key("Clock", point_in_time(), "when the first step happens; default 2024-06-03T09:00:00Z",
                     [](scenario& s, const node& n, reading&) { s.clock = *parse_instant(n.text); }),
        scenario_key("Behavior", named(text()), "the contested rules by name", read_behavior),
        scenario_key("CertificationAuthorities", named(object("CertificationAuthority")), "by name",
                     [](scenario&, const node& n, reading& r) { read_authorities(n, r); }),
        scenario_key("Organizations", named(object("Organization")), "by name",
                     [](scenario&, const node& n, reading& r) { read_organizations(n, r); }),
        scenario_key("Dns", named(either({word({"NXDOMAIN"}), object("DnsRecords")})),
                     "records by name; what is not listed follows from the servers",
                     [](scenario&, const node& n, reading& r) { read_dns(n, r); }),
        scenario_key("Steps", list_of(object("Step")), "what happens, one after the other",
                     [](scenario&, const node& n, reading& r) { read_steps(n, r); }),
    };
    return table;
}

} // namespace connlab::scenario
