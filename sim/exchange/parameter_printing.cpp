// How Get-… prints the values of parameters (powershell-output.md of the reference sheets).
#include "sim/base/ascii.hpp"
#include "sim/exchange/parameter_values.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

struct size_unit {
    std::string_view name;
    std::uint64_t bytes;
};
constexpr size_unit size_units[] = {
    {"TB", 1ULL << 40U}, {"GB", 1ULL << 30U}, {"MB", 1ULL << 20U}, {"KB", 1ULL << 10U}, {"B", 1}};

/// `37,748,736` as .NET groups digits.
std::string grouped(std::uint64_t n) {
    std::string digits = std::to_string(n);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

} // namespace

std::string show_flags(std::uint32_t flags, const flag_table& table) {
    std::vector<std::string> set;
    for (const auto& [name, bit] : table)
        if ((flags & bit) != 0)
            set.emplace_back(name);
    return set.empty() ? std::string(table.front().first) : join(set, ", ");
}

std::vector<std::string> words_of(const flag_table& table) {
    std::vector<std::string> words;
    for (const auto& [name, bit] : table)
        words.emplace_back(name);
    return words;
}

std::string show_boolean(bool b) {
    return b ? "True" : "False";
}

std::string show_size(std::uint64_t bytes) {
    if (bytes == unlimited_size)
        return "Unlimited";
    for (const auto& unit : size_units)
        if (bytes >= unit.bytes)
            return fmt::format("{:.4g} {} ({} bytes)",
                               static_cast<double>(bytes) / static_cast<double>(unit.bytes), unit.name,
                               grouped(bytes));
    return "0 B (0 bytes)";
}

std::string show_count(int n) {
    return n == unlimited_count ? "Unlimited" : std::to_string(n);
}

std::string show_list(const std::vector<std::string>& items) {
    return "{" + join(items, ", ") + "}";
}

std::vector<std::string> list_shown(std::string_view shown) {
    std::vector<std::string> items;
    if (shown.size() <= 2)
        return items;
    for (const auto& part : split(shown.substr(1, shown.size() - 2), ','))
        items.emplace_back(trim(part));
    return items;
}

} // namespace connlab::exchange
