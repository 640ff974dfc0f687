// On-premises sheet 1.2, 1.3, 1.6, 1.8; reference README items 2, 3, 15.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

const std::string host = "testms05.varunagroup.de";
const std::string mail = "mail.varunagroup.de";

struct starttls {
    pki p;
    server s = testms05();
    receive_connector c = internet_connector();
    behavior b;
    chain::signature_memo memo;

    starttls() {
        p.self_signed("default", "TESTMS05", {"TESTMS05", host});
        p.leaf("pki", "Issuing", "CN=" + host, {host});
        auto& newer = p.leaf("newer", "Issuing", "CN=" + host, {host, mail});
        newer.not_before = at("2024-05-01");
        newer.not_after = at("2025-06-01");
        auto& longer = p.leaf("older but longer", "Issuing", "CN=" + host, {host});
        longer.not_before = at("2023-01-01");
        longer.not_after = at("2027-01-01");
        auto& expired = p.leaf("expired", "Issuing", "CN=" + host, {host});
        expired.not_before = at("2023-01-01");
        expired.not_after = at("2024-01-01");
        p.leaf("untrusted", "Unknown", "CN=" + host, {host});
        p.leaf("untrusted mail", "Unknown", "CN=" + mail, {mail});
        p.leaf("other name", "Issuing", "CN=" + mail, {mail});
        p.leaf("wildcard", "Issuing", "CN=*.varunagroup.de", {"*.varunagroup.de"});
        p.issue();
        s.stores = p.trusting_public_and_private();
    }

    trace::decided<certificate_choice> choose(std::vector<stored_certificate> certificates,
                                              const char* now = noon) {
        s.certificates = std::move(certificates);
        auto d = select_starttls_certificate(s, c, at(now), b, memo);
        is_complete(d.why);
        if (d.value.certificate == nullptr)
            BOOST_TEST(d.why.answer == "none: STARTTLS is not advertised");
        return d;
    }
    std::string chosen(std::vector<stored_certificate> certificates) {
        const auto d = choose(std::move(certificates));
        return d.value.certificate == nullptr ? "" : d.value.certificate->name;
    }
    void name_certificate(const std::string& id) {
        const auto& cert = p.cert(id);
        c.tls_certificate_name = "<I>" + cert.issuer() + "<S>" + cert.subject();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_starttls_certificate, starttls)

BOOST_AUTO_TEST_CASE(auth_mechanism_without_tls_loads_nothing) {
    c.auth = std::uint32_t{auth_exchange_server};
    const auto d = choose({p.stored("pki")});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.auth-mechanism-without-tls");
    BOOST_TEST(d.value.events.empty());
}

BOOST_AUTO_TEST_CASE(server_fqdn_is_looked_for_when_the_connector_has_none) {
    const auto d = choose({p.stored("other name"), p.stored("default")});
    BOOST_TEST(d.value.certificate->name == "default");
    BOOST_TEST(d.value.looked_for == host);
    BOOST_TEST(d.value.matched_by == "FQDN of the server");
    BOOST_TEST(d.why.rule == "exchange.certificate.by-server-fqdn");
    BOOST_TEST(fate(d.why, "other name") == "does not contain the name " + host);
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(connector_fqdn_is_looked_for_first) {
    c.fqdn = std::string(mail);
    const auto d = choose({p.stored("default"), p.stored("other name")});
    BOOST_TEST(d.value.certificate->name == "other name");
    BOOST_TEST(d.value.matched_by == "Fqdn of the connector");
}

BOOST_AUTO_TEST_CASE(wildcard_certificate_answers_to_the_fqdn) {
    BOOST_TEST(chosen({p.stored("wildcard")}) == "wildcard");
}

BOOST_AUTO_TEST_CASE(older_pki_beats_newer_self_signed) {
    auto& fresh = p.self_signed("fresh self-signed", "TESTMS05", {host});
    fresh.not_before = at("2024-06-01");
    fresh.not_after = at("2029-06-01");
    p.issue();
    s.stores = p.trusting_public_and_private();
    const auto d = choose({p.stored("fresh self-signed"), p.stored("pki")});
    BOOST_TEST(d.value.certificate->name == "pki");
    BOOST_TEST(d.why.rule == "exchange.certificate.pki-before-self-signed");
    BOOST_TEST(fate(d.why, "fresh self-signed") == "self-signed gives way to PKI");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(newest_of_several_wins) {
    const auto d = choose({p.stored("pki"), p.stored("newer")});
    BOOST_TEST(d.value.certificate->name == "newer");
    BOOST_TEST(d.why.rule == "exchange.certificate.newest-first");
    BOOST_TEST(fate(d.why, "pki") == "older: NotBefore 2024-01-01T00:00:00Z");
    BOOST_TEST(d.why.assumed.empty()); // the latest expiry would choose the same
}

BOOST_AUTO_TEST_CASE(newest_by_begin_or_by_end_is_a_switch) {
    const auto by_begin = choose({p.stored("older but longer"), p.stored("pki")});
    BOOST_TEST(by_begin.value.certificate->name == "pki");
    BOOST_TEST(rests_on(by_begin.why, "exchange.certificate.order-conflict"));
    BOOST_REQUIRE(b.set("CertificateOrder", "NotAfter", {}));
    const auto by_end = choose({p.stored("older but longer"), p.stored("pki")});
    BOOST_TEST(by_end.value.certificate->name == "older but longer");
    BOOST_TEST(rests_on(by_end.why, "exchange.certificate.order-conflict"));
}

BOOST_AUTO_TEST_CASE(nothing_answers_to_the_name) {
    c.fqdn = std::string("smtp.varunagroup.de");
    const auto d = choose({p.stored("default")});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.not-found");
    BOOST_REQUIRE(ids(d.value.events) == std::vector<int>{12014});
    BOOST_TEST(d.value.events[0].source == "MSExchangeTransport"); // the session knows which service it is
    BOOST_TEST(d.value.events[0].level == "Error");
    BOOST_TEST(
        d.value.events[0].text ==
        "Microsoft Exchange could not find a certificate that contains the domain name smtp.varunagroup.de "
        "in the "
        "personal store on the local computer. Therefore, it is unable to support the STARTTLS SMTP verb for "
        "the "
        "connector Default Frontend TESTMS05 with a FQDN parameter of smtp.varunagroup.de. If the "
        "connector's FQDN "
        "is not specified, the computer's FQDN is used. Verify the connector configuration and the installed "
        "certificates to make sure that there is a certificate with a domain name for that FQDN. If this "
        "certificate exists, run Enable-ExchangeCertificate -Services SMTP to make sure that the Microsoft "
        "Exchange Transport service has access to the certificate key.");
}

BOOST_AUTO_TEST_CASE(certificate_without_private_key_is_filtered) {
    const auto d = choose({p.stored("pki", service_smtp, false)});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(fate(d.why, "pki") == "no private key");
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.no-private-key");
    BOOST_TEST(ids(d.value.events) == std::vector<int>{12014}, boost::test_tools::per_element());
    BOOST_TEST(chosen({p.stored("newer", service_smtp, false), p.stored("pki")}) == "pki");
}

BOOST_AUTO_TEST_CASE(certificate_not_enabled_for_smtp_is_chosen_and_fails_in_the_handshake) {
    const auto d = choose({p.stored("newer", service_iis), p.stored("pki")});
    BOOST_TEST(d.value.certificate->name == "newer");
    BOOST_TEST(d.value.unusable == "UnknownCredentials");
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.not-bound-to-smtp");
    BOOST_TEST(rests_on(d.why, "exchange.starttls-certificate.not-bound-error"));
}

BOOST_AUTO_TEST_CASE(smtp_binding_may_filter_by_switch) {
    BOOST_REQUIRE(b.set("SmtpBindingFiltersSelection", "true", {}));
    BOOST_TEST(chosen({p.stored("newer", service_iis), p.stored("pki")}) == "pki");
    const auto d = choose({p.stored("newer", service_iis)});
    BOOST_TEST(ids(d.value.events) == std::vector<int>{12014}, boost::test_tools::per_element());
    BOOST_TEST(rests_on(d.why, "exchange.certificate.binding-filters"));
}

BOOST_AUTO_TEST_CASE(expired_is_still_served_when_nothing_else_is_there) {
    const auto d = choose({p.stored("expired")});
    BOOST_TEST(d.value.certificate->name == "expired");
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.expired-still-served");
    BOOST_TEST(d.why.assumed.empty());
    BOOST_REQUIRE(ids(d.value.events) == std::vector<int>{12016});
    BOOST_TEST(d.value.events[0].text.find("for the FQDN of " + host + ".") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(expired_pki_gives_way_to_a_valid_self_signed_one) {
    const auto d = choose({p.stored("expired"), p.stored("default")});
    BOOST_TEST(d.value.certificate->name == "default");
    BOOST_TEST(rests_on(d.why, "exchange.certificate.expired-gives-way"));
    BOOST_TEST(fate(d.why, "expired") == "expired 2024-01-01T00:00:00Z");
    BOOST_REQUIRE(b.set("ExpiredPkiAgainstValidSelfSigned", "PkiFirst", {}));
    const auto pki_first = choose({p.stored("expired"), p.stored("default")});
    BOOST_TEST(pki_first.value.certificate->name == "expired");
    BOOST_TEST(rests_on(pki_first.why, "exchange.certificate.expired-gives-way"));
}

BOOST_AUTO_TEST_CASE(renewed_certificate_beats_the_expired_one_without_assumption) {
    const auto d = choose({p.stored("expired"), p.stored("pki")});
    BOOST_TEST(d.value.certificate->name == "pki");
    BOOST_TEST(d.why.assumed.empty()); // it is the newer one too
}

BOOST_AUTO_TEST_CASE(untrusted_chain_found_by_name_is_no_candidate) {
    const auto d = choose({p.stored("untrusted"), p.stored("default")});
    BOOST_TEST(d.value.certificate->name == "default");
    BOOST_TEST(rests_on(d.why, "exchange.certificate.broken-chain-by-name"));
    BOOST_TEST(fate(d.why, "untrusted").find("CERT_TRUST_IS_") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tls_certificate_name_selects_by_issuer_and_subject) {
    name_certificate("other name");
    const auto d = choose({p.stored("default"), p.stored("pki"), p.stored("other name")});
    BOOST_TEST(d.value.certificate->name == "other name");
    BOOST_TEST(d.value.matched_by == "TlsCertificateName");
    BOOST_TEST(d.why.rule == "exchange.certificate.by-tls-certificate-name");
    BOOST_TEST(fate(d.why, "pki") == "issuer and subject are not those of TlsCertificateName");
}

BOOST_AUTO_TEST_CASE(renewal_with_the_same_names_is_picked_up) {
    name_certificate("pki"); // the renewed one has the same issuer and subject
    BOOST_TEST(chosen({p.stored("pki"), p.stored("newer")}) == "newer");
}

BOOST_AUTO_TEST_CASE(stale_tls_certificate_name_takes_starttls_away) {
    c.tls_certificate_name = std::string("<I>CN=R3, O=Let's Encrypt, C=US<S>CN=" + host);
    const auto d = choose({p.stored("pki"), p.stored("default")});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.not-found");
    BOOST_TEST(d.why.assumed.empty());
    BOOST_REQUIRE(ids(d.value.events) == std::vector<int>{12014});
    BOOST_TEST(d.value.events[0].text.find("the domain name <I>CN=R3, O=Let's Encrypt, C=US<S>CN=" + host) !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(broken_chain_of_the_named_certificate_takes_starttls_away) {
    name_certificate("untrusted mail");
    const auto d = choose({p.stored("untrusted mail"), p.stored("default")});
    BOOST_TEST(d.value.certificate == nullptr);
    BOOST_TEST(d.why.rule == "exchange.starttls-certificate.broken-chain");
    BOOST_TEST(d.why.assumed == std::vector<std::string>{"exchange.starttls-certificate.broken-chain-event"},
               boost::test_tools::per_element()); // "possibly with 12014"
}

BOOST_AUTO_TEST_CASE(named_self_signed_certificate_is_served) {
    name_certificate("default");
    BOOST_TEST(chosen({p.stored("default")}) == "default");
}

BOOST_AUTO_TEST_CASE(tls_certificate_name_is_compared_without_case) {
    name_certificate("pki");
    c.tls_certificate_name.value = "<i>cn=issuing ca, o=lab<s>CN=" + host;
    BOOST_TEST(chosen({p.stored("pki")}) == "pki");
}

BOOST_AUTO_TEST_CASE(another_spelling_of_the_name_is_a_switch) {
    c.tls_certificate_name = std::string("<I>CN=Issuing CA,O=Lab<S>CN=" + host);
    const auto as_text = choose({p.stored("pki")});
    BOOST_TEST(as_text.value.certificate == nullptr);
    BOOST_TEST(rests_on(as_text.why, "exchange.certificate.name-comparison"));
    BOOST_REQUIRE(b.set("TlsCertificateNameComparison", "ParsedName", {}));
    const auto parsed = choose({p.stored("pki")});
    BOOST_REQUIRE(parsed.value.certificate != nullptr);
    BOOST_TEST(rests_on(parsed.why, "exchange.certificate.name-comparison"));
}

BOOST_AUTO_TEST_CASE(certificate_ending_within_thirty_days_is_warned_of) {
    const auto soon = choose({p.stored("pki")}, "2024-12-12T00:00:00Z");
    BOOST_REQUIRE(ids(soon.value.events) == std::vector<int>{12018});
    BOOST_TEST(soon.value.events[0].level == "Warning");
    BOOST_TEST(soon.value.events[0].text ==
               "The STARTTLS certificate will expire soon: subject: CN=" + host +
                   ", thumbprint: " + p.cert("pki").thumbprint() +
                   ", hours remaining: 480. Run the New-ExchangeCertificate cmdlet to create a "
                   "new certificate.");
    BOOST_TEST(choose({p.stored("pki")}, "2024-11-30T00:00:00Z").value.events.empty());
}

BOOST_AUTO_TEST_CASE(hub_transport_writes_under_its_own_source) {
    c.role = transport_role::hub_transport;
    c.fqdn = std::string("nobody.varunagroup.de");
    BOOST_TEST(choose({}).value.events.at(0).source == "MSExchangeTransport");
}

BOOST_AUTO_TEST_CASE(plain_smtp_server_presents_what_it_is_configured_with) {
    auto mx = contoso_mx();
    mx.certificates = {p.stored("expired", service_none)};
    const auto d = select_starttls_certificate(mx, c, at(noon), b, memo);
    is_complete(d.why);
    BOOST_TEST(d.value.certificate->name == "expired");
    BOOST_TEST(d.value.unusable.empty());
    BOOST_TEST(d.value.events.empty());
}

BOOST_AUTO_TEST_CASE(internal_certificate_is_found_by_thumbprint) {
    s.certificates = {p.stored("pki"), p.stored("default")};
    s.internal_transport_thumbprint = p.cert("default").thumbprint();
    const auto d = select_internal_certificate(s, at(noon), b);
    is_complete(d.why);
    BOOST_TEST(d.value.certificate->name == "default");
    BOOST_TEST(d.value.events.empty());
    const auto late = select_internal_certificate(s, at("2028-01-01"), b);
    BOOST_TEST(late.value.certificate != nullptr);
    BOOST_TEST(ids(late.value.events) == std::vector<int>{12015}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(missing_internal_certificate_takes_x_anonymoustls_away) {
    s.certificates = {p.stored("pki")};
    const auto unset = select_internal_certificate(s, at(noon), b);
    is_complete(unset.why);
    BOOST_TEST(unset.value.events.empty());
    BOOST_TEST(ids(service_start_events(s, at(noon), b)) == std::vector<int>{12012},
               boost::test_tools::per_element());
    s.internal_transport_thumbprint = std::string(40, 'A');
    const auto gone = select_internal_certificate(s, at(noon), b);
    is_complete(gone.why);
    BOOST_TEST(gone.value.certificate == nullptr);
    BOOST_TEST(ids(gone.value.events) == std::vector<int>{12013}, boost::test_tools::per_element());
    BOOST_TEST(ids(service_start_events(s, at(noon), b)) == std::vector<int>{12013},
               boost::test_tools::per_element());
    BOOST_REQUIRE(b.set("InternalCertificateMissing", "Ephemeral", {}));
    BOOST_TEST(ids(select_internal_certificate(s, at(noon), b).value.events) == std::vector<int>{12024},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
