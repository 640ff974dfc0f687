// Valid scenarios with something broken at random, the same at every run: the loader answers with
// diagnostics, never with a crash, and what it finds can be rendered.
#include "tests/scenario/files.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

namespace connlab::scenario {

namespace {

class mutator {
  public:
    explicit mutator(unsigned seed) : random_(seed) {}

    std::string mutated(std::string text) {
        for (unsigned i = 0; i <= below(3); ++i)
            mutate(text);
        return text;
    }

  private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

    void mutate(std::string& text) {
        static const std::vector<std::string> scraps{"{",
                                                     "}",
                                                     "[",
                                                     "]",
                                                     ": ",
                                                     ",",
                                                     "\"",
                                                     "'",
                                                     "\n",
                                                     "\t",
                                                     "- ",
                                                     "#",
                                                     "&a",
                                                     "*a",
                                                     "!x ",
                                                     "|",
                                                     ">",
                                                     "%",
                                                     "?",
                                                     "~",
                                                     "\0",
                                                     "$null",
                                                     "999999999999999999999",
                                                     "<I>",
                                                     "2024-02-30",
                                                     "ü",
                                                     "\xFF",
                                                     "\r",
                                                     "<<: "};
        const auto at = below(text.size() + 1);
        switch (below(6)) {
        case 0:
            text.insert(at, scraps[below(scraps.size())]);
            break;
        case 1:
            text.erase(at, below(8));
            break;
        case 2:
            if (at < text.size())
                text[at] = static_cast<char>(below(256));
            break;
        case 3: { // a line twice, somewhere else
            const auto begin = text.rfind('\n', at);
            const auto line = text.substr(begin == std::string::npos ? 0 : begin, 60);
            text.insert(below(text.size()), line);
            break;
        }
        case 4: // cut short
            if (below(8) == 0)
                text.resize(at);
            break;
        case 5: { // a value becomes another one
            const auto colon = text.find(": ", at);
            if (colon != std::string::npos)
                text.replace(colon + 2, below(12), scraps[below(scraps.size())]);
            break;
        }
        }
    }

    std::mt19937 random_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(mutated_scenarios)

BOOST_AUTO_TEST_CASE(no_mutation_crashes_the_loader) {
    const auto files = scenarios_in(bundled_folder);
    const auto disk = below(bundled_folder);
    BOOST_TEST_REQUIRE(!files.empty());
    unsigned refused = 0;
    unsigned accepted = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        const auto& name = files[seed % files.size()];
        const auto text = mutator(seed).mutated(*disk(name));
        const auto result = load(name, [&](const std::string& path) {
            return path == name ? std::optional<std::string>(text) : disk(path);
        });
        BOOST_TEST_REQUIRE(result.value.has_value() == !has_errors(result.findings), "seed " << seed);
        BOOST_TEST_REQUIRE(render(result.findings, result.texts).empty() == result.findings.empty(),
                           "seed " << seed);
        ++(result.value ? accepted : refused);
    }
    BOOST_TEST(refused > 500U);
    BOOST_TEST(accepted > 100U); // some mutations only change a name or a comment
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
