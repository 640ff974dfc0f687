// Enable- and Remove-ExchangeCertificate (on-premises sheet 1.1).
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/object_work.hpp"
#include "sim/cmdlet/plain_arguments.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;
using exchange::stored_certificate;

server* server_of(const work& w, const plain_arguments& given) {
    const auto wanted = text_of(given, "Server");
    for (auto& s : w.draft.servers)
        if (s.is_exchange() &&
            (wanted.empty() || ascii_iequal(wanted, s.name) || same_domain(wanted, *s.fqdn)))
            return &s;
    w.fail(fmt::format(not_found, wanted));
    return nullptr;
}

const std::vector<plain_parameter> enable_parameters{
    {"Thumbprint", false, true},    {"Services"}, {"Server"}, {"Force", true}, {"DoNotRequireSsl", true},
    {"NetworkServiceAllowed", true}};

stored_certificate* certificate_of(const work& w, server& s, const std::string& thumbprint) {
    for (auto& c : s.certificates)
        if (ascii_iequal(c.cert.thumbprint(), thumbprint))
            return &c;
    w.fail(fmt::format("The certificate with thumbprint {} was not found on {} (our wording)", thumbprint,
                       s.name));
    return nullptr;
}

std::optional<std::uint32_t> services_of(const work& w, const plain_arguments& given) {
    using namespace exchange;
    static const std::pair<std::string_view, std::uint32_t> table[] = {
        {"IMAP", service_imap}, {"POP", service_pop},   {"UM", service_um},
        {"IIS", service_iis},   {"SMTP", service_smtp}, {"Federation", service_federation},
        {"None", service_none}};
    std::uint32_t out = 0;
    const auto services = given.find("Services");
    if (services == given.end()) {
        w.fail("Enable-ExchangeCertificate needs -Services");
        return std::nullopt;
    }
    for (const auto& item : written(services->second).items)
        for (const auto& word : split(item, ',')) {
            const auto known = std::find_if(std::begin(table), std::end(table), [&](const auto& row) {
                return ascii_iequal(row.first, trim(word));
            });
            if (known == std::end(table)) {
                w.errors.add(
                    services->second.where,
                    fmt::format("`Services`: `{}` is not one of IMAP, POP, UM, IIS, SMTP, Federation, None",
                                word));
                return std::nullopt;
            }
            out |= known->second;
        }
    return out;
}

} // namespace

void enable_certificate(const work& w) {
    const auto given = bind_plain(w.text, enable_parameters, w.errors);
    auto* s = given ? server_of(w, *given) : nullptr;
    auto* c = s != nullptr ? certificate_of(w, *s, text_of(*given, "Thumbprint")) : nullptr;
    const auto services = c != nullptr ? services_of(w, *given) : std::nullopt;
    if (!services)
        return;
    const auto before = c->services;
    c->services |= *services;
    if (c->services != before)
        w.changed(fmt::format("Certificate {} on {}: services added", c->cert.thumbprint(), s->name));
    const bool asks = (*services & exchange::service_smtp) != 0 &&
                      !ascii_iequal(s->internal_transport_thumbprint, c->cert.thumbprint());
    if (!asks)
        return;
    if (is_on(*given, "Force")) {
        w.changed(fmt::format("{}: InternalTransportCertificateThumbprint {} → {}", s->name,
                              s->internal_transport_thumbprint, c->cert.thumbprint()));
        s->internal_transport_thumbprint = c->cert.thumbprint();
    } else {
        w.printed(fmt::format(
            "Overwrite the existing default SMTP certificate? Current certificate: '{}'; replace it "
            "with certificate: '{}': No (the lab's answer; -Force says Yes)",
            s->internal_transport_thumbprint, c->cert.thumbprint()));
    }
}

void remove_certificate(const work& w) {
    const auto given =
        bind_plain(w.text, {{"Thumbprint", false, true}, {"Server"}, {"Force", true}}, w.errors);
    auto* s = given ? server_of(w, *given) : nullptr;
    auto* c = s != nullptr ? certificate_of(w, *s, text_of(*given, "Thumbprint")) : nullptr;
    if (c == nullptr)
        return;
    const auto identifier = "<I>" + c->cert.issuer() + "<S>" + c->cert.subject();
    std::vector<std::string> tagged;
    for (const auto& connector : w.draft.send_connectors)
        if (ascii_iequal(*connector.tls_certificate_name, identifier))
            tagged.push_back(connector.name);
    if (!tagged.empty())
        return w.fail(fmt::format("A special Rpc error occurs on server {}: These certificates are tagged "
                                  "with following Send Connectors : {}. "
                                  "Removing and replacing certificates from Send Connector would break the "
                                  "mail flow. If you still want to "
                                  "proceed then replace or remove these certificates from Send Connector and "
                                  "then try this command.",
                                  s->name, join(tagged, ", ")));
    const auto thumbprint = c->cert.thumbprint();
    std::erase_if(s->certificates, [&](const auto& one) { return &one == c; });
    w.changed(fmt::format("Certificate {} on {}: removed", thumbprint, s->name));
}

} // namespace connlab::cmdlet
