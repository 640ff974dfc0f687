#include "tools/connlab/verify_evidence.hpp"

#include <algorithm>

namespace connlab::command {

namespace {

using chain::retrieval;
using chain::retrieved;

constexpr int most_rounds = 500; // more URLs than a path of 100 certificates has

/// The response speaks of a certificate that the request names.
bool is_about(const certs::ocsp_response& response, const std::string& request) {
    const auto asked = certs::read_ocsp_request(request);
    const auto& answers = response.fields().answers;
    return asked && std::any_of(answers.begin(), answers.end(), [&](const certs::ocsp_answer& a) {
               return a.id.serial == asked->front().serial &&
                      (a.id.hash != asked->front().hash || a.id == asked->front());
           });
}

const certs::ocsp_response* response_for(const verify_evidence& e, const std::string& request) {
    const auto found = std::find_if(e.responses.begin(), e.responses.end(),
                                    [&](const auto& r) { return is_about(r, request); });
    return found == e.responses.end() ? nullptr : &*found;
}

/// One URL may answer for several certificates; any other URL has one body.
const std::string& body_for(const url_answer& answer, const retrieval& asked) {
    if (asked.what == retrieval::kind::ocsp)
        for (const auto& body : answer.bodies)
            if (const auto response = certs::ocsp_response::from_der(body);
                response && is_about(*response, asked.request))
                return body;
    return answer.bodies.front();
}

std::string bundled(const std::vector<certs::certificate>& issuers) {
    std::string out;
    for (const auto& c : issuers)
        out += to_pem(c);
    return out;
}

} // namespace

std::optional<retrieved> answer_of(const verify_evidence& e, const retrieval& asked) {
    if (const auto found = e.by_url.find(asked.url); found != e.by_url.end()) {
        const auto& answer = found->second;
        if (answer.bodies.empty())
            return retrieved{asked, {}, answer.failure.empty() ? "nothing came back" : answer.failure};
        return retrieved{asked, body_for(answer, asked)};
    }
    if (asked.what == retrieval::kind::issuer && !e.issuers.empty())
        return retrieved{asked, bundled(e.issuers)};
    if (asked.what == retrieval::kind::issuer && !e.answers_issuers())
        return std::nullopt;
    if (asked.what == retrieval::kind::ocsp)
        if (const auto* response = response_for(e, asked.request))
            return retrieved{asked, response->der()};
    return retrieved{asked, {}, "not among what was given"};
}

trace::decided<chain::verdict> evaluate_with(const verify_evidence& e, chain::question q,
                                             chain::signature_memo& memo) {
    for (int round = 0;; ++round) {
        auto decided = chain::evaluate(q, memo);
        const auto& wanted = decided.value.wanted;
        auto answer = wanted.empty() || round >= most_rounds ? std::nullopt : answer_of(e, wanted.front());
        if (!answer)
            return decided;
        q.answers.push_back(std::move(*answer));
    }
}

} // namespace connlab::command
