#include "certs/rfc6979.hpp"

#include "certs/der.hpp"

#include <openssl/hmac.h>

namespace connlab::certs {
namespace {

std::string big_endian(const BIGNUM* n, int size) {
    std::string out(static_cast<std::size_t>(size), '\0');
    BN_bn2binpad(n, reinterpret_cast<unsigned char*>(out.data()), size);
    return out;
}

/// RFC 6979 2.3.2: the leftmost qlen bits.
number_handle bits2int(std::string_view bits, int qlen) {
    number_handle out(BN_bin2bn(reinterpret_cast<const unsigned char*>(bits.data()),
                                static_cast<int>(bits.size()), nullptr));
    const int excess = static_cast<int>(bits.size()) * 8 - qlen;
    if (excess > 0)
        BN_rshift(out.get(), out.get(), excess);
    return out;
}

/// RFC 6979 2.3.4. The value is below 2^qlen and q has qlen bits, so one subtraction reduces it.
std::string bits2octets(std::string_view bits, const BIGNUM* order) {
    auto z = bits2int(bits, BN_num_bits(order));
    if (BN_cmp(z.get(), order) >= 0)
        BN_sub(z.get(), z.get(), order);
    return big_endian(z.get(), BN_num_bytes(order));
}

/// The HMAC_DRBG of RFC 6979 3.2, with its names.
class nonce_source {
  public:
    nonce_source(const EVP_MD* hash, const std::string& seed)
        : hash_(hash), k_(static_cast<std::size_t>(EVP_MD_get_size(hash)), '\0'), v_(k_.size(), '\x01') {
        step('\0', seed);   // d, e
        step('\x01', seed); // f, g
    }

    /// h.2: at least `bytes` bytes.
    std::string draw(int bytes) {
        std::string t;
        while (t.size() < static_cast<std::size_t>(bytes)) {
            v_ = hmac(v_);
            t += v_;
        }
        return t;
    }

    /// h.3: the candidate would not do.
    void reject() { step('\0', {}); }

  private:
    void step(char separator, const std::string& seed) {
        k_ = hmac(v_ + separator + seed);
        v_ = hmac(v_);
    }

    std::string hmac(const std::string& text) const {
        std::string out(k_.size(), '\0');
        HMAC(hash_, k_.data(), static_cast<int>(k_.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(),
             reinterpret_cast<unsigned char*>(out.data()), nullptr);
        return out;
    }

    const EVP_MD* hash_;
    std::string k_;
    std::string v_;
};

/// The x coordinate of k·G modulo the order.
number_handle nonce_point(const EC_GROUP* group, const BIGNUM* k, BN_CTX* context) {
    const point_handle point(EC_POINT_new(group));
    number_handle r(BN_new());
    EC_POINT_mul(group, point.get(), k, nullptr, nullptr, context);
    EC_POINT_get_affine_coordinates(group, point.get(), r.get(), nullptr, context);
    BN_nnmod(r.get(), r.get(), EC_GROUP_get0_order(group), context);
    return r;
}

/// s = (z + r·x) / k modulo the order.
number_handle second_half(const BIGNUM* order, const BIGNUM* k, const BIGNUM* x, const BIGNUM* r,
                          const BIGNUM* z, BN_CTX* context) {
    number_handle s(BN_new());
    const number_handle inverse(BN_mod_inverse(nullptr, k, order, context));
    BN_mod_mul(s.get(), r, x, order, context);
    BN_mod_add(s.get(), s.get(), z, order, context);
    BN_mod_mul(s.get(), s.get(), inverse.get(), order, context);
    return s;
}

} // namespace

number_handle rfc6979_nonce(const BIGNUM* order, const BIGNUM* x, std::string_view digest, const EVP_MD* hash,
                            int attempt) {
    const int size = BN_num_bytes(order);
    nonce_source source(hash, big_endian(x, size) + bits2octets(digest, order));
    while (true) {
        auto k = bits2int(source.draw(size), BN_num_bits(order));
        if (!BN_is_zero(k.get()) && BN_cmp(k.get(), order) < 0 && attempt-- == 0) {
            BN_set_flags(k.get(), BN_FLG_CONSTTIME);
            return k;
        }
        source.reject();
    }
}

std::string rfc6979_sign(const EC_GROUP* group, const BIGNUM* x, std::string_view digest,
                         const EVP_MD* hash) {
    const BIGNUM* order = EC_GROUP_get0_order(group);
    const number_context_handle context(BN_CTX_new());
    const auto z = bits2int(digest, BN_num_bits(order));
    for (int attempt = 0;; ++attempt) {
        const auto k = rfc6979_nonce(order, x, digest, hash, attempt);
        const auto r = nonce_point(group, k.get(), context.get());
        if (BN_is_zero(r.get()))
            continue;
        const auto s = second_half(order, k.get(), x, r.get(), z.get(), context.get());
        if (BN_is_zero(s.get()))
            continue;
        return der::sequence(der::unsigned_integer(big_endian(r.get(), BN_num_bytes(r.get()))) +
                             der::unsigned_integer(big_endian(s.get(), BN_num_bytes(s.get()))));
    }
}

} // namespace connlab::certs
