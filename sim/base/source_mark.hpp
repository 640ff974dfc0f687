// Where in a file a value was written. Every configured value carries one (located<T>), so that a decision
// can cite it.
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace connlab {

struct source_mark {
    std::string file; // as the user named it; empty: not from a file (a default, a computed value)
    int line = 0;     // from 1
    int column = 0;   // from 1, in bytes
    int length = 1;   // bytes to underline

    bool known() const { return !file.empty(); }
    friend auto operator<=>(const source_mark&, const source_mark&) = default;
};

/// `scenarios/x.yaml:12:9`, or the empty string for an unknown mark.
std::string to_string(const source_mark& mark);

/// A value and where it was set. A default has no mark.
template <class T>
struct located {
    T value{};
    source_mark mark{};

    located() = default;
    located(T v) : value(std::move(v)) {} // NOLINT(google-explicit-constructor): a default is a plain value
    located(T v, source_mark m) : value(std::move(v)), mark(std::move(m)) {}

    const T& operator*() const { return value; }
    const T* operator->() const { return &value; }
    bool configured() const { return mark.known(); }
    friend bool operator==(const located&, const located&) = default;
};

} // namespace connlab
