#include "sim/exchange/message_headers.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/message_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::exchange {

namespace {

constexpr std::size_t fold_width = 78; // RFC 5322 section 2.1.1

/// Breaks at blanks so that no line is longer than RFC 5322 asks for, where that is possible.
std::string folded(const std::string& text) {
    std::string out;
    std::size_t width = 0;
    for (const auto& word : split(text, ' ')) {
        if (width > 0 && width + 1 + word.size() > fold_width) {
            out += "\r\n";
            width = 0;
        }
        if (!out.empty())
            out += ' ';
        out += word;
        width += word.size() + 1;
    }
    return out;
}

/// `15.02.1118.007`, as mailbox submission prints the build.
std::string padded_build(const exchange_version& v) {
    return fmt::format("{:02}.{:02}.{:04}.{:03}", v.number[0], v.number[1], v.number[2], v.number[3]);
}

std::string protocol_of(const server& s, const arrival& a) {
    if (a.submitted)
        return "mapi id " + padded_build(s.version);
    std::string out = "Microsoft SMTP Server";
    if (!a.tls_version.empty())
        out += s.version.product == "Exchange2013"
                   ? " (TLS)"
                   : fmt::format(" (version={}, cipher={})", a.tls_version, a.cipher);
    // Exchange Online's builds are 15.20.x; the zeros are the lab's.
    return out + " id " + (s.role == server_role::exchange_online ? "15.20.0.0" : s.version.build);
}

std::string_view service_of(transport_role r) {
    switch (r) {
    case transport_role::frontend_transport:
        return " via Frontend Transport";
    case transport_role::mailbox_delivery:
        return " via Mailbox Transport";
    case transport_role::hub_transport:
    case transport_role::edge:
        break;
    }
    return {};
}

std::string plain_received(const server& s, const arrival& a) {
    return fmt::format("from {} ({} [{}]) by {} with {}; {}", a.from, a.from, to_string(a.from_address),
                       *s.fqdn, a.tls_version.empty() ? "ESMTP" : "ESMTPS", rfc_date(a.at, s.where.zone));
}

bool is_routing(const field& f) {
    return ascii_iequal(f.name, "Received") || has_prefix(f, "Resent-");
}

/// Whether the rights let this field through. Fields of no group always pass.
bool passes(const field& f, std::uint32_t rights) {
    if (has_prefix(f, organization_prefix))
        return (rights & keeps_organization_headers) != 0;
    if (has_prefix(f, forest_prefix))
        return (rights & keeps_forest_headers) != 0;
    return !is_routing(f) || (rights & keeps_routing_headers) != 0;
}

std::string told(const filtered_message& m) {
    std::string out = m.removed.empty() ? "nothing is removed" : "removed: " + join(m.removed, ", ");
    if (!m.renamed.empty())
        out += "; renamed: " + join(m.renamed, ", ");
    if (!m.mark.empty())
        out += "; written: " + m.mark;
    return out;
}

std::string groups(std::uint32_t rights) {
    std::vector<std::string> out;
    if ((rights & keeps_routing_headers) != 0)
        out.emplace_back("Routing");
    if ((rights & keeps_organization_headers) != 0)
        out.emplace_back("Organization");
    if ((rights & keeps_forest_headers) != 0)
        out.emplace_back("Forest");
    return out.empty() ? "none" : join(out, ", ");
}

} // namespace

std::string received_field(const server& s, const arrival& a) {
    if (s.role == server_role::smtp)
        return folded("Received: " + plain_received(s, a));
    return folded(fmt::format("Received: from {} ({}) by {} ({}) with {}{}; {}", a.from,
                              to_string(a.from_address), a.by, to_string(a.by_address), protocol_of(s, a),
                              a.submitted ? "" : service_of(a.service), rfc_date(a.at, s.where.zone)));
}

std::string with_field(std::string_view content, std::string_view field) {
    return std::string(field) + "\r\n" + std::string(content);
}

std::string field_of(std::string_view content, std::string_view name) {
    for (const auto& f : parse(content).header)
        if (ascii_iequal(f.name, name))
            return unfolded(std::string_view(f.text).substr(f.text.find(':') + 1));
    return {};
}

std::vector<std::string> fields_named(std::string_view content, std::string_view prefix) {
    std::vector<std::string> out;
    for (const auto& f : parse(content).header)
        if (has_prefix(f, prefix))
            out.push_back(f.name);
    return out;
}

std::string header_of(std::string_view content) {
    auto p = parse(content);
    p.body.clear();
    return joined(p);
}

std::string with_authentication(std::string_view content, const authentication& a) {
    std::string out(content);
    if (!field_of(content, "X-MS-Exchange-Organization-AuthAs").empty())
        return out;
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty())
            out = with_field(out, fmt::format("{}{}: {}", organization_prefix, name, value));
    };
    add("SCL", a.scl);
    add("AuthDomain", a.domain);
    add("AuthMechanism", a.mechanism);
    add("AuthSource", a.source);
    add("AuthAs", a.as);
    return out;
}

namespace {

/// What a server does with headers that have crossed premises.
enum class translation { by_setting, never };

void leave_mark(filtered_message& m, std::string_view name, std::string_view server) {
    if (!server.empty())
        m.mark = fmt::format("{}: {}", name, server);
}

bool any_with(const std::vector<std::string>& names, std::string_view prefix) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return ascii_istarts_with(name, prefix); });
}

std::string marked(const filtered_message& m, const parts& p) {
    return m.mark.empty() ? joined(p) : with_field(joined(p), m.mark);
}

trace::decided<filtered_message> filter_inwards(std::string_view content, const receive_connector& c,
                                                principal from, cross_premises cloud, translation how,
                                                std::string_view server) {
    trace::decided<filtered_message> out;
    const auto rights = permissions_of(c, from);
    const bool accepted = cloud == cross_premises::accepted;
    const bool promotes = accepted && how == translation::by_setting;
    auto p = parse(content);
    keep_only(p, out.value, [&](const field& f) { return passes(f, rights); });
    if (promotes)
        promote(p, out.value);
    if (cloud == cross_premises::refused)
        keep_only(p, out.value, [](const field& f) { return !has_prefix(f, cloud_prefix); });
    const bool dropped = any_with(out.value.removed, cloud_prefix);
    if (dropped)
        leave_mark(out.value, "X-CrossPremisesHeadersFiltered", server);
    else if (!out.value.renamed.empty())
        leave_mark(out.value, "X-CrossPremisesHeadersPromoted", server);
    out.value.content = marked(out.value, p);
    out.why.rule = promotes   ? "exchange.headers.promoted"
                   : accepted ? "exchange.headers.edge"
                   : dropped  ? "exchange.headers.filtered"
                              : "exchange.headers.received";
    out.why.question = "Which headers does " + c.name + " take from this session?";
    out.why.answer = told(out.value);
    cite(out.why, "groups of headers that a session of " + std::string(to_string(from)) + " may bring",
         groups(rights), c.permissions.mark);
    return concluded(std::move(out));
}

/// Without CloudServicesMailEnabled: whether that is worth a mark.
bool stays_behind(const filtered_message& m, const crossing& across) {
    return any_with(m.removed, cloud_prefix) ||
           (!across.reason.empty() && any_with(m.removed, organization_prefix));
}

trace::decided<filtered_message> filter_outwards(std::string_view content, const send_connector& c,
                                                 principal to, translation how, const crossing& across) {
    trace::decided<filtered_message> out;
    const auto rights = headers_sent_to(to);
    auto p = parse(content);
    const bool cloud = *c.cloud_services_mail_enabled;
    const bool demotes = cloud && how == translation::by_setting;
    for (auto& f : p.header)
        if (demotes && has_prefix(f, organization_prefix))
            rename(f, organization_prefix, cloud_prefix, out.value);
    keep_only(p, out.value, [&](const field& f) {
        return passes(f, rights) &&
               (cloud || to == principal::exchange_server || !has_prefix(f, cloud_prefix));
    });
    const bool left_behind = !cloud && stays_behind(out.value, across);
    if (left_behind)
        leave_mark(out.value, "X-CrossPremisesHeadersFilteredBySendConnector", across.server);
    else if (!out.value.renamed.empty())
        leave_mark(out.value, "X-OrganizationHeadersPreserved", across.server);
    out.value.content = marked(out.value, p);
    out.why.rule = demotes       ? "exchange.headers.cross-premises"
                   : cloud       ? "exchange.headers.edge"
                   : left_behind ? "exchange.headers.filtered-by-send-connector"
                                 : "exchange.headers.sent";
    out.why.question = "Which headers does " + c.name + " send along?";
    out.why.answer = told(out.value);
    cite(out.why, "groups of headers for a peer that is " + std::string(to_string(to)), groups(rights));
    if (left_behind && !across.reason.empty()) {
        cite(out.why, "the recipient is of the other premises", across.reason, across.mark);
        rests_on(out.why, "exchange.headers.meant-to-cross");
    }
    if (c.cloud_services_mail_enabled.configured() || left_behind)
        cite(out.why, of_connector("CloudServicesMailEnabled", c), true_or_false(cloud),
             c.cloud_services_mail_enabled.mark);
    return concluded(std::move(out));
}

} // namespace

trace::decided<filtered_message> filter_received(std::string_view content, const receive_connector& c,
                                                 principal from, cross_premises cloud,
                                                 std::string_view server) {
    return filter_inwards(content, c, from, cloud, translation::by_setting, server);
}

trace::decided<filtered_message> filter_received_on_edge(std::string_view content, const receive_connector& c,
                                                         principal from, cross_premises cloud,
                                                         std::string_view server) {
    return filter_inwards(content, c, from, cloud, translation::never, server);
}

bool has_cross_premises_headers(std::string_view content) {
    const auto header = parse(content).header;
    return std::any_of(header.begin(), header.end(),
                       [](const field& f) { return has_prefix(f, cloud_prefix); });
}

trace::decided<filtered_message> filter_sent(std::string_view content, const send_connector& c, principal to,
                                             const crossing& across) {
    return filter_outwards(content, c, to, translation::by_setting, across);
}

trace::decided<filtered_message> filter_sent_on_edge(std::string_view content, const send_connector& c,
                                                     principal to, const crossing& across) {
    return filter_outwards(content, c, to, translation::never, across);
}

trace::decided<filtered_message> filter_delivered(std::string_view content) {
    static constexpr std::array<std::string_view, 7> kept_names = {
        "SCL", "AuthDomain", "AuthMechanism", "AuthSource", "AuthAs", "OriginalArrivalTime", "OriginalSize"};
    trace::decided<filtered_message> out;
    auto p = parse(content);
    keep_only(p, out.value, [](const field& f) {
        const auto rest = std::string_view(f.name).substr(
            has_prefix(f, organization_prefix) ? organization_prefix.size() : f.name.size());
        const bool listed = std::any_of(kept_names.begin(), kept_names.end(),
                                        [&](std::string_view name) { return ascii_iequal(name, rest); });
        return listed || (!has_prefix(f, organization_prefix) && !has_prefix(f, forest_prefix));
    });
    out.value.content = joined(p);
    out.why.rule = "exchange.headers.delivered";
    out.why.question = "Which headers does Mailbox Transport Delivery leave on the message?";
    out.why.answer = told(out.value);
    cite(out.why, "headers of the organization that stay", "SCL, Auth…, OriginalArrivalTime, OriginalSize");
    return out;
}

} // namespace connlab::exchange
