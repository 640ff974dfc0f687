// Set-TransportService, Set-FrontendTransportService and Set-MailboxTransportService (on-premises sheet 2.7
// for the intervals and their defaults; ranges from the reference of Set-TransportService).
#include "sim/base/ascii.hpp"
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

using rows = parameter_rows<server>;
using row = rows::row;

constexpr duration second{seconds{1}};
constexpr duration day{hours{24}};

/// One of the retry settings, which know no place: their defaults depend on the server's role.
template <class T>
row retry(std::string name, value_kind kind, T retry_settings::*member, std::string about,
          rows::reader<T> read, rows::printer<T> print) {
    row p;
    p.name = std::move(name);
    p.kind = kind;
    p.about = std::move(about);
    p.set = [member, read = std::move(read)](server& s, const written_value& v, const source_mark&) {
        const auto value = read(v);
        if (value)
            s.retry.*member = *value;
        return taken{value.error, {}};
    };
    p.show = [member, print = std::move(print)](const server& s) { return print(s.retry.*member); };
    p.mark = [](const server&) { return source_mark{}; };
    return p;
}

row interval(std::string name, duration retry_settings::*member, std::string about, duration shortest,
             duration longest) {
    return retry<duration>(std::move(name), value_kind::time_span, member, std::move(about),
                           rows::one<duration>([shortest, longest](std::string_view text) {
                               return read_time_span(text, shortest, longest);
                           }),
                           format_duration);
}

std::vector<row> retry_rows() {
    return {
        retry<int>("TransientFailureRetryCount", value_kind::number, &retry_settings::transient_count,
                   "Attempts at the transient interval, behind those of the glitch interval",
                   rows::one<int>([](std::string_view text) { return read_number(text, 0, 15); }),
                   [](int n) { return std::to_string(n); }),
        interval("TransientFailureRetryInterval", &retry_settings::transient_interval,
                 "Wait between these attempts", second, hours{12}),
        interval("OutboundConnectionFailureRetryInterval", &retry_settings::outbound_interval,
                 "Wait between all later attempts", second, 20 * day),
        interval("MessageExpirationTimeout", &retry_settings::message_expiration,
                 "How long a message waits before it goes back to its sender", seconds{5}, 90 * day),
        interval("DelayNotificationTimeout", &retry_settings::delay_notification,
                 "How long a message waits before its sender is told", second, 30 * day),
        // The documents differ: 00:15:00 in the article on intervals, 00:05:00 in the cmdlet's text.
        rows::kept("MessageRetryInterval", value_kind::time_span, "00:15:00",
                   "Wait of a single message in the status Retry; here queues wait"),
        rows::kept("MaxOutboundConnections", value_kind::number, "1000", "Outbound connections at a time"),
        rows::kept("MaxPerDomainOutboundConnections", value_kind::number, "20",
                   "Outbound connections to one domain at a time"),
    };
}

std::vector<row> authentication_rows() {
    row thumbprint;
    thumbprint.name = "InternalTransportCertificateThumbprint";
    thumbprint.kind = value_kind::text;
    thumbprint.about = "Certificate for Exchange's own connections";
    thumbprint.nullable = true;
    thumbprint.set = [](server& s, const written_value& v, const source_mark& mark) {
        if (v.items.size() > 1)
            return taken{"one value is allowed, not a list", {}};
        s.internal_transport_thumbprint = v.items.empty() ? std::string{} : ascii_upper(v.items.front());
        s.internal_transport_mark = mark;
        return taken{};
    };
    thumbprint.show = [](const server& s) { return s.internal_transport_thumbprint; };
    thumbprint.mark = [](const server& s) { return s.internal_transport_mark; };
    return {
        std::move(thumbprint),
        rows::boolean("UseDowngradedExchangeServerAuth", &server::use_downgraded_exchange_server_auth,
                      "GSSAPI without TLS where X-ANONYMOUSTLS is suppressed"),
        rows::word<bool>("IntraOrgConnectorProtocolLoggingLevel", &server::intra_org_verbose_logging,
                         "Whether the implicit connector writes the protocol log", {"None", "Verbose"},
                         {false, true}),
    };
}

/// Where setup puts the logs of version 15.
constexpr const char* logs = "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\Logs";

/// Age, sizes and folder of a service's log; `way`: Receive or Send.
template <class Object>
void add_log_rows(std::vector<parameter<Object>>& out, const std::string& way, const std::string& service) {
    using r = parameter_rows<Object>;
    const std::string name = way + "ProtocolLog";
    const std::string log = "the " + way + " protocol log";
    out.push_back(r::kept(name + "MaxAge", value_kind::time_span, "30.00:00:00", "Oldest file of " + log));
    out.push_back(r::kept(name + "MaxDirectorySize", value_kind::size, "250 MB (262,144,000 bytes)",
                          "All files of " + log));
    out.push_back(
        r::kept(name + "MaxFileSize", value_kind::size, "10 MB (10,485,760 bytes)", "One file of " + log));
    out.push_back(r::kept(name + "Path", value_kind::text,
                          std::string(logs) + "\\" + service + "\\ProtocolLog\\Smtp" + way,
                          "Folder of " + log));
}

/// What both services have and nothing here looks at.
template <class Object>
std::vector<parameter<Object>> common_rows(const std::string& service) {
    using r = parameter_rows<Object>;
    std::vector<parameter<Object>> out{
        r::kept("ConnectivityLogEnabled", value_kind::boolean, "True", "The connectivity log"),
        r::kept("ExternalDNSAdapterEnabled", value_kind::boolean, "True",
                "External names are resolved as an adapter says"),
        r::kept("ExternalDNSProtocolOption", value_kind::word, "Any", "Protocol of external look-ups",
                {"Any", "UseTcpOnly", "UseUdpOnly"}),
        r::kept("ExternalDNSServers", value_kind::list, "{}", "Servers that resolve external names"),
        r::kept("ExternalIPAddress", value_kind::text, "", "Address in Received headers"),
        r::kept("InternalDNSAdapterEnabled", value_kind::boolean, "True",
                "Internal names are resolved as an adapter says"),
        r::kept("InternalDNSProtocolOption", value_kind::word, "Any", "Protocol of internal look-ups",
                {"Any", "UseTcpOnly", "UseUdpOnly"}),
        r::kept("InternalDNSServers", value_kind::list, "{}", "Servers that resolve internal names"),
        r::kept("IntraOrgConnectorSmtpMaxMessagesPerConnection", value_kind::number, "20",
                "Messages in one connection of the implicit connector"),
        r::kept("MaxConnectionRatePerMinute", value_kind::number, "1200", "New connections a minute"),
    };
    for (const auto* way : {"Receive", "Send"})
        add_log_rows(out, way, service);
    return out;
}

std::vector<row> whole_table() {
    auto all = retry_rows();
    for (auto part : {authentication_rows(), common_rows<server>("Hub")})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<parameter<frontend_transport_service>> frontend_table() {
    using r = parameter_rows<frontend_transport_service>;
    auto all = common_rows<frontend_transport_service>("FrontEnd");
    all.push_back(r::kept("IntraOrgConnectorProtocolLoggingLevel", value_kind::word, "None",
                          "Whether the implicit connector writes the protocol log", {"None", "Verbose"}));
    return all;
}

/// It has no connectors to the outside, so little of what the other two have.
std::vector<parameter<mailbox_transport_service>> mailbox_table() {
    using r = parameter_rows<mailbox_transport_service>;
    std::vector<parameter<mailbox_transport_service>> all{
        r::word<bool>("MailboxDeliveryConnectorProtocolLoggingLevel",
                      &mailbox_transport_service::delivery_verbose_logging,
                      "Whether the Mailbox delivery Receive connector writes the protocol log",
                      {"None", "Verbose"}, {false, true}),
        r::kept("ConnectivityLogEnabled", value_kind::boolean, "True", "The connectivity log"),
        r::kept("MaxConcurrentMailboxDeliveries", value_kind::number, "20", "Deliveries at a time"),
        r::kept("MaxConcurrentMailboxSubmissions", value_kind::number, "20", "Submissions at a time"),
    };
    add_log_rows(all, "Receive", "Mailbox");
    add_log_rows(all, "Send", "Mailbox");
    return all;
}

} // namespace

const std::vector<parameter<server>>& transport_service_parameters() {
    static const std::vector<row> table = whole_table();
    return table;
}

const std::vector<parameter<frontend_transport_service>>& frontend_transport_service_parameters() {
    static const auto table = frontend_table();
    return table;
}

const std::vector<parameter<mailbox_transport_service>>& mailbox_transport_service_parameters() {
    static const auto table = mailbox_table();
    return table;
}

} // namespace connlab::exchange
