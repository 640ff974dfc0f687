// The bundled scenarios: each as expected, the talk covered, the record the same however many threads play
// it.
#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/json.hpp"
#include "sim/report/text.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

using namespace connlab;

namespace {

const std::vector<scenario::loaded>& bundled() {
    static const std::vector<scenario::loaded> all = [] {
        std::vector<scenario::loaded> out;
        for (const auto& path : command::find_scenarios({}).paths)
            out.push_back(scenario::load(path, command::disk_reader()));
        return out;
    }();
    return all;
}

const certs::key_pool& keys() {
    static const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_TEST_REQUIRE(static_cast<bool>(pool), pool.error);
    return **pool;
}

std::vector<trace::run_record> run_all(unsigned threads, unsigned& most_at_once) {
    std::vector<trace::run_record> out;
    for (const auto& one : bundled()) {
        auto result = lab::run(*one.value, keys(), {threads});
        most_at_once = std::max(most_at_once, result.most_at_once);
        BOOST_TEST_REQUIRE(result.record.has_value(), render(result.findings, one.texts));
        out.push_back(std::move(*result.record));
    }
    return out;
}

const char* const digest_file = CONNLAB_SOURCE_DIR "/tests/cases/record-digest.txt";

void rebase_digest(const std::string& digest) {
    std::ofstream(digest_file)
        << "# SHA-256 of the JSON record of all bundled scenarios; rewritten by tools/rebase\n"
        << digest << '\n';
}

std::string committed_digest() {
    std::ifstream file(digest_file);
    std::string line;
    while (std::getline(file, line))
        if (!line.empty() && line.front() != '#')
            return line;
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(bundled_scenarios)

BOOST_AUTO_TEST_CASE(there_are_at_least_thirty_and_they_load_without_a_diagnostic) {
    BOOST_TEST(bundled().size() >= 30U);
    for (const auto& one : bundled()) {
        BOOST_TEST(render(one.findings, one.texts) == "");
        BOOST_TEST_REQUIRE(one.value.has_value());
        BOOST_TEST(!one.value->title.empty(), one.value->path);
    }
}

BOOST_AUTO_TEST_CASE(every_scenario_is_as_it_expects) {
    unsigned most = 0;
    for (const auto& record : run_all(2, most)) {
        BOOST_TEST(record.as_expected(), report::text(record, report::paint(false)));
        const bool judged = std::any_of(record.steps.begin(), record.steps.end(),
                                        [](const trace::step_record& s) { return !s.expectations.empty(); });
        BOOST_TEST(judged, record.path << " expects nothing");
    }
}

// All but HTTPS and OAuth (T14-T16, T18-T22).
BOOST_AUTO_TEST_CASE(the_rows_of_the_talk_on_mail_flow_are_shown) {
    std::set<std::string> shown;
    for (const auto& one : bundled())
        shown.insert(one.value->shows.begin(), one.value->shows.end());
    for (int i = 1; i <= 52; ++i) {
        const auto row = (i < 10 ? "T0" : "T") + std::to_string(i);
        const bool of_mail_flow = !(i >= 14 && i <= 16) && !(i >= 18 && i <= 22);
        BOOST_TEST((!of_mail_flow || shown.count(row) == 1U), row << " is not shown");
    }
}

BOOST_AUTO_TEST_CASE(check_finds_no_error_in_any) {
    for (const auto& one : bundled())
        for (const auto& d : lab::best_practice(*one.value, keys()))
            BOOST_TEST((d.level != severity::error), render(d, one.texts));
}

// Why, and what then: no decision without a value or a candidate behind it, no failure without a rule and
// what helps.
BOOST_AUTO_TEST_CASE(every_decision_has_its_reasons_and_every_failure_its_remedy) {
    unsigned most = 0;
    for (const auto& run : run_all(2, most)) {
        std::map<std::string, trace::rule> rules;
        for (const auto& r : run.rules)
            rules[r.id] = r;
        const auto reasoned = [&](const trace::decision& d) {
            BOOST_TEST((!d.because.empty() || !d.considered.empty()), run.path << ": " << d.rule);
            BOOST_TEST(rules.count(d.rule) == 1U, run.path << ": " << d.rule);
        };
        for (const auto& step : run.steps) {
            auto flows = step.flows;
            flows.insert(flows.end(), step.reports.begin(), step.reports.end());
            for (const auto& f : flows) {
                std::for_each(f.decisions.begin(), f.decisions.end(), reasoned);
                for (const auto& s : f.sessions)
                    std::for_each(s.decisions.begin(), s.decisions.end(), reasoned);
                const bool delivered = f.outcome == trace::flow_outcome::delivered;
                BOOST_TEST(f.rule.empty() == delivered, run.path << " flow " << f.id);
                BOOST_TEST((delivered || !rules[f.rule].remedy.empty()),
                           run.path << " flow " << f.id << ": " << f.rule);
            }
        }
    }
}

// Byte-identical reports with 1 and 4 threads, SMTP and TLS transcripts included, and sessions that do
// overlap.
BOOST_AUTO_TEST_CASE(one_and_four_threads_give_the_same_bytes) {
    unsigned alone = 0;
    unsigned together = 0;
    const auto one = report::json(run_all(1, alone));
    const auto four = report::json(run_all(4, together));
    BOOST_TEST(alone == 1U);
    BOOST_TEST(together > 1U, "no two sessions were in progress at the same time");
    BOOST_TEST((one == four));
    if (std::getenv("CONNLAB_REBASE") != nullptr)
        rebase_digest(certs::sha256_hex(one));
    BOOST_TEST(certs::sha256_hex(one) == committed_digest(),
               "the record has changed; read the difference, then run tools/rebase to commit the new digest");
}

BOOST_AUTO_TEST_SUITE_END()
