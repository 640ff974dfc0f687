// On-premises sheet 1.7, 2.5; reference README item 4.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;

namespace {

struct names {
    pki p;
    names() {
        p.leaf("san", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"});
        p.leaf("cn-only", "Issuing", "CN=mail.contoso.com");
        p.leaf("cn-beside-san", "Issuing", "CN=mail.contoso.com, O=Contoso", {"www.contoso.com"});
        p.leaf("wildcard", "Issuing", "CN=*.contoso.com", {"*.contoso.com"});
        p.leaf("partial", "Issuing", "CN=Contoso", {"m*.contoso.com"});
        p.leaf("deep-wildcard", "Issuing", "CN=Contoso", {"*.eu.contoso.com"});
        p.leaf("deep", "Issuing", "CN=Contoso", {"mail.eu.contoso.com"});
        p.issue();
    }
    bool match(const std::string& id, const std::string& reference, const exchange::behavior& b = {}) const {
        return exchange::match_names(p.cert(id), {reference}, b).matched;
    }
};

exchange::behavior with(std::string_view name, std::string_view word) {
    exchange::behavior b;
    BOOST_REQUIRE(b.set(name, word, {}));
    return b;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_name_match, names)

BOOST_AUTO_TEST_CASE(cn_and_every_dns_name_are_compared) {
    BOOST_TEST(match("san", "mail.contoso.com"));
    BOOST_TEST(match("san", "CONTOSO.com"));
    BOOST_TEST(match("cn-only", "mail.contoso.com"));
    BOOST_TEST(match("cn-beside-san", "mail.contoso.com"));
    BOOST_TEST(match("cn-beside-san", "www.contoso.com"));
    BOOST_TEST(!match("san", "www.contoso.com"));
}

BOOST_AUTO_TEST_CASE(cn_beside_san_is_a_switch) {
    const auto b = with("CnMatchesBesideSan", "false");
    BOOST_TEST(!match("cn-beside-san", "mail.contoso.com", b));
    BOOST_TEST(match("cn-only", "mail.contoso.com", b));
}

BOOST_AUTO_TEST_CASE(wildcard_covers_exactly_one_label) {
    BOOST_TEST(match("wildcard", "mail.contoso.com"));
    BOOST_TEST(!match("wildcard", "a.b.contoso.com"));
    BOOST_TEST(!match("wildcard", "contoso.com"));
}

BOOST_AUTO_TEST_CASE(partial_wildcard_covers_nothing) {
    BOOST_TEST(!match("partial", "mail.contoso.com"));
}

BOOST_AUTO_TEST_CASE(wildcard_reference_matches_one_label_and_the_wildcard_itself) {
    BOOST_TEST(match("san", "*.contoso.com")); // by mail.contoso.com
    BOOST_TEST(match("wildcard", "*.contoso.com"));
    BOOST_TEST(!match("deep", "*.contoso.com"));
    BOOST_TEST(!match("deep-wildcard", "*.contoso.com"));
}

BOOST_AUTO_TEST_CASE(depth_of_a_wildcard_reference_is_a_switch) {
    const auto any = with("TlsDomainWildcardDepth", "AnyDepth");
    const auto apex = with("TlsDomainWildcardDepth", "AnyDepthAndApex");
    BOOST_TEST(match("deep", "*.contoso.com", any));
    BOOST_TEST(match("deep-wildcard", "*.contoso.com", any));
    pki q;
    q.leaf("apex", "Issuing", "CN=Contoso", {"contoso.com"});
    q.issue();
    BOOST_TEST(!exchange::match_names(q.cert("apex"), {"*.contoso.com"}, any).matched);
    BOOST_TEST(exchange::match_names(q.cert("apex"), {"*.contoso.com"}, apex).matched);
}

BOOST_AUTO_TEST_CASE(the_match_says_which_name_and_which_reference) {
    const auto m = exchange::match_names(p.cert("wildcard"), {"contoso.com", "mail.contoso.com"}, {});
    BOOST_TEST(m.matched);
    BOOST_TEST(m.certificate_name == "*.contoso.com");
    BOOST_TEST(m.reference == "mail.contoso.com");
}

BOOST_AUTO_TEST_CASE(no_certificate_matches_nothing) {
    BOOST_TEST(!exchange::match_names({}, {"mail.contoso.com"}, {}).matched);
}

BOOST_AUTO_TEST_SUITE_END()
