// Revocation with Exchange's eyes (reference README, items 2, 3, 5, 7 and the switches): the same real lists,
// seen by a sending server, by a receiving one, and for the own certificate.
#include "sim/exchange/domain_capabilities.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

constexpr const char* url = "http://crl.lab/issuing.crl";

struct lists {
    pki p;
    server s = testms05();
    behavior b;
    chain::signature_memo memo;
    std::map<std::string, std::string> pages; // URL → body; what is not there is not reached
    std::vector<trace::chain_view> views;

    lists() {
        const std::vector<std::string> names{"mail.contoso.com", "contoso.com"};
        p.leaf("named", "Issuing", "CN=mail.contoso.com", names).crl_urls = {url};
        p.leaf("unnamed", "Issuing", "CN=mail.contoso.com", names);
        p.leaf("own", "Issuing", "CN=testms05.varunagroup.de", {"testms05.varunagroup.de"}).crl_urls = {url};
        p.issue();
        s.stores = p.trusting_public_and_private();
    }

    void publish(const std::string& revoked = {}, const char* until = "2024-06-10") {
        certs::crl_recipe r;
        r.this_update = at("2024-06-01");
        r.next_update = at(until);
        if (!revoked.empty())
            r.revoked = {{p.cert(revoked).fields().serial, at("2024-06-02"), {}}};
        const auto der = certs::forge_crl(r, p.issued("Issuing"));
        BOOST_REQUIRE_MESSAGE(der, der.error);
        pages[url] = *der;
    }

    /// Judges until nothing is wanted any more, as whoever fetches does.
    template <class Judge>
    auto settled(Judge judge) {
        chain::evidence known(memo);
        known.revocation = chain::revocation_mode::check;
        for (int round = 0; round < 20; ++round) {
            auto d = judge(known);
            if (d.value.wanted.empty()) {
                is_complete(d.why);
                return d;
            }
            const auto& asked = d.value.wanted.front();
            const auto page = pages.find(asked.url);
            known.answers.push_back(page == pages.end() ? chain::retrieved{asked, {}, "connection refused"}
                                                        : chain::retrieved{asked, page->second});
        }
        BOOST_FAIL("the questions do not end");
        return judge(known);
    }

    trace::decided<send_verdict> sent_to(const std::string& id, tls_auth_level level) {
        auto c = to_contoso();
        c.level = std::optional<tls_auth_level>(level);
        if (level == tls_auth_level::domain_validation)
            c.tls_domain = std::string("mail.contoso.com");
        const auto policy = outbound_tls_policy(varunagroup(), c, "contoso.com", b).value;
        return settled([&](const chain::evidence& known) {
            views.clear();
            return judge_server_certificate(s, c, policy, p.chain(id), at(noon), b, known, views);
        });
    }
    std::string reason(const std::string& id) {
        return sent_to(id, tls_auth_level::certificate_validation).value.reason;
    }
    inbound_facts client(const std::string& id) { return {true, p.chain(id), at(noon)}; }
    std::string received_from(const std::string& id) {
        return settled([&](const auto& known) { return judge_client_chain(s, client(id), b, known); })
            .why.answer;
    }
    trace::decided<domain_capabilities> capabilities_of(const std::string& id,
                                                        const std::string& key = "contoso.com") {
        auto c = internet_connector();
        c.tls_domain_capabilities = std::vector<std::string>{key + ":AcceptOorgProtocol"};
        return settled(
            [&](const auto& known) { return evaluate_domain_capabilities(s, c, client(id), b, known); });
    }
    /// The certificate that serves STARTTLS; empty: none does.
    std::string served(bool by_name) {
        auto c = internet_connector();
        s.certificates = {p.stored("own")};
        if (by_name)
            c.tls_certificate_name = "<I>" + p.cert("own").issuer() + "<S>" + p.cert("own").subject();
        const auto d =
            settled([&](const auto& known) { return select_starttls_certificate(s, c, at(noon), b, known); });
        return d.value.certificate == nullptr ? "" : d.value.certificate->name;
    }
    void set(const char* name, const char* word) { BOOST_REQUIRE(b.set(name, word, {"s.yaml", 7, 1, 1})); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_revocation, lists)

BOOST_AUTO_TEST_CASE(a_list_that_does_not_name_it_passes) {
    publish();
    const auto d = sent_to("named", tls_auth_level::domain_validation);
    BOOST_TEST((d.value.action == send_action::proceed));
    BOOST_TEST(!rests_on(d.why, "chain.revocation.assumed-good"));
}

BOOST_AUTO_TEST_CASE(revoked_fails_with_a_word_of_ours) {
    publish("named");
    for (const auto level : {tls_auth_level::certificate_validation, tls_auth_level::domain_validation}) {
        const auto d = sent_to("named", level);
        BOOST_TEST(d.value.reply == "454 4.7.5 Certificate validation failure, Reason:Revoked");
        BOOST_TEST(d.value.our_text);
        BOOST_TEST(d.why.rule == "exchange.chain.revoked");
        BOOST_TEST(views.front().policy_error == "CRYPT_E_REVOKED");
    }
    BOOST_TEST((sent_to("named", tls_auth_level::encryption_only).value.action == send_action::proceed));
}

BOOST_AUTO_TEST_CASE(a_list_that_is_not_reached_fails_with_the_attested_word) {
    const auto d = sent_to("named", tls_auth_level::certificate_validation);
    BOOST_TEST(d.value.reply == "454 4.7.5 Certificate validation failure, Reason:RevocationOffline");
    BOOST_TEST(!d.value.our_text);
    BOOST_TEST(d.why.rule == "exchange.chain.revocation-unknown");
    BOOST_TEST(fate(d.why, std::string("CRL ") + url + " for CN=mail.contoso.com") == "connection refused");
}

BOOST_AUTO_TEST_CASE(a_stale_list_is_as_good_as_none) {
    publish("", "2024-06-02");
    BOOST_TEST(reason("named") == "RevocationOffline");
}

BOOST_AUTO_TEST_CASE(offline_passes_by_switch_and_the_decision_says_so) {
    set("RevocationOffline", "Ignore");
    const auto d = sent_to("named", tls_auth_level::certificate_validation);
    BOOST_TEST((d.value.action == send_action::proceed));
    BOOST_TEST(rests_on(d.why, "exchange.chain.revocation-unknown"));
    publish("named");
    BOOST_TEST(reason("named") == "Revoked"); // never ignored
}

BOOST_AUTO_TEST_CASE(no_distribution_point_passes_and_fails_by_switch) {
    const auto d = sent_to("unnamed", tls_auth_level::certificate_validation);
    BOOST_TEST((d.value.action == send_action::proceed));
    BOOST_TEST(rests_on(d.why, "chain.revocation.no-distribution-point"));
    set("NoDistributionPoint", "Fail");
    const auto failed = sent_to("unnamed", tls_auth_level::certificate_validation);
    BOOST_TEST(failed.value.reason == "RevocationUnknown");
    BOOST_TEST(rests_on(failed.why, "exchange.chain.revocation-unknown"));
}

// The issuing CA names no distribution point, the leaf's is not reached: the offline one decides.
BOOST_AUTO_TEST_CASE(one_offline_certificate_among_unknown_ones_fails) {
    BOOST_TEST(reason("named") == "RevocationOffline");
    BOOST_TEST(reason("unnamed").empty());
}

// ---- receiving: item 5 ----

BOOST_AUTO_TEST_CASE(the_chain_of_a_client_is_checked_for_revocation) {
    BOOST_TEST(received_from("named") == "RevocationOffline");
    publish();
    BOOST_TEST(received_from("named") == "Valid");
    publish("named");
    BOOST_TEST(received_from("named") == "Revoked");
}

BOOST_AUTO_TEST_CASE(capabilities_ignore_revocation_unless_told) {
    publish("named");
    BOOST_TEST(capabilities_of("named").value.status == "Success");
    set("CapabilityCheckRevocation", "Check");
    BOOST_TEST(capabilities_of("named").value.status == "Revoked");
    pages.clear();
    const auto d = capabilities_of("named"); // event 11022 as it was observed
    BOOST_TEST(d.value.status == "RevocationOffline");
    BOOST_TEST(ids(d.value.events) == std::vector<int>{11022}, boost::test_tools::per_element());
}

// ---- the own certificate: items 2 and 3 ----

BOOST_AUTO_TEST_CASE(an_own_certificate_that_is_named_must_not_be_revoked_or_offline) {
    BOOST_TEST(served(true).empty());
    publish("own");
    BOOST_TEST(served(true).empty());
    publish();
    BOOST_TEST(served(true) == "own");
}

BOOST_AUTO_TEST_CASE(the_revocation_of_one_found_by_name_is_not_looked_at) {
    publish("own");
    BOOST_TEST(served(false) == "own");
}

BOOST_AUTO_TEST_CASE(a_sending_server_whose_named_certificate_is_revoked_sends_nothing) {
    publish("own");
    auto c = to_contoso();
    s.certificates = {p.stored("own")};
    c.tls_certificate_name = "<I>" + p.cert("own").issuer() + "<S>" + p.cert("own").subject();
    const auto d =
        settled([&](const auto& known) { return select_client_certificate(s, c, at(noon), b, known); });
    BOOST_TEST(d.value.unresolvable);
    BOOST_TEST(
        judge_own_certificate(c, d.value).value.reply ==
        "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found.");
}

BOOST_AUTO_TEST_CASE(capabilities_by_issuer_and_subject_end_with_the_issuer) { // hybrid sheet 3.3
    publish();
    const auto& leaf = p.cert("named");
    BOOST_TEST(capabilities_of("named", "<I>" + leaf.issuer() + "<S>" + leaf.subject()).value.status ==
               "Success");
    const auto other = capabilities_of("named", "<I>CN=MSIT Machine Auth CA 2<S>" + leaf.subject());
    BOOST_TEST(other.value.granted.empty());
    BOOST_TEST(other.why.rule == "exchange.capabilities.stale-key");
}

BOOST_AUTO_TEST_SUITE_END()
