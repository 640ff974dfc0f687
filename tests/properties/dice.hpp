// Draws that are the same on every machine, unlike those of the standard library's distributions.
#pragma once

#include <cstddef>
#include <random>

namespace connlab::tests {

class dice {
  public:
    explicit dice(unsigned seed) : engine_(seed) {}
    /// 0 to n - 1.
    std::size_t below(std::size_t n) { return engine_() % n; }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class Items>
    const auto& pick(const Items& items) {
        return items[below(items.size())];
    }

  private:
    std::mt19937 engine_;
};

} // namespace connlab::tests
