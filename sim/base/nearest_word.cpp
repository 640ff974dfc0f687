#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"

#include <algorithm>

namespace connlab {

namespace {

/// Optimal string alignment: insertions, deletions, changes and swaps of neighbours, each at the cost of one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({change, above[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

/// A third of the longer word may be wrong. This is a feeling for what a slip of the fingers is, no more.
std::size_t allowance(std::string_view a, std::string_view b) {
    return std::max(a.size(), b.size()) / 3;
}

} // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t best_distance = 0;
    for (const auto& candidate : known) {
        const auto limit = allowance(word, candidate);
        // The difference in length is the least the distance can be; so a line of junk costs nothing here.
        if (std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size()) > limit)
            continue;
        const auto distance = edit_distance(ascii_lower(word), ascii_lower(candidate));
        if (distance <= limit && (best.empty() || distance < best_distance)) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

} // namespace connlab
