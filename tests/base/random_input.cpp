#include "sim/base/diagnostic.hpp"
#include "sim/base/instant.hpp"
#include "sim/base/ip.hpp"

#include <arpa/inet.h>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <random>

namespace connlab {

namespace {

using namespace std::string_view_literals;

constexpr unsigned seed = 20240603;

/// Texts of the given letters; short, so that a good part of them means something.
class random_texts {
  public:
    explicit random_texts(std::string_view letters) : letters_(letters) {}

    std::string next(std::size_t longest) {
        std::string out(engine_() % (longest + 1), ' ');
        for (auto& c : out)
            c = letters_[engine_() % letters_.size()];
        return out;
    }

    std::size_t below(std::size_t limit) { return engine_() % limit; }

  private:
    std::string_view letters_;
    std::mt19937 engine_{seed};
};

/// Puts one random letter for another: what is nearly right finds the borders of what is right.
std::string mutated(std::string text, random_texts& random) {
    const auto piece = random.next(2);
    text.replace(random.below(text.size() + 1), random.below(3), piece);
    return text;
}

/// What the C library makes of the text; nothing for what is no address to it.
std::optional<ip_address> by_c_library(const std::string& text) {
    ip_address out;
    if (inet_pton(AF_INET, text.c_str(), out.bytes.data()) == 1)
        return out;
    out.v6 = true;
    if (inet_pton(AF_INET6, text.c_str(), out.bytes.data()) == 1)
        return out;
    return std::nullopt;
}

void agrees_with_the_c_library(const std::string& text, int& addresses) {
    const auto ours = parse_ip_address(text);
    const auto theirs = by_c_library(text);
    BOOST_REQUIRE_MESSAGE(!!ours == theirs.has_value(), text);
    if (!ours)
        return;
    ++addresses;
    BOOST_REQUIRE_MESSAGE((*ours == *theirs), text);
    BOOST_REQUIRE_MESSAGE((*parse_ip_address(to_string(*ours)) == *ours), text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(random_input)

BOOST_AUTO_TEST_CASE(addresses_are_read_as_the_c_library_reads_them) {
    random_texts random("0123456789aF:.");
    int addresses = 0;
    const std::vector<std::string> good = {"192.168.10.5", "2001:db8::1:0", "::ffff:1.2.3.4",
                                           "1:2:3:4:5:6:7:8", "::"};
    for (int i = 0; i < 20'000; ++i) {
        agrees_with_the_c_library(mutated(good[random.below(good.size())], random), addresses);
        agrees_with_the_c_library(random.next(9), addresses);
    }
    BOOST_TEST(addresses > 5'000); // else the texts prove nothing
}

BOOST_AUTO_TEST_CASE(ranges_hold_their_ends) {
    random_texts random("0123456789.:/-()f");
    int ranges = 0;
    const std::vector<std::string> good = {"10.0.0.0/8", "1.2.3.4-1.2.3.9", "10.0.0.0(255.255.0.0)",
                                           "fe80::/64", "::-::9"};
    for (int i = 0; i < 20'000; ++i) {
        const auto text = mutated(good[random.below(good.size())], random);
        const auto r = parse_ip_range(text);
        if (!r)
            continue;
        ++ranges;
        BOOST_REQUIRE_MESSAGE(r->contains(r->low) && r->contains(r->high) && r->contains(*r), text);
        BOOST_REQUIRE_MESSAGE(r->compare_size(*r) == 0, text);
    }
    BOOST_TEST(ranges > 5'000);
}

BOOST_AUTO_TEST_CASE(what_is_read_as_a_time_prints_and_reads_back) {
    random_texts random("0123456789-:.TZ+dhms");
    int times = 0;
    const std::vector<std::string> good = {
        "2024-06-03", "2024-06-03T09:00:00Z", "1999-12-31T23:59:59.25+02:00",
        "1d12h",      "2.03:04:05.678",       "00:10:00"};
    for (int i = 0; i < 20'000; ++i) {
        const auto text = mutated(good[random.below(good.size())], random);
        if (const auto at = parse_instant(text)) {
            ++times;
            BOOST_REQUIRE_MESSAGE(parse_instant(format_instant(*at)).value == at.value, text);
        }
        if (const auto length = parse_duration(text)) {
            ++times;
            BOOST_REQUIRE_MESSAGE(parse_duration(format_duration(*length)).value == length.value, text);
        }
    }
    BOOST_TEST(times > 5'000);
}

BOOST_AUTO_TEST_CASE(any_mark_in_any_bytes_renders_in_two_printable_lines) {
    random_texts random("\0\t\n\r\x1b aé…😀\x80\xff\xc3\xe2\x80\xae"sv);
    for (int i = 0; i < 5'000; ++i) {
        const auto text = random.next(i % 10 == 0 ? 2'000 : 40);
        const source_mark mark{"x", static_cast<int>(random.below(6)) - 1,
                               static_cast<int>(random.below(2'100)) - 50,
                               static_cast<int>(random.below(300)) - 5};
        const auto out = render({severity::error, mark, text, text, {}}, {{"x", text}});
        BOOST_REQUIRE(!out.empty() && out.back() == '\n');
        BOOST_REQUIRE(std::count(out.begin(), out.end(), '\n') <= 4);
        for (const char c : out)
            BOOST_REQUIRE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
