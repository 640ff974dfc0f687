// The side of AD LDS, and what the Credential Service of an Edge does.
#include "certs/base64.hpp"
#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/edge_sync_session.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

edge_frame success() {
    return {"0 success", {}};
}

edge_frame no_such_object() {
    return {"32 noSuchObject", {}};
}

/// `NAME PASSWORD`, as BIND and COMPARE have them.
struct claim {
    std::string user_name;
    std::string password;
};
claim claim_in(std::string_view argument) {
    const auto blank = argument.find(' ');
    return {std::string(argument.substr(0, blank)),
            blank == std::string_view::npos ? std::string{} : std::string(argument.substr(blank + 1))};
}

const edge_account* account_of(const edge_directory& d, std::string_view user_name) {
    for (const auto& a : d.accounts)
        if (ascii_iequal(a.user_name, user_name))
            return &a;
    return nullptr;
}

/// Why an account is not let in; empty: it is.
std::string objection_to(const edge_account* a, const claim& who, instant now) {
    if (a == nullptr)
        return "there is no such account";
    if (now < a->effective)
        return "it is effective from " + format_instant(a->effective);
    if (now >= a->expiration)
        return "it expired at " + format_instant(a->expiration);
    return a->password == who.password ? "" : "the password is another one";
}

} // namespace

edge_frame adlds_session::bind(std::string_view argument) {
    const auto who = claim_in(argument);
    const auto against = objection_to(account_of(edge_.adlds, who.user_name), who, now_);
    trace::decided<bool> out{against.empty(), {}};
    out.why.question = fmt::format("Does AD LDS of {} let {} in?", edge_.name, who.user_name);
    out.why.rule = out.value ? "exchange.edge-sync.bind-accepted" : "exchange.edge-sync.bind-refused";
    out.why.answer = out.value ? "yes" : "no: " + against;
    for (const auto& a : edge_.adlds.accounts)
        consider(out.why, a.user_name, out.value && ascii_iequal(a.user_name, who.user_name),
                 fmt::format("from {} to {}", format_instant(a.effective), format_instant(a.expiration)));
    decisions_.push_back(concluded(std::move(out)).why);
    bound_ = against.empty();
    return bound_ ? success() : edge_frame{"49 invalidCredentials", {}};
}

edge_frame adlds_session::compare(std::string_view argument) const {
    const auto who = claim_in(argument);
    const auto* a = account_of(edge_.adlds, who.user_name);
    if (a == nullptr)
        return no_such_object();
    return {a->password == who.password ? "6 compareTrue" : "5 compareFalse", {}};
}

edge_frame adlds_session::search() const {
    auto out = success();
    for (const auto& e : edge_.adlds.entries)
        out.content += fmt::format("{} {}\n", certs::sha256_hex(e.attributes), e.name);
    return out;
}

edge_frame adlds_session::store(const edge_frame& request, std::string_view name) {
    const edge_entry fresh{std::string(name), request.content};
    const auto stored = store_entry(edge_, fresh, ad_);
    if (stored)
        return success();
    trace::decision d;
    d.rule = "exchange.edge-sync.entry-refused";
    d.question = fmt::format("Does AD LDS of {} take {}?", edge_.name, name);
    d.answer = "no: " + stored.error;
    cite(d, "TlsCertificateName",
         fmt::format("{} characters", attribute_of(fresh, "TlsCertificateName").size()));
    decisions_.push_back(std::move(d));
    return {"19 constraintViolation", stored.error};
}

edge_frame adlds_session::on(const edge_frame& request) {
    const auto blank = std::min(request.head.find(' '), request.head.size());
    const auto verb = request.head.substr(0, blank);
    const auto argument = request.head.substr(std::min(blank + 1, request.head.size()));
    if (verb == "BIND")
        return bind(argument);
    if (!bound_)
        return {"50 insufficientAccessRights", {}};
    if (verb == "SEARCH")
        return search();
    if (verb == "COMPARE")
        return compare(argument);
    if (verb == "ADD" || verb == "MODIFY")
        return store(request, argument);
    if (verb != "DELETE")
        return {"2 protocolError", {}};
    delete_entry(edge_, argument);
    return success();
}

void adlds_session::make_account(const edge_entry& credential) {
    edge_credential c;
    c.user_name = credential.name.substr(3, credential.name.size() - 3 - credentials_container.size());
    c.password = certs::base64_decoded(attribute_of(credential, "Password")).value_or(std::string{});
    const auto effective = parse_instant(attribute_of(credential, "EffectiveTime"));
    const auto expiration = parse_instant(attribute_of(credential, "ExpirationTime"));
    if (account_of(edge_.adlds, c.user_name) != nullptr || !effective || !expiration || now_ >= *expiration)
        return;
    auto password = decrypt_credential(edge_, c, damaged_);
    decisions_.push_back(std::move(password.why));
    if (!password.value)
        events_.push_back(edge_account_not_renewed(c.user_name, password.value.error));
    else
        edge_.adlds.accounts.push_back({c.user_name, *password.value, *effective, *expiration});
}

void adlds_session::finish() {
    if (!bound_)
        return;
    for (const auto& e : edge_.adlds.entries)
        if (lies_in(e, credentials_container))
            make_account(e);
    std::erase_if(edge_.adlds.accounts, [&](const edge_account& a) { return now_ >= a.expiration; });
}

} // namespace connlab::exchange
