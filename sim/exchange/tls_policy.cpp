// What a Send connector demands of TLS, answered before a connection is opened (on-premises
// sheet 2.4, 2.5, 4.2).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool holds(const std::vector<std::string>& list, std::string_view domain) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& d) { return same_domain(d, domain); });
}

/// Domain Security needs both the list and the connector; a half is worth a finding (reference README, item
/// 16).
void apply_domain_security(trace::decided<tls_policy>& out, const organization& o, const send_connector& c,
                           std::string_view domain) {
    tls_policy& p = out.value;
    const auto& list = o.transport.tls_send_domain_secure_list;
    const bool listed = holds(*list, domain);
    const auto not_in_force = [&](std::string why) {
        p.findings.push_back("Domain Security is not in force for " + std::string(domain) + ": " +
                             std::move(why));
    };
    if (!listed) {
        if (*c.domain_secure_enabled && (c.domain_secure_enabled.configured() || !list->empty()))
            not_in_force("the domain is not in TLSSendDomainSecureList");
        return;
    }
    if (!*c.domain_secure_enabled)
        return not_in_force("DomainSecureEnabled of Send connector " + c.name + " is False");
    if (!*c.dns_routing_enabled)
        return not_in_force("Send connector " + c.name + " routes through smart hosts");
    if (*c.frontend_proxy_enabled) {
        rests_on(out.why, "exchange.domain-security.front-end-proxy");
        return not_in_force("Send connector " + c.name +
                            " sends through the Front End proxy, where it is not supported");
    }
    if (*c.ignore_starttls) {
        rests_on(out.why, "exchange.domain-security.ignore-starttls");
        return not_in_force("IgnoreSTARTTLS of Send connector " + c.name + " is True");
    }
    p.domain_secure = true;
    p.domain = std::string(domain);
    p.must_use_tls = true;
    p.check_chain = true;
    p.check_name = true;
    out.why.rule = "exchange.domain-security.sending";
    cite(out.why, "TLSSendDomainSecureList of " + o.name, join(*list, ", "), list.mark);
    cite(out.why, of_connector("DomainSecureEnabled", c), "True", c.domain_secure_enabled.mark);
    cite(out.why, of_connector("DNSRoutingEnabled", c), "True", c.dns_routing_enabled.mark);
    cite(out.why, of_connector("IgnoreSTARTTLS", c), "False", c.ignore_starttls.mark);
}

void apply_domain_validation(trace::decided<tls_policy>& out, const send_connector& c,
                             std::string_view domain) {
    tls_policy& p = out.value;
    const bool given = !c.tls_domain->empty();
    p.check_name = true;
    p.reference_names = {given ? *c.tls_domain : std::string(domain)};
    p.reference_source = given ? "TlsDomain" : "recipient domain";
    if (given) {
        cite(out.why, of_connector("TlsDomain", c), *c.tls_domain, c.tls_domain.mark);
        out.why.rule = "exchange.level.domain-validation";
    } else {
        cite(out.why, "recipient domain", std::string(domain));
        out.why.rule = "exchange.level.domain-validation-recipient";
    }
}

void apply_level(trace::decided<tls_policy>& out, const send_connector& c, std::string_view domain) {
    if (!c.level->has_value())
        return;
    const tls_auth_level level = **c.level;
    out.value.must_use_tls = true;
    cite(out.why, of_connector("TlsAuthLevel", c), std::string(to_string(level)), c.level.mark);
    switch (level) {
    case tls_auth_level::encryption_only:
        out.why.rule = "exchange.level.encryption-only";
        break;
    case tls_auth_level::certificate_validation:
        out.why.rule = "exchange.level.certificate-validation";
        out.value.check_chain = true;
        break;
    case tls_auth_level::domain_validation:
        out.value.check_chain = true;
        apply_domain_validation(out, c, domain);
        break;
    }
}

void apply_smart_host_auth(trace::decided<tls_policy>& out, const send_connector& c) {
    if (*c.smart_host_auth_mechanism != smart_host_auth::basic_auth_require_tls)
        return;
    out.value.must_use_tls = true;
    out.value.exact_names = *c.smart_hosts;
    cite(out.why, of_connector("SmartHostAuthMechanism", c), "BasicAuthRequireTLS",
         c.smart_host_auth_mechanism.mark);
    if (!c.level->has_value())
        out.why.rule = "exchange.policy.basic-auth-require-tls";
}

std::string answer_of(const tls_policy& p) {
    if (!p.try_starttls)
        return p.must_use_tls ? "TLS is required and never tried" : "clear text, STARTTLS is never tried";
    if (!p.must_use_tls)
        return "TLS when it is offered, nothing checked";
    std::string checks;
    if (p.check_chain)
        checks += ", chain checked";
    if (!p.reference_names.empty())
        checks += ", name checked: " + join(p.reference_names, " or ") + " (" + p.reference_source + ")";
    if (!p.exact_names.empty())
        checks += ", name checked: " + join(p.exact_names, " or ") + " (smart host)";
    return "TLS is required" + (checks.empty() ? ", nothing checked" : checks);
}

} // namespace

trace::decided<tls_policy> outbound_tls_policy(const organization& o, const send_connector& c,
                                               std::string_view recipient_domain, const behavior&) {
    trace::decided<tls_policy> out;
    tls_policy& p = out.value;
    out.why.question =
        fmt::format("What does Send connector {} demand of TLS for {}?", c.name, recipient_domain);
    out.why.rule = "exchange.policy.opportunistic";
    p.must_use_tls = *c.require_tls;
    if (*c.require_tls) {
        out.why.rule = "exchange.policy.require-tls";
        cite(out.why, of_connector("RequireTLS", c), "True", c.require_tls.mark);
    }
    apply_smart_host_auth(out, c);
    apply_level(out, c, recipient_domain);
    apply_domain_security(out, o, c, recipient_domain);
    if (p.domain_secure && c.level->has_value()) // both checks apply
        rests_on(out.why, "exchange.domain-security.with-level");
    if (p.domain_secure && p.reference_names.empty()) {
        p.reference_names = {p.domain};
        p.reference_source = "domain-secured domain";
    }
    if (*c.ignore_starttls) {
        p.try_starttls = false;
        out.why.rule = "exchange.policy.ignore-starttls";
        cite(out.why, of_connector("IgnoreSTARTTLS", c), "True", c.ignore_starttls.mark);
    } else if (*c.force_helo) {
        p.try_starttls = false;
        out.why.rule = "exchange.policy.force-helo";
        cite(out.why, of_connector("ForceHELO", c), "True", c.force_helo.mark);
    }
    if (out.why.because.empty())
        cite(out.why, of_connector("RequireTLS", c), "False", c.require_tls.mark);
    out.why.answer = answer_of(p);
    return concluded(std::move(out));
}

trace::decided<tls_policy> partner_tls_policy(const server& s, std::string_view recipient_domain,
                                              std::string_view host) {
    trace::decided<tls_policy> out;
    tls_policy& p = out.value;
    p.partner = true;
    out.why.question = fmt::format("What does {} demand of TLS for {}?", s.name, recipient_domain);
    const auto& level = s.partner.tls_level;
    switch (*level) {
    case smtp_tls_level::none:
        out.why.rule = "exchange.smtp-partner.level-none";
        p.try_starttls = false;
        break;
    case smtp_tls_level::may:
        out.why.rule = "exchange.smtp-partner.level-may";
        p.may_fall_back = true;
        break;
    case smtp_tls_level::encrypt:
        out.why.rule = "exchange.smtp-partner.level-encrypt";
        p.must_use_tls = true;
        break;
    case smtp_tls_level::verify:
        out.why.rule = "exchange.smtp-partner.level-verify";
        p.must_use_tls = p.check_chain = p.check_name = true;
        p.reference_names = {std::string(host)};
        p.reference_source = "MX host";
        break;
    case smtp_tls_level::secure:
        // Postfix matches the next-hop domain and anything below it.
        out.why.rule = "exchange.smtp-partner.level-secure";
        p.must_use_tls = p.check_chain = p.check_name = true;
        p.reference_names = {std::string(recipient_domain), "." + std::string(recipient_domain)};
        p.reference_source = "recipient domain";
        break;
    }
    cite(out.why, "TlsLevel of " + s.name, std::string(to_string(*level)), level.mark);
    out.why.answer = answer_of(p);
    return concluded(std::move(out));
}

} // namespace connlab::exchange
