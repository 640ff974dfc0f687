// Builds the rows of the parameter tables: one row ties a name, a type and a member of the model together.
// Internal.
#pragma once

#include "sim/exchange/parameter_values.hpp"

#include <algorithm>
#include <optional>

namespace connlab::exchange {

/// Rows of one table. `Object` is a connector or TransportConfig.
template <class Object>
struct parameter_rows {
    using row = parameter<Object>;

    template <class T>
    using reader = std::function<parsed<T>(const written_value&)>;
    template <class T>
    using printer = std::function<std::string(const T&)>;

    template <class T>
    static row field(std::string name, value_kind kind, located<T> Object::*member, std::string about,
                     reader<T> read, printer<T> print) {
        row p;
        p.name = std::move(name);
        p.kind = kind;
        p.about = std::move(about);
        p.set = [member, read = std::move(read)](Object& o, const written_value& v, const source_mark& mark) {
            auto value = read(v);
            if (value)
                o.*member = located<T>(std::move(*value), mark);
            return taken{std::move(value.error), {}};
        };
        p.show = [member, print = std::move(print)](const Object& o) { return print(*(o.*member)); };
        p.mark = [member](const Object& o) { return (o.*member).mark; };
        return p;
    }

    /// A reader of one text made fit for a parameter that is written as one value and cannot be $null.
    template <class T, class Read>
    static reader<T> one(Read read) {
        return [read](const written_value& v) {
            if (v.is_null || v.items.empty())
                return parsed<T>::fail("a value is needed: $null is not allowed");
            if (v.items.size() > 1)
                return parsed<T>::fail("one value is allowed, not a list");
            return read(v.items.front());
        };
    }

    /// Null and the empty text both take the value away.
    template <class T, class Read>
    static reader<T> one_or_null(Read read) {
        return [single = one<T>(read)](const written_value& v) {
            if (v.is_null || (v.items.size() == 1 && v.items.front().empty()))
                return parsed<T>::ok(T{});
            return single(v);
        };
    }

    /// A list of values, each once; null takes all away if it may.
    template <class T, class Read, class Print>
    static reader<std::vector<T>> list(Read read, Print print, bool nullable) {
        return [read, print, nullable](const written_value& v) {
            using result = parsed<std::vector<T>>;
            std::vector<T> all;
            for (const auto& item : v.items) {
                auto one_value = read(item);
                if (!one_value)
                    return result::fail(std::move(one_value.error));
                const auto shown = print(*one_value);
                if (std::none_of(all.begin(), all.end(),
                                 [&](const T& known) { return print(known) == shown; }))
                    all.push_back(std::move(*one_value));
            }
            if (all.empty() && !nullable)
                return result::fail("at least one value is needed");
            return result::ok(std::move(all));
        };
    }

    static row boolean(std::string name, located<bool> Object::*member, std::string about) {
        return field<bool>(std::move(name), value_kind::boolean, member, std::move(about),
                           one<bool>(read_boolean), show_boolean);
    }

    /// One of some words, or null.
    template <class T>
    static row word_or_null(std::string name, located<std::optional<T>> Object::*member, std::string about,
                            std::vector<std::string> words, std::vector<T> values) {
        using optional = std::optional<T>;
        const auto read = [words, values](std::string_view s) {
            const auto found = read_word(s, words);
            if (!found)
                return parsed<optional>::fail(found.error);
            const auto at = std::find(words.begin(), words.end(), *found) - words.begin();
            return parsed<optional>::ok(values[static_cast<std::size_t>(at)]);
        };
        const auto print = [words, values](const optional& value) {
            const auto at = value ? std::find(values.begin(), values.end(), *value) : values.end();
            return at == values.end() ? std::string{} : words[static_cast<std::size_t>(at - values.begin())];
        };
        row p = field<optional>(std::move(name), value_kind::word, member, std::move(about),
                                one_or_null<optional>(read), print);
        p.words = std::move(words);
        p.nullable = true;
        return p;
    }

    template <class Read>
    static row text_or_null(std::string name, located<std::string> Object::*member, std::string about,
                            Read read) {
        row p = field<std::string>(std::move(name), value_kind::text, member, std::move(about),
                                   one_or_null<std::string>(read), [](const std::string& s) { return s; });
        p.nullable = true;
        return p;
    }

    static row number(std::string name, located<int> Object::*member, std::string about, int lowest,
                      int highest) {
        return field<int>(
            std::move(name), value_kind::number, member, std::move(about),
            one<int>([lowest, highest](std::string_view s) { return read_number(s, lowest, highest); }),
            [](int n) { return std::to_string(n); });
    }

    static row count_or_unlimited(std::string name, located<int> Object::*member, std::string about) {
        return field<int>(std::move(name), value_kind::number, member, std::move(about),
                          one<int>(read_count_or_unlimited), show_count);
    }

    static row message_size(std::string name, located<std::uint64_t> Object::*member, std::string about,
                            bool may_be_unlimited) {
        return field<std::uint64_t>(std::move(name), value_kind::size, member, std::move(about),
                                    one<std::uint64_t>([may_be_unlimited](std::string_view text) {
                                        return read_message_size(text, may_be_unlimited);
                                    }),
                                    show_size);
    }

    static row time_span(std::string name, located<duration> Object::*member, std::string about,
                         duration shortest, duration longest) {
        return field<duration>(std::move(name), value_kind::time_span, member, std::move(about),
                               one<duration>([shortest, longest](std::string_view s) {
                                   return read_time_span(s, shortest, longest);
                               }),
                               format_duration);
    }

    template <class T, class Read, class Print>
    static row list_of(std::string name, located<std::vector<T>> Object::*member, std::string about,
                       Read read, Print print, bool nullable) {
        const auto printed = [print](const std::vector<T>& all) {
            std::vector<std::string> items;
            for (const auto& item : all)
                items.push_back(print(item));
            return items;
        };
        row p = field<std::vector<T>>(
            std::move(name), value_kind::list, member, std::move(about), list<T>(read, print, nullable),
            [printed](const std::vector<T>& all) { return show_list(printed(all)); });
        p.items = [member, printed](const Object& o) { return printed(*(o.*member)); };
        p.nullable = nullable;
        return p;
    }

    template <class Read>
    static row texts(std::string name, located<std::vector<std::string>> Object::*member, std::string about,
                     Read read) {
        return list_of<std::string>(
            std::move(name), member, std::move(about), read, [](const std::string& s) { return s; }, true);
    }

    /// One of some words; `value_of` has a value for each word, in the same order.
    template <class T>
    static row word(std::string name, located<T> Object::*member, std::string about,
                    std::vector<std::string> words, std::vector<T> values) {
        row p;
        const auto read = [words, values](std::string_view s) {
            const auto found = read_word(s, words);
            if (!found)
                return parsed<T>::fail(found.error);
            const auto at = std::find(words.begin(), words.end(), *found) - words.begin();
            return parsed<T>::ok(values[static_cast<std::size_t>(at)]);
        };
        const auto print = [words, values](const T& value) {
            const auto at = std::find(values.begin(), values.end(), value) - values.begin();
            return static_cast<std::size_t>(at) < words.size() ? words[static_cast<std::size_t>(at)]
                                                               : std::string{};
        };
        p = field<T>(std::move(name), value_kind::word, member, std::move(about), one<T>(read), print);
        p.words = std::move(words);
        return p;
    }

    static row flags(std::string name, located<std::uint32_t> Object::*member, std::string about,
                     flag_table table) {
        row p = field<std::uint32_t>(
            std::move(name), value_kind::words, member, std::move(about),
            [table](const written_value& v) { return read_flags(v, table); },
            [table](std::uint32_t f) { return show_flags(f, table); });
        p.words = words_of(table);
        return p;
    }

    /// A real parameter that changes nothing here: checked, kept, shown.
    static row kept(std::string name, value_kind kind, std::string shown_by_default, std::string about,
                    std::vector<std::string> words = {}) {
        row p;
        p.name = name;
        p.kind = kind;
        p.about = std::move(about);
        p.words = words;
        p.has_effect = false;
        p.nullable = kind == value_kind::text || kind == value_kind::list;
        p.set = [name, kind, words](Object& o, const written_value& v, const source_mark& mark) {
            auto shown = read_by_kind(v, kind, words);
            if (shown)
                o.without_effect.insert_or_assign(name, located<std::string>(std::move(*shown), mark));
            return taken{std::move(shown.error), {}};
        };
        p.show = [name, shown_by_default = std::move(shown_by_default)](const Object& o) {
            const auto found = o.without_effect.find(name);
            return found == o.without_effect.end() ? shown_by_default : *found->second;
        };
        p.mark = [name](const Object& o) {
            const auto found = o.without_effect.find(name);
            return found == o.without_effect.end() ? source_mark{} : found->second.mark;
        };
        if (kind == value_kind::list)
            p.items = [show = p.show](const Object& o) { return list_shown(show(o)); };
        return p;
    }

    static row without_effect(row p) {
        p.has_effect = false;
        return p;
    }

    /// A refused value for which `breaks` says so breaks the rule.
    static row under_rule(std::string rule, row p, std::function<bool(const written_value&)> breaks) {
        p.set = [rule = std::move(rule), set = std::move(p.set),
                 breaks = std::move(breaks)](Object& o, const written_value& v, const source_mark& mark) {
            auto done = set(o, v, mark);
            if (!done && breaks(v))
                done.rule = rule;
            return done;
        };
        return p;
    }
};

} // namespace connlab::exchange
