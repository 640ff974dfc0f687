#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace fixtures {

namespace {

const certs::key_pool& pool() {
    static const auto opened = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_REQUIRE_MESSAGE(opened, opened.error);
    return **opened;
}

certs::x500_name name(const std::string& text) {
    const auto read = certs::parse_x500_name(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

bool in_catalogue(std::string_view id) {
    for (const auto* rules : {&exchange::rules(), &chain::rules()})
        if (std::any_of(rules->begin(), rules->end(), [&](const trace::rule& r) { return r.id == id; }))
            return true;
    return false;
}

} // namespace

instant at(std::string_view iso) {
    const auto read = parse_instant(iso);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

ip_address ip(std::string_view text) {
    return *parse_ip_address(text);
}
endpoint where(std::string_view text) {
    return *parse_endpoint(text, 25);
}
ip_range range(std::string_view text) {
    return *parse_ip_range(text);
}

pki::pki() {
    const auto begin = at("2015-01-01");
    const auto end = at("2035-01-01");
    for (const auto* id : {"Public", "Private", "Unknown"})
        recipes_.push_back(certs::root_ca(id, name(std::string("CN=") + id + " Root, O=Lab"), begin, end));
    recipes_.push_back(certs::intermediate_ca("Issuing", "Public", name("CN=Issuing CA, O=Lab"), begin, end));
}

certs::certificate_recipe& pki::leaf(const std::string& id, const std::string& issuer,
                                     const std::string& subject, std::vector<std::string> dns_names) {
    recipes_.push_back(certs::server_leaf(id, issuer, name(subject), std::move(dns_names), at("2024-01-01"),
                                          at("2025-01-01")));
    return recipes_.back();
}

certs::certificate_recipe& pki::self_signed(const std::string& id, const std::string& cn,
                                            std::vector<std::string> dns_names) {
    recipes_.push_back(
        certs::exchange_default(id, cn, dns_names.empty() ? cn : dns_names.back(), at("2022-01-01"), false));
    recipes_.back().dns_names = std::move(dns_names);
    return recipes_.back();
}

void pki::issue() {
    auto all = certs::forge(recipes_, pool());
    BOOST_REQUIRE_MESSAGE(all, all.error);
    forged_ = std::move(*all);
}

const certs::issued& pki::issued(const std::string& id) const {
    return forged_.by_id.at(id);
}

const certs::certificate& pki::cert(const std::string& id) const {
    return forged_.by_id.at(id).cert;
}

std::vector<certs::certificate> pki::chain(const std::string& id) const {
    // A root that is neither known nor sent would leave the chain incomplete instead of untrusted.
    const bool untrusted = cert(id).issuer() == cert("Unknown").subject();
    return {cert(id), cert(untrusted ? "Unknown" : "Issuing")};
}

exchange::stored_certificate pki::stored(const std::string& id, std::uint32_t services, bool with_key) const {
    exchange::stored_certificate s;
    s.name = id;
    s.cert = cert(id);
    if (with_key)
        s.key = forged_.by_id.at(id).key;
    s.sent_with = {cert("Issuing")};
    s.services = services;
    return s;
}

chain::store pki::trusting_public_and_private() const {
    chain::store s;
    s.roots = {{cert("Public"), chain::root_member::public_programme},
               {cert("Private"), chain::root_member::registry}};
    return s;
}

exchange::server testms05() {
    exchange::server s;
    s.name = "TESTMS05";
    s.organization = "Varunagroup";
    s.role = exchange::server_role::mailbox;
    s.version.text = "Exchange2019 CU12";
    s.version.product = "Exchange2019";
    s.fqdn = std::string("testms05.varunagroup.de");
    s.addresses = std::vector<ip_address>{ip("192.168.10.5")};
    return s;
}

exchange::server contoso_mx() {
    exchange::server s;
    s.name = "MX";
    s.organization = "Contoso";
    s.role = exchange::server_role::smtp;
    s.fqdn = std::string("mail.contoso.com");
    return s;
}

exchange::organization varunagroup() {
    exchange::organization o;
    o.name = "Varunagroup";
    o.accepted_domains = std::vector<std::string>{"varunagroup.de"};
    return o;
}

exchange::send_connector sending_to(std::string name, std::vector<exchange::address_space> spaces) {
    exchange::send_connector c;
    c.name = std::move(name);
    c.address_spaces = std::move(spaces);
    return c;
}

exchange::send_connector to_contoso() {
    return sending_to("To Contoso", {{"SMTP", "contoso.com", 1}});
}

exchange::receive_connector internet_connector(std::string name) {
    exchange::receive_connector c;
    c.name = std::move(name);
    c.server = "TESTMS05";
    c.bindings = std::vector<endpoint>{where("0.0.0.0:25"), where("[::]:25")};
    c.remote_ip_ranges = std::vector<ip_range>{range("0.0.0.0-255.255.255.255"),
                                               range("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")};
    c.auth = std::uint32_t{exchange::auth_tls};
    c.permissions = std::uint32_t{exchange::group_anonymous_users};
    return c;
}

void is_complete(const trace::decision& d) {
    BOOST_TEST(in_catalogue(d.rule), "rule `" << d.rule << "` of: " << d.question);
    BOOST_TEST(!d.question.empty());
    BOOST_TEST(!d.answer.empty(), d.rule);
    for (const auto& id : d.assumed)
        BOOST_TEST(in_catalogue(id), "assumption " << id);
    for (const auto& r : exchange::rules())
        if (r.id == d.rule && r.level == trace::confidence::assumed)
            BOOST_TEST(rests_on(d, r.id), r.id);
    const auto chosen =
        std::count_if(d.considered.begin(), d.considered.end(), [](const auto& c) { return c.chosen; });
    BOOST_TEST(chosen <= 1);
    for (const auto& c : d.considered)
        BOOST_TEST((c.chosen || !c.why.empty()), c.name);
}

bool rests_on(const trace::decision& d, std::string_view rule) {
    return std::find(d.assumed.begin(), d.assumed.end(), rule) != d.assumed.end();
}

std::string fate(const trace::decision& d, std::string_view candidate) {
    for (const auto& c : d.considered)
        if (c.name == candidate)
            return c.chosen ? "chosen" : c.why;
    return "not considered";
}

std::vector<int> ids(const std::vector<exchange::event>& events) {
    std::vector<int> out;
    for (const auto& e : events)
        out.push_back(e.id);
    return out;
}

} // namespace fixtures
