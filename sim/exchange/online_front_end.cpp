#include "sim/exchange/online_front_end.hpp"

#include "sim/exchange/deciding.hpp"

namespace connlab::exchange {

std::string front_end_name(const server& s) {
    return s.name + ".mail.protection.outlook.com";
}

std::string front_end_machine(const server& s) {
    return s.name + ".eurprd04.prod.outlook.com";
}

std::vector<std::string> online_keywords(bool starttls, bool logon) {
    std::vector<std::string> out{"SIZE 157286400", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES"};
    if (starttls)
        out.emplace_back("STARTTLS");
    if (logon)
        out.emplace_back("AUTH LOGIN XOAUTH2");
    for (const auto* keyword : {"8BITMIME", "BINARYMIME", "CHUNKING", "SMTPUTF8"})
        out.emplace_back(keyword);
    return out;
}

trace::decided<bool> offers_originator_organization(const std::vector<tenant>& all, const online_evidence& e,
                                                    const behavior& b) {
    trace::decided<bool> out{false, {}};
    out.why.rule = "exchange.online.xoorg";
    out.why.question = "Is XOORG offered to the client?";
    for (const auto& t : all)
        for (const auto& c : t.inbound_connectors) {
            if (!c.on_premises() || !*c.enabled || c.tls_sender_certificate_name->empty())
                continue;
            const bool matched =
                e.certificate_counts &&
                match_sender_certificate(e.certificate, *c.tls_sender_certificate_name, b).matched;
            const bool offered = matched && *c.cloud_services_mail_enabled;
            consider(out.why, t.name + ": " + c.name, offered,
                     offered   ? "its certificate name is on the certificate"
                     : matched ? "CloudServicesMailEnabled is False"
                               : "its certificate name is not on a certificate that counts");
            out.value = out.value || offered;
        }
    out.why.answer = out.value ? "yes" : "no";
    cite(out.why, "client certificate",
         e.certificate_counts ? join(e.certificate.domains(), ", ") : e.certificate_fault);
    return out; // not among the assumptions of a flow: no outcome rests on the keyword
}

} // namespace connlab::exchange
