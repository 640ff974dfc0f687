// The rule catalogue and the sources agree: no id without entry, no entry without use, no unknown switch.
#include "sim/exchange/decisions.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>
#include <vector>

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

/// The words that follow `before`, as long as their bytes are of `alphabet`.
std::vector<std::string> words_after(const std::string& text, std::string_view before,
                                     std::string_view alphabet) {
    std::vector<std::string> out;
    for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
        const auto begin = at + before.size();
        out.push_back(text.substr(begin, text.find_first_not_of(alphabet, begin) - begin));
    }
    return out;
}

constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz0123456789.-";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

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
    std::set<std::string> used;
    for (const auto& rest : words_after(sources(), "\"exchange.", lower))
        used.insert("exchange." + rest);
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
    int asked = 0;
    for (const auto& name : words_after(text, "b.is(\"", letters)) {
        for (const auto& word : words_after(text, "b.is(\"" + name + "\", \"", letters)) {
            exchange::behavior b;
            const auto set = b.set(name, word, {});
            BOOST_TEST(static_cast<bool>(set), name << ": " << word << ": " << set.error);
            ++asked;
        }
    }
    BOOST_TEST(asked > 15);
}

BOOST_AUTO_TEST_CASE(switches_named_in_statements_exist) {
    for (const auto& r : exchange::rules())
        for (const auto& name : words_after(r.statement, "switch ", letters))
            BOOST_TEST(!exchange::behavior{}.word(name).empty(), r.id << ": " << name);
}

BOOST_AUTO_TEST_SUITE_END()
