#include "tests/lab/worlds.hpp"

#include "tests/scenario/files.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::lab::tests {

namespace {

const char* const base = R"(
Title: Base
Clock: 2024-06-03T09:00:00Z
CertificationAuthorities:
  Public: {Subject: CN=Public Root, TrustedBy: everyone, NotBefore: 2015-01-01, NotAfter: 2035-01-01}
Organizations:
  Varunagroup:
    AcceptedDomains: [varunagroup.de]
    Servers:
      TESTMS05:
        Role: Mailbox
        Version: Exchange2019 CU12
        WindowsServer: 2019
        Fqdn: testms05.varunagroup.de
        IPAddress: 192.168.10.5
    SendConnectors:
      To Contoso: {AddressSpaces: ["SMTP:contoso.com;1"]}
      Internet: {AddressSpaces: ["SMTP:*;10"]}
  Contoso:
    AcceptedDomains: [contoso.com]
    Servers:
      MX1:
        Role: Smtp
        Fqdn: mx1.contoso.com
        IPAddress: 203.0.113.1
        Certificates: [{Name: mx1, Subject: CN=mx1.contoso.com, Dns: [mx1.contoso.com, contoso.com], Issuer: Public}]
      MX2:
        Role: Smtp
        Fqdn: mx2.contoso.com
        IPAddress: 203.0.113.2
        Certificates: [{Name: mx2, Subject: CN=mx2.contoso.com, Dns: [mx2.contoso.com, contoso.com], Issuer: Public}]
      MX3:
        Role: Smtp
        Fqdn: mx3.contoso.com
        IPAddress: 203.0.113.3
        Certificates: [{Name: mx3, Subject: CN=mx3.contoso.com, Dns: [mx3.contoso.com, contoso.com], Issuer: Public}]
  Fabrikam:
    AcceptedDomains: [fabrikam.com]
    Servers:
      FAB:
        Role: Smtp
        Fqdn: fab.fabrikam.com
        IPAddress: 198.51.100.7
        Certificates: [{Name: fab, Subject: CN=fab.fabrikam.com, Dns: [fab.fabrikam.com], Issuer: Public}]
Dns:
  contoso.com: {MX: [10 mx1.contoso.com]}
)";

} // namespace

const certs::key_pool& keys() {
    static const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_REQUIRE_MESSAGE(pool, pool.error);
    return **pool;
}

run_result play(const std::string& text, unsigned threads) {
    const auto plan = scenario::load(
        "case.yaml", scenario::in_memory(
                         {{"base.yaml", base}, {"case.yaml", "Title: Case\nExtends: base.yaml\n" + text}}));
    BOOST_REQUIRE_MESSAGE(plan.value.has_value(), render(plan.findings, plan.texts));
    return run(*plan.value, keys(), {threads});
}

trace::run_record record_of(const std::string& text, unsigned threads) {
    auto result = play(text, threads);
    BOOST_REQUIRE_MESSAGE(result.record.has_value(), render(result.findings, {}));
    return std::move(*result.record);
}

std::vector<std::string> hosts_tried(const trace::flow_record& f) {
    std::vector<std::string> out;
    for (const auto& s : f.sessions)
        out.push_back(s.server);
    return out;
}

std::vector<int> event_ids(const trace::flow_record& f) {
    std::vector<int> out;
    for (const auto& e : f.events)
        out.push_back(e.id);
    return out;
}

instant at(std::string_view iso) {
    const auto read = parse_instant(iso);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

} // namespace connlab::lab::tests
