#include "sim/lab/tls_upgrade.hpp"

#include "sim/lab/schannel_log.hpp"
#include "sim/lab/stapling.hpp"
#include "sim/tls/round_trips.hpp"
#include "sim/trace/certificate_view.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace connlab::lab {

namespace {

namespace asio = boost::asio;
using scenario::fault_kind;

std::vector<trace::certificate_view> views_of(const std::vector<certs::certificate>& chain) {
    std::vector<trace::certificate_view> out;
    for (const auto& c : chain)
        out.push_back(trace::view_of(c));
    return out;
}

std::string handshake_status(const net::handshake_result& r) {
    return r.timed_out ? "SocketError" : r.status;
}

/// One side's own view, for its log.
trace::handshake_view own_view(const net::handshake_result& r, bool client, const tls_agreement* agreed) {
    trace::handshake_view out;
    out.version = r.version;
    out.suite = r.suite;
    out.group = r.group;
    if (agreed != nullptr) {
        out.dhe_bits = agreed->computed().dhe_bits;
        out.not_performed = agreed->computed().succeeds() && !agreed->computed().not_performed.empty();
    }
    (client ? out.client_error : out.server_error) = handshake_status(r);
    return out;
}

/// SSL 3.0 alone is nothing that could be performed.
bool speaks_tls(const tls::profile& p) {
    return std::any_of(p.versions.begin(), p.versions.end(),
                       [](tls::version v) { return v > tls::version::ssl3_0; });
}

void add_events(transport::session_log& to, std::vector<trace::event_record> more) {
    to.events.insert(to.events.end(), more.begin(), more.end());
}

tls::credential credential_of(const exchange::stored_certificate& c) {
    tls::credential out;
    out.chain.push_back(c.cert);
    out.chain.insert(out.chain.end(), c.sent_with.begin(), c.sent_with.end());
    out.key = c.key;
    return out;
}

/// Why the client's own certificate cannot be used; empty: it can, or there is none.
std::string unusable(const tls::client_offer& o) {
    return o.own.empty() ? std::string{} : o.own.front().unusable;
}

} // namespace

tls_upgrade::tls_upgrade(const conversation& c, const net::connection& ends) : c_(c), ends_(ends) {
    if (!both())
        return;
    ends.client->share_wire(c.record.handshake.messages);
    ends.server->share_wire(c.record.handshake.messages);
}

asio::awaitable<smtp::event> tls_upgrade::as_client() {
    auto& s = *ends_.client;
    const auto dropped = s.discard_buffered();
    const auto& offer = client_offer();
    c_.record.handshake.attempted = true;
    const auto* agreed = agreement();
    if (!unusable(offer).empty()) {
        client_.ended_by = tls::failure::own_credential;
        client_.status = unusable(offer);
    } else if (agreed != nullptr && !agreed->client_begins()) {
        client_.ended_by = agreed->computed().as_failure();
        client_.status = "SocketError";
        if (const auto word = agreed->finding(); !word.empty())
            c_.client->log().findings.push_back(word);
    } else {
        auto context = c_.contexts.client(agreed != nullptr ? agreed->client_offer() : offer);
        std::string sni = offer.sni;
        if (offer.asks_status)
            s.ask_for_status();
        client_ = co_await s.handshake(true, std::move(context), std::move(sni), c_.network.memo());
    }
    if (client_.timed_out)
        c_.record.handshake.failure = "silence";
    if (agreed != nullptr)
        agreed->name_failure(tls::side::client, client_);
    add_events(c_.client->log(), schannel_log({c_.client->server(), tls::side::client, client_, agreed,
                                               offer.own.empty() ? nullptr : &offer.own.front(),
                                               s.tap() != nullptr && s.tap()->certificate_requested(),
                                               c_.client->host(), c_.now, !both()}));
    c_.client->on_stapled(client_.stapled_response);
    c_.client->on_handshake(client_.completed, client_.ended_by, client_.peer_chain,
                            own_view(client_, true, agreed));
    if (!client_.completed)
        co_return smtp::tls_failed{};
    smtp::tls_started started;
    started.discarded = dropped;
    co_return started;
}

asio::awaitable<smtp::event> tls_upgrade::as_server() {
    auto& s = *ends_.server;
    const auto dropped = s.discard_buffered();
    c_.record.handshake.attempted = true;
    const auto& offer = server_offer();
    const auto* agreed = agreement();
    const bool unable = !speaks_tls(*offer.what) || (agreed != nullptr && !agreed->server_answers());
    const bool broken =
        c_.fault.kind == fault_kind::reset_in_handshake || !offer.own.unusable.empty() || unable;
    if (broken || breaks_handshake()) {
        co_await break_handshake(s, broken);
        server_.ended_by = unable ? tls::failure::nothing_enabled : tls::failure::own_credential;
        server_.status = offer.own.unusable.empty() ? "SocketError" : offer.own.unusable;
    } else {
        auto context = c_.contexts.server(agreed != nullptr ? agreed->server_offer() : offer);
        std::string no_sni;
        s.staple(offer.stapled_response);
        server_ = co_await s.handshake(false, std::move(context), std::move(no_sni), c_.network.memo());
    }
    if (agreed != nullptr)
        agreed->name_failure(tls::side::server, server_);
    add_events(c_.server->log(), schannel_log({c_.server->server(),
                                               tls::side::server,
                                               server_,
                                               agreed,
                                               &offer.own,
                                               true,
                                               {},
                                               c_.now,
                                               !both()}));
    c_.server->on_handshake(
        server_.completed,
        c_.inspects_with == nullptr ? server_.peer_chain : std::vector<certs::certificate>{},
        own_view(server_, false, agreed)); // a device presents no certificate of its client
    if (!server_.completed)
        co_return smtp::tls_failed{};
    smtp::tls_started started;
    started.discarded = dropped;
    co_return started;
}

const tls::client_offer& tls_upgrade::client_offer() {
    if (!client_offer_)
        client_offer_ = c_.client->offer();
    return *client_offer_;
}

const tls::server_offer& tls_upgrade::server_offer() {
    if (!server_offer_)
        server_offer_ = presented_offer();
    return *server_offer_;
}

tls::server_offer tls_upgrade::presented_offer() const {
    auto out = c_.server->offer();
    if (c_.inspects_with != nullptr)
        out.own = credential_of(*c_.inspects_with);
    const auto* about = c_.server->presented(); // not the internal transport certificate
    if (about != nullptr && !out.own.chain.empty() && out.own.chain.front() == about->cert)
        out.stapled_response = c_.stapled_response;
    return out;
}

/// Null: one side is a real process, or something breaks the handshake before it comes to versions and
/// suites.
const tls_agreement* tls_upgrade::agreement() {
    if (agreed_ || !both() || c_.server == nullptr || c_.client == nullptr)
        return agreed_ ? &*agreed_ : nullptr;
    if (!server_offer().own.unusable.empty() || !unusable(client_offer()).empty() || breaks_handshake() ||
        c_.fault.kind == fault_kind::reset_in_handshake)
        return nullptr;
    agreed_.emplace(c_.client->server(), client_offer(), c_.server->server(), server_offer(), c_.agreements);
    for (auto d : agreed_->decisions()) {
        d.at = c_.now;
        c_.client->log().decisions->push_back(std::move(d));
    }
    return &*agreed_;
}

bool tls_upgrade::spoils_handshake() const {
    return c_.fault.kind == fault_kind::garbage_in_handshake || c_.fault.kind == fault_kind::masked_tls;
}

bool tls_upgrade::breaks_handshake() const {
    return spoils_handshake() || c_.fault.kind == fault_kind::silent_in_handshake;
}

/// Instead of a ServerHello: a reset, something that is not TLS, or nothing for as long as the client waits.
asio::awaitable<void> tls_upgrade::break_handshake(net::stream& s, bool reset) {
    server_is_patient_ = false;
    net::read_result hello = co_await s.read_octets(5); // the record header of the ClientHello
    if (hello.status != net::read_status::ok)
        co_return;
    if (reset) {
        s.reset();
        co_return;
    }
    if (spoils_handshake()) {
        std::string garbage = "554 this is not TLS\r\n";
        co_await s.write(std::move(garbage));
    }
    co_await s.discard_to_end();
}

void tls_upgrade::finish_record() {
    auto& h = c_.record.handshake;
    if (!h.attempted)
        return;
    take_messages(h);
    take_outcome(h);
    if (agreed_)
        take_computed(h);
    h.sni = client_.completed ? client_.sni : server_.sni;
    h.server_chain = views_of(ends_.client ? client_.peer_chain : server_offer().own.chain);
    h.client_chain = views_of(server_.peer_chain);
    h.stapled = words_of_response(client_.stapled_response);
    h.client_error = handshake_status(client_);
    h.server_error = handshake_status(server_);
    if (h.completed)
        return;
    const bool telling = client_.ended_by != tls::failure::none && client_.ended_by != tls::failure::other;
    h.failure = to_string((telling || !ends_.server) && ends_.client ? client_.ended_by : server_.ended_by);
}

void tls_upgrade::take_messages(trace::handshake_view& h) const {
    const auto* tap = ends_.client ? ends_.client->tap() : ends_.server->tap();
    if (tap == nullptr && ends_.server)
        tap = ends_.server->tap();
    if (tap != nullptr) {
        if (!both()) // which write into the record themselves
            h.messages = tap->messages();
        h.key_log = tap->key_log();
        h.certificate_requested = tap->certificate_requested();
    }
    h.client_round_trips = tls::round_trips(h.messages, trace::direction::client_to_server);
    h.server_round_trips = tls::round_trips(h.messages, trace::direction::server_to_client);
}

void tls_upgrade::take_outcome(trace::handshake_view& h) const {
    h.client_completed = client_.completed;
    h.server_completed = server_.completed;
    h.completed = (client_.completed || !ends_.client) && (server_.completed || !ends_.server);
    const auto& told = ends_.client ? client_ : server_; // who tells of version and suite
    h.version = told.version;
    h.suite = told.suite;
    h.group = told.group;
}

void tls_upgrade::take_computed(trace::handshake_view& h) const {
    agreed_->compare(client_, server_);
    const auto& n = agreed_->computed();
    h.dhe_bits = n.dhe_bits;
    h.not_performed = !n.not_performed.empty();
    if (!h.not_performed)
        return;
    h.version = tls::to_string(n.agreed_version);
    h.suite = n.suite;
    h.group = n.group;
}

} // namespace connlab::lab
