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

BOOST_AUTO_TEST_CASE(a_queue_is_ordered_by_its_identity) {
    organization_and_queues w;
    const auto r = w.run("Suspend-Queue TESTMS05\\3 -Confirm:$false; Retry-Queue -Identity testms05\\3");
    BOOST_REQUIRE(r.queue_commands.size() == 2U);
    BOOST_TEST((r.queue_commands[0].what == cmdlet::queue_verb::suspend));
    BOOST_TEST((r.queue_commands[1].what == cmdlet::queue_verb::retry));
    BOOST_TEST(r.queue_commands[1].identity == "TESTMS05\\3");
    BOOST_TEST(says(w.refusal("Retry-Queue TESTMS05\\9"), "couldn't be found"));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_there_is_named) {
    organization_and_queues w;
    BOOST_TEST(says(w.refusal("Enable-ExchangeCertificate 00AA -Services SMTP"), "00AA"));
    BOOST_TEST(says(w.refusal("Remove-ExchangeCertificate -Thumbprint 00AA"), "00AA"));
}

BOOST_AUTO_TEST_CASE(all_or_nothing) {
    organization_and_queues w;
    w.refusal("New-SendConnector X -AddressSpaces x.de; Remove-SendConnector Nobody");
    BOOST_TEST(w.organization.send_connectors.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
