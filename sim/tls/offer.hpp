// What each side brings to a handshake, decided before a byte is written, and what came of it.
#pragma once

#include "certs/certificate.hpp"
#include "sim/tls/suite.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::tls {

/// Whether one side may use a protocol version, and why.
struct protocol_state {
    version what = version::tls1_2;
    bool usable = false;
    std::string why; // "on by default", "off: Enabled is 0"
    std::string rule;
    source_mark mark; // of the value that decided; unknown: a default, or setup's
    friend bool operator==(const protocol_state&, const protocol_state&) = default;
};

/// A suite that stands in the list and is not used.
struct left_out_suite {
    std::string name;
    std::string why; // "Ciphers\\Triple DES 168 is off"
    source_mark mark;
    friend bool operator==(const left_out_suite&, const left_out_suite&) = default;
};

/// Which lengths of a key a client takes, in bits.
struct key_lengths {
    int least = 0;
    int most = 0; // 0: any
    bool allow(int bits) const { return bits >= least && (most == 0 || bits <= most); }
    friend bool operator==(const key_lengths&, const key_lengths&) = default;
};

/// What one machine offers as a client or as a server, in order of preference.
struct profile {
    std::vector<version> versions;   // usable, the lowest first; none: nothing is enabled
    std::vector<std::string> suites; // Schannel names, TLS 1.2 and below; Windows Server 2012 R2: with curve
    std::vector<std::string> tls13_suites;
    std::vector<std::string> groups;     // OpenSSL names: P-384, P-256, X25519
    std::vector<std::string> signatures; // IANA names: rsa_pss_rsae_sha256; for TLS 1.2 and up
    bool server_preference = true;
    int dhe_bits = 2048; // of the prime a server uses
    key_lengths dhe_taken;
    key_lengths rsa_taken; // for key transport (TLS_RSA_…)

    // Why it is so; empty for what is not Windows.
    std::string suites_from; // "the defaults of Windows Server 2016", "the policy key"
    source_mark suites_mark;
    std::string groups_from;
    std::vector<protocol_state> protocols;
    std::vector<left_out_suite> left_out;
    std::vector<std::string> rules; // that made it

    bool has(version v) const;
    /// Both lists, TLS 1.3 first.
    std::vector<std::string> every_suite() const;
    const protocol_state* protocol(version v) const; // null: nothing is known about it
    friend bool operator==(const profile&, const profile&) = default;
};

/// TLS 1.2 alone with the suites and curves that Exchange 2019 setup configures on Windows Server 2019
/// (Schannel sheet 1.2), as a server.
profile exchange2019_setup();
/// What a current OpenSSL offers: TLS 1.2 and 1.3 (reference README, item 19).
profile current_openssl();

/// A certificate that can be presented: leaf first, then what is sent beside it.
struct credential {
    std::vector<certs::certificate> chain;
    certs::private_key key;
    /// Why it cannot be used although it was chosen: NoCredentials (no private key), UnknownCredentials (not
    /// bound to SMTP). Empty: usable.
    std::string unusable;
};

enum class client_certificate { not_asked, asked, required };

struct server_offer {
    profile what;
    credential own;
    client_certificate ask = client_certificate::asked;
    /// A server that refuses (not Exchange): a client certificate that none of these roots anchors, or whose
    /// usage excludes clientAuth, ends the handshake. Empty and `refuses` false: everything is accepted,
    /// policy decides later.
    bool refuses = false;
    std::vector<certs::certificate> refusal_roots;
    instant refusal_at{}; // the instant at which such a server judges
    /// OCSP response about the own certificate (DER), for clients that ask for one; empty: none is stapled.
    std::string stapled_response;
};

struct client_offer {
    profile what;
    std::vector<credential> own; // none or one
    std::string sni;             // empty: not sent
    bool asks_status = false;    // status_request: an OCSP response beside the certificate (RFC 6066 8)
};

/// What ended a handshake, in the lab's words; the Exchange status names are derived from it.
enum class failure {
    none,
    no_common_version,
    no_common_suite,
    bad_record, // the peer answered something that is not TLS
    connection_reset,
    silence,         // the peer never answers; ends by a virtual time-out
    own_credential,  // NoCredentials, UnknownCredentials
    refused_by_peer, // alert about our certificate
    key_too_short,   // the client refuses the length of the server's prime or key
    nothing_enabled, // own side: no version, or no suite for those that are enabled
    not_performed,   // Windows would go on, with something this OpenSSL does not have
    other,
};
std::string_view to_string(failure f);

/// Both views of one handshake. `view` is what goes into the record.
struct report {
    bool completed = false;
    failure ended_by = failure::none;
    trace::handshake_view view;
    std::vector<certs::certificate> peer_chain; // as received, leaf first
    std::vector<certs::certificate> sent_chain; // what this side presented
};

} // namespace connlab::tls
