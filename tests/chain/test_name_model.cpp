// The name model that was fitted to 7,290 results of Edge 14 on Windows 10 1607 (Schannel sheet 5.7), every
// combination of it: the sheet's words, written down once more here, against the engine.
#include "sim/base/ascii.hpp"
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace connlab::chain {
namespace {

using strings = std::vector<std::string>;

constexpr const char* host = "mail.contoso.com";
constexpr const char* inside = "10.1.2.3";
constexpr const char* outside = "192.0.2.1";

struct leaf_names {
    strings dns;
    std::string cn;
    strings ip;
};

struct ca_constraints {
    std::string permitted_dns; // empty: none
    std::string excluded_dns;
    bool permitted_ip = false; // 10.0.0.0/8
    bool excluded_ip = false;  // likewise
};

std::vector<leaf_names> all_leaves() {
    std::vector<leaf_names> out;
    for (const auto& dns :
         {strings{}, strings{host}, strings{"other.example"}, strings{host, "other.example"}})
        for (const auto* cn : {"", host, "other.example", inside})
            for (const auto& ip : {strings{}, strings{inside}, strings{outside}})
                out.push_back({dns, cn, ip});
    return out;
}

std::vector<ca_constraints> all_constraints() {
    std::vector<ca_constraints> out;
    for (const auto* permitted : {"", "contoso.com"})
        for (const auto* excluded : {"", "contoso.com", "other.example"})
            for (const int ip : {0, 1, 2})
                out.push_back({permitted, excluded, ip == 1, ip == 2});
    return out;
}

bool under(const std::string& name, const std::string& base) {
    return name == base || (name.size() > base.size() && name.ends_with("." + base));
}

/// The sheet's `accept`.
bool model_accepts(const leaf_names& leaf, const ca_constraints& ca) {
    const auto holds = [](const strings& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    const bool name_ok = holds(leaf.dns, host) || (leaf.dns.empty() && leaf.cn == host);
    strings d = leaf.dns;
    if (d.empty() && !leaf.cn.empty())
        d = {leaf.cn};
    bool dns_ok = ca.permitted_dns.empty() || !d.empty();
    for (const auto& name : d)
        dns_ok = dns_ok && (ca.permitted_dns.empty() || under(name, ca.permitted_dns)) &&
                 (ca.excluded_dns.empty() || !under(name, ca.excluded_dns));
    bool ip_ok = true;
    for (const auto& address : leaf.ip)
        ip_ok = ip_ok && (!ca.permitted_ip || address == inside) && (!ca.excluded_ip || address != inside);
    return name_ok && dns_ok && ip_ok;
}

certs::general_subtree dns_subtree(const std::string& base) {
    certs::general_subtree out;
    out.kind = certs::general_name_kind::dns;
    out.text = base;
    return out;
}

certs::general_subtree ten() {
    certs::general_subtree out;
    out.kind = certs::general_name_kind::ip;
    out.text = std::string("\x0a\0\0\0\xff\0\0\0", 8);
    return out;
}

std::optional<certs::name_constraints> extension_of(const ca_constraints& ca) {
    certs::name_constraints out;
    if (!ca.permitted_dns.empty())
        out.permitted.push_back(dns_subtree(ca.permitted_dns));
    if (!ca.excluded_dns.empty())
        out.excluded.push_back(dns_subtree(ca.excluded_dns));
    if (ca.permitted_ip)
        out.permitted.push_back(ten());
    if (ca.excluded_ip)
        out.excluded.push_back(ten());
    return out.permitted.empty() && out.excluded.empty() ? std::nullopt : std::optional(out);
}

certs::certificate_recipe leaf_recipe(const std::string& id, const leaf_names& names) {
    auto r =
        certs::server_leaf(id, "issuing", names.cn.empty() ? certs::x500_name{} : test::common_name(names.cn),
                           names.dns, test::at("2024-01-01"), test::at("2026-01-01"));
    for (const auto& text : names.ip)
        r.ip_addresses.push_back(*parse_ip_address(text));
    r.key.same_as = "mx";
    return r;
}

std::string written(const leaf_names& n, const ca_constraints& c) {
    return fmt::format("SAN {}{} | CN {} | permitted {} excluded {} ip {}", join(n.dns, ","), join(n.ip, ","),
                       n.cn, c.permitted_dns, c.excluded_dns,
                       c.permitted_ip  ? "in"
                       : c.excluded_ip ? "out"
                                       : "-");
}

} // namespace

BOOST_AUTO_TEST_SUITE(name_model)

BOOST_AUTO_TEST_CASE(every_combination_is_judged_as_the_recorded_windows_does) {
    const auto leaves = all_leaves();
    int accepted = 0;
    for (const auto& ca : all_constraints()) {
        test::recipes r;
        r.issuing.constraints = extension_of(ca);
        for (std::size_t i = 0; i < leaves.size(); ++i)
            r.others.push_back(leaf_recipe(std::to_string(i), leaves[i]));
        const test::small_pki w(r);
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const auto v = w.ask({.leaf = std::to_string(i), .host = host});
            const bool expected = model_accepts(leaves[i], ca);
            accepted += expected ? 1 : 0;
            BOOST_TEST(v.trusted() == expected, written(leaves[i], ca) << ": " << to_string(v.policy));
        }
    }
    BOOST_TEST(accepted > 50); // and not all refused for one reason
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
