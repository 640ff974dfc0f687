#include "sim/cmdlet/object_cmdlets.hpp"

#include "sim/cmdlet/object_work.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::organization;

struct object_cmdlet {
    std::string_view name;
    void (*run)(const work&);
    void (*check)(const statement&, error_list&);
};

template <const std::vector<plain_parameter>& Parameters>
void check_plain(const statement& s, error_list& errors) {
    bind_plain(s, Parameters, errors);
}

const object_cmdlet cmdlets[] = {
    {"New-SendConnector", new_send_connector, check_new_send_connector},
    {"Remove-SendConnector", remove_send_connector, check_plain<by_identity>},
    {"New-ReceiveConnector", new_receive_connector, check_new_receive_connector},
    {"Remove-ReceiveConnector", remove_receive_connector, check_plain<by_identity>},
    {"Add-ADPermission", add_ad_permission, check_ad_permission},
    {"Remove-ADPermission", remove_ad_permission, check_ad_permission},
    {"New-ExchangeCertificate", new_certificate, check_new_certificate},
    {"Import-ExchangeCertificate", import_certificate, check_plain<import_certificate_parameters>},
    {"Enable-ExchangeCertificate", enable_certificate, check_enable_certificate},
    {"Remove-ExchangeCertificate", remove_certificate, check_remove_certificate},
    {"New-AcceptedDomain", new_accepted_domain, check_plain<new_accepted_domain_parameters>},
    {"Remove-AcceptedDomain", remove_accepted_domain, check_plain<by_identity>},
    {"New-RemoteDomain", new_remote_domain, check_plain<new_remote_domain_parameters>},
    {"Remove-RemoteDomain", remove_remote_domain, check_plain<by_identity>},
    {"New-InboundConnector", new_inbound_connector, check_new_inbound_connector},
    {"Remove-InboundConnector", remove_inbound_connector, check_plain<by_identity>},
    {"New-OutboundConnector", new_outbound_connector, check_new_outbound_connector},
    {"Remove-OutboundConnector", remove_outbound_connector, check_plain<by_identity>},
    {"New-EdgeSubscription", new_edge_subscription, check_plain<new_edge_subscription_parameters>},
    {"Remove-EdgeSubscription", remove_edge_subscription, check_plain<by_identity>},
    {"Start-EdgeSynchronization", start_edge_synchronization,
     check_plain<start_edge_synchronization_parameters>},
    {"Retry-Queue", [](const work& w) { order_queues(w, queue_verb::retry); }, check_queue_order},
    {"Suspend-Queue", [](const work& w) { order_queues(w, queue_verb::suspend); }, check_queue_order},
    {"Resume-Queue", [](const work& w) { order_queues(w, queue_verb::resume); }, check_queue_order},
};

const object_cmdlet* find(std::string_view name) {
    for (const auto& c : cmdlets)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

bool is_piped(const object_cmdlet& c, const statement& s, error_list& errors) {
    if (!s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", c.name));
    return !s.piped.empty();
}

/// -WhatIf, by a beginning that is unambiguous or its alias.
bool asks_what_if(const statement& s) {
    return std::any_of(s.arguments.begin(), s.arguments.end(), [](const argument& a) {
        const bool named =
            ascii_iequal(a.name, "wi") || (a.name.size() > 1 && ascii_istarts_with("WhatIf", a.name));
        return named && !(a.by_colon && a.content && a.content->text == "False");
    });
}

/// What would become of it: told, and nothing done.
void imagine(const object_cmdlet& c, const work& w) {
    organization imagined = w.draft;
    outcome told;
    c.run({w.text, w.in, imagined, w.errors, told});
    w.out.findings = std::move(told.findings);
    w.printed("What if: " + (told.changed.empty() ? w.text.name + ": nothing would change" : told.changed));
}

} // namespace

void add_line(std::string& to, const std::string& line) {
    to += (to.empty() ? "" : "\n") + line;
}

void say_what_has_no_effect(const work& w, const std::vector<plain_parameter>& parameters,
                            const plain_arguments& given) {
    std::vector<std::string> names;
    for (const auto& p : parameters)
        if (!p.has_effect && given.count(p.name) > 0)
            names.emplace_back(p.name);
    if (!names.empty())
        w.printed(fmt::format("WARNING: {}: without effect in the lab: {}", w.text.name, join(names, ", ")));
}

const std::vector<std::string>& object_cmdlets() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : cmdlets)
            out.emplace_back(c.name);
        return out;
    }();
    return names;
}

bool run_on_objects(const work& w) {
    const auto* c = find(w.text.name);
    if (c == nullptr)
        return false;
    if (is_piped(*c, w.text, w.errors))
        return true;
    if (asks_what_if(w.text))
        imagine(*c, w);
    else
        c->run(w);
    return true;
}

bool check_on_objects(const statement& s, error_list& errors) {
    const auto* c = find(s.name);
    if (c != nullptr && !is_piped(*c, s, errors))
        c->check(s, errors);
    return c != nullptr;
}

} // namespace connlab::cmdlet
