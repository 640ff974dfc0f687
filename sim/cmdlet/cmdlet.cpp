#include "sim/cmdlet/cmdlet.hpp"

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/get_cmdlets.hpp"
#include "sim/cmdlet/object_cmdlets.hpp"
#include "sim/cmdlet/variables.hpp"
#include "sim/exchange/decisions.hpp"

#include <type_traits>

namespace connlab::cmdlet {

namespace {

using exchange::organization;
using exchange::receive_connector;
using exchange::send_connector;
using exchange::transport_config;

const cmdlet_shape<send_connector> set_send_connector{"Set-SendConnector", "Send connector",
                                                      exchange::send_connector_parameters, true};
const cmdlet_shape<receive_connector> set_receive_connector{"Set-ReceiveConnector", "Receive connector",
                                                            exchange::receive_connector_parameters, true};
const cmdlet_shape<transport_config> set_transport_config{"Set-TransportConfig", "TransportConfig",
                                                          exchange::transport_config_parameters, false};

/// Calls `known` with the shape of the Set- cmdlet that the statement names, or says that there is none.
template <class Known>
void with_shape(const statement& s, error_list& errors, Known known) {
    if (!s.piped.empty())
        return errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", s.name));
    if (ascii_iequal(s.name, set_send_connector.name))
        return known(set_send_connector);
    if (ascii_iequal(s.name, set_receive_connector.name))
        return known(set_receive_connector);
    if (ascii_iequal(s.name, set_transport_config.name))
        return known(set_transport_config);
    const auto names = known_cmdlets();
    const auto near = nearest_word(s.name, names);
    errors.add(s.where, fmt::format("`{}` is not supported: supported are {}", s.name, join(names, ", ")),
               near.empty() ? std::string{} : fmt::format("did you mean `{}`?", near));
}

std::string not_found(std::string_view identity) {
    return fmt::format(
        "The operation couldn't be performed because object '{}' couldn't be found (our wording)", identity);
}

std::string shown(const std::string& value) {
    return value.empty() ? "$null" : value;
}

/// `TlsDomain mx.contoso.com → mail.contoso.com; Enabled True → False`.
template <class Object>
std::string differences(const std::vector<exchange::parameter<Object>>& table, const Object& before,
                        const Object& after) {
    std::vector<std::string> all;
    for (const auto& p : table)
        if (const auto was = p.show(before), is = p.show(after); was != is)
            all.push_back(fmt::format("{} {} → {}", p.name, shown(was), shown(is)));
    return join(all, "; ");
}

/// What a variable may be given by a cmdlet: objects, as they are found.
void check_assignment(const statement& s, error_list& errors) {
    const auto& names = get_cmdlets();
    if (std::none_of(names.begin(), names.end(), [&](const auto& n) { return ascii_iequal(n, s.name); }))
        errors.add(s.where, fmt::format("a variable takes a value or what {} find", join(names, ", ")));
    else if (!s.piped.empty())
        errors.add(s.piped.front().where, "what a variable is to hold is followed by no `|`");
}

/// Runs the statements of one text on a draft of the organization.
class session {
  public:
    session(const shell& in, organization& draft, error_list& errors, result& out)
        : in_(&in), org_(&draft), errors_(&errors), out_(&out) {}

    void run(const statement& written_text) {
        const shell now{*org_, in_->now, in_->queues, in_->known};
        if (written_text.assigned) {
            if (const auto v = variables_.resolved(*written_text.assigned, *errors_))
                variables_.assign(written_text, *v, *errors_);
            return;
        }
        const auto resolved = variables_.resolved(written_text, *errors_);
        if (!resolved)
            return;
        const auto& s = *resolved;
        if (!s.assigned_to.empty())
            return assign(s, now);
        if (const auto text = run_get(s, now, *errors_))
            return add_line(out_->output, *text);
        outcome done;
        if (run_on_objects(s, now, *org_, *errors_, done))
            return take(std::move(done));
        with_shape(s, *errors_, [&](const auto& shape) { change(shape, s); });
    }

  private:
    void assign(const statement& s, const shell& now) {
        check_assignment(s, *errors_);
        if (auto objects = objects_of(s, now, *errors_))
            variables_.assign(s, std::move(*objects));
    }

    void take(outcome done) {
        take(done.findings);
        out_->queue_commands.insert(out_->queue_commands.end(), done.queue_commands.begin(),
                                    done.queue_commands.end());
        if (!done.output.empty())
            add_line(out_->output, done.output);
        if (!done.changed.empty())
            add_line(out_->changed, done.changed);
    }

    template <class Object>
    void change(const cmdlet_shape<Object>& shape, const statement& s) {
        auto command = binder<Object>(shape, *errors_).bind(s);
        if (!command)
            return;
        Object* target = find(*command, s, static_cast<Object*>(nullptr));
        if (target == nullptr)
            return;
        const Object before = *target;
        bool good = true;
        for (const auto& setting : command->settings)
            good = apply(setting, *target, *errors_) && good;
        std::string changed = differences(shape.settings(), before, *target);
        if constexpr (!std::is_same_v<Object, transport_config>)
            good = rename(*command, *target, changed) && good;
        if (good)
            check_result(*target);
        report(std::string(shape.object) + name_of(before), changed, command->what_if);
        if (command->what_if)
            *target = before;
    }

    send_connector* find(const bound_command<send_connector>& c, const statement&, send_connector*) {
        std::vector<std::string> names;
        for (auto& one : org_->send_connectors) {
            if (ascii_iequal(one.name, c.identity->text))
                return &one;
            names.push_back(one.name);
        }
        fail_to_find(*c.identity, names);
        return nullptr;
    }

    receive_connector* find(const bound_command<receive_connector>& c, const statement&, receive_connector*) {
        std::vector<std::string> identities;
        std::string same_name;
        for (auto& s : org_->servers)
            for (auto& one : s.receive_connectors) {
                if (ascii_iequal(one.identity(), c.identity->text))
                    return &one;
                identities.push_back(one.identity());
                if (ascii_iequal(one.name, c.identity->text))
                    same_name = one.identity();
            }
        if (same_name.empty())
            fail_to_find(*c.identity, identities);
        else
            errors_->add(
                c.identity->where, not_found(c.identity->text),
                fmt::format("the identity of a Receive connector is SERVER\\Name: did you mean `{}`?",
                            same_name));
        return nullptr;
    }

    transport_config* find(const bound_command<transport_config>& c, const statement&, transport_config*) {
        if (!c.identity || ascii_iequal(c.identity->text, org_->name))
            return &org_->transport;
        fail_to_find(*c.identity, {org_->name});
        return nullptr;
    }

    void fail_to_find(const value& identity, const std::vector<std::string>& known) {
        const auto near = nearest_word(identity.text, known);
        errors_->add(identity.where, not_found(identity.text),
                     near.empty() ? std::string{} : fmt::format("did you mean `{}`?", near));
    }

    bool name_is_taken(const send_connector& c, std::string_view name) const {
        return std::any_of(org_->send_connectors.begin(), org_->send_connectors.end(),
                           [&](const auto& other) { return &other != &c && ascii_iequal(other.name, name); });
    }

    bool name_is_taken(const receive_connector& c, std::string_view name) const {
        const auto& all = server_of(c).receive_connectors;
        return std::any_of(all.begin(), all.end(),
                           [&](const auto& other) { return &other != &c && ascii_iequal(other.name, name); });
    }

    template <class Connector>
    bool rename(const bound_command<Connector>& command, Connector& target, std::string& changed) {
        if (!command.new_name || command.new_name->text == target.name)
            return true;
        const auto& name = command.new_name->text;
        if (name_is_taken(target, name)) {
            errors_->add(command.new_name->where,
                         fmt::format("`Name`: there is a connector `{}` already", name));
            return false;
        }
        changed += fmt::format("{}Name {} → {}", changed.empty() ? "" : "; ", target.name, name);
        target.name = name;
        return true;
    }

    const exchange::server& server_of(const receive_connector& c) const {
        return *std::find_if(org_->servers.begin(), org_->servers.end(),
                             [&](const auto& s) { return s.name == c.server; });
    }

    /// The role of the servers that a Send connector runs on: of the first that it names, else the first of
    /// all.
    exchange::server_role role_behind(const send_connector& c) const {
        for (const auto& s : org_->servers)
            for (const auto& source : *c.source_transport_servers)
                if (ascii_iequal(s.name, source))
                    return s.role;
        return org_->servers.empty() ? exchange::server_role::mailbox : org_->servers.front().role;
    }

    void take(const diagnostics& found) {
        out_->findings.insert(out_->findings.end(), found.begin(), found.end());
    }

    void check_result(const send_connector& c) {
        for (const auto& name : *c.source_transport_servers)
            if (std::none_of(org_->servers.begin(), org_->servers.end(), [&](const auto& s) {
                    return ascii_iequal(s.name, name) || ascii_iequal(*s.fqdn, name);
                }))
                out_->findings.push_back(
                    {severity::error, c.source_transport_servers.mark, not_found(name), {}, {}});
        take(exchange::validate(c, role_behind(c)));
    }

    void check_result(const receive_connector& c) {
        const auto& s = server_of(c);
        take(exchange::validate(c, s));
        take(exchange::validate(s));
    }

    void check_result(const transport_config&) {}

    static std::string name_of(const send_connector& c) { return " " + c.name; }
    static std::string name_of(const receive_connector& c) { return " " + c.identity(); }
    static std::string name_of(const transport_config&) { return {}; }

    static void add_line(std::string& to, const std::string& line) { to += (to.empty() ? "" : "\n") + line; }

    void report(const std::string& object, const std::string& changed, bool what_if) {
        if (what_if)
            add_line(out_->output, fmt::format("What if: {}: {}", object,
                                               changed.empty() ? "nothing would change" : changed));
        else if (changed.empty())
            add_line(out_->output,
                     fmt::format("WARNING: {}: the cmdlet was carried out and no setting changed", object));
        else
            add_line(out_->changed, fmt::format("{}: {}", object, changed));
    }

    const shell* in_;
    organization* org_;
    error_list* errors_;
    result* out_;
    variables variables_;
};

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

/// A statement with a variable whose content only the run knows is looked at when it runs.
void check_statement(const statement& written_text, variables& known, error_list& errors) {
    if (written_text.assigned) {
        if (known.has_unknown(written_text))
            known.assign_unknown(written_text);
        else if (const auto v = known.resolved(*written_text.assigned, errors))
            known.assign(written_text, *v, errors);
        return;
    }
    if (!written_text.assigned_to.empty()) {
        check_assignment(written_text, errors);
        known.assign_unknown(written_text);
    }
    if (known.has_unknown(written_text))
        return;
    const auto s = known.resolved(written_text, errors);
    if (s && !check_get(*s, errors) && !check_on_objects(*s, errors))
        with_shape(*s, errors, [&](const auto& shape) { check_values(shape, *s, errors); });
}

void say_if_empty(const script& parsed_text, error_list& errors) {
    if (parsed_text.statements.empty() && parsed_text.findings.empty())
        errors.add({0, 1}, "a cmdlet is expected, and the text is empty");
}

} // namespace

diagnostics check(std::string_view text, const source_mark& at) {
    const text_marks marks(text, at);
    script read = parse(text, marks);
    error_list errors(marks, read.findings);
    say_if_empty(read, errors);
    variables known;
    for (const auto& s : read.statements)
        check_statement(s, known, errors);
    return std::move(read.findings);
}

std::vector<std::string> known_cmdlets() {
    std::vector<std::string> out{std::string(set_send_connector.name),
                                 std::string(set_receive_connector.name),
                                 std::string(set_transport_config.name)};
    for (const auto* more : {&object_cmdlets(), &get_cmdlets()})
        out.insert(out.end(), more->begin(), more->end());
    return out;
}

result run(std::string_view text, const source_mark& at, organization& org) {
    return run(text, at, shell{org, {}, {}});
}

result run(std::string_view text, const source_mark& at, const shell& in) {
    const text_marks marks(text, at);
    script read = parse(text, marks);
    result out;
    out.findings = std::move(read.findings);
    error_list errors(marks, out.findings);
    if (out.findings.empty())
        say_if_empty(read, errors);
    organization draft = in.organization;
    session now(in, draft, errors, out);
    for (const auto& s : read.statements)
        if (!has_errors(out.findings))
            now.run(s);
    if (has_errors(out.findings)) {
        out.output.clear();
        out.changed.clear();
        out.queue_commands.clear();
        return out;
    }
    in.organization = draft; // a copy: what is only changed keeps its place in memory
    return out;
}

} // namespace connlab::cmdlet
