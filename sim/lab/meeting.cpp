#include "sim/lab/meeting.hpp"

#include "certs/digest.hpp"
#include "sim/lab/converse.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace connlab::lab {

namespace {

using exchange::connection_failure;
using scenario::fault_kind;

/// A server and its organization.
struct party {
    const exchange::organization* organization = nullptr;
    const exchange::server* server = nullptr;
};

party find_by_address(const world& w, const ip_address& address) {
    for (const auto& o : w.organizations)
        for (const auto& s : o.servers)
            if (std::find(s.addresses->begin(), s.addresses->end(), address) != s.addresses->end())
                return {&o, &s};
    return {};
}

ip_address source_address(const exchange::server& s) {
    if (!s.addresses->empty())
        return s.addresses->front();
    throw std::logic_error("server " + s.name + " has no address");
}

smtp::outbound_options envelope_of(const message& m, const caller& who) {
    smtp::outbound_options out;
    out.hello_name = who.connector.fqdn->empty() ? *who.server.fqdn : *who.connector.fqdn;
    out.force_helo = *who.connector.force_helo;
    out.sender = m.from;
    out.recipients = {m.to};
    out.content = m.content;
    return out;
}

std::string sending_service(const exchange::server& s) {
    return s.role == exchange::server_role::edge ? "Edge" : "Hub";
}

class encounter {
  public:
    encounter(const world& w, const message& m, const caller& who, const next_hop& hop, instant at,
              worker& with)
        : w_(w), m_(m), who_(who), hop_(hop), with_(with), now_(at),
          peer_(find_by_address(w, hop.where.address)) {
        auto& s = out_.session;
        s.client = who.server.name;
        s.client_endpoint = to_string(source_address(who.server));
        s.client_connector = who.server.is_exchange() ? who.connector.name : std::string{};
        s.server = peer_.server != nullptr ? peer_.server->name : hop.host;
        s.server_endpoint = to_string(hop.where);
        s.begun = at;
        if (who.server.is_exchange())
            s.send_log = {who.server.name,
                          sending_service(who.server),
                          who.connector.name,
                          *who.connector.verbose_protocol_logging,
                          {{at, '*', {}, "attempting to connect"}}};
        client_.emplace(transport::sending_setting{who.server, who.connector, who.policy, who.own,
                                                   w.plan.behavior, with.memo, who.recipient_domain, hop.host,
                                                   at, s.decisions},
                        envelope_of(m, who));
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
        out_.session.end =
            why == connection_failure::refused ? "connection refused" : "no answer to the connection attempt";
    }

    fault_kind fault() const {
        const auto found = w_.faults.find(peer_.server->name);
        return found == w_.faults.end() ? fault_kind::none : found->second;
    }

    void meet_simulated() {
        const ip_address source = source_address(who_.server);
        server_.emplace(transport::session_setting{*peer_.organization,
                                                   *peer_.server,
                                                   w_.plan.behavior,
                                                   with_.memo,
                                                   hop_.where,
                                                   {source, 0},
                                                   now_,
                                                   out_.session.decisions},
                        fault() == fault_kind::starttls_stripped);
        const bool listens = server_->connector() != nullptr && fault() != fault_kind::refused;
        auto connected = with_.network.connect(source, hop_.where, listens);
        if (!listens) {
            if (fault() == fault_kind::refused) { // nobody was there to decide anything
                out_.session.decisions.clear();
                server_.reset();
            }
            unreachable(connection_failure::refused);
            return;
        }
        const auto& c = *server_->connector();
        out_.session.server_connector = c.identity();
        out_.session.receive_log = receive_log_of(*peer_.server, c);
        converse({with_.network, with_.contexts, &*client_, &*server_, fault(), now_, out_.session},
                 std::move(connected.ends));
    }

    void meet_external() {
        const auto where = parse_endpoint(peer_.server->external, 25);
        auto connected = with_.network.connect_external(*where);
        if (!connected.ends.client)
            unreachable(connection_failure::refused);
        else
            converse(
                {with_.network, with_.contexts, &*client_, nullptr, fault_kind::none, now_, out_.session},
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
        if (!result.delivered && result.reason.empty() && !server_->refusal().empty()) {
            result.reason = server_->refusal();
            result.our_text = server_->refusal_text_is_ours();
        }
        result.our_text = result.our_text || server_->speaks_our_words(result.reply);
        return result;
    }

    void append(const transport::session_log& log) {
        auto& s = out_.session;
        s.chains.insert(s.chains.end(), log.chains.begin(), log.chains.end());
        out_.events.insert(out_.events.end(), log.events.begin(), log.events.end());
        out_.findings.insert(out_.findings.end(), log.findings.begin(), log.findings.end());
    }

    void collect() {
        if (server_)
            append(server_->log());
        append(client_->log());
        out_.deciding = client_->log().deciding;
        if (!out_.outcome.delivered && !out_.deciding && server_)
            out_.deciding = server_->log().deciding;
        out_.session.ended = now_;
        if (out_.session.end.empty())
            out_.session.end = how_it_ended();
        if (out_.outcome.delivered)
            note_deliveries();
    }

    std::string how_it_ended() {
        const auto& s = out_.session;
        if (out_.outcome.delivered)
            return "QUIT, after the message was accepted";
        if (s.handshake.attempted && !s.handshake.completed)
            return "the TLS handshake failed";
        if (server_ && server_->log().deciding)
            return s.server + " refused";
        return out_.deciding ? s.client + " left" : s.server + " refused";
    }

    void note_deliveries() {
        const auto& s = out_.session;
        if (!server_) { // what a real process took is what was sent
            out_.deliveries.push_back(
                {s.server, m_.content.size(), certs::sha256_hex(m_.content), s.handshake.completed, {}, {}});
            return;
        }
        for (const auto& a : server_->accepted())
            out_.deliveries.push_back({s.server, a.message.content.size(),
                                       certs::sha256_hex(a.message.content), a.message.tls, a.auth_as,
                                       a.auth_domain});
    }

    const world& w_;
    const message& m_;
    const caller& who_;
    const next_hop& hop_;
    worker& with_;
    instant now_;
    party peer_;
    meeting out_;
    std::optional<transport::sending_session> client_;
    std::optional<transport::receiving_session> server_; // none: nobody, or a real process
};

} // namespace

meeting meet(const world& w, const message& m, const caller& who, const next_hop& hop, instant at,
             worker& with) {
    return encounter(w, m, who, hop, at, with).played();
}

} // namespace connlab::lab
