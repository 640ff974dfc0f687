#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool binding_covers(const endpoint& binding, const endpoint& local) {
    return binding.port == local.port && binding.address.v6 == local.address.v6 &&
           (binding.address.is_unspecified() || binding.address == local.address);
}

const endpoint* covering_binding(const receive_connector& c, const endpoint& local) {
    for (const auto& binding : *c.bindings)
        if (binding_covers(binding, local))
            return &binding;
    return nullptr;
}

const ip_range* most_specific_range(const receive_connector& c, const ip_address& remote) {
    const ip_range* best = nullptr;
    for (const auto& range : *c.remote_ip_ranges)
        if (range.contains(remote) && (best == nullptr || range.compare_size(*best) < 0))
            best = &range;
    return best;
}

struct contender {
    const receive_connector* connector = nullptr;
    const ip_range* range = nullptr;
};

std::string text_of(const ip_range& r) {
    return r.text.empty() ? to_string(r.low) + "-" + to_string(r.high) : r.text;
}

/// Why a connector does not take part; empty when it does.
std::string disqualified(const receive_connector& c, const endpoint& local, const ip_address& remote) {
    if (!*c.enabled)
        return "not enabled";
    if (covering_binding(c, local) == nullptr)
        return fmt::format("its Bindings do not cover {}", to_string(local));
    if (most_specific_range(c, remote) == nullptr)
        return fmt::format("its RemoteIPRanges do not hold {}", to_string(remote));
    return {};
}

/// The server's connectors, and of the implicit ones those that listen here.
std::vector<const receive_connector*> candidates(const server& s, const endpoint& local) {
    std::vector<const receive_connector*> out;
    for (const auto& c : s.receive_connectors)
        out.push_back(&c);
    for (const auto& c : s.implicit_connectors)
        if (covering_binding(c, local) != nullptr)
            out.push_back(&c);
    return out;
}

} // namespace

trace::decided<const receive_connector*> select_receive_connector(const server& s, const endpoint& local,
                                                                  const ip_address& remote) {
    trace::decided<const receive_connector*> out{nullptr, {}};
    out.why.question = fmt::format("Which Receive connector of {} takes the connection from {} to {}?",
                                   s.name, to_string(remote), to_string(local));
    contender best;
    bool tie = false;
    const auto all = candidates(s, local);
    for (const auto* one : all) {
        const auto& c = *one;
        if (!disqualified(c, local, remote).empty())
            continue;
        const ip_range* range = most_specific_range(c, remote);
        const int order = best.range == nullptr ? -1 : range->compare_size(*best.range);
        tie = order == 0 || (tie && order > 0);
        if (order < 0 || (order == 0 && c.name < best.connector->name))
            best = {&c, range};
    }
    for (const auto* one : all) {
        const auto& c = *one;
        if (std::string why = disqualified(c, local, remote); !why.empty()) {
            consider(out.why, c.name, false, std::move(why));
        } else if (&c == best.connector) {
            consider(out.why, c.name, true, "the most specific RemoteIPRanges: " + text_of(*best.range));
        } else {
            const ip_range& range = *most_specific_range(c, remote);
            consider(out.why, c.name, false,
                     range.compare_size(*best.range) == 0
                         ? "range " + text_of(range) + " is as large; its name comes later"
                         : "range " + text_of(range) + " is less specific than " + text_of(*best.range));
        }
    }
    out.value = best.connector;
    if (best.connector == nullptr) {
        out.why.rule = "exchange.receive-connector.none";
        out.why.answer = "none: the connection is not served";
        return out;
    }
    out.why.rule =
        tie ? "exchange.receive-connector.equal-ranges" : "exchange.receive-connector.most-specific-range";
    if (tie)
        rests_on(out.why, out.why.rule);
    out.why.answer = best.connector->name;
    cite(out.why, of_connector("RemoteIPRanges", *best.connector), text_of(*best.range),
         best.connector->remote_ip_ranges.mark);
    cite(out.why, of_connector("Bindings", *best.connector),
         to_string(*covering_binding(*best.connector, local)), best.connector->bindings.mark);
    return out;
}

} // namespace connlab::exchange
