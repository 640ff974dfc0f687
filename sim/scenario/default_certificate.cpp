#include "sim/scenario/default_certificate.hpp"

#include "sim/exchange/certificate_properties.hpp"
#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

namespace {

constexpr const char* authentication = "Microsoft Exchange Server Auth Certificate";
constexpr const char* web_management = "WMSVC-SHA2";
constexpr const char* delegation = "Exchange Delegation Federation";

} // namespace

const key_table<default_certificate_draft>& default_certificate_keys() {
    using default_key = key<default_certificate_draft>;
    static const key_table<default_certificate_draft> table{
        default_key("Made", point_in_time(),
                    "when setup made it; it lasts five years. Default: a year before the clock",
                    [](default_certificate_draft& d, const node& n, reading&) {
                        d.made = *parse_instant(n.text);
                        d.made_mark = n.mark();
                    }),
        default_key("Services", one_or_list(text()),
                    "services it is enabled for; default IMAP, POP, IIS and SMTP",
                    [](default_certificate_draft& d, const node& n, reading& r) {
                        read_services(d.as_certificate.services, n, r);
                    }),
        default_key("PrivateKey", boolean(), "false: its private key is gone",
                    [](default_certificate_draft& d, const node& n, reading&) {
                        d.as_certificate.private_key = is_true(n);
                    }),
    };
    return table;
}

const std::vector<std::string>& setup_certificate_words() {
    static const std::vector<std::string> words{authentication, web_management, delegation};
    return words;
}

std::vector<declared_certificate> certificates_by_setup(const node& names, const exchange::server& s,
                                                        reading& r) {
    const auto made = r.world.clock - 365 * day;
    std::vector<declared_certificate> out;
    for (const auto* n : entries(names)) {
        auto& c = out.emplace_back();
        c.mark = n->mark();
        c.friendly_name = n->text;
        const auto of_all =
            s.organization + "/" + c.friendly_name; // one for the organization, on each server
        if (n->text == authentication) {
            c.services = exchange::service_smtp;
            c.recipe = certs::exchange_auth(of_all, made, exchange::signs_with_sha1(s.version));
        } else if (n->text == delegation) {
            c.services = exchange::service_federation;
            c.recipe = certs::federation(of_all, made);
        } else {
            c.recipe = certs::wmsvc(s.organization + "/" + s.name + "/" + c.friendly_name, s.name, made);
        }
    }
    return out;
}

declared_certificate default_certificate(const node* settings, const exchange::server& s, reading& r) {
    default_certificate_draft d;
    auto& c = d.as_certificate;
    c.services =
        exchange::service_imap | exchange::service_pop | exchange::service_iis | exchange::service_smtp;
    if (settings != nullptr)
        read_keys(*settings, "DefaultCertificate", settings->mark(), default_certificate_keys(), d, r);
    c.friendly_name = "Microsoft Exchange";
    c.default_certificate = true;
    if (d.made_mark.known()) // how old it is: the mapping may stand in a base file
        c.mark = d.made_mark;
    else
        c.mark = settings != nullptr ? settings->mark() : s.mark;
    c.recipe = certs::exchange_default(s.organization + "/" + s.name + "/" + c.friendly_name, s.name,
                                       s.fqdn.value, d.made.value_or(r.world.clock - 365 * day),
                                       exchange::signs_with_sha1(s.version));
    return c;
}

} // namespace connlab::scenario
