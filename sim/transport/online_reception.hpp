// The front end of Exchange Online in one session: does the client's certificate count, whose message is it,
// what is written on it (Exchange Online sheet 1.3-1.10, 3.4).
#pragma once

#include "sim/exchange/online_headers.hpp"
#include "sim/exchange/online_recipient.hpp"
#include "sim/transport/inquiry.hpp"
#include "sim/transport/session_log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::transport {

/// What a session of Exchange Online happens with.
struct online_setting {
    const std::vector<exchange::tenant>& tenants;
    const exchange::server& server;
    const exchange::behavior& rules;
    const chain::evidence& known; // what the server remembers
    ip_address client;            // declared
    std::uint16_t port = 25;      // 587: client submission
    instant begun{};
};

class online_reception {
  public:
    online_reception(const online_setting& where, session_log& log);

    std::string banner() const; // 220 …, with the session's id
    /// Before the first line inside TLS: what has to be fetched to judge the client's certificate.
    std::optional<errand> wanted(const exchange::inbound_facts& facts, const inquiry& so_far);
    /// Port 587: clients log on, and their mail is their tenant's.
    bool takes_submissions() const;
    /// AUTH of a client that has negotiated this version (TLS1_2; empty: none).
    exchange::inbound_verdict on_logon(std::string_view tls_version);
    /// MAIL FROM, on port 587 alone a question; `logged_on` since when also RCPT TO goes by the logon.
    exchange::inbound_verdict on_sender(std::string_view tls_version, bool logged_on);
    /// The EHLO reply: its first line, then the keywords.
    std::vector<std::string> hello(const std::string& client_name, const exchange::inbound_facts& facts,
                                   bool starttls);
    exchange::inbound_verdict on_recipient(std::string_view sender, std::string_view recipient,
                                           const exchange::inbound_facts& facts);
    /// The message as it is kept; after a recipient was accepted.
    exchange::online_message keep(std::string_view content);
    /// The message has come by too often: refused.
    exchange::inbound_verdict on_message(std::string_view content);
    const exchange::online_recipient& came_by() const { return *came_by_; }
    const std::string& name() const { return name_; } // of the front end

  private:
    exchange::online_session_name session() const;
    exchange::online_recipient judged_recipient(std::string_view sender, std::string_view recipient) const;
    void judge_certificate(const exchange::inbound_facts& facts);

    online_setting where_;
    session_log& log_;
    std::string name_;
    std::string id_;
    std::string hello_name_;
    std::string sender_domain_;
    std::optional<trace::decided<exchange::judged_certificate>> judged_; // with all that could be fetched
    bool logged_on_ = false;
    bool told_ = false; // the judgement is among the decisions
    exchange::online_evidence evidence_;
    std::optional<exchange::online_recipient> came_by_;
};

} // namespace connlab::transport
