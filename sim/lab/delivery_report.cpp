#include "sim/lab/delivery_report.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/smtp/reply.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::lab {

namespace {

/// Of DSN attachments the header firewall takes all three groups ("Header firewall").
std::string attached_header(const std::string& content) {
    exchange::receive_connector nobody;
    const auto end = content.find("\r\n\r\n");
    return exchange::filter_received(content.substr(0, end == std::string::npos ? end : end + 2), nobody,
                                     exchange::principal::anonymous, exchange::cross_premises::refused)
        .value.content;
}

/// `4.4.7` of `550 4.4.7 QUEUE.Expired; message expired`; class 4 or 5 where the text has none.
std::string status_of(report_kind kind, const std::string& reply) {
    const auto code = smtp::leading_enhanced_code(reply.size() > 4 ? std::string_view(reply).substr(4) : "");
    if (!code.empty())
        return std::string(code);
    return kind == report_kind::failure ? "5.0.0" : "4.0.0";
}

/// What the report says went wrong: of a message whose time was over also the last attempt's error ("message
/// expires", on-premises sheet, table of errors, E25).
std::string diagnostic_of(const trace::flow_record& f) {
    const bool expired = f.reply != f.last_error && f.rule == "exchange.queue.expired";
    return expired && !f.last_error.empty() ? f.reply + " " + f.last_error : f.reply;
}

std::string words(report_kind kind, const message& m, const trace::flow_record& f,
                  const exchange::server& by) {
    return fmt::format("{} (the words of this report are Connector Lab's)\r\n\r\n    {}\r\n\r\n"
                       "Server that says so: {}\r\n{}{}",
                       kind == report_kind::failure
                           ? "Your message could not be delivered."
                           : "Your message has not been delivered yet. It is still tried.",
                       m.to, *by.fqdn, f.reply.empty() ? "" : "Last answer: " + f.reply + "\r\n",
                       f.last_error.empty() ? "" : "LastError: " + f.last_error + "\r\n");
}

std::string delivery_status(report_kind kind, const message& m, const trace::flow_record& f,
                            const exchange::server& by) {
    return fmt::format(
        "Reporting-MTA: dns;{}\r\n\r\nFinal-Recipient: rfc822;{}\r\nAction: {}\r\nStatus: {}\r\n"
        "Diagnostic-Code: smtp;{}\r\n",
        *by.fqdn, m.to, kind == report_kind::failure ? "failed" : "delayed", status_of(kind, f.reply),
        diagnostic_of(f));
}

std::string postmaster_of(const party& by) {
    const auto domain = by.organization->default_domain();
    return "postmaster@" + (domain.empty() ? *by.server->fqdn : domain);
}

} // namespace

std::string_view to_string(report_kind k) {
    return k == report_kind::failure ? "NDR" : "Delay";
}

message compose_report(report_kind kind, const message& m, const trace::flow_record& f, const party& by,
                       instant at) {
    const auto boundary = "report-" + m.id;
    message out;
    out.id = m.id + "." + ascii_lower(to_string(kind));
    out.kind = to_string(kind);
    out.about = m.message_id;
    out.to = m.from;
    out.tenant = m.tenant;
    out.server = by.server->name;
    out.mark = m.mark;
    out.retry.submitted = at;
    const auto postmaster = postmaster_of(by);
    out.message_id = fmt::format("<{}{}", ascii_lower(to_string(kind)) + "-", m.message_id.substr(1));
    const auto subject = exchange::field_of(m.content, "Subject");
    out.content = fmt::format(
        "Message-ID: {}\r\nDate: {}\r\nFrom: <{}>\r\nTo: <{}>\r\nSubject: {}: {}\r\n"
        "In-Reply-To: {}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"{}\"\r\n\r\n",
        out.message_id, rfc_date(at, by.server->where.zone), postmaster, m.from,
        kind == report_kind::failure ? "Undeliverable" : "Delayed", subject, m.message_id, boundary);
    for (const auto& [type, part] :
         {std::pair{"text/plain; charset=utf-8", words(kind, m, f, *by.server)},
          std::pair{"message/delivery-status", delivery_status(kind, m, f, *by.server)},
          std::pair{"text/rfc822-headers", attached_header(m.content)}})
        out.content += fmt::format("--{}\r\nContent-Type: {}\r\n\r\n{}\r\n", boundary, type, part);
    out.content += fmt::format("--{}--\r\n", boundary);
    return out;
}

} // namespace connlab::lab
