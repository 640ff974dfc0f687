// On-premises sheet 1.5; reference README item 2.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

const std::string host = "testms05.varunagroup.de";

struct client_certificate {
    pki p;
    server s = testms05();
    send_connector c = to_contoso();
    behavior b;
    chain::signature_memo memo;

    client_certificate() {
        p.self_signed("default", "TESTMS05", {"TESTMS05", host});
        p.leaf("mail", "Issuing", "CN=mail.varunagroup.de", {"mail.varunagroup.de"});
        auto& renewed = p.leaf("renewed", "Issuing", "CN=mail.varunagroup.de", {"mail.varunagroup.de"});
        renewed.not_before = at("2024-05-01");
        renewed.not_after = at("2025-06-01");
        p.leaf("untrusted", "Unknown", "CN=mail.varunagroup.de", {"mail.varunagroup.de"});
        p.issue();
        s.stores = p.trusting_public_and_private();
    }
    trace::decided<certificate_choice> choose(std::vector<stored_certificate> certificates,
                                              const char* now = noon) {
        s.certificates = std::move(certificates);
        auto d = select_client_certificate(s, c, at(now), b, memo);
        is_complete(d.why);
        return d;
    }
    void name_certificate(const std::string& id) {
        c.tls_certificate_name = "<I>" + p.cert(id).issuer() + "<S>" + p.cert(id).subject();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_client_certificate, client_certificate)

BOOST_AUTO_TEST_CASE(default_certificate_is_offered_by_the_servers_name) {
    const auto d = choose({p.stored("default"), p.stored("mail")});
    BOOST_TEST(d.value.certificate->name == "default");
    BOOST_TEST(d.value.matched_by == "FQDN of the server");
    BOOST_TEST(d.value.unusable.empty());
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(connector_fqdn_comes_before_the_servers) {
    c.fqdn = std::string("mail.varunagroup.de");
    BOOST_TEST(choose({p.stored("default"), p.stored("mail")}).value.certificate->name == "mail");
}

BOOST_AUTO_TEST_CASE(order_between_several_is_assumed_to_be_that_of_receiving) {
    c.fqdn = std::string("mail.varunagroup.de");
    const auto d = choose({p.stored("mail"), p.stored("renewed")});
    BOOST_TEST(d.value.certificate->name == "renewed");
    BOOST_TEST(rests_on(d.why, "exchange.client-certificate.same-order"));
}

BOOST_AUTO_TEST_CASE(named_certificate_is_offered) {
    name_certificate("mail");
    const auto d = choose({p.stored("default"), p.stored("mail")});
    BOOST_TEST(d.value.certificate->name == "mail");
    BOOST_TEST(d.value.matched_by == "TlsCertificateName");
    BOOST_TEST(!d.value.unresolvable);
}

BOOST_AUTO_TEST_CASE(stale_name_is_not_replaced_by_another_certificate) {
    c.tls_certificate_name = std::string("<I>CN=R3, O=Let's Encrypt, C=US<S>CN=mail.varunagroup.de");
    const auto d = choose({p.stored("default"), p.stored("mail")});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(d.value.unresolvable);
    BOOST_TEST(d.why.rule == "exchange.client-certificate.not-found");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(named_certificate_with_broken_chain_counts_as_not_found) {
    name_certificate("untrusted");
    const auto d = choose({p.stored("untrusted")});
    BOOST_TEST(d.value.unresolvable);
    BOOST_TEST(d.why.rule == "exchange.client-certificate.broken-chain");
}

BOOST_AUTO_TEST_CASE(missing_private_key_is_no_credentials) {
    for (const bool named : {false, true}) {
        c.fqdn = std::string("mail.varunagroup.de");
        if (named)
            name_certificate("mail");
        const auto d = choose({p.stored("mail", service_smtp, false)});
        BOOST_TEST(d.value.certificate->name == "mail");
        BOOST_TEST(d.value.unusable == "NoCredentials");
        BOOST_TEST(!d.value.unresolvable);
        BOOST_TEST(rests_on(d.why, "exchange.client-certificate.unusable-extent"));
    }
}

BOOST_AUTO_TEST_CASE(missing_smtp_binding_is_unknown_credentials) {
    name_certificate("mail");
    const auto d = choose({p.stored("mail", service_iis)});
    BOOST_TEST(d.value.unusable == "UnknownCredentials");
    BOOST_TEST(d.why.rule == "exchange.client-certificate.not-bound-to-smtp");
}

BOOST_AUTO_TEST_CASE(expired_is_still_offered_with_12016) {
    name_certificate("mail");
    const auto d = choose({p.stored("mail")}, "2025-02-01");
    BOOST_TEST(d.value.certificate->name == "mail");
    BOOST_TEST(d.value.unusable.empty());
    BOOST_TEST(ids(d.value.events) == std::vector<int>{12016}, boost::test_tools::per_element());
    BOOST_TEST(rests_on(d.why, "exchange.client-certificate.expired-still-offered"));
}

BOOST_AUTO_TEST_CASE(nothing_by_name_goes_on_without_and_is_assumed) {
    const auto d = choose({p.stored("mail")});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(!d.value.unresolvable);
    BOOST_TEST(ids(d.value.events) == std::vector<int>{12014}, boost::test_tools::per_element());
    BOOST_TEST(rests_on(d.why, "exchange.client-certificate.none"));
}

BOOST_AUTO_TEST_SUITE_END()
