// New-, Remove-, Enable- and queue cmdlets: on-premises sheet 1.1, 2.2, 3.2, 3.3.
#include "sim/exchange/parameters.hpp"
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace shells;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const exchange::receive_connector& last_connector(const organization_and_queues& w) {
    return w.organization.servers.front().receive_connectors.back();
}

} // namespace

BOOST_AUTO_TEST_SUITE(object_cmdlets)

BOOST_AUTO_TEST_CASE(a_send_connector_is_created_and_removed) {
    organization_and_queues w;
    BOOST_TEST(
        w.changes(
            "New-SendConnector -Name 'To Fabrikam' -Partner -AddressSpaces fabrikam.com -RequireTLS $true") ==
        "Send connector To Fabrikam: created");
    BOOST_TEST(w.organization.send_connectors.back().name == "To Fabrikam");
    BOOST_TEST(*w.organization.send_connectors.back().require_tls);
    BOOST_TEST(w.changes("Remove-SendConnector 'To Fabrikam' -Confirm:$false") ==
               "Send connector To Fabrikam: removed");
    BOOST_TEST(w.organization.send_connectors.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_new_send_connector_obeys_the_rules) {
    organization_and_queues w;
    BOOST_TEST(says(w.refusal("New-SendConnector Internet -AddressSpaces '*'"), "already"));
    BOOST_TEST(says(w.refusal("New-SendConnector X -RequireTLS $true"), "AddressSpaces"));
    BOOST_TEST(
        !w.refusal("New-SendConnector X -AddressSpaces x.de -TlsAuthLevel EncryptionOnly").empty());  // V2
    BOOST_TEST(!w.refusal("New-SendConnector X -AddressSpaces x.de -SmartHosts relay.x.de").empty()); // V5
    BOOST_TEST(says(w.refusal("Remove-SendConnector Nobody"), "'Nobody' couldn't be found"));
}

BOOST_AUTO_TEST_CASE(a_usage_type_sets_authentication_permissions_and_bindings) { // 3.3
    organization_and_queues w;
    w.changes("New-ReceiveConnector -Name Partners -Usage Partner -Bindings 0.0.0.0:2526 -RemoteIPRanges "
              "203.0.113.0/24 "
              "-TransportRole HubTransport");
    BOOST_TEST(last_connector(w).name == "Partners");
    BOOST_TEST(*last_connector(w).permissions == std::uint32_t{exchange::group_partners});
    BOOST_TEST(*last_connector(w).auth == std::uint32_t{exchange::auth_tls});
    w.changes("New-ReceiveConnector Relay -Custom -Bindings 192.168.10.5:2527 -RemoteIPRanges 192.168.1.9");
    BOOST_TEST(*last_connector(w).permissions == std::uint32_t{exchange::group_none});
    BOOST_TEST(last_connector(w).identity() == "TESTMS05\\Relay");
}

BOOST_AUTO_TEST_CASE(a_new_receive_connector_may_not_take_another_roles_binding) { // R9
    organization_and_queues w;
    BOOST_TEST(says(
        w.refusal("New-ReceiveConnector Relay -Usage Custom -TransportRole HubTransport -Bindings 0.0.0.0:25 "
                  "-RemoteIPRanges 192.168.1.9"),
        "must listen on unique local IP address & port bindings"));
}

BOOST_AUTO_TEST_CASE(a_receive_connector_is_removed_by_its_identity) {
    organization_and_queues w;
    BOOST_TEST(w.changes("Remove-ReceiveConnector 'TESTMS05\\Client Frontend TESTMS05'") ==
               "Receive connector TESTMS05\\Client Frontend TESTMS05: removed");
    BOOST_TEST(says(w.refusal("Remove-ReceiveConnector 'Default Frontend TESTMS05'"), "couldn't be found"));
}

BOOST_AUTO_TEST_CASE(the_transport_service_is_set) {
    organization_and_queues w;
    w.changes(
        "Set-TransportService TESTMS05 -MessageExpirationTimeout 12:00:00 -TransientFailureRetryCount 3 "
        "-UseDowngradedExchangeServerAuth $true");
    const auto& s = w.organization.servers.front();
    BOOST_TEST((s.retry.message_expiration == std::chrono::hours{12}));
    BOOST_TEST(s.retry.transient_count == 3);
    BOOST_TEST(*s.use_downgraded_exchange_server_auth);
    BOOST_TEST(says(w.refusal("Set-TransportService TESTMS05 -TransientFailureRetryCount 16"), "0 to 15"));
    BOOST_TEST(says(w.refusal("Set-TransportService TESTMS05 -MessageExpirationTimeout soon"), "soon"));
}

BOOST_AUTO_TEST_CASE(the_notice_of_delay_comes_after_the_transient_attempts) {
    organization_and_queues w; // 6 times 5 minutes
    BOOST_TEST(says(w.refusal("Set-TransportService TESTMS05 -DelayNotificationTimeout 00:30:00"),
                    "DelayNotificationTimeout 00:30:00 must be longer"));
    w.changes("Set-TransportService testms05.varunagroup.de -DelayNotificationTimeout 00:31:00");
}

BOOST_AUTO_TEST_CASE(what_has_no_effect_is_kept_shown_and_said) {
    organization_and_queues w;
    const auto r = w.run("Set-FrontendTransportService TESTMS05 -SendProtocolLogMaxAge 10.00:00:00");
    BOOST_TEST(says(r.output, "without effect in the lab: SendProtocolLogMaxAge"));
    BOOST_TEST(says(r.changed, "SendProtocolLogMaxAge 30.00:00:00 → 10.00:00:00"));
    BOOST_TEST(
        says(w.output("Get-FrontendTransportService TESTMS05 | fl SendProtocolLogMaxAge"), "10.00:00:00"));
    BOOST_TEST(says(w.output("Set-SendConnector Internet -Comment x -Port 26"),
                    "WARNING: Send connector Internet: kept and shown, without effect in the lab: Comment"));
}

BOOST_AUTO_TEST_CASE(connectors_of_a_tenant_take_what_their_cmdlet_has) { // Exchange Online sheet 1.1, 2.1
    const auto at = source_mark{"x.yaml", 1, 1, 1};
    for (const auto* text :
         {"New-InboundConnector X -ClientHostNames a", "New-OutboundConnector X -LinkForModifiedConnector a",
          "Set-OutboundConnector X -IsValidated $true -ValidationRecipients a@x.de"})
        BOOST_TEST(cmdlet::check(text, at).empty(), text);
    for (const auto& [text, column] :
         {std::pair{"Set-InboundConnector X -ClientHostNames a", 24},
          std::pair{"New-OutboundConnector X -IsValidated $true", 25},
          std::pair{"Set-OutboundConnector X -LinkForModifiedConnector a", 25}}) {
        const auto found = cmdlet::check(text, at);
        BOOST_REQUIRE_EQUAL(found.size(), 1U);
        BOOST_TEST(says(found[0].message, "has no parameter -"), found[0].message);
        BOOST_TEST(found[0].mark.column == column, text);
    }
}

BOOST_AUTO_TEST_CASE(accepted_domains_have_types_and_one_default) {
    organization_and_queues w;
    w.changes("New-AcceptedDomain -Name Fabrikam -DomainName fabrikam.com -DomainType InternalRelay");
    BOOST_TEST(w.organization.accepts("fabrikam.com"));
    BOOST_TEST(w.organization.relays("bob@fabrikam.com"));
    BOOST_TEST(!w.organization.relays("bob@varunagroup.de"));
    w.changes("Set-AcceptedDomain Fabrikam -MakeDefault $true -DomainType Authoritative");
    BOOST_TEST(w.organization.default_domain() == "fabrikam.com");
    BOOST_TEST(!w.organization.relays("bob@fabrikam.com"));
    BOOST_TEST(says(w.output("Get-AcceptedDomain Fabrikam | fl Name, DomainName, Default"),
                    "Name       : Fabrikam\nDomainName : fabrikam.com\nDefault    : True"));
    BOOST_TEST(says(w.refusal("Set-AcceptedDomain Fabrikam -MakeDefault $false"), "is the default domain"));
    BOOST_TEST(says(w.refusal("Remove-AcceptedDomain fabrikam.com"), "is the default domain"));
    w.changes("Set-AcceptedDomain varunagroup.de -MakeDefault $true; Remove-AcceptedDomain Fabrikam");
    BOOST_TEST(!w.organization.accepts("fabrikam.com"));
    BOOST_TEST(says(w.refusal("Set-AcceptedDomain varunagroup.de -DomainType Relay"), "is not one of"));
    BOOST_TEST(says(w.refusal("New-AcceptedDomain -DomainName varunagroup.de"), "already"));
}

BOOST_AUTO_TEST_CASE(remote_domains_are_kept_and_shown) {
    organization_and_queues w;
    w.changes("New-RemoteDomain -Name Contoso -DomainName *.contoso.com");
    w.changes("Set-RemoteDomain Contoso -NDREnabled $false -Name 'Contoso Ltd'");
    BOOST_TEST(says(w.output("Get-RemoteDomain 'Contoso Ltd' | fl DomainName, NDREnabled"),
                    "DomainName : *.contoso.com\nNDREnabled : False"));
    BOOST_TEST(says(w.output("Get-RemoteDomain"), "Default"));
    w.changes("Remove-RemoteDomain 'Contoso Ltd'");
    BOOST_TEST(says(w.refusal("Remove-RemoteDomain Default"), "cannot be removed"));
}

BOOST_AUTO_TEST_CASE(a_usage_type_has_bindings_or_ranges_of_its_own) { // R12, R13
    organization_and_queues w;
    const auto refused_by = [&](const std::string& text) {
        const auto r = w.run(text);
        return r.findings.empty() ? std::string{} : r.findings.front().rule;
    };
    BOOST_TEST(refused_by("New-ReceiveConnector X -Usage Client -Bindings 0.0.0.0:588 -RemoteIPRanges "
                          "10.0.0.0/8") == "R12");
    BOOST_TEST(
        refused_by("New-ReceiveConnector X -Internet -Bindings 0.0.0.0:588 -RemoteIPRanges 10.0.0.0/8") ==
        "R12");
    BOOST_TEST(refused_by("New-ReceiveConnector X -Usage Custom -RemoteIPRanges 10.0.0.0/8") == "R12");
    BOOST_TEST(refused_by("New-ReceiveConnector X -Usage Partner -Bindings 0.0.0.0:588") == "R12");
    BOOST_TEST(refused_by("New-ReceiveConnector X -Usage Custom -Bindings 0.0.0.0:588 -RemoteIPRanges "
                          "10.0.0.0/8") == "");
    BOOST_TEST(says(w.refusal("New-ReceiveConnector X -Usage Internal"),
                    "The usage Internal needs RemoteIPRanges")); // its bindings are fixed
    w.organization.servers.front().role = exchange::server_role::edge;
    BOOST_TEST(refused_by("New-ReceiveConnector Y -Usage Client -RemoteIPRanges 10.0.0.0/8") == "R13");
}

BOOST_AUTO_TEST_CASE(a_queue_is_ordered_by_its_identity) {
    organization_and_queues w;
    const auto r = w.run("Resume-Queue TESTMS05\\3 -Confirm:$false; Retry-Queue -Identity testms05\\3");
    BOOST_REQUIRE(r.queue_commands.size() == 2U);
    BOOST_TEST((r.queue_commands[0].what == cmdlet::queue_verb::resume));
    BOOST_TEST((r.queue_commands[1].what == cmdlet::queue_verb::retry));
    BOOST_TEST(r.queue_commands[1].identity == "TESTMS05\\3");
    BOOST_TEST(says(w.refusal("Retry-Queue TESTMS05\\9"), "couldn't be found"));
}

BOOST_AUTO_TEST_CASE(a_suspended_queue_is_not_tried) { // Resume-Queue comes first; assumed
    organization_and_queues w;
    BOOST_TEST(w.run("Suspend-Queue TESTMS05\\3; Retry-Queue TESTMS05\\3").queue_commands.size() == 1U);
    BOOST_TEST(w.run("Suspend-Queue TESTMS05\\3; Resume-Queue TESTMS05\\3; Retry-Queue TESTMS05\\3")
                   .queue_commands.size() == 3U);
    w.queues.front().status = "Suspended";
    const auto r = w.run("Retry-Queue TESTMS05\\3");
    BOOST_TEST(r.queue_commands.empty());
    BOOST_TEST(says(r.output, "is suspended and is not tried"));
    BOOST_TEST(w.output("Get-Queue -Filter {Velocity -eq 0 -and RiskLevel -eq 'Normal'} | "
                        "select -ExpandProperty Identity") == "TESTMS05\\3");
}

BOOST_AUTO_TEST_CASE(queues_are_found_by_a_filter) { // Get-Queue: Filter
    organization_and_queues w;
    auto other = w.queues.front();
    other.identity = "TESTMS05\\4";
    other.status = "Ready";
    other.message_count = 12;
    w.queues.push_back(other);
    const auto found = [&](const std::string& filter) {
        return w.output("Get-Queue -Filter " + filter + " | select -ExpandProperty Identity");
    };
    BOOST_TEST(found("{Status -eq 'Retry'}") == "TESTMS05\\3");
    BOOST_TEST(found("{status -ne \"retry\"}") == "TESTMS05\\4");
    BOOST_TEST(found("{MessageCount -gt 9}") == "TESTMS05\\4"); // as a number: 12 > 9
    BOOST_TEST(found("\"NextHopDomain -like 'contoso*'\"") == "TESTMS05\\3\nTESTMS05\\4");
    BOOST_TEST(found("{Status -eq 'Ready' -and MessageCount -le 11}").empty());
    BOOST_TEST(w.output("Get-Queue | select -First 1 -ExpandProperty Identity") == "TESTMS05\\3");
    BOOST_TEST(w.run("Retry-Queue -Server TESTMS05 -Filter {MessageCount -gt 0}").queue_commands.size() ==
               2U);
    BOOST_TEST(says(w.refusal("Get-Queue -Filter {Status}"), "a condition is"));
    BOOST_TEST(says(w.refusal("Get-Queue -Filter {Status -is 'Retry'}"), "`-is` is not one of"));
    BOOST_TEST(says(w.refusal("Get-Queue -Filter {Status -eq 'Retry' -or Status -eq 'Ready'}"), "`-or`"));
    BOOST_TEST(says(w.refusal("Get-Queue -Filter {Status -eq 'Retri'}"), "`Retri` is not one of"));
    BOOST_TEST(says(w.refusal("Get-Queue -Filter {(Status -eq 'Retry')}"), "parentheses"));
    BOOST_TEST(says(w.refusal("Retry-Queue"), "needs -Identity or -Filter"));
    BOOST_TEST(says(w.refusal("Get-Queue -Server NOBODY"), "The server 'NOBODY' couldn't be found"));
    BOOST_TEST(says(w.refusal("Get-ReceiveConnector -Server NOBODY"), "The server 'NOBODY'"));
    BOOST_TEST(says(w.refusal("Get-Queue -ResultSize 5"), "is not supported here"));
}

BOOST_AUTO_TEST_CASE(a_send_connector_belongs_to_the_server_where_it_is_made) { // sheet 2.1
    organization_and_queues w;
    w.changes("New-SendConnector Inside -Internal -AddressSpaces a.example");
    w.changes("New-SendConnector Outside -Internet -AddressSpaces b.example");
    const auto& all = w.organization.send_connectors;
    BOOST_TEST(*all[2].source_transport_servers == std::vector<std::string>{"TESTMS05"},
               boost::test_tools::per_element());
    BOOST_TEST(w.output("Get-SendConnector Inside | select -ExpandProperty MaxMessageSize") == "Unlimited");
    BOOST_TEST(w.output("Get-SendConnector Outside | select -ExpandProperty MaxMessageSize") ==
               "35 MB (36,700,160 bytes)");
    BOOST_TEST(w.output("Get-SendConnector Internet | select -ExpandProperty SourceTransportServers") ==
               "TESTMS05");
}

BOOST_AUTO_TEST_CASE(sources_are_added_to_and_taken_from_those_that_are_shown) {
    organization_and_queues w;
    auto other = w.organization.servers.front();
    other.name = "TESTMS06";
    other.fqdn = std::string("testms06.varunagroup.de");
    w.organization.servers.push_back(other);
    const auto sources = [&] {
        return w.output("Get-SendConnector Internet | select -ExpandProperty SourceTransportServers");
    };
    const auto all = sources();
    BOOST_TEST(says(all, "TESTMS05"));
    BOOST_TEST(says(all, "TESTMS06"));
    BOOST_TEST(says(w.output("Set-SendConnector Internet -SourceTransportServers @{Add='TESTMS06'}"),
                    "no setting changed"));
    BOOST_TEST(sources() == all);
    BOOST_TEST(w.changes("Set-SendConnector Internet -SourceTransportServers @{Remove='testms05'}") ==
               "Send connector Internet: SourceTransportServers {TESTMS05, TESTMS06} → {TESTMS06}");
    BOOST_TEST(says(w.refusal("Set-SendConnector Internet -SourceTransportServers @{Remove='TESTMS06'}"),
                    "at least one server"));
    BOOST_TEST(sources() == "TESTMS06");
}

BOOST_AUTO_TEST_CASE(a_binding_is_kept_once_and_has_an_address_of_the_server) { // sheet 3.1, Bindings
    organization_and_queues w;
    auto& s = w.organization.servers.front();
    s.addresses = std::vector<ip_address>{*parse_ip_address("192.168.10.5")};
    const auto told = w.output("New-ReceiveConnector Scanner -RemoteIPRanges 10.0.0.7 -Bindings "
                               "192.168.10.5:2526,192.168.10.5:2526,192.168.10.99:2526");
    BOOST_TEST(s.receive_connectors.back().bindings->size() == 2U);
    BOOST_TEST(says(told, "192.168.10.99 is no address of TESTMS05"));
    BOOST_TEST(!says(told, "192.168.10.5 is"));
}

BOOST_AUTO_TEST_CASE(a_role_that_was_not_said_is_named_in_the_conflict) { // R9
    organization_and_queues w;
    const auto r = w.run("New-ReceiveConnector Scanner -RemoteIPRanges 10.0.0.7 -Bindings 0.0.0.0:25");
    BOOST_REQUIRE(!r.findings.empty());
    BOOST_TEST(r.findings.front().rule == "R9");
    BOOST_TEST(
        says(r.findings.front().hint, "without -TransportRole the new connector belongs to HubTransport"));
}

BOOST_AUTO_TEST_CASE(what_is_told_keeps_the_order_of_the_text) {
    organization_and_queues w;
    const auto r = w.run("Set-SendConnector Internet -Port 26\nGet-SendConnector Internet | fl Port\n"
                         "Set-SendConnector Internet -Port 27");
    const auto shown = r.told.find("Port : 26");
    BOOST_REQUIRE(shown != std::string::npos);
    BOOST_TEST(r.told.find("25 → 26") < shown);
    BOOST_TEST(r.told.find("26 → 27") > shown);
    BOOST_TEST(r.told.find("26 → 27") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_there_is_named) {
    organization_and_queues w;
    BOOST_TEST(says(w.refusal("Enable-ExchangeCertificate 00AA -Services SMTP"), "00AA"));
    BOOST_TEST(says(w.refusal("Remove-ExchangeCertificate -Thumbprint 00AA"), "00AA"));
    BOOST_TEST(w.run("Enable-ExchangeCertificate 00AA -Services SMTP").findings.front().mark.column == 28);
    BOOST_TEST(w.run("Get-SendConnector nosuch").findings.front().mark.column == 19);
    BOOST_TEST(w.run("Get-Queue TESTMS05\\99").findings.front().mark.column == 11);
    BOOST_TEST(w.run("Restart-Service Foo").findings.front().mark.column == 17);
}

BOOST_AUTO_TEST_CASE(all_or_nothing) {
    organization_and_queues w;
    w.refusal("New-SendConnector X -AddressSpaces x.de; Remove-SendConnector Nobody");
    BOOST_TEST(w.organization.send_connectors.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
