// OpenSSL handles that free themselves: a unique_ptr for each type that the certificate library uses.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace connlab::certs {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* handle) const {
        Free(handle);
    }
};

/// What is read may be broken, and that is no error of the process: whoever uses OpenSSL next on this thread
/// (SSL_get_error looks there) must not find it in the error queue.
class errors_forgotten {
  public:
    errors_forgotten() { ERR_set_mark(); }
    ~errors_forgotten() { ERR_pop_to_mark(); }
    errors_forgotten(const errors_forgotten&) = delete;
    errors_forgotten& operator=(const errors_forgotten&) = delete;
};

using name_handle = std::unique_ptr<X509_NAME, freed_by<X509_NAME_free>>;
using pkey_handle = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using pkey_context_handle = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;
using digest_context_handle = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;
using number_handle = std::unique_ptr<BIGNUM, freed_by<BN_clear_free>>;
using number_context_handle = std::unique_ptr<BN_CTX, freed_by<BN_CTX_free>>;
using group_handle = std::unique_ptr<EC_GROUP, freed_by<EC_GROUP_free>>;
using point_handle = std::unique_ptr<EC_POINT, freed_by<EC_POINT_free>>;

} // namespace connlab::certs
