#include "sim/cmdlet/certificate_view.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/exchange/certificate_properties.hpp"
#include "sim/exchange/parameter_values.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::show_boolean;

view_object with(const exchange::server& s, const exchange::stored_certificate& c, std::string services,
                 std::string status, std::string root) {
    const auto& f = c.cert.fields();
    return {{"CertificateDomains", exchange::show_list(c.cert.domains())},
            {"FriendlyName", c.friendly_name},
            {"HasPrivateKey", show_boolean(c.has_private_key())},
            {"Identity", *s.fqdn + "\\" + c.cert.thumbprint()},
            {"IsSelfSigned", show_boolean(exchange::is_self_signed(c))},
            {"Issuer", c.cert.issuer()},
            {"NotAfter", date_time(f.not_after, s.where)},
            {"NotBefore", date_time(f.not_before, s.where)},
            {"PublicKeySize", std::to_string(f.key_bits)},
            {"RootCAType", std::move(root)},
            {"SerialNumber", f.serial},
            {"Services", std::move(services)},
            {"Status", std::move(status)},
            {"Subject", c.cert.subject()},
            {"Thumbprint", c.cert.thumbprint()}};
}

chain::verdict judged(const exchange::server& s, const exchange::stored_certificate& c, const shell& in) {
    if (in.known != nullptr)
        if (const auto known = in.known->find(s.name); known != in.known->end())
            return exchange::judge_own_chain(s, c, in.now, known->second).value;
    chain::signature_memo memo;
    return exchange::judge_own_chain(s, c, in.now, memo).value;
}

} // namespace

view_object view_of_certificate(const exchange::server& s, const exchange::stored_certificate& c,
                                const shell& in) {
    if (in.unreachable.count(s.name) !=
        0) // the directory knows the certificate, and only the server its chain
        return with(s, c, exchange::service_names(c.services), "Unknown", "Unknown");
    const auto verdict = judged(s, c, in);
    return with(s, c, exchange::service_names(c.services), exchange::status_of(c, verdict, in.now),
                exchange::root_ca_type(verdict));
}

view_object view_of_request(const exchange::server& s, const exchange::stored_certificate& c) {
    return with(s, c, "None", "PendingRequest", "Unknown");
}

void show_letters(view& v) {
    constexpr std::string_view names[] = {"IMAP", "POP", "UM", "IIS", "SMTP", "Federation"};
    for (auto& o : v.objects)
        for (auto& [name, text] : o)
            if (name == "Services") {
                std::string letters = ".......";
                for (std::size_t i = 0; i < std::size(names); ++i)
                    if (text.find(names[i]) != std::string::npos)
                        letters[i] = "IPUWSF"[i];
                text = letters;
            }
}

std::string printed_certificate(view_object o) {
    view v{{std::move(o)}, {"Thumbprint", "Services", "Subject"}};
    show_letters(v);
    return printed(v, layout::table, {});
}

} // namespace connlab::cmdlet
