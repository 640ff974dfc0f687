// Reference README item 7; on-premises sheet 5.4.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

reason_word word(chain::policy_error e, std::uint32_t bits, const behavior& b = {}) {
    chain::verdict v;
    v.policy = e;
    v.error = bits;
    return reason_of(v, b);
}

behavior with(std::string_view name, std::string_view value) {
    behavior b;
    BOOST_REQUIRE(b.set(name, value, {}));
    return b;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_reason_word)

BOOST_AUTO_TEST_CASE(one_word_for_each_policy_error) {
    using chain::policy_error;
    struct row {
        policy_error e;
        std::uint32_t bits;
        std::string word;
        bool ours;
    };
    for (const row& r : std::vector<row>{
             {policy_error::none, 0, "", false},
             {policy_error::cert_e_untrustedroot, chain::is_untrusted_root, "UntrustedRoot", false},
             {policy_error::cert_e_chaining, chain::is_partial_chain, "UntrustedRoot", false},
             {policy_error::crypt_e_revocation_offline,
              chain::revocation_status_unknown | chain::is_offline_revocation, "RevocationOffline", false},
             {policy_error::cert_e_expired, chain::is_not_time_valid, "Expired", true},
             {policy_error::crypt_e_revoked, chain::is_revoked, "Revoked", true},
             {policy_error::cert_e_wrong_usage, chain::is_not_valid_for_usage, "WrongUsage", true},
             {policy_error::trust_e_cert_signature, chain::is_not_signature_valid, "SignatureInvalid", true},
             {policy_error::trust_e_cert_signature, chain::is_not_signature_valid | chain::has_weak_signature,
              "WeakCryptography", true},
             {policy_error::trust_e_basic_constraints, chain::invalid_basic_constraints, "BasicConstraints",
              true},
             {policy_error::cert_e_invalid_name, chain::has_not_permitted_name_constraint, "NameConstraints",
              true},
             {policy_error::cert_e_critical, chain::has_not_supported_critical_ext, "CriticalExtension",
              true},
         }) {
        const auto got = word(r.e, r.bits);
        BOOST_TEST(got.word == r.word);
        BOOST_TEST(got.ours == r.ours, r.word);
    }
}

BOOST_AUTO_TEST_CASE(missing_distribution_point_passes_unreachable_one_fails) { // item 5
    using chain::policy_error;
    const auto unknown = chain::revocation_status_unknown;
    const auto offline = chain::revocation_status_unknown | chain::is_offline_revocation;
    BOOST_TEST(word(policy_error::crypt_e_no_revocation_check, unknown).word == "");
    BOOST_TEST(word(policy_error::crypt_e_no_revocation_check, offline).word == "RevocationOffline");
    BOOST_TEST(
        word(policy_error::crypt_e_no_revocation_check, unknown, with("NoDistributionPoint", "Fail")).word ==
        "RevocationUnknown");
    BOOST_TEST(
        word(policy_error::crypt_e_no_revocation_check, offline, with("RevocationOffline", "Ignore")).word ==
        "");
}

BOOST_AUTO_TEST_CASE(partial_chain_may_have_its_own_word) {
    const auto got = word(chain::policy_error::cert_e_chaining, chain::is_partial_chain,
                          with("PartialChainReason", "ChainIncomplete"));
    BOOST_TEST(got.word == "ChainIncomplete");
    BOOST_TEST(got.ours);
}

BOOST_AUTO_TEST_SUITE_END()
