#include "sim/exchange/behavior.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

const behavior_switch* find_switch(std::string_view name) {
    const auto& all = behavior_switches();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& s) { return ascii_iequal(s.name, name); });
    return found == all.end() ? nullptr : &*found;
}

template <class Range, class Name>
std::vector<std::string> names_of(const Range& all, Name name) {
    std::vector<std::string> out;
    for (const auto& one : all)
        out.emplace_back(name(one));
    return out;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const auto near = nearest_word(word, known);
    return near.empty() ? std::string{} : fmt::format("; did you mean `{}`?", near);
}

} // namespace

std::string_view behavior::word(std::string_view name) const {
    if (const auto set = set_.find(name); set != set_.end())
        return *set->second;
    const auto* known = find_switch(name);
    return known == nullptr ? std::string_view{} : known->words.front();
}

source_mark behavior::mark(std::string_view name) const {
    const auto set = set_.find(name);
    return set == set_.end() ? source_mark{} : set->second.mark;
}

parsed<bool> behavior::set(std::string_view name, std::string_view word, source_mark mark) {
    const auto* known = find_switch(name);
    if (known == nullptr) {
        const auto names = names_of(behavior_switches(), [](const auto& s) { return s.name; });
        return parsed<bool>::fail(fmt::format("`{}` is not a switch{}", name, did_you_mean(name, names)));
    }
    const auto found = std::find_if(known->words.begin(), known->words.end(),
                                    [&](std::string_view w) { return ascii_iequal(w, word); });
    if (found == known->words.end()) {
        const auto words = names_of(known->words, [](std::string_view w) { return w; });
        return parsed<bool>::fail(
            fmt::format("`{}` is not one of {}{}", word, join(words, ", "), did_you_mean(word, words)));
    }
    set_.insert_or_assign(std::string(known->name),
                          located<std::string>(std::string(*found), std::move(mark)));
    return parsed<bool>::ok(true);
}

} // namespace connlab::exchange
