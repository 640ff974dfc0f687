#include "sim/exchange/schannel_settings.hpp"

#include "sim/exchange/chain_engine_settings.hpp"

#include "sim/tls/setup.hpp"

namespace connlab::exchange {

namespace {

/// Exchange 2019: CU14 is 15.2.1544, CU15 15.2.1748; SE goes on from there.
tls::exchange_setup setup_of(const exchange_version& v) {
    if (v.product == "ExchangeSE" || (v.product == "Exchange2019" && v.number[2] >= 1748))
        return tls::exchange_setup::of_2019_cu15;
    if (v.product == "Exchange2019")
        return v.number[2] >= 1544 ? tls::exchange_setup::of_2019_cu14 : tls::exchange_setup::of_2019;
    return tls::exchange_setup::of_2016;
}

/// The registry as a service reads it: the policy's lists are those of the last start of the computer.
tls::registry as_read(const server& s) {
    auto out = s.registry;
    out.take_subtree(tls::policy_list_key, s.registry_at_start);
    return out;
}

} // namespace

tls::schannel_switches schannel_switches_of(const behavior& b) {
    tls::schannel_switches out;
    out.smtp_names_versions = b.is("SmtpNamesVersions", "true");
    out.smtp_tls13 = b.is("SmtpTls13", "true");
    out.strict_multisz = b.is("StrictMultiSz", "true");
    out.sha512_signatures = b.is("Kb2973337", "Installed");
    return out;
}

tls::windows_version windows_of(const server& s) {
    return tls::windows_named(s.windows);
}

tls::registry registry_after_setup(const server& s, const behavior& b) {
    return tls::setup_registry({setup_of(s.version), windows_of(s), b.is("SetupSuiteList", "PolicyKey")});
}

void restart(server& s, restarted what, const behavior& b) {
    if (!s.is_exchange())
        return;
    if (what == restarted::computer)
        s.registry_at_start = s.registry;
    s.stores.engine = chain_engine_settings(s.registry); // each process reads it when it makes its engine
    const auto read = as_read(s);
    const auto switches = schannel_switches_of(b);
    const offered_tls now{tls::schannel_profile(windows_of(s), read, tls::side::client, switches),
                          tls::schannel_profile(windows_of(s), read, tls::side::server, switches)};
    if (what != restarted::front_end)
        s.transport_tls = now;
    if (what != restarted::transport)
        s.front_end_tls = now;
}

} // namespace connlab::exchange
