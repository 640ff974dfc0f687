#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/x509v3.h>

namespace connlab::certs {
namespace {

using test::at;
using crl_handle = std::unique_ptr<X509_CRL, freed_by<X509_CRL_free>>;

crl_recipe weekly(std::vector<std::string> revoked) {
    crl_recipe r;
    r.issuer = "issuing";
    r.this_update = at("2024-06-01");
    r.next_update = at("2024-06-08");
    for (auto& serial : revoked)
        r.revoked.push_back({std::move(serial), r.this_update, std::nullopt});
    r.number = 7;
    return r;
}

crl_handle read(const std::string& der) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    crl_handle out(d2i_X509_CRL(nullptr, &bytes, static_cast<long>(der.size())));
    BOOST_REQUIRE(out);
    return out;
}

/// X509_V_… of a leaf that is checked against this CRL.
int verify_with(const forged& world, X509_CRL* crl) {
    const std::unique_ptr<X509_STORE, freed_by<X509_STORE_free>> store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), world.by_id.at("root").cert.native());
    X509_STORE_add_cert(store.get(), world.by_id.at("issuing").cert.native());
    X509_STORE_add_crl(store.get(), crl);
    const std::unique_ptr<X509_STORE_CTX, freed_by<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), world.by_id.at("mx").cert.native(), nullptr);
    X509_VERIFY_PARAM* terms = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(terms, test::epoch_seconds("2024-06-03"));
    X509_VERIFY_PARAM_set_flags(terms, X509_V_FLAG_CRL_CHECK);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

} // namespace

BOOST_AUTO_TEST_SUITE(forged_crl)

BOOST_AUTO_TEST_CASE(a_crl_revokes_what_it_lists) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    const auto none = forge_crl(weekly({}), issuing);
    BOOST_REQUIRE(none);
    BOOST_TEST(verify_with(world, read(*none).get()) == X509_V_OK);
    const auto one = forge_crl(weekly({"4A", world.by_id.at("mx").cert.fields().serial}), issuing);
    BOOST_REQUIRE(one);
    BOOST_TEST(verify_with(world, read(*one).get()) == X509_V_ERR_CERT_REVOKED);
}

BOOST_AUTO_TEST_CASE(a_crl_says_who_when_and_which) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    const auto der = forge_crl(weekly({}), issuing);
    BOOST_REQUIRE(der);
    const auto crl = read(*der);
    BOOST_TEST(X509_CRL_get_version(crl.get()) == X509_CRL_VERSION_2);
    BOOST_TEST(X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_subject_name(issuing.cert.native())) ==
               0);
    BOOST_TEST(ASN1_TIME_cmp_time_t(X509_CRL_get0_lastUpdate(crl.get()), test::epoch_seconds("2024-06-01")) ==
               0);
    BOOST_TEST(ASN1_TIME_cmp_time_t(X509_CRL_get0_nextUpdate(crl.get()), test::epoch_seconds("2024-06-08")) ==
               0);
    const std::unique_ptr<ASN1_INTEGER, freed_by<ASN1_INTEGER_free>> number(
        static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(crl.get(), NID_crl_number, nullptr, nullptr)));
    BOOST_REQUIRE(number);
    BOOST_TEST(ASN1_INTEGER_get(number.get()) == 7);
    BOOST_TEST(X509_CRL_get_ext_by_NID(crl.get(), NID_authority_key_identifier, -1) >= 0);
    BOOST_TEST(X509_CRL_get_REVOKED(crl.get()) == nullptr);
}

BOOST_AUTO_TEST_CASE(the_same_crl_has_the_same_bytes) {
    auto recipes = test::small_world().recipes();
    recipes[1].key = {key_kind::ec, 256, "", false};
    const auto world = test::make(recipes);
    BOOST_TEST(*forge_crl(weekly({"01"}), world.by_id.at("issuing")) ==
               *forge_crl(weekly({"01"}), world.by_id.at("issuing")));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_revoked_is_one_sentence) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    BOOST_TEST(forge_crl(weekly({"xyz"}), issuing).error ==
               "'xyz' is no serial number in hexadecimal digits.");
    BOOST_TEST(forge_crl(weekly({""}), issuing).error == "A revoked serial number is empty.");
    auto r = weekly({});
    r.hash = "CRC32";
    BOOST_TEST(forge_crl(r, issuing).error ==
               "'CRC32' is no hash of signatures; SHA256, SHA384, SHA512, SHA1 and MD5 are.");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
