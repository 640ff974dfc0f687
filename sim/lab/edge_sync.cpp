#include "sim/lab/edge_sync.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/edge_subscribing.hpp"
#include "sim/lab/ldaps_connection.hpp"
#include "sim/transport/session_log.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace connlab::lab {

namespace {

using scenario::fault_kind;

/// The default certificate as AD LDS presents it; empty: there is none that could be used.
tls::credential credential_of(const exchange::server& edge) {
    tls::credential out;
    const auto* own = exchange::internal_certificate(edge);
    if (own == nullptr || !own->has_private_key())
        return out;
    out.chain.push_back(own->cert);
    out.key = own->key;
    return out;
}

/// One session with one Edge.
class synchronization {
  public:
    synchronization(const world& w, exchange::organization& o, exchange::edge_subscription& e, instant now,
                    worker& with)
        : w_(w), o_(o), e_(e), now_(now), with_(with) {}

    edge_sync_report play(const std::string& asked) {
        record_.begun = record_.ended = now_;
        record_.server = e_.name;
        record_.server_service = "AD LDS";
        record_.client_service = "EdgeSync";
        record_.inside = true;
        auto renewed = exchange::renew_edge_credentials(o_, e_, now_);
        keep(std::move(renewed));
        auto chosen = exchange::select_edge_synchronizer(o_, e_, asked, now_);
        const auto* mailbox = chosen.value;
        keep({std::move(chosen.why)});
        if (mailbox != nullptr)
            meet(*mailbox);
        else
            note_nobody();
        exchange::refresh_direct_trust(o_);
        for (auto& d : record_.decisions)
            d.at = now_;
        out_.sessions.push_back(std::move(record_));
        return std::move(out_);
    }

  private:
    void keep(std::vector<trace::decision> more) {
        std::move(more.begin(), more.end(), std::back_inserter(record_.decisions));
    }

    bool is_damaged(const exchange::server& s) const {
        return fault_of(s) == fault_kind::credentials_damaged;
    }

    fault_kind fault_of(const exchange::server& s) const {
        const auto found = w_.faults.find(s.name);
        return found == w_.faults.end() ? fault_kind::none : found->second.kind;
    }

    void note_nobody() {
        record_.end = "No Mailbox server of the subscription is left.";
        for (const auto* type : {"Configuration", "Recipients"})
            out_.results.push_back(
                {"CouldNotConnect", type, e_.name, record_.end, now_, now_, 0, 0, 0, 0, 0});
    }

    void meet(const exchange::server& mailbox) {
        record_.client = mailbox.name;
        record_.client_endpoint = to_string(mailbox.addresses->front());
        exchange::edge_sync_session client(o_, e_, mailbox, now_, is_damaged(mailbox));
        auto* target = exchange::find_server(o_, e_.fqdn);
        if (target == nullptr) {
            client.on_unavailable();
        } else {
            const endpoint where{target->addresses->front(), e_.ssl_port};
            record_.server_endpoint = to_string(where);
            exchange::adlds_session server(*target, o_, now_, is_damaged(*target));
            connect(mailbox, *target, where, client, server);
            server.finish();
            keep(std::move(server.decisions()));
            log(target->name, server.events());
        }
        conclude(mailbox, client);
    }

    /// AD LDS answers on its own port alone, while it has a certificate and nothing stands in between.
    void connect(const exchange::server& mailbox, const exchange::server& target, const endpoint& where,
                 exchange::edge_sync_session& client, exchange::adlds_session& server) {
        const auto own = credential_of(target);
        const auto fault = fault_of(target);
        const bool listens = e_.ssl_port == exchange::adam_ssl_port && exchange::works_by_adlds(target) &&
                             !own.chain.empty() && fault != fault_kind::refused &&
                             fault != fault_kind::silent;
        const tls::server_offer from_server{target.transport_tls.server, own,
                                            tls::client_certificate::not_asked};
        const tls::client_offer from_client{mailbox.transport_tls.client};
        std::optional<tls_agreement> agreed;
        if (listens)
            agreed.emplace(mailbox, from_client, target, from_server, with_.agreements);
        if (!listens || !agreed->client_begins() || !agreed->server_answers())
            return client.on_unavailable();
        keep(agreed->decisions());
        auto connected = with_.network.connect(mailbox.addresses->front(), where, true);
        play_ldaps(with_, std::move(connected.ends), *agreed, client, server, record_);
    }

    void conclude(const exchange::server& mailbox, const exchange::edge_sync_session& client) {
        const auto& outcome = client.outcome();
        keep(outcome.decisions);
        record_.end = outcome.failure.empty() ? "everything was compared" : outcome.failure;
        for (const auto& line : outcome.lines)
            record_.send_log.rows.push_back({now_, '*', line, {}});
        record_.send_log.server = mailbox.name;
        record_.send_log.service = "EdgeSync";
        log(mailbox.name, outcome.events);
        out_.results.push_back(outcome.configuration);
        out_.results.push_back(outcome.recipients);
        exchange::note_edge_session(o_, e_, mailbox.name, outcome, now_);
    }

    void log(const std::string& server, const std::vector<exchange::event>& events) {
        transport::session_log into;
        into.server = server;
        into.now = now_;
        into.add(events);
        std::move(into.events.begin(), into.events.end(), std::back_inserter(out_.events));
    }

    const world& w_;
    exchange::organization& o_;
    exchange::edge_subscription& e_;
    instant now_;
    worker& with_;
    trace::session_record record_;
    edge_sync_report out_;
};

template <class T>
void move_behind(std::vector<T>& to, std::vector<T>& more) {
    std::move(more.begin(), more.end(), std::back_inserter(to));
}

} // namespace

void edge_sync_report::append(edge_sync_report more) {
    move_behind(results, more.results);
    move_behind(sessions, more.sessions);
    move_behind(events, more.events);
}

edge_sync_report synchronize_edges(const world& w, exchange::organization& o,
                                   const exchange::edge_sync_order& order, instant now, worker& with) {
    edge_sync_report out;
    for (auto& e : o.edge_subscriptions)
        if (order.edge.empty() || exchange::find_edge_subscription(o, order.edge) == &e)
            out.append(synchronization(w, o, e, now, with).play(order.server));
    return out;
}

} // namespace connlab::lab
