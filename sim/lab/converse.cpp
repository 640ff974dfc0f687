#include "sim/lab/converse.hpp"

#include "sim/base/ascii.hpp"
#include "sim/lab/dialogue.hpp"
#include "sim/lab/path_device.hpp"
#include "sim/lab/schannel_log.hpp"
#include "sim/lab/stapling.hpp"
#include "sim/lab/tls_agreement.hpp"
#include "sim/tls/round_trips.hpp"
#include "sim/trace/certificate_view.hpp"
#include "sim/transport/masked_line.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace connlab::lab {

namespace {

namespace asio = boost::asio;
using scenario::fault_kind;

constexpr std::size_t longest_line = 4096;                // bytes; RFC 5321 asks for 512, Exchange takes more
constexpr std::chrono::milliseconds real_patience{10000}; // with a real process as the peer

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
        out.not_performed = !agreed->computed().not_performed.empty();
    }
    (client ? out.client_error : out.server_error) = handshake_status(r);
    return out;
}

class driver {
  public:
    driver(const conversation& c, net::connection ends)
        : c_(c), dialogue_(c.record, c.now), ends_(std::move(ends)), device_(c.fault.kind),
          last_packet_(c.now) {}

    void run() {
        if (both()) {
            ends_.client->share_wire(c_.record.handshake.messages);
            ends_.server->share_wire(c_.record.handshake.messages);
        }
        if (ends_.client)
            start(play_client(), client_done_);
        else
            client_done_ = true;
        if (ends_.server)
            start(c_.fault.kind == fault_kind::reset || c_.fault.kind == fault_kind::silent ||
                          c_.fault.kind == fault_kind::garbage ||
                          c_.fault.kind == fault_kind::silent_after_banner
                      ? play_faulty()
                      : play_server(),
                  server_done_);
        else
            server_done_ = true;
        const auto patience =
            both() ? std::optional<std::chrono::milliseconds>{} : std::optional(real_patience);
        c_.network.run([this] { return client_done_ && server_done_; }, [this] { return quiet(); },
                       [this] { idle(); }, patience);
        if (failure_)
            std::rethrow_exception(failure_);
        if (client_ended_) // it has not waited for a server that hears nothing any more
            c_.now = *client_ended_;
        finish_record();
    }

  private:
    void start(asio::awaitable<void> task, bool& done) {
        asio::co_spawn(c_.network.context(), std::move(task), [this, &done](std::exception_ptr e) {
            done = true;
            if (e) {
                failure_ = e;
                client_done_ = server_done_ = true;
            }
        });
    }

    bool both() const { return ends_.client && ends_.server; }
    bool quiet() const {
        return (!ends_.client || ends_.client->quiet()) && (!ends_.server || ends_.server->quiet());
    }

    /// Both wait and nothing is under way: the side with less patience gives up, as late as it would.
    void idle() {
        const bool client_waits = !client_done_ && ends_.client && ends_.client->reading();
        const bool server_waits = !server_done_ && ends_.server && ends_.server->reading() && server_patient_;
        if (client_waits && (!server_waits || c_.client->patience() <= c_.server->patience())) {
            c_.now = give_up_at(c_.client->patience());
            ends_.client->time_out();
        } else if (server_waits) {
            c_.now = give_up_at(c_.server->patience());
            ends_.server->time_out();
        } else if (!server_done_ && ends_.server && ends_.server->reading()) {
            ends_.server->time_out(); // a silent peer whose client has gone
        } else {
            throw std::logic_error("a session neither waits nor goes on");
        }
    }

    instant give_up_at(duration patience) const {
        return std::max(c_.now, silent_since_.value_or(c_.now) + patience);
    }

    /// The turn's bytes as they come out of whatever stands on the path.
    std::string on_the_wire(trace::direction way, const smtp::turn& t, bool encrypted) const {
        if (way == trace::direction::server_to_client)
            return device_.to_client(t.send, encrypted);
        return t.content ? device_.content_to_server(t.send, encrypted) : t.send;
    }

    /// Whether a device on the path has forgotten the connection in the meantime. It tells nobody: who speaks
    /// next is reset, and the other side hears nothing any more.
    bool found_forgotten(trace::direction speaker) {
        const auto before = std::exchange(last_packet_, c_.now);
        if (c_.fault.kind != fault_kind::idle_reset || silent_since_ || c_.now - before <= c_.fault.after)
            return false;
        silent_since_ = before;
        c_.record.end = "a device on the path had forgotten the connection";
        if (speaker == trace::direction::client_to_server)
            client_ended_ = c_.now;
        return true;
    }

    /// Plays turns until the session ends. What several commands in one packet are answered goes out in one
    /// write.
    template <class Session, class Upgrade>
    asio::awaitable<void> play(net::stream& s, Session& session, trace::direction way, Upgrade upgrade) {
        dialogue_.log(way, '+', {});
        smtp::event e = smtp::connected{};
        smtp::turn t = after_retrievals(session, session.on(e, c_.now), way);
        std::string out;
        for (;;) {
            dialogue_.take_notes(session, way);
            c_.now += t.pause;
            if (way == trace::direction::server_to_client && !t.send.empty())
                c_.now += 2 * c_.fault.delay;
            const auto wire = on_the_wire(way, t, s.encrypted());
            dialogue_.add_turn(way, t, wire, s.encrypted());
            const bool cut = t.content && device_.resets_at_content();
            if (cut || (!wire.empty() && found_forgotten(way))) {
                if (cut)
                    s.reset();
                t = session.on(smtp::closed{}, c_.now);
                dialogue_.log(way, '-', {}, "Remote(SocketError)");
                co_return;
            }
            out += wire;
            const bool more_to_do = t.then == smtp::next::read_line && s.has_line();
            if (!out.empty() && !more_to_do) {
                std::string bytes = std::move(out);
                out.clear();
                const auto failed = co_await s.write(std::move(bytes));
                if (failed)
                    t = {{}, smtp::next::finish, 0, false};
            }
            switch (t.then) {
            case smtp::next::read_line:
                e = co_await next_line(s, way, session.awaits_secret());
                break;
            case smtp::next::read_data:
                e = co_await next_data(s, t.octets);
                break;
            case smtp::next::start_tls:
                e = co_await upgrade();
                break;
            case smtp::next::pass_on:
                e = smtp::passed_on{c_.pass_on()};
                break;
            case smtp::next::finish:
                dialogue_.log(way, '-', {}, std::holds_alternative<smtp::closed>(e) ? "Remote" : "Local");
                s.shutdown_send();
                co_return;
            }
            t = after_retrievals(session, session.on(e, c_.now), way);
        }
    }

    /// Fetches what the session wants to judge by, as long as it wants something.
    template <class Session>
    smtp::turn after_retrievals(Session& session, transport::turn t, trace::direction way) {
        const auto& fetch = way == trace::direction::client_to_server ? c_.client_fetches : c_.server_fetches;
        while (t.retrieve) {
            auto answer = fetch(*t.retrieve, c_.now);
            c_.now += answer.took;
            t = session.on_retrieved(std::move(answer), c_.now);
        }
        return t;
    }

    static smtp::event ended(net::read_status status) {
        if (status == net::read_status::timed_out)
            return smtp::timed_out{};
        return smtp::closed{};
    }

    /// `way`: of what the reader itself says.
    asio::awaitable<smtp::event> next_line(net::stream& s, trace::direction way, bool secret) {
        net::read_result r = co_await s.read_line(longest_line);
        if (r.status != net::read_status::ok) {
            if (way == trace::direction::client_to_server && s.refused_by_alert())
                c_.client->on_alert();
            co_return ended(r.status);
        }
        const bool authenticates =
            ascii_istarts_with(r.bytes, "AUTH ") || ascii_istarts_with(r.bytes, "X-EXPS ");
        const auto shown = secret || authenticates ? transport::masked_line(r.bytes) : r.bytes;
        if (!both()) // what a real process says is written down here
            dialogue_.add(ends_.server ? trace::direction::client_to_server
                                       : trace::direction::server_to_client,
                          shown + "\r\n", s.encrypted());
        dialogue_.log(way, '<', shown);
        smtp::line_received line;
        line.text = std::move(r.bytes);
        line.bare_lf = r.bare_lf;
        line.too_long = r.too_long;
        co_return line;
    }

    asio::awaitable<smtp::event> next_data(net::stream& s, std::uint64_t octets) {
        net::read_result r;
        if (octets > 0)
            r = co_await s.read_octets(octets);
        else
            r = co_await s.read_to_dot();
        if (r.status != net::read_status::ok)
            co_return ended(r.status);
        if (!both())
            dialogue_.add_content(trace::direction::client_to_server, r.bytes.size(), s.encrypted());
        smtp::data_received data;
        data.bytes = std::move(r.bytes);
        co_return data;
    }

    asio::awaitable<void> play_client() {
        auto& s = *ends_.client;
        const auto upgrade = [this] { return upgrade_client(); }; // named: g++ 12 destroys it twice otherwise
        co_await play(s, *c_.client, trace::direction::client_to_server, upgrade);
    }

    asio::awaitable<void> play_server() {
        auto& s = *ends_.server;
        const auto upgrade = [this] { return upgrade_server(); };
        co_await play(s, *c_.server, trace::direction::server_to_client, upgrade);
    }

    asio::awaitable<smtp::event> upgrade_client() {
        auto& s = *ends_.client;
        const auto dropped = s.discard_buffered();
        const auto offer = c_.client->offer();
        c_.record.handshake.attempted = true;
        const auto* agreed = agreement();
        if (!offer.own.empty() && !offer.own.front().unusable.empty()) {
            client_.ended_by = tls::failure::own_credential;
            client_.status = offer.own.front().unusable;
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

    /// SSL 3.0 alone is nothing that could be performed.
    static bool speaks_tls(const tls::profile& p) {
        return std::any_of(p.versions.begin(), p.versions.end(),
                           [](tls::version v) { return v > tls::version::ssl3_0; });
    }

    asio::awaitable<smtp::event> upgrade_server() {
        auto& s = *ends_.server;
        const auto dropped = s.discard_buffered();
        c_.record.handshake.attempted = true;
        auto offer = server_offer();
        const auto* agreed = agreement();
        const bool unable = !speaks_tls(offer.what) || (agreed != nullptr && !agreed->server_answers());
        const bool broken =
            c_.fault.kind == fault_kind::reset_in_handshake || !offer.own.unusable.empty() || unable;
        if (broken || spoils_handshake() || c_.fault.kind == fault_kind::silent_in_handshake) {
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

    tls::server_offer server_offer() const {
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
    const tls_agreement* agreement() {
        if (agreed_ || !both() || c_.server == nullptr || c_.client == nullptr)
            return agreed_ ? &*agreed_ : nullptr;
        const auto on_server = server_offer();
        const auto on_client = c_.client->offer();
        const bool unusable = !on_server.own.unusable.empty() ||
                              (!on_client.own.empty() && !on_client.own.front().unusable.empty());
        if (unusable || spoils_handshake() || c_.fault.kind == fault_kind::silent_in_handshake ||
            c_.fault.kind == fault_kind::reset_in_handshake)
            return nullptr;
        agreed_.emplace(c_.client->server(), on_client, c_.server->server(), on_server);
        for (auto d : agreed_->decisions()) {
            d.at = c_.now;
            c_.client->log().decisions->push_back(std::move(d));
        }
        return &*agreed_;
    }

    static void add_events(transport::session_log& to, std::vector<trace::event_record> more) {
        to.events.insert(to.events.end(), more.begin(), more.end());
    }

    bool spoils_handshake() const {
        return c_.fault.kind == fault_kind::garbage_in_handshake || c_.fault.kind == fault_kind::masked_tls;
    }

    static tls::credential credential_of(const exchange::stored_certificate& c) {
        tls::credential out;
        out.chain.push_back(c.cert);
        out.chain.insert(out.chain.end(), c.sent_with.begin(), c.sent_with.end());
        out.key = c.key;
        return out;
    }

    /// Instead of a ServerHello: a reset, something that is not TLS, or nothing for as long as the client
    /// waits.
    asio::awaitable<void> break_handshake(net::stream& s, bool reset) {
        server_patient_ = false;
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
        co_await swallow(s);
    }

    asio::awaitable<void> swallow(net::stream& s) {
        for (;;) {
            const net::read_result r = co_await s.read_octets(1);
            if (r.status != net::read_status::ok)
                co_return;
        }
    }

    asio::awaitable<void> greet(net::stream& s) {
        const auto way = trace::direction::server_to_client;
        dialogue_.log(way, '+', {});
        const auto t = c_.server->on(smtp::connected{}, c_.now);
        dialogue_.take_notes(*c_.server, way);
        dialogue_.add_turn(way, t, t.send, false);
        std::string banner = t.send;
        co_await s.write(std::move(banner));
    }

    /// A peer that resets, says nothing, falls silent, or answers garbage instead of a banner.
    asio::awaitable<void> play_faulty() {
        auto& s = *ends_.server;
        server_patient_ = false;
        if (c_.fault.kind == fault_kind::reset) {
            s.reset();
            co_return;
        }
        if (c_.fault.kind == fault_kind::silent_after_banner)
            co_await greet(s);
        if (c_.fault.kind == fault_kind::garbage) {
            std::string garbage = "\x16\x03 who is there?\r\n";
            dialogue_.add(trace::direction::server_to_client, garbage, false);
            co_await s.write(std::move(garbage));
        }
        co_await swallow(s);
        s.shutdown_send();
    }

    void finish_record() {
        auto& h = c_.record.handshake;
        if (!h.attempted)
            return;
        const auto* tap = ends_.client ? ends_.client->tap() : ends_.server->tap();
        if (tap == nullptr && ends_.server)
            tap = ends_.server->tap();
        if (tap != nullptr) {
            h.messages = tap->messages();
            h.key_log = tap->key_log();
            h.certificate_requested = tap->certificate_requested();
        }
        h.client_completed = client_.completed;
        h.server_completed = server_.completed;
        h.client_round_trips = tls::round_trips(h.messages, trace::direction::client_to_server);
        h.server_round_trips = tls::round_trips(h.messages, trace::direction::server_to_client);
        const auto& told = ends_.client ? client_ : server_; // who tells of version and suite
        h.completed = (client_.completed || !ends_.client) && (server_.completed || !ends_.server);
        h.version = told.version;
        h.suite = told.suite;
        h.group = told.group;
        if (agreed_)
            take_computed(h);
        h.sni = client_.completed ? client_.sni : server_.sni;
        h.server_chain = views_of(ends_.client ? client_.peer_chain : c_.server->offer().own.chain);
        h.client_chain = views_of(server_.peer_chain);
        h.stapled = words_of_response(client_.stapled_response);
        h.client_error = handshake_status(client_);
        h.server_error = handshake_status(server_);
        if (!h.completed) {
            const bool telling =
                client_.ended_by != tls::failure::none && client_.ended_by != tls::failure::other;
            h.failure =
                to_string((telling || !ends_.server) && ends_.client ? client_.ended_by : server_.ended_by);
        }
    }

    void take_computed(trace::handshake_view& h) const {
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

    const conversation& c_;
    dialogue dialogue_;
    std::optional<tls_agreement> agreed_;
    net::connection ends_;
    path_device device_;
    net::handshake_result client_;
    net::handshake_result server_;
    bool client_done_ = false;
    bool server_done_ = false;
    instant last_packet_;
    std::optional<instant> silent_since_; // a device on the path has forgotten the connection
    std::optional<instant> client_ended_; // when that has reset the client
    bool server_patient_ = true;          // false: a faulty peer, which never gives up
    std::exception_ptr failure_;
};

std::string_view service_of(const exchange::receive_connector& c) {
    switch (*c.role) {
    case exchange::transport_role::frontend_transport:
        return "FrontEnd";
    case exchange::transport_role::hub_transport:
        return "Hub";
    case exchange::transport_role::mailbox_delivery:
        return "Mailbox";
    case exchange::transport_role::edge:
        return "Edge";
    }
    return {};
}

} // namespace

trace::protocol_log receive_log_of(const exchange::server& s, const exchange::receive_connector& c) {
    if (!s.is_exchange())
        return {};
    const bool delivery = *c.role == exchange::transport_role::mailbox_delivery;
    const bool verbose =
        delivery ? *s.mailbox_transport.delivery_verbose_logging : *c.verbose_protocol_logging;
    return {s.name, std::string(service_of(c)), c.identity(), verbose, {}};
}

void converse(const conversation& c, net::connection ends) {
    driver(c, std::move(ends)).run();
}

} // namespace connlab::lab
