#include "certs/der.hpp"
#include "certs/forge.hpp"
#include "certs/ocsp_encoding.hpp"
#include "certs/signing.hpp"

namespace connlab::certs {
namespace {

/// CertStatus: good and unknown are NULL with a tag, revoked says when and perhaps why.
std::string status_of(const ocsp_answer& a) {
    switch (a.status) {
    case ocsp_certificate_status::good:
        return der::primitive(0, {});
    case ocsp_certificate_status::unknown:
        return der::primitive(2, {});
    case ocsp_certificate_status::revoked:
        break;
    }
    const auto reason =
        a.reason ? der::constructed(0, der::enumerated(static_cast<int>(*a.reason))) : std::string{};
    return der::constructed(1, der::generalized_time(a.revoked_at.value_or(a.this_update)) + reason);
}

parsed<std::string> single_responses(const ocsp_recipe& recipe) {
    std::string out;
    for (const auto& a : recipe.answers) {
        const auto id = encode_certificate_id(a.id);
        if (!id)
            return id;
        const auto next =
            a.next_update ? der::constructed(0, der::generalized_time(*a.next_update)) : std::string{};
        out += der::sequence(*id + status_of(a) + der::generalized_time(a.this_update) + next);
    }
    return parsed<std::string>::ok(der::sequence(out));
}

std::string responder_id(const ocsp_recipe& recipe, const issued& signer) {
    if (recipe.by_name)
        return der::constructed(1, signer.cert.subject_der());
    return der::constructed(2, der::octet_string(public_key_of(signer.key).key_id));
}

std::string response(ocsp_status status, std::string_view rest) {
    return der::sequence(der::enumerated(static_cast<int>(status)) + std::string(rest));
}

constexpr std::string_view basic_response_oid = "1.3.6.1.5.5.7.48.1.1";

} // namespace

parsed<std::string> forge_ocsp_response(const ocsp_recipe& recipe, const issued& signer) {
    if (recipe.status != ocsp_status::successful)
        return parsed<std::string>::ok(response(recipe.status, {}));
    const auto answers = single_responses(recipe);
    if (!answers)
        return answers;
    const auto tbs =
        der::sequence(responder_id(recipe, signer) + der::generalized_time(recipe.produced_at) + *answers);
    auto content = signed_content(signer.key, recipe.hash, tbs, recipe.corrupt_signature);
    if (!content)
        return content;
    if (recipe.with_certificate)
        *content += der::constructed(0, der::sequence(signer.cert.der()));
    const auto bytes =
        der::object_identifier(basic_response_oid) + der::octet_string(der::sequence(*content));
    return parsed<std::string>::ok(response(recipe.status, der::constructed(0, der::sequence(bytes))));
}

} // namespace connlab::certs
