#include "sim/scenario/keys.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace connlab::scenario {

namespace {

/// `{Subject: CN=x, O=y}` reads as two keys, the second without a value.
bool is_rest_of_a_cut_value(const node& mapping, std::size_t position) {
    const auto& m = mapping.members[position];
    if (!mapping.flow || position == 0 || !m.value.is_null() || !m.value.text.empty())
        return false;
    const auto& before = mapping.members[position - 1].value;
    return before.style == scalar_style::plain && (before.kind == node_kind::scalar || before.is_null());
}

/// The member whose value was cut in pieces, and the whole text it should have been.
std::string hint_to_quote(const node& mapping, std::size_t position) {
    std::size_t first = position;
    while (is_rest_of_a_cut_value(mapping, first))
        --first;
    std::string whole = mapping.members[first].value.text;
    for (std::size_t i = first + 1; i < mapping.members.size() && is_rest_of_a_cut_value(mapping, i); ++i)
        whole += ", " + mapping.members[i].key.text;
    return fmt::format("a comma ends a value in braces; write {}: \"{}\"", mapping.members[first].key.text,
                       whole);
}

constexpr std::size_t keys_worth_listing = 40; // a connector's parameters would fill the screen

std::string hint_for_unknown(const node& mapping, std::size_t position,
                             const std::vector<std::string>& known) {
    if (is_rest_of_a_cut_value(mapping, position))
        return hint_to_quote(mapping, position);
    const auto near = nearest_word(mapping.members[position].key.text, known);
    if (!near.empty())
        return fmt::format("did you mean `{}`?", near);
    return known.size() > keys_worth_listing ? "" : "known are " + join(known, ", ");
}

} // namespace

std::vector<const node*> entries(const node& one_or_list) {
    if (one_or_list.kind != node_kind::sequence)
        return {&one_or_list};
    std::vector<const node*> out;
    for (const auto& item : one_or_list.items)
        out.push_back(&item);
    return out;
}

std::vector<std::string> texts(const node& one_or_list) {
    std::vector<std::string> out;
    for (const auto* entry : entries(one_or_list))
        out.push_back(entry->text);
    return out;
}

void refuse_same_names(const node& mapping, std::string_view of_what, reading& r) {
    std::map<std::string, const node*, ascii_iless> seen;
    for (const auto& m : mapping.members)
        if (const auto [first, added] = seen.emplace(m.key.text, &m.key); !added)
            r.error(m.key, fmt::format("{} `{}` is the same as that in {}: case makes no difference", of_what,
                                       m.key.text, to_string(first->second->mark())));
}

void report_unknown_keys(const node& mapping, const std::vector<std::string>& known, std::string_view place,
                         reading& r) {
    for (std::size_t i = 0; i < mapping.members.size(); ++i) {
        const auto& k = mapping.members[i].key;
        const bool is_known = std::find(known.begin(), known.end(), k.text) != known.end();
        // Of a value cut in several pieces the first one is told of.
        const bool told = is_rest_of_a_cut_value(mapping, i) && is_rest_of_a_cut_value(mapping, i - 1);
        if (!is_known && !told)
            r.error(k, fmt::format("unknown key `{}` of {}", k.text, place),
                    hint_for_unknown(mapping, i, known));
    }
}

void report_missing_key(const source_mark& at, std::string_view name, std::string_view place, reading& r) {
    r.findings.push_back({severity::error, at, fmt::format("{} needs `{}`", place, name), {}, {}});
}

} // namespace connlab::scenario
