#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

namespace shells {

organization_and_queues::organization_and_queues() {
    organization.name = "Varunagroup";
    organization.accepted_domains = std::vector<std::string>{"varunagroup.de"};
    exchange::server s;
    s.name = "TESTMS05";
    s.organization = organization.name;
    s.fqdn = std::string("testms05.varunagroup.de");
    s.receive_connectors = exchange::default_receive_connectors(s);
    s.implicit_connectors = exchange::implicit_receive_connectors(s);
    organization.servers.push_back(s);
    exchange::send_connector c;
    c.name = "To Contoso";
    c.address_spaces = std::vector<exchange::address_space>{{"SMTP", "contoso.com", 1}};
    c.tls_domain = std::string("mx.contoso.com");
    c.require_tls = true;
    c.level = std::optional(exchange::tls_auth_level::domain_validation);
    organization.send_connectors.push_back(c);
    c = {};
    c.name = "Internet";
    c.address_spaces = std::vector<exchange::address_space>{{"SMTP", "*", 10}};
    organization.send_connectors.push_back(c);
    trace::queue_record q;
    q.server = "TESTMS05";
    q.identity = "TESTMS05\\3";
    q.delivery_type = "DnsConnectorDelivery";
    q.next_hop_domain = "contoso.com";
    q.status = "Retry";
    q.message_count = 1;
    q.last_error = "421 4.2.1 Unable to connect";
    queues.push_back(q);
}

instant now() {
    return *parse_instant("2024-06-03T09:00:00Z");
}

cmdlet::result organization_and_queues::run(std::string_view text) {
    const auto issue = [this](const certs::certificate_recipe& recipe) { return issued(recipe); };
    return cmdlet::run(text, {"x.yaml", 1, 1, 1}, cmdlet::shell{organization, now(), queues, issue});
}

exchange::stored_certificate organization_and_queues::issue(const certs::certificate_recipe& recipe) {
    return *issued(recipe);
}

parsed<exchange::stored_certificate>
organization_and_queues::issued(const certs::certificate_recipe& recipe) {
    static const auto pool = *certs::key_pool::open(certs::key_pool::default_folder());
    if (certificates_.count(recipe.id) == 0) {
        auto fresh = certs::forge_one_more(recipes_, certificates_, recipe, *pool);
        if (!fresh)
            return parsed<exchange::stored_certificate>::fail(fresh.error);
        recipes_.push_back(recipe);
        certificates_.emplace(recipe.id, std::move(*fresh));
    }
    exchange::stored_certificate out;
    out.name = recipe.id;
    out.cert = certificates_.at(recipe.id).cert;
    out.key = certificates_.at(recipe.id).key;
    return parsed<exchange::stored_certificate>::ok(std::move(out));
}

std::string organization_and_queues::output(std::string_view text) {
    const auto r = run(text);
    for (const auto& f : r.findings)
        BOOST_ERROR(f.message);
    return r.output;
}

std::string organization_and_queues::changes(std::string_view text) {
    const auto r = run(text);
    for (const auto& f : r.findings)
        BOOST_ERROR(f.message);
    return r.changed;
}

std::string organization_and_queues::refusal(std::string_view text) {
    const auto connectors = organization.send_connectors.size();
    const auto r = run(text);
    BOOST_TEST(r.changed.empty());
    BOOST_TEST(r.queue_commands.empty());
    BOOST_TEST(organization.send_connectors.size() == connectors);
    BOOST_REQUIRE(!r.findings.empty());
    return r.findings.front().message;
}

} // namespace shells
