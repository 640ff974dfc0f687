// From status bits to the one error of the policy (Schannel sheet 5.3, 5.4, 6.4). Numbers and names are those
// of the SDK.
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace connlab::chain {
namespace {

struct named_error {
    std::string_view error;
    std::uint32_t bits; // each of them alone gives the error
};

/// Highest precedence first.
constexpr std::array<named_error, 12> precedence = {{
    {"TRUST_E_CERT_SIGNATURE", 0x00000008},
    {"CRYPT_E_REVOKED", 0x00000004},
    {"CERT_E_UNTRUSTEDROOT", 0x00000020 | 0x04000000},
    {"CERT_E_CHAINING", 0x00010000},
    {"CERT_E_WRONG_USAGE", 0x00000010},
    {"CERT_E_EXPIRED", 0x00000001},
    {"CERT_E_INVALID_NAME", 0x00000800 | 0x00001000 | 0x00002000 | 0x00004000 | 0x00008000},
    {"CERT_E_INVALID_POLICY", 0x00000200 | 0x02000000},
    {"TRUST_E_BASIC_CONSTRAINTS", 0x00000400},
    {"CERT_E_CRITICAL", 0x08000000},
    {"CRYPT_E_NO_REVOCATION_CHECK", 0x00000040},
    {"CRYPT_E_REVOCATION_OFFLINE", 0x01000000},
}};

std::vector<std::uint32_t> each_bit(std::uint32_t bits) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t bit = 1; bit != 0; bit <<= 1U)
        if ((bits & bit) != 0)
            out.push_back(bit);
    return out;
}

/// No URL answered: unknown and offline are one thing, told by the more telling word (6.4).
bool is_offline_pair(std::uint32_t a, std::uint32_t b) {
    return (a | b) == 0x01000040;
}

} // namespace

BOOST_AUTO_TEST_SUITE(policy_errors)

BOOST_AUTO_TEST_CASE(no_bit_is_no_error) {
    BOOST_TEST((policy_error_of(0) == policy_error::none));
    BOOST_TEST(to_string(policy_error::none).empty());
}

BOOST_AUTO_TEST_CASE(each_bit_alone) {
    for (const auto& row : precedence)
        for (const auto bit : each_bit(row.bits))
            BOOST_TEST(to_string(policy_error_of(bit)) == row.error, fmt::format("{:#x}", bit));
}

BOOST_AUTO_TEST_CASE(of_two_bits_the_higher_one_decides) {
    for (std::size_t high = 0; high < precedence.size(); ++high)
        for (std::size_t low = high + 1; low < precedence.size(); ++low)
            for (const auto a : each_bit(precedence[high].bits))
                for (const auto b : each_bit(precedence[low].bits))
                    if (!is_offline_pair(a, b))
                        BOOST_TEST(to_string(policy_error_of(a | b)) == precedence[high].error,
                                   fmt::format("{:#x} with {:#x}", a, b));
}

BOOST_AUTO_TEST_CASE(of_all_bits_from_one_row_down_that_row_decides) {
    std::uint32_t bits = 0x01000000;
    for (std::size_t row = precedence.size() - 2; row-- > 0;) { // the two of revocation stand alone below
        bits |= precedence[row].bits;
        BOOST_TEST(to_string(policy_error_of(bits | 0x40)) == precedence[row].error);
    }
}

BOOST_AUTO_TEST_CASE(offline_is_more_telling_than_unknown) {
    BOOST_TEST(to_string(policy_error_of(0x00000040)) == "CRYPT_E_NO_REVOCATION_CHECK");
    BOOST_TEST(to_string(policy_error_of(0x01000040)) == "CRYPT_E_REVOCATION_OFFLINE");
}

BOOST_AUTO_TEST_CASE(a_weak_signature_is_no_good_chain) {
    BOOST_TEST((policy_error_of(0x00100000) != policy_error::none));
    BOOST_TEST(to_string(policy_error_of(0x00100008)) == "TRUST_E_CERT_SIGNATURE");
}

BOOST_AUTO_TEST_CASE(bits_have_the_numbers_and_names_of_the_sdk) {
    // in the order in which .NET lists them
    const std::vector<std::pair<std::uint32_t, std::string>> sheet = {
        {0x00000008, "CERT_TRUST_IS_NOT_SIGNATURE_VALID"},
        {0x00000020, "CERT_TRUST_IS_UNTRUSTED_ROOT"},
        {0x00010000, "CERT_TRUST_IS_PARTIAL_CHAIN"},
        {0x00000004, "CERT_TRUST_IS_REVOKED"},
        {0x00000010, "CERT_TRUST_IS_NOT_VALID_FOR_USAGE"},
        {0x00000001, "CERT_TRUST_IS_NOT_TIME_VALID"},
        {0x00000800, "CERT_TRUST_INVALID_NAME_CONSTRAINTS"},
        {0x00001000, "CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT"},
        {0x00002000, "CERT_TRUST_HAS_NOT_DEFINED_NAME_CONSTRAINT"},
        {0x00004000, "CERT_TRUST_HAS_NOT_PERMITTED_NAME_CONSTRAINT"},
        {0x00008000, "CERT_TRUST_HAS_EXCLUDED_NAME_CONSTRAINT"},
        {0x00000200, "CERT_TRUST_INVALID_POLICY_CONSTRAINTS"},
        {0x02000000, "CERT_TRUST_NO_ISSUANCE_CHAIN_POLICY"},
        {0x00000400, "CERT_TRUST_INVALID_BASIC_CONSTRAINTS"},
        {0x00000040, "CERT_TRUST_REVOCATION_STATUS_UNKNOWN"},
        {0x01000000, "CERT_TRUST_IS_OFFLINE_REVOCATION"},
        {0x04000000, "CERT_TRUST_IS_EXPLICIT_DISTRUST"},
        {0x08000000, "CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT"},
        {0x00100000, "CERT_TRUST_HAS_WEAK_SIGNATURE"},
    };
    std::uint32_t all = 0;
    std::vector<std::string> names;
    for (const auto& [bit, name] : sheet) {
        all |= bit;
        names.push_back(name);
        BOOST_TEST(error_names(bit) == std::vector<std::string>{name}, boost::test_tools::per_element());
    }
    BOOST_TEST(error_names(all) == names, boost::test_tools::per_element());
    BOOST_TEST(error_names(0x80).front() == "CERT_TRUST_IS_CYCLIC");
    BOOST_TEST(error_names(0x100).front() == "CERT_TRUST_INVALID_EXTENSION");
    BOOST_TEST(error_names(0).empty());
}

BOOST_AUTO_TEST_CASE(info_bits_have_the_numbers_and_names_of_the_sdk) {
    const std::vector<std::string> names = {
        "CERT_TRUST_HAS_EXACT_MATCH_ISSUER", "CERT_TRUST_HAS_KEY_MATCH_ISSUER",
        "CERT_TRUST_HAS_NAME_MATCH_ISSUER",  "CERT_TRUST_IS_SELF_SIGNED",
        "CERT_TRUST_HAS_PREFERRED_ISSUER",   "CERT_TRUST_HAS_VALID_NAME_CONSTRAINTS"};
    BOOST_TEST(info_names(0x1 | 0x2 | 0x4 | 0x8 | 0x100 | 0x400) == names, boost::test_tools::per_element());
}

// ---- the name is looked at only when the chain is good ----

BOOST_AUTO_TEST_CASE(a_good_chain_with_a_wrong_name) {
    const auto d = test::spoiled([](auto&) {}).decide({.host = "mail.fabrikam.com"});
    BOOST_TEST(to_string(d.value.policy) == "CERT_E_CN_NO_MATCH");
    BOOST_TEST(d.value.error == 0U);
    BOOST_TEST(!d.value.trusted());
    BOOST_TEST(d.why.rule == "chain.host-name");
}

BOOST_AUTO_TEST_CASE(a_bad_chain_with_a_wrong_name_reports_the_chain) {
    const auto error_of = [](const test::small_pki& w, const test::setting& s) {
        auto wrong_name = s;
        wrong_name.host = "mail.fabrikam.com";
        return std::string(to_string(w.ask(wrong_name).policy));
    };
    const auto good = test::spoiled([](auto&) {});
    BOOST_TEST(error_of(good, {.roots = {}, .presented = {"issuing", "root"}}) == "CERT_E_UNTRUSTEDROOT");
    BOOST_TEST(error_of(good, {.presented = {}}) == "CERT_E_CHAINING");
    BOOST_TEST(error_of(good, {.when = "2027-01-01"}) == "CERT_E_EXPIRED");
    BOOST_TEST(error_of(good, {.disallowed = {"mx"}}) == "CERT_E_UNTRUSTEDROOT");
    const auto critical =
        test::spoiled([](auto& r) { r.mx.unknown_critical_extension = test::private_extension; });
    BOOST_TEST(error_of(critical, {}) == "CERT_E_CRITICAL");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_not_asked_cannot_fail) {
    BOOST_TEST(test::spoiled([](auto&) {}).ask().trusted());
}

// ---- what is decided names its rule, and the rule stands in the catalogue ----

BOOST_AUTO_TEST_CASE(every_decision_names_a_rule_of_the_catalogue) {
    const auto w = test::spoiled([](auto&) {});
    const std::pair<test::setting, std::string> asked[] = {
        {test::setting{}, "chain.verdict.trusted"},
        {{.presented = {}}, "chain.path.partial"},
        {{.roots = {}, .presented = {"issuing", "root"}}, "chain.root.untrusted"},
        {{.disallowed = {"issuing"}}, "chain.root.distrusted"},
        {{.when = "2027-01-01"}, "chain.time"},
        {{.usage = "1.3.6.1.5.5.7.3.3"}, "chain.usage"},
        {{.host = "x.example"}, "chain.host-name"},
    };
    for (const auto& [s, rule] : asked) {
        const auto d = w.decide(s);
        BOOST_TEST(d.why.rule == rule);
        bool known = false;
        for (const auto& r : rules())
            known = known || r.id == d.why.rule;
        BOOST_TEST(known, d.why.rule);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
