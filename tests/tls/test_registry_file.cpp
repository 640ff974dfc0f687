// .reg files in the forms of the sheet (2.6), and bad ones with the place of every mistake.
#include "sim/tls/registry_file.hpp"
#include "sim/tls/setup.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace connlab;
using strings = std::vector<std::string>;

namespace {

constexpr const char* header = "Windows Registry Editor Version 5.00\r\n\r\n";
constexpr const char* key = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Test";

tls::registry_file read(const std::string& bytes) {
    return tls::read_registry_file(bytes, "x.reg");
}

std::string utf16(std::string_view ascii) {
    std::string out = "\xFF\xFE";
    for (const char c : ascii) {
        out += c;
        out += '\0';
    }
    return out;
}

tls::registry registry_of(const std::string& bytes) {
    const auto file = read(bytes);
    BOOST_REQUIRE_MESSAGE(file.findings.empty(), render(file.findings, {{"x.reg", file.text}}));
    tls::registry out;
    tls::apply(file.changes, out);
    return out;
}

/// The value `Name` of a file that holds nothing else.
tls::registry_value value_of(const std::string& data) {
    const auto r = registry_of(std::string(header) + "[" + key + "]\r\n\"Name\"=" + data + "\r\n");
    const auto* v = r.find(key, "name");
    BOOST_REQUIRE(v != nullptr);
    return *v;
}

/// `line:column message` of each finding, and its hint.
strings complaints(const std::string& text) {
    strings out;
    for (const auto& d : read(text).findings)
        out.push_back(std::to_string(d.mark.line) + ":" + std::to_string(d.mark.column) + " " + d.message +
                      (d.hint.empty() ? "" : " | " + d.hint));
    return out;
}

std::string body(const std::string& lines) {
    return std::string(header) + "[" + key + "]\r\n" + lines;
}

} // namespace

BOOST_AUTO_TEST_SUITE(registry_files)

BOOST_AUTO_TEST_CASE(data_has_the_types_of_the_sheet) {
    using tls::registry_type;
    BOOST_TEST(value_of("dword:000000ff").number == 255U);
    BOOST_TEST(value_of("dword:ffffffff").shown() == "-1"); // as PowerShell shows it
    BOOST_TEST(value_of("dword:1").number == 1U);
    BOOST_TEST(value_of("\"a \\\\ and \\\"b\\\"\"").texts == (strings{"a \\ and \"b\""}));
    BOOST_TEST(value_of("hex:01,02,ff").bytes == "\x01\x02\xff");
    BOOST_TEST((value_of("hex:01").type == registry_type::binary));
    BOOST_TEST(value_of("hex(4):01,00,00,00").number == 1U);
    BOOST_TEST(value_of("hex(5):00,00,00,01").number == 1U);
    BOOST_TEST(value_of("hex(b):01,00,00,00,00,00,00,80").number == 0x8000000000000001U);
    BOOST_TEST(value_of("hex(1):41,00,e4,00,00,00").texts == (strings{"A\xC3\xA4"}));
    BOOST_TEST(value_of("hex(2):41,00,00,00").texts == (strings{"A"}));
}

BOOST_AUTO_TEST_CASE(the_curves_of_the_sheet_read) {
    const auto v =
        value_of("hex(7):4e,00,69,00,73,00,74,00,50,00,33,00,38,00,34,00,00,00,4e,00,69,00,73,00,74,00,50,00,"
                 "32,00,35,00,36,00,00,00,00,00");
    BOOST_TEST((v.type == tls::registry_type::multi_sz));
    BOOST_TEST(v.texts == (strings{"NistP384", "NistP256"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lines_go_on_behind_a_backslash) {
    const auto r =
        registry_of(body("\"Name\"=hex(7):4e,00,\\\r\n  69,00,\\ \r\n  00,00,00,00\r\n\"Next\"=dword:2\r\n"));
    BOOST_TEST(r.find(key, "Name")->texts == (strings{"Ni"}));
    BOOST_TEST(r.find(key, "Next")->number == 2U);
}

BOOST_AUTO_TEST_CASE(regedit4_holds_ansi_bytes) {
    const auto r = registry_of(std::string("REGEDIT4\n[") + key + "]\n\"Name\"=hex(7):41,00,42,00,00\n");
    BOOST_TEST(r.find(key, "Name")->texts == (strings{"A", "B"}));
}

BOOST_AUTO_TEST_CASE(encodings_are_told_by_their_mark) {
    const auto text = body("\"Name\"=\"x\"\r\n");
    for (const auto& bytes : {text, "\xEF\xBB\xBF" + text, utf16(text)})
        BOOST_TEST(registry_of(bytes).find(key, "Name")->texts == (strings{"x"}));
    BOOST_TEST(registry_of(body("\"Name\"=\"\xE4\"\n")).find(key, "Name")->texts == (strings{"\xC3\xA4"}));
}

BOOST_AUTO_TEST_CASE(keys_and_values_are_deleted) {
    const auto r =
        registry_of(std::string(header) + "[" + key + "]\r\n\"A\"=dword:1\r\n\"B\"=dword:2\r\n\"a\"=-\r\n[" +
                    key + "\\Below]\r\n\"C\"=dword:3\r\n[-" + key + "\\BELOW]\r\n");
    BOOST_TEST(r.find(key, "A") == nullptr);
    BOOST_TEST(r.find(key, "b")->number == 2U);
    BOOST_TEST(!r.has_key(std::string(key) + "\\Below"));
}

BOOST_AUTO_TEST_CASE(a_hive_of_another_time_is_the_current_one) {
    const auto r =
        registry_of(std::string(header) + "[HKLM\\SYSTEM\\ControlSet001\\Control\\X]\r\n@=\"d\"\r\n");
    BOOST_TEST(r.find("HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\X", "")->texts ==
               (strings{"d"}));
}

BOOST_AUTO_TEST_CASE(every_mistake_is_said_at_its_place) {
    BOOST_TEST(complaints("Windows Registry Editor Version 5.0\n") ==
               (strings{"1:1 a registry file begins with its header | did you mean `Windows Registry Editor "
                        "Version 5.00`?"}));
    BOOST_TEST(complaints("") ==
               (strings{"1:1 the file holds nothing | its first line is `Windows Registry Editor "
                        "Version 5.00`"}));
    BOOST_TEST(
        complaints(std::string(header) + "[HKEY_LOCAL_MACHIN\\X]\n\"A\"=dword:1\n") ==
            (strings{"3:2 `HKEY_LOCAL_MACHIN` is no root of the registry: did you mean `HKEY_LOCAL_MACHINE`?",
                     "4:1 the value stands under no key that reads"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        complaints(body("\"A\"=dwrod:1\r\n\"B\"=dword:12g\r\n")) ==
            (strings{
                "4:5 `dwrod` is no kind of data | did you mean `dword:`?",
                "5:13 `g` is no hexadecimal digit | dword: is followed by up to eight of them, without 0x"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        complaints(body("\"A\"=dword:0x1\r\n")) ==
        (strings{
            "4:12 `x` is no hexadecimal digit | dword: is followed by up to eight of them, without 0x"}));
    BOOST_TEST(complaints(body("\"A=dword:1\r\n")) ==
               (strings{"4:1 the name of the value has no closing `\"`"}));
    BOOST_TEST(complaints(body("A=1\r\n")) ==
               (strings{"4:1 neither a key `[…]`, a value `\"Name\"=…` nor a comment `;`"}));
    BOOST_TEST(complaints(body("\"A\" 1\r\n")) ==
               (strings{"4:4 `=` is expected behind the name of the value"}));
    BOOST_TEST(complaints(body("[HKLM\\X\r\n")) == (strings{"4:8 the path of the key ends with `]`"}));
    BOOST_TEST(complaints(body("\"A\"=\"x\r\n")) == (strings{"4:5 the text has no closing `\"`"}));
}

BOOST_AUTO_TEST_CASE(a_mistake_in_a_line_that_goes_on_is_said_in_that_line) {
    BOOST_TEST(complaints(body("\"A\"=hex(7):4e,00,\\\r\n  6x,00,00,00\r\n")) ==
               (strings{"5:3 `6x` is no byte of two hexadecimal digits"}));
    BOOST_TEST(complaints(body("\"A\"=hex(7):4e,00,6\r\n")).size() == 1U);
    BOOST_TEST(complaints(body("\"A\"=hex(4):01,00\r\n")) ==
               (strings{"4:12 REG_DWORD takes 4 bytes, and here are 2"}));
}

BOOST_AUTO_TEST_CASE(no_damage_to_a_file_is_more_than_a_finding) {
    const auto whole = utf16(body(
        "\"A\"=hex(7):4e,00,\\\r\n  69,00,00,00,00,00\r\n\"B\"=dword:1\r\n@=\"x\\\"\"\r\n[-HKLM\\Y]\r\n"));
    std::mt19937 draw(7); // the same every time
    for (int round = 0; round < 3000; ++round) {
        auto damaged = round % 2 == 0 ? whole : body("\"A\"=\"x\"\r\n\"B\"=hex(b):00,\\\r\n");
        for (int i = 0; i < 3; ++i)
            damaged[draw() % damaged.size()] = static_cast<char>(draw());
        damaged.resize(draw() % (damaged.size() + 1));
        const auto file = read(damaged);
        for (const auto& d : file.findings)
            BOOST_TEST(!render(d, {{"x.reg", file.text}}).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
