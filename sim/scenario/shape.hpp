// What the value of a key looks like: checked before it is read, and printed into the JSON Schema, so that
// the file the editors use cannot say anything else than the loader does.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/scenario/node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::scenario {

struct shape {
    enum class form {
        text,
        boolean,
        number,
        instant,
        duration,
        word,   // one of `words`
        list,   // of parts[0]
        named,  // a mapping from names of the author's choice to parts[0]
        object, // a mapping with the keys of the table `definition`
        either, // one of parts, told apart by scalar, list and mapping
    };
    form what = form::text;
    std::vector<std::string> words;
    std::vector<shape> parts;
    std::string definition;
};

shape text();
shape boolean();
shape number();
shape point_in_time();
shape time_span();
shape word(std::vector<std::string> words);
shape list_of(shape element);
shape named(shape value);
shape object(std::string definition);
shape either(std::vector<shape> alternatives);
shape one_or_list(shape element);

/// True when the node looks as demanded; else one diagnostic for each place that does not. `what` names the
/// value in the sentence: "`Fqdn`". Objects are only known to be mappings: their own table looks into them.
bool check_shape(const node& n, const shape& demanded, const std::string& what, diagnostics& findings);

/// The kind of node alone: scalar, list or mapping. What a scalar says is left to whoever reads it.
bool check_kind(const node& n, const shape& demanded, const std::string& what, diagnostics& findings);

/// A list or a mapping of names: without the entries that do not look as demanded, so that one bad entry does
/// not hide what is wrong with the others.
bool has_entries(const node& n, const shape& demanded); // it is a list or a mapping of names, as demanded
node fitting_part(const node& n, const shape& demanded);

/// true, false, $true, $false in any case.
bool is_true(const node& n);

/// "`a`, `b` or `c`"
std::string listed(const std::vector<std::string>& words);

} // namespace connlab::scenario
