#include "sim/transport/receiving_session.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/direct_trust.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/limits.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/replies.hpp"
#include "sim/transport/protocol_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::transport {

receiving_session::receiving_session(const session_setting& where)
    : where_(where), inquiry_(where.known, where.server.stores.engine.timeouts) {
    log_.server = where.server.name;
    log_.now = where.begun;
    log_.decisions = &where.decisions;
    connector_ =
        log_.kept(exchange::select_receive_connector(where.server, where.local, where.remote.address));
    if (connector_ == nullptr)
        return;
    if (where.server.role == exchange::server_role::mailbox &&
        *connector_->role == exchange::transport_role::frontend_transport)
        log_.event_source = exchange::front_end_event_source;
    choose_certificates();
    if (!where.organization.tenants.empty() && where.server.role == exchange::server_role::exchange_online)
        online_.emplace(online_setting{where_.organization.tenants, where_.server, where_.rules, where_.known,
                                       where_.remote.address, where_.local.port, where_.begun},
                        log_);
    smtp::inbound_options options;
    options.banner = online_ ? online_->banner() : exchange::banner(where.server, *connector_, where.begun);
    if (where.server.role != exchange::server_role::smtp)
        options.extra_parameters = {"XOORG"}; // comes from those it was offered to
    options.replies = exchange::replies_for(where.server);
    options.max_message = *connector_->max_message_size;
    options.max_recipients = *connector_->max_recipients_per_message;
    options.max_errors = *connector_->max_protocol_errors;
    options.require_domain = *connector_->require_ehlo_domain;
    options.chunking = *connector_->chunking_enabled;
    options.passes_on = where.passes_on;
    options.max_logon_failures = *connector_->max_logon_failures;
    smtp_ = std::make_unique<smtp::inbound_session>(std::move(options),
                                                    static_cast<smtp::inbound_policy&>(*this));
}

void receiving_session::choose_certificates() {
    starttls_ = log_.kept(exchange::select_starttls_certificate(where_.server, *connector_, where_.begun,
                                                                where_.rules, where_.known));
    log_.add(starttls_.events);
    if ((*connector_->auth & exchange::auth_exchange_server) != 0) {
        internal_ =
            log_.kept(exchange::select_internal_certificate(where_.server, where_.begun, where_.rules));
        log_.add(internal_.events);
    }
}

turn receiving_session::on(const smtp::event& e, instant now) {
    log_.now = now;
    if (auto wanted = wanted_before(e)) {
        held_ = e;
        return {{}, std::move(wanted)};
    }
    if (std::holds_alternative<smtp::connected>(e))
        note_rights(who_);
    // Nobody is served longer than ConnectionTimeout, however active it is.
    const bool over = time_left() <= duration::zero() && std::holds_alternative<smtp::line_received>(e);
    const auto taken = accepted_.size();
    turn out{over ? smtp_->on(smtp::timed_out{}) : smtp_->on(e)};
    if (over)
        follow(log_.kept(exchange::end_connection(*connector_, std::string(trim(out.send)))));
    else if (where_.server.is_exchange() && refuses_size(out))
        follow(log_.kept(exchange::refuse_size(*connector_, std::string(trim(out.send)))));
    out.pause = tarpit(out);
    if (out.pause > duration::zero())
        note_tarpit(log_, where_.server.version, out.pause, trim(out.send));
    if (accepted_.size() > taken && where_.server.role == exchange::server_role::edge &&
        !exchange::works_by_adlds(where_.server))
        out.pause += log_.kept(exchange::acknowledgement_delay(where_.server, *connector_));
    return out;
}

turn receiving_session::on_retrieved(chain::retrieved answer, instant now) {
    inquiry_.on_retrieved(std::move(answer));
    return on(smtp::event(held_), now);
}

/// The client's certificate is judged at the first line inside STARTTLS; in X-ANONYMOUSTLS nobody looks at a
/// chain.
std::optional<errand> receiving_session::wanted_before(const smtp::event& e) {
    const auto& s = where_.server;
    if (!std::holds_alternative<smtp::line_received>(e) || smtp_->upgraded_by() != smtp::verb::starttls)
        return std::nullopt;
    if (online_)
        return online_->wanted(facts(true), inquiry_);
    if (client_judged_ || !s.is_exchange())
        return std::nullopt;
    auto judged = exchange::judge_client_chain(s, facts(true), where_.rules, inquiry_.known());
    if (auto wanted = inquiry_.next(judged.value.wanted))
        return wanted;
    const auto granted =
        exchange::evaluate_domain_capabilities(s, *connector_, facts(true), where_.rules, inquiry_.known());
    if (auto wanted = inquiry_.next(granted.value.wanted))
        return wanted;
    client_judged_ = std::move(judged);
    return std::nullopt;
}

bool receiving_session::refuses_size(const smtp::turn& t) const {
    return t.send.starts_with(exchange::replies_for(where_.server).message_too_big);
}

/// Refusals for good are delayed, failed logons by an interval of their own.
duration receiving_session::tarpit(const smtp::turn& t) const {
    if (!where_.server.is_exchange() || !t.send.starts_with('5'))
        return {};
    return t.send.starts_with("535") ? *connector_->auth_tarpit_interval : *connector_->tarpit_interval;
}

void receiving_session::note_rights(exchange::principal who) {
    if (where_.server.is_exchange())
        note_permissions(log_, where_.server.version, exchange::permissions_of(*connector_, who));
}

const exchange::certificate_choice& receiving_session::own() const {
    return smtp_->upgrading_by() == smtp::verb::x_anonymoustls ? internal_ : starttls_;
}

duration receiving_session::patience() const {
    return std::max(duration::zero(), std::min(*connector_->connection_inactivity_timeout, time_left()));
}

duration receiving_session::time_left() const {
    return where_.server.is_exchange() ? *connector_->connection_timeout - (log_.now - where_.begun)
                                       : duration::max();
}

tls::server_offer receiving_session::offer() const {
    tls::server_offer out{where_.server.tls_of(*connector_->role).server};
    const auto& presented = *own().certificate;
    out.own.chain.push_back(presented.cert);
    out.own.chain.insert(out.own.chain.end(), presented.sent_with.begin(), presented.sent_with.end());
    out.own.key = presented.key;
    out.own.unusable = own().unusable;
    if (where_.server.role != exchange::server_role::smtp)
        return out; // Exchange asks and accepts whatever comes
    out.ask = *where_.server.partner.ask_client_certificate;
    out.refuses = out.ask == tls::client_certificate::required;
    out.refusal_at = where_.begun;
    if (out.refuses)
        for (const auto& root : where_.server.stores.roots)
            out.refusal_roots.push_back(root.cert);
    return out;
}

void receiving_session::on_handshake(bool completed, std::vector<certs::certificate> client_chain,
                                     const trace::handshake_view& view) {
    client_chain_ = std::move(client_chain);
    tls_version_ = view.version;
    cipher_ = view.suite + curve_suffix(view);
    if (!where_.server.is_exchange() || view.not_performed)
        return;
    const auto& presented = own().certificate->cert; // there is one: the upgrade was offered
    const bool one_row = one_row_for_a_certificate(where_.server.version, where_.rules);
    note_own_certificate(log_, presented, one_row);
    if (!completed)
        log_.note({}, "TLS negotiation failed with error " + view.server_error);
    else
        note_handshake(
            log_, client_chain_.empty() ? certs::certificate{} : client_chain_.front(),
            negotiation_succeeded(view, true, presented, ecdhe_token(where_.server.version, where_.rules)),
            one_row);
    if (completed && smtp_->upgrading_by() == smtp::verb::x_anonymoustls && trusts_directly())
        judge_direct_trust();
}

/// Windows Server 2012 R2 names the curve with the suite. (Schannel sheet 3.6)
std::string receiving_session::curve_suffix(const trace::handshake_view& view) const {
    if (where_.server.windows != "2012R2" || view.suite.find("_ECDHE_") == std::string::npos)
        return {};
    return "_P" + view.group.substr(view.group.find('-') + 1);
}

bool receiving_session::trusts_directly() const {
    const auto& all = where_.organization.servers;
    return std::any_of(all.begin(), all.end(), [&](const exchange::server& peer) {
        return exchange::uses_direct_trust(where_.server, peer) &&
               std::find(peer.addresses->begin(), peer.addresses->end(), where_.remote.address) !=
                   peer.addresses->end();
    });
}

/// After X-ANONYMOUSTLS between an Edge and a Mailbox server the certificate tells who is there.
void receiving_session::judge_direct_trust() {
    auto v = log_.kept(exchange::judge_trusted_client(where_.server, facts(true), where_.remote.address));
    log_.add(v.events);
    v.events.clear();
    trusted_directly_ = v.accepted;
    if (v.accepted)
        who_ = exchange::principal::exchange_server;
    else
        distrust_ = {std::move(v), log_.last_kept()};
}

exchange::inbound_facts receiving_session::facts(bool tls) const {
    return {tls, client_chain_, log_.now, who_};
}

void receiving_session::note_client_chain() {
    auto judged = *client_judged_; // TLS is active: it was judged before this line
    log_.note({}, fmt::format("Client certificate chain validation status: '{}'", judged.why.answer));
    if (!judged.value.elements.empty())
        log_.chains.push_back(chain::view_of(
            judged.value, fmt::format("{}'s verdict on the client's certificate", where_.server.name)));
    log_.kept(std::move(judged));
}

void receiving_session::grant_capabilities(bool tls) {
    auto granted = exchange::evaluate_domain_capabilities(where_.server, *connector_, facts(tls),
                                                          where_.rules, inquiry_.known());
    capabilities_ = granted.value;
    if (tls)
        log_.note({}, exchange::log_line(granted.value, client_judged_->why.answer));
    log_.add(granted.value.events);
    if (!connector_->tls_domain_capabilities->empty()) // an empty list decides nothing
        log_.kept(std::move(granted));
}

std::vector<std::string> receiving_session::on_hello(const std::string& domain, bool extended, bool tls) {
    hello_name_ = domain;
    const auto& s = where_.server;
    if (online_)
        return online_->hello(domain, facts(tls), starttls_offered(tls));
    std::vector<std::string> lines = {exchange::hello_line(s, *connector_, where_.remote.address)};
    if (!extended)
        return lines;
    const bool anonymous = smtp_->upgraded_by() == smtp::verb::x_anonymoustls;
    if (tls && s.is_exchange() && !anonymous) // inside X-ANONYMOUSTLS no chain is looked at
        note_client_chain();
    if (s.is_exchange() && !anonymous && (tls || !connector_->tls_domain_capabilities->empty()))
        grant_capabilities(tls);
    if (distrust_) { // the session goes on as one of nobody in particular
        refusal_ = distrust_->verdict.reason;
        log_.deciding = distrust_->decision;
    }
    for (auto& keyword : exchange::ehlo_keywords(
             s, *connector_,
             {starttls_.certificate != nullptr, internal_.certificate != nullptr, tls, anonymous}))
        if (!distrust_ || (!keyword.starts_with("X-EXPS") && !keyword.starts_with("X-EXCHANGEAUTH")))
            lines.push_back(std::move(keyword));
    if (tls && capabilities_.accept_cloud_services_mail()) // Exchange Online sheet 7.3; its place is assumed
        lines.emplace_back("XOORG");
    return lines;
}

bool receiving_session::starttls_offered(bool tls) {
    if (tls || starttls_.certificate == nullptr)
        return false;
    return where_.server.is_exchange() || *where_.server.partner.offer_starttls;
}

bool receiving_session::anonymous_tls_offered(bool tls) {
    return !tls && internal_.certificate != nullptr && !*connector_->suppress_x_anonymous_tls;
}

std::optional<std::string> receiving_session::on_starttls() {
    if (*where_.server.partner.refuse_starttls && where_.server.role == exchange::server_role::smtp)
        return exchange::replies_for(where_.server).starttls_unavailable;
    return std::nullopt;
}

/// The reply of a refusal, or nothing.
std::optional<std::string> receiving_session::follow(const exchange::inbound_verdict& v) {
    log_.add(v.events);
    log_.add_findings(v.findings);
    if (v.accepted)
        return std::nullopt;
    log_.decided_here();
    refusal_ = v.reason;
    refusal_ours_ = v.our_text;
    return v.reply;
}

std::optional<std::string> receiving_session::on_mail(const smtp::path_command& sender, bool tls) {
    if (online_)
        if (const auto refused = follow(
                online_->on_sender(tls ? tls_version_ : std::string{}, who_ == exchange::principal::user)))
            return refused;
    if (capabilities_.stale_key)
        if (const auto refused = follow(log_.kept(exchange::judge_stale_key(*connector_, where_.rules))))
            return refused;
    const auto v =
        log_.kept(exchange::judge_mail_from(where_.organization, where_.server, *connector_, sender.address,
                                            facts(tls), where_.rules, inquiry_.known()));
    sender_ = sender.address;
    const auto* xoorg = sender.find("XOORG");
    xoorg_ = xoorg != nullptr ? *xoorg : std::string{};
    auth_as_ = where_.server.is_exchange() ? v.auth_as : std::string{};
    rights_of_ = v.who;
    auth_domain_ = v.auth_domain;
    return follow(v);
}

std::optional<std::string> receiving_session::on_recipient(const smtp::path_command& recipient, bool tls) {
    if (online_)
        return follow(online_->on_recipient(sender_, recipient.address, facts(tls)));
    return follow(log_.kept(exchange::judge_recipient(where_.organization, where_.server, *connector_,
                                                      recipient.address, rights_of_,
                                                      capabilities_.relaying_by(where_.server))));
}

/// An Edge lets them pass for a peer with the capability, or refuses them; a Mailbox server asks whose they
/// are.
exchange::cross_premises receiving_session::judge_cross_premises_headers(std::string_view content) {
    using exchange::cross_premises;
    const bool on_edge = where_.server.role == exchange::server_role::edge;
    const bool granted = capabilities_.accept_cloud_services_mail() ||
                         (capabilities_.accept_oorg_protocol() && on_edge) || (trusted_directly_ && !on_edge);
    if (granted && (on_edge || !exchange::has_cross_premises_headers(content)))
        return capabilities_.granted.empty() ? cross_premises::inside : cross_premises::accepted;
    if (granted)
        return log_.kept(exchange::trusts_originator(
                   where_.organization, exchange::originator_of(xoorg_, content, mail_domain(sender_))))
                   ? cross_premises::accepted
                   : cross_premises::refused;
    return rights_of_ == exchange::principal::exchange_server ? cross_premises::inside
                                                              : cross_premises::refused;
}

/// Filtered, with what this server has found out about the sender, and its own Received field.
std::string receiving_session::kept_content(const smtp::inbound_message& message) {
    const auto& s = where_.server;
    auto content = message.content;
    if (s.is_exchange()) {
        const bool on_edge = s.role == exchange::server_role::edge;
        const auto filter = on_edge ? exchange::filter_received_on_edge : exchange::filter_received;
        content = log_.kept(filter(content, *connector_, rights_of_, judge_cross_premises_headers(content),
                                   *s.fqdn))
                      .content;
        content = exchange::with_authentication(
            content, {auth_as_, *s.fqdn, rights_of_ == exchange::principal::anonymous ? "00" : "",
                      auth_domain_, auth_as_ == "Internal" ? exchange::trusted_scl : ""});
        if (*connector_->role == exchange::transport_role::mailbox_delivery)
            content = log_.kept(exchange::filter_delivered(content)).content;
    }
    if (online_)
        content = online_->keep(content).content;
    exchange::arrival a;
    a.from = hello_name_;
    a.from_address = where_.remote.address;
    a.by = online_ ? online_->name() : exchange::announced_name(s, *connector_);
    a.by_address = where_.local.address;
    if (message.tls) {
        a.tls_version = tls_version_;
        a.cipher = cipher_;
    }
    a.service = online_ ? exchange::transport_role::frontend_transport : *connector_->role;
    a.at = log_.now;
    return exchange::with_field(content, exchange::received_field(s, a));
}

std::string receiving_session::on_message(const smtp::inbound_message& message) {
    if (online_)
        if (const auto refused = follow(online_->on_message(message.content)))
            return *refused;
    if (where_.server.is_exchange())
        if (auto hops = exchange::judge_hop_count(*connector_, message.content); !hops.value.accepted)
            return *follow(log_.kept(std::move(hops)));
    auto content = kept_content(message);
    auto as = where_.server.is_exchange() || online_
                  ? exchange::field_of(content, "X-MS-Exchange-Organization-AuthAs")
                  : std::string{};
    auto domain = exchange::field_of(content, "X-MS-Exchange-Organization-AuthDomain");
    accepted_.push_back({message, std::move(content), std::move(as), std::move(domain), {}, {}});
    if (online_) {
        const auto& whose = online_->came_by().whose.value;
        accepted_.back().tenant = whose.owner->name;
        accepted_.back().direction = whose.direction;
    }
    return exchange::queued_reply(where_.server, message_id_of(message.content), accepted_.size(),
                                  message.content.size(), log_.now - where_.begun);
}

} // namespace connlab::transport
