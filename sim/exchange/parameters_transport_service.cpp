// Set-TransportService, Set-FrontendTransportService and Set-MailboxTransportService (on-premises sheet 2.7
// for the intervals and their defaults; ranges from the reference of Set-TransportService).
#include "sim/base/ascii.hpp"
#include "sim/exchange/inert_parameters.hpp"

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

std::vector<row> whole_table() {
    auto all = retry_rows();
    const auto part = authentication_rows();
    all.insert(all.end(), part.begin(), part.end());
    add_inert(all, inert_of_transport_service());
    return all;
}

std::vector<parameter<frontend_transport_service>> frontend_table() {
    std::vector<parameter<frontend_transport_service>> all;
    add_inert(all, inert_of_frontend_transport_service());
    return all;
}

std::vector<parameter<mailbox_transport_service>> mailbox_table() {
    using r = parameter_rows<mailbox_transport_service>;
    std::vector<parameter<mailbox_transport_service>> all{
        r::word<bool>("MailboxDeliveryConnectorProtocolLoggingLevel",
                      &mailbox_transport_service::delivery_verbose_logging,
                      "Whether the Mailbox delivery Receive connector writes the protocol log",
                      {"None", "Verbose"}, {false, true}),
    };
    add_inert(all, inert_of_mailbox_transport_service());
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
