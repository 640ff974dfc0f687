// What two sides agree on, or why they do not: version, suite, group, signature scheme; computed before a
// byte is written, with the roads not taken. (Schannel sheet 1.6, 3.3, 3.4)
#pragma once

#include "sim/tls/offer.hpp"

namespace connlab::tls {

/// The rule catalogue of this library (tls.*, schannel.*).
const std::vector<trace::rule>& rules();

enum class agreement {
    agreed,
    no_version_on_client, // nothing is sent at all
    no_suite_on_client,   // likewise
    no_version_on_server, // the connection is closed
    no_common_version,
    no_common_suite, // or none that fits the certificate, or no common group
    prime_refused,   // by the client: length of the server's DHE prime
    key_refused,     // by the client: length of the server's RSA key
};

struct negotiator {
    std::string name; // of the machine
    const profile& what;
};

/// The key of the certificate that the server presents.
struct server_key {
    std::string kind; // RSA, ECDSA; anything else fits no suite
    int bits = 0;
    std::string curve;   // of an ECDSA key: P-256
    bool sha512 = false; // the certificate is signed with SHA-512
};
server_key key_of(const certs::certificate& c);

struct negotiation {
    agreement outcome = agreement::agreed;
    version agreed_version = version::tls1_2; // failed: the one that the server would answer with
    std::string suite;                        // IANA name
    std::string group;                        // empty: none takes part
    std::string signature;                    // IANA name; empty: none, or the old one of TLS 1.1 and below
    int dhe_bits = 0;                         // 0: no DHE
    /// Of a failure: what goes over the wire. -1: nothing does.
    int alert = -1;
    bool alert_by_server = true;
    std::string not_performed; // what this OpenSSL lacks to do it; empty: nothing
    /// The server's suites that Windows passes over and OpenSSL would not: it knows nothing of curves in
    /// names, and does not mind how a certificate is signed.
    std::vector<std::string> passed_over;
    trace::decision version_why;

    bool succeeds() const { return outcome == agreement::agreed; }
    failure as_failure() const;
};

/// `why` is the decision on the suite, or the one on the version when that failed.
trace::decided<negotiation> negotiate(const negotiator& client, const negotiator& server,
                                      const server_key& key);

// ---- what OpenSSL is told, so that it comes to the same ----

/// OpenSSL knows no holes in a client's versions and no curves in the names of suites.
struct forced_profiles {
    profile client;
    profile server;
};
forced_profiles forced(const profile& client, const profile& server, const negotiation& n);

} // namespace connlab::tls
