// What Exchange Online answers to RCPT TO, once it knows whose message it is (Exchange Online sheet 1.6-1.9).
#pragma once

#include "sim/exchange/tenant_attribution.hpp"

#include <string>
#include <string_view>

namespace connlab::exchange {

/// Where a refusal was made: the bracketed suffix of a reply, ` [<server> <UTC time, ms, Z> <session id>]`.
struct online_session_name {
    std::string server;
    instant at{};
    std::string id; // 16 hexadecimal digits
};
std::string suffix_of(const online_session_name& s);
/// An id that follows from the session's circumstances.
std::string online_session_id(std::string_view server, std::string_view client, instant begun);

/// All that one RCPT TO leads to.
struct online_recipient {
    trace::decided<attribution> whose;
    std::optional<trace::decided<partner_choice>> partner; // of an incoming message
    trace::decided<inbound_verdict> verdict;

    /// The connector that the message came by; null: the default one.
    const inbound_connector* connector() const {
        return whose.value.connector != nullptr ? whose.value.connector
               : partner                        ? partner->value.connector
                                                : nullptr;
    }
};

/// RCPT TO of a message that is known to be a tenant's own (or nobody's): relayed, or looked up.
trace::decided<inbound_verdict> judge_submitted(const attribution& whose, std::string_view recipient,
                                                const online_session_name& session);

online_recipient judge_online_recipient(const std::vector<tenant>& all, const online_evidence& e,
                                        std::string_view sender, std::string_view recipient,
                                        const online_session_name& session, const behavior& b);

} // namespace connlab::exchange
