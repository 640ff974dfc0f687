// Enable-, Disable- and Get- of TlsCipherSuite and TlsEccCurve: the local lists, which a policy overrides.
// (Schannel sheet 2.3)
#include "sim/cmdlet/machine_cmdlets.hpp"

#include "sim/exchange/schannel_settings.hpp"
#include "sim/tls/setup.hpp"

#include <algorithm>

namespace connlab::cmdlet {

namespace {

/// What the cmdlets of one noun change.
struct local_list {
    std::string_view value; // in both keys
    std::string_view what;
};
constexpr local_list suites{"Functions", "cipher suite"};
constexpr local_list curves{"EccCurves", "curve"};

std::vector<std::string> names_in(const tls::registry& r, std::string_view key, const local_list& l) {
    const auto* v = r.find(key, l.value);
    std::vector<std::string> out;
    if (v != nullptr)
        for (const auto& text : v->texts)
            for (const auto& name : split(text, ','))
                if (!trim(name).empty())
                    out.emplace_back(trim(name));
    return out;
}

/// The cmdlets came with Windows Server 2016.
bool has_cmdlets(const machine_work& w) {
    if (exchange::windows_of(w.computer) != tls::windows_version::server_2012r2)
        return true;
    w.order.fail(fmt::format("{} came with Windows Server 2016; on 2012 R2 the lists are set in the registry",
                             w.order.text.name));
    return false;
}

void keep(const machine_work& w, const local_list& l, std::vector<std::string> names,
          const std::string& said) {
    if (!names_in(w.computer.registry, tls::policy_list_key, l).empty())
        w.order.printed(
            fmt::format("WARNING: a policy's list of {}s is in force on {}; the local list, which this "
                        "changes, is not (our wording)",
                        l.what, w.computer.name));
    w.computer.registry.set(tls::local_list_key, tls::several_texts(std::string(l.value), std::move(names),
                                                                    w.order.errors.mark(w.order.text.where)));
    w.order.changed(fmt::format("{}: {} {}", w.computer.name, l.what, said));
}

void disable(const machine_work& w, const local_list& l) {
    if (!has_cmdlets(w))
        return;
    const auto name = text_of(w.given, "Name");
    auto names = names_in(w.computer.registry, tls::local_list_key, l);
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& n) { return ascii_iequal(n, name); });
    if (found == names.end())
        return w.order.fail_at(w.given, "Name",
                               fmt::format("The local list of {}s has no `{}` (our wording)", l.what, name),
                               did_you_mean(name, names));
    const auto gone = *found;
    names.erase(found);
    keep(w, l, std::move(names), gone + ": disabled");
}

/// As Windows spells the name; empty: it does not know it.
std::string known_name(const machine_work& w, const local_list& l, const std::string& name) {
    const auto& t = tls::tables_of(exchange::windows_of(w.computer));
    const bool of_suites = l.value == suites.value;
    for (const auto* table :
         {of_suites ? &t.suites : &t.curves, of_suites ? &t.further_suites : &t.further_curves})
        for (const auto one : *table)
            if (ascii_iequal(one, name))
                return std::string(one);
    return {};
}

void enable(const machine_work& w, const local_list& l) {
    if (!has_cmdlets(w))
        return;
    const auto name = known_name(w, l, text_of(w.given, "Name"));
    if (name.empty())
        return w.order.fail_at(w.given, "Name",
                               fmt::format("Windows Server {} knows no {} `{}` (our wording)",
                                           w.computer.windows, l.what, text_of(w.given, "Name")));
    auto names = names_in(w.computer.registry, tls::local_list_key, l);
    names.erase(
        std::remove_if(names.begin(), names.end(), [&](const auto& n) { return ascii_iequal(n, name); }),
        names.end());
    auto place = names.size();
    if (const auto text = text_of(w.given, "Position"); !text.empty()) {
        if (text.size() > 3 || text.find_first_not_of("0123456789") != std::string::npos)
            return w.order.fail_at(w.given, "Position",
                                   fmt::format("`Position`: `{}` is no number from 0 on", text));
        place = std::min<std::size_t>(place, std::stoul(text));
    }
    names.insert(names.begin() + static_cast<std::ptrdiff_t>(place), name);
    keep(w, l, std::move(names), name + ": enabled");
}

/// The list in force, the policy's included.
void show(const machine_work& w, const std::vector<std::string>& in_force) {
    if (!has_cmdlets(w))
        return;
    const auto part = text_of(w.given, "Name");
    for (const auto& name : in_force)
        if (ascii_upper(name).find(ascii_upper(part)) != std::string::npos)
            w.order.printed(name);
}

void get_suites(const machine_work& w) {
    const exchange::behavior defaults;
    const auto switches =
        exchange::schannel_switches_of(w.order.in.rules != nullptr ? *w.order.in.rules : defaults);
    show(w, tls::listed_suites(exchange::windows_of(w.computer), w.computer.registry, switches));
}

void get_curves(const machine_work& w) {
    const auto policy = names_in(w.computer.registry, tls::policy_list_key, curves);
    show(w, policy.empty() ? names_in(w.computer.registry, tls::local_list_key, curves) : policy);
}

} // namespace

std::vector<machine_cmdlet> cipher_suite_cmdlets() {
    const plain_parameter name{"Name", false, true};
    return {
        {"Get-TlsCipherSuite", {name}, get_suites},
        {"Disable-TlsCipherSuite", {name}, [](const machine_work& w) { disable(w, suites); }},
        {"Enable-TlsCipherSuite", {name, {"Position"}}, [](const machine_work& w) { enable(w, suites); }},
        {"Get-TlsEccCurve", {name}, get_curves},
        {"Disable-TlsEccCurve", {name}, [](const machine_work& w) { disable(w, curves); }},
        {"Enable-TlsEccCurve", {name, {"Position"}}, [](const machine_work& w) { enable(w, curves); }},
    };
}

} // namespace connlab::cmdlet
