#include "tests/exchange/edge_world.hpp"

#include "sim/exchange/edge_credential.hpp"

#include <boost/test/unit_test.hpp>

namespace fixtures {

using namespace exchange;

edge_world::edge_world() : o(varunagroup()) {
    for (const auto* id : {"edge", "ms05", "ms06", "other"})
        certificates.self_signed(id, id, {std::string(id) + ".varunagroup.de"});
    certificates.issue();
    auto second = testms05();
    second.name = "TESTMS06";
    second.fqdn = std::string("testms06.varunagroup.de");
    auto front = testms05();
    front.name = "EDGE01";
    front.role = server_role::edge;
    front.fqdn = std::string("edge01.varunagroup.de");
    front.version.build = "15.2.1118.7";
    o.servers = {testms05(), second, front};
    set_default(ms05(), "ms05");
    set_default(ms06(), "ms06");
    set_default(edge(), "edge");
    auto c = to_contoso();
    c.source_transport_servers = std::vector<std::string>{"EDGE01"};
    o.send_connectors = {c};
}

void edge_world::set_default(server& s, const std::string& id) {
    s.certificates.push_back(certificates.stored(id));
    s.internal_transport_thumbprint = certificates.cert(id).thumbprint();
}

edge_subscription_file edge_world::exported(instant when) {
    auto file = export_edge_subscription(edge(), when, bootstrap_lifetime);
    BOOST_REQUIRE_MESSAGE(file, file.error);
    return *file;
}

std::vector<std::string> edge_world::imported(const std::string& xml, const std::string& site, instant when) {
    const edge_import how{site, true, true, {}};
    const auto judged = judge_subscription_file(o, xml, how, when);
    is_complete(judged.why);
    if (judged.value.errors.empty()) {
        const auto made = import_edge_subscription(o, judged.value.file, how, when);
        BOOST_REQUIRE_MESSAGE(made, made.error);
    }
    return judged.value.errors;
}

void edge_world::subscribe(instant when) {
    BOOST_TEST(imported(to_xml(exported(when)), "Default-First-Site-Name", when).empty());
}

edge_sync_outcome edge_world::synchronize(server& by, instant when) {
    auto& e = subscription();
    renew_edge_credentials(o, e, when);
    edge_sync_session client(o, e, by, when, false);
    adlds_session adlds(edge(), o, when, false);
    const auto* own = internal_certificate(edge());
    auto request = client.on_certificate({own->cert});
    while (request)
        request = client.on(adlds.on(*request));
    adlds.finish();
    for (const auto& d : client.outcome().decisions)
        is_complete(d);
    note_edge_session(o, e, by.name, client.outcome(), when);
    refresh_direct_trust(o);
    return client.outcome();
}

} // namespace fixtures
