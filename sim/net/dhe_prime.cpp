#include "sim/net/dhe_prime.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace connlab::net {

namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* p) const {
        Free(p);
    }
};
using number = std::unique_ptr<BIGNUM, freed_by<BN_free>>;

struct well_known_prime {
    int bits = 0;
    BIGNUM* (*make)(BIGNUM*) = nullptr;
};
constexpr std::array<well_known_prime, 8> primes{{{768, BN_get_rfc2409_prime_768},
                                                  {1024, BN_get_rfc2409_prime_1024},
                                                  {1536, BN_get_rfc3526_prime_1536},
                                                  {2048, BN_get_rfc3526_prime_2048},
                                                  {3072, BN_get_rfc3526_prime_3072},
                                                  {4096, BN_get_rfc3526_prime_4096},
                                                  {6144, BN_get_rfc3526_prime_6144},
                                                  {8192, BN_get_rfc3526_prime_8192}}};

number prime_of(int bits) {
    for (const auto& p : primes)
        if (p.bits >= bits)
            return number(p.make(nullptr));
    return number(primes.back().make(nullptr));
}

EVP_PKEY* parameters_of(int bits) {
    const auto p = prime_of(bits);
    const number generator(BN_new());
    BN_set_word(generator.get(), 2);
    const std::unique_ptr<OSSL_PARAM_BLD, freed_by<OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_FFC_P, p.get());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_FFC_G, generator.get());
    const std::unique_ptr<OSSL_PARAM, freed_by<OSSL_PARAM_free>> params(OSSL_PARAM_BLD_to_param(build.get()));
    const std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>> ctx(
        EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
    EVP_PKEY* out = nullptr;
    EVP_PKEY_fromdata_init(ctx.get());
    EVP_PKEY_fromdata(ctx.get(), &out, EVP_PKEY_KEY_PARAMETERS, params.get());
    return out;
}

} // namespace

void set_dhe_prime(ssl_ctx_st* ctx, int bits) {
    auto* parameters = parameters_of(bits);
    if (parameters == nullptr || SSL_CTX_set0_tmp_dh_pkey(ctx, parameters) != 1) {
        EVP_PKEY_free(parameters);
        throw std::runtime_error("OpenSSL refuses a DHE prime of " + std::to_string(bits) + " bits");
    }
}

} // namespace connlab::net
