#include "certs/forge.hpp"
#include "tests/transport/world.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::transport::tests {

namespace {

instant day(std::string_view iso) {
    return *parse_instant(iso);
}

certs::x500_name name(const std::string& text) {
    return *certs::parse_x500_name(text);
}

std::vector<certs::certificate_recipe> recipes() {
    const auto from = day("2015-01-01");
    const auto to = day("2035-01-01");
    std::vector<certs::certificate_recipe> all;
    all.push_back(certs::root_ca("Public", name("CN=Public Root"), from, to));
    all.push_back(certs::root_ca("Unknown", name("CN=Unknown Root"), from, to));
    all.push_back(certs::intermediate_ca("Issuing", "Public", name("CN=Issuing CA"), from, to));
    const auto leaf = [&](const std::string& id, const std::string& issuer, const std::string& cn,
                          std::vector<std::string> names) -> certs::certificate_recipe& {
        all.push_back(certs::server_leaf(id, issuer, name("CN=" + cn), std::move(names), day("2024-01-01"),
                                         day("2025-01-01")));
        return all.back();
    };
    const std::string mx = "mail.contoso.com";
    const std::vector<std::string> right{mx, "contoso.com"};
    leaf("good", "Issuing", mx, right);
    leaf("untrusted", "Unknown", mx, right);
    leaf("self-signed", "", mx, right);
    leaf("other-name", "Issuing", "mail.fabrikam.com", {"mail.fabrikam.com"});
    leaf("untrusted-other-name", "Unknown", "mail.fabrikam.com", {"mail.fabrikam.com"});
    leaf("wildcard", "Issuing", "*.contoso.com", {"*.contoso.com"});
    leaf("partial", "Issuing", "ma*.contoso.com", {"ma*.contoso.com"});
    leaf("cn-only", "Issuing", mx, {});
    auto& expired = leaf("expired", "Issuing", mx, right);
    expired.not_before = day("2022-06-01");
    expired.not_after = day("2023-06-01");
    auto& early = leaf("not-yet-valid", "Issuing", mx, right);
    early.not_before = day("2024-06-04");
    leaf("client-usage", "Issuing", mx, right).extended_key_usage = {std::string(certs::eku_client_auth)};
    const std::vector<std::string> own{"mail.varunagroup.de", "testms05.varunagroup.de", "varunagroup.de"};
    leaf("own", "Issuing", own.front(), own);
    leaf("own-untrusted", "Unknown", own.front(), own);
    leaf("own-other-name", "Issuing", "mail.fabrikam.com", {"mail.fabrikam.com", "testms05.varunagroup.de"});
    return all;
}

const certs::forged& forged() {
    static const auto all = [] {
        const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
        BOOST_REQUIRE_MESSAGE(pool, pool.error);
        auto issued = certs::forge(recipes(), **pool);
        BOOST_REQUIRE_MESSAGE(issued, issued.error);
        return std::move(*issued);
    }();
    return all;
}

} // namespace

const certs::certificate& cert(const std::string& name) {
    return forged().by_id.at(name).cert;
}

std::vector<certs::certificate> presented(const std::string& name) {
    const auto& issuer = forged().by_id.at(name).issuer;
    return issuer.empty() ? std::vector{cert(name)} : std::vector{cert(name), cert(issuer)};
}

exchange::stored_certificate stored(const std::string& name, std::uint32_t services) {
    exchange::stored_certificate out;
    out.name = name;
    out.cert = cert(name);
    out.key = forged().by_id.at(name).key;
    const auto chain = presented(name);
    out.sent_with.assign(chain.begin() + 1, chain.end());
    out.services = services;
    return out;
}

chain::store trust() {
    chain::store out;
    out.roots = {{cert("Public"), chain::root_member::public_programme}};
    return out;
}

} // namespace connlab::transport::tests
