// Decoding, against certificates that OpenSSL made and what its own tool prints of them; then against bytes
// that are none.
#include "certs/certificate.hpp"
#include "tests/certs/forging.hpp"
#include "tests/certs/openssl_made.hpp"

#include <boost/test/unit_test.hpp>

#include <openssl/evp.h>

#include <random>

namespace connlab::certs {
namespace {

using test::at;
using test::openssl_ca;
using test::openssl_leaf;

using texts = std::vector<std::string>;

certificate read(const std::string& pem) {
    const auto all = read_certificates(pem);
    BOOST_REQUIRE_MESSAGE(all, all.error);
    BOOST_REQUIRE(all->size() == 1U);
    return all->front();
}

std::string digest_of(const std::string& bytes, const EVP_MD* kind) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), out, &size, kind, nullptr);
    return test::hex({reinterpret_cast<const char*>(out), size});
}

/// Looks at everything there is: nothing of it may crash on whatever was decoded.
std::size_t look_at_all(const certificate& c, const certificate& issuer) {
    const auto& f = c.fields();
    auto seen = c.der().size() + c.subject().size() + c.issuer().size() + c.thumbprint().size() +
                c.folded_subject().size() + c.folded_issuer().size() + c.public_key_digest().size() +
                c.domains().size() + c.hash() % 2;
    seen +=
        f.dns_names.size() + f.upn_names.size() + f.unknown_critical.size() + f.signature_algorithm.size();
    seen += c.is_self_issued() ? 1 : 0;
    seen += c.signed_by(issuer) ? 1 : 0;
    seen += issuer.signed_by(c) ? 1 : 0;
    return seen + to_pem(c).size();
}

} // namespace

BOOST_AUTO_TEST_SUITE(decoding)

BOOST_AUTO_TEST_CASE(names_serial_and_validity) {
    const auto c = read(openssl_leaf);
    const auto& f = c.fields();
    BOOST_TEST(f.version == 3);
    BOOST_TEST(f.serial == "8000000000000001");
    BOOST_TEST(c.subject() == "E=postmaster@contoso.com, CN=mail.contoso.com, OU=Mail + OU=Transport, "
                              "O=\"Müller & Söhne, Inc.\", L=München, S=Bayern, C=DE");
    BOOST_TEST(c.issuer() == "CN=Contoso Root, DC=contoso, DC=com");
    BOOST_TEST(format_instant(f.not_before) == "2026-11-23T21:21:26Z");
    BOOST_TEST(format_instant(f.not_after) == "2027-11-23T21:21:26Z");
    BOOST_TEST(!c.is_self_issued());
    const auto ca = read(openssl_ca);
    BOOST_TEST(ca.fields().serial == "FF01");
    BOOST_TEST(format_instant(ca.fields().not_after) == "2040-08-01T21:21:26Z");
    BOOST_TEST(ca.is_self_issued());
}

// 7.1: SHA-1 over the DER, upper-case, no separators.
BOOST_AUTO_TEST_CASE(fingerprints) {
    const auto c = read(openssl_leaf);
    BOOST_TEST(c.thumbprint() == "81BF8DDC9D338FB6680D67E2A78486E3774B2E07");
    BOOST_TEST(c.sha256_fingerprint() == "A1399DC3C398091BFA148E9BF7ACDA9CCD255C99937693A67207DE6AAEE66606");
    BOOST_TEST(read(openssl_ca).thumbprint() == "D77FDFE3380036819BE67470620463A90A7E6180");
    BOOST_TEST(c.thumbprint() == digest_of(c.der(), EVP_sha1()));
    BOOST_TEST(c.sha256_fingerprint() == digest_of(c.der(), EVP_sha256()));
}

BOOST_AUTO_TEST_CASE(alternative_names_of_every_kind) {
    const auto c = read(openssl_leaf);
    const auto& f = c.fields();
    BOOST_TEST(f.has_subject_alternative_name);
    BOOST_TEST(f.dns_names == (texts{"mail.contoso.com", "*.contoso.com"}), boost::test_tools::per_element());
    BOOST_TEST(f.email_names == texts{"postmaster@contoso.com"}, boost::test_tools::per_element());
    BOOST_TEST(f.uri_names == texts{"https://contoso.com/a"}, boost::test_tools::per_element());
    BOOST_TEST(f.upn_names == texts{"user@contoso.com"}, boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(f.ip_names.size() == 2U);
    BOOST_TEST(test::hex(f.ip_names[0]) == "C0000219");
    BOOST_TEST(test::hex(f.ip_names[1]) == "20010DB8000000000000000000000025");
    BOOST_TEST_REQUIRE(f.directory_names.size() == 1U);
    BOOST_TEST(to_string(f.directory_names.front()) == "CN=Directory, C=DE");
    BOOST_TEST(!read(openssl_ca).fields().has_subject_alternative_name);
}

BOOST_AUTO_TEST_CASE(usages) {
    const auto leaf = read(openssl_leaf).fields();
    BOOST_TEST_REQUIRE(leaf.key_usage.has_value());
    BOOST_TEST(*leaf.key_usage == (digital_signature | key_encipherment | key_agreement | decipher_only));
    BOOST_TEST_REQUIRE(leaf.extended_key_usage.has_value());
    BOOST_TEST(*leaf.extended_key_usage ==
                   (texts{"1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.4.1.99999.7"}),
               boost::test_tools::per_element());
    const auto ca = read(openssl_ca).fields();
    BOOST_TEST(*ca.key_usage == (key_cert_sign | crl_sign));
    BOOST_TEST(!ca.extended_key_usage.has_value());
}

BOOST_AUTO_TEST_CASE(basic_constraints_and_key_identifiers) {
    const auto leaf = read(openssl_leaf).fields();
    const auto ca = read(openssl_ca).fields();
    BOOST_TEST((leaf.basic == basic_constraints{false, std::nullopt}));
    BOOST_TEST((ca.basic == basic_constraints{true, 3}));
    BOOST_TEST(test::hex(leaf.subject_key_id) == "F2BD1D01C9E7753CB37668BC2CE2A9AA27BB929C");
    BOOST_TEST_REQUIRE(leaf.authority_key.has_value());
    BOOST_TEST(test::hex(leaf.authority_key->key_id) == "C15A70866CC6B708334BE7DAECF29F73CDD61BDE");
    BOOST_TEST(leaf.authority_key->issuer == "CN=Contoso Root, DC=contoso, DC=com");
    BOOST_TEST(leaf.authority_key->serial == "FF01");
    BOOST_TEST(leaf.authority_key->key_id == ca.subject_key_id);
    BOOST_TEST(!ca.authority_key.has_value());
}

BOOST_AUTO_TEST_CASE(name_constraints_of_every_kind) {
    const auto ca = read(openssl_ca).fields();
    BOOST_TEST(!ca.constraints_malformed);
    BOOST_TEST_REQUIRE(ca.constraints.has_value());
    const auto& permitted = ca.constraints->permitted;
    BOOST_TEST_REQUIRE(permitted.size() == 4U);
    BOOST_TEST((permitted[0].kind == general_name_kind::dns));
    BOOST_TEST(permitted[0].text == "contoso.com");
    BOOST_TEST((permitted[1].kind == general_name_kind::email));
    BOOST_TEST((permitted[2].kind == general_name_kind::uri));
    BOOST_TEST(permitted[2].text == ".contoso.com");
    BOOST_TEST((permitted[3].kind == general_name_kind::ip));
    BOOST_TEST(test::hex(permitted[3].text) == "0A000000FF000000");
    const auto& excluded = ca.constraints->excluded;
    BOOST_TEST_REQUIRE(excluded.size() == 2U);
    BOOST_TEST((excluded[0].kind == general_name_kind::directory));
    BOOST_TEST(to_string(excluded[0].directory) == "CN=Directory, C=DE");
    BOOST_TEST(excluded[1].text == "lab.contoso.com");
    for (const auto& tree : permitted)
        BOOST_TEST(!tree.min_or_max);
}

BOOST_AUTO_TEST_CASE(policies) {
    const auto leaf = read(openssl_leaf).fields();
    const auto ca = read(openssl_ca).fields();
    BOOST_TEST(*leaf.policies == (texts{"2.23.140.1.2.2", "1.3.6.1.4.1.99999.2"}),
               boost::test_tools::per_element());
    BOOST_TEST(*ca.policies == texts{std::string(any_policy)}, boost::test_tools::per_element());
    BOOST_TEST((ca.policy == policy_constraints{3, 0}));
    BOOST_TEST((ca.policy_mappings == std::vector{policy_mapping{"2.23.140.1.2.2", "1.3.6.1.4.1.99999.2"}}));
    BOOST_TEST((ca.inhibit_any_policy == 2));
    BOOST_TEST((leaf.policy == policy_constraints{}));
    BOOST_TEST(!leaf.inhibit_any_policy.has_value());
}

BOOST_AUTO_TEST_CASE(where_to_ask) {
    const auto leaf = read(openssl_leaf).fields();
    BOOST_TEST(leaf.crl_urls == (texts{"http://crl.contoso.com/a.crl", "ldap:///CN=a"}),
               boost::test_tools::per_element());
    BOOST_TEST(leaf.ocsp_urls == texts{"http://ocsp.contoso.com/"}, boost::test_tools::per_element());
    BOOST_TEST(leaf.issuer_urls == texts{"http://aia.contoso.com/a.crt"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(critical_extensions_that_are_not_processed) {
    BOOST_TEST(read(openssl_leaf).fields().unknown_critical == texts{"1.3.6.1.4.1.99999.1"},
               boost::test_tools::per_element());
    BOOST_TEST(read(openssl_ca).fields().unknown_critical.empty());
    BOOST_TEST(!read(openssl_leaf).fields().malformed_extension);
}

BOOST_AUTO_TEST_CASE(keys_and_signatures) {
    const auto leaf = read(openssl_leaf);
    const auto ca = read(openssl_ca);
    BOOST_TEST((leaf.fields().key == key_kind::ec));
    BOOST_TEST(leaf.fields().key_bits == 256);
    BOOST_TEST(leaf.fields().curve == "P-256");
    BOOST_TEST(leaf.fields().signature_algorithm == "sha256ECDSA");
    BOOST_TEST(leaf.fields().signature_digest == "SHA256");
    BOOST_TEST(ca.fields().curve == "P-384");
    BOOST_TEST(ca.fields().signature_algorithm == "sha384ECDSA");
    BOOST_TEST(leaf.signed_by(ca));
    BOOST_TEST(ca.signed_by(ca));
    BOOST_TEST(!leaf.signed_by(leaf));
    BOOST_TEST(!ca.signed_by(leaf));
}

// Windows' names of the signature algorithms, whatever the key's size.
BOOST_AUTO_TEST_CASE(signature_algorithms_have_the_names_of_windows) {
    const auto named = [](key_kind kind, int bits, const char* hash) {
        test::small_world w;
        w.issuing.key = {kind, bits, "", false};
        w.mx.hash = hash;
        return test::make(w.recipes()).by_id.at("mx").cert.fields();
    };
    BOOST_TEST(named(key_kind::rsa, 2048, "SHA256").signature_algorithm == "sha256RSA");
    BOOST_TEST(named(key_kind::rsa, 2048, "SHA384").signature_algorithm == "sha384RSA");
    BOOST_TEST(named(key_kind::rsa, 2048, "SHA512").signature_algorithm == "sha512RSA");
    BOOST_TEST(named(key_kind::rsa, 2048, "SHA1").signature_algorithm == "sha1RSA");
    BOOST_TEST(named(key_kind::rsa, 2048, "MD5").signature_algorithm == "md5RSA");
    BOOST_TEST(named(key_kind::ec, 521, "SHA512").signature_algorithm == "sha512ECDSA");
    BOOST_TEST(named(key_kind::rsa, 2048, "MD5").signature_digest == "MD5");
    BOOST_TEST(named(key_kind::rsa, 1024, "SHA1").signature_digest == "SHA1");
}

// Times beyond 2049 are GeneralizedTime (RFC 5280 4.1.2.5).
BOOST_AUTO_TEST_CASE(validity_on_both_sides_of_2050) {
    test::small_world w;
    w.mx.not_before = at("1999-12-31T23:59:59Z");
    w.mx.not_after = at("2050-01-01T00:00:00Z");
    const auto c = test::make(w.recipes()).by_id.at("mx").cert;
    BOOST_TEST(format_instant(c.fields().not_before) == "1999-12-31T23:59:59Z");
    BOOST_TEST(format_instant(c.fields().not_after) == "2050-01-01T00:00:00Z");
}

// 7.1: dNSNames and the CN if it is a host name, duplicates removed, wildcards kept.
BOOST_AUTO_TEST_CASE(domains) {
    const auto of = [](const std::string& cn, const texts& dns) {
        test::small_world w;
        w.mx.subject = test::common_name(cn);
        w.mx.dns_names = dns;
        return test::make(w.recipes()).by_id.at("mx").cert.domains();
    };
    BOOST_TEST(of("mail.contoso.com", {"contoso.com", "MAIL.contoso.com", "*.contoso.com"}) ==
                   (texts{"mail.contoso.com", "contoso.com", "*.contoso.com"}),
               boost::test_tools::per_element());
    BOOST_TEST(of("Contoso Mail Server", {"mail.contoso.com"}) == texts{"mail.contoso.com"},
               boost::test_tools::per_element());
    BOOST_TEST(of("*.contoso.com", {}) == texts{"*.contoso.com"}, boost::test_tools::per_element());
    BOOST_TEST(of("TESTMS05", {}) == texts{"TESTMS05"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(certificates_are_values) {
    const auto one = read(openssl_leaf);
    const auto same = *certificate::from_der(one.der());
    const auto other = read(openssl_ca);
    BOOST_TEST((one == same));
    BOOST_TEST(one.hash() == same.hash());
    BOOST_TEST((one != other));
    BOOST_TEST((certificate{} != one));
    BOOST_TEST((certificate{} == certificate{}));
    BOOST_TEST(!certificate{});
    BOOST_TEST(one.public_key_digest() != other.public_key_digest());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reading_pem)

BOOST_AUTO_TEST_CASE(what_openssl_wrote_is_written_again) {
    BOOST_TEST(to_pem(read(openssl_leaf)) == openssl_leaf);
    BOOST_TEST(to_pem(read(openssl_ca)) == openssl_ca);
}

BOOST_AUTO_TEST_CASE(several_in_their_order_with_text_and_a_key_between) {
    const auto key = private_key::generate(key_kind::ec, 256);
    BOOST_REQUIRE(key);
    const auto all = read_certificates("Bag Attributes\n" + std::string(openssl_ca) + key->to_pem() +
                                       "subject=x\n" + openssl_leaf);
    BOOST_REQUIRE(all);
    BOOST_TEST_REQUIRE(all->size() == 2U);
    BOOST_TEST(all->at(0).subject() == "CN=Contoso Root, DC=contoso, DC=com");
    BOOST_TEST((all->at(1) == read(openssl_leaf)));
}

BOOST_AUTO_TEST_CASE(lines_that_end_as_on_windows) {
    std::string text;
    for (const char c : std::string(openssl_leaf))
        text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    BOOST_TEST((read(text) == read(openssl_leaf)));
}

BOOST_AUTO_TEST_CASE(der_is_read_too) {
    BOOST_TEST((read(read(openssl_leaf).der()) == read(openssl_leaf)));
}

BOOST_AUTO_TEST_CASE(what_is_no_certificate_is_one_sentence) {
    const auto key = private_key::generate(key_kind::ec, 256);
    BOOST_REQUIRE(key);
    const std::string pem = openssl_leaf;
    for (const auto& text : {std::string{}, std::string("hello"), std::string(200, '\0'), key->to_pem(),
                             pem.substr(0, pem.size() / 2),
                             std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
                             std::string("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                             std::string("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n")}) {
        const auto all = read_certificates(text);
        BOOST_TEST(!all);
        BOOST_TEST(!all.error.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(malformed_der)

BOOST_AUTO_TEST_CASE(every_truncation_is_an_error) {
    for (const auto* pem : {openssl_leaf, openssl_ca}) {
        const auto der = read(pem).der();
        for (std::size_t size = 0; size < der.size(); ++size)
            BOOST_TEST(!certificate::from_der(der.substr(0, size)), size);
    }
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_certificate_are_an_error) {
    const auto der = read(openssl_leaf).der();
    BOOST_TEST(!certificate::from_der(der + '\0'));
    BOOST_TEST(!certificate::from_der(der + der));
}

// A certificate either decodes to what can be looked at, or is an error; and nothing stays in OpenSSL's
// queue.
BOOST_AUTO_TEST_CASE(flipped_bytes_do_no_harm) {
    const auto ca = read(openssl_ca);
    std::mt19937 dice(5280);
    std::size_t decoded = 0;
    std::size_t signed_still = 0;
    for (const auto* pem : {openssl_leaf, openssl_ca}) {
        const auto good = read(pem).der();
        for (int i = 0; i < 600; ++i) {
            auto der = good;
            for (unsigned flips = 1 + dice() % 3; flips > 0; --flips) {
                auto& byte = der[dice() % der.size()];
                byte = static_cast<char>(byte ^ static_cast<char>(1 + dice() % 255));
            }
            const auto c = certificate::from_der(der);
            BOOST_TEST(ERR_peek_error() == 0U);
            if (!c || der == good)
                continue;
            ++decoded;
            BOOST_TEST(look_at_all(*c, ca) > 0U);
            BOOST_TEST(ERR_peek_error() == 0U);
            BOOST_TEST((c->der() == der));
            signed_still += c->signed_by(ca) ? 1U : 0U;
        }
    }
    BOOST_TEST(decoded > 100U); // the test looks at something
    BOOST_TEST(signed_still == 0U);
}

// Lengths and tags alone: each byte of the frame takes every value near its own.
BOOST_AUTO_TEST_CASE(every_byte_changed_by_a_little_does_no_harm) {
    const auto ca = read(openssl_ca);
    const auto good = read(openssl_leaf).der();
    for (std::size_t i = 0; i < good.size(); ++i)
        for (const int by : {1, 128}) {
            auto der = good;
            der[i] = static_cast<char>(der[i] + by);
            if (const auto c = certificate::from_der(der)) {
                BOOST_TEST(look_at_all(*c, ca) > 0U);
                BOOST_TEST(!c->signed_by(ca), "byte " << i << " by " << by);
            }
        }
}

BOOST_AUTO_TEST_CASE(noise_is_no_certificate) {
    std::mt19937 dice(1);
    for (int i = 0; i < 500; ++i) {
        std::string noise(dice() % 300, '\0');
        for (auto& c : noise)
            c = static_cast<char>(dice());
        BOOST_TEST(!certificate::from_der(noise));
        if (noise.size() > 4) // a frame that promises just as much
            noise.replace(0, 4,
                          {'\x30', '\x82', static_cast<char>((noise.size() - 4) >> 8U),
                           static_cast<char>(noise.size() - 4)});
        BOOST_TEST(!certificate::from_der(noise));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
