// Which argument is which parameter, and whether its value is of the parameter's type: PowerShell's binding.
// Internal.
#pragma once

#include "sim/base/ascii.hpp"
#include "sim/cmdlet/syntax.hpp"
#include "sim/exchange/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::cmdlet {

/// How a cmdlet's object is found: by -Identity, which may be renamed by -Name, or the only one of the
/// organization, whose name -Identity may say.
enum class named_by { organization, identity, identity_and_name };

/// A cmdlet: its name, what it changes, and which of the parameters that are no settings it has.
template <class Object>
struct cmdlet_shape {
    std::string_view name;   // Set-SendConnector
    std::string_view object; // Send connector
    const std::vector<exchange::parameter<Object>>& (*settings)();
    named_by named = named_by::identity_and_name;
    std::vector<std::string> beside = {}; // parameters that are read elsewhere, to name the nearest one
};

/// Where errors of one text go.
class error_list {
  public:
    error_list(const text_marks& marks, diagnostics& into) : marks_(&marks), into_(&into) {}

    void add(const extent& where, std::string message, std::string hint = {}, std::string rule = {}) {
        into_->push_back(
            {severity::error, marks_->of(where), std::move(message), std::move(hint), std::move(rule)});
    }
    source_mark mark(const extent& where) const { return marks_->of(where); }
    std::size_t size() const { return into_->size(); }

  private:
    const text_marks* marks_;
    diagnostics* into_;
};

template <class Object>
struct bound_setting {
    const exchange::parameter<Object>* parameter = nullptr;
    const value* content = nullptr;
};

template <class Object>
struct bound_command {
    std::optional<value> identity;
    std::optional<value> new_name;
    bool what_if = false;
    std::vector<bound_setting<Object>> settings;
};

// ---- parameters that every cmdlet has ----

struct common_parameter {
    std::string_view name;
    std::string_view alias; // may be empty
    bool is_switch = false;
};
const std::vector<common_parameter>& common_parameters();

/// The known word that is meant: the nearest, else the only one that begins so or has the same letters in
/// between. Empty: none.
std::string meant_word(std::string_view word, const std::vector<std::string>& known);
/// "did you mean `X`?", or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

/// What `given` means among `known`: the exact name, else the only one that begins so. Empty: none or
/// several, and said so; `beside` are further names that may have been meant.
std::string resolve_name(std::string_view given, const std::vector<std::string>& known,
                         std::string_view cmdlet, const extent& where, error_list& errors,
                         const std::vector<std::string>& beside = {});

// ---- values ----

/// As the parameter tables take it. A Boolean literal is the text True or False.
exchange::written_value written(const value& v);

/// `$true`, `$false`, 1 and 0; a text is none, whatever it says.
bool is_boolean(const value& v);

/// The texts of a value, each with its place: itself, or the elements of a list.
std::vector<value> texts_in(const value& v);

/// Entries of @{Add=…; Remove=…}.
struct list_change {
    std::vector<value> add;
    std::vector<value> remove;
};
std::optional<list_change> read_list_change(const value& v, std::string_view parameter, error_list& errors);

/// The one text that an Identity or a Name is.
bool is_one_text(const value& v);

template <class Object>
std::string near_word(const exchange::parameter<Object>& p, const value& v) {
    for (const auto& item : written(v).items)
        for (const auto& part : split(item, ','))
            if (const auto near = meant_word(trim(part), p.words);
                !near.empty() && !ascii_iequal(near, trim(part)))
                return fmt::format("did you mean `{}`?", near);
    return {};
}

/// The element of a list that is no value of the parameter by itself, else the whole.
template <class Object>
value culprit(const exchange::parameter<Object>& p, const value& v) {
    if (v.form == value_form::list && (p.items || p.kind == exchange::value_kind::words))
        for (const auto& item : texts_in(v))
            if (Object scratch; !p.set(scratch, {false, true, {item.text}}, {}))
                return item;
    return v;
}

template <class Object>
void say_refused(const exchange::parameter<Object>& p, const value& v, const exchange::taken& why,
                 error_list& errors) {
    const auto at = culprit(p, v);
    constexpr std::string_view ours = "(our wording)";
    const auto marked =
        why.error.find(ours) != std::string::npos ? why.error : fmt::format("{} {}", why.error, ours);
    errors.add(at.where, fmt::format("`{}`: {}", p.name, marked), near_word(p, at), why.rule);
}

/// The values as the parameter prints them; said what is wrong when one is no value of it.
template <class Object>
std::optional<std::vector<std::string>> as_printed(const exchange::parameter<Object>& p,
                                                   const std::vector<value>& items, error_list& errors) {
    std::vector<std::string> out;
    for (const auto& item : items) {
        Object scratch;
        if (const auto set = p.set(scratch, {false, true, {item.text}}, {}); !set) {
            say_refused(p, item, set, errors);
            return std::nullopt;
        }
        const auto shown = p.items(scratch);
        out.insert(out.end(), shown.begin(), shown.end());
    }
    return out;
}

/// A change with its values as the parameter prints them, so that they can be compared.
struct printed_change {
    std::vector<std::string> add;
    std::vector<std::string> remove;
};

template <class Object>
std::optional<printed_change> read_change_of(const exchange::parameter<Object>& p, const value& v,
                                             error_list& errors) {
    if (p.kind != exchange::value_kind::list || !p.items) {
        errors.add(v.where, fmt::format("`{}` takes no @{{Add=…; Remove=…}}: it is not a list", p.name));
        return std::nullopt;
    }
    const auto given = read_list_change(v, p.name, errors);
    if (!given)
        return std::nullopt;
    auto add = as_printed(p, given->add, errors);
    auto remove = as_printed(p, given->remove, errors);
    if (!add || !remove)
        return std::nullopt;
    return printed_change{std::move(*add), std::move(*remove)};
}

/// What is there already is not added again, and what is not there is not missed.
exchange::written_value changed_list(const std::vector<std::string>& before, const printed_change& change);

/// Sets one parameter of `o`, or says what is wrong with the value.
template <class Object>
bool apply(const bound_setting<Object>& setting, Object& o, error_list& errors) {
    const auto& p = *setting.parameter;
    const auto& v = *setting.content;
    exchange::written_value w;
    if (v.form == value_form::table) {
        const auto change = read_change_of(p, v, errors);
        if (!change)
            return false;
        w = changed_list(p.items(o), *change);
    } else {
        w = written(v);
    }
    if (p.kind == exchange::value_kind::boolean && !w.is_null && !is_boolean(v)) {
        errors.add(v.where, fmt::format("`{}`: `{}` is text, and a Boolean parameter takes $true or $false "
                                        "(our wording)",
                                        p.name, join(w.items, ",")));
        return false;
    }
    if (p.kind == exchange::value_kind::boolean && w.items.size() == 1 &&
        (w.items[0] == "1" || w.items[0] == "0"))
        w.items[0] = w.items[0] == "1" ? "True" : "False";
    if (const auto set = p.set(o, w, errors.mark(v.where)); !set) {
        say_refused(p, v, set, errors);
        return false;
    }
    return true;
}

// ---- arguments ----

template <class Object>
class binder {
  public:
    binder(const cmdlet_shape<Object>& shape, error_list& errors) : shape_(&shape), errors_(&errors) {
        known_.emplace_back("Identity");
        if (shape.named == named_by::identity_and_name)
            known_.emplace_back("Name");
        for (const auto& p : shape.settings())
            known_.push_back(p.name);
        for (const auto& p : common_parameters())
            known_.emplace_back(p.name);
    }

    /// Absent: something was wrong and said.
    std::optional<bound_command<Object>> bind(const statement& s) {
        for (const auto& a : s.arguments) {
            if (a.name.empty())
                take_positional(*a.content);
            else
                take_named(a);
        }
        if (shape_->named != named_by::organization && !out_.identity && !failed_)
            fail(s.where,
                 fmt::format("{} needs {}: the {}'s name", s.name,
                             ascii_istarts_with(s.name, "New-") ? "a Name" : "an Identity", shape_->object));
        return failed_ ? std::nullopt : std::optional(std::move(out_));
    }

  private:
    void fail(const extent& where, std::string message, std::string hint = {}) {
        errors_->add(where, std::move(message), std::move(hint));
        failed_ = true;
    }

    void take_positional(const value& v) {
        if (!out_.identity)
            take_text(out_.identity, "Identity", v);
        else
            fail(v.where,
                 fmt::format("`{}` belongs to no parameter: only Identity may stand without its name",
                             join(written(v).items, ",")),
                 "a value with blanks stands in quotation marks");
    }

    void take_text(std::optional<value>& place, std::string_view name, const value& v) {
        if (!is_one_text(v))
            fail(v.where, fmt::format("`{}` is {}", name,
                                      v.form == value_form::text ? "an empty text" : "one text, not a list"));
        place = v;
    }

    void take_named(const argument& a) {
        std::string name;
        for (const auto& p : common_parameters())
            if (!p.alias.empty() && ascii_iequal(p.alias, a.name))
                name = std::string(p.name);
        if (name.empty())
            name = resolve_name(a.name, known_, shape_->name, a.where, *errors_, shape_->beside);
        if (name.empty()) {
            failed_ = true;
            return;
        }
        if (std::find(given_.begin(), given_.end(), name) != given_.end()) {
            fail(a.where, fmt::format("-{} is given more than once", name));
            return;
        }
        given_.push_back(name);
        for (const auto& p : common_parameters())
            if (p.name == name && p.is_switch) {
                take_switch(p, a);
                return;
            }
        if (!a.content)
            fail(a.where, fmt::format("-{} needs a value", name));
        else if (name == "Identity")
            take_identity(a);
        else if (name == "Name" && shape_->named == named_by::identity_and_name)
            take_text(out_.new_name, "Name", *a.content);
        else if (const auto* p = exchange::find_parameter(shape_->settings(), name); p != nullptr)
            out_.settings.push_back({p, &*a.content});
    }

    void take_identity(const argument& a) {
        if (out_.identity)
            fail(a.where, "-Identity is given, and a value without a parameter's name beside it");
        else
            take_text(out_.identity, "Identity", *a.content);
    }

    /// `-WhatIf`, `-Confirm:$false`. A value without colon behind it is no value of the switch.
    void take_switch(const common_parameter& p, const argument& a) {
        bool on = true;
        if (a.by_colon && a.content && is_boolean(*a.content))
            on = a.content->text != "False" && a.content->text != "0";
        else if (a.by_colon)
            fail(a.where, fmt::format("-{} is a switch: -{} or -{}:$false", p.name, p.name, p.name));
        else if (a.content && a.content->form == value_form::boolean)
            fail(a.content->where, fmt::format("a value of the switch -{} follows a colon: -{}:${}", p.name,
                                               p.name, ascii_lower(a.content->text)));
        else if (a.content)
            take_positional(*a.content);
        if (p.name == "WhatIf")
            out_.what_if = on;
    }

    const cmdlet_shape<Object>* shape_;
    error_list* errors_;
    std::vector<std::string> known_;
    std::vector<std::string> given_;
    bound_command<Object> out_;
    bool failed_ = false;
};

} // namespace connlab::cmdlet
