#include "certs/forge.hpp"

#include "certs/der.hpp"
#include "certs/extensions.hpp"
#include "certs/forge_plan.hpp"
#include "certs/name_encoding.hpp"
#include "certs/signing.hpp"

#include <fmt/format.h>

namespace connlab::certs {
namespace {

/// What the certificate to be signed takes from its issuer.
struct signer {
    const certificate_recipe& recipe;
    const private_key& key;
    std::string key_id; // empty: the issuer has no subject key identifier to point at
};

/// TBSCertificate (RFC 5280 4.1).
parsed<std::string> to_be_signed(const certificate_recipe& r, std::string_view serial,
                                 const public_key_info& own, const signer& by) {
    if (r.version < 1 || r.version > 3)
        return parsed<std::string>::fail(fmt::format("X.509 has no version {}.", r.version));
    const auto algorithm = signature_algorithm(by.key, r.hash);
    const auto issuer = encode_name(by.recipe.subject);
    const auto subject = encode_name(r.subject);
    const auto extensions = encode_extensions(r, own.key_id, by.key_id);
    for (const auto* part : {&algorithm, &issuer, &subject, &extensions})
        if (!*part)
            return *part;
    std::string content;
    if (r.version > 1) // version 1 is the default and is left away
        content += der::constructed(0, der::integer(r.version - 1));
    content += der::unsigned_integer(serial) + *algorithm + *issuer;
    content += der::sequence(der::time(r.not_before) + der::time(r.not_after));
    content += *subject + own.der;
    if (r.version == 3 && !extensions->empty())
        content += der::constructed(3, *extensions);
    return parsed<std::string>::ok(der::sequence(content));
}

parsed<std::string> encode_certificate(const certificate_recipe& r, std::string_view serial,
                                       const public_key_info& own, const signer& by) {
    auto tbs = to_be_signed(r, serial, own, by);
    if (!tbs)
        return tbs;
    const auto content = signed_content(by.key, r.hash, *tbs, r.corrupt_signature);
    return content ? parsed<std::string>::ok(der::sequence(*content)) : content;
}

/// What is settled of all recipes before the first is signed.
struct workshop {
    const std::vector<certificate_recipe>& recipes;
    const forge_plan& plan;
    const assigned_keys& keys;
    std::vector<public_key_info> public_keys;

    parsed<issued> issue(std::size_t i) const {
        const auto& r = recipes[i];
        const bool self_signed = plan.issuer[i] == forge_plan::none;
        const auto by = self_signed ? i : plan.issuer[i];
        // A self-signed certificate does not point at itself, as the roots of the public programmes do not.
        const bool points = !self_signed && recipes[by].subject_key_identifier && recipes[by].version == 3;
        const signer signed_by{recipes[by], keys.keys[by], points ? public_keys[by].key_id : std::string{}};
        const auto der = encode_certificate(r, plan.serial[i], public_keys[i], signed_by);
        if (!der)
            return failed(r, der.error);
        auto cert = certificate::from_der(*der);
        if (!cert)
            return failed(r, cert.error);
        return parsed<issued>::ok(issued{std::move(*cert), keys.keys[i], r.issuer, keys.from_pool[i]});
    }

  private:
    static parsed<issued> failed(const certificate_recipe& r, const std::string& why) {
        return parsed<issued>::fail(fmt::format("Certificate '{}': {}", r.id, why));
    }
};

std::vector<public_key_info> public_keys_of(const assigned_keys& keys) {
    std::vector<public_key_info> out;
    for (const auto& key : keys.keys)
        out.push_back(public_key_of(key));
    return out;
}

} // namespace

parsed<forged> forge(const std::vector<certificate_recipe>& recipes, const key_pool& pool) {
    const auto plan = plan_forge(recipes);
    if (!plan)
        return parsed<forged>::fail(plan.error);
    const auto keys = assign_keys(recipes, *plan, pool);
    if (!keys)
        return parsed<forged>::fail(keys.error);
    const workshop shop{recipes, *plan, *keys, public_keys_of(*keys)};
    forged out;
    out.generated_keys = keys->pool_exhausted;
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        auto one = shop.issue(i);
        if (!one)
            return parsed<forged>::fail(one.error);
        out.by_id.emplace(recipes[i].id, std::move(*one));
    }
    return parsed<forged>::ok(std::move(out));
}

parsed<issued> forge_one_more(const std::vector<certificate_recipe>& recipes,
                              const std::map<std::string, issued>& by_id, const certificate_recipe& more,
                              const key_pool& pool) {
    auto all = recipes;
    all.push_back(more);
    const auto plan = plan_forge(all);
    if (!plan)
        return parsed<issued>::fail(plan.error);
    auto keys = assign_keys(all, *plan, pool);
    if (!keys)
        return parsed<issued>::fail(keys.error);
    // What the pool did not hold was generated, at random: the keys in use are those of the issued ones.
    for (std::size_t i = 0; i < recipes.size(); ++i)
        keys->keys[i] = by_id.at(recipes[i].id).key;
    if (const auto owner = plan->key_from.back(); owner < recipes.size())
        keys->keys.back() = keys->keys[owner];
    return workshop{all, *plan, *keys, public_keys_of(*keys)}.issue(recipes.size());
}

} // namespace connlab::certs
