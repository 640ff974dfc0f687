// Requests for certificates, read by OpenSSL.
#include "certs/request.hpp"
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace connlab::certs {
namespace {

using request_handle = std::unique_ptr<X509_REQ, freed_by<X509_REQ_free>>;
using key_handle = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;

request_handle read(const std::string& pem) {
    const std::unique_ptr<BIO, freed_by<BIO_free_all>> in(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    request_handle out(PEM_read_bio_X509_REQ(in.get(), nullptr, nullptr, nullptr));
    BOOST_REQUIRE(out);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(certification_requests)

BOOST_AUTO_TEST_CASE(a_request_is_signed_by_its_own_key) {
    const auto world = test::make(test::small_world().recipes());
    const auto request = read(*certification_request(test::small_world().mx, world.by_id.at("mx").key));
    const key_handle inside(X509_REQ_get_pubkey(request.get()));
    BOOST_TEST(X509_REQ_verify(request.get(), inside.get()) == 1);
    const key_handle other(X509_get_pubkey(world.by_id.at("root").cert.native()));
    BOOST_TEST(X509_REQ_verify(request.get(), other.get()) != 1);
    const key_handle issued_for(X509_get_pubkey(world.by_id.at("mx").cert.native()));
    BOOST_TEST(EVP_PKEY_eq(inside.get(), issued_for.get()) == 1);
}

BOOST_AUTO_TEST_CASE(a_request_asks_for_subject_and_names) {
    const auto world = test::make(test::small_world().recipes());
    const auto recipe = test::small_world().mx;
    const auto request = read(*certification_request(recipe, world.by_id.at("mx").key));
    BOOST_TEST(X509_NAME_cmp(X509_REQ_get_subject_name(request.get()),
                             X509_get_subject_name(world.by_id.at("mx").cert.native())) == 0);
    auto* extensions = X509_REQ_get_extensions(request.get());
    BOOST_REQUIRE(extensions != nullptr);
    const auto at = X509v3_get_ext_by_NID(extensions, NID_subject_alt_name, -1);
    BOOST_REQUIRE(at >= 0);
    const std::unique_ptr<GENERAL_NAMES, freed_by<GENERAL_NAMES_free>> names(
        static_cast<GENERAL_NAMES*>(X509V3_EXT_d2i(X509v3_get_ext(extensions, at))));
    BOOST_TEST(sk_GENERAL_NAME_num(names.get()) == static_cast<int>(recipe.dns_names.size()));
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
}

BOOST_AUTO_TEST_CASE(a_request_is_the_same_each_time) {
    const auto world = test::make(test::small_world().recipes());
    const auto& key = world.by_id.at("mx").key;
    BOOST_TEST(*certification_request(test::small_world().mx, key) ==
               *certification_request(test::small_world().mx, key));
    auto wrong = test::small_world().mx;
    wrong.hash = "SHA999";
    BOOST_TEST(!certification_request(wrong, key));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
