#include "sim/cmdlet/machine_cmdlets.hpp"

#include "sim/exchange/schannel_settings.hpp"

namespace connlab::cmdlet {

namespace {

const std::vector<machine_cmdlet>& all() {
    static const std::vector<machine_cmdlet> table = [] {
        std::vector<machine_cmdlet> out;
        for (auto& part : {registry_cmdlets(), cipher_suite_cmdlets(), service_cmdlets()})
            out.insert(out.end(), part.begin(), part.end());
        return out;
    }();
    return table;
}

const machine_cmdlet* find(std::string_view name) {
    for (const auto& c : all())
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

exchange::server* server_named(exchange::organization& o, std::string_view name) {
    for (auto& s : o.servers)
        if (ascii_iequal(s.name, name) || ascii_iequal(*s.fqdn, name))
            return &s;
    return nullptr;
}

/// The one that the step names, else the organization's first Exchange server.
exchange::server* console(const shell& in, exchange::organization& o) {
    if (!in.console.empty())
        return server_named(o, in.console);
    for (auto& s : o.servers)
        if (s.is_exchange())
            return &s;
    return nullptr;
}

void refuse_pipe(const statement& s, error_list& errors) {
    if (!s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", s.name));
}

// ---- services ----

void restart_service(const machine_work& w) {
    struct service {
        std::string_view name;
        exchange::restarted what;
    };
    constexpr service services[] = {{"MSExchangeTransport", exchange::restarted::transport},
                                    {"MSExchangeFrontEndTransport", exchange::restarted::front_end}};
    const exchange::behavior defaults;
    for (const auto& name : split(text_of(w.given, "Name"), ',')) {
        const auto* known = std::find_if(std::begin(services), std::end(services),
                                         [&](const service& s) { return ascii_iequal(s.name, trim(name)); });
        if (known == std::end(services))
            return w.order.fail_at(w.given, "Name",
                                   fmt::format("`{}` is no service of the simulation", trim(name)),
                                   "MSExchangeTransport, MSExchangeFrontEndTransport");
        exchange::restart(w.computer, known->what,
                          w.order.in.rules != nullptr ? *w.order.in.rules : defaults);
        w.order.changed(fmt::format("{} of {}: started anew", known->name, w.computer.name));
    }
}

void restart_computer(const machine_work& w) {
    const exchange::behavior defaults;
    auto* computer = &w.computer;
    if (const auto name = text_of(w.given, "ComputerName"); !name.empty())
        computer = server_named(w.order.draft, name);
    if (computer == nullptr || !computer->is_exchange())
        return w.order.fail_at(w.given, "ComputerName",
                               fmt::format(not_found, text_of(w.given, "ComputerName")));
    exchange::restart(*computer, exchange::restarted::computer,
                      w.order.in.rules != nullptr ? *w.order.in.rules : defaults);
    w.order.changed(computer->name + ": started anew");
}

} // namespace

std::vector<machine_cmdlet> service_cmdlets() {
    return {{"Restart-Service", {{"Name", false, true}, {"Force", true}}, restart_service},
            {"Restart-Computer",
             {{"ComputerName", false, true}, {"Force", true}, {"Wait", true}},
             restart_computer}};
}

const std::vector<std::string>& machine_cmdlets() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : all())
            out.emplace_back(c.name);
        return out;
    }();
    return names;
}

bool run_on_machine(const statement& s, const shell& in, exchange::organization& draft, error_list& errors,
                    outcome& out) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return false;
    refuse_pipe(s, errors);
    const work order{s, in, draft, errors, out};
    auto* computer = console(in, draft);
    if (computer == nullptr || !computer->is_exchange()) {
        order.fail(fmt::format("{} runs on an Exchange server, and `{}` is none", c->name,
                               in.console.empty() ? draft.name : in.console),
                   "`Server:` of the step names the server");
        return true;
    }
    if (const auto given = bind_plain(s, c->parameters, errors))
        c->run({order, *given, *computer});
    return true;
}

bool check_on_machine(const statement& s, error_list& errors) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return false;
    refuse_pipe(s, errors);
    bind_plain(s, c->parameters, errors);
    return true;
}

} // namespace connlab::cmdlet
