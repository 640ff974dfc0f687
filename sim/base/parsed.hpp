// The result of reading a text: the value, or a sentence that says what is wrong with the text.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace connlab {

template <class T>
struct parsed {
    std::optional<T> value;
    std::string error; // empty when there is a value

    static parsed ok(T v) { return {std::move(v), {}}; }
    static parsed fail(std::string why) { return {std::nullopt, std::move(why)}; }

    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
    T& operator*() { return *value; }
    const T* operator->() const { return &*value; }
    T* operator->() { return &*value; }
};

} // namespace connlab
