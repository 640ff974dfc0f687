#include "sim/cmdlet/binding.hpp"

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

std::string resolve_name(std::string_view given, const std::vector<std::string>& known,
                         std::string_view cmdlet, const extent& where, error_list& errors) {
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
        errors.add(where, fmt::format("-{} is ambiguous: it may be -{}", given, join(beginning, ", -")));
        return {};
    }
    const auto near = nearest_word(given, known);
    errors.add(where, fmt::format("{} has no parameter -{}", cmdlet, given),
               near.empty() ? std::string{} : fmt::format("did you mean `-{}`?", near));
    return {};
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
        for (const auto& item : v.items)
            if (item.form == value_form::text || item.form == value_form::boolean)
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
        for (const auto& item : written(entry.content).items)
            (adds ? change.add : change.remove).push_back(item);
    }
    return change;
}

exchange::written_value changed_list(const std::vector<std::string>& before, const list_change& change) {
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
