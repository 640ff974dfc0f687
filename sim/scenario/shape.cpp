#include "sim/scenario/shape.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/instant.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using form = shape::form;

bool is_scalar_form(form f) {
    return f != form::list && f != form::named && f != form::object && f != form::either;
}

/// The kind of node that a shape wants.
node_kind kind_for(form f) {
    if (f == form::list)
        return node_kind::sequence;
    return is_scalar_form(f) ? node_kind::scalar : node_kind::mapping;
}

std::string_view name_of(node_kind k) {
    switch (k) {
    case node_kind::null:
        return "nothing";
    case node_kind::scalar:
        return "text";
    case node_kind::sequence:
        return "a list";
    case node_kind::mapping:
        return "a mapping";
    }
    return {};
}

std::string name_of(const shape& s) {
    switch (s.what) {
    case form::text:
        return "text";
    case form::boolean:
        return "true or false";
    case form::number:
        return "a number";
    case form::instant:
        return "a point in time";
    case form::duration:
        return "a length of time";
    case form::word:
        return s.words.size() == 1 ? fmt::format("`{}`", s.words.front()) : "a word";
    case form::list:
        return "a list";
    case form::named:
        return "a mapping of names";
    case form::object:
        return "a mapping";
    case form::either:
        break;
    }
    std::vector<std::string> names;
    for (const auto& part : s.parts)
        names.push_back(part.what == form::word ? listed(part.words) : name_of(part));
    return join(names, " or ");
}

diagnostic wrong(const node& at, std::string message, std::string hint = {}) {
    return {severity::error, at.mark(), std::move(message), std::move(hint), {}};
}

bool is_boolean(const node& n) {
    return is_true(n) || ascii_iequal(n.text, "false") || ascii_iequal(n.text, "$false");
}

/// What is wrong with the text of a scalar; empty: nothing.
std::string complaint(const node& n, const shape& demanded) {
    switch (demanded.what) {
    case form::boolean:
        return is_boolean(n) ? "" : fmt::format("is true or false, not `{}`", n.text);
    case form::number: {
        const bool digits = !n.text.empty() && n.text.size() <= 9 &&
                            n.text.find_first_not_of("0123456789") == std::string::npos;
        return digits ? "" : fmt::format("is a number, not `{}`", n.text);
    }
    case form::instant: {
        const auto read = parse_instant(n.text);
        return read ? "" : fmt::format("is no point in time: {}", read.error);
    }
    case form::duration: {
        const auto read = parse_duration(n.text);
        return read ? "" : fmt::format("is no length of time: {}", read.error);
    }
    case form::word:
        if (std::find(demanded.words.begin(), demanded.words.end(), n.text) != demanded.words.end())
            return "";
        return fmt::format("is {}, not `{}`", listed(demanded.words), n.text);
    case form::text:
    case form::list:
    case form::named:
    case form::object:
    case form::either:
        break;
    }
    return {};
}

std::string hint_for(const node& n, const shape& demanded) {
    if (demanded.what == form::boolean)
        return "write true or false";
    if (demanded.what != form::word)
        return {};
    const auto near = nearest_word(n.text, demanded.words);
    return near.empty() ? "" : fmt::format("did you mean `{}`?", near);
}

const shape* alternative_for(const node& n, const shape& demanded) {
    for (const auto& part : demanded.parts)
        if (kind_for(part.what) == n.kind)
            return &part;
    return nullptr;
}

bool check_list(const node& n, const shape& demanded, const std::string& what, diagnostics& findings) {
    bool fits = true;
    for (const auto& item : n.items)
        fits = check_shape(item, demanded.parts.front(), "an entry of " + what, findings) && fits;
    return fits;
}

bool check_named(const node& n, const shape& demanded, const std::string& what, diagnostics& findings) {
    bool fits = true;
    for (const auto& m : n.members)
        if (!m.value.is_null()) // what a name without value means is decided by who reads it
            fits = check_shape(m.value, demanded.parts.front(), fmt::format("`{}` of {}", m.key.text, what),
                               findings) &&
                   fits;
    return fits;
}

} // namespace

shape text() {
    return {};
}
shape boolean() {
    return {form::boolean, {}, {}, {}};
}
shape number() {
    return {form::number, {}, {}, {}};
}
shape point_in_time() {
    return {form::instant, {}, {}, {}};
}
shape time_span() {
    return {form::duration, {}, {}, {}};
}
shape word(std::vector<std::string> words) {
    return {form::word, std::move(words), {}, {}};
}
shape list_of(shape element) {
    return {form::list, {}, {std::move(element)}, {}};
}
shape named(shape value) {
    return {form::named, {}, {std::move(value)}, {}};
}
shape object(std::string definition) {
    return {form::object, {}, {}, std::move(definition)};
}
shape either(std::vector<shape> alternatives) {
    return {form::either, {}, std::move(alternatives), {}};
}
shape one_or_list(shape element) {
    return either({element, list_of(element)});
}

bool is_true(const node& n) {
    return ascii_iequal(n.text, "true") || ascii_iequal(n.text, "$true");
}

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == words.size() ? " or " : ", ", words[i]);
    return out;
}

bool check_kind(const node& n, const shape& demanded, const std::string& what, diagnostics& findings) {
    const bool fits = demanded.what == form::either ? alternative_for(n, demanded) != nullptr
                                                    : n.kind == kind_for(demanded.what);
    if (!fits)
        findings.push_back(
            wrong(n, fmt::format("{} is {}, not {}", what, name_of(demanded), name_of(n.kind))));
    return fits;
}

bool check_shape(const node& n, const shape& demanded, const std::string& what, diagnostics& findings) {
    if (!check_kind(n, demanded, what, findings))
        return false;
    const auto& part = demanded.what == form::either ? *alternative_for(n, demanded) : demanded;
    if (part.what == form::list)
        return check_list(n, part, what, findings);
    if (part.what == form::named)
        return check_named(n, part, what, findings);
    const auto reason = complaint(n, part);
    if (reason.empty())
        return true;
    const bool word_or_more = demanded.what == form::either && part.what == form::word;
    findings.push_back(wrong(
        n, what + (word_or_more ? fmt::format(" is {}, not `{}`", name_of(demanded), n.text) : " " + reason),
        hint_for(n, part)));
    return false;
}

bool has_entries(const node& n, const shape& demanded) {
    const auto* part = demanded.what == form::either ? alternative_for(n, demanded) : &demanded;
    return part != nullptr && (part->what == form::list || part->what == form::named) &&
           n.kind == kind_for(part->what);
}

node fitting_part(const node& n, const shape& demanded) {
    node out = n;
    const auto* part = demanded.what == form::either ? alternative_for(n, demanded) : &demanded;
    const auto misfit = [&](const node& entry) {
        diagnostics ignored;
        return !check_shape(entry, part->parts.front(), {}, ignored);
    };
    if (part == nullptr)
        return out;
    if (part->what == form::list)
        out.items.erase(std::remove_if(out.items.begin(), out.items.end(), misfit), out.items.end());
    if (part->what == form::named)
        out.members.erase(
            std::remove_if(out.members.begin(), out.members.end(),
                           [&](const member& m) { return !m.value.is_null() && misfit(m.value); }),
            out.members.end());
    return out;
}

} // namespace connlab::scenario
