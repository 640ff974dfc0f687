// Two faults in one real chain, and the error that wins (Schannel sheet 5.4); a faulty issuer beside a good
// one, and the path that is returned (5.2).
#include "tests/chain/published.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

namespace connlab::chain {
namespace {

using test::at;
using test::small_pki;

struct fault {
    std::string name;
    const char* error;
    std::function<void(test::recipes&)> spoil{};
    std::function<void(test::setting&)> set{};
    std::function<void(const small_pki&, question&, store&)> ask{};
    int place = 0; // two faults of one place cannot stand side by side
};

void check_end(question& q) {
    q.revocation.mode = revocation_mode::check;
    q.revocation.scope = revocation_scope::end_certificate;
}

certs::general_subtree dns(const char* name) {
    certs::general_subtree out;
    out.kind = certs::general_name_kind::dns;
    out.text = name;
    return out;
}

enum place { signature, path, usage, time, names, lengths, critical, revocation, host };

/// Highest precedence first.
std::vector<fault> faults_by_precedence() {
    return {
        {"a false signature",
         "TRUST_E_CERT_SIGNATURE",
         [](auto& r) { r.mx.corrupt_signature = true; },
         {},
         {},
         signature},
        {"a weak key", "TRUST_E_CERT_SIGNATURE", [](auto& r) { r.mx.key.bits = 768; }, {}, {}, signature},
        {"revoked",
         "CRYPT_E_REVOKED",
         {},
         {},
         [](const auto& w, auto& q, auto& stores) {
             check_end(q);
             stores.crls = {test::decoded(test::crl_revoking(w))};
         },
         revocation},
        {"distrusted", "CERT_E_UNTRUSTEDROOT", {}, [](auto& s) { s.disallowed = {"issuing"}; }, {}, path},
        {"an untrusted root",
         "CERT_E_UNTRUSTEDROOT",
         {},
         [](auto& s) {
             s.roots.clear();
             s.presented = {"issuing", "root"};
         },
         {},
         path},
        {"a missing root", "CERT_E_CHAINING", {}, [](auto& s) { s.roots.clear(); }, {}, path},
        {"a wrong usage",
         "CERT_E_WRONG_USAGE",
         [](auto& r) { r.mx.extended_key_usage = test::usages({certs::eku_email_protection}); },
         {},
         {},
         usage},
        {"an expired intermediate",
         "CERT_E_EXPIRED",
         [](auto& r) { r.issuing.not_after = at("2024-06-01"); },
         {},
         {},
         time},
        {"a name that is not permitted",
         "CERT_E_INVALID_NAME",
         [](auto& r) {
             r.issuing.constraints.emplace();
             r.issuing.constraints->permitted = {dns("fabrikam.com")};
         },
         {},
         {},
         names},
        {"an issuer that is no CA",
         "TRUST_E_BASIC_CONSTRAINTS",
         [](auto& r) { r.issuing.basic->ca = false; },
         {},
         {},
         lengths},
        {"an unknown critical extension",
         "CERT_E_CRITICAL",
         [](auto& r) { r.mx.unknown_critical_extension = test::private_extension; },
         {},
         {},
         critical},
        {"no distribution point",
         "CRYPT_E_NO_REVOCATION_CHECK",
         {},
         {},
         [](const auto&, auto& q, auto&) { check_end(q); },
         revocation},
        {"a stale CRL",
         "CRYPT_E_REVOCATION_OFFLINE",
         {},
         {},
         [](const auto& w, auto& q, auto& stores) {
             check_end(q);
             stores.crls = {test::decoded(
                 test::crl_of(w, "issuing", [](auto& r) { r.next_update = at("2024-06-02"); }))};
         },
         revocation},
        {"another name", "CERT_E_CN_NO_MATCH", {}, [](auto& s) { s.host = "mail.fabrikam.com"; }, {}, host},
    };
}

std::string error_of(const std::vector<const fault*>& faults) {
    test::recipes r;
    test::setting s;
    for (const auto* f : faults) {
        if (f->spoil)
            f->spoil(r);
        if (f->set)
            f->set(s);
    }
    const small_pki w(r);
    const auto d = w.decide(s, [&](question& q, store& stores) {
        for (const auto* f : faults)
            if (f->ask)
                f->ask(w, q, stores);
    });
    return std::string(to_string(d.value.policy));
}

/// Revocation is not looked at where the path ends in no trusted root: the root's error comes first.
bool hides_revocation(const fault& f) {
    return f.name == "an untrusted root" || f.name == "a missing root";
}

} // namespace

BOOST_AUTO_TEST_SUITE(fault_pairs)

BOOST_AUTO_TEST_CASE(each_fault_alone) {
    for (const auto& f : faults_by_precedence())
        BOOST_TEST(error_of({&f}) == f.error, f.name);
}

BOOST_AUTO_TEST_CASE(of_two_faults_the_higher_one_is_the_error) {
    const auto all = faults_by_precedence();
    int pairs = 0;
    for (std::size_t high = 0; high < all.size(); ++high)
        for (std::size_t low = high + 1; low < all.size(); ++low) {
            if (all[high].place == all[low].place)
                continue;
            ++pairs;
            const bool hidden = all[high].place == revocation && hides_revocation(all[low]);
            BOOST_TEST(error_of({&all[high], &all[low]}) == (hidden ? all[low].error : all[high].error),
                       all[high].name << " with " << all[low].name);
        }
    BOOST_TEST(pairs == 84);
}

// ---- a faulty issuer beside a good one ----

BOOST_AUTO_TEST_CASE(a_good_path_beside_a_faulty_one_is_the_one_returned) {
    const std::pair<const char*, std::function<void(certs::certificate_recipe&)>> faults[] = {
        {"expired", [](auto& c) { c.not_after = at("2024-06-01"); }},
        {"not yet valid", [](auto& c) { c.not_before = at("2025-01-01"); }},
        {"another usage", [](auto& c) { c.extended_key_usage = test::usages({certs::eku_client_auth}); }},
        {"not a CA", [](auto& c) { c.basic->ca = false; }},
        {"without basic constraints", [](auto& c) { c.basic.reset(); }},
        {"may not sign certificates", [](auto& c) { c.key_usage = std::uint16_t{certs::crl_sign}; }},
        {"constrains names",
         [](auto& c) {
             c.constraints.emplace();
             c.constraints->permitted = {dns("fabrikam.com")};
         }},
        {"excludes names",
         [](auto& c) {
             c.constraints.emplace();
             c.constraints->excluded = {dns("contoso.com")};
         }},
        {"unknown critical extension",
         [](auto& c) { c.unknown_critical_extension = test::private_extension; }},
        {"false signature", [](auto& c) { c.corrupt_signature = true; }},
        {"under an untrusted root", [](auto& c) { c.issuer = "stranger"; }},
    };
    for (const auto& [name, spoil] : faults)
        for (const bool newer : {false, true})
            for (const bool first : {false, true}) {
                test::recipes r;
                auto faulty = r.twin("faulty", "root");
                if (newer) // what is newer is preferred among equals
                    faulty.not_before = at("2023-01-01");
                spoil(faulty);
                r.others = {test::root_named("stranger"), faulty};
                const small_pki w(r);
                const auto presented = first ? std::vector<std::string>{"faulty", "issuing", "stranger"}
                                             : std::vector<std::string>{"issuing", "faulty", "stranger"};
                const auto v = w.ask({.presented = presented, .host = "mail.contoso.com"});
                BOOST_TEST(w.path_of(v) == "mx issuing root", name);
                BOOST_TEST(v.trusted(), name);
                BOOST_TEST(v.rejected.size() == 1U, name);
            }
}

BOOST_AUTO_TEST_CASE(only_faulty_paths_make_the_milder_fault) {
    test::recipes r;
    auto expired = r.twin("expired", "root");
    expired.not_after = at("2024-06-01");
    r.issuing.unknown_critical_extension = test::private_extension;
    r.others = {expired};
    const small_pki w(r);
    BOOST_TEST(w.path_of(w.ask({.presented = {"expired", "issuing"}})) == "mx issuing root");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
