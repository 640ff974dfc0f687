// The three Set- cmdlets on a small organization. Rules and texts: on-premises sheet 2.1 to 3.2, reference
// README item 13.
#include "sim/cmdlet/cmdlet.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;

namespace {

const source_mark at{"x.yaml", 7, 12, 1};

exchange::organization varunagroup() {
    exchange::organization o;
    o.name = "Varunagroup";
    o.accepted_domains = std::vector<std::string>{"varunagroup.de"};
    exchange::server s;
    s.name = "TESTMS05";
    s.organization = o.name;
    s.fqdn = std::string("testms05.varunagroup.de");
    s.receive_connectors = exchange::default_receive_connectors(s);
    o.servers.push_back(s);
    exchange::send_connector c;
    c.name = "To Contoso";
    c.address_spaces = std::vector<exchange::address_space>{{"SMTP", "contoso.com", 1}};
    c.require_tls = true;
    c.level = std::optional(exchange::tls_auth_level::domain_validation);
    c.tls_domain = std::string("mx.contoso.com");
    o.send_connectors.push_back(c);
    c = {};
    c.name = "Internet";
    c.address_spaces = std::vector<exchange::address_space>{{"SMTP", "*", 10}};
    o.send_connectors.push_back(c);
    return o;
}

/// Runs a text that must succeed.
cmdlet::result done(std::string_view text, exchange::organization& o) {
    auto r = cmdlet::run(text, at, o);
    for (const auto& f : r.findings)
        BOOST_ERROR(f.message);
    return r;
}

/// The only error of a text that must fail, and must change nothing.
diagnostic refused(std::string_view text) {
    auto o = varunagroup();
    const auto r = cmdlet::run(text, at, o);
    BOOST_REQUIRE_EQUAL(r.findings.size(), 1U);
    BOOST_TEST(r.changed.empty());
    BOOST_TEST(*o.send_connectors[0].tls_domain == "mx.contoso.com");
    BOOST_TEST(o.send_connectors[0].name == "To Contoso");
    BOOST_TEST(*o.send_connectors[0].enabled);
    return r.findings.front();
}

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const exchange::receive_connector& default_frontend(const exchange::organization& o) {
    return o.servers[0].receive_connectors[1];
}

} // namespace

BOOST_AUTO_TEST_SUITE(cmdlet_run)

BOOST_AUTO_TEST_CASE(a_value_is_set_and_the_change_told) {
    auto o = varunagroup();
    const auto r = done("Set-SendConnector \"To Contoso\" -TlsDomain mail.contoso.com", o);
    BOOST_TEST(*o.send_connectors[0].tls_domain == "mail.contoso.com");
    BOOST_TEST(r.changed == "Send connector To Contoso: TlsDomain mx.contoso.com → mail.contoso.com");
    BOOST_TEST(r.output.empty());
}

BOOST_AUTO_TEST_CASE(the_value_knows_where_it_was_written) {
    auto o = varunagroup();
    done("Set-SendConnector \"To Contoso\" -TlsDomain mail.contoso.com", o);
    BOOST_TEST(o.send_connectors[0].tls_domain.mark.line == 7);
    BOOST_TEST(o.send_connectors[0].tls_domain.mark.column == 12 + 42);
    BOOST_TEST(o.send_connectors[0].tls_domain.mark.length == 16);
}

BOOST_AUTO_TEST_CASE(case_does_not_matter_and_prefixes_that_are_unique_do) {
    auto o = varunagroup();
    done("set-sendconnector -id 'to contoso' -tlsd mail.contoso.com -comm x", o);
    BOOST_TEST(*o.send_connectors[0].tls_domain == "mail.contoso.com");
    const auto e = refused("Set-SendConnector 'To Contoso' -Tls x");
    BOOST_TEST(e.message ==
               "-Tls is ambiguous: it may be -TlsAuthLevel, -TlsDomain, -TlsCertificateName (our wording)");
    BOOST_TEST(e.mark.column == 12 + 31);
    BOOST_TEST(e.mark.length == 4);
    // An exact name is no prefix of a longer one: -Force beside -ForceHELO.
    done("Set-SendConnector 'To Contoso' -Force -Port 26", o);
    BOOST_TEST(*o.send_connectors[0].port == 26);
}

BOOST_AUTO_TEST_CASE(null_takes_a_value_away) {
    auto o = varunagroup();
    const auto r = done("Set-SendConnector 'To Contoso' -TlsAuthLevel $null -TlsDomain $null", o);
    BOOST_TEST(!o.send_connectors[0].level->has_value());
    BOOST_TEST(
        r.changed ==
        "Send connector To Contoso: TlsAuthLevel DomainValidation → $null; TlsDomain mx.contoso.com → $null");
    BOOST_TEST(
        says(refused("Set-SendConnector 'To Contoso' -RequireTLS $null").message, "$null is not allowed"));
}

BOOST_AUTO_TEST_CASE(booleans_are_literals_and_not_texts) {
    auto o = varunagroup();
    done("Set-SendConnector Internet -RequireTLS:$TRUE -Enabled 0", o);
    BOOST_TEST(*o.send_connectors[1].require_tls);
    BOOST_TEST(!*o.send_connectors[1].enabled);
    BOOST_TEST(says(refused("Set-SendConnector Internet -RequireTLS true").message, "`true` is text"));
    BOOST_TEST(says(refused("Set-SendConnector Internet -RequireTLS 'yes'").message, "`yes` is text"));
}

BOOST_AUTO_TEST_CASE(rules_between_parameters_are_checked_after_the_change) {
    auto e = refused("Set-SendConnector 'To Contoso' -RequireTLS $false");
    BOOST_TEST(e.rule == "V2");
    BOOST_TEST(says(e.message, "(our wording)"));
    e = refused("Set-SendConnector Internet -TlsDomain contoso.com");
    BOOST_TEST(e.rule == "V4");
    BOOST_TEST(
        e.message ==
        "The TLSDomain parameter can only be set if the TLSAuthLevel parameter is set to DomainValidation.");
    BOOST_TEST(e.mark.column == 12 + 38);
    e = refused("Set-ReceiveConnector 'TESTMS05\\Default Frontend TESTMS05' -Fqdn mail.varunagroup.de");
    BOOST_TEST(e.rule == "R7");
    e = refused("Set-ReceiveConnector 'TESTMS05\\Default Frontend TESTMS05' -Bindings 0.0.0.0:2525");
    BOOST_TEST(e.rule == "R9");
    // Together they fit.
    auto o = varunagroup();
    done("Set-SendConnector Internet -RequireTLS $true -TlsAuthLevel DomainValidation -TlsDomain contoso.com",
         o);
}

BOOST_AUTO_TEST_CASE(an_error_in_the_second_cmdlet_undoes_the_first) {
    auto o = varunagroup();
    const auto r = cmdlet::run("Set-SendConnector Internet -Enabled $false\n"
                               "Set-SendConnector 'To Contoso' -RequireTLS $false",
                               at, o);
    BOOST_TEST(has_errors(r.findings));
    BOOST_TEST(*o.send_connectors[1].enabled);
    BOOST_TEST(r.findings[0].mark.line == 8);
}

BOOST_AUTO_TEST_CASE(later_cmdlets_see_earlier_ones) {
    auto o = varunagroup();
    const auto r = done("Set-SendConnector Internet -Name Web; Set-SendConnector Web -Port 2525", o);
    BOOST_TEST(o.send_connectors[1].name == "Web");
    BOOST_TEST(*o.send_connectors[1].port == 2525);
    BOOST_TEST(r.changed ==
               "Send connector Internet: Name Internet → Web\nSend connector Web: Port 25 → 2525");
    BOOST_TEST(says(refused("Set-SendConnector Internet -Name 'To Contoso'").message, "already"));
}

BOOST_AUTO_TEST_CASE(what_if_changes_nothing_and_says_so) {
    auto o = varunagroup();
    const auto r = done("Set-SendConnector Internet -Port 26 -WhatIf", o);
    BOOST_TEST(*o.send_connectors[1].port == 25);
    BOOST_TEST(r.changed.empty());
    BOOST_TEST(r.output == "What if: Send connector Internet: Port 25 → 26");
    done("Set-SendConnector Internet -Port 26 -WhatIf:$false -Confirm:$false -ea Stop", o);
    BOOST_TEST(*o.send_connectors[1].port == 26);
}

BOOST_AUTO_TEST_CASE(nothing_changed_is_a_warning) {
    auto o = varunagroup();
    const auto r = done("Set-SendConnector Internet -Port 25", o);
    BOOST_TEST(r.changed.empty());
    BOOST_TEST(says(r.output, "WARNING:"));
}

BOOST_AUTO_TEST_CASE(lists_are_replaced_or_added_to) {
    auto o = varunagroup();
    done("Set-SendConnector Internet -AddressSpaces 'SMTP:*.com;5',\"de\"", o);
    BOOST_REQUIRE_EQUAL(o.send_connectors[1].address_spaces->size(), 2U);
    BOOST_TEST((*o.send_connectors[1].address_spaces)[1].domain == "de");
    done("Set-TransportConfig -TLSSendDomainSecureList contoso.com,fabrikam.com", o);
    const auto r = done(
        "Set-TransportConfig -TLSSend @{Add=\"adatum.com\",\"Fabrikam.com\"; Remove=\"contoso.com\"}", o);
    BOOST_CHECK(
        (*o.transport.tls_send_domain_secure_list == std::vector<std::string>{"fabrikam.com", "adatum.com"}));
    BOOST_TEST(r.changed ==
               "TransportConfig: TLSSendDomainSecureList {contoso.com, fabrikam.com} → {fabrikam.com, "
               "adatum.com}");
    done("Set-SendConnector Internet -AddressSpaces @{Remove=\"SMTP:*.com;5\"}", o);
    BOOST_TEST(o.send_connectors[1].address_spaces->size() == 1U);
    BOOST_TEST(says(refused("Set-SendConnector Internet -Port @{Add=\"1\"}").message, "not a list"));
    BOOST_TEST(says(refused("Set-SendConnector Internet -AddressSpaces @{Ad=\"x.com\"}").message,
                    "`Ad` is not one of Add, Remove"));
    BOOST_TEST(says(refused("Set-SendConnector Internet -AddressSpaces @{Remove='SMTP:*;10'}").message,
                    "at least one value"));
}

BOOST_AUTO_TEST_CASE(a_receive_connector_is_named_with_its_server) {
    auto o = varunagroup();
    const auto r = done("Set-ReceiveConnector 'testms05\\default frontend testms05' -AuthMechanism Tls, "
                        "ExchangeServer -PermissionGroups 'AnonymousUsers, ExchangeServers'",
                        o);
    BOOST_TEST(*default_frontend(o).auth == (exchange::auth_tls | exchange::auth_exchange_server));
    BOOST_TEST(*default_frontend(o).permissions ==
               (exchange::group_anonymous_users | exchange::group_exchange_servers));
    BOOST_TEST(says(r.changed,
                    "Receive connector TESTMS05\\Default Frontend TESTMS05: AuthMechanism Tls, Integrated, "
                    "BasicAuth, BasicAuthRequireTLS, ExchangeServer → Tls, ExchangeServer"));
    const auto e = refused("Set-ReceiveConnector 'Default Frontend TESTMS05' -Enabled $false");
    BOOST_TEST(says(e.hint, "TESTMS05\\Default Frontend TESTMS05"));
}

BOOST_AUTO_TEST_CASE(places_in_memory_stay) {
    auto o = varunagroup();
    const auto* send = &o.send_connectors[0];
    const auto* receive = &default_frontend(o);
    done(
        "Set-SendConnector 'To Contoso' -Port 26; Set-ReceiveConnector 'TESTMS05\\Default Frontend TESTMS05' "
        "-Banner '220 hello'",
        o);
    BOOST_TEST(*send->port == 26);
    BOOST_TEST(*receive->banner == "220 hello");
    BOOST_TEST(send == &o.send_connectors[0]);
}

BOOST_AUTO_TEST_CASE(an_unknown_identity_names_the_nearest) {
    const auto e = refused("Set-SendConnector 'To Contosso' -Enabled $false");
    BOOST_TEST(
        e.message ==
        "The operation couldn't be performed because object 'To Contosso' couldn't be found (our wording)");
    BOOST_TEST(e.hint == "did you mean `To Contoso`?");
    BOOST_TEST(e.mark.column == 12 + 18);
    BOOST_TEST(says(refused("Set-SendConnector Internet -SourceTransportServers EX99").message, "'EX99'"));
}

BOOST_AUTO_TEST_CASE(names_that_are_unknown_have_a_nearest) {
    auto e = refused("Set-SendConnector Internet -TlsDomian contoso.com");
    BOOST_TEST(e.message == "Set-SendConnector has no parameter -TlsDomian (our wording)");
    BOOST_TEST(e.hint == "did you mean `-TlsDomain`?");
    BOOST_TEST(e.mark.column == 12 + 27);
    e = refused("New-MailContact Web");
    BOOST_TEST(e.message.starts_with("`New-MailContact` is not supported: supported are Set-SendConnector, "
                                     "Set-ReceiveConnector, Set-TransportConfig, Set-TransportService"));
    e = refused("Set-SendConnector Internet -RequireTLS $true -RequireTLS $false");
    BOOST_TEST(says(e.message, "more than once"));
    BOOST_TEST(says(refused("Set-SendConnector -RequireTLS $true").message, "needs an Identity"));
    BOOST_TEST(says(refused("Set-SendConnector Internet More").message, "belongs to no parameter"));
    BOOST_TEST(says(refused("Set-SendConnector Internet -TlsDomain").message, "needs a value"));
    BOOST_TEST(says(refused("Set-SendConnector Internet -Confirm $false").message, "-Confirm:$false"));
    e = refused("Set-SendConnector Internet -TlsAuthLevel DomainValidaton");
    BOOST_TEST(e.hint == "did you mean `DomainValidation`?");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cmdlet_check)

BOOST_AUTO_TEST_CASE(needs_no_model) {
    BOOST_TEST(cmdlet::check("Set-SendConnector Nobody -TlsDomain x.com", at).empty());
    BOOST_TEST(
        cmdlet::check("Set-TransportConfig -TLSReceiveDomainSecureList @{Remove=\"x.com\"}", at).empty());
    BOOST_TEST(cmdlet::check("Set-SendConnector Nobody -AddressSpaces @{Remove=\"x.com\"}", at).empty());
}

BOOST_AUTO_TEST_CASE(reports_every_wrong_value_with_its_place) {
    const auto found = cmdlet::check("Set-SendConnector X -Port 70000 -RequireTLS ja\n"
                                     "Set-TransportConfig -TLSSendDomainSecureList *.contoso.com",
                                     at);
    BOOST_REQUIRE_EQUAL(found.size(), 3U);
    BOOST_TEST(found[0].message == "`Port`: `70000` is not a number from 0 to 65535 (our wording)");
    BOOST_TEST(found[0].mark.column == 12 + 26);
    BOOST_TEST(found[2].message == "`TLSSendDomainSecureList`: `*.contoso.com` is not a domain name: "
                                   "wildcards are not allowed here (our wording)");
    BOOST_TEST(found[2].mark.line == 8);
}

BOOST_AUTO_TEST_CASE(an_empty_text_is_no_cmdlet) {
    BOOST_TEST(cmdlet::check(" # nothing", at).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cmdlet_random_input)

BOOST_AUTO_TEST_CASE(a_damaged_text_changes_all_or_nothing_and_marks_its_own_lines) {
    const std::string good =
        "Set-SendConnector 'To Contoso' -TlsDomain \"mail.contoso.com\" -Port:26 `\n  -SmartHosts "
        "@() # end\nSet-TransportConfig -TLSSendDomainSecureList @{Add=\"a.com\",'b.com'}";
    constexpr std::string_view bytes = "'\"`$@(){}-,;:#<>|&= \n\r\t\0aT1*\xE2\x80\x9C";
    std::uint32_t state = 20240603; // a linear congruential generator: the same texts everywhere
    const auto next = [&](std::size_t below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::size_t>(state >> 8U) % below;
    };
    int refused_texts = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text = good;
        for (std::size_t damage = next(4) + 1; damage > 0; --damage)
            switch (next(3)) {
            case 0:
                text[next(text.size())] = bytes[next(bytes.size())];
                break;
            case 1:
                text.insert(next(text.size()), 1, bytes[next(bytes.size())]);
                break;
            default: // a number, not an enumeration
                text.erase(next(text.size()), next(5));
            }
        auto o = varunagroup();
        const auto before = *o.send_connectors[0].port;
        const auto r = cmdlet::run(text, at, o);
        if (has_errors(r.findings)) {
            ++refused_texts;
            BOOST_REQUIRE(r.changed.empty());
            BOOST_REQUIRE_EQUAL(*o.send_connectors[0].port, before);
        }
        for (const auto& f : r.findings) {
            BOOST_REQUIRE_GE(f.mark.line, at.line);
            BOOST_REQUIRE_LE(f.mark.line, at.line + 12);
            BOOST_REQUIRE_GE(f.mark.column, at.column);
        }
    }
    BOOST_TEST(refused_texts > 1000);
    BOOST_TEST(refused_texts < 3000);
}

BOOST_AUTO_TEST_CASE(a_value_out_of_its_range_breaks_a_rule) { // V10, R1
    BOOST_TEST(refused("Set-SendConnector Internet -Port 70000").rule == "V10");
    BOOST_TEST(refused("Set-SendConnector Internet -Port x").rule.empty()); // no number at all
    BOOST_TEST(refused("Set-SendConnector Internet -AddressSpaces 'a.de;101'").rule == "V10");
    BOOST_TEST(refused("Set-SendConnector Internet -AddressSpaces 'a b;1'").rule.empty());
    BOOST_TEST(refused("Set-SendConnector Internet -ConnectionInactivityTimeOut 2.00:00:00").rule == "V10");
    const std::string frontend = "Set-ReceiveConnector 'TESTMS05\\Default Frontend TESTMS05' ";
    BOOST_TEST(refused(frontend + "-AuthMechanism None,Tls").rule == "R1");
    BOOST_TEST(refused(frontend + "-PermissionGroups 'AnonymousUsers, None'").rule == "R1");
    BOOST_TEST(refused(frontend + "-AuthMechanism Tsl").rule.empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_stands_at_the_value_that_breaks_the_rule) {
    // Line 1 is right by itself; line 2 takes away what TlsDomain needs.
    const auto v4 = refused("Set-SendConnector 'To Contoso' -TlsDomain other.contoso.com\n"
                            "Set-SendConnector 'To Contoso' -TlsAuthLevel CertificateValidation");
    BOOST_TEST(v4.rule == "V4");
    BOOST_TEST(v4.mark.line == at.line + 1);
    const std::string frontend = "Set-ReceiveConnector 'TESTMS05\\Default Frontend TESTMS05' ";
    const auto text = frontend + "-RemoteIPRanges @{Add='10.0.0.1','300.1.1.1'}";
    BOOST_TEST(refused(text).mark.column == at.column + static_cast<int>(text.find("'300")));
    const auto list = frontend + "-RemoteIPRanges 10.0.0.1,300.1.1.1";
    BOOST_TEST(refused(list).mark.column == at.column + static_cast<int>(list.find("300")));
}

BOOST_AUTO_TEST_CASE(the_word_that_was_meant_is_named) {
    BOOST_TEST(refused("Set-SendConnector Internet -reqTLS $true").hint == "did you mean `-RequireTLS`?");
    BOOST_TEST(refused("New-ReceiveConnector X -Custm").hint == "did you mean `-Custom`?");
    BOOST_TEST(refused("New-ReceiveConnector X -Bindings 0.0.0.0:26 -RemoteIPRanges 10.0.0.1 -TransportRole "
                       "Frontend")
                   .hint == "did you mean `FrontendTransport`?");
    BOOST_TEST(
        says(refused("Set-ReceiveConnector 'TESTMS05\\Default Frontend TESTMS05' -TlsDomainCapabilities "
                     "mail.contoso.com:AcceptCloudServiceMail")
                 .message,
             "did you mean `AcceptCloudServicesMail`?"));
    BOOST_TEST(says(refused("Set-SendConnector ''").message, "empty text"));
    BOOST_TEST(refused("$cred = Get-Credential").hint.find("-AuthenticationCredential") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
