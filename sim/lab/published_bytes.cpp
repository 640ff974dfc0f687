#include "sim/lab/published_bytes.hpp"

#include <algorithm>
#include <stdexcept>

namespace connlab::lab {

namespace {

using enum scenario::responder_fault_kind;

constexpr std::chrono::hours hour{1};

/// Begin and end of what is published, moved by a fault.
struct validity {
    instant from;
    instant until;
};
validity moved(validity usual, scenario::responder_fault_kind fault, instant now) {
    const auto length = usual.until - usual.from;
    if (fault == stale)
        return {now - hour - length, now - hour};
    if (fault == not_yet_valid)
        return {now + hour, now + hour + length};
    return usual;
}

certs::issued signer_of(const certification_authority& a, scenario::responder_fault_kind fault,
                        const certs::private_key& other) {
    auto out = a.self;
    if (fault == wrong_signer)
        out.key = other;
    return out;
}

std::string forged(parsed<std::string> made, const std::string& by) {
    if (!made)
        throw std::runtime_error(by + " cannot sign what it publishes: " + made.error);
    return std::move(*made);
}

certs::ocsp_answer answer_about(const certification_authority& a, const certs::ocsp_certificate_id& id,
                                validity valid, instant now) {
    certs::ocsp_answer out;
    out.id = id;
    out.this_update = valid.from;
    out.next_update = valid.until;
    for (const auto& r : a.revoked_at(now))
        if (r.serial == id.serial) {
            out.status = certs::ocsp_certificate_status::revoked;
            out.revoked_at = r.at;
            out.reason = r.reason;
        }
    return out;
}

bool issued_by(const certification_authority& a, const certs::ocsp_certificate_id& id) {
    const auto own = certs::ocsp_id_of(a.self.cert, a.self.cert, id.hash);
    return own.issuer_name_hash == id.issuer_name_hash && own.issuer_key_hash == id.issuer_key_hash;
}

certs::ocsp_recipe response_to(const certification_authority& a, scenario::responder_fault_kind fault,
                               const std::string& request, instant now) {
    certs::ocsp_recipe out;
    out.produced_at = now;
    const auto asked = certs::read_ocsp_request(request);
    if (fault == try_later)
        out.status = certs::ocsp_status::try_later;
    else if (!asked)
        out.status = certs::ocsp_status::malformed_request;
    else if (fault == unauthorized ||
             !std::all_of(asked->begin(), asked->end(), [&](const auto& id) { return issued_by(a, id); }))
        out.status = certs::ocsp_status::unauthorized;
    if (out.status != certs::ocsp_status::successful)
        return out;
    const auto valid = moved({now, now + a.how.ocsp_period}, fault, now);
    for (auto id : *asked) {
        if (fault == other_certificate)
            id.serial = id.serial == "01" ? "02" : "01";
        out.answers.push_back(answer_about(a, id, valid, now));
    }
    return out;
}

} // namespace

namespace {

/// What complete lists and deltas have in common.
certs::crl_recipe recipe_of(const certification_authority& a, const published_list& list,
                            scenario::responder_fault_kind fault, const std::string& url, instant now) {
    const auto valid = moved({list.this_update, list.next_update}, fault, now);
    certs::crl_recipe out;
    out.issuer = a.id;
    out.this_update = valid.from;
    out.next_update = valid.until;
    if (fault != stale && fault != not_yet_valid && !a.how.crl_by_hand)
        out.next_publish = list.next_publish;
    out.revoked = list.revoked;
    out.number = list.number;
    if (fault == other_distribution_point) {
        out.distribution_point.emplace();
        out.distribution_point->named = true;
        out.distribution_point->urls = {url + ".other"};
    }
    return out;
}

certs::crl_recipe list_recipe_with(const certification_authority& a, scenario::responder_fault_kind fault,
                                   const std::string& url, instant now) {
    auto recipe = recipe_of(a, list_at(a, now), fault, url, now);
    if (a.how.has_deltas())
        for (const auto& place : a.how.urls.at(scenario::publication::delta))
            recipe.delta_urls.push_back(*place);
    return recipe;
}

} // namespace

certs::crl_recipe list_recipe(const certification_authority& a, instant now) {
    return list_recipe_with(a, scenario::responder_fault_kind::none, {}, now);
}

std::string crl_bytes(const certification_authority& a, scenario::responder_fault_kind fault,
                      const std::string& url, const certs::private_key& other, instant now) {
    return forged(certs::forge_crl(list_recipe_with(a, fault, url, now), signer_of(a, fault, other)), a.id);
}

std::string delta_bytes(const certification_authority& a, scenario::responder_fault_kind fault,
                        const std::string& url, const certs::private_key& other, instant now) {
    const auto delta = delta_at(a, now);
    auto recipe = recipe_of(a, delta.list, fault, url, now);
    recipe.base_number = delta.base_number;
    return forged(certs::forge_crl(recipe, signer_of(a, fault, other)), a.id);
}

std::string ocsp_bytes(const certification_authority& a, scenario::responder_fault_kind fault,
                       const std::string& request, const certs::private_key& other, instant now) {
    auto recipe = response_to(a, fault, request, now);
    recipe.by_name = fault == wrong_signer;
    recipe.with_certificate = a.ocsp_signer.has_value() && fault != wrong_signer;
    const auto signer = recipe.with_certificate ? *a.ocsp_signer : signer_of(a, fault, other);
    return forged(certs::forge_ocsp_response(recipe, signer), a.id);
}

} // namespace connlab::lab
