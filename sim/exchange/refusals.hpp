// Collects what validate() and best_practice() find. Internal.
#pragma once

#include "sim/base/diagnostic.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace connlab::exchange {

/// The first place that is in a file: where several values break a rule together, some may be defaults.
inline source_mark first_known(std::initializer_list<source_mark> marks) {
    for (const auto& m : marks)
        if (m.known())
            return m;
    return {};
}

/// Combinations that Exchange refuses. Exchange's text where it is public; else ours, said to be ours.
class refusals {
  public:
    void in_exchange_words(std::string_view rule, source_mark mark, std::string message,
                           std::string hint = {}) {
        all_.push_back(
            {severity::error, std::move(mark), std::move(message), std::move(hint), std::string(rule)});
    }
    void in_our_words(std::string_view rule, source_mark mark, std::string message, std::string hint = {}) {
        in_exchange_words(rule, std::move(mark), std::move(message) + " (our wording)", std::move(hint));
    }
    diagnostics take() { return std::move(all_); }

  private:
    diagnostics all_;
};

} // namespace connlab::exchange
