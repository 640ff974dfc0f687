// Get-… and how PowerShell prints: powershell-output sheet.
#include "sim/cmdlet/cmdlet.hpp"
#include "sim/cmdlet/formatting.hpp"
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::cmdlet;
using namespace shells;

BOOST_AUTO_TEST_SUITE(views)

BOOST_AUTO_TEST_CASE(a_list_pads_names_and_prints_nothing_for_empty_values) {
    const view v{{{{"Name", "A"}, {"TlsDomain", ""}}, {{"Name", "B"}, {"TlsDomain", "b.de"}}}, {"Name"}};
    BOOST_TEST(printed(v, layout::list, {}) ==
               "\nName      : A\nTlsDomain :\n\nName      : B\nTlsDomain : b.de\n\n");
}

BOOST_AUTO_TEST_CASE(a_table_has_dashes_as_long_as_the_headers_and_numbers_to_the_right) {
    const view v{{{{"Identity", "A long name"}, {"Count", "7"}}, {{"Identity", "B"}, {"Count", "12"}}},
                 {"Identity", "Count"}};
    BOOST_TEST(printed(v, layout::table, {}) == "\nIdentity    Count\n"
                                                "--------    -----\n"
                                                "A long name     7\n"
                                                "B              12\n\n");
}

BOOST_AUTO_TEST_CASE(a_table_without_room_is_cut_with_dots) {
    const view v{{{{"Name", "A"}, {"LastError", std::string(200, 'x')}}}, {"Name", "LastError"}};
    const auto text = printed(v, layout::table, {});
    BOOST_TEST(text.find("xxx...\n") != std::string::npos);
    BOOST_TEST(text.find(std::string(120, 'x')) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wrapped_table_goes_on_below) {
    const view wide{{{{"Name", "a"}, {"LastError", std::string(130, 'x') + "end"}}}, {"Name", "LastError"}};
    const auto text = printed(wide, layout::wrapped_table, {});
    BOOST_TEST(text.find("...") == std::string::npos);
    BOOST_TEST(text.find("\n     x") != std::string::npos); // below its column
    BOOST_TEST(text.find("xend\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wide_table_fits_the_console) { // powershell-output.md: Format-Table
    view v{{{{"Name", "A"}, {"LastError", std::string(200, 'x')}, {"Status", "Retry"}}}, {"Name"}};
    const auto shared = printed(v, layout::table, {"Name", "LastError", "Status"});
    BOOST_TEST(shared.find("... Retry\n") != std::string::npos);
    std::vector<std::string> names;
    for (int i = 0; i < 12; ++i) {
        names.push_back("ARatherLongName" + std::to_string(i));
        v.objects.front().emplace_back(names.back(), "1");
    }
    const auto dropped = printed(v, layout::table, names);
    BOOST_TEST(dropped.find("ARatherLongName6") != std::string::npos);
    BOOST_TEST(dropped.find("ARatherLongName7") == std::string::npos);
    for (const auto& text : {shared, dropped})
        for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
            BOOST_TEST(text.find('\n', at) - at <= 120U);
}

BOOST_AUTO_TEST_CASE(patterns_select_properties_in_their_own_spelling) {
    const view v{{{{"Name", "A"}, {"TlsDomain", "b.de"}, {"RequireTLS", "True"}}}, {"Name"}};
    BOOST_TEST(printed(v, layout::list, {"*tls*"}) == "\nTlsDomain  : b.de\nRequireTLS : True\n\n");
    BOOST_TEST(printed(v, layout::list, {"name", "Unknown"}) == "\nName    : A\nUnknown :\n\n");
    BOOST_TEST(printed(v, layout::list, {}).find("RequireTLS") != std::string::npos);
    BOOST_TEST(matches_pattern("TlsDomain", "T?sD*n"));
    BOOST_TEST(!matches_pattern("TlsDomain", "tls"));
    BOOST_TEST(matches_pattern("", "*"));
    BOOST_TEST(!matches_pattern("", "?"));
    BOOST_TEST(matches_pattern("abcabd", "*ab?"));
    BOOST_TEST(!matches_pattern("abcabd", "*abc"));
    std::string stars; // must not take for ever
    for (int i = 0; i < 40; ++i)
        stars += "*a";
    BOOST_TEST(!matches_pattern(std::string(5000, 'a') + "b", stars));
}

BOOST_AUTO_TEST_CASE(nothing_prints_nothing) {
    BOOST_TEST(printed({{}, {"Name"}}, layout::table, {}).empty());
    BOOST_TEST(printed({{}, {"Name"}}, layout::list, {}).empty());
}

BOOST_AUTO_TEST_CASE(a_send_connector_is_shown_by_its_name) {
    organization_and_queues w;
    BOOST_TEST(w.output("Get-SendConnector Internet") == "\nIdentity AddressSpaces Enabled\n"
                                                         "-------- ------------- -------\n"
                                                         "Internet {SMTP:*;10}   True\n\n");
    BOOST_TEST(w.output("get-sendconnector 'To Contoso' | fl name,tlsdomain") ==
               "\nName      : To Contoso\nTlsDomain : mx.contoso.com\n\n");
    BOOST_TEST(w.output("Get-SendConnector To* | Select-Object Name") == "\nName\n----\nTo Contoso\n\n");
}

BOOST_AUTO_TEST_CASE(receive_connectors_are_told_apart_by_server) {
    organization_and_queues w;
    const auto text = w.output("Get-ReceiveConnector -Server TESTMS05 | ft Identity");
    BOOST_TEST(text.find("TESTMS05\\Default Frontend TESTMS05\n") != std::string::npos);
    BOOST_TEST(text.find("Mailbox delivery") == std::string::npos, "the implicit connector is invisible");
}

BOOST_AUTO_TEST_CASE(queues_are_shown_with_their_last_error) {
    organization_and_queues w;
    BOOST_TEST(w.output("Get-Queue") ==
               "\nIdentity   DeliveryType         Status MessageCount Velocity RiskLevel OutboundIPPool "
               "NextHopDomain\n"
               "--------   ------------         ------ ------------ -------- --------- -------------- "
               "-------------\n"
               "TESTMS05\\3 DnsConnectorDelivery Retry             1        0 Normal                 0 "
               "contoso.com\n\n");
    BOOST_TEST(w.output("Get-Queue TESTMS05\\3 | fl LastError") ==
               "\nLastError : 421 4.2.1 Unable to connect\n\n");
}

BOOST_AUTO_TEST_CASE(the_first_accepted_domain_is_the_default) {
    organization_and_queues w;
    BOOST_TEST(w.output("Get-AcceptedDomain") == "\nName           DomainName     DomainType    Default\n"
                                                 "----           ----------     ----------    -------\n"
                                                 "varunagroup.de varunagroup.de Authoritative True\n\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_and_what_is_not_known_is_refused) {
    organization_and_queues w;
    BOOST_TEST(w.refusal("Get-SendConnector Nobody").find("'Nobody' couldn't be found") != std::string::npos);
    BOOST_TEST(w.refusal("Get-SendConnector | Sort-Object Name").find("supported are Format-List") !=
               std::string::npos);
    BOOST_TEST(w.refusal("Get-Queue -Filter x").find("Filter") != std::string::npos);
    BOOST_TEST(w.refusal("Set-SendConnector Internet -Enabled $true | fl").find("no `|`") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
