#include "sim/exchange/certificate_properties.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace connlab::exchange {

namespace {

struct service {
    std::uint32_t flag;
    char letter;
    std::string_view name;
};
constexpr std::array<service, 6> services_in_order = {{{service_imap, 'I', "IMAP"},
                                                       {service_pop, 'P', "POP"},
                                                       {service_um, 'U', "UM"},
                                                       {service_iis, 'W', "IIS"},
                                                       {service_smtp, 'S', "SMTP"},
                                                       {service_federation, 'F', "Federation"}}};

chain::verdict judged(const server& s, const stored_certificate& c, instant now) {
    chain::question q;
    q.leaf = c.cert;
    q.presented = c.sent_with;
    q.stores = &s.stores;
    q.at = now;
    chain::signature_memo memo;
    return chain::evaluate(q, memo).value;
}

} // namespace

std::string service_letters(std::uint32_t services) {
    std::string out;
    for (const auto& s : services_in_order)
        out += (services & s.flag) != 0 ? s.letter : '.';
    return out + '.';
}

std::string service_names(std::uint32_t services) {
    std::vector<std::string> names;
    for (const auto& s : services_in_order)
        if ((services & s.flag) != 0)
            names.emplace_back(s.name);
    return names.empty() ? "None" : join(names, ", ");
}

std::string status_of(const server& s, const stored_certificate& c, instant now) {
    if (now < c.cert.fields().not_before || now > c.cert.fields().not_after)
        return "DateInvalid";
    if (is_self_signed(c)) // also outside Root, as the Auth certificate shows (Schannel sheet 7.5)
        return "Valid";
    const auto v = judged(s, c, now);
    if (v.trusted())
        return "Valid";
    return v.policy == chain::policy_error::cert_e_untrustedroot ||
                   v.policy == chain::policy_error::cert_e_chaining
               ? "Untrusted"
               : "Invalid";
}

std::string root_ca_type(const server& s, const stored_certificate& c, instant now) {
    const auto anchor = judged(s, c, now).anchored_by;
    if (!anchor)
        return is_self_signed(c) ? "None" : "Unknown";
    switch (*anchor) {
    case chain::root_member::public_programme:
        return "ThirdParty";
    case chain::root_member::registry:
        return "Registry";
    case chain::root_member::enterprise:
        return "Enterprise";
    case chain::root_member::group_policy:
        return "GroupPolicy";
    }
    return "Unknown";
}

bool is_self_signed(const stored_certificate& c) {
    return c.cert.subject() == c.cert.issuer();
}

bool signs_with_sha1(const exchange_version& v) {
    const auto older_than = [&](std::string_view text) {
        const auto limit = parse_exchange_version(text);
        return limit && v.number < limit->number;
    };
    if (v.product == "Exchange2019")
        return older_than("Exchange2019 CU11");
    if (v.product == "Exchange2016")
        return older_than("Exchange2016 CU22");
    return v.product == "Exchange2013";
}

} // namespace connlab::exchange
