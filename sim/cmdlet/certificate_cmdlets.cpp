// Enable- and Remove-ExchangeCertificate (on-premises sheet 1.1).
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/certificate_work.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/exchange/parameter_values.hpp"

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

void fail_to_find(const work& w, const plain_arguments& given, const server& s,
                  const std::string& thumbprint) {
    w.fail_at(given, given.count("Thumbprint") > 0 ? "Thumbprint" : "Identity",
              fmt::format("The certificate with thumbprint {} was not found on {} (our wording)", thumbprint,
                          s.name));
}

/// A certificate is named by one of them.
bool names_one(const statement& s, const plain_arguments& given, error_list& errors) {
    const bool named = given.count("Thumbprint") + given.count("Identity") > 0;
    if (!named)
        errors.add(s.where, fmt::format("{} needs -Thumbprint: Get-ExchangeCertificate shows it", s.name));
    return named;
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

namespace {

const std::vector<plain_parameter> enable_certificate_parameters{
    {"Thumbprint", false, true},
    {"Identity"},
    {"Services"},
    {"Server"},
    {"Force", true},
    without_effect("DoNotRequireSsl", true),
    without_effect("Instance"),
    without_effect("NetworkServiceAllowed", true)};
const std::vector<plain_parameter> remove_certificate_parameters{
    {"Thumbprint", false, true}, {"Identity"}, {"Server"}, {"Force", true}};

} // namespace

server* certificate_server(const work& w, const plain_arguments& given) {
    const auto named = text_of(given, "Server");
    const auto& wanted = named.empty() ? w.in.console : named;
    std::vector<std::string> known;
    for (auto& s : w.draft.servers) {
        if (!s.is_exchange() || !is_in_reach(w.in, s))
            continue;
        if (wanted.empty() || ascii_iequal(wanted, s.name) || same_domain(wanted, *s.fqdn))
            return &s;
        known.push_back(s.name);
    }
    w.fail_at(given, "Server", fmt::format(server_not_found, wanted), did_you_mean(wanted, known));
    return nullptr;
}

std::optional<std::uint32_t> read_services(const value& services, error_list& errors) {
    using namespace exchange;
    static const flag_table table{{"IMAP", service_imap}, {"POP", service_pop},
                                  {"UM", service_um},     {"IIS", service_iis},
                                  {"SMTP", service_smtp}, {"Federation", service_federation},
                                  {"None", service_none}};
    std::uint32_t out = 0;
    for (const auto& item : texts_in(services))
        for (const auto& part : split(item.text, ',')) {
            const auto word = read_word(trim(part), words_of(table));
            if (!word) {
                errors.add(item.where, "`Services`: " + word.error,
                           did_you_mean(trim(part), words_of(table)));
                return std::nullopt;
            }
            for (const auto& [name, bit] : table)
                out |= name == *word ? bit : 0U;
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

namespace {

/// What the arguments alone can be wrong in. Absent: said so.
std::optional<std::uint32_t> services_to_enable(const statement& s, const plain_arguments& given,
                                                error_list& errors) {
    const auto services = given.find("Services");
    const bool named = names_one(s, given, errors);
    if (services == given.end())
        errors.add(s.where, s.name + " needs -Services", "for example -Services SMTP,IIS");
    const auto read = services == given.end() ? std::nullopt : read_services(services->second, errors);
    return named ? read : std::nullopt;
}

} // namespace

void check_enable_certificate(const statement& s, error_list& errors) {
    if (const auto given = bind_plain(s, enable_certificate_parameters, errors))
        services_to_enable(s, *given, errors);
}

void enable_certificate(const work& w) {
    const auto given = bind_plain(w.text, enable_certificate_parameters, w.errors);
    const auto services = given ? services_to_enable(w.text, *given, w.errors) : std::nullopt;
    auto* s = services ? certificate_server(w, *given) : nullptr;
    if (s == nullptr)
        return;
    auto* c = find(s->certificates, thumbprint_of(*given));
    if (c == nullptr)
        return fail_to_find(w, *given, *s, thumbprint_of(*given));
    if (!c->has_private_key())
        return w.fail_at(*given, "Thumbprint",
                         fmt::format("The certificate with thumbprint {} has no private key on {}: it cannot "
                                     "be enabled for a service (our wording)",
                                     c->cert.thumbprint(), s->name));
    say_what_has_no_effect(w, enable_certificate_parameters, *given);
    const auto before = c->services;
    c->services |= *services;
    if (c->services != before)
        w.changed(fmt::format("Certificate {} on {}: services added", c->cert.thumbprint(), s->name));
    ask_about_default(w, *s, *c, *services, is_on(*given, "Force"));
}

void check_remove_certificate(const statement& s, error_list& errors) {
    if (const auto given = bind_plain(s, remove_certificate_parameters, errors))
        names_one(s, *given, errors);
}

void remove_certificate(const work& w) {
    const auto given = bind_plain(w.text, remove_certificate_parameters, w.errors);
    auto* s = given && names_one(w.text, *given, w.errors) ? certificate_server(w, *given) : nullptr;
    if (s == nullptr)
        return;
    const auto thumbprint = ascii_upper(thumbprint_of(*given));
    const auto is_it = [&](const auto& one) { return ascii_iequal(one.cert.thumbprint(), thumbprint); };
    if (std::erase_if(s->pending_requests, is_it) > 0)
        return w.changed(fmt::format("Certificate request {} on {}: removed", thumbprint, s->name));
    const auto* c = find(s->certificates, thumbprint);
    if (c == nullptr)
        return fail_to_find(w, *given, *s, thumbprint);
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
    if (ascii_iequal(s->internal_transport_thumbprint, thumbprint))
        w.printed(
            fmt::format("WARNING: {} was the internal transport certificate of {}, whose thumbprint now "
                        "leads nowhere: no X-ANONYMOUSTLS between it and other Exchange servers (event "
                        "12013) until Enable-ExchangeCertificate -Services SMTP -Force or "
                        "New-ExchangeCertificate -Force names another one (our wording; whether "
                        "Exchange refuses the removal is not established)",
                        thumbprint, s->name));
}

} // namespace connlab::cmdlet
