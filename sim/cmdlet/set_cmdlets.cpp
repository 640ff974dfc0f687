#include "sim/cmdlet/set_cmdlets.hpp"

#include "sim/cmdlet/named_objects.hpp"
#include "sim/exchange/parameter_differences.hpp"

namespace connlab::cmdlet {

namespace {

using namespace exchange;

template <class Object>
bool rename(const work& w, const bound_command<Object>& command, Object& target, std::string& changed) {
    if (!command.new_name || command.new_name->text == target.name)
        return true;
    const auto& name = command.new_name->text;
    if (name_is_taken(w.draft, target, name)) {
        w.errors.add(command.new_name->where, fmt::format("`Name`: `{}` is taken already", name));
        return false;
    }
    changed += fmt::format("{}Name {} → {}", changed.empty() ? "" : "; ", target.name, name);
    target.name = name;
    return true;
}

template <class Object>
void report(const work& w, const std::string& object, const std::string& changed,
            const bound_command<Object>& command) {
    if (command.what_if)
        w.printed(fmt::format("What if: {}: {}", object, changed.empty() ? "nothing would change" : changed));
    else if (changed.empty())
        w.printed(fmt::format("WARNING: {}: the cmdlet was carried out and no setting changed", object));
    else
        w.changed(fmt::format("{}: {}", object, changed));
    say_what_has_no_effect(w, object, command);
}

/// Until this statement all was right, so what is wrong now stands at one of its values: at the first whose
/// parameter the message names.
template <class Object>
void point_at_values(const work& w, const bound_command<Object>& command, std::size_t from) {
    auto& found = w.out.findings;
    const auto& settings = command.settings;
    for (auto i = from; i < found.size(); ++i) {
        const auto is_there = [&](const auto& s) { return w.errors.mark(s.content->where) == found[i].mark; };
        if (settings.empty() || std::any_of(settings.begin(), settings.end(), is_there))
            continue;
        const auto named = std::find_if(settings.begin(), settings.end(), [&](const auto& s) {
            return ascii_lower(found[i].message).find(ascii_lower(s.parameter->name)) != std::string::npos;
        });
        found[i].mark = w.errors.mark((named == settings.end() ? settings.front() : *named).content->where);
    }
}

/// @{Add=…; Remove=…} starts from what Get- shows, also where that is a default which nobody wrote down.
void write_out_sources(const work& w, const value& change, send_connector& target) {
    auto sources = source_servers(w.draft, target);
    if (const auto given = read_list_change(change, "SourceTransportServers", w.errors))
        for (const auto& gone : given->remove)
            if (const auto* s = find_server(w.draft, gone.text); // by whichever of its two names
                s != nullptr && !ascii_iequal(s->name, gone.text))
                std::replace(sources.begin(), sources.end(), s->name, gone.text);
    target.source_transport_servers = {std::move(sources), target.source_transport_servers.mark};
}

template <class Object>
void write_out_defaults(const work& w, const bound_command<Object>& command, Object& target) {
    if constexpr (std::is_same_v<Object, send_connector>)
        for (const auto& setting : command.settings)
            if (setting.content->form == value_form::table &&
                setting.parameter->name == "SourceTransportServers")
                write_out_sources(w, *setting.content, target);
}

template <class Object>
void change(const work& w, const cmdlet_shape<Object>& shape) {
    const auto command = binder<Object>(shape, w.errors).bind(w.text);
    Object* target = command ? find_object<Object>(w, command->identity) : nullptr;
    if (target == nullptr)
        return;
    write_out_defaults(w, *command, *target);
    const Object before = *target;
    bool good = true;
    for (const auto& setting : command->settings)
        good = apply(setting, *target, w.errors) && good;
    std::string changed = differences(shape.settings(), before, *target);
    if constexpr (requires { name_is_taken(w.draft, *target, std::string_view{}); })
        good = rename(w, *command, *target, changed) && good;
    const auto found_before = w.out.findings.size();
    if (good)
        settle(w, before, *target);
    point_at_values(w, *command, found_before);
    auto who = name_of(before);
    if (who.empty() && command->identity) // a service is named by its server alone
        who = " " + command->identity->text;
    report(w, std::string(shape.object) + who, changed, *command);
    if (command->what_if)
        *target = before;
}

template <class Object>
void check_values(const cmdlet_shape<Object>& shape, const statement& s, error_list& errors) {
    const auto command = binder<Object>(shape, errors).bind(s);
    if (!command)
        return;
    Object scratch;
    for (const auto& setting : command->settings) {
        // What Remove leaves over is not known here, so only its values are looked at.
        if (setting.content->form == value_form::table)
            read_change_of(*setting.parameter, *setting.content, errors);
        else
            apply(setting, scratch, errors);
    }
}

/// Calls `known` with the shape of the cmdlet; false when there is none of this name.
template <class Known>
bool with_shape(std::string_view name, bool online_shell, Known known) {
    static const cmdlet_shape<send_connector> send{"Set-SendConnector", "Send connector",
                                                   send_connector_parameters};
    static const cmdlet_shape<receive_connector> receive{"Set-ReceiveConnector", "Receive connector",
                                                         receive_connector_parameters};
    static const cmdlet_shape<transport_config> config{"Set-TransportConfig", "TransportConfig",
                                                       transport_config_parameters, named_by::organization};
    static const cmdlet_shape<server> service{"Set-TransportService", "Transport service",
                                              transport_service_parameters, named_by::identity};
    static const cmdlet_shape<frontend_transport_service> front{
        "Set-FrontendTransportService", "Front End Transport service", frontend_transport_service_parameters,
        named_by::identity};
    static const cmdlet_shape<mailbox_transport_service> mailbox{
        "Set-MailboxTransportService", "Mailbox Transport service", mailbox_transport_service_parameters,
        named_by::identity};
    static const cmdlet_shape<hybrid_configuration> hybrid{"Set-HybridConfiguration", "HybridConfiguration",
                                                           hybrid_configuration_parameters,
                                                           named_by::organization};
    static const cmdlet_shape<accepted_domain> accepted{"Set-AcceptedDomain", "Accepted domain",
                                                        accepted_domain_parameters, named_by::identity};
    static const cmdlet_shape<accepted_domain> accepted_online{"Set-AcceptedDomain", "Accepted domain",
                                                               tenant_domain_parameters, named_by::identity};
    static const cmdlet_shape<remote_domain> remote{"Set-RemoteDomain", "Remote domain",
                                                    remote_domain_parameters};
    static const cmdlet_shape<inbound_connector> inbound{"Set-InboundConnector", "Inbound connector",
                                                         set_inbound_connector_parameters};
    static const cmdlet_shape<outbound_connector> outbound{"Set-OutboundConnector", "Outbound connector",
                                                           set_outbound_connector_parameters};
    static const cmdlet_shape<online_config> online{"Set-OrganizationConfig", "Organization",
                                                    online_config_parameters, named_by::organization};
    const auto is = [&](const auto& shape) {
        const bool it = ascii_iequal(name, shape.name);
        if (it)
            known(shape);
        return it;
    };
    return is(send) || is(receive) || is(config) || is(service) || is(front) || is(mailbox) ||
           is(online_shell ? accepted_online : accepted) || is(remote) || is(inbound) || is(outbound) ||
           is(online) || is(hybrid);
}

bool is_piped(const statement& s, error_list& errors) {
    if (!s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", s.name));
    return !s.piped.empty();
}

} // namespace

const std::vector<std::string>& set_cmdlets() {
    static const std::vector<std::string> names{
        "Set-SendConnector",           "Set-ReceiveConnector",   "Set-TransportConfig",
        "Set-TransportService",        "Set-AcceptedDomain",     "Set-FrontendTransportService",
        "Set-MailboxTransportService", "Set-RemoteDomain",       "Set-InboundConnector",
        "Set-OutboundConnector",       "Set-OrganizationConfig", "Set-HybridConfiguration"};
    return names;
}

bool run_set(const work& w) {
    return with_shape(w.text.name, !w.in.tenant.empty(), [&](const auto& shape) {
        if (!is_piped(w.text, w.errors))
            change(w, shape);
    });
}

bool check_set(const statement& s, error_list& errors) {
    return with_shape(s.name, false, [&](const auto& shape) {
        if (!is_piped(s, errors))
            check_values(shape, s, errors);
    });
}

} // namespace connlab::cmdlet
