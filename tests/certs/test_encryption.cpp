// RSAES-OAEP for the holder of a certificate, with OpenSSL's own command as the second opinion.
#include "certs/encryption.hpp"
#include "tests/certs/command_line.hpp"
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::certs {
namespace {

const issued& mx() {
    static const auto world = test::make(test::small_world().recipes());
    return world.by_id.at("mx");
}

constexpr const char* secret = "correct horse battery";

} // namespace

BOOST_AUTO_TEST_SUITE(encryption)

BOOST_AUTO_TEST_CASE(the_holder_of_the_key_reads_it_and_the_bytes_are_the_same_each_time) {
    const auto bytes = encrypted_for(mx().cert, secret);
    BOOST_REQUIRE_MESSAGE(bytes, bytes.error);
    BOOST_TEST(bytes->size() == 256U);
    BOOST_TEST(bytes->find(secret) == std::string::npos);
    BOOST_TEST(*decrypted_with(mx().key, *bytes) == secret);
    BOOST_TEST(*encrypted_for(mx().cert, secret) == *bytes);
    BOOST_TEST(*encrypted_for(mx().cert, std::string(secret) + "x") != *bytes);
}

BOOST_AUTO_TEST_CASE(openssl_decrypts_it) {
    const test::scratch_folder folder;
    folder.write("key.pem", mx().key.to_pem());
    folder.write("bytes", *encrypted_for(mx().cert, secret));
    BOOST_TEST(folder.openssl("pkeyutl -decrypt -inkey key.pem -in bytes -pkeyopt rsa_padding_mode:oaep "
                              "-pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256") == secret);
}

BOOST_AUTO_TEST_CASE(another_key_or_a_changed_bit_is_an_error) {
    const auto other = private_key::generate(key_kind::rsa, 2048);
    auto bytes = *encrypted_for(mx().cert, secret);
    BOOST_TEST(!decrypted_with(*other, bytes));
    for (const std::size_t at : {std::size_t{0}, std::size_t{100}, bytes.size() - 1}) {
        auto changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        BOOST_TEST(!decrypted_with(mx().key, changed));
    }
    BOOST_TEST(!decrypted_with(mx().key, {}));
    BOOST_TEST(!decrypted_with(mx().key, bytes + "x"));
    BOOST_TEST(!decrypted_with({}, bytes));
}

BOOST_AUTO_TEST_CASE(a_message_as_long_as_the_key_allows_and_no_longer) { // RFC 8017 7.1.1: k - 2 hLen - 2
    const std::string longest(256 - 66, 'x');
    BOOST_TEST(*decrypted_with(mx().key, *encrypted_for(mx().cert, longest)) == longest);
    BOOST_TEST(!encrypted_for(mx().cert, longest + "x"));
}

BOOST_AUTO_TEST_CASE(an_ec_certificate_encrypts_nothing) {
    auto recipes = test::small_world().recipes();
    recipes.back().key.kind = key_kind::ec;
    recipes.back().key.bits = 256;
    const auto world = test::make(recipes);
    const auto refused = encrypted_for(world.by_id.at("mx").cert, secret);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error.find("no RSA key") != std::string::npos);
    BOOST_TEST(!decrypted_with(world.by_id.at("mx").key, "x"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
