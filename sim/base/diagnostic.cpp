#include "sim/base/diagnostic.hpp"

#include "sim/base/source_line.hpp"

#include <algorithm>
#include <tuple>

namespace connlab {

namespace {

constexpr std::size_t indent = 4;

/// Indexes of the texts that were asked for; a file is indexed once, however many diagnostics it has.
class indexed_texts {
  public:
    explicit indexed_texts(const source_texts& texts) : texts_(texts) {}

    const line_index* of(const std::string& file) {
        if (const auto known = indexes_.find(file); known != indexes_.end())
            return &known->second;
        const auto text = texts_.find(file);
        return text == texts_.end() ? nullptr
                                    : &indexes_.emplace(file, line_index(text->second)).first->second;
    }

  private:
    const source_texts& texts_;
    std::map<std::string, line_index> indexes_;
};

std::string render_one(const diagnostic& one, indexed_texts& texts) {
    std::string out = printable(to_string(one.mark));
    out += out.empty() ? "" : ": ";
    out += std::string(to_string(one.level)) + ": " + printable(one.message);
    if (!one.rule.empty())
        out += " [" + printable(one.rule) + ']';
    out += '\n';
    const auto* lines = texts.of(one.mark.file);
    if (lines != nullptr && lines->has(one.mark.line))
        out += underlined(lines->line(one.mark.line), one.mark, indent);
    if (!one.hint.empty())
        out += std::string(indent, ' ') + "hint: " + printable(one.hint) + '\n';
    return out;
}

auto position(const diagnostic& d) {
    return std::tie(d.mark.file, d.mark.line, d.mark.column, d.level);
}

} // namespace

std::string_view to_string(severity level) {
    switch (level) {
    case severity::error:
        return "error";
    case severity::warning:
        return "warning";
    case severity::note:
        return "note";
    }
    return {};
}

bool has_errors(const diagnostics& all) {
    return std::any_of(all.begin(), all.end(),
                       [](const diagnostic& d) { return d.level == severity::error; });
}

std::string render(const diagnostic& one, const source_texts& texts) {
    indexed_texts indexed(texts);
    return render_one(one, indexed);
}

std::string render(diagnostics all, const source_texts& texts) {
    std::stable_sort(all.begin(), all.end(),
                     [](const diagnostic& a, const diagnostic& b) { return position(a) < position(b); });
    indexed_texts indexed(texts);
    std::string out;
    for (const auto& one : all)
        out += render_one(one, indexed);
    return out;
}

} // namespace connlab
