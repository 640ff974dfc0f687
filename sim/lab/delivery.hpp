// One attempt to deliver one message, while it goes on: where the message is, what has been decided, what the
// last hop came to. Internal: flow.hpp is for others.
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/exchange/internal_hops.hpp"
#include "sim/exchange/online_sending.hpp"
#include "sim/lab/flow.hpp"
#include "sim/lab/meeting.hpp"
#include "sim/lab/routing.hpp"

#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace connlab::lab {

class delivery {
  public:
    delivery(const world& w, const message& m, std::string flow_id, instant at, worker& with);

    /// Hop after hop.
    attempt run();

  private:
    using attempt_outcome = transport::attempt_outcome;

    template <class T>
    T kept(trace::decided<T> d) {
        d.why.at = now_;
        out_.record.decisions.push_back(std::move(d.why));
        return std::move(d.value);
    }

    template <class T>
    static void append(std::vector<T>& to, std::vector<T> more, bool in_front = false) {
        to.insert(in_front ? to.begin() : to.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
    }

    void one_hop();
    void resolve();
    /// Whether the domain is accepted and the mailbox elsewhere. An Edge leaves that to the Mailbox servers.
    bool leaves_again();
    /// An Edge that has a connector for the organization's own domains.
    bool passes_inwards() const;
    /// Whether another server has the message now and is to send it on.
    bool goes_on();
    /// An Edge without a subscription keeps what is for the organization: there is no way on.
    bool ends_at(const exchange::server& edge) const;
    /// A plain SMTP server's report to one of its own users.
    void keep_here();
    /// To another service of the organization.
    void send_inside(const exchange::next_stage& next, std::uint16_t port);
    /// To the Mailbox servers of the site, one after the other.
    void send_inwards(exchange::next_stage next);
    void take(meeting met);
    void log_events(const std::vector<exchange::event>& events);
    std::string service_of_holder() const;

    // Exchange Online: delivery_online.cpp
    static bool is_online(const party& p);
    /// Whose message the service has; of its own reports, the tenant that the message was of.
    const exchange::tenant& tenant_of_holder() const;
    /// Exchange Online: into a mailbox, or out by an outbound connector.
    void send_online();
    void into_mailbox(const exchange::tenant& owner);
    /// Exchange Online has the message now, for or from one of its tenants.
    bool goes_on_online();

    // Send connectors: delivery_by_connector.cpp
    trace::decided<exchange::tls_policy> policy_for(const exchange::send_connector& c) const;
    void send_by_connector(const exchange::send_connector& c, bool through_front_end);
    trace::decided<exchange::certificate_choice> own_certificate(const exchange::send_connector& c,
                                                                 instant at, worker& with);
    exchange::send_verdict usable(const exchange::send_connector& c, const exchange::certificate_choice& own);
    next_hops hops_of(const exchange::send_connector& c);
    /// The Transport service hands the message to the Front End of its server, which opens the session.
    void send_through_front_end(const exchange::send_connector& c, const exchange::tls_policy& policy);
    /// What the Front End does with a message on port 717: it looks for the certificate of the connector
    /// itself, and its events are its own (KB 2989382).
    meeting meet_outside(const message& m, const exchange::send_connector& c,
                         const exchange::tls_policy& policy, instant at, worker& with);
    /// The hosts one after the other until one takes the message or says no for good.
    meeting meet_first(const message& m, const caller& who, const next_hops& hops, instant at, worker& with);
    void name_queue(const exchange::send_connector& c);
    /// A plain SMTP server: MX routing, its own TLS level for each host, no client certificate unless one is
    /// configured.
    void send_as_partner();
    void connect(const next_hop& hop, const exchange::send_connector& c,
                 const exchange::certificate_choice& own, const exchange::tls_policy& policy);
    void try_hops(const next_hops& hops, const exchange::send_connector& c,
                  const exchange::certificate_choice& own,
                  const std::function<exchange::tls_policy(const next_hop&)>& policy_of);

    // What it comes to: delivery_outcome.cpp
    /// Back to the sender, without a word to anybody else; by the decision that was kept last.
    void refuse(const exchange::inbound_verdict& verdict);
    void stay(const exchange::send_verdict& verdict);
    /// Nothing leaves a suspended queue: the message waits in it, and no attempt is made.
    bool joins_suspended_queue();
    /// By the decision that was kept last.
    attempt_outcome queued(const exchange::send_verdict& verdict);
    attempt_outcome without_hops(const next_hops& hops, const exchange::send_connector& c);
    void undeliverable(std::string rule, std::string question, std::string answer, std::string why);
    void unreachable(std::string why);
    void conclude();
    void tell_outcome();
    /// As the queue of the holder shows it; the form is Exchange's, so other servers have the bare answer.
    std::string last_error() const;
    /// What ended the last attempt; null: the peer, without a word that a rule of ours explains.
    const trace::decision* deciding_decision() const;
    std::string told_delivery() const;

    const world& w_;
    message m_;
    worker& with_;
    instant now_;
    party holder_; // whose queue the message is in
    std::string domain_;
    attempt out_;
    attempt_outcome last_;
    acceptance accepted_;
    next_hop host_;
    std::string inner_next_hop_; // of a hop inside the organization
    std::optional<place_of_decision> deciding_;
    std::optional<std::size_t> deciding_here_;       // else: a decision outside of the sessions
    std::optional<exchange::online_attempt> online_; // of a hop out of Exchange Online
    std::string originator_;                         // XOORG of the hop
    bool unreachable_ = false;
};

} // namespace connlab::lab
