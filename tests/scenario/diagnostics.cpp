// Each broken scenario in tests/diagnostics has its diagnostics beside it, letter by letter. CONNLAB_REBASE=1
// in the environment writes them anew; read them before they are committed.
#include "tests/scenario/files.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

namespace connlab::scenario {

namespace {

const std::string folder = CONNLAB_SOURCE_DIR "/tests/diagnostics";

std::vector<std::string> broken_scenarios() {
    auto all = scenarios_in(folder);
    all.erase(std::remove_if(all.begin(), all.end(),
                             [](const std::string& p) { return p.find('/') != std::string::npos; }), // bases
              all.end());
    return all;
}

std::filesystem::path expected_beside(const std::string& name) {
    return (std::filesystem::path(folder) / name).replace_extension(".expected");
}

/// `bytes` that look like nothing at all, the same at every run.
std::string junk(std::size_t bytes) {
    std::string out;
    std::uint32_t state = 2463534242U;
    while (out.size() < bytes) {
        state ^= state << 13U;
        state ^= state >> 17U;
        state ^= state << 5U;
        out += static_cast<char>(state & 0xFFU);
    }
    return out;
}

std::string rendered(const loaded& l) {
    return render(l.findings, l.texts);
}

} // namespace

BOOST_AUTO_TEST_SUITE(broken_scenario_files)

BOOST_AUTO_TEST_CASE(each_has_exactly_the_diagnostics_beside_it) {
    const auto all = broken_scenarios();
    BOOST_TEST(all.size() >= 40U);
    for (const auto& name : all) {
        const auto result = load(name, below(folder));
        BOOST_TEST(!result.value.has_value(), name << " is not broken");
        if (std::getenv("CONNLAB_REBASE") != nullptr)
            std::ofstream(expected_beside(name), std::ios::binary) << rendered(result);
        const auto expected = bytes_of(expected_beside(name));
        BOOST_TEST_CONTEXT(name)
        BOOST_TEST(rendered(result) == expected.value_or("(no file " + expected_beside(name).string() + ")"));
    }
}

BOOST_AUTO_TEST_CASE(the_bases_of_the_broken_ones_are_sound_where_they_say_so) {
    const auto world = load("bases/world.yaml", below(folder));
    BOOST_TEST(rendered(world) == "");
    BOOST_TEST(world.value.has_value());
}

BOOST_AUTO_TEST_CASE(ten_megabytes_of_junk_are_one_diagnostic) {
    const auto result = load_text(junk(10U * 1024U * 1024U));
    BOOST_TEST(rendered(result) ==
               "x.yaml: error: the file has 10485760 bytes; a scenario has at most 1048576\n");
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_junk_is_one_diagnostic) {
    const auto result = load_text(junk(1024U * 1024U));
    BOOST_TEST(!result.value.has_value());
    BOOST_TEST(result.findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_unknown_keys_is_a_hundred_diagnostics_and_a_count) {
    std::string text;
    for (int i = 0; text.size() < 1000U * 1000U; ++i)
        text += "key" + std::to_string(i) + ": x\n";
    const auto result = load_text(std::move(text));
    BOOST_TEST_REQUIRE(result.findings.size() == 101U);
    BOOST_TEST(result.findings.back().message.find("more like these are not shown") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_one_thing_is_refused) {
    for (const std::string piece :
         {"[", "{", "- ", "? ", "a: {", "[a, ", "!", "&a ", "\"", "|\n", "%", "---\n"}) {
        std::string text;
        while (text.size() < 1000U * 1000U)
            text += piece;
        BOOST_TEST(!load_text(std::move(text)).value.has_value(), piece);
    }
}

// The YAML library needs the square of such a run; a megabyte of it would be hours.
BOOST_AUTO_TEST_CASE(endless_nothing_is_refused_before_it_is_parsed) {
    for (const std::string begin : {"", "a: |\n  ", "a:\n  - ", "a: \""})
        for (const std::string piece : {" ", "\t", "\n ", "\r\n", "\n%"}) {
            std::string text = begin;
            while (text.size() < 1000U * 1000U)
                text += piece;
            BOOST_TEST(!load_text(text + "b").value.has_value(), begin << piece);
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
