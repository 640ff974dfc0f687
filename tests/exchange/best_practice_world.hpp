// A configuration without findings, for the tests of the best-practice checks to change in one place.
#pragma once

#include "tests/exchange/fixtures.hpp"

#include <string>
#include <string_view>

namespace fixtures {

inline source_mark line(int n) {
    return {"x.yaml", n, 1, 1};
}

/// Varunagroup with a Mailbox server and its certificates, Contoso with a plain one; everything as it should
/// be.
struct sound_world {
    pki made;
    std::vector<exchange::organization> all;
    instant now = at(noon);
    exchange::behavior switches;

    sound_world();

    exchange::organization& varuna() { return all[0]; }
    exchange::server& testms05() { return all[0].servers[0]; }
    exchange::server& partner_server() { return all[1].servers[0]; }
    exchange::send_connector& connector() { return all[0].send_connectors[0]; }
    exchange::receive_connector& default_frontend() { return testms05().receive_connectors[1]; }
    exchange::receive_connector& default_hub() { return testms05().receive_connectors[4]; }

    /// A second server: TESTMS06 or EDGE01, with setup's certificate of its own.
    exchange::server& add_server(const std::string& name, exchange::server_role role);
    /// Puts a certificate of the pki into TESTMS05's store.
    void hold(const std::string& id, std::uint32_t services = exchange::service_smtp, bool with_key = true);

    diagnostics review() const { return exchange::best_practice(all, now, switches); }
    /// Findings of one rule.
    diagnostics of(std::string_view rule) const;
    std::size_t count(std::string_view rule) const { return of(rule).size(); }
    /// The rules found, each once, in their order: `check.a check.b`.
    std::string rules_found() const;
};

std::string identifier(const certs::certificate& c); // <I>…<S>…
bool says(const diagnostic& d, std::string_view part);
bool hints(const diagnostic& d, std::string_view part);

} // namespace fixtures
