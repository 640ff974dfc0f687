// Enable- and Remove-ExchangeCertificate (on-premises sheet 1.1).
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/certificate_work.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;
using exchange::stored_certificate;

/// The thumbprint alone, or behind the server's name.
std::string thumbprint_of(const plain_arguments& given) {
    const auto identity = text_of(given, given.count("Thumbprint") > 0 ? "Thumbprint" : "Identity");
    return identity.substr(identity.rfind('\\') + 1);
}

stored_certificate* find(std::vector<stored_certificate>& all, const std::string& thumbprint) {
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const auto& c) { return ascii_iequal(c.cert.thumbprint(), thumbprint); });
    return found == all.end() ? nullptr : &*found;
}

void fail_to_find(const work& w, const server& s, const std::string& thumbprint) {
    w.fail(fmt::format("The certificate with thumbprint {} was not found on {} (our wording)", thumbprint,
                       s.name));
}

/// Send connectors that name the certificate by issuer and subject.
std::vector<std::string> connectors_tagged(const work& w, const stored_certificate& c) {
    const auto identifier = "<I>" + c.cert.issuer() + "<S>" + c.cert.subject();
    std::vector<std::string> out;
    for (const auto& connector : w.draft.send_connectors)
        if (ascii_iequal(*connector.tls_certificate_name, identifier))
            out.push_back(connector.name);
    return out;
}

} // namespace

const std::vector<plain_parameter> enable_certificate_parameters{{"Thumbprint", false, true},
                                                                 {"Identity"},
                                                                 {"Services"},
                                                                 {"Server"},
                                                                 {"Force", true},
                                                                 {"DoNotRequireSsl", true},
                                                                 {"NetworkServiceAllowed", true}};
const std::vector<plain_parameter> remove_certificate_parameters{
    {"Thumbprint", false, true}, {"Identity"}, {"Server"}, {"Force", true}};

server* certificate_server(const work& w, const plain_arguments& given) {
    const auto wanted = text_of(given, "Server");
    for (auto& s : w.draft.servers)
        if (s.is_exchange() &&
            (wanted.empty() || ascii_iequal(wanted, s.name) || same_domain(wanted, *s.fqdn)))
            return &s;
    w.fail(fmt::format(not_found, wanted));
    return nullptr;
}

std::optional<std::uint32_t> services_of(const work& w, const plain_arguments& given,
                                         std::optional<std::uint32_t> usual) {
    using namespace exchange;
    static const std::pair<std::string_view, std::uint32_t> table[] = {
        {"IMAP", service_imap}, {"POP", service_pop},   {"UM", service_um},
        {"IIS", service_iis},   {"SMTP", service_smtp}, {"Federation", service_federation},
        {"None", service_none}};
    const auto services = given.find("Services");
    if (services == given.end()) {
        if (!usual)
            w.fail(w.text.name + " needs -Services");
        return usual;
    }
    std::uint32_t out = 0;
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

void ask_about_default(const work& w, server& s, const stored_certificate& c, std::uint32_t services,
                       bool force) {
    const auto& fresh = c.cert.thumbprint();
    if ((services & exchange::service_smtp) == 0 || ascii_iequal(s.internal_transport_thumbprint, fresh))
        return;
    if (!force)
        return w.printed(fmt::format(
            "Overwrite the existing default SMTP certificate? Current certificate: '{}'; replace it "
            "with certificate: '{}': No (the lab's answer; -Force says Yes)",
            s.internal_transport_thumbprint, fresh));
    w.changed(fmt::format("{}: InternalTransportCertificateThumbprint {} → {}", s.name,
                          s.internal_transport_thumbprint, fresh));
    s.internal_transport_thumbprint = fresh;
}

void enable_certificate(const work& w) {
    const auto given = bind_plain(w.text, enable_certificate_parameters, w.errors);
    auto* s = given ? certificate_server(w, *given) : nullptr;
    if (s == nullptr)
        return;
    auto* c = find(s->certificates, thumbprint_of(*given));
    if (c == nullptr)
        return fail_to_find(w, *s, thumbprint_of(*given));
    if (!c->has_private_key())
        return w.fail(fmt::format("The certificate with thumbprint {} has no private key on {}: it cannot be "
                                  "enabled for a service (our wording)",
                                  c->cert.thumbprint(), s->name));
    const auto services = services_of(w, *given, std::nullopt);
    if (!services)
        return;
    const auto before = c->services;
    c->services |= *services;
    if (c->services != before)
        w.changed(fmt::format("Certificate {} on {}: services added", c->cert.thumbprint(), s->name));
    ask_about_default(w, *s, *c, *services, is_on(*given, "Force"));
}

void remove_certificate(const work& w) {
    const auto given = bind_plain(w.text, remove_certificate_parameters, w.errors);
    auto* s = given ? certificate_server(w, *given) : nullptr;
    if (s == nullptr)
        return;
    const auto thumbprint = ascii_upper(thumbprint_of(*given));
    const auto is_it = [&](const auto& one) { return ascii_iequal(one.cert.thumbprint(), thumbprint); };
    if (std::erase_if(s->pending_requests, is_it) > 0)
        return w.changed(fmt::format("Certificate request {} on {}: removed", thumbprint, s->name));
    const auto* c = find(s->certificates, thumbprint);
    if (c == nullptr)
        return fail_to_find(w, *s, thumbprint);
    if (const auto tagged = connectors_tagged(w, *c); !tagged.empty())
        return w.fail(fmt::format("A special Rpc error occurs on server {}: These certificates are tagged "
                                  "with following Send Connectors : {}. "
                                  "Removing and replacing certificates from Send Connector would break the "
                                  "mail flow. If you still want to "
                                  "proceed then replace or remove these certificates from Send Connector and "
                                  "then try this command.",
                                  s->name, join(tagged, ", ")));
    std::erase_if(s->certificates, is_it);
    w.changed(fmt::format("Certificate {} on {}: removed", thumbprint, s->name));
}

} // namespace connlab::cmdlet
