#include "sim/lab/responders.hpp"

#include "certs/base64.hpp"
#include "certs/digest.hpp"
#include "certs/ocsp.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/http_url.hpp"
#include "sim/lab/published_bytes.hpp"

namespace connlab::lab {

namespace {

using scenario::publication;
using scenario::responder_fault;
using enum scenario::responder_fault_kind;

/// More than Windows takes of a revocation list (100 MB) and of anything else.
constexpr std::uint64_t huge_length = std::uint64_t{101} << 20U;

constexpr std::string_view web_page = "<!DOCTYPE html><html><head><title>Welcome</title></head>"
                                      "<body>Please accept the terms of use of this network.</body></html>";

/// Where a redirected answer really is.
constexpr std::string_view elsewhere = "?moved";

std::string_view content_type(publication p) {
    switch (p) {
    case publication::crl:
    case publication::delta:
        return "application/pkix-crl";
    case publication::ocsp:
        return "application/ocsp-response";
    case publication::issuer:
        return "application/pkix-cert";
    }
    return {};
}

/// RFC 6960 appendix A.1: the request in the path, base64 and then percent-encoded; or the body of a POST.
std::string ocsp_request_in(const net::http_request& asked, std::string_view url, std::string_view place) {
    if (asked.method == "POST")
        return asked.body;
    const auto begin = place.size() + (place.ends_with('/') ? 0 : 1);
    if (url.size() <= begin)
        return {};
    std::string text;
    auto rest = url.substr(begin);
    rest = rest.substr(0, rest.find('?'));
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const auto escape = rest.substr(i, 3);
        if (ascii_iequal(escape, "%2B") || ascii_iequal(escape, "%2F") || ascii_iequal(escape, "%3D")) {
            text += ascii_iequal(escape, "%2B") ? '+' : ascii_iequal(escape, "%2F") ? '/' : '=';
            i += 2;
        } else {
            text += rest[i];
        }
    }
    return certs::base64_decoded(text).value_or(std::string{});
}

/// Some key of the world that is not the authority's.
certs::private_key other_key(const world& w, const certification_authority& a) {
    for (const auto& [id, one] : w.certificates)
        if (one.key && one.cert.public_key_digest() != a.self.cert.public_key_digest())
            return one.key;
    return a.self.key;
}

} // namespace

std::optional<net::http_answer> failed_answer(const responder_fault& f, const std::string& url) {
    net::http_answer out;
    switch (f.kind) {
    case silent:
        out.never = true;
        return out;
    case reset:
        out.reset = true;
        return out;
    case garbage:
        out.garbage = true;
        return out;
    case not_found:
        out.status = 404;
        break;
    case server_error:
        out.status = 500;
        break;
    case proxy_authentication:
        out.status = 407;
        break;
    case redirect_loop:
        out.status = 302;
        out.location = url;
        return out;
    case redirect:
        if (url.ends_with(elsewhere))
            return std::nullopt;
        out.status = 302;
        out.location = url + std::string(elsewhere);
        return out;
    case wrong_content:
        break;
    case empty:
        return out;
    case huge:
        out.announced = huge_length;
        out.body = "it goes on like this";
        return out;
    default:
        return std::nullopt;
    }
    out.content_type = "text/html";
    out.body = web_page;
    return out;
}

namespace {

/// A GET names the certificate behind the responder's URL.
std::string above_requests(const std::string& place) {
    return place.ends_with('/') ? place : place + "/";
}

} // namespace

publication_place responders::place_at(const std::string& url) const {
    for (const auto& [id, a] : w_.authorities)
        for (const auto& [what, places] : a.how.urls)
            for (const auto& place : places) {
                const bool exact =
                    ascii_iequal(url, *place) || ascii_iequal(url, *place + std::string(elsewhere));
                const bool below =
                    what == publication::ocsp && ascii_istarts_with(url, above_requests(*place));
                if (exact || below)
                    return {&a, what, *place};
            }
    return {};
}

bool responders::is_host(const std::string& host) const {
    for (const auto& [id, a] : w_.authorities)
        for (const auto& [what, places] : a.how.urls)
            for (const auto& place : places)
                if (const auto url = parse_http_url(*place); url && ascii_iequal(url->host, host))
                    return true;
    return false;
}

responder_fault responders::fault_of_host(const std::string& host) const {
    const auto found = w_.host_faults.find(ascii_lower(host));
    return found == w_.host_faults.end() ? responder_fault{} : found->second;
}

responder_fault responders::fault_at(const std::string& url) const {
    if (const auto parts = parse_http_url(url))
        if (const auto of_host = fault_of_host(parts->host); of_host.kind != none)
            return of_host;
    const auto where = place_at(url);
    if (where.authority == nullptr)
        return {};
    const auto found = where.authority->faults.find(where.what);
    return found == where.authority->faults.end() ? responder_fault{} : found->second;
}

std::string responders::body(const publication_place& where, const net::http_request& asked, instant now) {
    const auto& a = *where.authority;
    const auto fault = fault_at(where.url).kind;
    const auto other = [&] { return other_key(w_, a); };
    switch (where.what) {
    case publication::issuer:
        return a.self.cert.der();
    case publication::crl:
    case publication::delta: {
        const bool complete = where.what == publication::crl;
        const auto list = complete ? list_at(a, now) : delta_at(a, now).list;
        const bool shifted = fault == stale || fault == not_yet_valid;
        auto& kept = made_[where.url + " " + format_instant(shifted ? now : list.this_update) + " " +
                           std::to_string(list.number) + " " + std::to_string(static_cast<int>(fault))];
        if (kept.empty())
            kept = complete ? crl_bytes(a, fault, where.url, other(), now)
                            : delta_bytes(a, fault, where.url, other(), now);
        return kept;
    }
    case publication::ocsp:
        break;
    }
    auto& kept = made_[where.url + " " + format_instant(now) + " " + certs::sha256_hex(asked.body) +
                       std::to_string(static_cast<int>(fault))];
    if (kept.empty())
        kept = ocsp_bytes(a, fault, asked.body, other(), now);
    return kept;
}

namespace {

constexpr std::size_t etag_length = 16;

bool is_method_of(const std::string& method, publication what) {
    return method == "GET" || method == "HEAD" || (what == publication::ocsp && method == "POST");
}

} // namespace

net::http_answer responders::answer(const net::http_request& asked, const std::string& url, instant now) {
    const auto where = place_at(url);
    const auto fault = fault_at(url);
    net::http_answer out;
    out.delay = fault.delay;
    if (auto failed = failed_answer(fault, url))
        return *failed;
    if (where.authority == nullptr) {
        out.status = 404;
        return out;
    }
    if (!is_method_of(asked.method, where.what)) {
        out.status = 405;
        return out;
    }
    net::http_request inner = asked;
    if (where.what == publication::ocsp)
        inner.body = ocsp_request_in(asked, url, where.url);
    if (where.what == publication::ocsp && asked.method != "POST" && !certs::read_ocsp_request(inner.body)) {
        out.status = 404; // a path that holds no request leads nowhere
        return out;
    }
    out.content_type = content_type(where.what);
    out.body = body(where, inner, now);
    if (where.what == publication::crl || where.what == publication::delta) {
        out.etag = '"' + certs::sha256_hex(out.body).substr(0, etag_length) + '"';
        out.max_age = where.authority->how.crl_max_age;
        if (asked.if_none_match == out.etag) {
            out.status = net::not_modified;
            out.body.clear();
            return out;
        }
    }
    if (fault.kind == truncated) {
        out.announced = out.body.size();
        out.body.resize(out.body.size() / 2);
    }
    return out;
}

std::optional<std::string> responders::entry(const std::string& url, instant now) {
    const auto where = place_at(url);
    if (where.authority == nullptr)
        return std::nullopt;
    return body(where, {}, now);
}

} // namespace connlab::lab
