// Where a message goes next: MX, A, AAAA, CNAME of the scenario, and what follows from the servers it lists.
#pragma once

#include "sim/lab/world.hpp"
#include "sim/trace/decision.hpp"

#include <string>
#include <vector>

namespace connlab::lab {

/// One host and address to try.
struct next_hop {
    std::string host; // as MX or smart host names it
    endpoint where;   // declared address
    int preference = 0;
};

enum class lookup_failure { none, no_such_domain, no_address };

struct next_hops {
    std::vector<next_hop> hops; // in the order in which they are tried
    lookup_failure failure = lookup_failure::none;
};

/// Addresses of a host, IPv4 first as Exchange tries them; CNAMEs are followed. Empty: it has none.
std::vector<ip_address> addresses_of(const world& w, std::string host);

/// The scenario says that there is no such name.
bool is_nxdomain(const world& w, std::string_view name);

inline constexpr std::uint16_t smtp_port = 25;

/// MX routing of a mail domain: explicit MX records by preference (equal ones in order of declaration), else
/// the Edge or first server of the organization that accepts the domain, else the domain's own address (RFC
/// 5321 5.1). On port 25.
trace::decided<next_hops> resolve_mx(const world& w, std::string_view domain);

/// Smart hosts in order; each a name (MX or address) or an IP literal.
trace::decided<next_hops> resolve_smart_hosts(const world& w, const std::vector<std::string>& hosts,
                                              std::uint16_t port, const source_mark& mark);

const std::vector<trace::rule>& routing_rules();

} // namespace connlab::lab
