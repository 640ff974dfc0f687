// Name constraints by the model that reproduces all recorded BetterTLS results of Windows (Schannel
// sheet 5.7), and which status bit says what (5.3).
#include "sim/chain/name_constraints.hpp"
#include "sim/chain/name_subtrees.hpp"
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

namespace connlab::chain {
namespace {

using certs::general_name_kind;
using certs::general_subtree;

using texts = std::vector<std::string>;

/// `10.0.0.0/255.0.0.0` as raw bytes.
std::string network(const char* address, const char* mask) {
    std::string out;
    for (const char* text : {address, mask}) {
        const auto ip = parse_ip_address(text);
        BOOST_REQUIRE_MESSAGE(ip, text);
        out.append(ip->bytes.begin(), ip->bytes.begin() + (ip->v6 ? 16 : 4));
    }
    return out;
}

std::vector<general_subtree> subtrees(const texts& dns, const texts& ip = {}) {
    std::vector<general_subtree> out;
    for (const auto& base : dns)
        out.push_back({general_name_kind::dns, base, {}, false});
    for (const auto& base : ip)
        out.push_back({general_name_kind::ip, base, {}, false});
    return out;
}

struct leaf_names {
    std::string cn{};
    texts dns{};
    texts ip{};
};

/// The bits of a leaf with these names below an issuing CA with these constraints.
std::uint32_t bits_of(const leaf_names& names, const std::vector<general_subtree>& permitted,
                      const std::vector<general_subtree>& excluded) {
    const auto w = test::spoiled([&](auto& r) {
        r.issuing.constraints = certs::name_constraints{permitted, excluded};
        r.mx.subject = {};
        if (!names.cn.empty())
            r.mx.subject = test::common_name(names.cn);
        r.mx.dns_names = names.dns;
        for (const auto& ip : names.ip)
            r.mx.ip_addresses.push_back(*parse_ip_address(ip));
    });
    const auto v = w.ask();
    BOOST_TEST(v.elements.front().error == v.error); // the leaf bears them
    return v.error;
}

const auto ten = network("10.0.0.0", "255.0.0.0");

certs::name_constraints constraint(general_name_kind kind, const std::string& text) {
    return certs::name_constraints{{{kind, text, {}, false}}, {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(name_constraints)

struct row {
    const char* what;
    leaf_names names;
    texts permitted{};
    texts excluded{};
    std::uint32_t bits = 0;
};

BOOST_AUTO_TEST_CASE(dns_names) {
    const row table[] = {
        {"inside the permitted", {.dns = {"mail.contoso.com"}}, {"contoso.com"}, {}, 0},
        {"the permitted itself", {.dns = {"contoso.com"}}, {"contoso.com"}, {}, 0},
        {"outside the permitted",
         {.dns = {"mail.fabrikam.com"}},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"no label boundary",
         {.dns = {"notcontoso.com"}},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"one of two permitted", {.dns = {"mail.fabrikam.com"}}, {"contoso.com", "fabrikam.com"}, {}, 0},
        {"every name counts",
         {.dns = {"mail.contoso.com", "mail.fabrikam.com"}},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"case is ignored", {.dns = {"MAIL.Contoso.COM"}}, {"contoso.com"}, {}, 0},
        {"in the excluded", {.dns = {"mail.contoso.com"}}, {}, {"contoso.com"}, has_excluded_name_constraint},
        {"one name of two in the excluded",
         {.dns = {"mail.fabrikam.com", "mail.contoso.com"}},
         {},
         {"contoso.com"},
         has_excluded_name_constraint},
        {"outside the excluded", {.dns = {"mail.fabrikam.com"}}, {}, {"contoso.com"}, 0},
        {"permitted and excluded within it",
         {.dns = {"mail.lab.contoso.com"}},
         {"contoso.com"},
         {"lab.contoso.com"},
         has_excluded_name_constraint},
        {"permitted beside the excluded",
         {.dns = {"mail.contoso.com"}},
         {"contoso.com"},
         {"lab.contoso.com"},
         0},
        {"neither",
         {.dns = {"mail.fabrikam.com"}},
         {"contoso.com"},
         {"fabrikam.com"},
         has_not_permitted_name_constraint | has_excluded_name_constraint},
    };
    for (const auto& r : table)
        BOOST_TEST(bits_of(r.names, subtrees(r.permitted), subtrees(r.excluded)) == r.bits, r.what);
}

BOOST_AUTO_TEST_CASE(the_cn_counts_only_without_a_dns_name) {
    const row table[] = {
        {"a CN inside", {.cn = "mail.contoso.com"}, {"contoso.com"}, {}, 0},
        {"a CN outside", {.cn = "mail.fabrikam.com"}, {"contoso.com"}, {}, has_not_permitted_name_constraint},
        {"a CN in the excluded",
         {.cn = "mail.contoso.com"},
         {},
         {"contoso.com"},
         has_excluded_name_constraint},
        {"a CN outside beside a dNSName inside",
         {.cn = "mail.fabrikam.com", .dns = {"mail.contoso.com"}},
         {"contoso.com"},
         {},
         0},
        {"an excluded CN beside a good dNSName",
         {.cn = "mail.fabrikam.com", .dns = {"mail.contoso.com"}},
         {},
         {"fabrikam.com"},
         0},
        {"a CN inside beside a dNSName outside",
         {.cn = "mail.contoso.com", .dns = {"mail.fabrikam.com"}},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"an address does not hide the CN",
         {.cn = "mail.fabrikam.com", .ip = {"192.0.2.25"}},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"a CN like an address counts as a DNS name",
         {.cn = "192.0.2.25"},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"neither dNSName nor CN",
         {.ip = {"192.0.2.25"}},
         {"contoso.com"},
         {},
         has_not_permitted_name_constraint},
        {"neither dNSName nor CN, and only exclusions", {.ip = {"192.0.2.25"}}, {}, {"contoso.com"}, 0},
    };
    for (const auto& r : table)
        BOOST_TEST(bits_of(r.names, subtrees(r.permitted), subtrees(r.excluded)) == r.bits, r.what);
}

BOOST_AUTO_TEST_CASE(addresses) {
    const row table[] = {
        {"inside", {.cn = "x", .ip = {"10.1.2.3"}}, {ten}, {}, 0},
        {"outside", {.cn = "x", .ip = {"192.0.2.25"}}, {ten}, {}, has_not_permitted_name_constraint},
        {"every one counts",
         {.cn = "x", .ip = {"10.1.2.3", "192.0.2.25"}},
         {ten},
         {},
         has_not_permitted_name_constraint},
        {"excluded", {.cn = "x", .ip = {"10.1.2.3"}}, {}, {ten}, has_excluded_name_constraint},
        {"beside the excluded", {.cn = "x", .ip = {"192.0.2.25"}}, {}, {ten}, 0},
        {"a permitted network and no address is fine",
         {.cn = "x", .dns = {"mail.contoso.com"}},
         {ten},
         {},
         0},
        {"a CN like an address is not an address", {.cn = "192.0.2.25"}, {ten}, {}, 0},
        {"a CN like an excluded address is not an address", {.cn = "10.1.2.3"}, {}, {ten}, 0},
        {"an IPv6 address lies in no IPv4 network",
         {.cn = "x", .ip = {"2001:db8::1"}},
         {ten},
         {},
         has_not_permitted_name_constraint},
        {"an IPv4 address lies in no IPv6 network",
         {.cn = "x", .ip = {"0.0.0.0"}},
         {network("::", "ffff:ffff::")},
         {},
         has_not_permitted_name_constraint},
        {"an IPv6 network",
         {.cn = "x", .ip = {"2001:db8::1"}},
         {network("2001:db8::", "ffff:ffff::")},
         {},
         0},
    };
    for (const auto& r : table)
        BOOST_TEST(bits_of(r.names, subtrees({}, r.permitted), subtrees({}, r.excluded)) == r.bits, r.what);
}

BOOST_AUTO_TEST_CASE(kinds_do_not_mix) {
    // permitted DNS alone says nothing of addresses, and the other way round
    BOOST_TEST(bits_of({.dns = {"mail.contoso.com"}, .ip = {"192.0.2.25"}}, subtrees({"contoso.com"}), {}) ==
               0U);
    BOOST_TEST(bits_of({.dns = {"mail.fabrikam.com"}, .ip = {"10.0.0.1"}}, subtrees({}, {ten}), {}) == 0U);
    BOOST_TEST(bits_of({.dns = {"mail.contoso.com"}, .ip = {"192.0.2.25"}}, subtrees({"contoso.com"}, {ten}),
                       {}) == has_not_permitted_name_constraint);
}

BOOST_AUTO_TEST_CASE(the_policy_error_is_invalid_name) {
    const auto v = test::spoiled([](auto& r) {
                       r.issuing.constraints = constraint(general_name_kind::dns, "fabrikam.com");
                   }).ask({.host = "mail.contoso.com"});
    BOOST_TEST(to_string(v.policy) == "CERT_E_INVALID_NAME");
}

BOOST_AUTO_TEST_CASE(constraints_of_every_ca_count) {
    const auto of_the_root = test::spoiled(
        [](auto& r) { r.root.constraints = constraint(general_name_kind::dns, "fabrikam.com"); });
    BOOST_TEST(of_the_root.ask().error == has_not_permitted_name_constraint);
    const auto of_both = test::spoiled([](auto& r) {
        r.root.constraints = constraint(general_name_kind::dns, "contoso.com");
        r.issuing.constraints = certs::name_constraints{{}, subtrees({"lab.contoso.com"})};
    });
    BOOST_TEST(of_both.ask().error == 0U);
}

BOOST_AUTO_TEST_CASE(constraints_that_hold_are_told) {
    const auto w = test::spoiled(
        [](auto& r) { r.issuing.constraints = constraint(general_name_kind::dns, "contoso.com"); });
    BOOST_TEST((w.ask().elements.front().info & has_valid_name_constraints) != 0U);
    const auto none = test::spoiled([](auto&) {});
    BOOST_TEST((none.ask().elements.front().info & has_valid_name_constraints) == 0U);
}

BOOST_AUTO_TEST_CASE(the_leafs_own_constraints_constrain_nothing) {
    const auto w =
        test::spoiled([](auto& r) { r.mx.constraints = constraint(general_name_kind::dns, "fabrikam.com"); });
    BOOST_TEST(w.ask().error == 0U);
}

BOOST_AUTO_TEST_CASE(minimum_and_maximum_are_not_supported) {
    const auto w = test::spoiled([](auto& r) {
        r.issuing.constraints =
            certs::name_constraints{{{general_name_kind::dns, "contoso.com", {}, true}}, {}};
    });
    BOOST_TEST((w.ask().error & has_not_supported_name_constraint) != 0U);
    BOOST_TEST(to_string(w.ask().policy) == "CERT_E_INVALID_NAME");
}

BOOST_AUTO_TEST_CASE(directory_names) {
    const certs::x500_name contoso{{{{"2.5.4.6", "DE"}}, {{"2.5.4.10", "Contoso"}}}};
    const auto under = [&](const char* organization, bool excluded) {
        const auto w = test::spoiled([&](auto& r) {
            const std::vector<general_subtree> tree{{general_name_kind::directory, {}, contoso, false}};
            r.issuing.constraints =
                excluded ? certs::name_constraints{{}, tree} : certs::name_constraints{tree, {}};
            r.mx.subject.rdns = {{{"2.5.4.6", "de"}}, {{"2.5.4.10", organization}}, {{"2.5.4.3", "mx"}}};
        });
        return w.ask().error;
    };
    BOOST_TEST(under("Contoso", false) == 0U);
    BOOST_TEST(under("CONTOSO", false) == 0U); // RFC 5280 7.1
    BOOST_TEST(under("Fabrikam", false) == has_not_permitted_name_constraint);
    BOOST_TEST(under("Contoso", true) == has_excluded_name_constraint);
    BOOST_TEST(under("Fabrikam", true) == 0U);
}

// RFC 5280 4.2.1.10: the subject's e-mail attributes count when there is no rfc822Name.
BOOST_AUTO_TEST_CASE(mailboxes_of_the_subject_count_without_others) {
    const auto bits = [](const char* subject, const texts& names) {
        const auto w = test::spoiled([&](auto& r) {
            r.issuing.constraints = constraint(general_name_kind::email, "contoso.com");
            r.mx.subject.rdns = {{{"2.5.4.3", "mx"}}, {{"1.2.840.113549.1.9.1", subject}}};
            r.mx.email_addresses = names;
        });
        return w.ask().error;
    };
    BOOST_TEST(bits("a@contoso.com", {}) == 0U);
    BOOST_TEST(bits("a@fabrikam.com", {}) == has_not_permitted_name_constraint);
    BOOST_TEST(bits("a@fabrikam.com", {"a@contoso.com"}) == 0U);
    BOOST_TEST(bits("a@contoso.com", {"a@fabrikam.com"}) == has_not_permitted_name_constraint);
}

// RFC 5280 4.2.1.10: masks in the style of RFC 4632, and no empty sequence of subtrees.
BOOST_AUTO_TEST_CASE(constraints_that_mean_nothing_are_invalid) {
    const auto holes = network("10.0.0.0", "255.0.255.0");
    BOOST_TEST(
        (bits_of({.dns = {"mail.contoso.com"}}, {}, subtrees({}, {holes})) & invalid_name_constraints) != 0U);
    BOOST_TEST((bits_of({.dns = {"mail.contoso.com"}}, subtrees({}, {ten.substr(0, 6)}), {}) &
                invalid_name_constraints) != 0U);
    BOOST_TEST((bits_of({.dns = {"mail.contoso.com"}}, {}, {}) & invalid_name_constraints) != 0U);
}

// ---- one name, one subtree (RFC 5280 4.2.1.10) ----

BOOST_AUTO_TEST_CASE(mailboxes) {
    BOOST_TEST(email_within("a@contoso.com", "contoso.com")); // at that host
    BOOST_TEST(!email_within("a@mail.contoso.com", "contoso.com"));
    BOOST_TEST(email_within("a@mail.contoso.com", ".contoso.com")); // at any host of the domain
    BOOST_TEST(!email_within("a@contoso.com", ".contoso.com"));
    BOOST_TEST(email_within("a@CONTOSO.com", "a@contoso.com"));
    BOOST_TEST(!email_within("A@contoso.com", "a@contoso.com")); // the local part has a case
    BOOST_TEST(!email_within("contoso.com", "contoso.com"));
}

BOOST_AUTO_TEST_CASE(uris) {
    BOOST_TEST(uri_within("http://www.contoso.com/a", "www.contoso.com"));
    BOOST_TEST(uri_within("https://u@www.contoso.com:8443/a?b", ".contoso.com"));
    BOOST_TEST(!uri_within("http://contoso.com/", ".contoso.com"));
    BOOST_TEST(!uri_within("http://www.contoso.com/", "contoso.com"));
    BOOST_TEST(!uri_within("http://fabrikam.com/www.contoso.com", "www.contoso.com"));
    BOOST_TEST(!uri_within("urn:contoso.com", "contoso.com"));
}

BOOST_AUTO_TEST_CASE(networks) {
    const auto raw = [](const char* text) {
        const auto ip = parse_ip_address(text);
        return std::string(ip->bytes.begin(), ip->bytes.begin() + (ip->v6 ? 16 : 4));
    };
    BOOST_TEST(ip_within(raw("10.255.0.1"), ten));
    BOOST_TEST(!ip_within(raw("11.0.0.1"), ten));
    BOOST_TEST(ip_within(raw("192.0.2.7"), network("0.0.0.0", "0.0.0.0")));
    BOOST_TEST(ip_within(raw("192.0.2.130"), network("192.0.2.128", "255.255.255.128")));
    BOOST_TEST(!ip_within(raw("192.0.2.127"), network("192.0.2.128", "255.255.255.128")));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
