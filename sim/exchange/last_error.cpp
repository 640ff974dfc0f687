#include "sim/base/date_texts.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/online_sending.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

enum class wrapper { none, primary440, target44395 };

wrapper wrapper_of(const exchange_version& v, const behavior& b) {
    if (b.is("LastErrorWrapper", "Bare"))
        return wrapper::none;
    if (b.is("LastErrorWrapper", "Primary440"))
        return wrapper::primary440;
    if (b.is("LastErrorWrapper", "Target44395"))
        return wrapper::target44395;
    return v.product == "Exchange2013" || v.product == "Exchange2016" ? wrapper::primary440
                                                                      : wrapper::target44395;
}

std::string wrapped(const exchange_version& v, std::string_view reply, const endpoint& remote,
                    const behavior& b) {
    switch (wrapper_of(v, b)) {
    case wrapper::none:
        return std::string(reply);
    case wrapper::target44395:
        return fmt::format("451 4.4.395 Target host responded with error. -> {}", reply);
    case wrapper::primary440:
        break;
    }
    std::string text = fmt::format(
        "451 4.4.0 Primary target IP address responded with: \"{}.\" Attempted failover to alternate host, "
        "but that did not "
        "succeed. Either there are no alternate hosts, or delivery failed to all alternate hosts.",
        reply);
    if (v.product != "Exchange2013") // its builds end here
        text += fmt::format(" The last endpoint attempted was {}", to_string(remote));
    return text;
}

} // namespace

std::string queue_last_error(const server& s, std::string_view reply, bool bare, instant at,
                             std::string_view remote_fqdn, const endpoint& remote, const behavior& b) {
    // Microsoft support article 979175 shows this own verdict wrapped. Without an address no host has spoken.
    const bool own_verdict =
        bare && !reply.starts_with("451 5.7.3 Cannot achieve Exchange Server authentication");
    const bool alone = own_verdict || remote.address.is_unspecified();
    const std::string text = alone ? std::string(reply) : wrapped(s.version, reply, remote, b);
    if (s.role == server_role::exchange_online)
        return online_last_error(text, at, remote_fqdn, remote);
    const std::string ip = remote.address.is_unspecified() ? std::string{} : to_string(remote.address);
    return fmt::format("[{{LRT={}}};{{LED={}}};{{FQDN={}}};{{IP={}}}]", date_time(at, s.where), text,
                       remote_fqdn, ip);
}

} // namespace connlab::exchange
