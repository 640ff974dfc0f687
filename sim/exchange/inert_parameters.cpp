#include "sim/exchange/inert_parameters.hpp"

#include <initializer_list>

namespace connlab::exchange {

namespace {

constexpr auto flag = value_kind::boolean;
constexpr auto number = value_kind::number;
constexpr auto size = value_kind::size;
constexpr auto span = value_kind::time_span;
constexpr auto text = value_kind::text;
constexpr auto list = value_kind::list;
constexpr auto word = value_kind::word;

constexpr const char* transport_roles =
    "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\";

std::string folder(const std::string& below) {
    return transport_roles + below;
}

std::string kilobytes(std::uint64_t n) {
    return show_size(n * 1024);
}

std::string megabytes(std::uint64_t n) {
    return kilobytes(n * 1024);
}

std::string days(int n) {
    return std::to_string(n) + ".00:00:00";
}

void add(inert_parameters& to, const inert_parameters& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// A log that a service writes: how long and how much of it is kept, and where.
struct service_log {
    std::string name;    // ConnectivityLog
    std::string called;  // the connectivity log
    int oldest = 30;     // days
    int directory = 250; // MB
    std::string where;   // below Logs; empty: nowhere
    std::string enabled; // by default; empty: there is no such parameter
    bool in_files_of_a_size = true;
};

inert_parameters parameters_of(const service_log& l) {
    inert_parameters out;
    if (!l.enabled.empty())
        out.push_back({l.name + "Enabled", flag, l.enabled, "Whether " + l.called + " is written"});
    out.push_back({l.name + "MaxAge", span, days(l.oldest), "Oldest file of " + l.called});
    out.push_back({l.name + "MaxDirectorySize", size, megabytes(static_cast<std::uint64_t>(l.directory)),
                   "All files of " + l.called});
    if (l.in_files_of_a_size)
        out.push_back({l.name + "MaxFileSize", size, megabytes(10), "One file of " + l.called});
    out.push_back({l.name + "Path", text, l.where.empty() ? std::string{} : folder("Logs\\" + l.where),
                   "Folder of " + l.called});
    return out;
}

/// The logs that every transport service has.
inert_parameters common_logs(const std::string& service) {
    inert_parameters out;
    for (const auto& l : std::initializer_list<service_log>{
             {"ConnectivityLog", "the connectivity log", 30, 1000, service + "\\Connectivity", "True"},
             {"ReceiveProtocolLog", "the Receive protocol log", 30, 250,
              service + "\\ProtocolLog\\SmtpReceive", ""},
             {"SendProtocolLog", "the Send protocol log", 30, 250, service + "\\ProtocolLog\\SmtpSend", ""},
             {"RoutingTableLog", "the routing table log", 7, 50, service + "\\Routing", "", false}})
        add(out, parameters_of(l));
    return out;
}

/// The logs of the services that connectors send and receive for.
inert_parameters connector_service_logs(const std::string& service) {
    auto out = common_logs(service);
    add(out, parameters_of({"AgentLog", "the agent log", 7, 250, service + "\\AgentLog", "True"}));
    add(out, parameters_of({"DnsLog", "the DNS log", 7, 100, "", "False"}));
    return out;
}

inert_parameters pipeline_tracing(const std::string& service) {
    return {
        {"ContentConversionTracingEnabled", flag, "False", "Failed content conversions are written to files"},
        {"PipelineTracingEnabled", flag, "False",
         "Messages of one sender are written to files, step by step"},
        {"PipelineTracingPath", text, folder("Logs\\" + service + "\\PipelineTracing"), "Where to"},
        {"PipelineTracingSenderAddress", text, "", "Whose messages"},
        {"MaxConcurrentMailboxDeliveries", number, "20", "Deliveries at a time"},
        {"MaxConcurrentMailboxSubmissions", number, "20", "Submissions at a time"},
    };
}

/// Look-ups and connections of the services that have connectors to the outside.
inert_parameters look_ups_and_connections() {
    const std::vector<std::string> protocols{"Any", "UseTcpOnly", "UseUdpOnly"};
    const std::string any_adapter = "00000000-0000-0000-0000-000000000000";
    return {
        {"AntispamAgentsEnabled", flag, "False", "The anti-spam agents"},
        {"ExternalDNSAdapterEnabled", flag, "True", "External names are resolved as an adapter says"},
        {"ExternalDNSAdapterGuid", text, any_adapter, "That adapter"},
        {"ExternalDNSProtocolOption", word, "Any", "Protocol of external look-ups", protocols},
        {"ExternalDNSServers", list, "{}", "Servers that resolve external names"},
        {"ExternalIPAddress", text, "", "Address in Received headers"},
        {"InternalDNSAdapterEnabled", flag, "True", "Internal names are resolved as an adapter says"},
        {"InternalDNSAdapterGuid", text, any_adapter, "That adapter"},
        {"InternalDNSProtocolOption", word, "Any", "Protocol of internal look-ups", protocols},
        {"InternalDNSServers", list, "{}", "Servers that resolve internal names"},
        {"IntraOrgConnectorSmtpMaxMessagesPerConnection", number, "20",
         "Messages in one connection of the implicit connector"},
        {"MaxConnectionRatePerMinute", number, "1200", "New connections a minute"},
    };
}

inert_parameters message_tracking_and_statistics() {
    inert_parameters out;
    for (const auto& l : std::initializer_list<service_log>{
             {"ActiveUserStatisticsLog", "the log of active users", 30, 250, "Hub\\ActiveUsersStats", ""},
             {"IrmLog", "the log of information rights management", 30, 250, "Hub\\IRMLogs", "True"},
             {"MessageTrackingLog", "the message tracking log", 30, 1000, "MessageTracking", "True"},
             {"QueueLog", "the queue log", 7, 200, "Hub\\QueueViewer", ""},
             {"ServerStatisticsLog", "the log of server statistics", 30, 250, "Hub\\ServerStats", ""}})
        add(out, parameters_of(l));
    out.push_back({"MessageTrackingLogSubjectLoggingEnabled", flag, "True", "Subjects in that log"});
    return out;
}

inert_parameters folders_and_limits_of_transport() {
    return {
        // The documents differ: 00:15:00 in the article on intervals, 00:05:00 in the cmdlet's text.
        {"MessageRetryInterval", span, "00:15:00",
         "Wait of a single message in the status Retry; here queues wait"},
        {"MaxOutboundConnections", number, "1000", "Outbound connections at a time"},
        {"MaxPerDomainOutboundConnections", number, "20", "Outbound connections to one domain at a time"},
        {"PickupDirectoryMaxHeaderSize", size, kilobytes(64), "Largest header in the Pickup directory"},
        {"PickupDirectoryMaxMessagesPerMinute", number, "100", "Files a minute from the Pickup directory"},
        {"PickupDirectoryMaxRecipientsPerMessage", number, "100", "Recipients of a file in it"},
        {"PickupDirectoryPath", text, folder("Pickup"), "The Pickup directory"},
        {"PoisonMessageDetectionEnabled", flag, "True", "Messages that end the service are set apart"},
        {"PoisonThreshold", number, "2", "How often such a message may end it"},
        {"QueueMaxIdleTime", span, "00:03:00", "How long an empty queue stays"},
        {"RecipientValidationCacheEnabled", flag, "False", "Recipients that were looked up are remembered"},
        {"ReplayDirectoryPath", text, folder("Replay"), "The Replay directory"},
        {"RootDropDirectoryPath", text, "", "Where foreign connectors drop messages"},
    };
}

inert_parameters reports_of_transport_config() {
    return {
        {"ConvertReportToMessage", flag, "False", "Reports are made ordinary messages"},
        {"DSNConversionMode",
         word,
         "UseExchangeDSNs",
         "Reports of other systems",
         {"UseExchangeDSNs", "PreserveDSNBody", "DoNotConvert"}},
        {"ExternalDsnDefaultLanguage", text, "", "Language of external reports"},
        {"ExternalDsnLanguageDetectionEnabled", flag, "True", "External reports in the message's language"},
        {"ExternalDsnMaxMessageAttachSize", size, megabytes(10), "Largest message in an external report"},
        {"ExternalDsnReportingAuthority", text, "", "Domain in external reports"},
        {"ExternalDsnSendHtml", flag, "True", "External reports as HTML"},
        {"ExternalPostmasterAddress", text, "", "Sender of external delivery reports"},
        {"GenerateCopyOfDSNFor", list, "{}", "Codes of reports of which the postmaster gets a copy"},
        {"InternalDsnDefaultLanguage", text, "", "Language of internal reports"},
        {"InternalDsnLanguageDetectionEnabled", flag, "True", "Internal reports in the message's language"},
        {"InternalDsnMaxMessageAttachSize", size, megabytes(10), "Largest message in an internal report"},
        {"InternalDsnReportingAuthority", text, "", "Domain in internal reports"},
        {"InternalDsnSendHtml", flag, "True", "Internal reports as HTML"},
        {"PreserveReportBodypart", flag, "True", "Body parts of reports stay as they came"},
    };
}

inert_parameters journaling_of_transport_config() {
    return {
        {"JournalArchivingEnabled", flag, "False", "Reserved for Microsoft's own use"},
        {"JournalMessageExpirationDays", number, "0", "Days that journal reports wait beyond the usual"},
        {"JournalingReportNdrTo", text, "<>", "Who gets journal reports that cannot be delivered"},
        {"LegacyArchiveJournalingEnabled", flag, "False", "Journal reports as an older archive wants them"},
        {"LegacyArchiveLiveJournalingEnabled", flag, "False", "The same, of new messages"},
        {"LegacyJournalingMigrationEnabled", flag, "False", "Journal messages of a migration"},
        {"RedirectDLMessagesForLegacyArchiveJournaling", flag, "False",
         "Messages to distribution groups go to that archive"},
        {"RedirectUnprovisionedUserMessagesForLegacyArchiveJournaling", flag, "False",
         "Messages to users who are not provisioned go there"},
        {"VoicemailJournalingEnabled", flag, "True", "Voice mail is journaled"},
    };
}

inert_parameters shadow_redundancy_of_transport_config() {
    return {
        {"MaxDumpsterSizePerDatabase", size, megabytes(18), "Transport dumpster of Exchange 2010"},
        {"MaxDumpsterTime", span, days(7), "How long that keeps messages"},
        {"MaxRetriesForLocalSiteShadow", number, "2", "Attempts at a shadow copy in the site"},
        {"MaxRetriesForRemoteSiteShadow", number, "4", "Attempts at a shadow copy in another site"},
        {"RejectMessageOnShadowFailure", flag, "False", "Without shadow copy a message is refused"},
        {"SafetyNetHoldTime", span, days(2), "How long Safety Net keeps copies"},
        {"ShadowHeartbeatFrequency", span, "00:02:00", "Wait between questions to the primary server"},
        {"ShadowHeartbeatRetryCount", number, "12", "Questions to the primary server; Exchange 2010"},
        {"ShadowHeartbeatTimeoutInterval", span, "00:15:00", "Wait for its answer; Exchange 2010"},
        {"ShadowMessageAutoDiscardInterval", span, days(2), "How long shadow copies are kept"},
        {"ShadowMessagePreferenceSetting",
         word,
         "PreferRemote",
         "Where shadow copies are made",
         {"PreferRemote", "LocalOnly", "RemoteOnly"}},
        {"ShadowRedundancyEnabled", flag, "True", "Shadow copies of messages in transit"},
        {"ShadowResubmitTimeSpan", span, "03:00:00", "When shadow copies are sent again"},
    };
}

inert_parameters messages_of_transport_config() {
    return {
        {"AddressBookPolicyRoutingEnabled", flag, "False", "Recipients are resolved by address book policy"},
        {"AgentGeneratedMessageLoopDetectionInSmtpEnabled", flag, "True",
         "Loops of messages that agents make, on the wire"},
        {"AgentGeneratedMessageLoopDetectionInSubmissionEnabled", flag, "True", "The same, at submission"},
        {"ClearCategories", flag, "True", "Outlook categories are taken off"},
        {"ConvertDisclaimerWrapperToEml", flag, "False", "How a disclaimer wraps the original message"},
        {"DiagnosticsAggregationServicePort", number, "9710", "Port for the digest of queues"},
        {"HeaderPromotionModeSetting",
         word,
         "NoCreate",
         "Promotion of header fields to named properties",
         {"NoCreate", "MayCreate", "MustCreate"}},
        {"HygieneSuite", word, "Standard", "Reserved for Microsoft's own use", {"Standard", "Premium"}},
        {"InternalSMTPServers", list, "{}", "Servers that anti-spam agents skip"},
        {"MaxAllowedAgentGeneratedMessageDepth", number, "3", "Messages that agents make of each other's"},
        {"MaxAllowedAgentGeneratedMessageDepthPerAgent", number, "2", "The same, of one agent"},
        {"MaxReceiveSize", size, megabytes(36), "Largest message received"},
        {"MaxRecipientEnvelopeLimit", number, "500", "Recipients of one message"},
        {"MaxSendSize", size, megabytes(35), "Largest message sent"},
        {"MigrationEnabled", flag, "False", "Reserved for Microsoft's own use"},
        {"OpenDomainRoutingEnabled", flag, "False", "Reserved for Microsoft's own use"},
        {"OrganizationFederatedMailbox", text, "", "Mailbox of the federated delivery"},
        {"QueueDiagnosticsAggregationInterval", span, "00:01:00", "Wait between digests of queues"},
        {"Rfc2231EncodingEnabled", flag, "False", "MIME parameters as in RFC 2231"},
        {"SupervisionTags", list, "{Reject, Allow}", "Tags for Outlook Live's supervision"},
        {"TransportRuleAttachmentTextScanLimit", size, megabytes(1),
         "Text of an attachment that rules look at"},
        {"TransportRuleCollectionAddedRecipientsLimit", number, "100", "Recipients that all rules may add"},
        {"TransportRuleCollectionRegexCharsLimit", size, "20 KB (20,480 bytes)",
         "Characters of all expressions in rules"},
        {"TransportRuleLimit", number, "300", "Transport rules"},
        {"TransportRuleMinProductVersion", text, "14.0.0.0", "Version that rules are made for"},
        {"TransportRuleRegexValidationTimeout", span, "00:00:00.3000000", "Time to check an expression"},
        {"TransportRuleSizeLimit", size, "8 KB (8,192 bytes)", "Size of one rule"},
        {"VerifySecureSubmitEnabled", flag, "False", "MAPI clients have to encrypt"},
        {"Xexch50Enabled", flag, "True", "XEXCH50 to Exchange 2003"},
    };
}

} // namespace

inert_parameters inert_of_transport_config() {
    auto out = messages_of_transport_config();
    for (const auto& part : {reports_of_transport_config(), journaling_of_transport_config(),
                             shadow_redundancy_of_transport_config()})
        add(out, part);
    return out;
}

inert_parameters inert_of_transport_service() {
    auto out = look_ups_and_connections();
    for (const auto& part : {folders_and_limits_of_transport(), pipeline_tracing("Hub"),
                             connector_service_logs("Hub"), message_tracking_and_statistics()})
        add(out, part);
    return out;
}

inert_parameters inert_of_frontend_transport_service() {
    auto out = look_ups_and_connections();
    add(out, {{"IntraOrgConnectorProtocolLoggingLevel",
               word,
               "None",
               "Whether the implicit connector writes the protocol log",
               {"None", "Verbose"}},
              {"TransientFailureRetryCount", number, "6", "Attempts at the transient interval"},
              {"TransientFailureRetryInterval", span, "00:05:00", "Wait between these attempts"}});
    add(out, connector_service_logs("FrontEnd"));
    return out;
}

inert_parameters inert_of_mailbox_transport_service() {
    auto out = pipeline_tracing("Mailbox");
    add(out, common_logs("Mailbox"));
    for (const auto& l :
         std::initializer_list<service_log>{{"MailboxDeliveryAgentLog", "the agent log of Delivery", 7, 250,
                                             "Mailbox\\AgentLog\\Delivery", "True"},
                                            {"MailboxDeliveryThrottlingLog", "the throttling log of Delivery",
                                             7, 200, "Throttling\\Delivery", "True"},
                                            {"MailboxSubmissionAgentLog", "the agent log of Submission", 7,
                                             250, "Mailbox\\AgentLog\\Submission", "True"}})
        add(out, parameters_of(l));
    add(out, {{"MailboxDeliveryConnectorMaxInboundConnection", number, "5000",
               "Connections at a time of the Mailbox delivery Receive connector"},
              {"MailboxDeliveryConnectorSmtpUtf8Enabled", flag, "True", "SMTPUTF8 in its EHLO reply"}});
    return out;
}

} // namespace connlab::exchange
