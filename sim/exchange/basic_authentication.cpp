#include "sim/exchange/basic_authentication.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

void cite_mechanism(trace::decision& d, const send_connector& c) {
    cite(d, of_connector("SmartHostAuthMechanism", c), std::string(to_string(*c.smart_host_auth_mechanism)),
         c.smart_host_auth_mechanism.mark);
}

} // namespace

bool uses_basic_authentication(const send_connector& c) {
    return *c.smart_host_auth_mechanism == smart_host_auth::basic_auth ||
           *c.smart_host_auth_mechanism == smart_host_auth::basic_auth_require_tls;
}

trace::decided<send_verdict> judge_logon_offer(const send_connector& c, std::string_view offered, bool tls,
                                               std::string_view smart_host) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("Does {} log on to {}?", c.name, smart_host);
    const auto words = split(offered, ' ');
    const bool login = std::any_of(words.begin(), words.end(),
                                   [](const std::string& w) { return ascii_iequal(w, "LOGIN"); });
    cite_mechanism(out.why, c);
    if (*c.authentication_credential)
        cite(out.why, of_connector("AuthenticationCredential", c), "set (its content is never kept)",
             c.authentication_credential.mark);
    cite(out.why, "AUTH of " + std::string(smart_host),
         offered.empty() ? "not offered" : std::string(offered));
    if (login) {
        out.value.action = send_action::authenticate;
        out.why.rule = tls ? "exchange.basic-auth.inside-tls" : "exchange.basic-auth.in-clear";
        out.why.answer = tls ? "AUTH LOGIN inside TLS" : "AUTH LOGIN in clear text";
        return concluded(std::move(out));
    }
    out.value.action = send_action::queue;
    out.value.reason = "AuthNotOffered";
    out.value.reply = "451 4.7.0 The smart host offers no authentication that this connector can use";
    out.value.our_text = out.value.bare = true;
    out.why.rule = "exchange.basic-auth.not-offered";
    out.why.answer = "queued: AUTH LOGIN is not offered";
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_logon(const send_connector& c, std::string_view reply, bool accepted,
                                         std::string_view smart_host) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("Did {} let {} in?", smart_host, c.name);
    cite(out.why, "reply to AUTH LOGIN", std::string(reply));
    out.why.rule = accepted ? "exchange.basic-auth.accepted" : "exchange.basic-auth.refused";
    out.why.answer = accepted ? "yes" : "no: back to the queue";
    if (!accepted) {
        out.value.action = send_action::queue;
        out.value.reason = "LogonDenied";
        out.value.reply = std::string(reply);
        out.value.events.push_back(smart_host_logon_failed(c.name, smart_host, reply));
    }
    return concluded(std::move(out));
}

bool offers_login(const server& s, const receive_connector& c, bool tls) {
    if (!s.is_exchange())
        return s.logon.mark.known();
    return (*c.auth & auth_basic) != 0 && (tls || (*c.auth & auth_basic_require_tls) == 0);
}

bool offers_integrated(const server& s, const receive_connector& c, std::string_view mechanism) {
    return s.is_exchange() && (*c.auth & auth_integrated) != 0 &&
           (mechanism == "NTLM" || (mechanism == "GSSAPI" && *c.enable_auth_gssapi));
}

std::string down_level_name(const organization& o, std::string_view user) {
    if (user.find('\\') != std::string_view::npos)
        return std::string(user);
    return fmt::format("{}\\{}", ascii_upper(o.name), user.substr(0, user.find('@')));
}

trace::decided<inbound_verdict> judge_user(const server& s, const receive_connector& c, std::string_view user,
                                           const ip_address& remote) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("May {} log on to {}?", user, c.name);
    cite(out.why, "Logon of " + s.name, *s.logon ? "Accepts" : "Refuses", s.logon.mark);
    out.why.rule = "exchange.user.logon";
    out.why.answer = *s.logon ? "yes, by the scenario's word" : "no, by the scenario's word";
    if (!*s.logon) {
        out.value.accepted = false;
        out.value.reason = "LogonDenied";
        out.value.reply = s.role == server_role::smtp ? "535 5.7.8 Error: authentication failed"
                                                      : "535 5.7.3 Authentication unsuccessful";
        if (s.is_exchange())
            out.value.events.push_back(inbound_authentication_failed("LogonDenied", c.name, "Login", remote));
    }
    return concluded(std::move(out));
}

} // namespace connlab::exchange
