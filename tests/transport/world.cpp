#include "tests/transport/world.hpp"

#include <algorithm>

namespace connlab::transport::tests {

namespace {

site site_of(std::string organization, std::string domain, std::string server, std::string fqdn,
             std::string_view address, const std::string& certificate) {
    site out;
    out.organization.name = std::move(organization);
    out.organization.accepted_domains = std::vector<std::string>{std::move(domain)};
    auto& s = out.server;
    s.name = std::move(server);
    s.organization = out.organization.name;
    s.version.text = "Exchange2019 CU12";
    s.version.product = "Exchange2019";
    s.version.number = {15, 2, 1118, 7};
    s.fqdn = std::move(fqdn);
    s.addresses = std::vector<ip_address>{*parse_ip_address(address)};
    s.transport_tls = s.front_end_tls = {tls::exchange2019_setup(), tls::exchange2019_setup()};
    s.certificates = {stored(certificate)};
    s.stores = trust();
    return out;
}

} // namespace

instant noon() {
    return *parse_instant("2024-06-03T12:00:00Z");
}

site varunagroup() {
    return site_of("Varunagroup", "varunagroup.de", "TESTMS05", "testms05.varunagroup.de", "192.168.10.5",
                   "own");
}

site contoso() {
    return site_of("Contoso", "contoso.com", "MX", "mail.contoso.com", "203.0.113.25", "good");
}

sender::sender() {
    connector.name = "To Contoso";
    connector.address_spaces = std::vector<exchange::address_space>{{"SMTP", "contoso.com", 1}};
}

receiver::receiver() {
    connector.name = "Internet";
    connector.server = "MX";
    connector.bindings = std::vector<endpoint>{*parse_endpoint("0.0.0.0:25", 25)};
    connector.remote_ip_ranges = std::vector<ip_range>{*parse_ip_range("0.0.0.0-255.255.255.255")};
    connector.auth = std::uint32_t{exchange::auth_tls};
    connector.permissions = std::uint32_t{exchange::group_anonymous_users};
}

bool account::said(std::string_view part) const {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& l) { return l.find(part) != std::string::npos; });
}

std::size_t account::count(std::string_view beginning) const {
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const std::string& l) { return l.starts_with(beginning); }));
}

std::vector<int> account::event_ids() const {
    std::vector<int> out;
    for (const auto& e : events)
        out.push_back(e.id);
    return out;
}

trace::handshake_view completed_view() {
    trace::handshake_view out;
    out.attempted = out.completed = true;
    out.version = "TLS1_2";
    out.suite = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    out.group = "P-384";
    return out;
}

} // namespace connlab::transport::tests
