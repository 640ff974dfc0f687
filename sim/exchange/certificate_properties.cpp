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

trace::decided<chain::verdict> judge_own_chain(const server& s, const stored_certificate& c, instant now,
                                               const chain::evidence& known) {
    chain::question q;
    q.leaf = c.cert;
    q.presented = c.sent_with;
    q.stores = &s.stores;
    q.at = now;
    q.usage = certs::eku_server_auth;
    q.revocation.scope = chain::revocation_scope::chain_excluding_root;
    q.revocation.mode = known.revocation;
    q.answers = known.answers;
    q.cache = known.cache;
    return chain::evaluate(q, known.memo);
}

std::string status_of(const stored_certificate& c, const chain::verdict& v, instant now) {
    using enum chain::policy_error;
    if (now < c.cert.fields().not_before || now > c.cert.fields().not_after)
        return "DateInvalid";
    if (is_self_signed(c)) // even where it is not in Root
        return "Valid";
    switch (v.policy) {
    case none:
        return "Valid";
    case crypt_e_revoked:
        return "Revoked";
    case cert_e_untrustedroot:
        return "Untrusted";
    case cert_e_expired:
        return "DateInvalid";
    case crypt_e_no_revocation_check:
    case crypt_e_revocation_offline: // a certificate that names no place to ask fails nothing (README item 5)
        return (v.error & chain::is_offline_revocation) != 0 ? "RevocationCheckFailure" : "Valid";
    case trust_e_cert_signature:
    case cert_e_chaining:
    case cert_e_wrong_usage:
    case cert_e_invalid_name:
    case cert_e_invalid_policy:
    case trust_e_basic_constraints:
    case cert_e_critical:
    case cert_e_cn_no_match:
        break;
    }
    return "Invalid";
}

std::string root_ca_type(const chain::verdict& v) {
    if (!v.anchored_by)
        return "None";
    switch (*v.anchored_by) {
    case chain::root_member::public_programme:
        return "ThirdParty";
    case chain::root_member::registry:
        return "Registry";
    case chain::root_member::enterprise:
        return "Enterprise";
    case chain::root_member::group_policy:
        return "GroupPolicy";
    }
    return "None";
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
