// The SSL policy's name check (Schannel sheet 5.7): KB258858's patterns, and when the CN counts.
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

struct names {
    std::string cn{};
    std::vector<std::string> dns{};
    std::vector<std::string> ip{};
    std::vector<std::string> email{};
};

certs::certificate certificate_for(const names& n) {
    static const auto pool = certs::key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE_MESSAGE(pool, pool.error);
    auto recipe = certs::server_leaf("leaf", "", {}, n.dns, test::at("2024-01-01"), test::at("2026-01-01"));
    if (!n.cn.empty())
        recipe.subject.rdns = {{{"2.5.4.10", "Contoso"}}, {{"2.5.4.3", n.cn}}};
    for (const auto& address : n.ip)
        recipe.ip_addresses.push_back(*parse_ip_address(address));
    recipe.email_addresses = n.email;
    const auto made = certs::forge({recipe}, **pool);
    BOOST_REQUIRE_MESSAGE(made, made.error);
    return made->by_id.at("leaf").cert;
}

/// The pattern holds the host, as a dNSName and as a CN alike.
void check(const char* pattern, const char* host, bool expected) {
    BOOST_TEST(host_name_matches(certificate_for({.dns = {pattern}}), host) == expected,
               pattern << " for " << host);
    BOOST_TEST(host_name_matches(certificate_for({.cn = pattern}), host) == expected,
               "CN=" << pattern << " for " << host);
}

} // namespace

BOOST_AUTO_TEST_SUITE(host_names)

BOOST_AUTO_TEST_CASE(a_name_holds_itself_alone) {
    check("www.example.com", "www.example.com", true);
    check("www.example.com", "example.com", false);
    check("www.example.com", "mail.example.com", false);
    check("www.example.com", "www.example.com.evil.net", false);
    check("www.example.com", "awww.example.com", false);
    check("example.com", "www.example.com", false);
}

BOOST_AUTO_TEST_CASE(letter_case_is_ignored) {
    check("WWW.Example.COM", "www.example.com", true);
    check("www.example.com", "WWW.EXAMPLE.COM", true);
    check("*.Example.COM", "www.example.com", true);
    check("W*.example.com", "www.EXAMPLE.com", true);
}

BOOST_AUTO_TEST_CASE(a_star_stands_for_one_label) {
    check("*.example.com", "www.example.com", true);
    check("*.example.com", "a.b.example.com", false);
    check("*.example.com", "example.com", false);
    check("*.example.com", ".example.com", false);
    check("*.example.com", "www.example.net", false);
}

BOOST_AUTO_TEST_CASE(a_prefix_may_stand_before_the_star) {
    check("w*.example.com", "www.example.com", true);
    check("ww*.example.com", "www.example.com", true);
    check("w*.example.com", "mail.example.com", false);
    check("w*.example.com", "w.b.example.com", false);
    check("w*.example.com", "example.com", false);
}

BOOST_AUTO_TEST_CASE(nothing_may_follow_the_star_in_its_label) {
    check("*www.example.com", "www.example.com", false);
    check("*w.example.com", "www.example.com", false);
    check("w*w.example.com", "www.example.com", false);
}

BOOST_AUTO_TEST_CASE(a_star_stands_in_the_left_most_label_alone) {
    check("www.e*ample.com", "www.example.com", false);
    check("www.*.com", "www.example.com", false);
    check("a*.d*.com", "abc.def.com", false);
    check("*.*.com.au", "www.example.com.au", false);
    check("*.*", "example.com", false);
    check("*.*.example.com", "a.b.example.com", false);
    check("**.example.com", "www.example.com", false);
}

BOOST_AUTO_TEST_CASE(two_labels_stand_behind_the_star) {
    check("*.com", "example.com", false);
    check("*.com", "www.example.com", false);
    check("*", "localhost", false);
    check("*", "www.example.com", false);
}

BOOST_AUTO_TEST_CASE(a_dot_at_the_end_of_the_asked_name_is_stripped) {
    check("www.example.com", "www.example.com.", true);
    check("*.example.com", "www.example.com.", true);
    check("*.example.com", "example.com.", false);
}

BOOST_AUTO_TEST_CASE(any_of_several_names_suffices) {
    const auto c = certificate_for({.dns = {"mail.contoso.com", "*.fabrikam.com", "contoso.com"}});
    for (const char* host : {"mail.contoso.com", "contoso.com", "mx.fabrikam.com"})
        BOOST_TEST(host_name_matches(c, host), host);
    BOOST_TEST(!host_name_matches(c, "fabrikam.com"));
}

// ---- the CN ----

BOOST_AUTO_TEST_CASE(one_dns_name_hides_the_cn) {
    const auto c = certificate_for({.cn = "mail.contoso.com", .dns = {"mail.fabrikam.com"}});
    BOOST_TEST(!host_name_matches(c, "mail.contoso.com"));
    BOOST_TEST(host_name_matches(c, "mail.fabrikam.com"));
}

BOOST_AUTO_TEST_CASE(an_address_alone_does_not_hide_the_cn) {
    const auto c = certificate_for({.cn = "mail.contoso.com", .ip = {"192.0.2.25"}});
    BOOST_TEST(host_name_matches(c, "mail.contoso.com"));
    BOOST_TEST(!host_name_matches(c, "contoso.com"));
}

BOOST_AUTO_TEST_CASE(a_mailbox_alone_does_not_hide_the_cn) {
    const auto c = certificate_for({.cn = "mail.contoso.com", .email = {"postmaster@contoso.com"}});
    BOOST_TEST(host_name_matches(c, "mail.contoso.com"));
}

BOOST_AUTO_TEST_CASE(an_address_beside_a_dns_name_does_not_bring_the_cn_back) {
    const auto c =
        certificate_for({.cn = "mail.contoso.com", .dns = {"mail.fabrikam.com"}, .ip = {"192.0.2.25"}});
    BOOST_TEST(!host_name_matches(c, "mail.contoso.com"));
}

BOOST_AUTO_TEST_CASE(a_certificate_without_names_holds_none) {
    const auto c = certificate_for({});
    for (const char* host : {"mail.contoso.com", "localhost", "192.0.2.25", ".", ""})
        BOOST_TEST(!host_name_matches(c, host), host);
}

BOOST_AUTO_TEST_CASE(other_attributes_of_the_subject_are_no_names) {
    BOOST_TEST(!host_name_matches(certificate_for({.cn = "mail.contoso.com"}), "Contoso"));
}

// ---- addresses ----

BOOST_AUTO_TEST_CASE(an_address_is_found_in_an_address) {
    const auto c = certificate_for({.cn = "mail.contoso.com", .ip = {"192.0.2.25", "2001:db8::25"}});
    BOOST_TEST(host_name_matches(c, "192.0.2.25"));
    BOOST_TEST(host_name_matches(c, "2001:db8::25"));
    BOOST_TEST(host_name_matches(c, "2001:0DB8:0:0::25"));
    BOOST_TEST(!host_name_matches(c, "192.0.2.26"));
    BOOST_TEST(!host_name_matches(c, "2001:db8::26"));
}

BOOST_AUTO_TEST_CASE(a_wildcard_holds_no_address) {
    BOOST_TEST(!host_name_matches(certificate_for({.dns = {"*.0.2.25"}}), "192.0.2.25"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
