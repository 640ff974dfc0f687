// The scenarios below scenarios/practice say in comments what `connlab check` finds: `# check.RULE …` behind
// a setting, at its line; on a line of its own, a finding that stands in the topology below. No more, no
// less.
#include "sim/exchange/configuration_rules.hpp"
#include "sim/lab/run.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>

using namespace connlab;

namespace {

/// Line (0: in another file) and rule.
using places = std::set<std::pair<int, std::string>>;

void add_rules(std::string_view comment, int line, places& out) {
    std::istringstream words{std::string(comment)};
    for (std::string word; words >> word;)
        if (word.rfind("check.", 0) == 0)
            out.insert({line, word});
}

places announced(const std::string& text) {
    places out;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const auto comment = line.find("# ");
        if (comment != std::string::npos)
            add_rules(std::string_view(line).substr(comment),
                      line.find_first_not_of(' ') == comment ? 0 : number, out);
    }
    return out;
}

places found(const scenario::loaded& one, const certs::key_pool& keys) {
    places out;
    for (const auto& d : lab::best_practice(*one.value, keys))
        out.insert({d.mark.file == one.value->path ? d.mark.line : 0, d.rule});
    return out;
}

std::string text_of(const places& all) {
    std::string out;
    for (const auto& [line, rule] : all)
        out += std::to_string(line) + " " + rule + "\n";
    return out;
}

struct practice {
    std::vector<scenario::loaded> all;
    std::shared_ptr<const certs::key_pool> keys;

    practice() {
        for (const auto& path : command::find_scenarios({CONNLAB_SOURCE_DIR "/scenarios/practice"}).paths)
            all.push_back(scenario::load(path, command::disk_reader()));
        auto pool = certs::key_pool::open(certs::key_pool::default_folder());
        BOOST_TEST_REQUIRE(static_cast<bool>(pool), pool.error);
        keys = std::move(*pool);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(practice_scenarios, practice)

BOOST_AUTO_TEST_CASE(each_has_the_findings_that_it_announces) {
    BOOST_TEST(all.size() >= 10U);
    for (const auto& one : all) {
        BOOST_TEST_REQUIRE(one.value.has_value(), render(one.findings, one.texts));
        BOOST_TEST_CONTEXT(one.value->path)
        BOOST_TEST(text_of(found(one, *keys)) == text_of(announced(one.texts.at(one.value->path))));
    }
}

BOOST_AUTO_TEST_CASE(each_tells_the_learner_what_to_look_at_and_which_rows_it_shows) {
    for (const auto& one : all) {
        BOOST_TEST(!one.value->about.empty(), one.value->path);
        BOOST_TEST(!one.value->shows.empty(), one.value->path);
    }
}

BOOST_AUTO_TEST_CASE(every_best_practice_rule_is_shown) {
    std::set<std::string> shown;
    for (const auto& one : all)
        for (const auto& [line, rule] : found(one, *keys))
            shown.insert(rule);
    for (const auto& r : exchange::configuration_rules())
        if (r.id.rfind("check.", 0) == 0)
            BOOST_TEST(shown.count(r.id) == 1U, r.id << " has no scenario");
}

BOOST_AUTO_TEST_SUITE_END()
