// What Exchange decides, as pure functions that answer with their reasons. Session code calls them; it
// decides nothing. One that judges a chain says in `wanted` what Windows would fetch for it: until that is
// answered (`chain::evidence::answers`) the decision is a provisional one.
#pragma once

#include "sim/exchange/behavior.hpp"
#include "sim/exchange/model.hpp"
#include "sim/exchange/permissions.hpp"
#include "sim/trace/decision.hpp"

namespace connlab::exchange {

/// The rule catalogue of this library.
const std::vector<trace::rule>& rules();

/// An entry for the event log, not yet placed in time. id 0: the real id is not known.
struct event {
    std::string source = "MSExchangeTransport";
    int id = 0;
    std::string level;    // Error, Warning
    std::string category; // TransportService, SmtpSend, SmtpReceive, MessageSecurity
    std::string text;
    bool our_text = false;
    friend bool operator==(const event&, const event&) = default;
};

/// Who writes the events of the Front End service, whatever an event names.
inline constexpr std::string_view front_end_event_source = "MSExchangeFrontEndTransport";

// ---- receiving: which connector, which certificate ----

/// Enabled connectors whose Bindings cover `local`, whose RemoteIPRanges hold `remote`; the most specific
/// range wins. Null: the connection is not served. (3.3)
trace::decided<const receive_connector*> select_receive_connector(const server& s, const endpoint& local,
                                                                  const ip_address& remote);

struct certificate_choice {
    const stored_certificate* certificate = nullptr; // null: none
    std::string looked_for;                          // the name or <I>…<S>… that was searched
    std::string matched_by;    // "TlsCertificateName", "Fqdn of the connector", "FQDN of the server"
    std::string unusable;      // NoCredentials, UnknownCredentials: chosen, but the handshake will fail
    bool unresolvable = false; // sending: TlsCertificateName matches nothing usable; nothing is sent
    std::vector<event> events; // 12014, 12016, …
    std::vector<chain::retrieval> wanted; // see chain::verdict
};

/// The certificate for inbound STARTTLS (1.2). null: STARTTLS is not advertised.
trace::decided<certificate_choice> select_starttls_certificate(const server& s, const receive_connector& c,
                                                               instant now, const behavior& b,
                                                               const chain::evidence& known);

/// The certificate that a plain SMTP server (Role Smtp) is configured to offer as a TLS client; null: none.
trace::decided<certificate_choice> partner_client_certificate(const server& s);

/// The certificate offered as a TLS client (1.5). `unresolvable`: 454 4.7.5, no session at all.
trace::decided<certificate_choice> select_client_certificate(const server& s, const send_connector& c,
                                                             instant now, const behavior& b,
                                                             const chain::evidence& known);

/// The internal transport certificate for X-ANONYMOUSTLS (1.3, 1.4); events 12012, 12013, 12015.
trace::decided<certificate_choice> select_internal_certificate(const server& s, instant now,
                                                               const behavior& b);
/// What the transport services of an Exchange server write when they start: they load the internal transport
/// certificate (12012 when none is set; 12013, 12015, 12017, 12024).
std::vector<event> service_start_events(const server& s, instant now, const behavior& b);

// ---- receiving: what is said ----

/// What of a session the EHLO reply depends on.
struct ehlo_facts {
    bool starttls = false;      // a certificate was found for it
    bool anonymous_tls = false; // likewise
    bool tls_active = false;
    bool anonymous_active = false; // the TLS began with X-ANONYMOUSTLS
};
/// Keywords of the EHLO reply, one each (3.6).
std::vector<std::string> ehlo_keywords(const server& s, const receive_connector& c, const ehlo_facts& now);
std::string banner(const server& s, const receive_connector& c, instant now); // 220 …, 3.7

// The other reply texts of a session: sim/exchange/replies.hpp.

struct inbound_verdict {
    bool accepted = true;
    std::string reply; // when refused
    bool our_text = false;
    std::string reason; // word: MustIssueStarttls, NotAuthenticated, DomainSecureNoTls, SubjectMismatch, …
    principal who = principal::anonymous; // MAIL: whose permissions the transaction has
    std::string auth_as = "Anonymous";
    std::string auth_domain;
    std::vector<event> events;
    std::vector<std::string> findings;
    std::vector<chain::retrieval> wanted; // see chain::verdict
};

/// Facts of a session that inbound decisions look at.
struct inbound_facts {
    bool tls = false;
    std::vector<certs::certificate> client_chain; // leaf first; empty: none presented
    instant now{};
    principal who = principal::anonymous; // as authenticated so far
};

/// MAIL FROM: RequireTLS, permission to submit, Domain Security (3.7, 4.3).
trace::decided<inbound_verdict> judge_mail_from(const organization& o, const server& s,
                                                const receive_connector& c, std::string_view sender,
                                                const inbound_facts& facts, const behavior& b,
                                                const chain::evidence& known);
/// RCPT TO: accepted domains and relaying (3.5, 3.7). `relaying_by`: the capability that lets the session
/// send to anyone; empty: none.
trace::decided<inbound_verdict> judge_recipient(const organization& o, const server& s,
                                                const receive_connector& c, std::string_view recipient,
                                                principal who, std::string_view relaying_by = {});
/// The client certificate as the log shows it on the second EHLO: EmptyCertificate, Valid, UntrustedRoot, …
/// (3.8, 6.4)
trace::decided<chain::verdict> judge_client_chain(const server& s, const inbound_facts& facts,
                                                  const behavior& b, const chain::evidence& known);

// ---- sending ----

/// The Send connector for a recipient domain: longest matching address space, then cost, then … (S-SC). Null:
/// none.
trace::decided<const send_connector*> select_send_connector(const organization& o, const server& s,
                                                            std::string_view recipient_domain);

struct tls_policy {
    bool try_starttls = true;  // false: IgnoreSTARTTLS, ForceHELO
    bool must_use_tls = false; // RequireTLS, a level, Domain Security, BasicAuthRequireTLS
    bool check_chain = false;
    bool check_name = false;
    std::vector<std::string>
        reference_names;          // any one of them must be on the certificate; see name_pattern_matches
    std::string reference_source; // "TlsDomain", "recipient domain", "domain-secured domain", "smart host"
    bool domain_secure = false;   // in force for this recipient
    std::string domain;           // the domain-secured domain
    std::vector<std::string> findings;    // "Domain Security is not in force: …"
    std::vector<std::string> exact_names; // BasicAuthRequireTLS: the smart hosts; no wildcard covers them
    bool partner = false;                 // of a plain SMTP server (Role Smtp): its own words and texts
    bool may_fall_back = false;           // partner: after a failed handshake the same host is tried in clear
    bool exchange_authentication = false; // a hop between Exchange servers: X-ANONYMOUSTLS and X-EXPS
    bool direct_trust = false;            // likewise, with an Edge: the certificate is the proof
};
/// Answered before a connection is opened. (2.4, 2.5, 4.2)
trace::decided<tls_policy> outbound_tls_policy(const organization& o, const send_connector& c,
                                               std::string_view recipient_domain, const behavior& b);
/// The same question for a plain SMTP server (Role Smtp), by its TlsLevel (reference README, item 19).
/// `host`: the MX host or smart host that is about to be tried. judge_… work with this policy too; reasons
/// and texts are Postfix-like, ours.
trace::decided<tls_policy> partner_tls_policy(const server& s, std::string_view recipient_domain,
                                              std::string_view host);

/// What a Send connector does next.
enum class send_action { start_tls, start_anonymous_tls, authenticate, proceed, queue };
/// Whether and when the same host may be tried without STARTTLS after a failed handshake.
enum class clear_retry { never, next_attempt, at_once };
struct send_verdict {
    send_action action = send_action::proceed;
    std::string reply; // LastError's innermost text, when queued
    bool our_text = false;
    std::string reason;        // StarttlsRequired, UntrustedRoot, SubjectMismatch, …; empty: nothing wrong
    bool bare = false;         // own verdict: stands bare in {LED=…}, not wrapped
    std::vector<event> events; // 2015, …
    std::vector<std::string> findings;
    clear_retry in_clear = clear_retry::never; // only with `queue` after a failed handshake
    std::vector<chain::retrieval> wanted;      // see chain::verdict
};

/// Before a connection: a TlsCertificateName that finds nothing usable queues (2.4 #1); anything else goes
/// on.
trace::decided<send_verdict> judge_own_certificate(const send_connector& c, const certificate_choice& own);

/// A connection that does not come about or breaks outside the handshake (reference README, item 8).
enum class connection_failure {
    refused,
    timed_out,
    dropped,
    refused_in_tls, // by an alert, after this side had completed the handshake
};
trace::decided<send_verdict> judge_connection_failure(connection_failure f, std::string_view remote_host);

trace::decided<send_verdict> judge_ehlo(const send_connector& c, const tls_policy& p, bool starttls_offered,
                                        std::string_view remote_domain, std::string_view remote_host,
                                        const behavior& b);
trace::decided<send_verdict> judge_starttls_refusal(const send_connector& c, const tls_policy& p,
                                                    std::string_view reply, const behavior& b,
                                                    std::string_view remote_domain = {},
                                                    std::string_view remote_host = {});
trace::decided<send_verdict> judge_handshake_failure(const send_connector& c, const tls_policy& p,
                                                     tls::failure f, std::string_view own_error,
                                                     const behavior& b);
/// After a completed handshake: chain, usage, then name. `peer_chain` as presented, leaf first. The verdict's
/// view is left in `chain_out` when the chain was looked at. `smart_host`: the one connected to, for
/// BasicAuthRequireTLS (empty: any of the connector's).
trace::decided<send_verdict>
judge_server_certificate(const server& s, const send_connector& c, const tls_policy& p,
                         const std::vector<certs::certificate>& peer_chain, instant now, const behavior& b,
                         const chain::evidence& known, std::vector<trace::chain_view>& chain_out,
                         std::string_view smart_host = {});

/// Exchange's own name comparison (README item 4): CN or any dNSName SAN; wildcard certificate names cover
/// one label; a reference with a leading `*.` matches names one label below and the wildcard itself (switch
/// TlsDomainWildcardDepth).
struct name_match {
    bool matched = false;
    std::string certificate_name; // that matched
    std::string reference;
};
name_match match_names(const certs::certificate& c, const std::vector<std::string>& references,
                       const behavior& b);

/// The word after `Reason:` for a chain verdict (README item 7); one table. `ours`: the word is not attested.
struct reason_word {
    std::string word;
    bool ours = false;
};
/// Empty when nothing is wrong, or when what is wrong passes by a switch (RevocationOffline,
/// NoDistributionPoint).
reason_word reason_of(const chain::verdict& v, const behavior& b);

// ---- queues ----

/// Get-Queue's LastError: `[{LRT=…};{LED=…};{FQDN=…};{IP=…}]`, with the wrapper of the version (README item
/// 14).
std::string queue_last_error(const server& s, std::string_view reply, bool bare, instant at,
                             std::string_view remote_fqdn, const endpoint& remote, const behavior& b);

// ---- configuration ----

/// Combinations that Exchange refuses (V1-V13, R1-R14): one diagnostic each, placed at the value that breaks
/// the rule. The text is Exchange's where public, else ours, said to be ours.
diagnostics validate(const send_connector& c, server_role role);
diagnostics validate(const receive_connector& c, const server& s);
diagnostics validate(const server& s); // between connectors: R8, R9

/// Best-practice findings, without running (rule ids check.*). `soon`: 30 days.
diagnostics best_practice(const std::vector<organization>& all, instant now, const behavior& b);

} // namespace connlab::exchange
