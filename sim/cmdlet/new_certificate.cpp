// New-ExchangeCertificate (on-premises sheet 1.1): a self-signed certificate, or a request for one.
#include "certs/request.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/certificate_view.hpp"
#include "sim/cmdlet/certificate_work.hpp"
#include "sim/exchange/certificate_properties.hpp"
#include "sim/exchange/parameter_values.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;

constexpr std::string_view common_name_oid = "2.5.4.3";

std::string common_name_of(const certs::x500_name& name) {
    for (const auto& rdn : name.rdns)
        for (const auto& attribute : rdn)
            if (attribute.oid == common_name_oid)
                return attribute.value;
    return {};
}

/// The names of the certificate, each once: the CN is always one of them.
class name_list {
  public:
    void add(const std::string& name) {
        const auto same = [&](const std::string& other) { return ascii_iequal(other, name); };
        if (!name.empty() && std::none_of(names_.begin(), names_.end(), same))
            names_.push_back(name);
    }
    std::vector<std::string> take() && { return std::move(names_); }

  private:
    std::vector<std::string> names_;
};

std::vector<std::string> names_of(const work& w, const plain_arguments& given, const server& s,
                                  const std::string& common_name) {
    name_list names;
    names.add(common_name);
    if (const auto domains = given.find("DomainName"); domains != given.end())
        for (const auto& item : written(domains->second).items)
            for (const auto& one : split(item, ','))
                names.add(std::string(trim(one)));
    const bool includes = is_on(given, "IncludeServerNetBIOSName") || is_on(given, "IncludeServerFQDN") ||
                          is_on(given, "IncludeAcceptedDomains") || is_on(given, "IncludeAutoDiscover");
    const bool by_default = given.count("DomainName") == 0 && !includes;
    if (by_default || is_on(given, "IncludeServerNetBIOSName"))
        names.add(s.name);
    if (by_default || is_on(given, "IncludeServerFQDN"))
        names.add(*s.fqdn);
    for (const auto& domain : *w.draft.accepted_domains) {
        if (is_on(given, "IncludeAcceptedDomains"))
            names.add(domain);
        if (is_on(given, "IncludeAutoDiscover"))
            names.add("autodiscover." + domain);
    }
    return std::move(names).take();
}

std::optional<certs::x500_name> subject_of(const work& w, const plain_arguments& given, const server& s) {
    const auto written_name = given.find("SubjectName");
    auto name =
        certs::parse_x500_name(written_name == given.end() ? "CN=" + s.name : text_of(given, "SubjectName"));
    if (!name) {
        w.errors.add(written_name->second.where, fmt::format("`SubjectName`: {}", name.error),
                     "write it like \"CN=mail.contoso.com, O=Contoso, C=US\"");
        return std::nullopt;
    }
    return *name;
}

bool is_name(std::string_view name) {
    return is_domain_name(name) || is_wildcard_name(name);
}

/// Absent: said what is wrong.
std::optional<int> key_size_of(const work& w, const plain_arguments& given) {
    const auto size = given.find("KeySize");
    if (size == given.end())
        return 2048;
    const auto text = text_of(given, "KeySize");
    for (const auto bits : {1024, 2048, 4096})
        if (text == std::to_string(bits))
            return bits;
    w.errors.add(size->second.where, fmt::format("`KeySize`: `{}` is not one of 1024, 2048, 4096", text));
    return std::nullopt;
}

bool are_names(const work& w, const plain_arguments& given, const std::vector<std::string>& names) {
    const auto domains = given.find("DomainName");
    if (domains == given.end())
        return true;
    for (const auto& name : names)
        if (!is_name(name)) {
            w.errors.add(domains->second.where,
                         fmt::format("`DomainName`: `{}` is not a host name like mail.contoso.com or "
                                     "*.contoso.com",
                                     name));
            return false;
        }
    return true;
}

/// $true and $false alone; it says nothing here, since nothing is exported.
bool is_good_export_flag(const work& w, const plain_arguments& given) {
    const auto flag = given.find("PrivateKeyExportable");
    if (flag == given.end() || is_boolean(flag->second))
        return true;
    w.errors.add(flag->second.where, "`PrivateKeyExportable` takes $true or $false");
    return false;
}

/// Absent: said what is wrong.
std::optional<certs::certificate_recipe> recipe_of(const work& w, const plain_arguments& given, server& s) {
    const auto subject = subject_of(w, given, s);
    const auto bits = key_size_of(w, given);
    if (!subject || !bits || !is_good_export_flag(w, given))
        return std::nullopt;
    const auto names = names_of(w, given, s, common_name_of(*subject));
    if (!are_names(w, given, names))
        return std::nullopt;
    const auto id = fmt::format("{}/{}/{} {}", w.draft.name, s.name, w.text.name, ++s.certificates_made);
    auto out = certs::exchange_default(id, s.name, *s.fqdn, w.in.now, exchange::signs_with_sha1(s.version));
    out.subject = *subject;
    out.dns_names = names;
    out.key.bits = *bits;
    return out;
}

void keep_request(const work& w, server& s, const certs::certificate_recipe& recipe,
                  exchange::stored_certificate c) {
    const auto request = certs::certification_request(recipe, c.key);
    if (!request)
        return w.fail(request.error);
    w.printed(*request);
    w.changed(fmt::format("Certificate request for {} on {}: pending, {}", c.cert.subject(), s.name,
                          c.cert.thumbprint()));
    w.out.objects.push_back(view_of_request(s, c));
    s.pending_requests.push_back(std::move(c));
}

void keep_certificate(const work& w, server& s, exchange::stored_certificate c, std::uint32_t services,
                      bool force) {
    c.services = services;
    w.printed(printed_certificate(view_of_certificate(s, c, w.in)));
    w.changed(
        fmt::format("Certificate {} on {}: created, {}", c.cert.thumbprint(), s.name, c.cert.subject()));
    ask_about_default(w, s, c, services, force);
    w.out.objects.push_back(view_of_certificate(s, c, w.in));
    s.certificates.push_back(std::move(c));
}

/// A request is printed, wherever it is to be written.
const std::vector<plain_parameter> new_certificate_parameters{
    without_effect("BinaryEncoded", true),
    {"DomainName"},
    {"Force", true},
    {"FriendlyName"},
    {"GenerateRequest", true},
    {"IncludeAcceptedDomains", true},
    {"IncludeAutoDiscover", true},
    {"IncludeServerFQDN", true},
    {"IncludeServerNetBIOSName", true},
    without_effect("Instance"),
    {"KeySize"},
    without_effect("PrivateKeyExportable"),
    without_effect("RequestFile"),
    {"Server"},
    {"Services"},
    without_effect("SubjectKeyIdentifier"),
    {"SubjectName"},
};

/// What the arguments alone can be wrong in. Absent: said so.
std::optional<std::uint32_t> services_of(const plain_arguments& given, error_list& errors) {
    using namespace exchange;
    const auto services = given.find("Services");
    if (services == given.end())
        return std::uint32_t{service_imap | service_pop | service_smtp};
    if (!is_on(given, "GenerateRequest"))
        return read_services(services->second, errors);
    errors.add(services->second.where, "a request has no services: Enable-ExchangeCertificate gives them to "
                                       "the certificate (our wording)");
    return std::nullopt;
}

} // namespace

void check_new_certificate(const statement& s, error_list& errors) {
    if (const auto given = bind_plain(s, new_certificate_parameters, errors))
        services_of(*given, errors);
}

void new_certificate(const work& w) {
    const auto given = bind_plain(w.text, new_certificate_parameters, w.errors);
    const auto services = given ? services_of(*given, w.errors) : std::nullopt;
    auto* s = services ? certificate_server(w, *given) : nullptr;
    const auto recipe = s != nullptr ? recipe_of(w, *given, *s) : std::nullopt;
    if (!recipe)
        return;
    auto made = w.issued(*recipe);
    if (!made)
        return;
    made->friendly_name =
        given->count("FriendlyName") > 0 ? text_of(*given, "FriendlyName") : "Microsoft Exchange";
    made->mark = w.errors.mark(w.text.where);
    say_what_has_no_effect(w, new_certificate_parameters, *given);
    if (is_on(*given, "GenerateRequest"))
        keep_request(w, *s, *recipe, std::move(*made));
    else
        keep_certificate(w, *s, std::move(*made), *services, is_on(*given, "Force"));
}

} // namespace connlab::cmdlet
