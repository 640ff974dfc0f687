// What is wrong with an input: file:line:column, a sentence, the line with a caret, a hint. All of them, not
// the first.
#pragma once

#include "sim/base/source_mark.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connlab {

enum class severity { error, warning, note };
std::string_view to_string(severity level);

struct diagnostic {
    severity level = severity::error;
    source_mark mark;
    std::string message; // one sentence, no full stop
    std::string hint;    // optional: "did you mean `TlsDomain`?"
    std::string rule;    // optional: id of the rule that is broken (V1, R5, check.stale-certificate-name)

    friend bool operator==(const diagnostic&, const diagnostic&) = default;
};

using diagnostics = std::vector<diagnostic>;

bool has_errors(const diagnostics& all);

/// The texts that marks point into, by the file name used in the marks.
using source_texts = std::map<std::string, std::string, std::less<>>;

/// `file:line:column: error: message [rule]`, the source line, a caret line, the hint. Ends with a line feed.
/// Control bytes of the source line are shown as `·`, tabs as one blank; long lines are cut around the caret.
std::string render(const diagnostic& one, const source_texts& texts);

/// All of them in order of file position, then severity.
std::string render(diagnostics all, const source_texts& texts);

/// The known word nearest to `word` (edit distance, case ignored), or empty when none is near enough to be
/// meant.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

} // namespace connlab
