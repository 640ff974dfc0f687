// What a run leaves behind: one append-only value. Every report is a rendering of it; it holds flat views, no
// model types.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/base/instant.hpp"
#include "sim/trace/decision.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace connlab::trace {

enum class direction { client_to_server, server_to_client };

/// One SMTP line (without CRLF) or a summary of message content (`content`).
struct smtp_line {
    instant at{};
    direction way = direction::client_to_server;
    std::string text;
    bool encrypted = false; // inside TLS
    bool content = false;   // message data: text is "<message, N bytes>"
};

/// One field of a TLS message, by its name in RFC 5246, 8446 or the registry of extensions, with the values
/// that are not drawn at random.
struct tls_detail {
    std::string name;                // cipher_suites
    std::vector<std::string> values; // one for each entry of a list
    friend bool operator==(const tls_detail&, const tls_detail&) = default;
};

/// The fields of a message in the order of its bytes. Copies share them: most messages of a run say what one
/// before has said.
class tls_details {
  public:
    tls_details() = default;
    tls_details(std::vector<tls_detail> fields)
        : fields_(std::make_shared<const std::vector<tls_detail>>(std::move(fields))) {}
    tls_details(std::initializer_list<tls_detail> fields) : tls_details(std::vector<tls_detail>(fields)) {}

    const std::vector<tls_detail>& all() const {
        static const std::vector<tls_detail> none;
        return fields_ ? *fields_ : none;
    }
    friend bool operator==(const tls_details& a, const tls_details& b) { return a.all() == b.all(); }

  private:
    std::shared_ptr<const std::vector<tls_detail>> fields_;
};

/// One TLS handshake message, ChangeCipherSpec or alert, as seen on the wire of this run.
struct tls_message {
    direction way = direction::client_to_server;
    std::string type; // ClientHello, ServerHello, HelloRetryRequest, Certificate, …, Alert
    std::uint32_t length =
        0;                  // bytes of the message body; 0 where it varies from run to run (ECDSA signatures)
    std::string detail;     // what matters most, in one line; alert: "fatal handshake_failure (40)"
    int number = 0;         // from 1
    int flight = 0;         // from 1; messages that one side sends without waiting are one flight
    bool encrypted = false; // who listens on the wire cannot read it
    tls_details details;
};

struct certificate_view {
    std::string subject;
    std::string issuer;
    std::string serial;     // upper-case hex
    std::string thumbprint; // SHA-1, 40 upper-case hex digits
    instant not_before{};
    instant not_after{};
    std::vector<std::string> names; // CN (if host-like) and SAN dNSNames, each once
    std::string key;                // "RSA 2048", "EC P-256"
    std::string signature;          // "sha256RSA" as Windows prints it

    friend bool operator==(const certificate_view&, const certificate_view&) = default;
};

struct handshake_view {
    bool attempted = false;
    bool completed = false;
    std::string version; // TLS1_2, TLS1_3 as the Received header prints it
    std::string suite;   // Schannel (= IANA) name
    std::string group;   // P-384, X25519
    std::string sni;
    int dhe_bits = 0; // of the prime; 0: none took part
    /// Computed, and not performed: this OpenSSL lacks what Windows would use. Version and suite are the
    /// computed ones then.
    bool not_performed = false;
    std::string failure;      // our word for what ended it: empty when completed
    std::string client_error; // Exchange's status on the client: SocketError, InvalidToken, NoCredentials, …
    std::string server_error;
    bool client_completed = false; // one side may believe itself connected when the other has refused
    bool server_completed = false;
    /// Flights of its own that a side waits for an answer to before it may send application data; none: it
    /// never may.
    std::optional<int> client_round_trips;
    std::optional<int> server_round_trips;
    bool certificate_requested = false;
    std::string stapled; // what the OCSP response in the handshake says, in words; empty: none came
    std::vector<certificate_view> server_chain; // as presented, leaf first
    std::vector<certificate_view> client_chain; // as presented; empty: none
    std::vector<tls_message> messages;
    std::string key_log; // NSS key log lines; exempt from determinism, never in the JSON report
};

struct chain_element_view {
    certificate_view certificate;
    std::vector<std::string> error_status; // CERT_TRUST_* names
    std::vector<std::string> info_status;
    std::string note; // "trusted root of the public programme", "revocation not checked (assumed good)"
};

/// The Windows verdict on one peer's chain: the best path, and what the others lacked.
struct chain_view {
    std::string question;                     // "TESTMS05's verdict on the certificate of mail.contoso.com"
    std::vector<chain_element_view> elements; // leaf first
    std::vector<std::string> error_status;
    std::string policy_error; // CERT_E_UNTRUSTEDROOT, or empty
    std::vector<candidate> rejected_paths;
};

struct event_record {
    instant at{};
    std::string server;
    std::string log = "Application";
    std::string source; // MSExchangeTransport
    int id = 0;         // 0: the real id is not known
    std::string level;  // Error, Warning, Information
    std::string category;
    std::string text;
    bool our_text = false; // the wording is the lab's, not Exchange's
};

/// One row of a side's SMTP protocol log.
struct protocol_row {
    instant at{};
    char event = '*'; // + connect, - disconnect, > sent, < received, * information
    std::string data;
    std::string context;
};

/// What one side writes down of a session. A server that is no Exchange has no service and keeps no log.
struct protocol_log {
    std::string server;
    std::string service;   // FrontEnd, Hub, Edge, Mailbox
    std::string connector; // connector-id: `TESTMS05\Default Frontend TESTMS05`, or the Send connector's name
    bool verbose = false;  // ProtocolLoggingLevel Verbose; None writes nothing
    std::vector<protocol_row> rows;
};

/// Something that Windows fetched to judge a certificate, or tried to.
struct retrieval_record {
    instant at{};       // begun
    std::string server; // that fetched
    std::string what;   // CRL, OCSP, AIA, root
    std::string url;
    std::string by;     // HTTP, proxy HOST:PORT, LDAP; empty: it was not asked for at all
    std::string answer; // `200 OK, 512 bytes`; or why there is none
    bool fetched = false;
    bool waited_for = true; // false: in the background, before the session
    duration took{};
    std::string body{}; // for the artifacts
};

struct session_record {
    std::string client;         // server name
    std::string client_service; // FrontEnd, Hub, Edge; empty: no Exchange server
    std::string client_endpoint;
    std::string client_connector;
    std::string server;
    std::string server_service; // FrontEnd, Hub, Mailbox, Edge; empty: no Exchange server
    std::string server_endpoint;
    std::string server_connector;
    bool inside = false; // between servers of one organization
    instant begun{};
    instant ended{};
    std::vector<smtp_line> lines;
    handshake_view handshake;
    std::vector<chain_view> chains;
    std::vector<retrieval_record> retrievals; // of both sides, in order
    std::vector<decision> decisions;
    protocol_log send_log;
    protocol_log receive_log;
    std::string header_sent; // of the message, when the server took it: as it came over the wire
    std::string header_kept; // and as the server has it now; empty: no simulated server
    std::string end;         // "QUIT", "client closed after STARTTLS failed", "connection refused"
};

struct delivery_record {
    std::string server;      // that accepted it
    std::uint64_t bytes = 0; // of the message as received, after dot-unstuffing
    std::string sha256;      // of those bytes
    bool encrypted = false;  // how it came into the organization
    std::string auth_as;     // Anonymous, Internal, Partner, External; empty for a plain SMTP server
    std::string auth_domain;
    std::string content; // the message itself, for the artifacts
};

enum class flow_outcome { delivered, retry, failed, undeliverable };
std::string_view to_string(flow_outcome o); // Delivered, Retry, Failed, Undeliverable

/// One message to one recipient, on one attempt (a Send or a later Retry/Advance).
struct flow_record {
    std::string id;    // "1", "2.3": step, flow in the step
    std::string kind;  // of a server's own message: NDR, Delay; empty: somebody's mail
    std::string about; // the message that it is about: its Message-ID
    std::string message_id;
    std::string from;
    std::string to;
    std::string server; // that submits
    std::string holder; // in whose queue it waits; empty: delivered, or given up
    std::string next_hop;
    std::string connector; // Send connector
    flow_outcome outcome = flow_outcome::retry;
    std::string reply;      // innermost text: own verdict or peer's reply; empty when delivered
    std::string last_error; // the full Get-Queue form
    bool our_text = false;  // `reply` is the lab's wording
    std::string decided_by; // word of the deciding reason: SubjectMismatch, UntrustedRoot, StarttlsRequired,
                            // …; empty: none
    std::string summary;    // one sentence: why
    std::string rule;       // id of the rule that kept the message from being delivered; empty: delivered
    int attempts = 1;       // Advance shows the last of several
    instant begun{};
    instant ended{};
    std::vector<decision> decisions;          // before any connection
    std::vector<retrieval_record> retrievals; // likewise
    std::vector<session_record> sessions;
    std::vector<delivery_record> deliveries;
    std::vector<event_record> events;
    std::vector<std::string> assumptions; // rule ids with confidence assumed that this outcome rests on
    std::vector<std::string> findings;    // "DomainSecure is not in force: …"
    source_mark mark;
};

/// `Front End`, `Transport`, `Mailbox Delivery` for FrontEnd, Hub, Mailbox; empty for a server of one
/// service.
std::string_view service_words(std::string_view service);

/// The session that the outcome is told by: the last one between organizations, else the last. Null: none.
const session_record* main_session(const flow_record& f);

/// The decision behind `rule`; null when the message was delivered, or refused by a peer for a reason that
/// nobody told.
const decision* deciding_decision(const flow_record& f);

struct queue_record {
    std::string server;
    std::string identity; // TESTMS05\3
    std::string delivery_type;
    std::string next_hop_domain;
    std::string next_hop_connector; // GUID; empty where none of the configured connectors leads there
    std::string tls_domain;
    std::string status; // Ready, Retry, …
    int message_count = 0;
    std::string last_error;
    int retry_count = 0; // attempts that failed, of the message that was tried most often
    instant last_retry{};
    std::optional<instant> next_retry; // of a suspended queue there is none
    // As the server's zone and culture print them.
    std::string last_retry_local;
    std::string next_retry_local;
};

/// What a cmdlet prints, kept for the artifacts.
struct view_record {
    std::string server;
    std::string command; // Get-ExchangeCertificate -Server TESTMS05 | fl
    std::string text;
};

struct expectation_record {
    source_mark mark;
    std::string flow; // id, or empty for the step
    std::string what; // "Outcome", "Tls.Version"
    std::string expected;
    std::string actual;
    bool met = false;
    std::string why; // the deciding rule's answer, for a failed one
};

struct step_record {
    int number = 0;   // from 1
    std::string verb; // Send, Retry, Advance, Run, Fault
    std::string text; // one line as an administrator would say it
    source_mark mark;
    instant at{};
    instant ended{};
    std::vector<flow_record> flows;
    std::vector<flow_record> reports;             // that servers sent about flows: NDRs, delay notices
    std::vector<queue_record> queues;             // as the queue viewers show them after the step
    std::vector<event_record> events;             // of the step itself (server start, cmdlet)
    std::vector<session_record> synchronizations; // of EdgeSync, in their order
    /// Attempts of an Advance before the last one of each message: what the servers wrote down of them, and
    /// nothing else.
    std::vector<flow_record> earlier;
    std::vector<view_record> views;           // that an administrator would look at, where they changed
    std::vector<retrieval_record> retrievals; // for a cmdlet, or by Windows on its own
    std::vector<decision> decisions;          // about the step itself
    std::string output;                       // of a cmdlet
    std::string refusal; // why a cmdlet was refused: its messages with their rules; empty: accepted
    std::vector<expectation_record> expectations;
};

struct run_record {
    std::string path;
    std::string title;
    std::string about;
    std::vector<std::string> shows;
    instant clock{};
    std::vector<rule> rules; // those that the run used, sorted by id
    std::vector<step_record> steps;
    diagnostics findings;        // of check, informational
    bool generated_keys = false; // the world outgrew the key pool
    bool byte_stable = true;     // false with External peers
    int stopped_at = 0;          // the step whose cmdlet was refused; later ones were not played; 0: none

    bool as_expected() const;
};

} // namespace connlab::trace
