// What a server advertises (on-premises sheet 3.6) and how it greets (3.7).
#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/online_front_end.hpp"
#include "sim/exchange/replies.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool has(const receive_connector& c, auth_mechanism m) {
    return (*c.auth & m) != 0;
}

bool is_2019_or_later(const server& s) {
    return s.version.product == "Exchange2019" || s.version.product == "ExchangeSE";
}

/// The services behind the Front End, and Edge. Their lists in 2016 and later are not public: assumed like
/// the Front End's, with SIZE without value and XSHADOWREQUEST.
bool is_behind_front_end(const receive_connector& c) {
    return *c.role != transport_role::frontend_transport;
}

std::string size_keyword(const receive_connector& c) {
    return *c.size_enabled == 1 ? fmt::format("SIZE {}", *c.max_message_size) : "SIZE";
}

/// Empty: no AUTH line. LOGIN waits for TLS when BasicAuthRequireTLS is set.
std::string auth_keyword(const receive_connector& c, bool tls_active) {
    std::vector<std::string> mechanisms;
    if (has(c, auth_integrated)) {
        if (*c.enable_auth_gssapi)
            mechanisms.emplace_back("GSSAPI");
        mechanisms.emplace_back("NTLM");
    }
    if (has(c, auth_basic) && (tls_active || !has(c, auth_basic_require_tls)))
        mechanisms.emplace_back("LOGIN");
    return mechanisms.empty() ? std::string{} : "AUTH " + join(mechanisms, " ");
}

/// After X-ANONYMOUSTLS one more mechanism, as a Hub of Exchange 2010 lists it.
std::string exchange_mechanisms(const server& s, bool anonymous_active) {
    if (s.role == server_role::edge)
        return "X-EXPS NTLM";
    return anonymous_active ? "X-EXPS EXCHANGEAUTH GSSAPI NTLM" : "X-EXPS GSSAPI NTLM";
}

std::vector<std::string> exchange_keywords(const server& s, const receive_connector& c,
                                           const ehlo_facts& now) {
    const bool tls_active = now.tls_active;
    std::vector<std::string> out;
    const auto say = [&](bool when, std::string keyword) {
        if (when && !keyword.empty())
            out.push_back(std::move(keyword));
    };
    const bool exchange_auth = has(c, auth_exchange_server);
    const bool hub_2013 = s.version.product == "Exchange2013" && is_behind_front_end(c);
    say(*c.size_enabled != 0, size_keyword(c));
    say(*c.pipelining_enabled, "PIPELINING");
    say(*c.delivery_status_notification_enabled, "DSN");
    say(*c.enhanced_status_codes_enabled, "ENHANCEDSTATUSCODES");
    say(now.starttls && !tls_active && has(c, auth_tls), "STARTTLS");
    say(now.anonymous_tls && !tls_active && exchange_auth && !*c.suppress_x_anonymous_tls, "X-ANONYMOUSTLS");
    say(true, auth_keyword(c, tls_active));
    say(exchange_auth, exchange_mechanisms(s, now.anonymous_active));
    say(exchange_auth && now.anonymous_active, "X-EXCHANGEAUTH SHA256");
    say(*c.eight_bit_mime_enabled, "8BITMIME");
    say(*c.binary_mime_enabled, "BINARYMIME");
    say(*c.chunking_enabled, "CHUNKING");
    say(is_2019_or_later(s) && *c.smtp_utf8_enabled, "SMTPUTF8");
    say(*c.long_addresses_enabled, "XLONGADDR"); // the place of these two is not public
    say(*c.orar_enabled, "XORAR");
    say(hub_2013, "XEXCH50");
    say(exchange_auth && s.role != server_role::edge, "XRDST");
    say(exchange_auth && is_behind_front_end(c), "XSHADOWREQUEST");
    return out;
}

std::vector<std::string> plain_keywords(const server& s, const ehlo_facts& now) {
    std::vector<std::string> out{"PIPELINING", "SIZE 10240000"};
    if (now.starttls && *s.partner.offer_starttls && !now.tls_active)
        out.emplace_back("STARTTLS");
    if (s.logon.mark.known())
        out.emplace_back("AUTH LOGIN");
    for (const auto* keyword : {"ENHANCEDSTATUSCODES", "8BITMIME", "DSN", "SMTPUTF8", "CHUNKING"})
        out.emplace_back(keyword);
    return out;
}

} // namespace

std::vector<std::string> ehlo_keywords(const server& s, const receive_connector& c, const ehlo_facts& now) {
    switch (s.role) {
    case server_role::mailbox:
    case server_role::edge:
        return exchange_keywords(s, c, now);
    case server_role::smtp:
        return plain_keywords(s, now);
    case server_role::exchange_online:
        return online_keywords(now.starttls && *s.partner.offer_starttls && !now.tls_active);
    }
    return {};
}

std::string banner(const server& s, const receive_connector& c, instant now) {
    if (s.role == server_role::smtp)
        return fmt::format("220 {} ESMTP", announced_name(s, c));
    if (!c.banner->empty())
        return *c.banner;
    return fmt::format("220 {} Microsoft ESMTP MAIL Service ready at {}", announced_name(s, c),
                       rfc_date(now, s.where.zone));
}

} // namespace connlab::exchange
