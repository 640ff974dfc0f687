// The rule catalogue and the sources agree: no id without entry, no entry without use, no unknown switch.
#include "sim/exchange/decisions.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace connlab;

namespace {

/// Everything the sources of the library say, without the catalogue itself.
std::string sources() {
    std::string all;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(CONNLAB_SOURCE_DIR) + "/sim/exchange")) {
        const auto name = entry.path().filename().string();
        if (entry.path().extension() != ".cpp" || name == "rules.cpp" || name == "behavior.cpp")
            continue;
        std::ifstream file(entry.path());
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
}

std::set<std::string> found(const std::string& text, const std::string& pattern) {
    const std::regex wanted(pattern);
    std::set<std::string> out;
    for (std::sregex_iterator it(text.begin(), text.end(), wanted), end; it != end; ++it)
        out.insert((*it)[1].str());
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_catalogue)

BOOST_AUTO_TEST_CASE(ids_are_unique_and_entries_complete) {
    std::set<std::string> ids;
    for (const auto& r : exchange::rules()) {
        BOOST_TEST(ids.insert(r.id).second, r.id);
        BOOST_TEST(r.id.rfind("exchange.", 0) == 0U, r.id);
        BOOST_TEST(!r.source.empty(), r.id);
        BOOST_TEST(r.statement.size() > 20U, r.id);
        BOOST_TEST(r.statement.back() == '.', r.id);
    }
}

BOOST_AUTO_TEST_CASE(every_id_in_the_sources_has_an_entry_and_every_entry_is_used) {
    const auto used = found(sources(), "\"(exchange\\.[a-z0-9.-]+)\"");
    std::set<std::string> known;
    for (const auto& r : exchange::rules())
        known.insert(r.id);
    for (const auto& id : used)
        BOOST_TEST(known.count(id) == 1U, id << " has no entry");
    for (const auto& id : known)
        BOOST_TEST(used.count(id) == 1U, id << " is never named");
}

BOOST_AUTO_TEST_CASE(every_switch_in_the_sources_is_known_with_that_word) {
    const std::string text = sources();
    const std::regex question("b\\.is\\(\"([A-Za-z0-9]+)\", \"([A-Za-z0-9]+)\"\\)");
    int asked = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), question), end; it != end; ++it, ++asked) {
        exchange::behavior b;
        const auto set = b.set((*it)[1].str(), (*it)[2].str(), {});
        BOOST_TEST(static_cast<bool>(set), (*it)[0].str() << ": " << set.error);
    }
    BOOST_TEST(asked > 15);
}

BOOST_AUTO_TEST_CASE(switches_named_in_statements_exist) {
    for (const auto& r : exchange::rules())
        for (const auto& name : found(r.statement, "switch ([A-Za-z0-9]+)"))
            BOOST_TEST(!exchange::behavior{}.word(name).empty(), r.id << ": " << name);
}

BOOST_AUTO_TEST_SUITE_END()
