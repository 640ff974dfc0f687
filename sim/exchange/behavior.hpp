// The contested rules as named switches (`Behavior:` in a scenario). Defaults and words: documentation of
// each switch.
#pragma once

#include "sim/base/parsed.hpp"
#include "sim/base/source_mark.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

struct behavior_switch {
    std::string_view name;               // RevocationOffline
    std::vector<std::string_view> words; // the first is the default
    std::string_view statement;          // what it decides, in one sentence
};
const std::vector<behavior_switch>& behavior_switches();

class behavior {
  public:
    /// The word in force: the one that was set, else the default. `name` is a known switch.
    std::string_view word(std::string_view name) const;
    bool is(std::string_view name, std::string_view expected) const { return word(name) == expected; }
    source_mark mark(std::string_view name) const; // unknown: default
    /// Error: unknown switch or word, with the nearest known one.
    parsed<bool> set(std::string_view name, std::string_view word, source_mark mark);

  private:
    std::map<std::string, located<std::string>, std::less<>> set_;
};

} // namespace connlab::exchange
