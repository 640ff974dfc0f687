#include "sim/net/http.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <stdexcept>

namespace connlab::net {

namespace {

namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::uint64_t longest_request = 65536; // bytes of a body; an OCSP request has about a hundred
constexpr std::chrono::seconds real_patience{10};
constexpr std::string_view not_http = "220 this is another protocol\r\n\r\n";

http::request<http::string_body> message_of(const http_request& r) {
    http::request<http::string_body> out;
    out.version(11);
    out.method_string(r.method);
    out.target(r.target);
    out.set(http::field::host, r.host);
    out.set(http::field::connection, "close");
    const auto set = [&](http::field name, const std::string& value) {
        if (!value.empty())
            out.set(name, value);
    };
    set(http::field::user_agent, r.user_agent);
    set(http::field::accept, r.accept);
    set(http::field::content_type, r.content_type);
    set(http::field::if_none_match, r.if_none_match);
    out.body() = r.body;
    if (!r.body.empty())
        out.prepare_payload();
    return out;
}

http_request request_of(const http::request<http::string_body>& m) {
    http_request out;
    out.method = std::string(m.method_string());
    out.target = std::string(m.target());
    out.host = std::string(m[http::field::host]);
    out.user_agent = std::string(m[http::field::user_agent]);
    out.accept = std::string(m[http::field::accept]);
    out.content_type = std::string(m[http::field::content_type]);
    out.if_none_match = std::string(m[http::field::if_none_match]);
    out.body = m.body();
    return out;
}

constexpr std::string_view max_age_word = "max-age=";

/// Nothing: another word, or no number.
std::optional<duration> max_age_of(std::string_view cache_control) {
    long long seconds = 0;
    if (!cache_control.starts_with(max_age_word))
        return std::nullopt;
    cache_control.remove_prefix(max_age_word.size());
    const auto* end = cache_control.data() + cache_control.size();
    const auto [read, error] = std::from_chars(cache_control.data(), end, seconds);
    return error == std::errc{} && read == end && seconds >= 0 ? std::optional(std::chrono::seconds(seconds))
                                                               : std::nullopt;
}

http::response<http::string_body> message_of(const http_answer& a) {
    http::response<http::string_body> out;
    out.version(11);
    out.result(a.status);
    out.set(http::field::server, "connlab");
    out.set(http::field::connection, "close");
    if (!a.content_type.empty())
        out.set(http::field::content_type, a.content_type);
    if (!a.location.empty())
        out.set(http::field::location, a.location);
    if (!a.etag.empty())
        out.set(http::field::etag, a.etag);
    if (a.max_age)
        out.set(http::field::cache_control, fmt::format("{}{}", max_age_word, a.max_age->count() / 1000));
    out.body() = a.body;
    if (a.status == not_modified) // nor has it a body (RFC 9110 15.4.5)
        return out;
    out.content_length(a.announced.value_or(a.body.size()));
    return out;
}

http_end end_of(const error_code& e) {
    if (e == asio::error::operation_aborted)
        return http_end::silent;
    if (e == http::error::body_limit)
        return http_end::too_large;
    if (e == http::error::end_of_stream || e == http::error::partial_message ||
        e.category() == asio::error::get_system_category() || e == asio::error::eof)
        return http_end::broken;
    return http_end::malformed;
}

/// A reset instead of TIME_WAIT, once the peer has read everything or is to read nothing more.
void close_at_once(tcp::socket& s) {
    error_code ignored;
    s.set_option(asio::socket_base::linger(true, 0), ignored);
    s.close(ignored);
}

/// A client that has gone in the middle of it is no fault of the responder's.
asio::awaitable<void> write_answer(tcp::socket& s, const http_answer& answer) {
    if (answer.garbage) {
        const auto bytes = asio::buffer(not_http);
        co_await asio::async_write(s, bytes, tuple);
    } else {
        auto message = message_of(answer);
        co_await http::async_write(s, message, tuple);
    }
    error_code ignored;
    s.shutdown(tcp::socket::shutdown_send, ignored);
}

/// Both ends of one request, and the virtual time that passes.
class request_and_answer {
  public:
    request_and_answer(const http_client& who, const http_request& what, const http_responder& by,
                       socket_pair ends)
        : who_(who), what_(what), by_(by), client_(std::move(ends.client)), server_(std::move(ends.server)),
          late_(client_.get_executor()) {}
    request_and_answer(const request_and_answer&) = delete;
    request_and_answer& operator=(const request_and_answer&) = delete;

    http_reply play(loopback& network) {
        start(network.context(), ask(), client_done_);
        start(network.context(), answer(), server_done_);
        network.run([this] { return client_done_ && server_done_; },
                    [this] { return quiet(client_) && quiet(server_); }, [this] { idle(); });
        if (failure_)
            std::rethrow_exception(failure_);
        close_at_once(client_);
        return std::move(reply_);
    }

  private:
    void start(asio::io_context& io, asio::awaitable<void> task, bool& done) {
        asio::co_spawn(io, std::move(task), [this, &done](std::exception_ptr e) {
            done = true;
            if (e) {
                failure_ = e;
                client_done_ = server_done_ = true;
            }
        });
    }

    /// Both wait: a late answer comes, or the client gives up, whichever is sooner.
    void idle() {
        if (waiting_ && answer_.delay < who_.patience && !answer_.never) {
            reply_.took = answer_.delay;
            waiting_ = false;
            late_.cancel();
        } else if (!client_done_) {
            reply_.took = who_.patience;
            error_code ignored;
            client_.cancel(ignored);
        } else if (waiting_) {
            waiting_ = false;
            late_.cancel();
        } else {
            throw std::logic_error("an HTTP exchange neither waits nor goes on");
        }
    }

    asio::awaitable<void> ask() {
        auto message = message_of(what_);
        auto [unsent, written] = co_await http::async_write(client_, message, tuple);
        boost::beast::flat_buffer buffer;
        http::response_parser<http::string_body> parser;
        parser.body_limit(who_.limit);
        auto [failed, got] = co_await http::async_read(client_, buffer, parser, tuple);
        const auto& m = parser.get();
        if (parser.is_header_done()) {
            reply_.status = m.result_int();
            reply_.content_type = std::string(m[http::field::content_type]);
            reply_.location = std::string(m[http::field::location]);
            reply_.etag = std::string(m[http::field::etag]);
            const auto cached = m[http::field::cache_control];
            reply_.max_age = max_age_of({cached.data(), cached.size()});
        }
        reply_.end = failed ? end_of(failed) : unsent ? http_end::broken : http_end::answered;
        if (!failed)
            reply_.body = m.body();
        close_at_once(client_);
    }

    asio::awaitable<void> answer() {
        boost::beast::flat_buffer buffer;
        http::request_parser<http::string_body> parser;
        parser.body_limit(longest_request);
        auto [failed, got] = co_await http::async_read(server_, buffer, parser, tuple);
        if (!failed) {
            answer_ = by_(request_of(parser.get()));
            if (answer_.never || answer_.delay > duration{}) {
                waiting_ = true;
                late_.expires_at(asio::steady_timer::time_point::max()); // ended by idle() alone
                co_await late_.async_wait(tuple);
            }
            if (!answer_.never && !answer_.reset)
                co_await write_answer(server_, answer_);
        }
        if (answer_.reset)
            close_at_once(server_);
    }

    const http_client& who_;
    const http_request& what_;
    const http_responder& by_;
    tcp::socket client_;
    tcp::socket server_;
    asio::steady_timer late_;
    http_answer answer_;
    http_reply reply_;
    bool waiting_ = false; // the responder, with its answer
    bool client_done_ = false;
    bool server_done_ = false;
    std::exception_ptr failure_;
};

} // namespace

http_reply ask(loopback& network, const http_client& who, const endpoint& to, const http_request& what,
               const http_responder& by) {
    auto ends = network.connect_sockets(who.from, to, static_cast<bool>(by));
    if (!by) {
        http_reply out;
        out.end = http_end::refused;
        return out;
    }
    return request_and_answer(who, what, by, std::move(ends)).play(network);
}

http_listener::http_listener(std::uint16_t port)
    : acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), port)) {}

std::uint16_t http_listener::port() const {
    return acceptor_.local_endpoint().port();
}

namespace {

asio::awaitable<void> serve_one(tcp::socket& s, const http_responder& by,
                                std::optional<http_request>& asked) {
    boost::beast::flat_buffer buffer;
    http::request_parser<http::string_body> parser;
    parser.body_limit(longest_request);
    auto [failed, got] = co_await http::async_read(s, buffer, parser, tuple);
    if (failed)
        co_return;
    asked = request_of(parser.get());
    const http_answer answer = by(*asked);
    if (!answer.never && !answer.reset)
        co_await write_answer(s, answer);
    char rest = 0; // until the client has read it all and hangs up
    const auto space = asio::buffer(&rest, 1);
    co_await s.async_read_some(space, tuple);
}

} // namespace

std::optional<http_request> http_listener::serve(const http_responder& by) {
    auto s = acceptor_.accept();
    std::optional<http_request> asked;
    std::exception_ptr failure;
    asio::co_spawn(io_, serve_one(s, by, asked), [&](std::exception_ptr e) { failure = e; });
    io_.restart();
    io_.run_for(real_patience);
    if (!io_.stopped()) { // silent for too long
        error_code ignored;
        s.cancel(ignored);
        io_.run();
    }
    if (failure)
        std::rethrow_exception(failure);
    return asked;
}

} // namespace connlab::net
