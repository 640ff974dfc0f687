// On-premises sheet 2.4 rows 9-12, 2.5, 4.2; reference README items 4-7, 16; what is assumed, as in the
// hand-written matrix.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

enum class column {
    none,
    require_tls,
    encryption_only,
    certificate_validation,
    domain_validation,
    domain_secure
};

struct verdicts {
    pki p;
    server s = testms05();
    behavior b;
    chain::signature_memo memo;
    std::vector<trace::chain_view> chains;

    verdicts() {
        p.leaf("good", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"});
        p.leaf("wrong name", "Issuing", "CN=mail.fabrikam.com", {"mail.fabrikam.com"});
        p.leaf("host only", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com"});
        p.leaf("domain only", "Issuing", "CN=contoso.com", {"contoso.com"});
        p.leaf("wildcard", "Issuing", "CN=*.contoso.com", {"*.contoso.com"});
        p.leaf("untrusted", "Unknown", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"});
        p.leaf("client only", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"})
            .extended_key_usage = std::vector<std::string>{std::string(certs::eku_client_auth)};
        auto& expired =
            p.leaf("expired", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"});
        expired.not_before = at("2023-01-01");
        expired.not_after = at("2024-01-01");
        auto& both = p.leaf("untrusted expired", "Unknown", "CN=mail.contoso.com",
                            {"mail.contoso.com", "contoso.com"});
        both.not_before = at("2023-01-01");
        both.not_after = at("2024-01-01");
        p.leaf("with list", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"})
            .crl_urls = {"http://crl.lab/issuing.crl"};
        p.self_signed("self-signed", "mail.contoso.com", {"mail.contoso.com", "contoso.com"}).not_before =
            at("2024-01-01");
        p.issue();
        s.stores = p.trusting_public_and_private();
    }

    static send_connector connector(column col) {
        auto c = to_contoso();
        c.require_tls = col != column::none && col != column::domain_secure;
        c.domain_secure_enabled = col == column::domain_secure;
        if (col == column::encryption_only)
            c.level = std::optional<tls_auth_level>(tls_auth_level::encryption_only);
        if (col == column::certificate_validation)
            c.level = std::optional<tls_auth_level>(tls_auth_level::certificate_validation);
        if (col == column::domain_validation) {
            c.level = std::optional<tls_auth_level>(tls_auth_level::domain_validation);
            c.tls_domain = std::string("mail.contoso.com");
        }
        return c;
    }
    trace::decided<send_verdict> judge(const send_connector& c, const std::vector<certs::certificate>& chain,
                                       std::string_view smart_host = {}) {
        auto o = varunagroup();
        o.transport.tls_send_domain_secure_list = std::vector<std::string>{"contoso.com"};
        const auto policy = outbound_tls_policy(o, c, "contoso.com", b).value;
        chains.clear();
        auto d = judge_server_certificate(s, c, policy, chain, at(noon), b, memo, chains, smart_host);
        is_complete(d.why);
        return d;
    }
    trace::decided<send_verdict> judge(column col, const std::string& id) {
        return judge(connector(col), p.chain(id));
    }
};

constexpr auto unchecked = {column::none, column::require_tls, column::encryption_only};
constexpr auto checked = {column::certificate_validation, column::domain_validation, column::domain_secure};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_server_certificate, verdicts)

BOOST_AUTO_TEST_CASE(without_a_checking_level_anything_passes) { // row 9
    for (const auto col : unchecked)
        for (const auto* id : {"good", "wrong name", "untrusted", "expired", "self-signed", "client only"}) {
            const auto d = judge(col, id);
            BOOST_TEST((d.value.action == send_action::proceed), id);
            BOOST_TEST(d.why.assumed.empty(), id);
            BOOST_TEST(chains.empty());
        }
}

BOOST_AUTO_TEST_CASE(good_certificate_passes_every_level_resting_on_unchecked_revocation) {
    for (const auto col : checked) {
        const auto d = judge(col, "good");
        BOOST_TEST((d.value.action == send_action::proceed));
        BOOST_TEST(d.value.reason.empty());
        BOOST_TEST(rests_on(d.why, "chain.revocation.no-distribution-point"));
        BOOST_TEST(chains.size() == 1U);
        BOOST_TEST(rests_on(judge(col, "with list").why, "chain.revocation.assumed-good"));
    }
}

BOOST_AUTO_TEST_CASE(missing_distribution_point_may_fail_by_switch) {
    BOOST_REQUIRE(b.set("NoDistributionPoint", "Fail", {"s.yaml", 7, 1, 1}));
    for (const auto col : checked) {
        const auto d = judge(col, "good");
        BOOST_TEST(d.value.reason == "RevocationUnknown");
        BOOST_TEST(d.value.our_text);
        BOOST_TEST(rests_on(d.why, "exchange.chain.revocation-unknown"));
    }
    BOOST_TEST(judge(column::certificate_validation, "untrusted").value.reason == "UntrustedRoot");
    BOOST_TEST((judge(column::encryption_only, "good").value.action == send_action::proceed));
}

BOOST_AUTO_TEST_CASE(chain_faults_fail_from_certificate_validation_on) { // row 10
    struct row {
        std::string id, reason;
        bool assumed;
    };
    for (const row& r : std::vector<row>{{"untrusted", "UntrustedRoot", false},
                                         {"self-signed", "UntrustedRoot", false},
                                         {"expired", "Expired", true},
                                         {"client only", "WrongUsage", true},
                                         {"untrusted expired", "UntrustedRoot", true}}) {
        for (const auto col : checked) {
            const auto d = judge(col, r.id);
            BOOST_TEST((d.value.action == send_action::queue), r.id);
            BOOST_TEST(d.value.reason == r.reason, r.id);
            BOOST_TEST(d.value.reply == "454 4.7.5 Certificate validation failure, Reason:" + r.reason);
            BOOST_TEST(d.value.bare);
            BOOST_TEST(d.value.our_text == (r.reason != "UntrustedRoot"));
            BOOST_TEST(!d.why.assumed.empty() == (r.assumed || col == column::domain_secure), r.id);
        }
    }
}

BOOST_AUTO_TEST_CASE(missing_intermediate_is_reported_as_untrusted_root_by_assumption) {
    for (const auto col : checked) {
        const auto d = judge(connector(col), {p.cert("good")});
        BOOST_TEST(d.value.reason == "UntrustedRoot");
        BOOST_TEST(rests_on(d.why, "exchange.reason.partial-chain"));
    }
}

BOOST_AUTO_TEST_CASE(name_is_checked_by_domain_validation_alone) { // row 11
    BOOST_TEST((judge(column::certificate_validation, "wrong name").value.action == send_action::proceed));
    const auto d = judge(column::domain_validation, "wrong name");
    BOOST_TEST(d.value.reply == "454 4.7.5 Certificate validation failure, Reason:SubjectMismatch");
    BOOST_TEST(d.why.rule == "exchange.name.domain-validation-mismatch");
    const auto names = std::find_if(d.why.because.begin(), d.why.because.end(),
                                    [](const auto& c) { return c.value == "mail.fabrikam.com"; });
    BOOST_TEST((names != d.why.because.end()));
}

BOOST_AUTO_TEST_CASE(names_by_level) {
    struct row {
        std::string id;
        bool domain_validation, domain_secure;
    };
    for (const row& r : std::vector<row>{{"good", true, true},
                                         {"host only", true, false},
                                         {"domain only", false, true},
                                         {"wildcard", true, false}}) {
        const auto passes = [&](column col) { return judge(col, r.id).value.action == send_action::proceed; };
        BOOST_TEST(passes(column::certificate_validation), r.id);
        BOOST_TEST(passes(column::domain_validation) == r.domain_validation, r.id);
        BOOST_TEST(passes(column::domain_secure) == r.domain_secure, r.id);
    }
}

BOOST_AUTO_TEST_CASE(chain_is_judged_before_the_name) { // Schannel sheet 5.4
    auto c = connector(column::domain_validation);
    c.tls_domain = std::string("mail.fabrikam.com");
    BOOST_TEST(judge(c, p.chain("expired")).value.reason == "Expired");
}

BOOST_AUTO_TEST_CASE(domain_validation_without_tls_domain_wants_the_recipients_domain) {
    auto c = connector(column::domain_validation);
    c.tls_domain = std::string();
    BOOST_TEST((judge(c, p.chain("domain only")).value.action == send_action::proceed));
    BOOST_TEST(judge(c, p.chain("host only")).value.reason == "SubjectMismatch");
}

BOOST_AUTO_TEST_CASE(domain_security_failures_are_assumed_and_write_an_event_without_known_id) {
    const auto d = judge(column::domain_secure, "host only");
    BOOST_TEST(d.value.reason == "SubjectMismatch");
    BOOST_TEST(d.why.rule == "exchange.name.domain-security-mismatch");
    BOOST_TEST(rests_on(d.why, "exchange.domain-security.failure"));
    BOOST_REQUIRE(d.value.events.size() == 1U);
    BOOST_TEST(d.value.events[0].id == 0);
    BOOST_TEST(d.value.events[0].our_text);
}

BOOST_AUTO_TEST_CASE(level_and_domain_security_check_both_names) {
    auto c = connector(column::domain_validation);
    c.domain_secure_enabled = true;
    BOOST_TEST((judge(c, p.chain("good")).value.action == send_action::proceed));
    BOOST_TEST(judge(c, p.chain("host only")).why.rule == "exchange.name.domain-security-mismatch");
    BOOST_TEST(judge(c, p.chain("domain only")).why.rule == "exchange.name.domain-validation-mismatch");
}

BOOST_AUTO_TEST_CASE(no_certificate_at_all_fails) {
    BOOST_TEST((judge(connector(column::encryption_only), {}).value.action == send_action::proceed));
    BOOST_TEST(judge(connector(column::certificate_validation), {}).value.reason == "NoRemoteCertificate");
}

BOOST_AUTO_TEST_CASE(basic_auth_require_tls_wants_the_exact_smart_host) { // row 12
    auto c = to_contoso();
    c.smart_hosts = std::vector<std::string>{"mail.contoso.com", "mail2.contoso.com"};
    c.smart_host_auth_mechanism = smart_host_auth::basic_auth_require_tls;
    BOOST_TEST((judge(c, p.chain("good"), "mail.contoso.com").value.action == send_action::proceed));
    BOOST_TEST((judge(c, p.chain("untrusted"), "mail.contoso.com").value.action == send_action::proceed));
    BOOST_TEST(judge(c, p.chain("good"), "mail2.contoso.com").why.rule ==
               "exchange.name.smart-host-mismatch");
    const auto wildcard = judge(c, p.chain("wildcard"), "mail.contoso.com");
    BOOST_TEST(wildcard.value.reason == "SubjectMismatch");
    BOOST_TEST(wildcard.value.our_text);
}

BOOST_AUTO_TEST_CASE(switches_change_usage_and_suffix) {
    BOOST_REQUIRE(b.set("ServerCertificateUsage", "Ignore", {}));
    BOOST_TEST((judge(column::certificate_validation, "client only").value.action == send_action::proceed));
    BOOST_REQUIRE(b.set("ValidationReasonSuffix", "false", {}));
    const auto d = judge(column::certificate_validation, "untrusted");
    BOOST_TEST(d.value.reply == "454 4.7.5 Certificate validation failure");
    BOOST_TEST(d.value.reason == "UntrustedRoot");
    BOOST_TEST(rests_on(d.why, "exchange.reason.suffix"));
}

BOOST_AUTO_TEST_CASE(plain_smtp_sender_verifies_by_its_level) {
    auto mx = contoso_mx();
    mx.stores = s.stores;
    const auto judged = [&](smtp_tls_level level, const std::string& id) {
        mx.partner.tls_level = level;
        const auto policy = partner_tls_policy(mx, "contoso.com", "mail.contoso.com").value;
        auto d = judge_server_certificate(mx, {}, policy, p.chain(id), at(noon), b, memo, chains);
        is_complete(d.why);
        BOOST_TEST(d.why.assumed.empty());
        return d.value;
    };
    BOOST_TEST((judged(smtp_tls_level::encrypt, "untrusted").action == send_action::proceed));
    BOOST_TEST((judged(smtp_tls_level::verify, "host only").action == send_action::proceed));
    BOOST_TEST(
        (judged(smtp_tls_level::secure, "host only").action == send_action::proceed)); // below contoso.com
    BOOST_TEST((judged(smtp_tls_level::secure, "domain only").action == send_action::proceed));
    BOOST_TEST(judged(smtp_tls_level::verify, "domain only").reason == "SubjectMismatch");
    const auto untrusted = judged(smtp_tls_level::verify, "untrusted");
    BOOST_TEST(untrusted.reply == "451 4.7.5 Server certificate not trusted");
    BOOST_TEST(untrusted.our_text);
}

BOOST_AUTO_TEST_SUITE_END()
