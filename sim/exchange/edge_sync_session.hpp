// One session of EdgeSync, both sides, without I/O: requests and answers in a framing of this lab's own that
// stands for LDAP; the result codes are those of RFC 4511 appendix A (hybrid sheet 4.4).
#pragma once

#include "sim/exchange/edge_credential.hpp"
#include "sim/exchange/edge_replication.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace connlab::exchange {

/// A request `VERB argument` or an answer `CODE name`, and what belongs to it.
struct edge_frame {
    std::string head;
    std::string content;
};

inline constexpr std::string_view ldap_unavailable = "The LDAP server is unavailable.";

/// AD LDS of an Edge in one session.
class adlds_session {
  public:
    /// `ad`: where replicated values know their places in the scenario. `damaged`: the credentials that come
    /// for this Edge are, by the scenario's word.
    adlds_session(server& edge, const organization& ad, instant now, bool damaged)
        : edge_(edge), ad_(ad), now_(now), damaged_(damaged) {}

    edge_frame on(const edge_frame& request);
    /// After the session: the Credential Service makes the accounts of new credentials (event 1006 when it
    /// cannot) and deletes those that have expired.
    void finish();

    std::vector<trace::decision>& decisions() { return decisions_; }
    const std::vector<event>& events() const { return events_; }

  private:
    edge_frame bind(std::string_view argument);
    edge_frame compare(std::string_view argument) const;
    edge_frame search() const;
    edge_frame store(const edge_frame& request, std::string_view name);
    void make_account(const edge_entry& credential);

    server& edge_;
    const organization& ad_;
    instant now_;
    bool damaged_;
    bool bound_ = false;
    std::vector<trace::decision> decisions_;
    std::vector<event> events_;
};

/// What a session came to.
struct edge_sync_outcome {
    std::string failure; // that ended it; empty: it went through
    edge_sync_result configuration;
    edge_sync_result recipients;
    std::vector<trace::decision> decisions;
    std::vector<event> events;       // of the Mailbox server
    std::vector<std::string> lines;  // of the EdgeSync log
    std::vector<edge_entry> offered; // what Active Directory had
};

/// The Mailbox server's side.
class edge_sync_session {
  public:
    edge_sync_session(const organization& o, const edge_subscription& e, const server& mailbox, instant now,
                      bool damaged);

    /// What stands against opening a session at all; empty: nothing.
    const std::string& failure() const { return out_.failure; }
    /// The connection or its handshake did not come about.
    void on_unavailable();
    /// The Edge's certificate, after the handshake. Nothing: the connection is closed.
    std::optional<edge_frame> on_certificate(const std::vector<certs::certificate>& presented);
    /// Nothing: it is over.
    std::optional<edge_frame> on(const edge_frame& answer);

    const edge_sync_outcome& outcome() const { return out_; }

  private:
    enum class phase { binding, searching, testing, writing, over };

    std::optional<edge_frame> stop(std::string failure);
    std::optional<edge_frame> bind();
    std::optional<edge_frame> after_search(const std::string& listing);
    std::optional<edge_frame> next_write();
    void plan(const std::string& listing);
    void note_write(const edge_frame& answer);
    void note_test(const edge_frame& answer);
    const edge_credential* next_credential() const;
    edge_sync_result& result_for(const std::string& entry);

    const edge_subscription& e_;
    const server& mailbox_;
    instant now_;
    bool damaged_;
    phase phase_ = phase::binding;
    const edge_credential* bound_with_ = nullptr;
    std::deque<edge_frame> writes_;
    edge_frame written_;
    bool next_is_there_ = false;
    edge_sync_outcome out_;
};

/// Is what the Edge presents the very certificate on its object in Active Directory? Chain, names and expiry
/// do not matter.
trace::decided<bool> judge_edge_certificate(const edge_subscription& e,
                                            const std::vector<certs::certificate>& presented);

} // namespace connlab::exchange
