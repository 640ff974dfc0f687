#include "sim/lab/http_retrieval.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/fnv_hash.hpp"
#include "sim/base/http_url.hpp"
#include "sim/lab/routing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::lab {

namespace {

using kind = chain::retrieval::kind;
using scenario::internet_access;
using scenario::responder_fault_kind;

constexpr std::string_view user_agent = "Microsoft-CryptoAPI/10.0"; // Schannel sheet 6.5
constexpr int most_redirects = 10;                                  // WinHTTP's default
/// Defaults of MaxUrlRetrievalByteCount and MaxAIAUrlRetrievalByteCount (wincrypt.h of the SDK).
constexpr std::uint64_t largest_answer = std::uint64_t{100} << 20U;
constexpr std::uint64_t largest_issuer = 100000;
constexpr std::size_t longest_get = 255; // RFC 5019 section 5: a longer OCSP request is a POST

std::string seconds(duration d) {
    return fmt::format("{:g} s", static_cast<double>(d.count()) / 1000);
}

/// RFC 6960 appendix A.1. The target is the whole URL.
net::http_request ocsp_request(const chain::retrieval& what) {
    net::http_request out;
    const auto get = chain::cache_key(what);
    out.target = get;
    if (get.size() <= longest_get)
        return out;
    out.method = "POST";
    out.target = what.url;
    out.content_type = "application/ocsp-request";
    out.body = what.request;
    return out;
}

/// Declared addresses are for hosts that mail knows; others have one of the range for benchmarks (RFC 2544),
/// which no report shows.
ip_address address_of(const world& w, const std::string& host) {
    const auto declared = addresses_of(w, host);
    if (!declared.empty())
        return declared.front();
    const auto hash = fnv_hash(ascii_lower(host));
    ip_address out;
    out.bytes = {198, 18, static_cast<std::uint8_t>(hash >> 8U), static_cast<std::uint8_t>(hash)};
    return out;
}

std::string failure_of(const net::http_reply& r, std::uint64_t limit, duration patience) {
    switch (r.end) {
    case net::http_end::answered:
        return r.status == 200 ? "" : fmt::format("HTTP {}", r.status);
    case net::http_end::refused:
        return "connection refused";
    case net::http_end::silent:
        return "no answer within " + seconds(patience);
    case net::http_end::broken:
        return "the connection ended within the answer";
    case net::http_end::malformed:
        return "the answer is no HTTP";
    case net::http_end::too_large:
        return fmt::format("the answer has more than {} bytes", limit);
    }
    return {};
}

bool is_redirect(const net::http_reply& r) {
    return r.end == net::http_end::answered && r.status >= 301 && r.status <= 308 && !r.location.empty();
}

} // namespace

/// How a request to a host leaves the server.
struct http_retrieval::route {
    std::string host; // that is connected to
    endpoint to;
    std::string by; // HTTP, proxy HOST:PORT
    bool proxied = false;
    bool known = true;   // false: the host's name does not exist
    bool arrives = true; // false: packets are dropped
    bool listens = true; // false: nobody does
};

/// Whether packets of the server arrive where the authority publishes, without a proxy.
bool http_retrieval::reaches(const exchange::server& s, const publication_place& where) const {
    const auto* a = where.authority;
    if (a == nullptr || a->how.reachable_by.empty())
        return *w_.reach_of(s).internet == internet_access::direct;
    return std::any_of(a->how.reachable_by.begin(), a->how.reachable_by.end(),
                       [&](const located<std::string>& who) {
                           return ascii_iequal(*who, s.organization) || ascii_iequal(*who, s.name);
                       });
}

http_retrieval::route http_retrieval::route_to(const exchange::server& s, const std::string& url) const {
    const auto parts = *parse_http_url(url);
    const auto& proxy = *w_.reach_of(s).proxy;
    route out;
    if (!proxy.empty()) {
        const auto colon = proxy.rfind(':');
        out.host = proxy.substr(0, colon);
        out.by = "proxy " + proxy;
        out.proxied = true;
        out.to.port = static_cast<std::uint16_t>(std::stoi(proxy.substr(colon + 1)));
    } else {
        out.host = parts.host;
        out.by = "HTTP";
        out.to.port = parts.port;
    }
    out.to.address = address_of(w_, out.host);
    out.known = out.proxied || (!is_nxdomain(w_, out.host) &&
                                (responders_.is_host(out.host) || !addresses_of(w_, out.host).empty()));
    const auto fault =
        out.proxied ? responders_.fault_of_host(out.host).kind : responders_.fault_at(url).kind;
    out.arrives =
        fault != responder_fault_kind::unreachable && (out.proxied || reaches(s, responders_.place_at(url)));
    out.listens = fault != responder_fault_kind::refused;
    return out;
}

/// What comes back from the other side of the proxy, or from the proxy itself.
net::http_answer http_retrieval::through_proxy(const exchange::server& s, const route& way,
                                               const net::http_request& asked, const std::string& url,
                                               instant now) {
    if (auto failed = failed_answer(responders_.fault_of_host(way.host), url))
        return *failed;
    const auto beyond = responders_.fault_at(url).kind;
    const bool internal =
        responders_.place_at(url).authority != nullptr && reaches(s, responders_.place_at(url));
    net::http_answer out;
    out.status = 504; // Gateway Timeout
    if ((*w_.reach_of(s).internet == internet_access::none && !internal) ||
        beyond == responder_fault_kind::unreachable)
        return out;
    out.status = 502; // Bad Gateway
    const auto host = parse_http_url(url)->host;
    if (beyond == responder_fault_kind::refused || is_nxdomain(w_, host) || !responders_.is_host(host))
        return out;
    return responders_.answer(asked, url, now);
}

net::http_reply http_retrieval::request(const exchange::server& s, const route& way,
                                        const net::http_request& what, const net::http_client& who,
                                        instant now) {
    auto asked = what;
    const auto url = asked.target; // whole, as proxies want it
    const auto parts = *parse_http_url(url);
    asked.host = authority_of(parts);
    asked.user_agent = user_agent;
    asked.accept = "*/*";
    if (!way.proxied)
        asked.target = parts.target;
    net::http_responder by;
    if (way.listens)
        by = [&](const net::http_request& seen) {
            return way.proxied ? through_proxy(s, way, seen, url, now) : responders_.answer(seen, url, now);
        };
    return net::ask(network_, who, way.to, asked, by);
}

namespace {

std::string_view internet_word(internet_access i) {
    return i == internet_access::direct ? "Direct" : i == internet_access::proxy ? "Proxy" : "None";
}

std::string_view rule_of(const net::http_reply& r) {
    return r.end == net::http_end::too_large ? "lab.retrieval.size-limit" : "lab.retrieval.http";
}

} // namespace

/// What of the server's settings decides whether a request gets out.
std::vector<trace::cause> http_retrieval::settings_of(const exchange::server& s) const {
    const auto& reach = w_.reach_of(s);
    std::vector<trace::cause> out{{"WinHTTP proxy of " + s.name,
                                   reach.proxy->empty() ? "none: direct access" : *reach.proxy,
                                   reach.proxy.mark}};
    if (*reach.internet != internet_access::direct)
        out.push_back({"InternetAccess of " + s.name, std::string(internet_word(*reach.internet)),
                       reach.internet.mark});
    return out;
}

retrieval_outcome http_retrieval::get(const exchange::server& s, const transport::errand& what, instant now) {
    net::http_request next;
    next.target = what.what.url;
    next.if_none_match = what.known_etag;
    if (what.what.what == kind::ocsp)
        next = ocsp_request(what.what);
    net::http_client who{s.addresses->front(), what.patience,
                         what.what.what == kind::issuer || what.what.what == kind::root ? largest_issuer
                                                                                        : largest_answer};
    retrieval_outcome out;
    out.because = settings_of(s);
    for (int hops = 0; hops <= most_redirects; ++hops) {
        if (!parse_http_url(next.target)) {
            out.rule = "lab.retrieval.other-schemes";
            out.answer = "redirected to " + next.target + ", which is no http URL";
            return out;
        }
        const auto way = route_to(s, next.target);
        out.by = way.by;
        out.rule = way.proxied ? "lab.retrieval.proxy" : "lab.retrieval.http";
        if (!way.known) {
            out.answer = fmt::format("the host name {} does not exist", way.host);
            return out;
        }
        if (!way.arrives) {
            out.rule = way.proxied ? "lab.retrieval.proxy" : "lab.retrieval.no-way-out";
            out.took += who.patience;
            out.given_up = true;
            out.answer = "no answer within " + seconds(what.patience);
            return out;
        }
        auto reply = request(s, way, next, who, now);
        out.took += reply.took;
        who.patience -= reply.took;
        if (!is_redirect(reply)) {
            if (!way.proxied)
                out.rule = rule_of(reply);
            out.unchanged = reply.end == net::http_end::answered && reply.status == net::not_modified &&
                            !what.known_etag.empty();
            const auto failure = out.unchanged ? std::string{} : failure_of(reply, who.limit, what.patience);
            out.fetched = failure.empty();
            out.given_up = reply.end == net::http_end::silent;
            out.etag = reply.etag;
            out.max_age = reply.max_age;
            out.answer = out.unchanged ? "HTTP 304: there is no newer one"
                         : out.fetched ? fmt::format("HTTP 200, {} bytes", reply.body.size())
                                       : failure;
            if (out.fetched)
                out.bytes = std::move(reply.body);
            return out;
        }
        next = {};
        next.target = reply.location;
        next.if_none_match = what.known_etag;
    }
    out.rule = "lab.retrieval.redirects";
    out.answer = fmt::format("redirected more than {} times", most_redirects);
    return out;
}

} // namespace connlab::lab
