// The forge: recipes → an issued PKI. A pure function of the recipes and the pool of lab keys in certs/keys.
#pragma once

#include "certs/recipe.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace connlab::certs {

struct issued {
    certificate cert;
    private_key key;
    std::string issuer{}; // id of the issuing recipe; empty: self-signed
    bool lab_key = false; // the key is one of the public pool
};

/// The checked-in lab keys (public by design, marked so in each file): 256 RSA-2048 and a few of each other
/// size. Loaded lazily; thread-safe; one instance is shared by everything in a process that forges.
class key_pool {
  public:
    /// Reads the bundles below `folder` (certs/keys). The error names the file that is missing or broken.
    static parsed<std::shared_ptr<const key_pool>> open(const std::string& folder);
    /// Where the keys lie: the build's source folder, overridden by the environment variable CONNLAB_KEYS.
    static std::string default_folder();

    virtual ~key_pool() = default;
    virtual std::size_t size(key_kind kind, int bits) const = 0;
    virtual private_key key(key_kind kind, int bits, std::size_t index) const = 0;
};

struct forged {
    std::map<std::string, issued> by_id;
    bool generated_keys = false; // the pool was too small for this world
};

/// Issues all recipes (an issuer may be declared after what it issues). Keys: hash of the recipe's id,
/// probing in order of declaration, so that no two certificates share one unless `same_as` says so. Serials:
/// hash of the path of ids. Errors: unknown issuer, cyclic issuers, duplicate id, key size that the pool does
/// not hold and cannot be generated.
parsed<forged> forge(const std::vector<certificate_recipe>& recipes, const key_pool& pool);

/// One more certificate for a world that is forged already: byte for byte the one that `forge` would give for
/// `recipes` with `more` behind them. `by_id` holds what was issued for `recipes`. Errors: as `forge`.
parsed<issued> forge_one_more(const std::vector<certificate_recipe>& recipes,
                              const std::map<std::string, issued>& by_id, const certificate_recipe& more,
                              const key_pool& pool);

/// DER of a version 2 CRL signed by `issuer`, whose id `recipe.issuer` is not looked at. Errors: a serial
/// that is not hex, an OID that is none, a hash the key cannot sign with.
parsed<std::string> forge_crl(const crl_recipe& recipe, const issued& issuer);

/// DER of an OCSP response signed by `signer`. Errors: a CertID that cannot be encoded, a hash the key cannot
/// sign with.
parsed<std::string> forge_ocsp_response(const ocsp_recipe& recipe, const issued& signer);

} // namespace connlab::certs
