// The header of a message on its way through Exchange: Received, the authentication headers, the header
// firewall (on-premises sheet 7). Texts in, texts out.
#pragma once

#include "sim/exchange/permissions.hpp"
#include "sim/exchange/premises.hpp"
#include "sim/trace/decision.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// How a server got a message, for its Received field.
struct arrival {
    std::string from; // EHLO name of the client
    ip_address from_address;
    std::string by; // name of the Receive connector
    ip_address by_address;
    std::string tls_version; // TLS1_2; empty: in clear
    std::string cipher;      // Schannel's name of the suite
    transport_role service = transport_role::hub_transport;
    bool submitted = false; // by a mailbox, not by SMTP
    instant at{};
};
/// `Received: from A (ip) by B (ip) with Microsoft SMTP Server (version=TLS1_2, cipher=…) id 15.2.1118.7 via
/// Frontend Transport; date`, folded; a plain SMTP server writes one like Postfix (7.1).
std::string received_field(const server& s, const arrival& a);

/// The content with one more field in front of its header. `field` has no line end.
std::string with_field(std::string_view content, std::string_view field);

/// The value of the first field of this name, unfolded; empty: there is none.
std::string field_of(std::string_view content, std::string_view name);

/// The names of the fields that begin so, in order.
std::vector<std::string> fields_named(std::string_view content, std::string_view prefix);
/// Without the body and the empty line before it.
std::string header_of(std::string_view content);

/// What a server has found out about who sent a message (7.2).
struct authentication {
    std::string as;        // Anonymous, Internal, External, Partner
    std::string source;    // FQDN of the server that evaluated it
    std::string mechanism; // two hexadecimal digits; empty: not public, not written
    std::string domain;    // after Domain Security
    std::string scl = {};  // spam confidence level, -1: nobody looks for spam; empty: not written
};
/// The level of what the organization's own people send.
inline constexpr const char* trusted_scl = "-1";
/// Adds the X-MS-Exchange-Organization-Auth… fields and -SCL, unless the message brought them along from a
/// server that is believed.
std::string with_authentication(std::string_view content, const authentication& a);

struct filtered_message {
    std::string content;
    std::vector<std::string> removed; // names of fields
    std::vector<std::string> renamed; // `X-MS-Exchange-CrossPremises-… → X-MS-Exchange-Organization-…`
    std::string mark;                 // the field that tells what became of cross-premises headers
};

/// What a session may do with cross-premises headers: what it brings is the other premises' word, nobody's,
/// or that of another server of the organization, which has looked at it already.
enum class cross_premises { accepted, refused, inside };

/// The header firewall of a Receive connector: what this session may not say is taken out (7.3).
/// Cross-premises headers are promoted when accepted, removed when refused; either leaves a mark by `server`.
trace::decided<filtered_message> filter_received(std::string_view content, const receive_connector& c,
                                                 principal from, cross_premises cloud,
                                                 std::string_view server = {});
/// The same on an Edge, which promotes nothing: cross-premises headers that it accepts stay what they are.
trace::decided<filtered_message> filter_received_on_edge(std::string_view content, const receive_connector& c,
                                                         principal from, cross_premises cloud,
                                                         std::string_view server = {});
/// Whether the message brings cross-premises headers along.
bool has_cross_premises_headers(std::string_view content);

/// The header firewall of a Send connector; CloudServicesMailEnabled turns organization headers into
/// cross-premises ones. Without it a message that is meant for the other premises gets a mark that says so.
trace::decided<filtered_message> filter_sent(std::string_view content, const send_connector& c, principal to,
                                             const crossing& across = {});
/// The same on an Edge, which turns nothing: cross-premises headers pass with CloudServicesMailEnabled.
trace::decided<filtered_message> filter_sent_on_edge(std::string_view content, const send_connector& c,
                                                     principal to, const crossing& across = {});

/// Of Mailbox Transport Delivery: routing headers and seven of the organization stay.
trace::decided<filtered_message> filter_delivered(std::string_view content);

} // namespace connlab::exchange
