#include "sim/chain/revocation.hpp"

#include "sim/base/ascii.hpp"
#include "sim/chain/source_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::chain {

namespace {

using outcome = source_verdict::outcome;

/// From so many remembered OCSP responses of one responder on, its CA's CRL is asked for first.
constexpr std::ptrdiff_t responses_before_crl = 50;

/// One pass over the sources of one certificate. A step returns true when the matter is settled, or waits for
/// an answer.
class inquiry {
  public:
    inquiry(const revocation_subject& s, std::size_t element, const question& q, signature_memo& memo)
        : subject_(s), element_(element), q_(q), memo_(memo) {}

    revocation_finding run() {
        if (prefers_lists())
            out_.followed.emplace_back("chain.revocation.ocsp.many-responses");
        if (!look_at_stapled() && !look_in_cache() && !look_in_store() && !ask())
            conclude();
        return std::move(out_);
    }

  private:
    const certs::certificate_fields& fields() const { return subject_.cert.fields(); }

    void note_source(std::string name, const source_verdict& v) {
        out_.sources.push_back({std::move(name), v.settles(), v.why});
        out_.followed.push_back(v.rule);
        if (v.what == outcome::unusable)
            last_failure_ = v.rule;
        unknown_to_responder_ = unknown_to_responder_ || v.what == outcome::unknown;
    }

    bool settle(const std::string& name, const source_verdict& v) {
        note_source(name, v);
        if (!v.settles())
            return false;
        out_.rule = v.rule;
        out_.bits = v.what == outcome::revoked ? std::uint32_t{is_revoked} : 0U;
        out_.note =
            v.what == outcome::revoked ? v.why + ", says the " + name : "not revoked, says the " + name;
        return true;
    }

    bool wait_for(const retrieval& r) {
        out_.wanted = r;
        out_.rule = "chain.revocation.offline";
        out_.bits = revocation_status_unknown | is_offline_revocation;
        out_.note = "revocation is not known before " + r.url + " has answered";
        return true;
    }

    // ---- one source ----

    bool look_at_response(const std::string& name, const std::string& bytes) {
        const auto response = memo_.response(bytes);
        return settle(name, response ? judge_response(*response, subject_, memo_)
                                     : unusable("chain.revocation.wrong-content", response.error));
    }

    bool look_at_list(const std::string& name, const certs::crl& list) {
        if (list.fields().number.empty())
            out_.followed.emplace_back("chain.revocation.crl.profile");
        bool on_hold = false;
        const auto complete = judge_crl(list, subject_, memo_, on_hold);
        if (!complete.settles() || (complete.what == outcome::revoked && !on_hold))
            return settle(name, complete);
        return look_for_delta(name, list, complete);
    }

    bool look_at_list(const std::string& name, const std::string& bytes) {
        const auto list = memo_.list(bytes);
        return list ? look_at_list(name, *list)
                    : settle(name, unusable("chain.revocation.wrong-content", list.error));
    }

    static source_verdict unreachable(const retrieved& answer) {
        return answer.cached ? unusable("chain.revocation.remembered-failure",
                                        "not tried again so soon: " + answer.failure)
                             : unusable("chain.revocation.offline", answer.failure);
    }

    bool look_at(const std::string& name, const retrieved& answer) {
        if (!answer.failure.empty())
            return settle(name, unreachable(answer));
        return answer.asked.what == retrieval::kind::ocsp ? look_at_response(name, answer.bytes)
                                                          : look_at_list(name, answer.bytes);
    }

    // ---- delta CRLs ----

    /// A complete list stands until a delta CRL that is named says more; one that is named and cannot be had
    /// leaves the status unknown.
    bool look_for_delta(const std::string& name, const certs::crl& list, const source_verdict& complete) {
        if (const auto found = delta_at_hand(list))
            return settle(found->first, found->second);
        auto urls = list.fields().delta_urls;
        urls.insert(urls.end(), fields().delta_crl_urls.begin(), fields().delta_crl_urls.end());
        for (const auto& url : urls) {
            const retrieval r{retrieval::kind::crl, url, element_};
            const auto answer = answer_to(r);
            if (!answer && !q_.revocation.cache_only)
                return wait_for(r);
            if (!answer)
                continue;
            const auto v = judge_delta_bytes(*answer, list);
            if (v.settles())
                return settle("delta CRL " + url, v);
            note_source("delta CRL " + url, v);
        }
        if (urls.empty() || complete.what == outcome::revoked)
            return settle(name, complete);
        return settle(name, unusable("chain.revocation.crl.delta-offline",
                                     "usable, but the delta CRL it names cannot be had"));
    }

    std::optional<std::pair<std::string, source_verdict>> delta_at_hand(const certs::crl& list) {
        for (const auto& delta : q_.stores->crls) {
            if (!delta.is_delta() || delta.folded_issuer() != subject_.issuer.folded_subject())
                continue;
            auto v = judge_delta(delta, list, subject_, memo_);
            if (v.settles())
                return std::pair(std::string("delta CRL of the CA store"), std::move(v));
            note_source("delta CRL of the CA store", v);
        }
        return std::nullopt;
    }

    source_verdict judge_delta_bytes(const retrieved& answer, const certs::crl& list) {
        if (!answer.failure.empty())
            return unreachable(answer);
        const auto delta = memo_.list(answer.bytes);
        return delta ? judge_delta(*delta, list, subject_, memo_)
                     : unusable("chain.revocation.wrong-content", delta.error);
    }

    // ---- the order of the sources ----

    bool look_at_stapled() {
        return element_ == 0 && !q_.stapled_response.empty() &&
               look_at_response("stapled OCSP response", q_.stapled_response);
    }

    /// A CRL on the network is asked for by each URL in turn, a responder with the request too.
    std::vector<retrieval> urls() const {
        std::vector<retrieval> lists;
        std::vector<retrieval> out;
        for (const auto& url : fields().ocsp_urls)
            out.push_back({retrieval::kind::ocsp, url, element_, request()});
        for (const auto& url : fields().crl_urls)
            lists.push_back({retrieval::kind::crl, url, element_});
        out.insert(prefers_lists() ? out.begin() : out.end(), lists.begin(), lists.end());
        return out;
    }

    std::string request() const { return certs::ocsp_request(subject_.cert, subject_.issuer); }

    bool prefers_lists() const {
        if (q_.cache == nullptr || fields().crl_urls.empty())
            return false;
        const auto& all = q_.cache->by_key;
        return std::any_of(fields().ocsp_urls.begin(), fields().ocsp_urls.end(), [&](const std::string& url) {
            return std::count_if(all.begin(), all.end(), [&](const auto& entry) {
                       return entry.first.size() > url.size() && entry.first.compare(0, url.size(), url) == 0;
                   }) >= responses_before_crl;
        });
    }

    std::optional<retrieved> cached(const retrieval& r) const {
        return q_.cache == nullptr ? std::nullopt : lookup(*q_.cache, r, subject_.at);
    }

    std::optional<retrieved> answer_to(const retrieval& r) const {
        for (const auto& a : q_.answers)
            if (same_source(a.asked, r))
                return a;
        return cached(r);
    }

    static std::string name_of(const retrieval& r) {
        return (r.what == retrieval::kind::ocsp ? "OCSP responder " : "CRL ") + r.url;
    }

    bool look_in_cache() {
        for (const auto& r : urls())
            if (const auto found = cached(r); found && found->failure.empty())
                if (look_at("cached " + name_of(r), *found))
                    return true;
        return false;
    }

    bool look_in_store() {
        for (const auto& list : q_.stores->crls)
            if (!list.is_delta() && list.folded_issuer() == subject_.issuer.folded_subject() &&
                look_at_list("CRL of the CA store", list))
                return true;
        return false;
    }

    static bool is_followed(const std::string& url) { return !ascii_istarts_with(url, "https:"); }

    bool ask() {
        for (const auto& r : urls()) {
            if (const auto known = cached(r); known && known->failure.empty())
                continue; // looked at already
            const auto answer = answer_to(r);
            if (!is_followed(r.url))
                note_source(name_of(r), unusable("chain.revocation.https", "HTTPS is not followed"));
            else if (!answer && q_.revocation.cache_only)
                not_asked_ = true;
            else if (!answer)
                return wait_for(r);
            else if (look_at(name_of(r), *answer))
                return true;
        }
        return false;
    }

    // ---- nothing settled it ----

    void conclude() {
        out_.bits = revocation_status_unknown;
        if (!last_failure_.empty()) {
            out_.bits |= is_offline_revocation;
            out_.rule = last_failure_;
            out_.note = "revocation could not be looked up: " + sources_in_words();
        } else if (unknown_to_responder_) {
            out_.rule = "chain.revocation.ocsp.unknown";
            out_.note = "its revocation is unknown: " + sources_in_words();
        } else if (not_asked_) {
            out_.rule = "chain.revocation.cache-only";
            out_.note = "its revocation is unknown: nothing is cached, and nothing was to be fetched";
        } else {
            out_.rule = "chain.revocation.no-distribution-point";
            out_.note =
                fields().skipped_crl_points == 0
                    ? "it names no distribution point and no OCSP responder"
                    : "its distribution points are skipped: with reasons, a CRL issuer or no full name";
        }
        out_.followed.push_back(out_.rule);
    }

    std::string sources_in_words() const {
        std::string out;
        for (const auto& s : out_.sources)
            out += (out.empty() ? "" : "; ") + s.name + ": " + s.why;
        return out;
    }

    revocation_subject subject_;
    std::size_t element_;
    const question& q_;
    signature_memo& memo_;
    revocation_finding out_;
    std::string_view last_failure_; // its rule
    bool unknown_to_responder_ = false;
    bool not_asked_ = false;
};

} // namespace

revocation_finding check_revocation(const path& p, std::size_t element, const question& q,
                                    signature_memo& memo) {
    const auto last = p.links.size() - 1;
    const auto issuer = std::min(element + 1, last); // a root issued itself
    auto parameters = issuer;
    while (parameters < last && p.links[parameters].cert->fields().key_parameters_missing)
        ++parameters;
    const revocation_subject subject{*p.links[element].cert, *p.links[issuer].cert, *p.links[parameters].cert,
                                     q.now.value_or(q.at)};
    return inquiry(subject, element, q, memo).run();
}

} // namespace connlab::chain
