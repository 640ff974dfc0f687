// What one machine offers as a TLS client or server, and why.
#pragma once

#include "sim/base/source_mark.hpp"
#include "sim/tls/suite.hpp"

#include <memory>
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

/// A profile that nobody changes any more: its copies cost nothing, and any thread may read them.
class shared_profile {
  public:
    shared_profile() : shared_profile(profile{}) {}
    shared_profile(profile p);

    operator const profile&() const { return made_->what; }
    const profile& operator*() const { return made_->what; }
    const profile* operator->() const { return &made_->what; }
    /// All that a handshake depends on: equal texts, equal handshakes, whatever the reasons for them.
    const std::string& fingerprint() const { return made_->fingerprint; }

  private:
    struct made {
        profile what;
        std::string fingerprint;
    };
    std::shared_ptr<const made> made_;
};

/// TLS 1.2 alone with the suites and curves that Exchange 2019 setup configures on Windows Server 2019
/// (Schannel sheet 1.2), as a server.
profile exchange2019_setup();
/// What a current OpenSSL offers: TLS 1.2 and 1.3 (reference README, item 19).
profile current_openssl();

} // namespace connlab::tls
