#include "sim/tls/health_checker.hpp"

#include "sim/tls/setup.hpp"

namespace connlab::tls {

namespace {

struct one_side {
    const registry_value* enabled = nullptr;
    const registry_value* by_default = nullptr; // DisabledByDefault

    bool is_enabled(version v) const {
        return enabled == nullptr ? v != version::tls1_3 : enabled->number != 0;
    }
    bool is_disabled_by_default() const { return by_default != nullptr && by_default->number != 0; }
    bool is_disabled(version v) const {
        return !is_enabled(v) && (is_disabled_by_default() || by_default == nullptr);
    }
};

one_side side_of(const registry& r, version v, std::string_view side) {
    const auto key = below_schannel("Protocols\\" + std::string(windows_name(v)) + "\\" + std::string(side));
    return {r.find_number(key, "Enabled"), r.find_number(key, "DisabledByDefault")};
}

} // namespace

std::string_view to_string(checker_state s) {
    switch (s) {
    case checker_state::enabled:
        return "Enabled";
    case checker_state::disabled:
        return "Disabled";
    case checker_state::half_disabled:
        return "Half Disabled";
    case checker_state::misconfigured:
        return "Misconfigured";
    }
    return "";
}

checker_reading health_checker_reads(const registry& r, version v) {
    const auto client = side_of(r, v, "Client");
    const auto server = side_of(r, v, "Server");
    checker_reading out;
    out.sides_differ = client.is_enabled(v) != server.is_enabled(v) ||
                       client.is_disabled_by_default() != server.is_disabled_by_default();
    const bool half =
        (!server.is_enabled(v) && server.by_default != nullptr && server.by_default->number == 0) ||
        (server.is_enabled(v) && server.is_disabled_by_default());
    if (out.sides_differ)
        out.state = checker_state::misconfigured;
    else if (half)
        out.state = checker_state::half_disabled;
    else if (client.is_disabled(v) && server.is_disabled(v))
        out.state = checker_state::disabled;
    for (const auto* value : {client.enabled, client.by_default, server.enabled, server.by_default}) {
        out.value_missing = out.value_missing || (value == nullptr && v != version::tls1_3);
        if (value != nullptr && value->mark.known() && !out.mark.known())
            out.mark = value->mark;
    }
    return out;
}

} // namespace connlab::tls
