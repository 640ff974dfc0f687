// On-premises sheet 3.5, 3.7, 4.3, 4.4; reference README item 16.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

const std::string refusal = "454 4.7.5 Mail from a domain-secured domain could not be authenticated";

struct mail_from {
    pki p;
    organization o = varunagroup();
    server s = testms05();
    receive_connector c = internet_connector();
    inbound_facts facts;
    behavior b;
    chain::signature_memo memo;

    mail_from() {
        p.leaf("good", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"});
        p.leaf("host only", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com"});
        p.leaf("untrusted", "Unknown", "CN=contoso.com", {"contoso.com"});
        p.leaf("server usage", "Issuing", "CN=contoso.com", {"contoso.com"}).extended_key_usage =
            std::vector<std::string>{std::string(certs::eku_server_auth)};
        p.issue();
        s.stores = p.trusting_public_and_private();
        facts.now = at(noon);
        facts.tls = true;
    }
    trace::decided<inbound_verdict> judge(std::string_view sender = "bob@contoso.com") {
        auto d = judge_mail_from(o, s, c, sender, facts, b, memo);
        is_complete(d.why);
        return d;
    }
    void secure_domain() {
        o.transport.tls_receive_domain_secure_list = std::vector<std::string>{"contoso.com"};
        c.domain_secure_enabled = true;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_mail_from, mail_from)

BOOST_AUTO_TEST_CASE(anonymous_mail_is_taken_where_anonymous_users_may_submit) {
    facts.tls = false;
    const auto d = judge();
    BOOST_TEST(d.value.accepted);
    BOOST_TEST(d.value.auth_as == "Anonymous");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(require_tls_answers_mail_in_clear_with_451) {
    c.require_tls = true;
    facts.tls = false;
    const auto d = judge();
    BOOST_TEST(!d.value.accepted);
    BOOST_TEST(d.value.reply == "451 5.7.3 Must issue a STARTTLS command first");
    BOOST_TEST(d.value.reason == "MustIssueStarttls");
    BOOST_TEST(!d.value.our_text);
    facts.tls = true;
    BOOST_TEST(judge().value.accepted);
}

BOOST_AUTO_TEST_CASE(without_anonymous_users_mail_is_answered_with_530) {
    c.permissions = std::uint32_t{group_exchange_users | group_partners};
    const auto d = judge();
    BOOST_TEST(d.value.reply ==
               "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM");
    BOOST_TEST(d.value.reason == "NotAuthenticated");
}

BOOST_AUTO_TEST_CASE(externally_secured_hosts_are_internal) {
    c.auth = std::uint32_t{auth_tls | auth_external_authoritative};
    c.permissions = std::uint32_t{group_exchange_servers};
    const auto d = judge();
    BOOST_TEST(d.value.accepted);
    BOOST_TEST(d.value.auth_as == "Internal");
}

BOOST_AUTO_TEST_CASE(domain_security_accepts_a_good_certificate_with_the_domain) {
    secure_domain();
    facts.client_chain = p.chain("good");
    const auto d = judge();
    BOOST_TEST(d.value.accepted);
    BOOST_TEST(d.value.auth_as == "Partner");
    BOOST_TEST(d.value.auth_domain == "contoso.com");
    BOOST_TEST(d.value.events.empty());
}

BOOST_AUTO_TEST_CASE(partners_may_submit_once_authenticated) {
    secure_domain();
    c.permissions = std::uint32_t{group_partners};
    facts.client_chain = p.chain("good");
    BOOST_TEST(judge().value.accepted);
    BOOST_TEST(!judge("bob@fabrikam.com").value.accepted);
}

BOOST_AUTO_TEST_CASE(domain_security_refuses_with_one_text_and_the_attested_events) {
    struct row {
        bool tls;
        std::string certificate, reason;
        int event;
    };
    secure_domain();
    for (const row& r : std::vector<row>{{false, "", "DomainSecureNoTls", 11012},
                                         {true, "", "EmptyCertificate", 0},
                                         {true, "untrusted", "UntrustedRoot", 0},
                                         {true, "host only", "SubjectMismatch", 11015}}) {
        facts.tls = r.tls;
        facts.client_chain =
            r.certificate.empty() ? std::vector<certs::certificate>{} : p.chain(r.certificate);
        const auto d = judge();
        BOOST_TEST(!d.value.accepted, r.reason);
        BOOST_TEST(d.value.reply == refusal);
        BOOST_TEST(d.value.our_text);
        BOOST_TEST(d.value.reason == r.reason);
        BOOST_TEST(rests_on(d.why, "exchange.domain-security.inbound-refusal"));
        BOOST_REQUIRE(d.value.events.size() == 1U);
        BOOST_TEST(d.value.events[0].id == r.event);
        BOOST_TEST(d.value.events[0].category == "MessageSecurity");
        BOOST_TEST(d.value.events[0].our_text == (r.event == 0));
    }
}

BOOST_AUTO_TEST_CASE(event_texts_of_domain_security) {
    secure_domain();
    facts.tls = false;
    BOOST_TEST(judge().value.events.at(0).text ==
               "A message from domain-secured domain 'contoso.com' on connector 'Default Frontend TESTMS05' "
               "could not be "
               "authenticated because the server did not use Transport Layer Security (TLS). Contact the "
               "administrator "
               "for contoso.com to resolve the problem, or remove the domain from the domain-secured list.");
}

BOOST_AUTO_TEST_CASE(usage_of_the_client_certificate_is_not_looked_at_unless_told) {
    secure_domain();
    facts.client_chain = p.chain("server usage");
    BOOST_TEST(judge().value.accepted);
    BOOST_REQUIRE(b.set("ClientAuthEku", "Require", {}));
    const auto d = judge();
    BOOST_TEST(d.value.reason == "WrongUsage");
    BOOST_TEST(rests_on(d.why, "exchange.client-chain.usage"));
}

BOOST_AUTO_TEST_CASE(switch_accepts_unauthenticated_mail_with_a_finding) {
    secure_domain();
    BOOST_REQUIRE(b.set("DomainSecureRefusal", "AcceptUnauthenticated", {}));
    const auto d = judge();
    BOOST_TEST(d.value.accepted);
    BOOST_TEST(d.value.auth_as == "Anonymous");
    BOOST_TEST(d.value.reason == "EmptyCertificate");
    BOOST_TEST(d.value.findings.size() == 1U);
    BOOST_TEST(d.value.events.size() == 1U);
}

BOOST_AUTO_TEST_CASE(domain_not_in_the_list_is_ordinary_mail) {
    secure_domain();
    BOOST_TEST(judge("bob@fabrikam.com").value.accepted);
    BOOST_TEST(judge("").value.accepted); // the null sender
}

BOOST_AUTO_TEST_CASE(half_configured_domain_security_is_not_in_force_with_a_finding) {
    secure_domain();
    c.domain_secure_enabled = false;
    BOOST_TEST(judge().value.accepted);
    BOOST_TEST(judge().value.findings.size() == 1U);
    c.domain_secure_enabled = true;
    c.auth = std::uint32_t{auth_none};
    BOOST_TEST(judge().value.findings.size() == 1U);
    c.auth = std::uint32_t{auth_tls};
    c.domain_secure_enabled.mark = {"s.yaml", 2, 1, 1};
    o.transport.tls_receive_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(judge().value.findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(plain_smtp_server_may_demand_tls) {
    auto mx = contoso_mx();
    mx.partner.require_tls = true;
    facts.tls = false;
    const auto d = judge_mail_from(o, mx, c, "anna@varunagroup.de", facts, b, memo);
    is_complete(d.why);
    BOOST_TEST(d.value.reply == "530 5.7.0 Must issue a STARTTLS command first");
    BOOST_TEST(d.value.auth_as == "");
    facts.tls = true;
    BOOST_TEST(judge_mail_from(o, mx, c, "anna@varunagroup.de", facts, b, memo).value.accepted);
}

BOOST_AUTO_TEST_CASE(client_chain_is_logged_by_its_status) {
    const auto status = [&](const std::string& id) {
        facts.client_chain = id.empty() ? std::vector<certs::certificate>{} : p.chain(id);
        const auto d = judge_client_chain(s, facts, b, memo);
        is_complete(d.why);
        return d.why.answer;
    };
    BOOST_TEST(status("") == "EmptyCertificate");
    BOOST_TEST(status("good") == "Valid");
    BOOST_TEST(status("untrusted") == "UntrustedRoot");
}

BOOST_AUTO_TEST_SUITE_END()
