#include "sim/cmdlet/binding.hpp"

#include "sim/cmdlet/real_parameters.hpp"

namespace connlab::cmdlet {

const std::vector<common_parameter>& common_parameters() {
    static const std::vector<common_parameter> all{
        {"Confirm", "cf", true},
        {"WhatIf", "wi", true},
        {"Force", "", true},
        {"Verbose", "vb", true},
        {"Debug", "db", true},
        {"DomainController", "", false},
        {"ErrorAction", "ea", false},
        {"ErrorVariable", "ev", false},
        {"WarningAction", "wa", false},
        {"WarningVariable", "wv", false},
        {"InformationAction", "infa", false},
        {"InformationVariable", "iv", false},
        {"OutVariable", "ov", false},
        {"OutBuffer", "ob", false},
        {"PipelineVariable", "pv", false},
    };
    return all;
}

namespace {

/// `reqTLS` in `RequireTLS`: the letters in their order, the first one at the beginning.
bool is_shortened(std::string_view word, std::string_view known) {
    std::size_t at = 0;
    for (const char c : known)
        if (at < word.size() && ascii_lower(word)[at] == ascii_lower(std::string_view(&c, 1)).front())
            ++at;
        else if (at == 0)
            return false;
    return at == word.size();
}

} // namespace

std::string meant_word(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t shortest = 3; // letters that say something
    if (auto near = nearest_word(word, known); !near.empty() || word.size() < shortest)
        return near;
    std::vector<std::string> meant;
    for (const auto& one : known)
        if (is_shortened(word, one))
            meant.push_back(one);
    return meant.size() == 1 ? meant.front() : std::string{};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const auto near = meant_word(word, known);
    return near.empty() ? std::string{} : fmt::format("did you mean `{}`?", near);
}

std::string resolve_name(std::string_view given, const std::vector<std::string>& known,
                         std::string_view cmdlet, const extent& where, error_list& errors,
                         const std::vector<std::string>& beside) {
    std::vector<std::string> beginning;
    for (const auto& name : known) {
        if (ascii_iequal(name, given))
            return name;
        if (ascii_istarts_with(name, given))
            beginning.push_back(name);
    }
    if (beginning.size() == 1)
        return beginning.front();
    if (!beginning.empty()) {
        errors.add(where, fmt::format("-{} is ambiguous: it may be -{} (our wording)", given,
                                      join(beginning, ", -")));
        return {};
    }
    if (is_real_parameter(cmdlet, given)) {
        std::vector<std::string> own = known;
        std::erase_if(own, [](const std::string& name) {
            return std::any_of(common_parameters().begin(), common_parameters().end(),
                               [&](const common_parameter& p) { return p.name == name; });
        });
        errors.add(where, fmt::format("-{} of {} is not supported here", given, cmdlet),
                   fmt::format("supported are -{}", join(own, ", -")));
        return {};
    }
    auto names = known;
    names.insert(names.end(), beside.begin(), beside.end());
    const auto near = meant_word(given, names);
    errors.add(where, fmt::format("{} has no parameter -{} (our wording)", cmdlet, given),
               near.empty() ? std::string{} : fmt::format("did you mean `-{}`?", near));
    return {};
}

std::vector<value> texts_in(const value& v) {
    if (v.form == value_form::text || v.form == value_form::boolean)
        return {v};
    std::vector<value> out;
    for (const auto& item : v.items) // of a list; a variable may have brought one in
        for (auto& text : texts_in(item))
            out.push_back(std::move(text));
    return out;
}

exchange::written_value written(const value& v) {
    exchange::written_value out;
    switch (v.form) {
    case value_form::text:
    case value_form::boolean:
        out.items.push_back(v.text);
        break;
    case value_form::null:
        out.is_null = true;
        break;
    case value_form::variable:
    case value_form::expanded: // replaced by their values before anything is bound
        break;
    case value_form::list:
        out.is_list = true;
        for (const auto& item : texts_in(v))
            out.items.push_back(item.text);
        break;
    case value_form::table:
        break;
    }
    return out;
}

bool is_boolean(const value& v) {
    return v.form == value_form::boolean ||
           (v.form == value_form::text && !v.quoted && (v.text == "1" || v.text == "0"));
}

bool is_one_text(const value& v) {
    return v.form == value_form::text && !v.text.empty();
}

std::optional<list_change> read_list_change(const value& v, std::string_view parameter, error_list& errors) {
    list_change change;
    for (const auto& entry : v.entries) {
        const bool adds = ascii_iequal(entry.key, "Add");
        if (!adds && !ascii_iequal(entry.key, "Remove")) {
            errors.add(entry.where,
                       fmt::format("`{}`: `{}` is not one of Add, Remove", parameter, entry.key));
            return std::nullopt;
        }
        for (const auto& item : texts_in(entry.content))
            (adds ? change.add : change.remove).push_back(item);
    }
    return change;
}

exchange::written_value changed_list(const std::vector<std::string>& before, const printed_change& change) {
    const auto among = [](const std::vector<std::string>& all, const std::string& one) {
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& other) { return ascii_iequal(other, one); });
    };
    exchange::written_value out;
    out.is_list = true;
    for (const auto& item : before)
        if (!among(change.remove, item))
            out.items.push_back(item);
    for (const auto& item : change.add)
        if (!among(out.items, item))
            out.items.push_back(item);
    return out;
}

} // namespace connlab::cmdlet
