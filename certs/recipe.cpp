#include "certs/recipe.hpp"

namespace connlab::certs {
namespace {

constexpr std::string_view common_name = "2.5.4.3";

x500_name named(std::string value) {
    return x500_name{{{name_attribute{std::string(common_name), std::move(value)}}}};
}

std::vector<std::string> usages(std::initializer_list<std::string_view> oids) {
    return {oids.begin(), oids.end()};
}

/// The same day and time of another year; 29 February becomes the 28th where there is none.
instant years_later(instant at, int years) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    auto date = std::chrono::year_month_day(day) + std::chrono::years(years);
    if (!date.ok())
        date = date.year() / date.month() / std::chrono::last;
    return std::chrono::sys_days(date) + (at - day);
}

/// What the certificates that Exchange setup makes have in common (schannel-windows-pki 7.5): RSA 2048,
/// usages, no key identifiers (assumed: the recorded ones are described without).
certificate_recipe made_by_setup(std::string id, x500_name subject, instant made, instant not_after) {
    certificate_recipe r;
    r.id = std::move(id);
    r.subject = std::move(subject);
    r.not_before = made;
    r.not_after = not_after;
    r.key_usage = static_cast<std::uint16_t>(digital_signature | key_encipherment);
    r.extended_key_usage = usages({eku_server_auth});
    r.basic = basic_constraints{};
    r.subject_key_identifier = false;
    return r;
}

certificate_recipe authority(std::string id, std::string issuer, x500_name subject, instant not_before,
                             instant not_after) {
    certificate_recipe r;
    r.id = std::move(id);
    r.issuer = std::move(issuer);
    r.subject = std::move(subject);
    r.not_before = not_before;
    r.not_after = not_after;
    r.key_usage = static_cast<std::uint16_t>(key_cert_sign | crl_sign);
    r.basic = basic_constraints{true, std::nullopt};
    return r;
}

} // namespace

certificate_recipe root_ca(std::string id, x500_name subject, instant not_before, instant not_after) {
    return authority(std::move(id), {}, std::move(subject), not_before, not_after);
}

certificate_recipe intermediate_ca(std::string id, std::string issuer, x500_name subject, instant not_before,
                                   instant not_after) {
    return authority(std::move(id), std::move(issuer), std::move(subject), not_before, not_after);
}

certificate_recipe server_leaf(std::string id, std::string issuer, x500_name subject,
                               std::vector<std::string> dns_names, instant not_before, instant not_after) {
    certificate_recipe r;
    r.id = std::move(id);
    r.issuer = std::move(issuer);
    r.subject = std::move(subject);
    r.dns_names = std::move(dns_names);
    r.not_before = not_before;
    r.not_after = not_after;
    r.key_usage = static_cast<std::uint16_t>(digital_signature | key_encipherment);
    r.extended_key_usage = usages({eku_server_auth, eku_client_auth});
    r.basic = basic_constraints{};
    return r;
}

certificate_recipe ocsp_signer(std::string id, std::string issuer, x500_name subject, instant not_before,
                               instant not_after) {
    auto r = server_leaf(std::move(id), std::move(issuer), std::move(subject), {}, not_before, not_after);
    r.key_usage = static_cast<std::uint16_t>(digital_signature);
    r.extended_key_usage = usages({eku_ocsp_signing});
    r.ocsp_no_check = true;
    return r;
}

certificate_recipe exchange_default(std::string id, const std::string& netbios, const std::string& fqdn,
                                    instant made, bool sha1) {
    auto r = made_by_setup(std::move(id), named(netbios), made, years_later(made, 5));
    r.dns_names = {netbios, fqdn};
    r.hash = sha1 ? "SHA1" : "SHA256";
    return r;
}

certificate_recipe exchange_auth(std::string id, instant made, bool sha1) {
    auto r = made_by_setup(std::move(id), named("Microsoft Exchange Server Auth Certificate"), made,
                           made + std::chrono::days(1800));
    r.hash = sha1 ? "SHA1" : "SHA256";
    return r;
}

certificate_recipe wmsvc(std::string id, const std::string& netbios, instant made) {
    auto r = made_by_setup(std::move(id), named("WMSvc-SHA2-" + netbios), made, years_later(made, 10));
    r.key_usage = static_cast<std::uint16_t>(digital_signature | key_encipherment | data_encipherment);
    r.key_usage_critical = false;
    r.basic.reset();
    return r;
}

certificate_recipe federation(std::string id, instant made) {
    return made_by_setup(std::move(id), named("Federation"), made, years_later(made, 5));
}

} // namespace connlab::certs
