#include "sim/cmdlet/variables.hpp"

#include "sim/exchange/parameter_values.hpp"

namespace connlab::cmdlet {

namespace {

/// What a view prints, as a value again: True and False are Booleans, {a, b} is a list, nothing is $null.
value from_shown(const std::string& shown, const extent& where) {
    value v;
    v.where = where;
    v.text = shown;
    if (shown.empty()) {
        v.form = value_form::null;
    } else if (shown == "True" || shown == "False") {
        v.form = value_form::boolean;
    } else if (shown.front() == '{' && shown.back() == '}') {
        v.form = value_form::list;
        v.text.clear();
        for (const auto& item : exchange::list_shown(shown)) {
            value one;
            one.text = item;
            one.quoted = true;
            one.where = where;
            v.items.push_back(std::move(one));
        }
    } else {
        v.quoted = true;
    }
    return v;
}

std::string as_shown(const value& v) {
    const auto w = written(v);
    if (v.form == value_form::null)
        return {};
    return v.form == value_form::list ? exchange::show_list(w.items) : join(w.items, ", ");
}

std::string* property_of(view_object& o, const std::string& name) {
    for (auto& [known, text] : o)
        if (ascii_iequal(known, name))
            return &text;
    return nullptr;
}

/// How a single object stands for itself where a text is wanted.
std::string identity_of(const view_object& o) {
    for (const auto* name : {"Identity", "Thumbprint", "Name"})
        for (const auto& [known, text] : o)
            if (known == name)
                return text;
    return {};
}

std::string written_as(const value& reference) {
    return "$" + reference.variable + (reference.property.empty() ? "" : "." + reference.property);
}

} // namespace

const variables::content* variables::find(const std::string& name) const {
    const auto found = all_.find(name);
    return found == all_.end() ? nullptr : &found->second;
}

bool variables::assign(const statement& s, const value& v, error_list& errors) {
    if (s.assigned_property.empty()) {
        auto& c = all_[s.assigned_to];
        if (s.adds && c.simple) {
            value list;
            list.form = value_form::list;
            list.where = v.where;
            for (const value* part : {static_cast<const value*>(&*c.simple), &v})
                if (part->form == value_form::list)
                    list.items.insert(list.items.end(), part->items.begin(), part->items.end());
                else
                    list.items.push_back(*part);
            c.simple = std::move(list);
        } else {
            c = {true, v, {}};
        }
        return true;
    }
    const auto found = all_.find(s.assigned_to);
    if (found == all_.end() || (found->second.known && found->second.objects.size() != 1)) {
        errors.add(s.where, fmt::format("`${}` does not hold one object", s.assigned_to));
        return false;
    }
    if (!found->second.known)
        return true;
    auto* text = property_of(found->second.objects.front(), s.assigned_property);
    if (text == nullptr) {
        errors.add(s.where, fmt::format("`${}` has no property {}", s.assigned_to, s.assigned_property));
        return false;
    }
    if (!s.adds) {
        *text = as_shown(v);
        return true;
    }
    auto items = exchange::list_shown(*text);
    for (const auto& item : written(v).items)
        items.push_back(item);
    *text = exchange::show_list(items);
    return true;
}

void variables::assign(const statement& s, std::vector<view_object> objects) {
    all_[s.assigned_to] = {true, std::nullopt, std::move(objects)};
}

void variables::assign_unknown(const statement& s) {
    all_[s.assigned_to] = {false, std::nullopt, {}};
}

bool variables::is_unknown(const value& v) const {
    if (v.form == value_form::variable) {
        const auto* c = find(v.variable);
        return c != nullptr && !c->known;
    }
    const auto unknown = [this](const value& part) { return is_unknown(part); };
    return std::any_of(v.items.begin(), v.items.end(), unknown) ||
           std::any_of(v.entries.begin(), v.entries.end(),
                       [&](const table_entry& e) { return is_unknown(e.content); });
}

bool variables::has_unknown(const statement& s) const {
    return (s.assigned && is_unknown(*s.assigned)) ||
           std::any_of(s.arguments.begin(), s.arguments.end(),
                       [&](const argument& a) { return a.content && is_unknown(*a.content); });
}

std::optional<value> variables::value_of(const value& reference, error_list& errors) const {
    const auto* c = find(reference.variable);
    if (c == nullptr) {
        errors.add(reference.where, fmt::format("`${}` has no value in this text", reference.variable),
                   "variables live as long as the text of one Run step");
        return std::nullopt;
    }
    if (c->simple && reference.property.empty()) {
        value v = *c->simple;
        v.where = reference.where;
        return v;
    }
    if (c->objects.size() != 1) {
        errors.add(reference.where,
                   fmt::format("`{}`: `${}` holds {} objects, not one", written_as(reference),
                               reference.variable, c->objects.size()));
        return std::nullopt;
    }
    if (reference.property.empty())
        return from_shown(identity_of(c->objects.front()), reference.where);
    for (const auto& [name, text] : c->objects.front())
        if (ascii_iequal(name, reference.property))
            return from_shown(text, reference.where);
    errors.add(reference.where,
               fmt::format("`${}` has no property {}", reference.variable, reference.property));
    return std::nullopt;
}

std::optional<value> variables::resolved(const value& v, error_list& errors) const {
    if (v.form == value_form::variable)
        return value_of(v, errors);
    value out = v;
    for (auto& item : out.items) {
        auto one = resolved(item, errors);
        if (!one)
            return std::nullopt;
        item = std::move(*one);
    }
    for (auto& entry : out.entries) {
        auto one = resolved(entry.content, errors);
        if (!one)
            return std::nullopt;
        entry.content = std::move(*one);
    }
    if (v.form == value_form::expanded) {
        out.form = value_form::text;
        for (const auto& item : out.items)
            out.text += as_shown(item);
        out.items.clear();
    }
    return out;
}

std::optional<statement> variables::resolved(statement s, error_list& errors) const {
    for (auto& a : s.arguments) {
        if (!a.content)
            continue;
        auto v = resolved(*a.content, errors);
        if (!v)
            return std::nullopt;
        a.content = std::move(*v);
    }
    return s;
}

} // namespace connlab::cmdlet
