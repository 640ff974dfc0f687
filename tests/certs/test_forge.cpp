#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <set>
#include <thread>

namespace connlab::certs {
namespace {

using test::at;
using test::common_name;
using test::error_of;
using test::make;
using test::small_world;

std::vector<certificate_recipe> leafs(int count, const key_recipe& key) {
    std::vector<certificate_recipe> out;
    for (int i = 0; i < count; ++i) {
        out.push_back(
            root_ca("id " + std::to_string(i), common_name("x"), at("2020-01-01"), at("2030-01-01")));
        out.back().key = key;
    }
    return out;
}

std::string all_bytes(const forged& world) {
    std::string out;
    for (const auto& [id, one] : world.by_id)
        out += one.cert.der();
    return out;
}

std::size_t different_keys(const forged& world) {
    std::set<std::string> keys;
    for (const auto& [id, one] : world.by_id)
        keys.insert(one.key.to_pem());
    return keys.size();
}

/// Every kind of key, hash and extension in ten certificates.
std::vector<certificate_recipe> wide_world() {
    small_world w;
    w.root.key = {key_kind::rsa, 4096, "", false};
    w.issuing.basic->path_length = 0;
    w.issuing.crl_urls = {"http://crl.example.net/root.crl"};
    w.issuing.issuer_urls = {"http://aia.example.net/root.crt"};
    w.issuing.ocsp_urls = {"http://ocsp.example.net"};
    w.issuing.constraints = name_constraints{{{general_name_kind::dns, "contoso.com", {}, false}}, {}};
    w.mx.ip_addresses = {*parse_ip_address("192.168.10.5"), *parse_ip_address("2001:db8::1")};
    w.mx.email_addresses = {"postmaster@contoso.com"};
    auto out = w.recipes();
    for (const int bits : {256, 384, 521}) {
        out.push_back(w.root);
        out.back().id = "ec " + std::to_string(bits);
        out.back().key = {key_kind::ec, bits, "", false};
        out.back().hash = bits == 256 ? "SHA256" : bits == 384 ? "SHA384" : "SHA512";
    }
    out.push_back(exchange_default("default", "TESTMS05", "testms05.varunagroup.de", at("2024-02-29"), true));
    out.push_back(exchange_auth("auth", at("2024-02-29"), false));
    out.push_back(wmsvc("wmsvc", "TESTMS05", at("2024-02-29")));
    out.push_back(federation("federation", at("2024-02-29")));
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_forge)

BOOST_AUTO_TEST_CASE(a_good_chain_verifies) {
    const auto world = make(small_world().recipes());
    BOOST_TEST(
        test::verify(world, {.host = "mail.contoso.com", .purpose = X509_PURPOSE_SSL_SERVER, .level = 2})
            .error == X509_V_OK);
    BOOST_TEST(!world.generated_keys);
    for (const auto& [id, one] : world.by_id)
        BOOST_TEST(one.lab_key);
    BOOST_TEST(world.by_id.at("mx").issuer == "issuing");
}

BOOST_AUTO_TEST_CASE(the_same_recipes_give_the_same_bytes) {
    const auto again = key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE(again);
    const auto second = forge(wide_world(), **again);
    BOOST_REQUIRE(second);
    BOOST_TEST(all_bytes(make(wide_world())) == all_bytes(*second));
}

// The bytes are the same on every machine and stay so. The certificates behind this digest were read with
// `openssl x509 -text` and `openssl asn1parse`, and each verifies with `openssl verify`; the digest changes
// when a recipe, the encoding or a bundle of lab keys does, and every thumbprint in committed reports with
// it.
BOOST_AUTO_TEST_CASE(the_bytes_never_change) {
    BOOST_TEST(test::sha256_hex(all_bytes(make(wide_world()))) ==
               "11057C1F96AC0931D75AA133FEB05699641D828BE57453C2D730DF35E6FF08AC");
}

BOOST_AUTO_TEST_CASE(an_issuer_may_be_declared_after_what_it_issues) {
    auto recipes = wide_world();
    const auto forward = all_bytes(make(recipes));
    std::reverse(recipes.begin(), recipes.end());
    BOOST_TEST(all_bytes(make(recipes)) == forward);
}

BOOST_AUTO_TEST_CASE(openssl_encodes_what_it_read_to_the_same_bytes) {
    const auto world = make(wide_world());
    for (const auto& [id, one] : world.by_id) {
        const std::unique_ptr<X509, freed_by<X509_free>> copy(X509_dup(one.cert.native()));
        unsigned char* bytes = nullptr;
        i2d_re_X509_tbs(copy.get(), &bytes); // encodes the decoded parts anew
        OPENSSL_free(bytes);
        bytes = nullptr;
        const int size = i2d_X509(copy.get(), &bytes);
        BOOST_TEST(std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)) ==
                       one.cert.der(),
                   id);
        OPENSSL_free(bytes);
    }
}

BOOST_AUTO_TEST_CASE(self_signed_certificates_verify_themselves) {
    const auto world = make(wide_world());
    for (const auto& [id, one] : world.by_id)
        if (one.issuer.empty())
            BOOST_TEST(X509_verify(one.cert.native(), X509_get0_pubkey(one.cert.native())) == 1, id);
}

BOOST_AUTO_TEST_CASE(serials_are_sixteen_bytes_of_the_path) {
    small_world w;
    const auto world = make(w.recipes());
    // printf 'root\0issuing\0mx\0' | sha256sum | cut -c1-32, the first byte & 3f | 40
    BOOST_TEST(world.by_id.at("mx").cert.fields().serial == "65F76C82DE67C331B7656B9BF76F36C2");
    auto other = w.mx;
    other.issuer = "root";
    const auto elsewhere = make({w.root, other});
    BOOST_TEST(world.by_id.at("mx").cert.fields().serial != elsewhere.by_id.at("mx").cert.fields().serial);
}

BOOST_AUTO_TEST_CASE(no_two_certificates_share_a_key) {
    const auto world = make(leafs(256, {}));
    BOOST_TEST(!world.generated_keys);
    BOOST_TEST(different_keys(world) == 256U);
}

BOOST_AUTO_TEST_CASE(another_certificate_more_leaves_the_keys_of_the_first_alone) {
    const auto few = make(leafs(20, {}));
    const auto more = make(leafs(40, {}));
    for (const auto& [id, one] : few.by_id)
        BOOST_TEST(one.cert.der() == more.by_id.at(id).cert.der());
}

BOOST_AUTO_TEST_CASE(threads_that_share_a_pool_forge_the_same) {
    const auto shared = key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE(shared);
    const auto recipes = wide_world(); // Boost.Test's checks are for one thread
    std::array<std::string, 4> bytes;
    std::vector<std::thread> threads;
    threads.reserve(bytes.size());
    for (auto& b : bytes)
        threads.emplace_back([&b, &shared, &recipes] {
            if (const auto world = forge(recipes, **shared))
                b = all_bytes(*world);
        });
    for (auto& t : threads)
        t.join();
    for (const auto& b : bytes)
        BOOST_TEST(b == all_bytes(make(recipes)));
}

BOOST_AUTO_TEST_CASE(a_pool_that_is_too_small_is_said) {
    const auto world = make(leafs(6, {key_kind::rsa, 768, "", false}));
    BOOST_TEST(world.generated_keys);
    BOOST_TEST(different_keys(world) == 6U);
    const auto lab =
        std::count_if(world.by_id.begin(), world.by_id.end(), [](const auto& p) { return p.second.lab_key; });
    BOOST_TEST(lab == 4);
}

BOOST_AUTO_TEST_CASE(a_size_outside_the_pool_is_generated) {
    const auto world = make(leafs(1, {key_kind::rsa, 512, "", false}));
    BOOST_TEST(world.generated_keys);
    BOOST_TEST(world.by_id.at("id 0").cert.fields().key_bits == 512);
}

BOOST_AUTO_TEST_CASE(fresh_keys_are_never_of_the_pool) {
    const auto recipes = leafs(1, {key_kind::ec, 256, "", true});
    const auto first = make(recipes);
    const auto second = make(recipes);
    BOOST_TEST(!first.by_id.at("id 0").lab_key);
    BOOST_TEST(!first.generated_keys);
    BOOST_TEST(first.by_id.at("id 0").key.to_pem() != second.by_id.at("id 0").key.to_pem());
}

BOOST_AUTO_TEST_CASE(a_key_may_be_that_of_another) {
    auto recipes = leafs(3, {});
    recipes[0].key.same_as = "id 1";
    recipes[1].key.same_as = "id 2";
    const auto world = make(recipes);
    BOOST_TEST(different_keys(world) == 1U);
    BOOST_TEST(world.by_id.at("id 0").lab_key);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_issued_is_one_sentence) {
    small_world w;
    auto twice = w.recipes();
    twice.push_back(w.mx);
    BOOST_TEST(error_of(twice) == "Two certificates have the id 'mx'.");
    BOOST_TEST(error_of({w.root, w.mx}) == "Certificate 'mx': its issuer 'issuing' is not declared.");

    auto circle = w;
    circle.root.issuer = "issuing";
    BOOST_TEST(error_of(circle.recipes()) == "Issuers go in a circle: root → issuing → root.");
    circle.root.issuer = "root";
    BOOST_TEST(error_of(circle.recipes()) == "Issuers go in a circle: root → root.");

    auto keys = w;
    keys.mx.key.same_as = "nobody";
    BOOST_TEST(error_of(keys.recipes()) == "Certificate 'mx': its key's owner 'nobody' is not declared.");
    keys.mx.key.same_as = "issuing";
    keys.issuing.key.same_as = "mx";
    BOOST_TEST(error_of(keys.recipes()) == "Shared keys go in a circle: issuing → mx → issuing.");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_encoded_is_one_sentence) {
    const auto with = [](void (*change)(certificate_recipe&)) {
        small_world w;
        change(w.mx);
        return error_of(w.recipes());
    };
    BOOST_TEST(
        with([](auto& r) { r.hash = "SHA3"; }) ==
        "Certificate 'mx': 'SHA3' is no hash of signatures; SHA256, SHA384, SHA512, SHA1 and MD5 are.");
    BOOST_TEST(with([](auto& r) { r.version = 4; }) == "Certificate 'mx': X.509 has no version 4.");
    BOOST_TEST(with([](auto& r) { r.extended_key_usage = {{"serverAuth"}}; }) ==
               "Certificate 'mx': 'serverAuth' is no OID of a key usage.");
    BOOST_TEST(with([](auto& r) { r.unknown_critical_extension = "9.9"; }) ==
               "Certificate 'mx': '9.9' is no OID of an extension.");
    BOOST_TEST(with([](auto& r) {
                   r.subject.rdns = {{{"CN", "x"}}};
               }) == "Certificate 'mx': 'CN' is no attribute type of an X.500 name.");
    BOOST_TEST(with([](auto& r) {
                   r.constraints = name_constraints{{{}}, {}};
               }) == "Certificate 'mx': A name constraint is on a DNS, e-mail, URI, IP or directory name.");
    BOOST_TEST(with([](auto& r) {
                   r.key = {key_kind::rsa, 100, "", false};
               }) == "Certificate 'mx': No key of 100 bits of this kind can be made: RSA has 512 to 8192 "
                     "bits, EC 256, 384 or "
                     "521.");
    BOOST_TEST(with([](auto& r) {
                   r.key = {key_kind::dsa, 2048, "", false};
               }) == "Certificate 'mx': No key of 2048 bits of this kind can be made: RSA has 512 to 8192 "
                     "bits, EC 256, 384 or "
                     "521.");
}

BOOST_AUTO_TEST_CASE(a_key_too_short_for_the_hash_cannot_sign) {
    auto r = leafs(1, {key_kind::rsa, 512, "", false});
    r[0].hash = "SHA512";
    BOOST_TEST(error_of(r) == "Certificate 'id 0': An RSA key of 512 bits cannot sign with SHA512.");
    r[0].key = {key_kind::ec, 256, "", false};
    r[0].hash = "MD5";
    BOOST_TEST(error_of(r) == "Certificate 'id 0': ECDSA is not defined with MD5.");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
