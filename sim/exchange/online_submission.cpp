#include "sim/exchange/online_submission.hpp"

#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/inbound_refusal.hpp"
#include "sim/exchange/online_front_end.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

trace::decided<inbound_verdict> judge_submission_version(const server& s, std::string_view tls_version) {
    trace::decided<inbound_verdict> out;
    out.why.question = "Is the client's TLS new enough for client submission?";
    cite(out.why, "negotiated", tls_version.empty() ? "no TLS" : std::string(tls_version));
    if (tls_version != "TLS1_0" && tls_version != "TLS1_1") {
        out.why.rule = "exchange.online.submission.version-accepted";
        out.why.answer = "yes";
        return concluded(std::move(out));
    }
    refuse(out, "exchange.online.submission.old-version", "OldTlsVersion",
           fmt::format("421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to "
                       "support TLS 1.2. Visit https://aka.ms/smtp_auth_tls. [{}]",
                       front_end_machine(s)));
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> judge_submission_sender(bool logged_on, const online_session_name& session) {
    trace::decided<inbound_verdict> out;
    out.why.question = "May the client submit a message?";
    cite(out.why, "AUTH", logged_on ? "logged on" : "not used");
    if (logged_on) {
        out.value.who = principal::user;
        out.value.auth_as = "Internal";
        out.why.rule = "exchange.online.submission.logged-on";
        out.why.answer = "yes";
    } else {
        refuse(out, "exchange.online.submission.anonymous", "NotAuthenticated",
               "530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM" +
                   suffix_of(session));
    }
    return concluded(std::move(out));
}

online_recipient judge_submitted_recipient(const std::vector<tenant>& all, std::string_view sender,
                                           std::string_view recipient, const online_session_name& session) {
    online_recipient out;
    const auto domain = mail_domain(sender);
    auto& whose = out.whose;
    whose.why.question = fmt::format("Whose message is one from {} to {}?", sender, recipient);
    cite(whose.why, "domain of MAIL FROM", std::string(domain));
    const auto owner =
        std::find_if(all.begin(), all.end(), [&](const tenant& t) { return t.accepts(domain); });
    whose.why.rule = "exchange.online.submission.tenant";
    if (owner != all.end()) {
        whose.value.direction = directionality::originating;
        whose.value.owner = &*owner;
        whose.why.answer = "Originating: submitted by a user of tenant " + owner->name;
    } else {
        whose.why.answer = "nobody's: no tenant accepts the sender's domain";
    }
    whose = concluded(std::move(whose));
    out.verdict = judge_submitted(whose.value, recipient, session);
    return out;
}

} // namespace connlab::exchange
