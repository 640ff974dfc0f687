#include "sim/lab/meeting.hpp"

#include "certs/digest.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/direct_trust.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/internal_hops.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/online_front_end.hpp"
#include "sim/exchange/online_headers.hpp"
#include "sim/lab/converse.hpp"
#include "sim/lab/own_certificates.hpp"
#include "sim/lab/stapling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace connlab::lab {

namespace {

using exchange::connection_failure;
using scenario::fault_kind;

ip_address source_address(const exchange::server& s) {
    if (!s.addresses->empty())
        return s.addresses->front();
    throw std::logic_error("server " + s.name + " has no address");
}

smtp::outbound_options envelope_of(const message& m, const caller& who, std::string content) {
    smtp::outbound_options out;
    out.hello_name = who.connector.fqdn->empty() ? *who.server.fqdn : *who.connector.fqdn;
    out.force_helo = *who.connector.force_helo;
    out.sender = m.from;
    out.recipients = {m.to};
    out.originator_organization = who.originator_organization;
    out.content = std::move(content);
    return out;
}

/// Ours: what a Front End says when the service behind it cannot be had is not public.
constexpr std::string_view nobody_behind =
    "451 4.7.0 The Transport service behind this Front End took no message";

/// KB 2989382; the full stop is the wrapper's.
std::string proxy_failed(std::string_view reply) {
    if (!reply.empty() && reply.back() == '.')
        reply.remove_suffix(1);
    return fmt::format(
        "450 4.4.101 Proxy session setup failed on Frontend with '451 4.4.0 Primary target IP address "
        "responded with \"{}.\" Attempted failover to alternate host, but that did not succeed. Either "
        "there are no alternate hosts, or delivery failed to all alternate hosts.'",
        reply);
}

class encounter {
  public:
    encounter(const world& w, const message& m, const caller& who, const next_hop& hop, instant at,
              worker& with)
        : w_(w), m_(m), who_(who), hop_(hop), with_(with), now_(at), peer_(w.party_at(hop.where.address)) {
        auto& s = session_;
        s.client = who.server.name;
        s.client_service = who.service;
        s.decisions = who.decided;
        s.client_endpoint = to_string(source_address(who.server));
        s.client_connector = who.server.is_exchange() || who.online ? who.connector.name : std::string{};
        s.server = peer_.server != nullptr ? peer_.server->name : hop.host;
        s.server_endpoint = to_string(hop.where);
        s.begun = at;
        if (peer_.server != nullptr)
            s.inside = peer_.server->organization == who.server.organization;
        if (who.server.is_exchange())
            begin_send_log();
        client_.emplace(transport::sending_setting{who.server, who.connector, who.policy, who.own,
                                                   w.plan.behavior,
                                                   with.fetches->evidence_of(who.server, with.memo),
                                                   who.recipient_domain, hop.host, at, s.decisions,
                                                   who.service == "FrontEnd", hop.where, online_attempt()},
                        envelope_of(m, who, content_to_send()));
    }

    std::optional<exchange::online_attempt> online_attempt() const {
        auto out = who_.online;
        if (out) {
            out->host = hop_.host;
            out->where = hop_.where;
            out->session = {exchange::front_end_machine(who_.server), now_,
                            exchange::online_session_id(who_.server.name, to_string(hop_.where), now_)};
            out->try_starttls = who_.policy.try_starttls;
        }
        return out;
    }

    void begin_send_log() {
        auto& log = session_.send_log;
        log = {who_.server.name,
               who_.service,
               who_.connector.name,
               *who_.connector.verbose_protocol_logging,
               {}};
        if (who_.server.version.product == "Exchange2013") // before it knows who is there
            log.rows.push_back({now_, '*', "SendRoutingHeaders", "Set Session Permissions"});
        log.rows.push_back({now_, '*', {}, "attempting to connect"});
    }

    /// Behind the header firewall of the Send connector.
    std::string content_to_send() {
        if (!who_.server.is_exchange() && !who_.online)
            return sent_ = m_.content;
        const auto filter = who_.server.role == exchange::server_role::edge ? exchange::filter_sent_on_edge
                                                                            : exchange::filter_sent;
        auto filtered =
            who_.online ? exchange::send_online_message(m_.content, who_.connector, *who_.tenant, who_.server,
                                                        mail_domain(m_.to))
                        : filter(m_.content, who_.connector,
                                 who_.policy.exchange_authentication ? exchange::principal::exchange_server
                                                                     : exchange::principal::anonymous,
                                 crossing());
        filtered.why.at = now_;
        session_.decisions.push_back(std::move(filtered.why));
        sent_ = filtered.value.content;
        return std::move(filtered.value.content);
    }

    exchange::crossing crossing() const {
        const auto& s = who_.server;
        const auto& known = exchange::works_by_adlds(s) ? s.adlds.remote_domains
                                                        : w_.party_named(s.name).organization->remote_domains;
        return exchange::crossing_to(known, *s.fqdn, mail_domain(m_.to));
    }

    meeting played() {
        if (peer_.server == nullptr)
            unreachable(connection_failure::timed_out);
        else if (peer_.server->external.empty())
            meet_simulated();
        else
            meet_external();
        out_.outcome = outcome();
        collect();
        return std::move(out_);
    }

  private:
    void unreachable(connection_failure why) {
        if (why == connection_failure::timed_out)
            now_ += client_->patience();
        client_->on_connection_failure(why);
        session_.end =
            why == connection_failure::refused ? "connection refused" : "no answer to the connection attempt";
    }

    scenario::fault fault() const {
        const auto found = w_.faults.find(peer_.server->name);
        return found == w_.faults.end() ? scenario::fault{} : found->second;
    }

    /// The certificate of a device that inspects TLS: one of the server's list, by its name in the scenario.
    const exchange::stored_certificate* inspecting_certificate() const {
        if (fault().kind != fault_kind::tls_inspection)
            return nullptr;
        for (const auto& c : peer_.server->certificates)
            if (c.name.substr(c.name.rfind('/') + 1) == fault().certificate)
                return &c;
        return nullptr;
    }

    void meet_simulated() {
        const ip_address source = source_address(who_.server);
        server_.emplace(transport::session_setting{*peer_.organization,
                                                   *peer_.server,
                                                   w_.plan.behavior,
                                                   known_to_server(source),
                                                   hop_.where,
                                                   {source, 0},
                                                   now_,
                                                   session_.decisions,
                                                   is_proxy(),
                                                   fault().kind == fault_kind::authentication_fails});
        const bool listens = server_->connector() != nullptr && fault().kind != fault_kind::refused;
        auto connected = with_.network.connect(source, hop_.where, listens);
        if (!listens) {
            if (fault().kind == fault_kind::refused) { // nobody was there to decide anything
                session_.decisions = who_.decided;
                server_.reset();
            }
            unreachable(connection_failure::refused);
            return;
        }
        const auto& c = *server_->connector();
        session_.server_connector = c.identity();
        session_.receive_log = receive_log_of(*peer_.server, c);
        session_.server_service = session_.receive_log.service;
        converse({with_.network, with_.contexts, with_.agreements, &*client_, &*server_, fault(), now_,
                  session_, fetching_for(who_.server), fetching_for(*peer_.server),
                  [this] { return pass_on(); }, inspecting_certificate(),
                  response_to_staple(*with_.fetches, with_.memo, *peer_.server, server_->presented(), now_,
                                     retrievals())},
                 std::move(connected.ends));
    }

    retrieval_log retrievals() { return {session_.retrievals, session_.decisions}; }

    /// Also about its own certificates.
    chain::evidence known_to_server(const ip_address& source) {
        return known_about_own(*with_.fetches, with_.memo, *peer_.server, hop_.where, source,
                               w_.plan.behavior, now_, retrievals());
    }

    std::function<chain::retrieved(const transport::errand&, instant)>
    fetching_for(const exchange::server& s) {
        return [this, &s](const transport::errand& what, instant now) {
            return with_.fetches->fetch(s, what, now, retrievals());
        };
    }

    /// The Front End of a Mailbox server takes no message itself.
    bool is_proxy() const {
        return peer_.server->role == exchange::server_role::mailbox &&
               hop_.where.port != exchange::hub_port && hop_.where.port != exchange::delivery_port;
    }

    /// Outwards on port 717, else to the Transport service of the same server.
    std::string pass_on() {
        message onward = m_;
        onward.content = server_->accepted().back().content;
        const bool outwards = who_.proxied && hop_.where.port == exchange::outbound_proxy_port;
        behind_ = outwards ? who_.proxied(onward, now_, with_.behind())
                           : meet_inside(w_, onward, *peer_.server, "FrontEnd", *peer_.server,
                                         exchange::hub_port, now_, with_.behind());
        now_ = behind_->ended;
        const auto reply = answer_from_behind(outwards);
        note_passing_on(outwards, reply);
        return reply;
    }

    std::string answer_from_behind(bool outwards) const {
        const auto& o = behind_->outcome;
        if (o.delivered)
            return o.acceptance;
        if (outwards)
            return o.permanent ? o.reply : proxy_failed(o.reply);
        return o.bare || o.lost ? std::string(nobody_behind) : o.reply;
    }

    void note_passing_on(bool outwards, const std::string& reply) {
        const auto& o = behind_->outcome;
        trace::decision d;
        d.rule =
            !o.delivered && outwards ? "exchange.front-end.proxy-failed" : "exchange.front-end.passes-on";
        d.question = fmt::format("Who takes the message behind the Front End of {}?", peer_.server->name);
        d.answer = !o.delivered ? "nobody: " + reply
                   : outwards   ? behind_->sessions.back().server
                                : "the Transport service of " + peer_.server->name;
        d.because = {{"answer of the session behind", o.delivered ? o.acceptance : o.reply, {}}};
        if (!outwards && mailbox_servers() > 1)
            d.assumed = {"exchange.front-end.own-server"};
        if (!o.delivered && outwards && behind_->sessions.empty())
            d.assumed = {"exchange.front-end.wraps-own-refusals"};
        d.at = now_;
        session_.decisions.push_back(std::move(d));
    }

    std::ptrdiff_t mailbox_servers() const {
        const auto& all = peer_.organization->servers;
        return std::count_if(all.begin(), all.end(),
                             [](const auto& s) { return s.role == exchange::server_role::mailbox; });
    }

    void meet_external() {
        const auto where = parse_endpoint(peer_.server->external, 25);
        auto connected = with_.network.connect_external(*where);
        if (!connected.ends.client)
            unreachable(connection_failure::refused);
        else
            converse({with_.network, with_.contexts, with_.agreements, &*client_, nullptr, scenario::fault{},
                      now_, session_, fetching_for(who_.server)},
                     std::move(connected.ends));
    }

    transport::attempt_outcome outcome() {
        auto result = client_->outcome();
        if (!result.delivered && result.reply.empty()) { // the peer left without a word
            client_->on_connection_failure(client_->loss());
            result = client_->outcome();
        }
        if (!server_)
            return result;
        if (server_->distrusts() && !result.delivered) // why the sender was offered no authentication
            result.reason = server_->refusal();
        if (behind_ && !result.delivered) {
            result.reason = behind_->outcome.reason;
            result.our_text = behind_->outcome.our_text || result.reply == nobody_behind;
        }
        if (!result.delivered && result.reason.empty() && !server_->refusal().empty()) {
            result.reason = server_->refusal();
            result.our_text = server_->refusal_text_is_ours();
        }
        result.our_text = result.our_text || server_->speaks_our_words(result.reply);
        return result;
    }

    void append(const transport::session_log& log) {
        auto& s = session_;
        s.chains.insert(s.chains.end(), log.chains.begin(), log.chains.end());
        out_.events.insert(out_.events.end(), log.events.begin(), log.events.end());
        out_.findings.insert(out_.findings.end(), log.findings.begin(), log.findings.end());
    }

    void collect() {
        if (server_)
            append(server_->log());
        append(client_->log());
        session_.ended = out_.ended = now_;
        if (client_->log().deciding && !(server_ && server_->distrusts()))
            out_.deciding = {0, *client_->log().deciding};
        else if (!out_.outcome.delivered && server_ && server_->log().deciding)
            out_.deciding = {0, *server_->log().deciding};
        if (session_.end.empty())
            session_.end = how_it_ended();
        if (out_.outcome.delivered)
            note_acceptance();
        out_.sessions.push_back(std::move(session_));
        if (behind_)
            take_from_behind();
    }

    template <class T>
    static void move_behind(std::vector<T>& to, std::vector<T>& more) {
        std::move(more.begin(), more.end(), std::back_inserter(to));
    }

    void take_from_behind() {
        move_behind(out_.sessions, behind_->sessions);
        move_behind(out_.events, behind_->events);
        move_behind(out_.findings, behind_->findings);
        if (!out_.outcome.delivered && behind_->deciding)
            out_.deciding = {behind_->deciding->session + 1, behind_->deciding->decision};
        if (out_.outcome.delivered)
            out_.accepted = std::move(behind_->accepted);
    }

    std::string how_it_ended() {
        const auto& s = session_;
        if (out_.outcome.delivered)
            return "QUIT, after the message was accepted";
        if (s.handshake.attempted && !s.handshake.completed)
            return "the TLS handshake failed";
        if (behind_ && !behind_->outcome.delivered)
            return s.server + " passed on what the session behind came to";
        if (server_ && server_->log().deciding)
            return s.server + " refused";
        return out_.deciding ? s.client + " left" : s.server + " refused";
    }

    void note_acceptance() {
        auto& a = out_.accepted;
        a.server = peer_.server;
        a.receipt.server = session_.server;
        a.receipt.encrypted = session_.handshake.completed;
        session_.header_sent = exchange::header_of(sent_);
        if (server_) {
            const auto& last = server_->accepted().back();
            a.service = *server_->connector()->role;
            a.content = last.content;
            session_.header_kept = exchange::header_of(last.content);
            a.receipt.auth_as = last.auth_as;
            a.receipt.auth_domain = last.auth_domain;
            a.tenant = last.tenant;
            a.direction = last.direction;
        } else { // what a real process took is what was sent
            a.content = sent_;
        }
        a.receipt.content = a.content;
        a.receipt.bytes = a.content.size();
        a.receipt.sha256 = certs::sha256_hex(a.content);
    }

    const world& w_;
    const message& m_;
    const caller& who_;
    const next_hop& hop_;
    worker& with_;
    instant now_;
    party peer_;
    trace::session_record session_;
    std::string sent_;              // the content that goes over the wire
    std::optional<meeting> behind_; // what a proxy came to
    meeting out_;
    std::optional<transport::sending_session> client_;
    std::optional<transport::receiving_session> server_; // none: nobody, or a real process
};

} // namespace

meeting meet_inside(const world& w, const message& m, const exchange::server& from, std::string service,
                    const exchange::server& to, std::uint16_t port, instant at, worker& with,
                    const exchange::send_connector* onward) {
    const bool edge = exchange::uses_direct_trust(from, to);
    auto connector = from.role == exchange::server_role::edge ? exchange::edge_inbound_connector(from)
                                                              : exchange::intra_organization_connector(from);
    if (edge && onward != nullptr) // what the Edge is not going to do
        connector.cloud_services_mail_enabled = onward->cloud_services_mail_enabled;
    const auto policy = edge ? exchange::direct_trust_policy() : exchange::intra_organization_policy();
    auto own = exchange::select_internal_certificate(from, at, w.plan.behavior);
    own.why.at = at;
    const next_hop hop{*to.fqdn, {to.addresses->front(), port}, 0};
    transport::session_log log;
    log.server = from.name;
    log.now = at;
    log.add(own.value.events);
    auto met = meet(w, m, {from, std::move(service), connector, own.value, policy, {}, {}, {own.why}}, hop,
                    at, with);
    met.events.insert(met.events.begin(), log.events.begin(), log.events.end());
    return met;
}

meeting meet(const world& w, const message& m, const caller& who, const next_hop& hop, instant at,
             worker& with) {
    return encounter(w, m, who, hop, at, with).played();
}

} // namespace connlab::lab
