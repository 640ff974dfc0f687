#include "sim/lab/message.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/message_headers.hpp"

#include <fmt/format.h>

namespace connlab::lab {

namespace {

std::string with_crlf(const std::string& text) {
    std::string out;
    for (const auto& line : split(text, '\n')) {
        out += trim(line).empty() ? std::string_view{}
                                  : std::string_view(line).substr(0, line.find_last_not_of('\r') + 1);
        out += "\r\n";
    }
    return out;
}

/// As messages of March 2026 show it (Exchange Online sheet 3.5).
const std::string online_submission = "X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted\r\n"
                                      "X-MS-Exchange-Organization-MessageSource: StoreDriver\r\n"
                                      "X-MS-Exchange-Organization-TransportTrafficType: Email\r\n"
                                      "X-MS-Exchange-Organization-Antispam-ScanContext: "
                                      "DIR:Originating;SFV:NSPM;SKIP:0;\r\n";

} // namespace

void submit(message& m, const exchange::server& s, instant at) {
    if (s.role == exchange::server_role::exchange_online)
        m.content = online_submission +
                    exchange::with_authentication(m.content, {"Internal", *s.fqdn, "04", {}, "1"});
    if (s.role != exchange::server_role::mailbox)
        return;
    const auto address = s.addresses->empty() ? ip_address{} : s.addresses->front();
    exchange::arrival a{*s.fqdn, address, *s.fqdn, address, {}, {}, exchange::transport_role::hub_transport,
                        true,    at};
    const exchange::authentication own{"Internal", *s.fqdn, "04", {}, exchange::trusted_scl};
    m.content =
        exchange::with_field(exchange::with_authentication(m.content, own), exchange::received_field(s, a));
}

message compose(std::string id, std::string from, std::string to, std::string server, const std::string& body,
                instant at) {
    message m;
    m.id = std::move(id);
    m.message_id = fmt::format("<message-{}@{}>", m.id,
                               mail_domain(from).empty() ? "connlab.example" : mail_domain(from));
    m.content = fmt::format(
        "Message-ID: {}\r\nDate: {}\r\nFrom: <{}>\r\nTo: <{}>\r\nSubject: Connector Lab, flow {}\r\n\r\n{}",
        m.message_id, rfc_date(at), from, to, m.id,
        with_crlf(body.empty() ? std::string("Sent by Connector Lab.") : body));
    m.from = std::move(from);
    m.to = std::move(to);
    m.server = std::move(server);
    m.retry.submitted = at;
    return m;
}

} // namespace connlab::lab
