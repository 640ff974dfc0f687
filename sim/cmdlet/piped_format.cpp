#include "sim/cmdlet/piped_format.hpp"

#include "sim/cmdlet/plain_arguments.hpp"
#include "sim/exchange/parameter_values.hpp"

namespace connlab::cmdlet {

namespace {

const std::vector<plain_parameter> format_parameters{
    {"Property", false, true}, {"AutoSize", true}, {"Wrap", true}, {"Force", true}};
const std::vector<plain_parameter> select_parameters{
    {"Property", false, true}, {"First"}, {"ExpandProperty"}};

std::optional<layout> layout_of(std::string_view name) {
    for (const auto* word : {"fl", "Format-List"})
        if (ascii_iequal(name, word))
            return layout::list;
    for (const auto* word : {"ft", "Format-Table"})
        if (ascii_iequal(name, word))
            return layout::table;
    if (ascii_iequal(name, "select") || ascii_iequal(name, "Select-Object"))
        return layout::by_default;
    return std::nullopt;
}

/// False: said what is wrong.
bool take_first(const plain_arguments& given, format_request& out, error_list& errors) {
    const auto first = given.find("First");
    if (first == given.end())
        return true;
    const auto count = exchange::read_number(text_of(given, "First"), 0, exchange::unlimited_count);
    if (!count)
        errors.add(first->second.where, "`First`: " + count.error);
    else
        out.first = static_cast<std::size_t>(*count);
    return static_cast<bool>(count);
}

bool take_stage(const statement& stage, layout how, format_request& out, error_list& errors) {
    const bool selects = how == layout::by_default;
    const auto given = bind_plain(stage, selects ? select_parameters : format_parameters, errors);
    if (!given || !take_first(*given, out, errors))
        return false;
    const bool wraps = how == layout::table && given->count("Wrap") > 0;
    out.how = selects ? out.how : wraps ? layout::wrapped_table : how;
    if (const auto p = given->find("Property"); p != given->end())
        out.properties = written(p->second).items;
    if (given->count("ExpandProperty") > 0)
        out.expanded = text_of(*given, "ExpandProperty");
    return true;
}

/// The values alone, an element of a list on a line of its own.
std::string expanded_values(const view& v, const std::string& property) {
    std::string out;
    for (const auto& o : v.objects)
        for (const auto& [name, text] : o) {
            if (!ascii_iequal(name, property))
                continue;
            const bool list = text.size() > 1 && text.front() == '{' && text.back() == '}';
            for (const auto& item : list ? exchange::list_shown(text) : std::vector<std::string>{text})
                out += (out.empty() ? "" : "\n") + item;
        }
    return out;
}

} // namespace

std::optional<format_request> format_of(const statement& s, error_list& errors) {
    format_request out;
    for (const auto& stage : s.piped) {
        const auto how = layout_of(stage.name);
        if (!how) {
            errors.add(
                stage.where,
                fmt::format(
                    "`{}` is not supported behind `|`: supported are Format-List (fl), Format-Table (ft) "
                    "and Select-Object (select)",
                    stage.name));
            return std::nullopt;
        }
        if (!take_stage(stage, *how, out, errors))
            return std::nullopt;
    }
    return out;
}

layout layout_for(const format_request& asked, layout by_default) {
    constexpr std::size_t most_columns = 4;
    if (asked.how != layout::by_default)
        return asked.how;
    if (asked.properties.empty())
        return by_default;
    return asked.properties.size() > most_columns ? layout::list : layout::table;
}

std::string formatted(view v, const format_request& asked, layout by_default) {
    if (asked.first && *asked.first < v.objects.size())
        v.objects.resize(*asked.first);
    return asked.expanded.empty() ? printed(v, layout_for(asked, by_default), asked.properties)
                                  : expanded_values(v, asked.expanded);
}

} // namespace connlab::cmdlet
