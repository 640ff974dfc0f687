#include "sim/lab/ldaps_connection.hpp"

#include "sim/tls/round_trips.hpp"
#include "sim/trace/certificate_view.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace connlab::lab {

namespace {

namespace asio = boost::asio;
using exchange::edge_frame;

constexpr std::size_t longest_head = 4096;

/// `LENGTH HEAD`, a line; then so many octets of content.
std::string wire_form(const edge_frame& f) {
    return fmt::format("{} {}\r\n{}", f.content.size(), f.head, f.content);
}

/// A password is for no record.
std::string told(const std::string& head) {
    for (const auto* verb : {"BIND ", "COMPARE "})
        if (head.starts_with(verb))
            return head.substr(0, head.rfind(' ')) + " <password>";
    return head;
}

std::vector<trace::certificate_view> views_of(const std::vector<certs::certificate>& chain) {
    std::vector<trace::certificate_view> out;
    for (const auto& c : chain)
        out.push_back(trace::view_of(c));
    return out;
}

/// Both ends of one connection, in the loop of one thread. No time passes.
class ldaps_connection {
  public:
    ldaps_connection(worker& with, net::connection ends, const tls_agreement& agreed,
                     exchange::edge_sync_session& client, exchange::adlds_session& server,
                     trace::session_record& record)
        : with_(with), ends_(std::move(ends)), agreed_(agreed), client_(client), server_(server),
          record_(record) {}

    void run() {
        ends_.client->share_wire(record_.handshake.messages);
        ends_.server->share_wire(record_.handshake.messages);
        start(play_client(), client_done_);
        start(play_server(), server_done_);
        with_.network.run([this] { return client_done_ && server_done_; },
                          [this] { return ends_.client->quiet() && ends_.server->quiet(); },
                          [] { throw std::logic_error("a session of EdgeSync neither waits nor goes on"); });
        if (failure_)
            std::rethrow_exception(failure_);
        note_handshake();
    }

  private:
    void start(asio::awaitable<void> task, bool& done) {
        asio::co_spawn(with_.network.context(), std::move(task), [this, &done](std::exception_ptr e) {
            done = true;
            if (e) {
                failure_ = e;
                client_done_ = server_done_ = true;
            }
        });
    }

    void note(trace::direction way, const std::string& text) {
        record_.lines.push_back({record_.begun, way, text, true, false});
    }

    /// Nothing: the other side has left.
    asio::awaitable<std::optional<edge_frame>> read_frame(net::stream& s) {
        net::read_result line = co_await s.read_line(longest_head);
        if (line.status != net::read_status::ok)
            co_return std::nullopt;
        std::uint64_t size = 0;
        const auto* end = line.bytes.data() + line.bytes.size();
        const auto [behind, error] = std::from_chars(line.bytes.data(), end, size);
        if (error != std::errc{} || behind == end)
            throw std::logic_error("a frame of EdgeSync has no length");
        edge_frame out;
        out.head.assign(behind + 1, end);
        if (size > 0) {
            net::read_result content = co_await s.read_octets(size);
            if (content.status != net::read_status::ok)
                co_return std::nullopt;
            out.content = std::move(content.bytes);
        }
        co_return out;
    }

    asio::awaitable<void> play_client() {
        auto& s = *ends_.client;
        net::tls_context context = with_.contexts.client(agreed_.client_offer());
        std::string no_sni;
        seen_by_client_ =
            co_await s.handshake(true, std::move(context), std::move(no_sni), with_.network.memo());
        std::optional<edge_frame> request;
        if (seen_by_client_.completed)
            request = client_.on_certificate(seen_by_client_.peer_chain);
        else
            client_.on_unavailable();
        while (request) {
            note(trace::direction::client_to_server, told(request->head));
            std::string bytes = wire_form(*request);
            const auto failed = co_await s.write(std::move(bytes));
            std::optional<edge_frame> answer;
            if (!failed)
                answer = co_await read_frame(s);
            if (!answer)
                break;
            note(trace::direction::server_to_client,
                 answer->head + (answer->head.starts_with("19 ") ? ": " + answer->content : std::string{}));
            request = client_.on(*answer);
        }
        s.shutdown_send();
    }

    asio::awaitable<void> play_server() {
        auto& s = *ends_.server;
        net::tls_context context = with_.contexts.server(agreed_.server_offer());
        std::string no_sni;
        seen_by_server_ =
            co_await s.handshake(false, std::move(context), std::move(no_sni), with_.network.memo());
        while (seen_by_server_.completed) {
            std::optional<edge_frame> request = co_await read_frame(s);
            if (!request)
                break;
            std::string bytes = wire_form(server_.on(*request));
            const auto failed = co_await s.write(std::move(bytes));
            if (failed)
                break;
        }
        s.shutdown_send();
    }

    void note_handshake() {
        agreed_.compare(seen_by_client_, seen_by_server_);
        auto& h = record_.handshake;
        h.attempted = true;
        h.client_completed = seen_by_client_.completed;
        h.server_completed = seen_by_server_.completed;
        h.completed = h.client_completed && h.server_completed;
        h.version = seen_by_client_.version;
        h.suite = seen_by_client_.suite;
        h.group = seen_by_client_.group;
        h.server_chain = views_of(seen_by_client_.peer_chain);
        h.client_error = seen_by_client_.status;
        h.server_error = seen_by_server_.status;
        if (!h.completed)
            h.failure = to_string(seen_by_client_.ended_by);
        if (const auto* tap = ends_.client->tap()) {
            h.key_log = tap->key_log();
            h.certificate_requested = tap->certificate_requested();
        }
        h.client_round_trips = tls::round_trips(h.messages, trace::direction::client_to_server);
        h.server_round_trips = tls::round_trips(h.messages, trace::direction::server_to_client);
    }

    worker& with_;
    net::connection ends_;
    const tls_agreement& agreed_;
    exchange::edge_sync_session& client_;
    exchange::adlds_session& server_;
    trace::session_record& record_;
    net::handshake_result seen_by_client_;
    net::handshake_result seen_by_server_;
    bool client_done_ = false;
    bool server_done_ = false;
    std::exception_ptr failure_;
};

} // namespace

void play_ldaps(worker& with, net::connection ends, const tls_agreement& agreed,
                exchange::edge_sync_session& client, exchange::adlds_session& server,
                trace::session_record& record) {
    ldaps_connection(with, std::move(ends), agreed, client, server, record).run();
}

} // namespace connlab::lab
