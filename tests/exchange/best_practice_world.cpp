#include "tests/exchange/best_practice_world.hpp"

#include <set>

namespace fixtures {

using namespace connlab::exchange;

namespace {

void issue_certificates(pki& made) {
    made.self_signed("default", "TESTMS05", {"TESTMS05", "testms05.varunagroup.de"});
    made.self_signed("second", "TESTMS06", {"TESTMS06", "testms06.varunagroup.de"});
    made.self_signed("edge", "EDGE01", {"EDGE01", "edge01.varunagroup.de"});
    made.leaf("mail", "Issuing", "CN=mail.varunagroup.de", {"mail.varunagroup.de"});
    auto& newer = made.leaf("renewed", "Issuing", "CN=mail.varunagroup.de", {"mail.varunagroup.de"});
    newer.not_before = at("2024-05-01");
    made.leaf("hybrid", "Issuing", "CN=smtp365.varunagroup.de", {"smtp365.varunagroup.de"});
    made.leaf("own wild", "Issuing", "CN=*.varunagroup.de", {"*.varunagroup.de"});
    made.leaf("secured", "Issuing", "CN=testms05.varunagroup.de",
              {"testms05.varunagroup.de", "varunagroup.de"});
    made.leaf("private secured", "Private", "CN=testms05.varunagroup.de",
              {"testms05.varunagroup.de", "varunagroup.de"});
    made.leaf("wild", "Issuing", "CN=*.contoso.com", {"*.contoso.com"});
    made.leaf("contoso", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com"});
    made.leaf("contoso domain", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com", "contoso.com"});
    made.leaf("other", "Unknown", "CN=smtp.varunagroup.de", {"smtp.varunagroup.de"});
    made.leaf("short", "Issuing", "CN=short.varunagroup.de", {"short.varunagroup.de"}).key.bits = 1024;
    made.issue();
}

server mailbox_server(const pki& made) {
    server s = fixtures::testms05();
    s.mark = line(1);
    s.certificates = {made.stored("default"), made.stored("mail", service_iis | service_smtp)};
    s.internal_transport_thumbprint = made.cert("default").thumbprint();
    s.stores = made.trusting_public_and_private();
    s.stores.roots.push_back({made.cert("default"), chain::root_member::registry});
    s.stores.intermediates.push_back(made.cert("Issuing"));
    s.receive_connectors = default_receive_connectors(s);
    return s;
}

} // namespace

sound_world::sound_world() {
    issue_certificates(made);
    organization varuna = varunagroup();
    varuna.mark = line(50);
    varuna.servers.push_back(mailbox_server(made));
    varuna.send_connectors.push_back(to_contoso());
    varuna.send_connectors[0].mark = line(2);
    organization contoso;
    contoso.name = "Contoso";
    contoso.accepted_domains = std::vector<std::string>{"contoso.com"};
    contoso.servers.push_back(contoso_mx());
    contoso.servers[0].mark = line(60);
    contoso.servers[0].certificates = {made.stored("contoso")};
    contoso.servers[0].partner.ask_client_certificate = tls::client_certificate::asked;
    all = {std::move(varuna), std::move(contoso)};
}

server& sound_world::add_server(const std::string& name, server_role role) {
    const bool edge = role == server_role::edge;
    server s = testms05();
    s.name = name;
    s.role = role;
    s.mark = line(edge ? 40 : 41);
    s.fqdn = std::string(edge ? "edge01.varunagroup.de" : "testms06.varunagroup.de");
    s.addresses = std::vector<ip_address>{ip(edge ? "192.0.2.25" : "192.168.10.6")};
    s.certificates = {made.stored(edge ? "edge" : "second")};
    s.internal_transport_thumbprint = s.certificates[0].cert.thumbprint();
    s.receive_connectors = default_receive_connectors(s);
    connector().source_transport_servers = std::vector<std::string>{"TESTMS05"};
    all[0].servers.push_back(std::move(s));
    return all[0].servers.back();
}

void sound_world::hold(const std::string& id, std::uint32_t services, bool with_key) {
    testms05().certificates.push_back(made.stored(id, services, with_key));
}

diagnostics sound_world::of(std::string_view rule) const {
    diagnostics out;
    for (auto& d : review())
        if (d.rule == rule)
            out.push_back(d);
    return out;
}

std::string sound_world::rules_found() const {
    std::set<std::string> seen;
    std::string out;
    for (const auto& d : review())
        if (seen.insert(d.rule).second)
            out += (out.empty() ? "" : " ") + d.rule;
    return out;
}

std::string identifier(const certs::certificate& c) {
    return "<I>" + c.issuer() + "<S>" + c.subject();
}

bool says(const diagnostic& d, std::string_view part) {
    return d.message.find(part) != std::string::npos;
}

bool hints(const diagnostic& d, std::string_view part) {
    return d.hint.find(part) != std::string::npos;
}

} // namespace fixtures
