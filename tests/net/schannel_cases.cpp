#include "tests/net/schannel_cases.hpp"

#include "sim/tls/setup.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace connlab::net::tests {

namespace {

std::string trimmed(std::string_view text) {
    return std::string(trim(text));
}

/// `Enabled=0`, `Functions=A,B`.
void set_value(tls::registry& r, const std::string& path, std::string_view assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string_view::npos)
        throw std::runtime_error("no = in " + std::string(assignment));
    const auto name = trimmed(assignment.substr(0, equals));
    const auto data = trimmed(assignment.substr(equals + 1));
    const bool number = !data.empty() && data.find_first_not_of("0123456789abcdefx") == std::string::npos;
    if (number)
        r.set(path, tls::dword(name, static_cast<std::uint32_t>(std::stoul(data, nullptr, 0))));
    else if (name == "EccCurves")
        r.set(path, tls::several_texts(name, split(data, ',')));
    else
        r.set(path, tls::one_text(name, data));
}

/// `Protocols\TLS 1.0\Server:Enabled=0, DisabledByDefault=1`; a list is one assignment, whatever its commas.
void set_values(tls::registry& r, std::string_view text) {
    const auto colon = text.find(':');
    const auto place = trimmed(text.substr(0, colon));
    const auto rest = text.substr(colon + 1);
    if (place == "policy" || place == "local")
        return set_value(r, std::string(place == "policy" ? tls::policy_list_key : tls::local_list_key),
                         rest);
    for (const auto& one : split(rest, ','))
        set_value(r, tls::below_schannel(place), one);
}

tls::profile machine(std::string_view text, tls::side s) {
    const auto brace = text.find('{');
    const auto name = trimmed(text.substr(0, brace));
    const auto plus = name.find('+');
    const auto windows = tls::windows_named(name.substr(0, plus));
    tls::setup_options o{tls::exchange_setup::of_2016, windows};
    if (plus != std::string::npos)
        o.which = name.substr(plus) == "+setup15" ? tls::exchange_setup::of_2019_cu15
                                                  : tls::exchange_setup::of_2019;
    auto r = tls::setup_registry(o);
    if (brace != std::string_view::npos)
        for (const auto& one : split(text.substr(brace + 1, text.rfind('}') - brace - 1), ';'))
            set_values(r, one);
    return tls::schannel_profile(windows, r, s, {});
}

} // namespace

std::vector<schannel_case> schannel_cases() {
    std::ifstream file(CONNLAB_SOURCE_DIR "/tests/cases/schannel-negotiation.txt");
    std::vector<schannel_case> out;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line.front() == '#')
            continue;
        const auto parts = split(line, '|');
        if (parts.size() != 4)
            throw std::runtime_error(fmt::format("line {} has {} parts", number, parts.size()));
        out.push_back({number, line, machine(trimmed(parts[0]), tls::side::client),
                       machine(trimmed(parts[1]), tls::side::server),
                       trimmed(parts[2]) == "ec" ? "ec" : "server", trimmed(parts[3])});
    }
    return out;
}

std::string in_words(const tls::negotiation& n) {
    using tls::agreement;
    switch (n.outcome) {
    case agreement::no_version_on_client:
        return "client has no version";
    case agreement::no_suite_on_client:
        return "client has no suite";
    case agreement::no_version_on_server:
        return "server has no version";
    case agreement::agreed:
        return fmt::format("{}{} {} {}", n.not_performed.empty() ? "" : "not performed ",
                           tls::to_string(n.agreed_version), n.suite, n.group.empty() ? "-" : n.group);
    default:
        return fmt::format("alert {} by {}", n.alert, n.alert_by_server ? "server" : "client");
    }
}

} // namespace connlab::net::tests
