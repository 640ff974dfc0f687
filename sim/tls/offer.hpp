// What each side brings to a handshake, decided before a byte is written, and what came of it.
#pragma once

#include "certs/certificate.hpp"
#include "sim/tls/suite.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::tls {

/// Versions, suites and groups of one machine, in order of preference. The Schannel model will compute it;
/// until then there are the two profiles below.
struct profile {
    version minimum = version::tls1_2;
    version maximum = version::tls1_2;
    std::vector<std::string> suites; // Schannel names, TLS 1.2 and below
    std::vector<std::string> tls13_suites;
    std::vector<std::string> groups; // OpenSSL names: P-384, P-256, X25519
    bool server_preference = true;
    friend bool operator==(const profile&, const profile&) = default;
};

/// TLS 1.2 alone with the suites and curves that Exchange 2019 setup configures (Schannel sheet 1.2).
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
};

struct client_offer {
    profile what;
    std::vector<credential> own; // none or one
    std::string sni;             // empty: not sent
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
