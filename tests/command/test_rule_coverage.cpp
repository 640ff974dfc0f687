// No rule of Exchange's or of the lab's own without a scenario or a cell of the matrix that it decides. The
// chain engine's rules have cases of their own (tests/chain, tests/chain_suites), the rules of connlab check
// have scenarios/practice.
#include "sim/lab/run.hpp"
#include "sim/lab/world.hpp"
#include "tools/connlab/matrix.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;

namespace {

using names = std::set<std::string>;

void note(const trace::decision& d, names& out) {
    out.insert(d.rule);
    out.insert(d.assumed.begin(), d.assumed.end());
}

void note(const trace::run_record& run, names& out) {
    for (const auto& step : run.steps) {
        for (const auto& d : step.decisions)
            note(d, out);
        for (const auto& s : step.synchronizations)
            for (const auto& d : s.decisions)
                note(d, out);
        for (const auto* flows : {&step.flows, &step.reports})
            for (const auto& f : *flows) {
                for (const auto& d : f.decisions)
                    note(d, out);
                for (const auto& s : f.sessions)
                    for (const auto& d : s.decisions)
                        note(d, out);
            }
    }
}

/// What Windows offers is decided when its services start.
void note_profiles(const scenario::scenario& plan, const certs::key_pool& pool, names& out) {
    const auto built = lab::build_world(plan, pool);
    BOOST_REQUIRE(built.value);
    for (const auto& o : built.value->organizations)
        for (const auto& s : o.servers)
            for (const auto& p : {s.transport_tls.client, s.transport_tls.server})
                out.insert(p->rules.begin(), p->rules.end());
}

/// Those that decide nothing themselves: they say what a text or a search is, and other rules rest on them
/// where a switch is turned that no scenario turns.
const names& explained_elsewhere() {
    static const names all = {
        "exchange.chain.no-certificate",           // tests/exchange/test_server_certificate.cpp
        "exchange.receive-connector.equal-ranges", // R8 refuses such a configuration
        "exchange.handshake.other",                // a failure that the lab has no name for
        "lab.network.silence",                     // tests/lab/test_faults.cpp
        "lab.routing.failover",                    // tests/lab/test_routing.cpp
        "schannel.time-of-effect",                 // scenarios/schannel/tls-1-0-off-on-one-side.yaml shows it
        "schannel.suites.default",                 // Windows always has its list in the local key; tests/tls
    };
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rule_coverage)

BOOST_AUTO_TEST_CASE(every_rule_decides_in_a_scenario_or_a_cell) {
    const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_REQUIRE(pool);
    names used;
    for (const auto& path : command::find_scenarios({}).paths) {
        const auto one = scenario::load(path, command::disk_reader());
        BOOST_REQUIRE_MESSAGE(one.value, path);
        if (const auto result = lab::run(*one.value, **pool, {}); result.record)
            note(*result.record, used);
        note_profiles(*one.value, **pool, used);
    }
    const auto rows = command::find_scenarios({CONNLAB_SOURCE_DIR "/scenarios/matrix"}).paths;
    for (const auto& row : command::run_matrix(rows, **pool, 2).rows)
        for (const auto& cell : row.cells)
            if (cell.record)
                note(*cell.record, used);
    for (const auto& rule : lab::rule_catalogue()) {
        const bool runs = rule.id.starts_with("exchange.") || rule.id.starts_with("lab.") ||
                          rule.id.starts_with("tls.") || rule.id.starts_with("schannel.");
        if (runs && explained_elsewhere().count(rule.id) == 0)
            BOOST_TEST(used.count(rule.id) == 1U, rule.id);
    }
    for (const auto& id : explained_elsewhere())
        BOOST_TEST(used.count(id) == 0U, id << " has a scenario now");
}

BOOST_AUTO_TEST_SUITE_END()
