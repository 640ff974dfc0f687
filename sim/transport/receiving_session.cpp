#include "sim/transport/receiving_session.hpp"

#include "sim/exchange/replies.hpp"
#include "sim/transport/protocol_notes.hpp"

#include <fmt/format.h>

namespace connlab::transport {

receiving_session::receiving_session(const session_setting& where, bool starttls_stripped)
    : where_(where), stripped_(starttls_stripped) {
    log_.server = where.server.name;
    log_.now = where.begun;
    log_.decisions = &where.decisions;
    connector_ =
        log_.kept(exchange::select_receive_connector(where.server, where.local, where.remote.address));
    if (connector_ == nullptr)
        return;
    if (where.server.role == exchange::server_role::mailbox &&
        *connector_->role == exchange::transport_role::frontend_transport)
        log_.event_source = "MSExchangeFrontEndTransport";
    choose_certificates();
    smtp::inbound_options options;
    options.banner = exchange::banner(where.server, *connector_, where.begun);
    options.replies = exchange::replies_for(where.server);
    options.max_message = *connector_->max_message_size;
    options.max_recipients = *connector_->max_recipients_per_message;
    options.max_errors = *connector_->max_protocol_errors;
    options.require_domain = *connector_->require_ehlo_domain;
    options.chunking = *connector_->chunking_enabled;
    smtp_ = std::make_unique<smtp::inbound_session>(std::move(options),
                                                    static_cast<smtp::inbound_policy&>(*this));
}

void receiving_session::choose_certificates() {
    starttls_ = log_.kept(exchange::select_starttls_certificate(where_.server, *connector_, where_.begun,
                                                                where_.rules, where_.memo));
    log_.add(starttls_.events);
    if ((*connector_->auth & exchange::auth_exchange_server) != 0) {
        internal_ =
            log_.kept(exchange::select_internal_certificate(where_.server, where_.begun, where_.rules));
        log_.add(internal_.events);
    }
}

smtp::turn receiving_session::on(const smtp::event& e, instant now) {
    log_.now = now;
    return smtp_->on(e);
}

duration receiving_session::patience() const {
    return *connector_->connection_inactivity_timeout;
}

tls::server_offer receiving_session::offer() const {
    tls::server_offer out;
    out.what = where_.server.profile;
    const auto& own = *starttls_.certificate;
    out.own.chain.push_back(own.cert);
    out.own.chain.insert(out.own.chain.end(), own.sent_with.begin(), own.sent_with.end());
    out.own.key = own.key;
    out.own.unusable = starttls_.unusable;
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
    if (!where_.server.is_exchange())
        return;
    const auto& own = starttls_.certificate->cert; // there is one: STARTTLS was offered
    const bool one_row = one_row_for_a_certificate(where_.server.version, where_.rules);
    note_own_certificate(log_, own, one_row);
    if (!completed)
        log_.note({}, "TLS negotiation failed with error " + view.server_error);
    else
        note_handshake(log_, client_chain_.empty() ? certs::certificate{} : client_chain_.front(),
                       negotiation_succeeded(view, true, own), one_row);
}

exchange::inbound_facts receiving_session::facts(bool tls) const {
    return {tls, client_chain_, log_.now};
}

void receiving_session::note_client_chain() {
    auto judged = exchange::judge_client_chain(where_.server, facts(true), where_.rules, where_.memo);
    log_.note({}, fmt::format("Client certificate chain validation status: '{}'", judged.why.answer));
    if (client_chain_.empty()) // other values of Status are not public
        log_.note({}, "TlsDomainCapabilities='None'; Status='NoRemoteCertificate'");
    if (!judged.value.elements.empty())
        log_.chains.push_back(chain::view_of(
            judged.value, fmt::format("{}'s verdict on the client's certificate", where_.server.name)));
    log_.kept(std::move(judged));
}

std::vector<std::string> receiving_session::on_hello(const std::string& /*domain*/, bool extended, bool tls) {
    const auto& s = where_.server;
    std::vector<std::string> lines = {exchange::hello_line(s, *connector_, where_.remote.address)};
    if (!extended)
        return lines;
    if (tls && s.is_exchange())
        note_client_chain();
    for (auto& keyword : exchange::ehlo_keywords(s, *connector_, starttls_.certificate != nullptr,
                                                 internal_.certificate != nullptr, tls))
        if (!(stripped_ && keyword == "STARTTLS"))
            lines.push_back(std::move(keyword));
    return lines;
}

bool receiving_session::starttls_offered(bool tls) {
    if (tls || stripped_ || starttls_.certificate == nullptr)
        return false;
    return where_.server.is_exchange() || *where_.server.partner.offer_starttls;
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
    const auto v =
        log_.kept(exchange::judge_mail_from(where_.organization, where_.server, *connector_, sender.address,
                                            facts(tls), where_.rules, where_.memo));
    auth_as_ = where_.server.is_exchange() ? v.auth_as : std::string{};
    auth_domain_ = v.auth_domain;
    return follow(v);
}

std::optional<std::string> receiving_session::on_recipient(const smtp::path_command& recipient,
                                                           bool /*tls*/) {
    return follow(log_.kept(
        exchange::judge_recipient(where_.organization, where_.server, *connector_, recipient.address)));
}

namespace {

/// The Message-ID of the header, with its brackets; empty when there is none.
std::string message_id_of(const std::string& content) {
    const auto header_end = content.find("\r\n\r\n");
    const auto at = content.find("Message-ID: ");
    if (at == std::string::npos || at > header_end)
        return {};
    const auto start = at + 12;
    return content.substr(start, content.find("\r\n", start) - start);
}

} // namespace

std::string receiving_session::on_message(const smtp::inbound_message& message) {
    accepted_.push_back({message, auth_as_, auth_domain_});
    return exchange::queued_reply(where_.server, message_id_of(message.content), accepted_.size(),
                                  message.content.size(), log_.now - where_.begun);
}

} // namespace connlab::transport
