// New- and Remove-SendConnector, New- and Remove-ReceiveConnector.
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/cmdlet/object_work.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/parameter_values.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;

const std::vector<std::string> usages{"Custom", "Internal", "Internet", "Partner", "Client"};

/// The usage of New-ReceiveConnector and New-SendConnector: a switch or -Usage; empty: Custom, or an error
/// was said.
std::string take_usage(statement& s, error_list& errors) {
    std::string usage;
    std::erase_if(s.arguments, [&](const argument& a) {
        const bool named = ascii_iequal(a.name, "Usage");
        for (const auto& word : usages)
            if (named ? a.content && ascii_iequal(a.content->text, word)
                      : ascii_iequal(a.name, word) && !a.content) {
                if (!usage.empty() && usage != word)
                    errors.add(a.where,
                               fmt::format("`{}` stands without `{}`: a connector has one usage type "
                                           "(our wording)",
                                           word, usage));
                usage = word;
            }
        if (named && usage.empty()) {
            const auto written_word = a.content ? a.content->text : std::string{};
            errors.add(a.content ? a.content->where : a.where,
                       fmt::format("`Usage`: `{}` is not one of {}", written_word, join(usages, ", ")),
                       did_you_mean(written_word, usages));
        }
        return named || (!usage.empty() && ascii_iequal(a.name, usage));
    });
    return usage;
}

/// -Server of New-ReceiveConnector; absent: the server where it is typed.
std::optional<value> take_server(statement& s) {
    std::optional<value> name;
    std::erase_if(s.arguments, [&](const argument& a) {
        if (!ascii_iequal(a.name, "Server") || !a.content)
            return false;
        name = a.content;
        return true;
    });
    return name;
}

template <class Connector>
std::optional<Connector> created(const work& w, const statement& s, Connector c,
                                 const cmdlet_shape<Connector>& shape) {
    auto command = binder<Connector>(shape, w.errors).bind(s);
    if (!command)
        return std::nullopt;
    c.name = command->new_name ? command->new_name->text : command->identity->text;
    c.mark = w.errors.mark(s.where);
    bool good = true;
    for (const auto& setting : command->settings)
        good = apply(setting, c, w.errors) && good;
    if (!good)
        return std::nullopt;
    say_what_has_no_effect(w, fmt::format("{} {}", shape.object, c.name), *command);
    return c;
}

/// `New-` takes -Name where `Set-` takes -Identity.
statement with_identity(statement s) {
    for (auto& a : s.arguments)
        if (ascii_iequal(a.name, "Name"))
            a.name = "Identity";
    return s;
}

/// What each usage type sets ("Receive connectors": usage types).
void apply_usage(exchange::receive_connector& c, const std::string& usage) {
    using namespace exchange;
    const auto all_on = [&](std::uint16_t port) {
        c.bindings = std::vector<endpoint>{*parse_endpoint(fmt::format("0.0.0.0:{}", port), port),
                                           *parse_endpoint(fmt::format("[::]:{}", port), port)};
    };
    c.auth = std::uint32_t{auth_tls};
    if (usage == "Client") {
        c.auth = std::uint32_t{auth_tls | auth_basic | auth_basic_require_tls | auth_integrated};
        c.permissions = std::uint32_t{group_exchange_users};
        all_on(587);
    } else if (usage == "Internal") {
        c.auth = std::uint32_t{auth_tls | auth_exchange_server};
        c.permissions = std::uint32_t{group_exchange_legacy_servers | group_exchange_servers};
        all_on(25);
    } else if (usage == "Internet") {
        c.permissions = std::uint32_t{group_anonymous_users};
        c.remote_ip_ranges = std::vector<ip_range>{*parse_ip_range("0.0.0.0-255.255.255.255")};
    } else if (usage == "Partner") {
        c.permissions = std::uint32_t{group_partners};
    }
}

/// Without name: the first Exchange server. Null: there is none.
server* server_of(const work& w, std::string_view name) {
    for (auto& one : w.draft.servers)
        if (one.is_exchange() && is_in_reach(w.in, one) && (name.empty() || ascii_iequal(name, one.name)))
            return &one;
    return nullptr;
}

/// By its name or an unmistakable beginning.
bool is_given(const statement& s, std::string_view name) {
    return std::any_of(s.arguments.begin(), s.arguments.end(), [&](const argument& a) {
        return a.name.size() > 2 && ascii_istarts_with(name, a.name);
    });
}

/// R12 and R13: which of Bindings and RemoteIPRanges the usage takes, and where it is for.
bool obeys_usage(const work& w, const statement& s, const std::string& usage, const server& on) {
    const auto refuse = [&](const char* rule, const std::string& message) {
        w.out.findings.push_back(
            {severity::error, w.errors.mark(s.where), message + " (our wording)", {}, rule});
        return false;
    };
    const bool own_binding = usage == "Client" || usage == "Internal";
    if (usage == "Client" && on.role == exchange::server_role::edge)
        return refuse("R13", "The usage Client is not for Edge Transport servers");
    if (own_binding && is_given(s, "Bindings"))
        return refuse("R12",
                      fmt::format("The usage {} has its own Bindings: it takes RemoteIPRanges", usage));
    if (own_binding && !is_given(s, "RemoteIPRanges"))
        return refuse("R12", fmt::format("The usage {} needs RemoteIPRanges", usage));
    if (usage == "Internet" && is_given(s, "RemoteIPRanges"))
        return refuse("R12", "The usage Internet has its own RemoteIPRanges: it takes Bindings");
    return true;
}

const cmdlet_shape<exchange::send_connector> new_send{"New-SendConnector",
                                                      "Send connector",
                                                      exchange::send_connector_parameters,
                                                      named_by::identity_and_name,
                                                      {"Usage", "Custom", "Internal", "Internet", "Partner"}};
const cmdlet_shape<exchange::receive_connector> new_receive{
    "New-ReceiveConnector",
    "Receive connector",
    exchange::receive_connector_parameters,
    named_by::identity_and_name,
    {"Usage", "Custom", "Internal", "Internet", "Partner", "Client", "Server"}};

/// Names, arguments and their types, without a model.
template <class Connector>
void check_new(const statement& s, const cmdlet_shape<Connector>& shape, error_list& errors) {
    const auto command = binder<Connector>(shape, errors).bind(s);
    Connector scratch;
    for (const auto& setting : command ? command->settings : std::vector<bound_setting<Connector>>{})
        apply(setting, scratch, errors);
}

/// False: said so.
bool needs_address_spaces(const statement& s, error_list& errors) {
    const bool given = is_given(s, "AddressSpaces");
    if (!given)
        errors.add(s.where, "New-SendConnector needs -AddressSpaces (our wording)",
                   "for example -AddressSpaces contoso.com, or * for every domain");
    return given;
}

/// What each usage type sets, and that a connector runs on the server where it is made (sheet 2.1).
exchange::send_connector fresh_send_connector(const work& w, const std::string& usage) {
    exchange::send_connector c;
    if (usage == "Internal")
        c.max_message_size = exchange::unlimited_size;
    for (const auto& s : w.draft.servers)
        if (s.is_exchange() && (w.in.console.empty() || ascii_iequal(s.name, w.in.console))) {
            if (s.role == exchange::server_role::mailbox)
                c.source_transport_servers = std::vector<std::string>{s.name};
            break;
        }
    return c;
}

} // namespace

const std::vector<plain_parameter> by_identity{{"Identity", false, true}, {"Force", true}};

void check_new_send_connector(const statement& written_text, error_list& errors) {
    auto s = with_identity(written_text);
    take_usage(s, errors);
    check_new(s, new_send, errors);
    needs_address_spaces(s, errors);
}

void check_new_receive_connector(const statement& written_text, error_list& errors) {
    auto s = with_identity(written_text);
    take_usage(s, errors);
    take_server(s);
    check_new(s, new_receive, errors);
}

void new_send_connector(const work& w) {
    auto s = with_identity(w.text);
    const auto usage = take_usage(s, w.errors);
    auto c = created(w, s, fresh_send_connector(w, usage), new_send);
    if (!c || !needs_address_spaces(s, w.errors))
        return;
    for (const auto& other : w.draft.send_connectors)
        if (ascii_iequal(other.name, c->name))
            return w.fail(fmt::format("there is a Send connector `{}` already (our wording)", c->name));
    const auto found = exchange::validate(*c, w.draft.servers.front().role);
    w.out.findings.insert(w.out.findings.end(), found.begin(), found.end());
    w.changed("Send connector " + c->name + ": created");
    w.draft.send_connectors.push_back(std::move(*c));
}

void new_receive_connector(const work& w) {
    auto s = with_identity(w.text);
    const auto usage = take_usage(s, w.errors);
    const auto named = take_server(s);
    auto* on = server_of(w, named ? named->text : w.in.console);
    if (on == nullptr)
        return w.errors.add(named ? named->where : w.text.where,
                            fmt::format(server_not_found, named ? named->text : w.in.console));
    if (!obeys_usage(w, s, usage, *on))
        return;
    exchange::receive_connector fresh;
    fresh.server = on->name;
    fresh.fqdn = *on->fqdn;
    fresh.role = on->role == exchange::server_role::edge ? exchange::transport_role::edge
                                                         : exchange::transport_role::hub_transport;
    apply_usage(fresh, usage);
    auto c = created(w, s, std::move(fresh), new_receive);
    if (!c)
        return;
    for (const auto& other : on->receive_connectors)
        if (ascii_iequal(other.name, c->name))
            return w.fail(
                fmt::format("there is a Receive connector `{}` already (our wording)", c->identity()));
    on->receive_connectors.push_back(*c);
    for (auto found : {exchange::validate(*c, *on), exchange::validate(*on)})
        for (auto& d : found) {
            if (d.rule == "R9" && !is_given(s, "TransportRole"))
                d.hint += "; without -TransportRole the new connector belongs to HubTransport";
            w.out.findings.push_back(std::move(d));
        }
    warn_of_foreign_bindings(w, *c, *on);
    w.changed("Receive connector " + c->identity() + ": created");
}

void remove_send_connector(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto name = text_of(*given, "Identity");
    if (std::erase_if(w.draft.send_connectors, [&](const auto& c) { return ascii_iequal(c.name, name); }) ==
        0)
        return w.fail_at(*given, "Identity", fmt::format(not_found, name));
    w.changed("Send connector " + name + ": removed");
}

void remove_receive_connector(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto name = text_of(*given, "Identity");
    std::size_t removed = 0;
    for (auto& s : w.draft.servers)
        if (is_in_reach(w.in, s))
            removed += std::erase_if(s.receive_connectors,
                                     [&](const auto& c) { return ascii_iequal(c.identity(), name); });
    if (removed == 0)
        return w.fail_at(*given, "Identity", fmt::format(not_found, name),
                         "the identity of a Receive connector is SERVER\\Name");
    w.changed("Receive connector " + name + ": removed");
}

} // namespace connlab::cmdlet
