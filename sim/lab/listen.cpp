#include "sim/lab/listen.hpp"

#include "sim/exchange/limits.hpp"
#include "sim/lab/converse.hpp"
#include "sim/lab/own_certificates.hpp"
#include "sim/lab/stapling.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <utility>

namespace connlab::lab {

namespace {

namespace asio = boost::asio;

endpoint declared(const asio::ip::tcp::endpoint& e) {
    return *parse_endpoint(e.address().to_string() + ":" + std::to_string(e.port()), 0);
}

const exchange::organization& organization_of(const world& w, const exchange::server& s) {
    return *w.organization_named(s.organization);
}

/// Where a declared client would have connected to: the server's first address, port 25.
endpoint declared_end(const exchange::server& s) {
    return {s.addresses->empty() ? ip_address{} : s.addresses->front(), 25};
}

/// What the Transport service would find out: the message is taken, and its sender gets a report.
void tell_unknown_recipients(const exchange::organization& o, const transport::receiving_session& session,
                             instant now, trace::session_record& record) {
    for (const auto& accepted : session.accepted())
        for (const auto& recipient : accepted.message.recipients) {
            if (o.knows(recipient))
                continue;
            auto judged = exchange::judge_recipient(o, recipient);
            judged.why.at = now;
            record.decisions.push_back(std::move(judged.why));
            record.end +=
                fmt::format("; {} has no mailbox, its sender gets an NDR: {}", recipient, judged.value.reply);
        }
}

} // namespace

struct real_listener::state {
    state(const world& w, const exchange::server& s, std::uint16_t port)
        : within(w), server(s), with(0, contexts),
          acceptor(with.network.context(), {asio::ip::address_v4::loopback(), port}) {}

    const world& within;
    const exchange::server& server;
    net::tls_contexts contexts;
    worker with;
    asio::ip::tcp::acceptor acceptor;
    std::vector<trace::event_record> events; // of the last session
};

real_listener::real_listener(const world& w, const exchange::server& s, std::uint16_t port)
    : state_(std::make_unique<state>(w, s, port)) {}

real_listener::~real_listener() = default;

std::uint16_t real_listener::port() const {
    return state_->acceptor.local_endpoint().port();
}

const std::vector<trace::event_record>& real_listener::events() const {
    return state_->events;
}

trace::session_record real_listener::serve() {
    auto& s = *state_;
    s.events.clear();
    auto socket = s.acceptor.accept();
    trace::session_record record;
    const auto remote = declared(socket.remote_endpoint());
    record.client = "a real client";
    record.client_endpoint = to_string(remote);
    record.server = s.server.name;
    record.server_endpoint = to_string(declared_end(s.server));
    instant now = s.within.plan.clock;
    record.begun = now;
    retriever fetches(s.within, s.with.lookups, s.with.published);
    transport::receiving_session session(
        {organization_of(s.within, s.server), s.server, s.within.plan.behavior,
         known_about_own(fetches, s.with.memo, s.server, declared_end(s.server), remote.address,
                         s.within.plan.behavior, now, {record.retrievals, record.decisions}),
         declared_end(s.server), remote, now, record.decisions});
    if (session.connector() == nullptr) {
        record.end = "no Receive connector takes this connection";
        return record;
    }
    record.server_connector = session.connector()->identity();
    record.receive_log = receive_log_of(s.server, *session.connector());
    socket.non_blocking(true);
    net::connection ends;
    ends.server = std::make_unique<net::stream>(std::move(socket));
    record.server_service = record.receive_log.service;
    const auto fetch = [&](const transport::errand& what, instant at) {
        return fetches.fetch(s.server, what, at, {record.retrievals, record.decisions});
    };
    converse({s.with.network,
              s.contexts,
              s.with.agreements,
              nullptr,
              &session,
              scenario::fault{},
              now,
              record,
              {},
              fetch,
              {},
              nullptr,
              response_to_staple(fetches, s.with.memo, s.server, session.presented(), now,
                                 {record.retrievals, record.decisions})},
             std::move(ends));
    record.ended = now;
    record.chains = session.log().chains;
    s.events = session.log().events;
    record.end = session.accepted().empty() ? "no message was accepted" : "a message was accepted";
    tell_unknown_recipients(organization_of(s.within, s.server), session, now, record);
    return record;
}

} // namespace connlab::lab
