// A scenario file as a value: the world it describes, its steps and what is expected of them. No certificate
// is issued and nothing is connected here; sim/lab does that.
#pragma once

#include "certs/recipe.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/exchange/behavior.hpp"
#include "sim/exchange/model.hpp"
#include "sim/scenario/publishing.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace connlab::scenario {

/// Who holds a root: everyone (member of the root programme), or these organizations and servers.
struct authority {
    certs::certificate_recipe recipe;
    source_mark mark;
    bool public_programme = false;
    std::vector<located<std::string>>
        trusted_by;                  // organization or server names; for an intermediate: who has it in CA
    located<std::string> enterprise; // organization in whose Active Directory it is registered; empty: none
    publishing publishes;
    std::optional<certs::revocation_reason> revoked; // since the day before the clock
};

/// A certificate in a server's store, before it is issued.
struct declared_certificate {
    certs::certificate_recipe recipe;
    source_mark mark;
    std::uint32_t services = exchange::service_none;
    std::string friendly_name;
    bool private_key = true;
    bool default_certificate = false;                // the one setup makes (always first)
    bool send_chain = true;                          // present the intermediates beside it
    std::vector<std::string> also_send;              // ids of authorities to present besides/instead
    std::optional<certs::revocation_reason> revoked; // since the day before the clock
};

/// Members of a server's stores, as ids of authorities, beside those that follow from TrustedBy and
/// Enterprise.
struct declared_stores {
    std::optional<std::vector<std::string>> auth_root; // unset: every root of the programme
    std::vector<std::string> root;                     // of the registry
    std::vector<std::string> enterprise;
    std::vector<std::string> group_policy;
    std::vector<std::string> ca;
    std::vector<std::string> disallowed; // also certificates of servers, by recipe id
};

enum class internet_access { direct, proxy, none };

/// What a server reaches when Windows fetches something for it.
struct reach {
    located<std::string> forest; // organization whose domain it is a member of; empty: none
    located<internet_access> internet{internet_access::direct};
    located<std::string> proxy; // netsh winhttp set proxy: HOST:PORT; empty: none
    bool root_update = true;    // automatic root update
};

/// What the organization's model lacks until the forge has run.
struct declared_server {
    std::string organization;
    std::string name;
    std::vector<declared_certificate> certificates;
    std::optional<located<std::string>> internal_transport; // name of the certificate; unset: the default one
    std::optional<located<std::string>> subscribed_with;    // the internal one when the Edge was subscribed
    std::vector<tls::version>
        tls_versions; // of a server that is not Exchange; empty: as its profile has them
    declared_stores stores;
    reach reaches;
    std::vector<tls::registry_change> registry; // of an Exchange server, in order
};

enum class dns_type { a, aaaa, mx, cname, nxdomain };
struct dns_record {
    std::string name; // lower case
    dns_type type = dns_type::a;
    std::string target; // address, or host name
    int preference = 0; // MX
    source_mark mark;
};

/// Expected values; each key that was written. `key` is the path in the file: Outcome, LastError, Decision,
/// Tls.Version, Tls.Suite, ServerCertificate, ClientCertificate, Events, AuthAs, Route, …
inline constexpr std::string_view refused_key = "Refused";

struct expected_value {
    std::string key;
    std::vector<std::string> values;
    source_mark mark;
};
struct expectation {
    std::vector<expected_value> values;
    source_mark mark;
};

struct send_flow {
    std::string from;
    std::string to;
    std::string server; // that submits; empty: organization::mailbox_server of the sender
    std::string body;   // empty: a standard text
    std::optional<expectation> expect;
    source_mark mark;
};
struct send_step {
    std::vector<send_flow> flows; // a list under Send is one step of concurrent flows
};
struct retry_step {
    located<std::string> organization; // or server; empty: everyone
};
struct advance_step {
    duration length{};
};
struct run_step {
    std::string text;
    source_mark at;           // of the text's first character
    std::string organization; // whose shell; empty: the first organization
    std::string server;       // on which the shell runs; empty: the organization's first Exchange server
    std::string tenant;       // Exchange Online PowerShell of this tenant; empty: the Management Shell
};
/// Faults of a peer or the network, in force until cleared.
enum class fault_kind {
    none,
    refused,
    reset,
    silent,
    garbage,
    reset_in_handshake,
    silent_in_handshake,
    garbage_in_handshake,
    starttls_stripped,
    masked,         // banner and keywords overwritten by a firewall
    masked_tls,     // likewise, STARTTLS survives and the handshake is spoiled
    tls_inspection, // a device ends TLS with a certificate of its own
    rewrites,       // a device rewrites messages that pass in clear
    reset_in_data,  // the connection is reset when the message comes
    silent_after_banner,
    idle_reset,           // a device forgets connections that are silent for too long
    latency,              // every answer takes its time
    authentication_fails, // X-EXPS; the word of the scenario, since Kerberos is not simulated
    credentials_damaged   // of EdgeSync: the encrypted passwords that the directory has for this server
};
struct fault {
    fault_kind kind = fault_kind::none;
    std::string certificate; // tls_inspection: the name of one in the server's list
    duration delay{};        // latency: of one way
    duration after{};        // idle_reset: how long a connection may be silent
};
struct fault_step {
    located<std::string> server;
    fault what;
};
/// What an authority publishes, or what one HTTP host serves, fails from now on.
struct responder_fault_step {
    std::string authority;         // id; empty: `host` says where
    std::optional<publication> of; // of the authority; unset: everything
    std::string host;              // of a URL, or of a proxy; lower case
    responder_fault what;
};
/// The authority makes a new revocation list.
struct publish_crl_step {
    std::string authority; // id
};
struct revoke_step {
    std::string certificate; // recipe id
    certs::revocation_reason reason = certs::revocation_reason::unspecified;
};
/// The Hybrid Configuration Wizard runs (again).
struct hybrid_wizard_step {
    located<std::string> organization;
    bool certificate_alone = false;
};
/// A server that is not Exchange presents another of its certificates from now on.
struct present_step {
    std::string certificate; // recipe id
};
/// Somebody changes a file that a cmdlet has written: each occurrence of a text, or the whole.
struct tamper_step {
    located<std::string> file;
    located<std::string> replace; // empty: the whole content
    std::string with;
};
/// `certutil -urlcache * delete`, and what the services remember too.
struct clear_url_cache_step {
    std::string whose; // organization or server; empty: everyone's
};

struct step {
    std::variant<send_step, retry_step, advance_step, run_step, fault_step, responder_fault_step,
                 publish_crl_step, revoke_step, present_step, clear_url_cache_step, tamper_step,
                 hybrid_wizard_step>
        what;
    std::optional<expectation> expect; // for all flows of the step
    source_mark mark;
};

/// Whether the step's cmdlet is expected to be refused (`Refused:`): then the scenario goes on after it.
bool expects_refusal(const step& s);

struct scenario {
    std::string path;
    std::string title;
    std::string about;
    std::vector<std::string> sources;
    std::vector<std::string> shows;
    instant clock{};
    exchange::behavior behavior;
    std::vector<authority> authorities;
    std::vector<exchange::organization> organizations; // certificates still empty; see servers
    std::vector<declared_server> servers;
    std::vector<dns_record> dns;
    std::vector<step> steps;
};

/// Everything that is issued before the first step, in the order in which keys are assigned: authorities, the
/// servers' certificates, and those in files that answer no request.
std::vector<certs::certificate_recipe> recipes_of(const scenario& plan);

} // namespace connlab::scenario
