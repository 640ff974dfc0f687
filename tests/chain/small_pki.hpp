// Three certificates, one of them spoiled, and the status bits that each must bear.
#pragma once

#include "certs/forge.hpp"
#include "sim/chain/verdict.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::chain::test {

instant at(const char* text);
certs::x500_name common_name(const std::string& value);

/// root → issuing → mx (mail.contoso.com, contoso.com); CAs hold from 2020 to 2030, the leaf from 2024 to
/// 2026.
struct recipes {
    certs::certificate_recipe root;
    certs::certificate_recipe issuing;
    certs::certificate_recipe mx;
    std::vector<certs::certificate_recipe> others{};

    recipes();
    /// The issuing CA's twin: the same name and key, under another issuer.
    certs::certificate_recipe twin(const std::string& id, const std::string& issuer) const;
};

certs::certificate_recipe root_named(const std::string& id);

/// Certificates by the ids of their recipes.
struct setting {
    std::vector<std::string> roots{"root"};
    root_member member = root_member::registry; // of all of them
    std::vector<std::string> presented{"issuing"};
    std::vector<std::string> intermediates{}; // the CA store
    std::vector<std::string> disallowed{};
    std::string leaf = "mx";
    const char* when = "2024-06-03";
    std::string usage{certs::eku_server_auth};
    std::string host{}; // empty: the name is not asked
    bool check_revocation = false;
    std::vector<retrieved> answers{};
};

class small_pki {
  public:
    /// Forges, and fails the test when the forge does not.
    explicit small_pki(const recipes& r);
    explicit small_pki(const std::vector<certs::certificate_recipe>& all);

    const certs::certificate& operator[](const std::string& id) const;
    const certs::issued& issued(const std::string& id) const { return forged_.by_id.at(id); }
    /// `change`: what a setting cannot say.
    using change_of_question = std::function<void(question&, store&)>;
    trace::decided<verdict> decide(const setting& s = {}, const change_of_question& change = {}) const;
    verdict ask(const setting& s = {}) const { return decide(s).value; }
    /// Ids of a path's certificates: `mx issuing root`.
    std::string path_of(const verdict& v) const;
    std::string id_of(const certs::certificate& c) const;

  private:
    certs::forged forged_;
};

/// The chain that `change` has spoiled.
template <class Change>
small_pki spoiled(Change change) {
    recipes r;
    change(r);
    return small_pki(r);
}

/// What each element of `mx issuing root` must bear.
struct expected_bits {
    std::uint32_t mx = 0;
    std::uint32_t issuing = 0;
    std::uint32_t root = 0;
};
/// Checks the elements, and that the chain's status is their OR.
void check_elements(const verdict& v, const expected_bits& expected);

/// The policy's error by its name; empty: the chain is trusted.
void check_policy(const verdict& v, std::string_view error);

/// An extension that nobody knows.
inline constexpr const char* private_extension = "1.3.6.1.4.1.99999.1";
std::vector<std::string> usages(std::initializer_list<std::string_view> oids);

/// Everything that a reader of the verdict sees, as one text: equal texts, identical verdicts.
std::string printed(const trace::decided<verdict>& d);

} // namespace connlab::chain::test
