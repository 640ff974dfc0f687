// What the HTTP hosts and the directories of certification authorities serve: revocation lists, OCSP
// responses, issuers' certificates, really signed, with the faults that a scenario sets.
#pragma once

#include "sim/lab/published_bytes.hpp"
#include "sim/lab/world.hpp"
#include "sim/net/http.hpp"

#include <optional>
#include <string>

namespace connlab::lab {

/// Who publishes what at a URL.
struct publication_place {
    const certification_authority* authority = nullptr; // null: nobody
    scenario::publication what = scenario::publication::crl;
    std::string url;
};

/// What goes wrong before the content can; nothing: the content counts.
std::optional<net::http_answer> failed_answer(const scenario::responder_fault& f, const std::string& url);

class responders {
  public:
    responders(const world& w, signed_bytes& made) : w_(w), made_(made) {}

    /// The place that an http request leads to (an OCSP request in the path of a GET behind it), or an LDAP
    /// URL as it stands.
    publication_place place_at(const std::string& url) const;
    /// Whether somebody publishes on this host.
    bool is_host(const std::string& host) const;

    /// The fault in force there: of the host, else of what the authority publishes.
    scenario::responder_fault fault_at(const std::string& url) const;
    scenario::responder_fault fault_of_host(const std::string& host) const;
    net::http_answer answer(const net::http_request& asked, const std::string& url, instant now);
    /// What a directory holds there; nothing: no such entry.
    std::optional<std::string> entry(const std::string& url, instant now);

  private:
    std::string body(const publication_place& where, const net::http_request& asked, instant now);

    const world& w_;
    signed_bytes& made_;
};

} // namespace connlab::lab
