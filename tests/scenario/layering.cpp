#include "tests/scenario/files.hpp"

#include "sim/scenario/layering.hpp"
#include "sim/scenario/yaml_document.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::scenario {

namespace {

/// One line for a tree: {a: 1, b: [2, 3]}.
std::string shown(const node& n) {
    std::string out;
    switch (n.kind) {
    case node_kind::null:
        return "null";
    case node_kind::scalar:
        return n.text;
    case node_kind::sequence:
        for (const auto& item : n.items)
            out += (out.empty() ? "" : ", ") + shown(item);
        return "[" + out + "]";
    case node_kind::mapping:
        for (const auto& m : n.members)
            out += (out.empty() ? "" : ", ") + m.key.text + ": " + shown(m.value);
        return "{" + out + "}";
    }
    return out;
}

std::string merged_text(const std::string& base, const std::string& over) {
    return shown(merged(*read_yaml(base, "base").root, *read_yaml(over, "over").root));
}

} // namespace

BOOST_AUTO_TEST_SUITE(layering)

BOOST_AUTO_TEST_CASE(mappings_merge_key_by_key_and_keep_the_order_of_the_base) {
    BOOST_TEST(merged_text("{a: 1, b: {c: 2, d: 3}}", "{e: 4, b: {d: 5, f: 6}}") ==
               "{a: 1, b: {c: 2, d: 5, f: 6}, e: 4}");
}

BOOST_AUTO_TEST_CASE(null_takes_a_key_away) {
    BOOST_TEST(merged_text("{a: 1, b: {c: 2}}", "{a: null, b: {c: ~}}") == "{b: {}}");
}

BOOST_AUTO_TEST_CASE(what_is_added_stands_behind_what_remains) {
    BOOST_TEST(merged_text("{a: 1, b: 2, c: 3}", "{d: 4, b: null, e: 5}") == "{a: 1, c: 3, d: 4, e: 5}");
}

BOOST_AUTO_TEST_CASE(null_for_a_key_that_the_base_has_not_remains_null) {
    BOOST_TEST(merged_text("{a: 1}", "{b: null}") == "{a: 1, b: null}");
}

BOOST_AUTO_TEST_CASE(sequences_and_scalars_replace) {
    BOOST_TEST(merged_text("{a: [1, 2], b: {c: 1}}", "{a: [3], b: text}") == "{a: [3], b: text}");
}

BOOST_AUTO_TEST_CASE(values_keep_the_mark_of_the_file_they_come_from) {
    const auto read =
        in_memory({{"dir/x.yaml", "Extends: ../base.yaml\nb: {d: 1}\n"}, {"base.yaml", "b:\n  c: 1\n"}});
    const auto all = read_layers("dir/x.yaml", read);
    BOOST_TEST_REQUIRE(all.root.has_value());
    BOOST_TEST(to_string(all.root->find("b")->find("c")->mark()) == "base.yaml:2:6");
    BOOST_TEST(to_string(all.root->find("b")->find("d")->mark()) == "dir/x.yaml:2:8");
    BOOST_TEST(all.texts.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_a_file_says_of_itself_is_not_inherited) {
    const auto all =
        read_layers("x", in_memory({{"x", "Extends: y\n"},
                                    {"y", "Title: t\nAbout: a\nSources: [s]\nShows: [T01]\nSteps: []\n"
                                          "Clock: 2024-06-03\n"}}));
    BOOST_TEST(shown(*all.root) == "{Clock: 2024-06-03, Extends: y}");
}

BOOST_AUTO_TEST_CASE(several_bases_lie_over_each_other_in_their_order) {
    const auto all =
        read_layers("x", in_memory({{"x", "Extends: [y, z]\n"}, {"y", "a: 1\nb: 1\n"}, {"z", "b: 2\n"}}));
    BOOST_TEST(shown(*all.root) == "{a: 1, b: 2, Extends: [y, z]}");
}

BOOST_AUTO_TEST_CASE(the_same_base_by_two_ways_is_no_circle) {
    const auto all = read_layers("x", in_memory({{"x", "Extends: [y, z]\n"},
                                                 {"y", "Extends: base\na: 1\n"},
                                                 {"z", "Extends: base\nb: 2\n"},
                                                 {"base", "c: 3\n"}}));
    BOOST_TEST_REQUIRE(all.root.has_value());
    BOOST_TEST(shown(*all.root) == "{c: 3, a: 1, b: 2, Extends: [y, z]}");
}

BOOST_AUTO_TEST_CASE(a_chain_without_end_ends) {
    const auto all = read_layers("1", [](const std::string& path) -> std::optional<std::string> {
        return "Extends: " + std::to_string(std::stoi(path) + 1) + "\n";
    });
    BOOST_TEST(!all.root.has_value());
    BOOST_TEST_REQUIRE(all.findings.size() == 1U);
    BOOST_TEST(all.findings.front().message == "more than 16 files extend each other");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_said_to_be_that) {
    const auto all = read_layers("x.yaml", in_memory({}));
    BOOST_TEST_REQUIRE(all.findings.size() == 1U);
    BOOST_TEST(all.findings.front().message == "cannot read `x.yaml`");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
