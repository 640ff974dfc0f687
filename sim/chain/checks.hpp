// What can be wrong with a certificate in a path: one entry for each check, with the status bits it sets and
// the rule it follows.
#pragma once

#include "sim/chain/path_builder.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace connlab::chain {

enum class check : unsigned {
    signature,
    curve,
    weak_key,
    weak_digest,
    untrusted_root,
    distrusted,
    partial,
    cyclic,
    too_long,
    leaf_usage,
    issuer_usage,
    cert_sign,
    time,
    constraints_malformed,
    constraints_unsupported,
    not_permitted,
    excluded,
    policy_missing,
    policy_mapping,
    basic_constraints_missing,
    not_a_ca,
    path_length,
    critical_extension,
    malformed_extension,
    count_ // how many there are
};

/// A set of failed checks.
class failed_checks {
  public:
    void add(check c) { bits_ |= std::uint32_t{1} << static_cast<unsigned>(c); }
    void add_if(bool failed, check c) {
        if (failed)
            add(c);
    }
    void add(failed_checks others) { bits_ |= others.bits_; }
    bool has(check c) const { return (bits_ >> static_cast<unsigned>(c) & 1U) != 0; }
    bool empty() const { return bits_ == 0; }

  private:
    std::uint32_t bits_ = 0;
};

struct check_entry {
    check what = check::signature;
    std::uint32_t bits = 0; // error_bit
    std::string_view rule;  // id in rules()
};
const check_entry& entry_of(check c);

std::uint32_t error_bits(failed_checks failed);

/// What is wrong, in a few words for the element's note; `at` counts from the leaf.
std::string describe(check c, const path& p, std::size_t at, const question& q);

} // namespace connlab::chain
