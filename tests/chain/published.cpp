#include "tests/chain/published.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace connlab::chain::test {

namespace {

std::string checked(parsed<std::string> der) {
    BOOST_REQUIRE_MESSAGE(der, der.error);
    return std::move(*der);
}

retrieved answer_from(const web& pages, const retrieval& asked) {
    const auto page =
        std::find_if(pages.begin(), pages.end(), [&](const auto& p) { return p.first == asked.url; });
    return page == pages.end() ? retrieved{asked, {}, "connection refused"} : retrieved{asked, page->second};
}

} // namespace

std::string crl_of(const small_pki& w, const std::string& signer, const crl_change& change) {
    certs::crl_recipe r;
    r.this_update = at("2024-06-01");
    r.next_update = at("2024-06-08");
    r.number = 7;
    if (change)
        change(r);
    return checked(certs::forge_crl(r, w.issued(signer)));
}

certs::revoked_certificate entry_for(const small_pki& w, const std::string& id,
                                     std::optional<certs::revocation_reason> reason) {
    return {w[id].fields().serial, at("2024-06-02"), reason};
}

std::string crl_revoking(const small_pki& w, std::optional<certs::revocation_reason> reason) {
    return crl_of(w, "issuing", [&](auto& r) { r.revoked = {entry_for(w, "mx", reason)}; });
}

std::string response_of(const small_pki& w, const std::string& signer, const ocsp_change& change) {
    certs::ocsp_recipe r;
    r.produced_at = at("2024-06-03");
    certs::ocsp_answer a;
    a.id = certs::ocsp_id_of(w["mx"], w["issuing"]);
    a.this_update = at("2024-06-03");
    a.next_update = at("2024-06-04");
    r.answers = {a};
    r.with_certificate = signer != "issuing";
    if (change)
        change(r);
    return checked(certs::forge_ocsp_response(r, w.issued(signer)));
}

certs::crl decoded(const std::string& der) {
    auto list = certs::crl::from_der(der);
    BOOST_REQUIRE_MESSAGE(list, list.error);
    return *list;
}

browsed browse(const small_pki& w, const web& pages, const small_pki::change_of_question& change, setting s) {
    browsed out;
    s.check_revocation = true;
    for (int round = 0; round < 30; ++round) {
        out.decided = w.decide(s, [&](question& q, store& stores) {
            q.revocation.mode = revocation_mode::check;
            if (change)
                change(q, stores);
        });
        const auto& wanted = out.decided.value.wanted;
        if (wanted.empty())
            return out;
        out.asked.push_back(wanted.front().url);
        s.answers.push_back(answer_from(pages, wanted.front()));
    }
    BOOST_ERROR("the questions do not end");
    return out;
}

} // namespace connlab::chain::test
