#include "sim/cmdlet/object_cmdlets.hpp"

#include "sim/cmdlet/object_work.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::organization;

// ---- queues ----

const std::vector<plain_parameter> queue_parameters{{"Identity", false, true}, {"Resubmit"}};

void order_queue(const work& w, queue_verb what) {
    const auto given = bind_plain(w.text, queue_parameters, w.errors);
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
    {"New-ExchangeCertificate", new_certificate, check_plain<new_certificate_parameters>},
    {"Import-ExchangeCertificate", import_certificate, check_plain<import_certificate_parameters>},
    {"Enable-ExchangeCertificate", enable_certificate, check_plain<enable_certificate_parameters>},
    {"Remove-ExchangeCertificate", remove_certificate, check_plain<remove_certificate_parameters>},
    {"New-AcceptedDomain", new_accepted_domain, check_plain<new_domain_parameters>},
    {"Remove-AcceptedDomain", remove_accepted_domain, check_plain<by_identity>},
    {"New-RemoteDomain", new_remote_domain, check_plain<new_domain_parameters>},
    {"Remove-RemoteDomain", remove_remote_domain, check_plain<by_identity>},
    {"Retry-Queue", [](const work& w) { order_queue(w, queue_verb::retry); }, check_plain<queue_parameters>},
    {"Suspend-Queue", [](const work& w) { order_queue(w, queue_verb::suspend); },
     check_plain<queue_parameters>},
    {"Resume-Queue", [](const work& w) { order_queue(w, queue_verb::resume); },
     check_plain<queue_parameters>},
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
