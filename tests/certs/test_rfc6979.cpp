// The vectors of RFC 6979, appendix A.2.5 to A.2.7.
#include "certs/rfc6979.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>

#include <array>

namespace connlab::certs {
namespace {

struct vector {
    int curve;
    const EVP_MD* hash;
    const char* x;
    const char* message;
    const char* k;
    const char* r;
    const char* s;
};

constexpr const char* x_256 = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
constexpr const char* x_384 =
    "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60"
    "D2EDF5";
constexpr const char* x_521 =
    "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6"
    "D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538";

std::vector<vector> vectors() {
    return {
        {NID_X9_62_prime256v1, EVP_sha1(), x_256, "sample",
         "882905F1227FD620FBF2ABF21244F0BA83D0DC3A9103DBBEE43A1FB858109DB4",
         "61340C88C3AAEBEB4F6D667F672CA9759A6CCAA9FA8811313039EE4A35471D32",
         "6D7F147DAC089441BB2E2FE8F7A3FA264B9C475098FDCF6E00D7C996E1B8B7EB"},
        {NID_X9_62_prime256v1, EVP_sha256(), x_256, "sample",
         "A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60",
         "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
         "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"},
        {NID_X9_62_prime256v1, EVP_sha384(), x_256, "sample",
         "09F634B188CEFD98E7EC88B1AA9852D734D0BC272F7D2A47DECC6EBEB375AAD4",
         "0EAFEA039B20E9B42309FB1D89E213057CBF973DC0CFC8F129EDDDC800EF7719",
         "4861F0491E6998B9455193E34E7B0D284DDD7149A74B95B9261F13ABDE940954"},
        {NID_X9_62_prime256v1, EVP_sha512(), x_256, "sample",
         "5FA81C63109BADB88C1F367B47DA606DA28CAD69AA22C4FE6AD7DF73A7173AA5",
         "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00",
         "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE"},
        {NID_X9_62_prime256v1, EVP_sha256(), x_256, "test",
         "D16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0",
         "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
         "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"},
        {NID_secp384r1, EVP_sha384(), x_384, "sample",
         "94ED910D1A099DAD3254E9242AE85ABDE4BA15168EAF0CA87A555FD56D10FBCA2907E3E83BA95368623B8C4686915CF9",
         "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
         "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8"},
        {NID_secp521r1, EVP_sha512(), x_521, "sample",
         "1DAE2EA071F8110DC26882D4D5EAE0621A3256FC8847FB9022E2B7D28E6F10198B1574FDD03A9053C08A1854A168AA5A574"
         "70EC97DD5"
         "CE090124EF52A2F7ECBFFD3",
         "0C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931"
         "D7D4E8455"
         "CC91F9B15BF05EC36E377FA",
         "0617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A"
         "20F8CCB1D"
         "CCC43997F1EE0E44DA4A67A"},
    };
}

number_handle number(const char* hex) {
    BIGNUM* out = nullptr;
    BN_hex2bn(&out, hex);
    return number_handle(out);
}

std::string digest_of(const vector& v) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    EVP_Digest(v.message, std::string_view(v.message).size(), out.data(), &size, v.hash, nullptr);
    return {reinterpret_cast<const char*>(out.data()), size};
}

} // namespace

BOOST_AUTO_TEST_SUITE(rfc6979)

BOOST_AUTO_TEST_CASE(nonces_are_those_of_the_rfc) {
    for (const auto& v : vectors()) {
        const group_handle group(EC_GROUP_new_by_curve_name(v.curve));
        const auto k =
            rfc6979_nonce(EC_GROUP_get0_order(group.get()), number(v.x).get(), digest_of(v), v.hash);
        BOOST_TEST(BN_cmp(k.get(), number(v.k).get()) == 0, v.k);
    }
}

BOOST_AUTO_TEST_CASE(signatures_are_those_of_the_rfc) {
    for (const auto& v : vectors()) {
        const group_handle group(EC_GROUP_new_by_curve_name(v.curve));
        const auto der = rfc6979_sign(group.get(), number(v.x).get(), digest_of(v), v.hash);
        const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
        const std::unique_ptr<ECDSA_SIG, freed_by<ECDSA_SIG_free>> read(
            d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
        BOOST_REQUIRE(read);
        BOOST_TEST(BN_cmp(ECDSA_SIG_get0_r(read.get()), number(v.r).get()) == 0, v.r);
        BOOST_TEST(BN_cmp(ECDSA_SIG_get0_s(read.get()), number(v.s).get()) == 0, v.s);
    }
}

BOOST_AUTO_TEST_CASE(a_second_attempt_draws_another_nonce) {
    const auto v = vectors().front();
    const group_handle group(EC_GROUP_new_by_curve_name(v.curve));
    const BIGNUM* order = EC_GROUP_get0_order(group.get());
    const auto first = rfc6979_nonce(order, number(v.x).get(), digest_of(v), v.hash, 0);
    const auto second = rfc6979_nonce(order, number(v.x).get(), digest_of(v), v.hash, 1);
    BOOST_TEST(BN_cmp(first.get(), second.get()) != 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
