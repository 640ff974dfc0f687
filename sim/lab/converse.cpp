#include "sim/lab/converse.hpp"

#include "sim/base/ascii.hpp"
#include "sim/lab/dialogue.hpp"
#include "sim/lab/path_device.hpp"
#include "sim/lab/tls_upgrade.hpp"
#include "sim/transport/masked_line.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace connlab::lab {

namespace {

namespace asio = boost::asio;
using scenario::fault_kind;

constexpr std::size_t longest_line = 4096;                // bytes; RFC 5321 asks for 512, Exchange takes more
constexpr std::chrono::milliseconds real_patience{10000}; // with a real process as the peer

class driver {
  public:
    driver(const conversation& c, net::connection ends)
        : c_(c), dialogue_(c.record, c.now), ends_(std::move(ends)), tls_(c, ends_), device_(c.fault.kind),
          last_packet_(c.now) {}

    void run() {
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
        tls_.finish_record();
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
    bool quiet() const { return quiet(ends_.client.get()) && quiet(ends_.server.get()); }
    /// What has come for a side that has left, it will never read.
    bool quiet(net::stream* s) const {
        return s == nullptr || s->quiet() || std::find(left_.begin(), left_.end(), s) != left_.end();
    }

    /// Has nothing more to say. Two that part after QUIT wait for nothing; whoever does wait reads an end of
    /// file once all that was said has arrived.
    void leave(net::stream& s) {
        if (both())
            left_.push_back(&s);
        else
            s.shutdown_send();
    }

    /// Somebody waits and nothing is under way: for a side that has left, or the one with less patience gives
    /// up, as late as it would.
    void idle() {
        if (!left_.empty()) {
            left_.back()->shutdown_send();
            left_.pop_back();
            return;
        }
        const bool client_waits = !client_done_ && ends_.client && ends_.client->reading();
        const bool server_waits = !server_done_ && ends_.server && ends_.server->reading() &&
                                  server_patient_ && tls_.server_is_patient();
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
                leave(s);
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
        const auto upgrade = [this] { return tls_.as_client(); }; // named: g++ 12 destroys it twice otherwise
        co_await play(s, *c_.client, trace::direction::client_to_server, upgrade);
    }

    asio::awaitable<void> play_server() {
        auto& s = *ends_.server;
        const auto upgrade = [this] { return tls_.as_server(); };
        co_await play(s, *c_.server, trace::direction::server_to_client, upgrade);
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
        co_await s.discard_to_end();
        s.shutdown_send();
    }

    const conversation& c_;
    dialogue dialogue_;
    net::connection ends_;
    tls_upgrade tls_;
    path_device device_;
    std::vector<net::stream*> left_; // and nobody has read so yet
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
