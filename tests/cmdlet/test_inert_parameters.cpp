// What administrators type and the lab does not simulate: taken, checked, kept, shown, and said to be without
// effect. Names and types: the cmdlets' references.
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

using namespace connlab;
using shells::organization_and_queues;

namespace {

bool says(const std::string& text, const std::string& part) {
    const bool it_does = text.find(part) != std::string::npos;
    BOOST_TEST(it_does, "`" << text << "` says: " << part);
    return it_does;
}

struct typed {
    std::string noun; // with the identity
    std::string parameter;
    std::string value;
    std::string shown; // by Get-… | fl
};

const typed all[] = {
    {"TransportConfig", "ClearCategories", "$false", "False"},
    {"TransportConfig", "DSNConversionMode", "donotconvert", "DoNotConvert"},
    {"TransportConfig", "ExternalDsnMaxMessageAttachSize", "5MB", "5 MB (5,242,880 bytes)"},
    {"TransportConfig", "GenerateCopyOfDSNFor", "5.4.8,5.4.6", "{5.4.8, 5.4.6}"},
    {"TransportConfig", "JournalingReportNdrTo", "journal@varunagroup.de", "journal@varunagroup.de"},
    {"TransportConfig", "ShadowHeartbeatFrequency", "00:03:00", "00:03:00"},
    {"TransportConfig", "VerifySecureSubmitEnabled", "$true", "True"},
    {"TransportConfig", "Xexch50Enabled", "$false", "False"},
    {"TransportService TESTMS05", "ConnectivityLogPath", "D:\\Logs", "D:\\Logs"},
    {"TransportService TESTMS05", "ConnectivityLogMaxDirectorySize", "1GB", "1 GB (1,073,741,824 bytes)"},
    {"TransportService TESTMS05", "AgentLogEnabled", "$false", "False"},
    {"TransportService TESTMS05", "AgentLogMaxAge", "14.00:00:00", "14.00:00:00"},
    {"TransportService TESTMS05", "RoutingTableLogPath", "D:\\Routing", "D:\\Routing"},
    {"TransportService TESTMS05", "QueueLogPath", "D:\\Queue", "D:\\Queue"},
    {"TransportService TESTMS05", "ServerStatisticsLogPath", "D:\\Stats", "D:\\Stats"},
    {"TransportService TESTMS05", "DnsLogEnabled", "$true", "True"},
    {"TransportService TESTMS05", "DnsLogMaxFileSize", "20MB", "20 MB (20,971,520 bytes)"},
    {"TransportService TESTMS05", "ActiveUserStatisticsLogMaxAge", "10.00:00:00", "10.00:00:00"},
    {"TransportService TESTMS05", "MessageTrackingLogEnabled", "$false", "False"},
    {"TransportService TESTMS05", "MessageTrackingLogSubjectLoggingEnabled", "$false", "False"},
    {"TransportService TESTMS05", "PickupDirectoryPath", "D:\\Pickup", "D:\\Pickup"},
    {"TransportService TESTMS05", "PipelineTracingEnabled", "$true", "True"},
    {"TransportService TESTMS05", "PoisonThreshold", "3", "3"},
    {"FrontendTransportService TESTMS05", "TransientFailureRetryCount", "5", "5"},
    {"FrontendTransportService TESTMS05", "TransientFailureRetryInterval", "00:10:00", "00:10:00"},
    {"FrontendTransportService TESTMS05", "AntispamAgentsEnabled", "$true", "True"},
    {"MailboxTransportService TESTMS05", "MailboxSubmissionAgentLogEnabled", "$false", "False"},
    {"ReceiveConnector 'TESTMS05\\Default TESTMS05'", "RejectReservedTopLevelRecipientDomains", "$true",
     "True"},
    {"ReceiveConnector 'TESTMS05\\Default TESTMS05'", "RejectReservedSecondLevelRecipientDomains", "$true",
     "True"},
    {"ReceiveConnector 'TESTMS05\\Default TESTMS05'", "RejectSingleLabelRecipientDomains", "$true", "True"},
    {"SendConnector Internet", "RequireOorg", "$true", "True"},
    {"AcceptedDomain varunagroup.de", "OutboundOnly", "$true", "True"},
    {"RemoteDomain Default", "NDRDiagnosticInfoEnabled", "$false", "False"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(inert_parameters)

BOOST_AUTO_TEST_CASE(are_taken_shown_and_said_to_have_no_effect) {
    organization_and_queues w;
    for (const auto& t : all) {
        const auto set = w.output(fmt::format("Set-{} -{} {}", t.noun, t.parameter, t.value));
        says(set, "without effect in the lab: " + t.parameter);
        const auto get = fmt::format("Get-{} | fl {}", t.noun, t.parameter);
        says(w.output(get), t.parameter + " : " + t.shown + "\n");
    }
}

BOOST_AUTO_TEST_CASE(have_types) {
    organization_and_queues w;
    for (const auto& [text, why] : std::initializer_list<std::pair<const char*, const char*>>{
             {"Set-TransportService TESTMS05 -AgentLogEnabled maybe", "Boolean"},
             {"Set-TransportService TESTMS05 -AgentLogMaxAge soon", "soon"},
             {"Set-TransportService TESTMS05 -QueueLogMaxFileSize big", "big"},
             {"Set-TransportService TESTMS05 -PoisonThreshold few", "few"},
             {"Set-TransportConfig -DSNConversionMode None", "is not one of UseExchangeDSNs"}})
        says(w.refusal(text), why);
}

BOOST_AUTO_TEST_CASE(of_cmdlets_that_create_are_said_too) {
    organization_and_queues w;
    says(w.output("New-ExchangeCertificate -SubjectKeyIdentifier 00AA -Instance x"),
         "without effect in the lab: Instance, SubjectKeyIdentifier");
    says(w.output("New-AcceptedDomain -Name A -DomainName a.example -MatchSubDomains $true"),
         "without effect in the lab: MatchSubDomains");
    says(w.output("Get-AcceptedDomain A | fl MatchSubDomains"), "MatchSubDomains : True\n");
    says(w.refusal("New-RemoteDomain -Name A -DomainName a.example -DomainType InternalRelay"),
         "no parameter -DomainType");
}

BOOST_AUTO_TEST_SUITE_END()
