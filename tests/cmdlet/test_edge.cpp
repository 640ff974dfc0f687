// Hybrid sheet 4.2: New-EdgeSubscription on both sides, and what it refuses.
#include "sim/exchange/edge_subscribing.hpp"
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace shells;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// With an EDGE01 that has a default certificate.
class organization_with_edge : public organization_and_queues {
  public:
    organization_with_edge() {
        auto edge = organization.servers.front();
        edge.name = "EDGE01";
        edge.fqdn = std::string("edge01.varunagroup.de");
        edge.role = exchange::server_role::edge;
        edge.version.build = "15.2.1118.7";
        auto own =
            issue(certs::exchange_default("Varunagroup/EDGE01/Microsoft Exchange", "EDGE01",
                                          "edge01.varunagroup.de", *parse_instant("2024-01-01"), false));
        edge.internal_transport_thumbprint = own.cert.thumbprint();
        edge.certificates = {own};
        organization.servers.push_back(edge);
    }

    cmdlet::result on_edge(std::string_view text) {
        return cmdlet::run(text, {}, cmdlet::shell{organization, now(), {}, {}, nullptr, "EDGE01"});
    }
    std::string refused_on_edge(std::string_view text) {
        const auto r = on_edge(text);
        BOOST_REQUIRE(!r.findings.empty());
        return r.findings.front().message;
    }
};

constexpr const char* written_file = "New-EdgeSubscription -FileName C:\\x\\edge.xml -Force";
const std::string import =
    "New-EdgeSubscription -FileData ([System.IO.File]::ReadAllBytes('\\\\fs\\x\\edge.xml')) ";

} // namespace

BOOST_AUTO_TEST_SUITE(edge_cmdlets)

BOOST_AUTO_TEST_CASE(without_force_nothing_is_written) {
    organization_with_edge w;
    BOOST_TEST(says(w.on_edge("New-EdgeSubscription -FileName edge.xml").output, "-Force says Yes"));
    BOOST_TEST(w.organization.files.empty());
    BOOST_TEST(says(w.on_edge("New-EdgeSubscription -FileName edge.xml -Force -WhatIf").output, "What if"));
    BOOST_TEST(w.organization.files.empty());
}

BOOST_AUTO_TEST_CASE(each_side_takes_its_own_parameters) {
    organization_with_edge w;
    BOOST_TEST(says(w.refused_on_edge("New-EdgeSubscription -Force"), "-FileName"));
    BOOST_TEST(says(w.refused_on_edge("New-EdgeSubscription -FileName x -Site Berlin -Force"), "-FileData"));
    BOOST_TEST(says(w.refused_on_edge("Start-EdgeSynchronization"), "Mailbox server"));
    BOOST_TEST(says(w.refusal("New-EdgeSubscription -FileName x"), "-FileData and -Site"));
    BOOST_TEST(says(w.refusal(import + "-Site Default-First-Site-Name"), "no file `edge.xml`"));
    BOOST_TEST(says(w.refusal("Start-EdgeSynchronization"), "couldn't be found"));
    BOOST_TEST(says(w.refusal("Remove-EdgeSubscription EDGE01"), "couldn't be found"));
}

BOOST_AUTO_TEST_CASE(a_subscription_is_written_imported_shown_and_removed) {
    organization_with_edge w;
    BOOST_TEST(w.on_edge(written_file).findings.empty());
    BOOST_REQUIRE_EQUAL(w.organization.files.size(), 1U);
    BOOST_TEST(says(w.refusal(import), "-Site"));
    BOOST_TEST(says(w.refusal(import + "-Site Default-First-Site-Name -CreateInternetSendConnector maybe"),
                    "$false"));
    const auto before = w.organization.send_connectors.size();
    w.run(import + "-Site Default-First-Site-Name -CreateInternetSendConnector $false");
    BOOST_TEST(w.organization.send_connectors.size() == before + 1);
    BOOST_TEST(says(w.output("Get-EdgeSubscription"), "EDGE01 Default-First-Site-Name varunagroup.de"));
    w.run("Remove-EdgeSubscription EDGE01");
    BOOST_TEST(w.organization.send_connectors.size() == before);
    BOOST_TEST(w.organization.edge_subscriptions.empty());
}

BOOST_AUTO_TEST_CASE(a_subscribed_edge_is_not_managed_by_itself) {
    organization_with_edge w;
    w.on_edge(written_file);
    for (const auto* text : {"Set-SendConnector Internet -Enabled $false", "Remove-AcceptedDomain x.de",
                             "New-RemoteDomain -Name x -DomainName x.de", "Set-AcceptedDomain x.de"})
        BOOST_TEST(says(w.refused_on_edge(text), "is disabled on EDGE01"), text);
    BOOST_TEST(!says(w.on_edge("Get-SendConnector").output, "Internet")); // AD LDS is empty
    BOOST_TEST(says(w.output("Get-SendConnector"), "Internet"));
}

BOOST_AUTO_TEST_SUITE_END()
