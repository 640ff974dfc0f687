#include "sim/scenario/default_certificate.hpp"

#include "sim/exchange/certificate_properties.hpp"
#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

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
