#include "sim/transport/online_reception.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/online_enforcement.hpp"
#include "sim/exchange/online_front_end.hpp"
#include "sim/exchange/online_submission.hpp"

#include <fmt/format.h>

namespace connlab::transport {

online_reception::online_reception(const online_setting& where, session_log& log)
    : where_(where), log_(log), name_(exchange::front_end_name(where.server)),
      id_(exchange::online_session_id(where.server.name, to_string(where.client), where.begun)) {
    evidence_.peer = where.client;
}

std::string online_reception::banner() const {
    return fmt::format("220 {} Microsoft ESMTP MAIL Service ready at {} [{}]", name_, rfc_date(where_.begun),
                       id_);
}

std::optional<errand> online_reception::wanted(const exchange::inbound_facts& facts, const inquiry& so_far) {
    if (judged_)
        return std::nullopt;
    auto judged = exchange::judge_online_client(where_.server, facts, where_.rules, so_far.known());
    if (auto more = so_far.next(judged.value.wanted))
        return more;
    judged_ = std::move(judged);
    return std::nullopt;
}

void online_reception::judge_certificate(const exchange::inbound_facts& facts) {
    if (told_ && evidence_.tls == facts.tls)
        return;
    if (!facts.tls)
        judged_ = exchange::judge_online_client(where_.server, facts, where_.rules, where_.known);
    told_ = true;
    evidence_.tls = facts.tls;
    evidence_.certificate = facts.client_chain.empty() ? certs::certificate{} : facts.client_chain.front();
    evidence_.certificate_counts = judged_->value.counts;
    evidence_.certificate_fault = judged_->value.fault;
    if (!judged_->value.verdict.elements.empty())
        log_.chains.push_back(
            chain::view_of(judged_->value.verdict,
                           fmt::format("{}'s verdict on the client's certificate", where_.server.name)));
    log_.kept(*judged_);
    if (!facts.tls)
        judged_.reset(); // STARTTLS may follow
}

std::vector<std::string> online_reception::hello(const std::string& client_name,
                                                 const exchange::inbound_facts& facts, bool starttls) {
    hello_name_ = client_name;
    std::vector<std::string> lines{fmt::format("{} Hello [{}]", name_, to_string(where_.client))};
    for (auto& keyword : exchange::online_keywords(starttls && !facts.tls, facts.tls && takes_submissions()))
        lines.push_back(std::move(keyword));
    if (!facts.tls || takes_submissions())
        return lines;
    judge_certificate(facts);
    if (log_.kept(exchange::offers_originator_organization(where_.tenants, evidence_, where_.rules)))
        lines.emplace_back("XOORG");
    return lines;
}

bool online_reception::takes_submissions() const {
    return where_.port == exchange::submission_port;
}

exchange::online_session_name online_reception::session() const {
    return {exchange::front_end_machine(where_.server), log_.now, id_};
}

exchange::inbound_verdict online_reception::on_logon(std::string_view tls_version) {
    return log_.kept(exchange::judge_submission_version(where_.server, tls_version));
}

exchange::inbound_verdict online_reception::on_sender(std::string_view tls_version, bool logged_on) {
    logged_on_ = logged_on;
    if (!takes_submissions())
        return {};
    auto version = on_logon(tls_version);
    return version.accepted ? log_.kept(exchange::judge_submission_sender(logged_on, session())) : version;
}

exchange::online_recipient online_reception::judged_recipient(std::string_view sender,
                                                              std::string_view recipient) const {
    return logged_on_ ? exchange::judge_submitted_recipient(where_.tenants, sender, recipient, session())
                      : exchange::judge_online_recipient(where_.tenants, evidence_, sender, recipient,
                                                         session(), where_.rules);
}

exchange::inbound_verdict online_reception::on_recipient(std::string_view sender, std::string_view recipient,
                                                         const exchange::inbound_facts& facts) {
    judge_certificate(facts);
    sender_domain_ = mail_domain(sender);
    auto judged = judged_recipient(sender, recipient);
    log_.kept(judged.whose);
    log_.add_findings(judged.whose.value.findings);
    if (judged.partner)
        log_.kept(*judged.partner);
    auto verdict = log_.kept(judged.verdict);
    if (verdict.accepted)
        came_by_ = std::move(judged);
    return verdict;
}

exchange::inbound_verdict online_reception::on_message(std::string_view content) {
    if (auto judged = exchange::judge_server_version(*came_by_, content, session())) {
        auto verdict = log_.kept(std::move(*judged));
        if (!verdict.accepted)
            return verdict;
    }
    return log_.kept(exchange::judge_online_passes(content, where_.server, session()));
}

exchange::online_message online_reception::keep(std::string_view content) {
    return log_.kept(exchange::stamp_online_message(content, *came_by_, sender_domain_,
                                                    {name_, hello_name_, where_.client}));
}

} // namespace connlab::transport
