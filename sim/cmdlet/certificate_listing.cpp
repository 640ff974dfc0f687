// What Get-ExchangeCertificate finds.
#include "sim/cmdlet/certificate_view.hpp"
#include "sim/cmdlet/listing.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/edge_replication.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;

/// Those with a private key; with -DomainName in the order in which Exchange would choose for a connector of
/// that FQDN.
std::vector<const exchange::stored_certificate*> certificates_of(const server& s, const std::string& domain,
                                                                 instant now) {
    std::vector<const exchange::stored_certificate*> out;
    for (const auto& c : s.certificates)
        if (c.has_private_key())
            out.push_back(&c);
    if (domain.empty())
        return out;
    exchange::receive_connector asked;
    asked.fqdn = domain;
    chain::signature_memo memo;
    const auto chosen =
        exchange::select_starttls_certificate(s, asked, now, exchange::behavior{}, memo).value.certificate;
    std::erase_if(out, [&](const auto* c) {
        return !exchange::match_names(c->cert, {domain}, exchange::behavior{}).matched;
    });
    std::stable_partition(out.begin(), out.end(), [&](const auto* c) { return c == chosen; });
    return out;
}

} // namespace

const std::vector<plain_parameter> certificate_parameters{
    {"Thumbprint", false, true}, {"Identity"}, {"Server"}, {"DomainName"}};

view certificates(const query& q) {
    view out{{}, {"Thumbprint", "Services", "Subject"}};
    auto wanted = text_of(q.given, "Thumbprint");
    if (wanted.empty())
        wanted = text_of(q.given, "Identity");
    const auto servers = servers_asked(q);
    if (servers.empty())
        return out;
    const auto* here = // without -Server the shell looks at the server it runs on
        q.given.count("Server") > 0 ? nullptr : exchange::find_server(q.in.organization, q.in.console);
    const auto& s = here != nullptr && here->is_exchange() ? *here : *servers.front();
    const auto is_wanted = [&](const exchange::stored_certificate& c) {
        const auto& thumbprint = c.cert.thumbprint();
        return is_meant(wanted, s.name + "\\" + thumbprint, thumbprint) ||
               matches_pattern(*s.fqdn + "\\" + thumbprint, wanted);
    };
    const auto domain = text_of(q.given, "DomainName");
    for (const auto* c : certificates_of(s, domain, q.in.now))
        if (is_wanted(*c))
            out.objects.push_back(view_of_certificate(s, *c, q.in));
    for (const auto& c : s.pending_requests)
        if (domain.empty() && is_wanted(c))
            out.objects.push_back(view_of_request(s, c));
    return out;
}

} // namespace connlab::cmdlet
