// On-premises sheet 2.4, 2.5, 4.1, 4.2; reference README items 16 and 19.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

trace::decided<tls_policy> policy(const organization& o, const send_connector& c, const behavior& b = {}) {
    auto d = outbound_tls_policy(o, c, "contoso.com", b);
    is_complete(d.why);
    return d;
}

send_connector with_level(tls_auth_level l) {
    auto c = to_contoso();
    c.require_tls = true;
    c.level = std::optional<tls_auth_level>(l);
    return c;
}

organization domain_secured() {
    auto o = varunagroup();
    o.transport.tls_send_domain_secure_list = std::vector<std::string>{"contoso.com"};
    return o;
}

send_connector domain_secure() {
    auto c = to_contoso();
    c.domain_secure_enabled = true;
    return c;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_tls_policy)

BOOST_AUTO_TEST_CASE(checks_by_level) {
    // The table of 2.5.
    struct row {
        send_connector connector;
        std::string rule;
        bool must, chain, name;
    };
    auto require = to_contoso();
    require.require_tls = true;
    for (const row& r : std::vector<row>{
             {to_contoso(), "exchange.policy.opportunistic", false, false, false},
             {require, "exchange.policy.require-tls", true, false, false},
             {with_level(tls_auth_level::encryption_only), "exchange.level.encryption-only", true, false,
              false},
             {with_level(tls_auth_level::certificate_validation), "exchange.level.certificate-validation",
              true, true, false},
             {with_level(tls_auth_level::domain_validation), "exchange.level.domain-validation-recipient",
              true, true, true},
         }) {
        const auto d = policy(varunagroup(), r.connector);
        BOOST_TEST(d.why.rule == r.rule);
        BOOST_TEST(d.value.try_starttls);
        BOOST_TEST(d.value.must_use_tls == r.must, r.rule);
        BOOST_TEST(d.value.check_chain == r.chain, r.rule);
        BOOST_TEST(d.value.check_name == r.name, r.rule);
        BOOST_TEST(d.why.assumed.empty(), r.rule);
    }
}

BOOST_AUTO_TEST_CASE(domain_validation_without_tls_domain_looks_for_the_recipients_domain) {
    const auto d = policy(varunagroup(), with_level(tls_auth_level::domain_validation));
    BOOST_TEST(d.value.reference_names == std::vector<std::string>{"contoso.com"},
               boost::test_tools::per_element());
    BOOST_TEST(d.value.reference_source == "recipient domain");
}

BOOST_AUTO_TEST_CASE(domain_validation_looks_for_tls_domain) {
    auto c = with_level(tls_auth_level::domain_validation);
    c.tls_domain = {std::string("mail.contoso.com"), source_mark{"s.yaml", 9, 3, 4}};
    const auto d = policy(varunagroup(), c);
    BOOST_TEST(d.why.rule == "exchange.level.domain-validation");
    BOOST_TEST(d.value.reference_names == std::vector<std::string>{"mail.contoso.com"},
               boost::test_tools::per_element());
    BOOST_TEST(d.value.reference_source == "TlsDomain");
    const auto cited = std::find_if(d.why.because.begin(), d.why.because.end(),
                                    [](const auto& x) { return x.mark.line == 9; });
    BOOST_TEST((cited != d.why.because.end()));
}

BOOST_AUTO_TEST_CASE(ignore_starttls_never_tries) {
    auto c = to_contoso();
    c.ignore_starttls = true;
    const auto d = policy(varunagroup(), c);
    BOOST_TEST(!d.value.try_starttls);
    BOOST_TEST(!d.value.must_use_tls);
    BOOST_TEST(d.why.rule == "exchange.policy.ignore-starttls");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(force_helo_cannot_see_starttls) {
    auto c = to_contoso();
    c.force_helo = true;
    const auto d = policy(varunagroup(), c);
    BOOST_TEST(!d.value.try_starttls);
    BOOST_TEST(rests_on(d.why, "exchange.policy.force-helo"));
}

BOOST_AUTO_TEST_CASE(a_demand_for_tls_survives_settings_that_cannot_be_combined) {
    auto c = with_level(tls_auth_level::encryption_only);
    c.ignore_starttls = true;
    BOOST_TEST(policy(varunagroup(), c).value.must_use_tls);
}

BOOST_AUTO_TEST_CASE(basic_auth_require_tls_demands_the_exact_smart_host) {
    auto c = to_contoso();
    c.dns_routing_enabled = false;
    c.smart_hosts = std::vector<std::string>{"smtp.contoso.com"};
    c.smart_host_auth_mechanism = smart_host_auth::basic_auth_require_tls;
    const auto d = policy(varunagroup(), c);
    BOOST_TEST(d.value.must_use_tls);
    BOOST_TEST(!d.value.check_chain);
    BOOST_TEST(d.value.exact_names == std::vector<std::string>{"smtp.contoso.com"},
               boost::test_tools::per_element());
    BOOST_TEST(d.why.rule == "exchange.policy.basic-auth-require-tls");
}

BOOST_AUTO_TEST_CASE(domain_security_needs_list_and_connector) {
    const auto d = policy(domain_secured(), domain_secure());
    BOOST_TEST(d.why.rule == "exchange.domain-security.sending");
    BOOST_TEST(d.value.domain_secure);
    BOOST_TEST(d.value.domain == "contoso.com");
    BOOST_TEST(d.value.must_use_tls);
    BOOST_TEST(d.value.check_chain);
    BOOST_TEST(d.value.check_name);
    BOOST_TEST(d.value.reference_source == "domain-secured domain");
    BOOST_TEST(d.value.findings.empty());
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(domain_security_with_a_prerequisite_missing_is_ordinary_tls_with_a_finding) {
    auto proxied = domain_secure();
    proxied.frontend_proxy_enabled = true;
    auto smart = domain_secure();
    smart.dns_routing_enabled = false;
    auto ignoring = domain_secure();
    ignoring.ignore_starttls = true;
    auto marked = domain_secure();
    marked.domain_secure_enabled.mark = {"s.yaml", 3, 1, 1};
    struct row {
        organization o;
        send_connector c;
        std::string finding;
    };
    for (const row& r : std::vector<row>{
             {domain_secured(), to_contoso(), "DomainSecureEnabled of Send connector To Contoso is False"},
             {domain_secured(), proxied, "Front End proxy, where it is not supported"},
             {domain_secured(), smart, "smart hosts"},
             {domain_secured(), ignoring, "IgnoreSTARTTLS"},
             {varunagroup(), marked, "not in TLSSendDomainSecureList"},
         }) {
        const auto d = policy(r.o, r.c);
        BOOST_TEST(!d.value.domain_secure, r.finding);
        BOOST_TEST(!d.value.must_use_tls, r.finding);
        BOOST_REQUIRE_MESSAGE(d.value.findings.size() == 1U, r.finding);
        BOOST_TEST(d.value.findings[0].find(r.finding) != std::string::npos, d.value.findings[0]);
    }
    BOOST_TEST(rests_on(policy(domain_secured(), ignoring).why, "exchange.domain-security.ignore-starttls"));
    BOOST_TEST(rests_on(policy(domain_secured(), proxied).why, "exchange.domain-security.front-end-proxy"));
}

BOOST_AUTO_TEST_CASE(domain_secure_lists_hold_exact_names) {
    auto o = varunagroup();
    o.transport.tls_send_domain_secure_list = std::vector<std::string>{"eu.contoso.com", "Contoso.COM."};
    BOOST_TEST(policy(o, domain_secure()).value.domain_secure);
    o.transport.tls_send_domain_secure_list = std::vector<std::string>{"eu.contoso.com"};
    BOOST_TEST(!policy(o, domain_secure()).value.domain_secure);
}

BOOST_AUTO_TEST_CASE(domain_security_beside_a_level_keeps_both_names) {
    auto c = with_level(tls_auth_level::domain_validation);
    c.tls_domain = std::string("mail.contoso.com");
    c.domain_secure_enabled = true;
    const auto d = policy(domain_secured(), c);
    BOOST_TEST(d.value.reference_source == "TlsDomain");
    BOOST_TEST(d.value.domain_secure);
    BOOST_TEST(d.value.domain == "contoso.com");
    BOOST_TEST(rests_on(d.why, "exchange.domain-security.with-level"));
}

BOOST_AUTO_TEST_CASE(plain_smtp_levels) {
    struct row {
        smtp_tls_level level;
        bool tries, must, chain, name;
        std::vector<std::string> references;
    };
    for (const row& r : std::vector<row>{
             {smtp_tls_level::none, false, false, false, false, {}},
             {smtp_tls_level::may, true, false, false, false, {}},
             {smtp_tls_level::encrypt, true, true, false, false, {}},
             {smtp_tls_level::verify, true, true, true, true, {"testms05.varunagroup.de"}},
             {smtp_tls_level::secure, true, true, true, true, {"varunagroup.de", ".varunagroup.de"}},
         }) {
        auto s = contoso_mx();
        s.partner.tls_level = r.level;
        const auto d = partner_tls_policy(s, "varunagroup.de", "testms05.varunagroup.de");
        is_complete(d.why);
        BOOST_TEST(d.value.partner);
        BOOST_TEST(d.value.try_starttls == r.tries);
        BOOST_TEST(d.value.must_use_tls == r.must);
        BOOST_TEST(d.value.check_chain == r.chain);
        BOOST_TEST(d.value.check_name == r.name);
        BOOST_TEST(d.value.reference_names == r.references, boost::test_tools::per_element());
        BOOST_TEST(d.value.may_fall_back == (r.level == smtp_tls_level::may));
    }
}

BOOST_AUTO_TEST_SUITE_END()
