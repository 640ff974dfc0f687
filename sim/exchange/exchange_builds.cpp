// Product, level and update → build number, as Microsoft lists them ("Exchange Server build numbers and
// release dates").
#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/exchange/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace connlab::exchange {

namespace {

struct build {
    std::string_view product;
    std::string_view level;
    std::string_view update; // empty: the level itself
    std::string_view number;
};

constexpr build builds[] = {
    {"Exchange2013", "CU1", "", "15.0.620.29"},
    {"Exchange2013", "CU2", "", "15.0.712.24"},
    {"Exchange2013", "CU3", "", "15.0.775.38"},
    {"Exchange2013", "CU4", "", "15.0.847.32"},
    {"Exchange2013", "CU5", "", "15.0.913.22"},
    {"Exchange2013", "CU6", "", "15.0.995.29"},
    {"Exchange2013", "CU7", "", "15.0.1044.25"},
    {"Exchange2013", "CU8", "", "15.0.1076.9"},
    {"Exchange2013", "CU9", "", "15.0.1104.5"},
    {"Exchange2013", "CU10", "", "15.0.1130.7"},
    {"Exchange2013", "CU11", "", "15.0.1156.6"},
    {"Exchange2013", "CU12", "", "15.0.1178.4"},
    {"Exchange2013", "CU13", "", "15.0.1210.3"},
    {"Exchange2013", "CU14", "", "15.0.1236.3"},
    {"Exchange2013", "CU15", "", "15.0.1263.5"},
    {"Exchange2013", "CU16", "", "15.0.1293.2"},
    {"Exchange2013", "CU17", "", "15.0.1320.4"},
    {"Exchange2013", "CU18", "", "15.0.1347.2"},
    {"Exchange2013", "CU18", "Mar18SU", "15.0.1347.5"},
    {"Exchange2013", "CU19", "", "15.0.1365.1"},
    {"Exchange2013", "CU19", "Mar18SU", "15.0.1365.3"},
    {"Exchange2013", "CU19", "May18SU", "15.0.1365.7"},
    {"Exchange2013", "CU20", "", "15.0.1367.3"},
    {"Exchange2013", "CU20", "May18SU", "15.0.1367.6"},
    {"Exchange2013", "CU20", "Aug18SU", "15.0.1367.9"},
    {"Exchange2013", "CU21", "", "15.0.1395.4"},
    {"Exchange2013", "CU21", "Aug18SU", "15.0.1395.7"},
    {"Exchange2013", "CU21", "Oct18SU", "15.0.1395.8"},
    {"Exchange2013", "CU21", "Jan19SU", "15.0.1395.10"},
    {"Exchange2013", "CU21", "Mar21SU", "15.0.1395.12"},
    {"Exchange2013", "CU22", "", "15.0.1473.3"},
    {"Exchange2013", "CU22", "Feb19SU", "15.0.1473.3"},
    {"Exchange2013", "CU22", "Apr19SU", "15.0.1473.4"},
    {"Exchange2013", "CU22", "Jun19SU", "15.0.1473.5"},
    {"Exchange2013", "CU22", "Mar21SU", "15.0.1473.6"},
    {"Exchange2013", "CU23", "", "15.0.1497.2"},
    {"Exchange2013", "CU23", "Jul19SU", "15.0.1497.3"},
    {"Exchange2013", "CU23", "Nov19SU", "15.0.1497.4"},
    {"Exchange2013", "CU23", "Feb20SU", "15.0.1497.6"},
    {"Exchange2013", "CU23", "Oct20SU", "15.0.1497.7"},
    {"Exchange2013", "CU23", "Nov20SU", "15.0.1497.8"},
    {"Exchange2013", "CU23", "Dec20SU", "15.0.1497.10"},
    {"Exchange2013", "CU23", "Mar21SU", "15.0.1497.12"},
    {"Exchange2013", "CU23", "Apr21SU", "15.0.1497.15"},
    {"Exchange2013", "CU23", "May21SU", "15.0.1497.18"},
    {"Exchange2013", "CU23", "Jul21SU", "15.0.1497.23"},
    {"Exchange2013", "CU23", "Oct21SU", "15.0.1497.24"},
    {"Exchange2013", "CU23", "Nov21SU", "15.0.1497.26"},
    {"Exchange2013", "CU23", "Jan22SU", "15.0.1497.28"},
    {"Exchange2013", "CU23", "Mar22SU", "15.0.1497.33"},
    {"Exchange2013", "CU23", "May22SU", "15.0.1497.36"},
    {"Exchange2013", "CU23", "Aug22SU", "15.0.1497.40"},
    {"Exchange2013", "CU23", "Oct22SU", "15.0.1497.42"},
    {"Exchange2013", "CU23", "Nov22SU", "15.0.1497.44"},
    {"Exchange2013", "CU23", "Jan23SU", "15.0.1497.45"},
    {"Exchange2013", "CU23", "Feb23SU", "15.0.1497.47"},
    {"Exchange2013", "CU23", "Mar23SU", "15.0.1497.48"},
    {"Exchange2016", "CU1", "", "15.1.396.30"},
    {"Exchange2016", "CU2", "", "15.1.466.34"},
    {"Exchange2016", "CU3", "", "15.1.544.27"},
    {"Exchange2016", "CU4", "", "15.1.669.32"},
    {"Exchange2016", "CU5", "", "15.1.845.34"},
    {"Exchange2016", "CU6", "", "15.1.1034.26"},
    {"Exchange2016", "CU7", "", "15.1.1261.35"},
    {"Exchange2016", "CU7", "Mar18SU", "15.1.1261.39"},
    {"Exchange2016", "CU8", "", "15.1.1415.2"},
    {"Exchange2016", "CU8", "Mar18SU", "15.1.1415.4"},
    {"Exchange2016", "CU8", "May18SU", "15.1.1415.7"},
    {"Exchange2016", "CU8", "Mar21SU", "15.1.1415.8"},
    {"Exchange2016", "CU9", "", "15.1.1466.3"},
    {"Exchange2016", "CU9", "May18SU", "15.1.1466.8"},
    {"Exchange2016", "CU9", "Aug18SU", "15.1.1466.9"},
    {"Exchange2016", "CU9", "Mar21SU", "15.1.1466.13"},
    {"Exchange2016", "CU10", "", "15.1.1531.3"},
    {"Exchange2016", "CU10", "Aug18SU", "15.1.1531.6"},
    {"Exchange2016", "CU10", "Oct18SU", "15.1.1531.8"},
    {"Exchange2016", "CU10", "Jan19SU", "15.1.1531.10"},
    {"Exchange2016", "CU10", "Mar21SU", "15.1.1531.12"},
    {"Exchange2016", "CU11", "", "15.1.1591.10"},
    {"Exchange2016", "CU11", "Dec18SU", "15.1.1591.11"},
    {"Exchange2016", "CU11", "Jan19SU", "15.1.1591.13"},
    {"Exchange2016", "CU11", "Apr19SU", "15.1.1591.16"},
    {"Exchange2016", "CU11", "Jun19SU", "15.1.1591.17"},
    {"Exchange2016", "CU11", "Mar21SU", "15.1.1591.18"},
    {"Exchange2016", "CU12", "", "15.1.1713.5"},
    {"Exchange2016", "CU12", "Feb19SU", "15.1.1713.5"},
    {"Exchange2016", "CU12", "Apr19SU", "15.1.1713.6"},
    {"Exchange2016", "CU12", "Jun19SU", "15.1.1713.7"},
    {"Exchange2016", "CU12", "Jul19SU", "15.1.1713.8"},
    {"Exchange2016", "CU12", "Sep19SU", "15.1.1713.9"},
    {"Exchange2016", "CU12", "Mar21SU", "15.1.1713.10"},
    {"Exchange2016", "CU13", "", "15.1.1779.2"},
    {"Exchange2016", "CU13", "Jul19SU", "15.1.1779.4"},
    {"Exchange2016", "CU13", "Sep19SU", "15.1.1779.5"},
    {"Exchange2016", "CU13", "Nov19SU", "15.1.1779.7"},
    {"Exchange2016", "CU13", "Mar21SU", "15.1.1779.8"},
    {"Exchange2016", "CU14", "", "15.1.1847.3"},
    {"Exchange2016", "CU14", "Nov19SU", "15.1.1847.5"},
    {"Exchange2016", "CU14", "Feb20SU", "15.1.1847.7"},
    {"Exchange2016", "CU14", "Mar20SU", "15.1.1847.10"},
    {"Exchange2016", "CU14", "Mar21SU", "15.1.1847.12"},
    {"Exchange2016", "CU15", "", "15.1.1913.5"},
    {"Exchange2016", "CU15", "Feb20SU", "15.1.1913.7"},
    {"Exchange2016", "CU15", "Mar20SU", "15.1.1913.10"},
    {"Exchange2016", "CU15", "Mar21SU", "15.1.1913.12"},
    {"Exchange2016", "CU16", "", "15.1.1979.3"},
    {"Exchange2016", "CU16", "Sep20SU", "15.1.1979.6"},
    {"Exchange2016", "CU16", "Mar21SU", "15.1.1979.8"},
    {"Exchange2016", "CU17", "", "15.1.2044.4"},
    {"Exchange2016", "CU17", "Sep20SU", "15.1.2044.6"},
    {"Exchange2016", "CU17", "Oct20SU", "15.1.2044.7"},
    {"Exchange2016", "CU17", "Nov20SU", "15.1.2044.8"},
    {"Exchange2016", "CU17", "Dec20SU", "15.1.2044.12"},
    {"Exchange2016", "CU17", "Mar21SU", "15.1.2044.13"},
    {"Exchange2016", "CU18", "", "15.1.2106.2"},
    {"Exchange2016", "CU18", "Oct20SU", "15.1.2106.3"},
    {"Exchange2016", "CU18", "Nov20SU", "15.1.2106.4"},
    {"Exchange2016", "CU18", "Dec20SU", "15.1.2106.6"},
    {"Exchange2016", "CU18", "Feb21SU", "15.1.2106.8"},
    {"Exchange2016", "CU18", "Mar21SU", "15.1.2106.13"},
    {"Exchange2016", "CU19", "", "15.1.2176.2"},
    {"Exchange2016", "CU19", "Feb21SU", "15.1.2176.4"},
    {"Exchange2016", "CU19", "Mar21SU", "15.1.2176.9"},
    {"Exchange2016", "CU19", "Apr21SU", "15.1.2176.12"},
    {"Exchange2016", "CU19", "May21SU", "15.1.2176.14"},
    {"Exchange2016", "CU20", "", "15.1.2242.4"},
    {"Exchange2016", "CU20", "Apr21SU", "15.1.2242.8"},
    {"Exchange2016", "CU20", "May21SU", "15.1.2242.10"},
    {"Exchange2016", "CU20", "Jul21SU", "15.1.2242.12"},
    {"Exchange2016", "CU21", "", "15.1.2308.8"},
    {"Exchange2016", "CU21", "Jul21SU", "15.1.2308.14"},
    {"Exchange2016", "CU21", "Oct21SU", "15.1.2308.15"},
    {"Exchange2016", "CU21", "Nov21SU", "15.1.2308.20"},
    {"Exchange2016", "CU21", "Jan22SU", "15.1.2308.21"},
    {"Exchange2016", "CU21", "Mar22SU", "15.1.2308.27"},
    {"Exchange2016", "CU22", "", "15.1.2375.7"},
    {"Exchange2016", "CU22", "Oct21SU", "15.1.2375.12"},
    {"Exchange2016", "CU22", "Nov21SU", "15.1.2375.17"},
    {"Exchange2016", "CU22", "Jan22SU", "15.1.2375.18"},
    {"Exchange2016", "CU22", "Mar22SU", "15.1.2375.24"},
    {"Exchange2016", "CU22", "May22SU", "15.1.2375.28"},
    {"Exchange2016", "CU22", "Aug22SU", "15.1.2375.31"},
    {"Exchange2016", "CU22", "Oct22SU", "15.1.2375.32"},
    {"Exchange2016", "CU22", "Nov22SU", "15.1.2375.37"},
    {"Exchange2016", "CU23", "", "15.1.2507.6"},
    {"Exchange2016", "CU23", "May22SU", "15.1.2507.9"},
    {"Exchange2016", "CU23", "Aug22SU", "15.1.2507.12"},
    {"Exchange2016", "CU23", "Oct22SU", "15.1.2507.13"},
    {"Exchange2016", "CU23", "Nov22SU", "15.1.2507.16"},
    {"Exchange2016", "CU23", "Jan23SU", "15.1.2507.17"},
    {"Exchange2016", "CU23", "Feb23SU", "15.1.2507.21"},
    {"Exchange2016", "CU23", "Mar23SU", "15.1.2507.23"},
    {"Exchange2016", "CU23", "Jun23SU", "15.1.2507.27"},
    {"Exchange2016", "CU23", "Aug23SU", "15.1.2507.31"},
    {"Exchange2016", "CU23", "Aug23SUv2", "15.1.2507.32"},
    {"Exchange2016", "CU23", "Oct23SU", "15.1.2507.34"},
    {"Exchange2016", "CU23", "Nov23SU", "15.1.2507.35"},
    {"Exchange2016", "CU23", "Mar24SU", "15.1.2507.37"},
    {"Exchange2016", "CU23", "Apr24HU", "15.1.2507.39"},
    {"Exchange2016", "CU23", "Nov24SU", "15.1.2507.43"},
    {"Exchange2016", "CU23", "Nov24SUv2", "15.1.2507.44"},
    {"Exchange2016", "CU23", "Apr25HU", "15.1.2507.55"},
    {"Exchange2016", "CU23", "May25HU", "15.1.2507.57"},
    {"Exchange2016", "CU23", "Aug25SU", "15.1.2507.58"},
    {"Exchange2016", "CU23", "Sep25HU", "15.1.2507.59"},
    {"Exchange2016", "CU23", "Oct25SU", "15.1.2507.61"},
    {"Exchange2016", "CU23", "Dec25SU", "15.1.2507.63"},
    {"Exchange2016", "CU23", "Feb26SU", "15.1.2507.66"},
    {"Exchange2019", "CU1", "", "15.2.330.5"},
    {"Exchange2019", "CU1", "Feb19SU", "15.2.330.5"},
    {"Exchange2019", "CU1", "Apr19SU", "15.2.330.7"},
    {"Exchange2019", "CU1", "Jun19SU", "15.2.330.8"},
    {"Exchange2019", "CU1", "Jul19SU", "15.2.330.9"},
    {"Exchange2019", "CU1", "Sep19SU", "15.2.330.10"},
    {"Exchange2019", "CU1", "Mar21SU", "15.2.330.11"},
    {"Exchange2019", "CU2", "", "15.2.397.3"},
    {"Exchange2019", "CU2", "Jul19SU", "15.2.397.5"},
    {"Exchange2019", "CU2", "Sep19SU", "15.2.397.6"},
    {"Exchange2019", "CU2", "Nov19SU", "15.2.397.9"},
    {"Exchange2019", "CU2", "Mar21SU", "15.2.397.11"},
    {"Exchange2019", "CU3", "", "15.2.464.5"},
    {"Exchange2019", "CU3", "Nov19SU", "15.2.464.7"},
    {"Exchange2019", "CU3", "Feb20SU", "15.2.464.11"},
    {"Exchange2019", "CU3", "Mar20SU", "15.2.464.14"},
    {"Exchange2019", "CU3", "Mar21SU", "15.2.464.15"},
    {"Exchange2019", "CU4", "", "15.2.529.5"},
    {"Exchange2019", "CU4", "Feb20SU", "15.2.529.8"},
    {"Exchange2019", "CU4", "Mar20SU", "15.2.529.11"},
    {"Exchange2019", "CU4", "Mar21SU", "15.2.529.13"},
    {"Exchange2019", "CU5", "", "15.2.595.3"},
    {"Exchange2019", "CU5", "Sep20SU", "15.2.595.6"},
    {"Exchange2019", "CU5", "Mar21SU", "15.2.595.8"},
    {"Exchange2019", "CU6", "", "15.2.659.4"},
    {"Exchange2019", "CU6", "Sep20SU", "15.2.659.6"},
    {"Exchange2019", "CU6", "Oct20SU", "15.2.659.7"},
    {"Exchange2019", "CU6", "Nov20SU", "15.2.659.8"},
    {"Exchange2019", "CU6", "Dec20SU", "15.2.659.11"},
    {"Exchange2019", "CU6", "Mar21SU", "15.2.659.12"},
    {"Exchange2019", "CU7", "", "15.2.721.2"},
    {"Exchange2019", "CU7", "Oct20SU", "15.2.721.3"},
    {"Exchange2019", "CU7", "Nov20SU", "15.2.721.4"},
    {"Exchange2019", "CU7", "Dec20SU", "15.2.721.6"},
    {"Exchange2019", "CU7", "Feb21SU", "15.2.721.8"},
    {"Exchange2019", "CU7", "Mar21SU", "15.2.721.13"},
    {"Exchange2019", "CU8", "", "15.2.792.3"},
    {"Exchange2019", "CU8", "Feb21SU", "15.2.792.5"},
    {"Exchange2019", "CU8", "Mar21SU", "15.2.792.10"},
    {"Exchange2019", "CU8", "Apr21SU", "15.2.792.13"},
    {"Exchange2019", "CU8", "May21SU", "15.2.792.15"},
    {"Exchange2019", "CU9", "", "15.2.858.5"},
    {"Exchange2019", "CU9", "Apr21SU", "15.2.858.10"},
    {"Exchange2019", "CU9", "May21SU", "15.2.858.12"},
    {"Exchange2019", "CU9", "Jul21SU", "15.2.858.15"},
    {"Exchange2019", "CU10", "", "15.2.922.7"},
    {"Exchange2019", "CU10", "Jul21SU", "15.2.922.13"},
    {"Exchange2019", "CU10", "Oct21SU", "15.2.922.14"},
    {"Exchange2019", "CU10", "Nov21SU", "15.2.922.19"},
    {"Exchange2019", "CU10", "Jan22SU", "15.2.922.20"},
    {"Exchange2019", "CU10", "Mar22SU", "15.2.922.27"},
    {"Exchange2019", "CU11", "", "15.2.986.5"},
    {"Exchange2019", "CU11", "Oct21SU", "15.2.986.9"},
    {"Exchange2019", "CU11", "Nov21SU", "15.2.986.14"},
    {"Exchange2019", "CU11", "Jan22SU", "15.2.986.15"},
    {"Exchange2019", "CU11", "Mar22SU", "15.2.986.22"},
    {"Exchange2019", "CU11", "May22SU", "15.2.986.26"},
    {"Exchange2019", "CU11", "Aug22SU", "15.2.986.29"},
    {"Exchange2019", "CU11", "Oct22SU", "15.2.986.30"},
    {"Exchange2019", "CU11", "Nov22SU", "15.2.986.36"},
    {"Exchange2019", "CU11", "Jan23SU", "15.2.986.37"},
    {"Exchange2019", "CU11", "Feb23SU", "15.2.986.41"},
    {"Exchange2019", "CU11", "Mar23SU", "15.2.986.42"},
    {"Exchange2019", "CU12", "", "15.2.1118.7"},
    {"Exchange2019", "CU12", "May22SU", "15.2.1118.9"},
    {"Exchange2019", "CU12", "Aug22SU", "15.2.1118.12"},
    {"Exchange2019", "CU12", "Oct22SU", "15.2.1118.15"},
    {"Exchange2019", "CU12", "Nov22SU", "15.2.1118.20"},
    {"Exchange2019", "CU12", "Jan23SU", "15.2.1118.21"},
    {"Exchange2019", "CU12", "Feb23SU", "15.2.1118.25"},
    {"Exchange2019", "CU12", "Mar23SU", "15.2.1118.26"},
    {"Exchange2019", "CU12", "Jun23SU", "15.2.1118.30"},
    {"Exchange2019", "CU12", "Aug23SU", "15.2.1118.36"},
    {"Exchange2019", "CU12", "Aug23SUv2", "15.2.1118.37"},
    {"Exchange2019", "CU12", "Oct23SU", "15.2.1118.39"},
    {"Exchange2019", "CU12", "Nov23SU", "15.2.1118.40"},
    {"Exchange2019", "CU13", "", "15.2.1258.12"},
    {"Exchange2019", "CU13", "Jun23SU", "15.2.1258.16"},
    {"Exchange2019", "CU13", "Aug23SU", "15.2.1258.23"},
    {"Exchange2019", "CU13", "Aug23SUv2", "15.2.1258.25"},
    {"Exchange2019", "CU13", "Oct23SU", "15.2.1258.27"},
    {"Exchange2019", "CU13", "Nov23SU", "15.2.1258.28"},
    {"Exchange2019", "CU13", "Mar24SU", "15.2.1258.32"},
    {"Exchange2019", "CU13", "Apr24HU", "15.2.1258.34"},
    {"Exchange2019", "CU13", "Nov24SU", "15.2.1258.38"},
    {"Exchange2019", "CU13", "Nov24SUv2", "15.2.1258.39"},
    {"Exchange2019", "CU14", "", "15.2.1544.4"},
    {"Exchange2019", "CU14", "Mar24SU", "15.2.1544.9"},
    {"Exchange2019", "CU14", "Apr24HU", "15.2.1544.11"},
    {"Exchange2019", "CU14", "Nov24SU", "15.2.1544.13"},
    {"Exchange2019", "CU14", "Nov24SUv2", "15.2.1544.14"},
    {"Exchange2019", "CU14", "Apr25HU", "15.2.1544.25"},
    {"Exchange2019", "CU14", "May25HU", "15.2.1544.27"},
    {"Exchange2019", "CU14", "Aug25SU", "15.2.1544.33"},
    {"Exchange2019", "CU14", "Sep25HU", "15.2.1544.34"},
    {"Exchange2019", "CU14", "Oct25SU", "15.2.1544.36"},
    {"Exchange2019", "CU14", "Dec25SU", "15.2.1544.37"},
    {"Exchange2019", "CU14", "Feb26SU", "15.2.1544.39"},
    {"Exchange2019", "CU15", "", "15.2.1748.10"},
    {"Exchange2019", "CU15", "Apr25HU", "15.2.1748.24"},
    {"Exchange2019", "CU15", "May25HU", "15.2.1748.26"},
    {"Exchange2019", "CU15", "Aug25SU", "15.2.1748.36"},
    {"Exchange2019", "CU15", "Sep25HU", "15.2.1748.37"},
    {"Exchange2019", "CU15", "Oct25SU", "15.2.1748.39"},
    {"Exchange2019", "CU15", "Dec25SU", "15.2.1748.42"},
    {"Exchange2019", "CU15", "Feb26SU", "15.2.1748.43"},
    {"ExchangeSE", "RTM", "", "15.2.2562.17"},
    {"ExchangeSE", "RTM", "Aug25SU", "15.2.2562.20"},
    {"ExchangeSE", "RTM", "Sep25HU", "15.2.2562.27"},
    {"ExchangeSE", "RTM", "Oct25SU", "15.2.2562.29"},
    {"ExchangeSE", "RTM", "Dec25SU", "15.2.2562.35"},
    {"ExchangeSE", "RTM", "Feb26SU", "15.2.2562.37"},
};

std::string name_of(const build& b) {
    return join({std::string(b.product), std::string(b.level), std::string(b.update)}, " ");
}

std::array<int, 4> parts_of(std::string_view number) {
    std::array<int, 4> parts{};
    std::size_t i = 0;
    for (const auto& part : split(number, '.'))
        std::from_chars(part.data(), part.data() + part.size(), parts.at(i++));
    return parts;
}

struct wanted_version {
    std::string product;
    std::string level;  // empty: the newest
    std::string update; // empty: the level as it came out
};

bool is_wanted(const build& b, const wanted_version& v) {
    return ascii_iequal(b.product, v.product) && (v.level.empty() || ascii_iequal(b.level, v.level)) &&
           (v.level.empty() || ascii_iequal(b.update, v.update));
}

/// The last row that fits: the table is in order of the builds.
const build* newest(const wanted_version& v) {
    const build* found = nullptr;
    for (const auto& b : builds)
        if (is_wanted(b, v))
            found = &b;
    return found;
}

std::string nearest_version(std::string_view text) {
    std::vector<std::string> known;
    for (const auto& b : builds) {
        known.emplace_back(trim(name_of(b)));
        if (std::find(known.begin(), known.end(), b.product) == known.end())
            known.emplace_back(b.product);
    }
    return nearest_word(text, known);
}

} // namespace

parsed<exchange_version> parse_exchange_version(std::string_view text) {
    std::vector<std::string> words;
    for (const auto& word : split(trim(text), ' '))
        if (!word.empty())
            words.push_back(word);
    const build* found = nullptr;
    if (!words.empty() && words.size() <= 3) {
        words.resize(3);
        found = newest({words[0], words[1], words[2]});
    }
    if (found == nullptr) {
        const auto near = nearest_version(text);
        return parsed<exchange_version>::fail(
            fmt::format("`{}` is not a known Exchange version like Exchange2019 CU12{}", text,
                        near.empty() ? std::string{} : fmt::format("; did you mean `{}`?", near)));
    }
    exchange_version v;
    v.text = std::string(trim(text));
    v.product = std::string(found->product);
    v.level = std::string(found->level);
    v.update = std::string(found->update);
    v.build = std::string(found->number);
    v.number = parts_of(found->number);
    return parsed<exchange_version>::ok(std::move(v));
}

} // namespace connlab::exchange
