// Variables of one text: `$x = …`, `$x.Property`, `$x.Property += …`, and texts that name them. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/formatting.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace connlab::cmdlet {

class variables {
  public:
    /// `$name = value`, or `$name.Property = value` and `+=` on what is there. The value's own variables are
    /// replaced already. False: said why not.
    bool assign(const statement& s, const value& v, error_list& errors);
    /// What a cmdlet put out.
    void assign(const statement& s, std::vector<view_object> objects);
    /// A cmdlet whose output is not known, since the text is only checked.
    void assign_unknown(const statement& s);

    /// Whether a variable of it has a content that is not known.
    bool has_unknown(const statement& s) const;
    /// The statement with values instead of variables; nothing: said what is wrong.
    std::optional<statement> resolved(statement s, error_list& errors) const;
    std::optional<value> resolved(const value& v, error_list& errors) const;

  private:
    struct content {
        bool known = true;
        std::optional<value> simple;
        std::vector<view_object> objects;
    };

    std::optional<value> value_of(const value& reference, error_list& errors) const;
    const content* find(const std::string& name) const;
    bool is_unknown(const value& v) const;

    std::map<std::string, content, ascii_iless> all_;
};

} // namespace connlab::cmdlet
