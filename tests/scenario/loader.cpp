#include "tests/scenario/files.hpp"

#include "sim/base/ascii.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::scenario {

namespace {

scenario sound(const std::string& text) {
    const auto result = load_text(text);
    BOOST_TEST_REQUIRE(result.value.has_value(), render(result.findings, result.texts));
    BOOST_TEST(render(result.findings, result.texts) == "");
    return *result.value;
}

const exchange::server& server(const scenario& s, std::string_view name) {
    for (const auto& o : s.organizations)
        for (const auto& one : o.servers)
            if (one.name == name)
                return one;
    BOOST_FAIL("no server " << name);
    throw std::logic_error("unreachable");
}

const declared_server& declared(const scenario& s, std::string_view name) {
    for (const auto& one : s.servers)
        if (one.name == name)
            return one;
    BOOST_FAIL("no server " << name);
    throw std::logic_error("unreachable");
}

const declared_certificate& certificate(const scenario& s, std::string_view id) {
    for (const auto& one : s.servers)
        for (const auto& c : one.certificates)
            if (c.recipe.id == id)
                return c;
    BOOST_FAIL("no certificate " << id);
    throw std::logic_error("unreachable");
}

const authority& authority_named(const scenario& s, std::string_view id) {
    for (const auto& a : s.authorities)
        if (a.recipe.id == id)
            return a;
    BOOST_FAIL("no authority " << id);
    throw std::logic_error("unreachable");
}

/// A Mailbox server with further keys, and a plain SMTP server with others.
std::string world(const std::string& mailbox_keys, const std::string& smtp_keys = {}) {
    return "Title: t\n"
           "CertificationAuthorities:\n"
           "  Root CA: {TrustedBy: everyone}\n"
           "  Issuing CA: {Issuer: Root CA}\n"
           "Organizations:\n"
           "  Varunagroup:\n"
           "    AcceptedDomains: [varunagroup.de]\n"
           "    Servers:\n"
           "      TESTMS05: {Role: Mailbox, Fqdn: testms05.varunagroup.de, IPAddress: 192.168.10.5" +
           mailbox_keys +
           "}\n"
           "  Contoso:\n"
           "    AcceptedDomains: [contoso.com]\n"
           "    Servers:\n"
           "      MX: {Role: Smtp, Fqdn: mail.contoso.com, IPAddress: 203.0.113.9" +
           smtp_keys + "}\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(loading)

// The example of the language's description, word for word.
BOOST_AUTO_TEST_CASE(the_example_of_the_description_loads) {
    const auto s =
        sound(R"(Title: DomainValidation refuses a partner that renewed without the name in TlsDomain
About: |
  Markdown for the learner: what is shown, what to look at, what to try next.
Sources: ["Set-SendConnector: TlsDomain"]
Shows: [T36, T38]
Clock: 2024-06-03T09:00:00Z

CertificationAuthorities:
  DigiCert Global Root G2: {TrustedBy: everyone}
  GeoTrust TLS RSA CA G1: {Issuer: DigiCert Global Root G2, Crl: http}

Organizations:
  Varunagroup:
    AcceptedDomains: [varunagroup.de]
    Servers:
      TESTMS05: {Role: Mailbox, Version: Exchange2019 CU12, WindowsServer: 2019, Fqdn: testms05.varunagroup.de, IPAddress: 192.168.10.5}
    SendConnectors:
      To Contoso:
        AddressSpaces: ["SMTP:contoso.com;1"]
        DNSRoutingEnabled: false
        SmartHosts: [mx.contoso.com]
        RequireTLS: true
        TlsAuthLevel: DomainValidation
        TlsDomain: mx.contoso.com
  Contoso:
    AcceptedDomains: [contoso.com]
    Servers:
      MX: {Role: Smtp, Fqdn: mx.contoso.com, IPAddress: 203.0.113.9,
           Certificates: [{Subject: CN=mail.contoso.com, Issuer: GeoTrust TLS RSA CA G1, Services: SMTP}]}

Steps:
  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}
    Expect: {Outcome: Retry, LastError: "454 4.7.5 Certificate validation failure, Reason:SubjectMismatch", Decision: SubjectMismatch}
  - Run: Set-SendConnector "To Contoso" -TlsDomain mail.contoso.com
  - Retry: Varunagroup
    Expect: {Outcome: Delivered, Tls: {Version: TLS1_2}}
)");
    BOOST_TEST(s.shows.size() == 2U);
    BOOST_TEST(format_instant(s.clock) == "2024-06-03T09:00:00Z");
    const auto& connector = s.organizations.at(0).send_connectors.at(0);
    BOOST_TEST((*connector.level == exchange::tls_auth_level::domain_validation));
    BOOST_TEST(*connector.tls_domain == "mx.contoso.com");
    BOOST_TEST(to_string(connector.tls_domain.mark) == "x.yaml:24:20");
    BOOST_TEST(s.steps.size() == 3U);
    BOOST_TEST(std::get<run_step>(s.steps[1].what).text ==
               "Set-SendConnector \"To Contoso\" -TlsDomain mail.contoso.com");
    const auto& expected = s.steps[2].expect->values;
    BOOST_TEST_REQUIRE(expected.size() == 2U);
    BOOST_TEST(expected[1].key == "Tls.Version");
    BOOST_TEST(expected[1].values.front() == "TLS1_2");
}

BOOST_AUTO_TEST_CASE(a_server_that_lists_nothing_is_freshly_installed) {
    const auto s = sound(world(""));
    const auto& ms = server(s, "TESTMS05");
    BOOST_TEST(ms.receive_connectors.size() == exchange::default_receive_connectors(ms).size());
    BOOST_TEST(ms.receive_connectors.size() >= 5U);
    const auto& own = declared(s, "TESTMS05").certificates;
    BOOST_TEST_REQUIRE(own.size() == 1U);
    BOOST_TEST(own[0].default_certificate);
    BOOST_TEST(own[0].friendly_name == "Microsoft Exchange");
    BOOST_TEST(to_string(own[0].recipe.subject) == "CN=TESTMS05");
    BOOST_TEST(format_instant(own[0].recipe.not_before) ==
               "2023-06-04T09:00:00Z"); // 365 days before the clock
    BOOST_TEST(declared(s, "MX").certificates.empty());
    BOOST_TEST(server(s, "MX").receive_connectors.empty());
}

// Reference README, item 9; talk T13.
BOOST_AUTO_TEST_CASE(setup_signs_with_sha1_before_2019_cu11_and_2016_cu22) {
    const auto hash = [](const std::string& version) {
        return certificate(sound(world(", Version: " + version)), "Varunagroup/TESTMS05/Microsoft Exchange")
            .recipe.hash;
    };
    BOOST_TEST(hash("Exchange2019 CU10") == "SHA1");
    BOOST_TEST(hash("Exchange2019 CU11") == "SHA256");
    BOOST_TEST(hash("Exchange2016 CU21") == "SHA1");
    BOOST_TEST(hash("Exchange2016 CU22") == "SHA256");
    BOOST_TEST(hash("ExchangeSE RTM") == "SHA256");
}

BOOST_AUTO_TEST_CASE(the_default_certificate_can_be_older_or_gone) {
    const auto s = sound(world(", DefaultCertificate: {Made: 2023-04-17T13:12:04Z, Services: [SMTP]}"));
    const auto& c = certificate(s, "Varunagroup/TESTMS05/Microsoft Exchange");
    BOOST_TEST(format_instant(c.recipe.not_before) == "2023-04-17T13:12:04Z");
    BOOST_TEST(c.services == exchange::service_smtp);
    BOOST_TEST(declared(sound(world(", DefaultCertificate: none")), "TESTMS05").certificates.empty());
}

BOOST_AUTO_TEST_CASE(a_default_connector_is_changed_in_single_parameters) {
    const auto s = sound(world(", ReceiveConnectors: {Default Frontend TESTMS05: {Banner: 220 hello}}"));
    const auto& ms = server(s, "TESTMS05");
    const auto fresh = exchange::default_receive_connectors(ms);
    BOOST_TEST_REQUIRE(ms.receive_connectors.size() == fresh.size());
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        const bool changed = fresh[i].name == "Default Frontend TESTMS05";
        BOOST_TEST(*ms.receive_connectors[i].banner == (changed ? "220 hello" : ""));
        BOOST_TEST(*ms.receive_connectors[i].auth == *fresh[i].auth);
        BOOST_TEST(ms.receive_connectors[i].mark.known() == changed);
    }
}

BOOST_AUTO_TEST_CASE(a_new_name_adds_a_connector_and_null_takes_a_default_one_away) {
    const auto s =
        sound(world(", ReceiveConnectors: {Relay: {Bindings: \"0.0.0.0:2526\", RemoteIPRanges: 10.0.0.0/8}, "
                    "Client Frontend TESTMS05: null}"));
    const auto& ms = server(s, "TESTMS05");
    std::vector<std::string> names;
    for (const auto& c : ms.receive_connectors)
        names.push_back(c.name);
    BOOST_TEST(names.size() == exchange::default_receive_connectors(ms).size());
    BOOST_TEST(names.back() == "Relay");
    BOOST_TEST(join(names, " ").find("Client Frontend") == std::string::npos);
    BOOST_TEST(ms.receive_connectors.back().identity() == "TESTMS05\\Relay");
}

BOOST_AUTO_TEST_CASE(a_certificate_without_dns_has_no_alternative_names) {
    const auto s = sound(world("", ", Certificates: [{Subject: CN=mail.contoso.com, Issuer: Issuing CA}, "
                                   "{Name: two, Subject: CN=x, Dns: [a.contoso.com, b.contoso.com]}]"));
    const auto& one = certificate(s, "Contoso/MX/1");
    BOOST_TEST(one.recipe.dns_names.empty());
    BOOST_TEST(one.recipe.issuer == "Issuing CA");
    BOOST_TEST(one.services == exchange::service_smtp);
    BOOST_TEST(format_instant(one.recipe.not_before) == "2024-03-05T09:00:00Z"); // 90 days before the clock
    BOOST_TEST(format_instant(one.recipe.not_after) == "2025-03-05T09:00:00Z");  // 275 days after it
    const auto& two = certificate(s, "Contoso/MX/two");
    BOOST_TEST(two.recipe.dns_names.size() == 2U);
    BOOST_TEST(two.recipe.issuer.empty());
}

BOOST_AUTO_TEST_CASE(a_certificate_is_what_its_keys_say) {
    const auto s = sound(
        world("", ", Certificates: [{Name: odd, Subject: \"CN=mail.contoso.com, O=Contoso\", "
                  "Issuer: Issuing CA, NotAfter: 2024-06-10, Key: P-384, Hash: SHA1, "
                  "KeyUsage: [DigitalSignature], ExtendedKeyUsage: [ClientAuth, 1.2.3.4], PrivateKey: false, "
                  "SendChain: [Root CA], Faults: [CorruptedSignature, UnknownCriticalExtension]}, "
                  "{Name: bare, Subject: CN=x, KeyUsage: none, ExtendedKeyUsage: none, SameKeyAs: odd}]"));
    const auto& odd = certificate(s, "Contoso/MX/odd");
    BOOST_TEST(to_string(odd.recipe.subject) == "CN=mail.contoso.com, O=Contoso");
    BOOST_TEST(format_instant(odd.recipe.not_after) == "2024-06-10T00:00:00Z");
    BOOST_TEST((odd.recipe.key.kind == certs::key_kind::ec));
    BOOST_TEST(odd.recipe.key.bits == 384);
    BOOST_TEST(odd.recipe.hash == "SHA1");
    BOOST_TEST(odd.recipe.key_usage.value() == certs::digital_signature);
    BOOST_TEST(odd.recipe.extended_key_usage.value().at(0) == certs::eku_client_auth);
    BOOST_TEST(odd.recipe.extended_key_usage.value().at(1) == "1.2.3.4");
    BOOST_TEST(!odd.private_key);
    BOOST_TEST(odd.also_send.at(0) == "Root CA");
    BOOST_TEST(odd.recipe.corrupt_signature);
    BOOST_TEST(!odd.recipe.unknown_critical_extension.empty());
    const auto& bare = certificate(s, "Contoso/MX/bare");
    BOOST_TEST(!bare.recipe.key_usage.has_value());
    BOOST_TEST(!bare.recipe.extended_key_usage.has_value());
    BOOST_TEST(bare.recipe.key.same_as == "Contoso/MX/odd");
}

BOOST_AUTO_TEST_CASE(an_authority_is_what_its_keys_say) {
    const auto s = sound(world("") + "");
    BOOST_TEST(authority_named(s, "Root CA").public_programme);
    BOOST_TEST(to_string(authority_named(s, "Root CA").recipe.subject) == "CN=Root CA");
    BOOST_TEST(authority_named(s, "Root CA").recipe.basic.value().ca);

    const auto odd = sound(
        "Title: t\nCertificationAuthorities:\n"
        "  Odd CA: {PathLength: 1, ExtendedKeyUsage: EmailProtection, TrustedBy: [Contoso, MX],\n"
        "    NameConstraints: {Permitted: [contoso.com, \"ip:10.0.0.0/8\"], Excluded: \"email:x.com\"}}\n"
        "  Not a CA: {Issuer: Odd CA, Ca: false, Crl: http}\n"
        "  Plain CA: {Issuer: Not a CA, BasicConstraints: none}\n"
        "Organizations: {Contoso: {Servers: {MX: {Role: Smtp, Fqdn: mx.contoso.com, IPAddress: "
        "10.0.0.1}}}}\n");
    const auto& a = authority_named(odd, "Odd CA");
    BOOST_TEST(a.recipe.basic.value().path_length.value() == 1);
    BOOST_TEST(a.recipe.extended_key_usage.value().at(0) == certs::eku_email_protection);
    BOOST_TEST(a.trusted_by.size() == 2U);
    BOOST_TEST(!a.public_programme);
    const auto& names = a.recipe.constraints.value();
    BOOST_TEST(names.permitted.at(0).text == "contoso.com");
    BOOST_TEST(names.permitted.at(1).text == std::string("\x0A\0\0\0\xFF\0\0\0", 8));
    BOOST_TEST((names.excluded.at(0).kind == certs::general_name_kind::email));
    BOOST_TEST(!authority_named(odd, "Not a CA").recipe.basic.value().ca);
    BOOST_TEST(authority_named(odd, "Not a CA").recipe.crl_urls.empty());
    BOOST_TEST(!authority_named(odd, "Plain CA").recipe.basic.has_value());
    BOOST_TEST(authority_named(odd, "Plain CA").recipe.crl_urls.at(0) == "http://crl.pki.test/NotaCA.crl");
}

BOOST_AUTO_TEST_CASE(a_server_can_hold_a_root_of_its_own) {
    const auto s = sound(
        "Title: t\nCertificationAuthorities: {Private CA: }\n"
        "Organizations: {Contoso: {Servers: {MX: {Role: Smtp, Fqdn: mx.contoso.com, IPAddress: 10.0.0.1, "
        "Trusts: Private CA}}}}\n");
    BOOST_TEST(authority_named(s, "Private CA").trusted_by.at(0).value == "MX");
}

BOOST_AUTO_TEST_CASE(an_intermediate_that_everyone_has_is_in_every_store) {
    const auto s = sound(world("") + "Behavior: {}\n");
    BOOST_TEST(authority_named(s, "Issuing CA").trusted_by.empty());
    const auto all = load(
        "x",
        in_memory(
            {{"x",
              "Extends: base\nTitle: t\nCertificationAuthorities: {Issuing CA: {TrustedBy: everyone}}\n"},
             {"base", world("")}}));
    BOOST_TEST_REQUIRE(all.value.has_value());
    BOOST_TEST(authority_named(*all.value, "Issuing CA").trusted_by.size() == 2U); // both organizations
}

BOOST_AUTO_TEST_CASE(a_plain_smtp_server_has_its_own_settings) {
    const auto s = sound(world(
        "", ", AskClientCertificate: Require, TlsLevel: Secure, OfferStartTls: false, RefuseStartTls: true, "
            "RequireTls: true, TlsVersions: [TLS1_2, TLS1_3], External: \"127.0.0.1:2525\", "
            "TimeZone: W. Europe Standard Time, Culture: de-DE"));
    const auto& mx = server(s, "MX");
    BOOST_TEST((*mx.partner.ask_client_certificate == tls::client_certificate::required));
    BOOST_TEST((*mx.partner.tls_level == exchange::smtp_tls_level::secure));
    BOOST_TEST(!*mx.partner.offer_starttls);
    BOOST_TEST(*mx.partner.refuse_starttls);
    BOOST_TEST(*mx.partner.require_tls);
    BOOST_TEST(mx.external == "127.0.0.1:2525");
    BOOST_TEST(declared(s, "MX").tls_versions.size() == 2U);
    BOOST_TEST(mx.where.zone.name == "W. Europe Standard Time");
    BOOST_TEST(mx.where.how.name == "de-DE");
}

BOOST_AUTO_TEST_CASE(records_are_read_in_their_order) {
    const auto s =
        sound(world("") + "Dns:\n  Contoso.com: {MX: [10 mail.contoso.com, 20 MAIL.contoso.com]}\n"
                          "  alias.contoso.com: {CNAME: mail.contoso.com}\n"
                          "  host.contoso.com: {A: [192.0.2.1, 192.0.2.2], AAAA: \"2001:DB8::1\"}\n"
                          "  gone.contoso.com: NXDOMAIN\n");
    BOOST_TEST_REQUIRE(s.dns.size() == 7U);
    BOOST_TEST(s.dns[0].name == "contoso.com");
    BOOST_TEST(s.dns[0].preference == 10);
    BOOST_TEST(s.dns[1].target == "MAIL.contoso.com");
    BOOST_TEST((s.dns[2].type == dns_type::cname));
    BOOST_TEST(s.dns[5].target == "2001:db8::1");
    BOOST_TEST((s.dns[6].type == dns_type::nxdomain));
}

BOOST_AUTO_TEST_CASE(steps_are_the_administrators_verbs) {
    const auto s = sound(
        world("") +
        "Steps:\n"
        "  - Send: [{From: anna@varunagroup.de, To: bob@contoso.com, Body: hi, Expect: {Outcome: Retry}},\n"
        "           {From: <>, To: bob@contoso.com, Server: MX}]\n"
        "  - Retry: all\n"
        "  - Retry: MX\n"
        "  - Advance: 1d12h\n"
        "  - Fault: {Server: MX, Kind: GarbageInHandshake}\n"
        "  - Run:\n"
        "      Organization: Varunagroup\n"
        "      Cmdlet: |\n"
        "        Set-TransportConfig -TLSSendDomainSecureList contoso.com\n"
        "    Expect: {Events: none}\n");
    BOOST_TEST_REQUIRE(s.steps.size() == 6U);
    const auto& send = std::get<send_step>(s.steps[0].what);
    BOOST_TEST(send.flows.size() == 2U);
    BOOST_TEST(send.flows[0].expect->values.at(0).key == "Outcome");
    BOOST_TEST(send.flows[1].from.empty());
    BOOST_TEST(send.flows[1].server == "MX");
    BOOST_TEST(std::get<retry_step>(s.steps[1].what).organization->empty());
    BOOST_TEST(*std::get<retry_step>(s.steps[2].what).organization == "MX");
    BOOST_TEST((std::get<advance_step>(s.steps[3].what).length == std::chrono::hours(36)));
    BOOST_TEST((std::get<fault_step>(s.steps[4].what).what.kind == fault_kind::garbage_in_handshake));
    const auto& run = std::get<run_step>(s.steps[5].what);
    BOOST_TEST(run.text == "Set-TransportConfig -TLSSendDomainSecureList contoso.com");
    BOOST_TEST(run.organization == "Varunagroup");
}

BOOST_AUTO_TEST_CASE(a_null_parameter_is_as_if_it_were_not_written) {
    const auto all =
        load("x", in_memory({{"x", "Title: t\nExtends: base\nOrganizations: {Contoso: {Servers: {MX: "
                                   "{AskClientCertificate: null}}}}\n"},
                             {"base", world("", ", AskClientCertificate: Ask")}}));
    BOOST_TEST_REQUIRE(all.value.has_value());
    BOOST_TEST(
        (*server(*all.value, "MX").partner.ask_client_certificate == tls::client_certificate::not_asked));
}

BOOST_AUTO_TEST_CASE(a_switch_of_the_behavior_is_set_with_its_mark) {
    const auto s = sound(world("") + "Behavior: {RevocationOffline: Ignore}\n");
    BOOST_TEST(s.behavior.is("RevocationOffline", "Ignore"));
    BOOST_TEST(s.behavior.mark("RevocationOffline").known());
    BOOST_TEST(!s.behavior.mark("CertificateOrder").known());
}

BOOST_AUTO_TEST_CASE(every_bundled_scenario_loads_without_a_diagnostic) {
    const auto files = scenarios_in(bundled_folder);
    BOOST_TEST(files.size() >= 30U);
    for (const auto& name : files) {
        const auto result = load(name, below(bundled_folder));
        BOOST_TEST(render(result.findings, result.texts) == "");
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
