// What each side brings to a handshake, decided before a byte is written, and what came of it.
#pragma once

#include "certs/certificate.hpp"
#include "sim/tls/profile.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::tls {

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
    shared_profile what = {};
    credential own = {};
    client_certificate ask = client_certificate::asked;
    /// A server that refuses (not Exchange): a client certificate that none of these roots anchors, or whose
    /// usage excludes clientAuth, ends the handshake. Empty and `refuses` false: everything is accepted,
    /// policy decides later.
    bool refuses = false;
    std::vector<certs::certificate> refusal_roots = {};
    instant refusal_at{}; // the instant at which such a server judges
    /// OCSP response about the own certificate (DER), for clients that ask for one; empty: none is stapled.
    std::string stapled_response = {};
};

struct client_offer {
    shared_profile what = {};
    std::vector<credential> own = {}; // none or one
    std::string sni = {};             // empty: not sent
    bool asks_status = false;         // status_request: an OCSP response beside the certificate (RFC 6066 8)
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
