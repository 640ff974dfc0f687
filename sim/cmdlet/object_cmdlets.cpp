#include "sim/cmdlet/object_cmdlets.hpp"

#include "sim/cmdlet/object_work.hpp"
#include "sim/cmdlet/plain_arguments.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::organization;
using exchange::server;

// ---- servers ----

const std::vector<plain_parameter> service_parameters{{"Identity", false, true},
                                                      {"InternalTransportCertificateThumbprint"},
                                                      {"UseDowngradedExchangeServerAuth"},
                                                      {"IntraOrgConnectorProtocolLoggingLevel"},
                                                      {"MessageExpirationTimeout"},
                                                      {"DelayNotificationTimeout"},
                                                      {"OutboundConnectionFailureRetryInterval"},
                                                      {"TransientFailureRetryCount"},
                                                      {"TransientFailureRetryInterval"}};

bool set_duration(const work& w, const plain_arguments& given, std::string_view name, duration& into) {
    const auto text = text_of(given, name);
    if (text.empty())
        return true;
    const auto d = parse_duration(text);
    if (!d) {
        w.errors.add(given.find(name)->second.where, fmt::format("`{}`: {}", name, d.error));
        return false;
    }
    into = *d;
    return true;
}

void set_transport_service(const work& w) {
    const auto given = bind_plain(w.text, service_parameters, w.errors);
    if (!given)
        return;
    server* s = nullptr;
    for (auto& one : w.draft.servers)
        if (ascii_iequal(one.name, text_of(*given, "Identity")))
            s = &one;
    if (s == nullptr || !s->is_exchange())
        return w.fail(fmt::format(not_found, text_of(*given, "Identity")));
    const auto mark = w.errors.mark(w.text.where);
    if (given->count("InternalTransportCertificateThumbprint") > 0)
        s->internal_transport_thumbprint =
            ascii_upper(text_of(*given, "InternalTransportCertificateThumbprint"));
    if (given->count("UseDowngradedExchangeServerAuth") > 0)
        s->use_downgraded_exchange_server_auth = {is_on(*given, "UseDowngradedExchangeServerAuth"), mark};
    if (const auto level = text_of(*given, "IntraOrgConnectorProtocolLoggingLevel"); !level.empty()) {
        if (!ascii_iequal(level, "Verbose") && !ascii_iequal(level, "None"))
            return w.fail(
                fmt::format("`IntraOrgConnectorProtocolLoggingLevel`: `{}` is not None or Verbose", level));
        s->intra_org_verbose_logging = {ascii_iequal(level, "Verbose"), mark};
    }
    auto& r = s->retry;
    const auto count = text_of(*given, "TransientFailureRetryCount");
    if (!count.empty() && (count.size() > 2 || count.find_first_not_of("0123456789") != std::string::npos ||
                           std::stoi(count) > 15))
        return w.fail(fmt::format("`TransientFailureRetryCount`: `{}` is not a number from 0 to 15", count));
    if (!count.empty())
        r.transient_count = std::stoi(count);
    if (set_duration(w, *given, "MessageExpirationTimeout", r.message_expiration) &&
        set_duration(w, *given, "DelayNotificationTimeout", r.delay_notification) &&
        set_duration(w, *given, "OutboundConnectionFailureRetryInterval", r.outbound_interval) &&
        set_duration(w, *given, "TransientFailureRetryInterval", r.transient_interval))
        w.changed("Transport service of " + s->name + ": set");
}

// ---- queues ----

void order_queue(const work& w, queue_verb what) {
    const auto given = bind_plain(w.text, {{"Identity", false, true}, {"Resubmit"}}, w.errors);
    if (!given)
        return;
    const auto identity = text_of(*given, "Identity");
    for (const auto& q : w.in.queues)
        if (ascii_iequal(q.identity, identity)) {
            w.out.queue_commands.push_back({what, q.identity});
            return;
        }
    w.fail(fmt::format(not_found, identity), "Get-Queue shows the queues; their identity is SERVER\\Number");
}

struct object_cmdlet {
    std::string_view name;
    void (*run)(const work&);
};

const object_cmdlet cmdlets[] = {
    {"New-SendConnector", new_send_connector},
    {"Remove-SendConnector", remove_send_connector},
    {"New-ReceiveConnector", new_receive_connector},
    {"Remove-ReceiveConnector", remove_receive_connector},
    {"Enable-ExchangeCertificate", enable_certificate},
    {"Remove-ExchangeCertificate", remove_certificate},
    {"Set-TransportService", set_transport_service},
    {"Retry-Queue", [](const work& w) { order_queue(w, queue_verb::retry); }},
    {"Suspend-Queue", [](const work& w) { order_queue(w, queue_verb::suspend); }},
    {"Resume-Queue", [](const work& w) { order_queue(w, queue_verb::resume); }},
};

const object_cmdlet* find(std::string_view name) {
    for (const auto& c : cmdlets)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

} // namespace

const std::vector<std::string>& object_cmdlets() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : cmdlets)
            out.emplace_back(c.name);
        return out;
    }();
    return names;
}

bool run_on_objects(const statement& s, const shell& in, organization& draft, error_list& errors,
                    outcome& out) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return false;
    if (!s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", c->name));
    else
        c->run({s, in, draft, errors, out});
    return true;
}

bool check_on_objects(const statement& s, error_list& errors) {
    const auto* c = find(s.name);
    if (c != nullptr && !s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", c->name));
    return c != nullptr;
}

} // namespace connlab::cmdlet
