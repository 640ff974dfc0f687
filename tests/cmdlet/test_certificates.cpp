// New-, Import-, Enable- and Remove-ExchangeCertificate: on-premises sheet 1.1 and 8, Schannel sheet 7.
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace shells;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

struct certificate_shell : organization_and_queues {
    certificate_shell() {
        auto& s = server();
        s.version = *exchange::parse_exchange_version("Exchange2019 CU12");
        const auto made = certs::exchange_default("Varunagroup/TESTMS05/Microsoft Exchange", s.name, *s.fqdn,
                                                  now() - std::chrono::days(365), false);
        auto c = issue(made);
        c.services = exchange::service_smtp;
        s.internal_transport_thumbprint = c.cert.thumbprint();
        s.certificates.push_back(std::move(c));
        certificates_authority =
            certs::root_ca("Lab CA", {{{{"2.5.4.3", "Lab CA"}}}}, now() - std::chrono::days(900),
                           now() + std::chrono::days(900));
        issue(certificates_authority);
    }

    exchange::server& server() { return organization.servers.front(); }
    const exchange::stored_certificate& newest() { return server().certificates.back(); }

    /// A file renewed.pfx for CN=mail.varunagroup.de, issued by the lab's authority.
    exchange::certificate_file& add_file(const std::string& name) {
        exchange::certificate_file f;
        f.name = name;
        f.recipe =
            certs::server_leaf("Varunagroup/" + name, "Lab CA", {{{{"2.5.4.3", "mail.varunagroup.de"}}}},
                               {"mail.varunagroup.de"}, now(), now() + std::chrono::days(365));
        organization.certificate_files.push_back(f);
        return organization.certificate_files.back();
    }

    certs::certificate_recipe certificates_authority;
};

} // namespace

BOOST_AUTO_TEST_SUITE(certificate_cmdlets)

BOOST_AUTO_TEST_CASE(a_new_certificate_has_the_servers_names_and_lasts_five_years) {
    certificate_shell w;
    const auto text = w.output("New-ExchangeCertificate");
    const auto& c = w.newest();
    BOOST_TEST(c.cert.subject() == "CN=TESTMS05");
    BOOST_TEST(c.cert.issuer() == "CN=TESTMS05");
    BOOST_TEST(c.cert.domains() == (std::vector<std::string>{"TESTMS05", "testms05.varunagroup.de"}),
               boost::test_tools::per_element());
    BOOST_TEST((c.cert.fields().not_before == now()));
    BOOST_TEST((c.cert.fields().not_after == *parse_instant("2029-06-03T09:00:00Z")));
    BOOST_TEST(c.key.bits() == 2048);
    BOOST_TEST(c.friendly_name == "Microsoft Exchange");
    BOOST_TEST(says(text, c.cert.thumbprint() + " IP..S..  CN=TESTMS05"));
    BOOST_TEST(says(text, "Overwrite the existing default SMTP certificate?"));
    BOOST_TEST(w.server().internal_transport_thumbprint != c.cert.thumbprint(), "No is the answer");
}

BOOST_AUTO_TEST_CASE(force_makes_it_the_default_smtp_certificate) {
    certificate_shell w;
    const auto told = w.changes("New-ExchangeCertificate -Force");
    BOOST_TEST(w.server().internal_transport_thumbprint == w.newest().cert.thumbprint());
    BOOST_TEST(says(told, "InternalTransportCertificateThumbprint"));
}

BOOST_AUTO_TEST_CASE(without_smtp_nothing_is_asked) {
    certificate_shell w;
    const auto text = w.output("New-ExchangeCertificate -Services IIS, POP -FriendlyName 'web mail'");
    BOOST_TEST(!says(text, "Overwrite"));
    BOOST_TEST(w.newest().services == (exchange::service_iis | exchange::service_pop));
    BOOST_TEST(w.newest().friendly_name == "web mail");
}

BOOST_AUTO_TEST_CASE(the_common_name_is_always_one_of_the_names) {
    certificate_shell w;
    w.output("New-ExchangeCertificate -SubjectName 'CN=mail.varunagroup.de, O=Varunagroup, C=DE' -DomainName "
             "autodiscover.varunagroup.de,*.varunagroup.de -KeySize 4096");
    BOOST_TEST(w.newest().cert.subject() == "CN=mail.varunagroup.de, O=Varunagroup, C=DE");
    BOOST_TEST(w.newest().key.bits() == 4096);
    BOOST_TEST(w.newest().cert.domains() ==
                   (std::vector<std::string>{"mail.varunagroup.de", "autodiscover.varunagroup.de",
                                             "*.varunagroup.de"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(accepted_domains_and_the_servers_names_are_included_on_demand) {
    certificate_shell w;
    w.output("New-ExchangeCertificate -IncludeAcceptedDomains -IncludeServerFQDN");
    BOOST_TEST(w.newest().cert.domains() ==
                   (std::vector<std::string>{"TESTMS05", "testms05.varunagroup.de", "varunagroup.de"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(old_builds_sign_with_sha1) { // T13: SHA-256 from 2019 CU11 on
    certificate_shell w;
    w.output("New-ExchangeCertificate");
    BOOST_TEST(w.newest().cert.fields().signature_digest == "SHA256");
    w.server().version = *exchange::parse_exchange_version("Exchange2019 CU10");
    w.output("New-ExchangeCertificate");
    BOOST_TEST(w.newest().cert.fields().signature_digest == "SHA1");
}

BOOST_AUTO_TEST_CASE(two_new_certificates_share_neither_key_nor_serial) {
    certificate_shell w;
    w.output("New-ExchangeCertificate; New-ExchangeCertificate");
    const auto& all = w.server().certificates;
    BOOST_REQUIRE(all.size() == 3U);
    BOOST_TEST(all[1].cert.fields().serial != all[2].cert.fields().serial);
    BOOST_TEST(all[1].cert.public_key_digest() != all[2].cert.public_key_digest());
    BOOST_TEST(all[0].cert.public_key_digest() != all[1].cert.public_key_digest());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_certificate_is_refused_at_its_place) {
    certificate_shell w;
    const auto r = w.run("New-ExchangeCertificate -KeySize 512");
    BOOST_REQUIRE(r.findings.size() == 1U);
    BOOST_TEST(r.findings[0].message == "`KeySize`: `512` is not one of 1024, 2048, 4096");
    BOOST_TEST(r.findings[0].mark.column == 34);
    BOOST_TEST(says(w.refusal("New-ExchangeCertificate -SubjectName mail"), "`SubjectName`"));
    BOOST_TEST(says(w.refusal("New-ExchangeCertificate -DomainName 'a b'"), "`a b` is not a host name"));
    BOOST_TEST(says(w.refusal("New-ExchangeCertificate -Services LDAP"), "`LDAP` is not one of"));
    BOOST_TEST(says(w.refusal("New-ExchangeCertificate -Include"), "-Include is ambiguous"));
    BOOST_TEST(says(w.refusal("New-ExchangeCertificate -Server NOBODY"), "'NOBODY' couldn't be found"));
    BOOST_TEST(w.run("New-ExchangeCertificate -Server NOBODY").findings.front().mark.column == 33);
    BOOST_TEST(w.server().certificates.size() == 1U);
}

BOOST_AUTO_TEST_CASE(bad_arguments_are_found_before_the_run) {
    for (const auto* text :
         {"New-ExchangeCertificate -KeySzie 2048", "Enable-ExchangeCertificate AA -Service SMTP -X",
          "New-SendConnector X -AddressSpaces x.de -RequireTLS yes", "Remove-SendConnector A B",
          "New-SendConnector X", "Enable-ExchangeCertificate 00AA",
          "Enable-ExchangeCertificate 00AA -Services FOO", "New-ExchangeCertificate -Services FOO",
          "Enable-ExchangeCertificate -Services SMTP", "Remove-ExchangeCertificate"}) {
        const auto found = cmdlet::check(text, {"x.yaml", 1, 1, 1});
        BOOST_TEST(!found.empty(), text);
    }
    BOOST_TEST(cmdlet::check("New-ExchangeCertificate -KeySzie 2048", {"x.yaml", 1, 1, 1}).front().hint ==
               "did you mean `-KeySize`?");
}

BOOST_AUTO_TEST_CASE(a_service_that_does_not_exist_has_a_nearest_one) {
    const auto hint = [](const std::string& word) {
        return cmdlet::check("Enable-ExchangeCertificate 00AA -Services " + word, {"x.yaml", 1, 1, 1})
            .front()
            .hint;
    };
    BOOST_TEST(hint("POPP") == "did you mean `POP`?");
    BOOST_TEST(hint("SMPT") == "did you mean `SMTP`?");
}

BOOST_AUTO_TEST_CASE(what_has_no_effect_here_is_said) {
    certificate_shell w;
    const auto text = w.output("New-ExchangeCertificate -GenerateRequest -RequestFile '\\\\fs\\a.req' "
                               "-BinaryEncoded -PrivateKeyExportable $true");
    BOOST_TEST(says(text, "without effect in the lab: BinaryEncoded, PrivateKeyExportable, RequestFile"));
    BOOST_TEST(!says(w.output("New-ExchangeCertificate"), "without effect"));
}

BOOST_AUTO_TEST_CASE(the_loss_of_the_internal_certificate_is_warned_of) { // sheet 8, F7
    certificate_shell w;
    const auto thumbprint = w.server().internal_transport_thumbprint;
    BOOST_TEST(says(w.output("Remove-ExchangeCertificate " + thumbprint),
                    thumbprint + " was the internal transport certificate of TESTMS05"));
    BOOST_TEST(w.server().internal_transport_thumbprint == thumbprint);
}

BOOST_AUTO_TEST_CASE(a_request_waits_for_its_answer) {
    certificate_shell w;
    const auto text =
        w.output("New-ExchangeCertificate -GenerateRequest -SubjectName CN=mail.varunagroup.de");
    BOOST_TEST(text.starts_with("-----BEGIN NEW CERTIFICATE REQUEST-----\n"));
    BOOST_TEST(w.server().certificates.size() == 1U);
    BOOST_TEST(says(w.output("Get-ExchangeCertificate | fl Subject, Status, Services"),
                    "Subject  : CN=mail.varunagroup.de\nStatus   : PendingRequest\nServices : None"));
    auto& file = w.add_file("answer.cer");
    file.for_request = true;
    w.output("Import-ExchangeCertificate -FileName answer.cer");
    BOOST_TEST(w.server().pending_requests.empty());
    BOOST_TEST(w.newest().cert.issuer() == "CN=Lab CA");
    BOOST_TEST(w.newest().has_private_key());
    BOOST_TEST(w.newest().services == exchange::service_none);
}

BOOST_AUTO_TEST_CASE(an_answer_without_request_has_no_key) {
    certificate_shell w;
    w.add_file("answer.cer").for_request = true;
    BOOST_TEST(
        says(w.refusal("Import-ExchangeCertificate -FileName answer.cer"), "the private key is missing"));
}

BOOST_AUTO_TEST_CASE(a_file_is_imported_once_and_enabled_afterwards) {
    certificate_shell w;
    w.add_file("renewed.pfx");
    const auto told = w.changes("$new = Import-ExchangeCertificate -FileData "
                                "([System.IO.File]::ReadAllBytes('\\\\fs\\certs\\renewed.pfx')) "
                                "-Password (ConvertTo-SecureString -String 'secret' -AsPlainText -Force)\n"
                                "Enable-ExchangeCertificate $new.Thumbprint -Services SMTP");
    BOOST_TEST(says(told, "imported from renewed.pfx, CN=mail.varunagroup.de"));
    BOOST_TEST(w.newest().services == exchange::service_smtp);
    BOOST_TEST(says(w.refusal("Import-ExchangeCertificate -FileName renewed.pfx"), "is in the store"));
    const auto r = w.run("Import-ExchangeCertificate -FileName renewd.pfx");
    BOOST_REQUIRE(!r.findings.empty());
    BOOST_TEST(r.findings[0].hint == "did you mean `renewed.pfx`?");
    BOOST_TEST(says(w.refusal("Import-ExchangeCertificate"), "-FileData or -FileName"));
}

BOOST_AUTO_TEST_CASE(a_certificate_without_key_is_neither_listed_nor_enabled) { // Schannel sheet 7.1; F4
    certificate_shell w;
    w.add_file("public.cer").private_key = false;
    w.output("Import-ExchangeCertificate -FileName public.cer");
    const auto thumbprint = w.newest().cert.thumbprint();
    BOOST_TEST(!says(w.output("Get-ExchangeCertificate"), thumbprint));
    BOOST_TEST(
        says(w.refusal("Enable-ExchangeCertificate " + thumbprint + " -Services SMTP"), "no private key"));
}

BOOST_AUTO_TEST_CASE(after_a_renewal_with_the_same_names_the_old_one_is_still_tagged) { // F1
    certificate_shell w;
    w.add_file("old.pfx");
    w.add_file("renewed.pfx");
    w.output(
        "Import-ExchangeCertificate -FileName old.pfx; Import-ExchangeCertificate -FileName renewed.pfx");
    const auto old = w.server().certificates[1].cert.thumbprint();
    w.changes("Set-SendConnector Internet -TlsCertificateName '<I>CN=Lab CA<S>CN=mail.varunagroup.de'");
    BOOST_TEST(says(w.refusal("Remove-ExchangeCertificate " + old),
                    "These certificates are tagged with following Send Connectors : Internet."));
    w.changes("Set-SendConnector Internet -TlsCertificateName $null; Remove-ExchangeCertificate " + old);
    BOOST_TEST(w.server().certificates.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_if_changes_nothing) {
    certificate_shell w;
    const auto r = w.run("New-ExchangeCertificate -Force -WhatIf; Remove-SendConnector Internet -wi");
    BOOST_TEST(r.findings.empty());
    BOOST_TEST(r.changed.empty());
    BOOST_TEST(says(r.output, "What if: Certificate"));
    BOOST_TEST(says(r.output, "What if: Send connector Internet: removed"));
    BOOST_TEST(w.server().certificates.size() == 1U);
    BOOST_TEST(w.organization.send_connectors.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
