// Every fault that a scenario can ask for, as a third party (OpenSSL) reads it.
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/x509v3.h>

namespace connlab::certs {
namespace {

using test::answer;
using test::at;
using test::common_name;
using test::make;
using test::small_world;
using test::verify;

/// The small world with one change.
template <class Change>
forged changed(Change change) {
    small_world w;
    change(w);
    return make(w.recipes());
}

void check(const answer& got, int error, int depth) {
    BOOST_TEST(got.error == error, X509_verify_cert_error_string(got.error));
    BOOST_TEST(got.depth == depth);
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(forged_faults)

BOOST_AUTO_TEST_CASE(expired_leaf) {
    const auto w = changed([](small_world& s) { s.mx.not_after = at("2024-06-03T08:59:59Z"); });
    check(verify(w, {.when = "2024-06-03T09:00:00Z"}), X509_V_ERR_CERT_HAS_EXPIRED, 0);
    check(verify(w, {.when = "2024-06-03T08:59:58Z"}), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(leaf_not_yet_valid) {
    const auto w = changed([](small_world& s) { s.mx.not_before = at("2025-01-01"); });
    check(verify(w), X509_V_ERR_CERT_NOT_YET_VALID, 0);
}

BOOST_AUTO_TEST_CASE(expired_intermediate) {
    const auto w = changed([](small_world& s) { s.issuing.not_after = at("2024-01-01"); });
    check(verify(w), X509_V_ERR_CERT_HAS_EXPIRED, 1);
}

BOOST_AUTO_TEST_CASE(untrusted_root) {
    const auto w = changed([](small_world&) {});
    check(verify(w, {.trusted = {}, .beside = {"issuing", "root"}}), X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, 2);
}

BOOST_AUTO_TEST_CASE(missing_intermediate) {
    const auto w = changed([](small_world&) {});
    check(verify(w, {.beside = {}}), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 0);
}

BOOST_AUTO_TEST_CASE(self_signed_leaf) {
    const auto w = changed([](small_world& s) { s.mx.issuer.clear(); });
    check(verify(w), X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, 0);
    BOOST_TEST(!test::has_extension(w.by_id.at("mx").cert, NID_authority_key_identifier));
}

BOOST_AUTO_TEST_CASE(wrong_name) {
    const auto w = changed([](small_world&) {});
    check(verify(w, {.host = "mx.contoso.com"}), X509_V_ERR_HOSTNAME_MISMATCH, 0);
}

BOOST_AUTO_TEST_CASE(wildcard) {
    const auto w = changed([](small_world& s) { s.mx.dns_names = {"*.contoso.com"}; });
    check(verify(w, {.host = "mail.contoso.com"}), X509_V_OK, 0);
    check(verify(w, {.host = "contoso.com"}), X509_V_ERR_HOSTNAME_MISMATCH, 0);
    check(verify(w, {.host = "a.mail.contoso.com"}), X509_V_ERR_HOSTNAME_MISMATCH, 0);
}

BOOST_AUTO_TEST_CASE(common_name_only) {
    const auto w = changed([](small_world& s) { s.mx.dns_names.clear(); });
    BOOST_TEST(!test::has_extension(w.by_id.at("mx").cert, NID_subject_alt_name));
    check(verify(w, {.host = "mail.contoso.com"}), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(names_of_all_kinds) {
    const auto w = changed([](small_world& s) {
        s.mx.ip_addresses = {*parse_ip_address("192.168.10.5"), *parse_ip_address("2001:db8::1")};
        s.mx.email_addresses = {"postmaster@contoso.com"};
    });
    BOOST_TEST(
        test::extension_text(w.by_id.at("mx").cert, NID_subject_alt_name) ==
        "DNS:mail.contoso.com, DNS:contoso.com, IP Address:192.168.10.5, IP Address:2001:DB8:0:0:0:0:0:1, "
        "email:postmaster@contoso.com");
}

BOOST_AUTO_TEST_CASE(names_are_critical_without_a_subject) {
    const auto w = changed([](small_world& s) { s.mx.subject = {}; });
    BOOST_TEST(test::is_critical(w.by_id.at("mx").cert, NID_subject_alt_name));
    check(verify(w, {.host = "mail.contoso.com"}), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(wrong_extended_key_usage) {
    const auto w =
        changed([](small_world& s) { s.mx.extended_key_usage = {{std::string(eku_client_auth)}}; });
    check(verify(w, {.purpose = X509_PURPOSE_SSL_SERVER}), X509_V_ERR_INVALID_PURPOSE, 0);
    check(verify(w, {.purpose = X509_PURPOSE_SSL_CLIENT}), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(no_extended_key_usage) {
    const auto w = changed([](small_world& s) { s.mx.extended_key_usage.reset(); });
    BOOST_TEST(!test::has_extension(w.by_id.at("mx").cert, NID_ext_key_usage));
    check(verify(w, {.purpose = X509_PURPOSE_SSL_SERVER}), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(extended_key_usage_of_the_issuer) {
    const auto w =
        changed([](small_world& s) { s.issuing.extended_key_usage = {{std::string(eku_email_protection)}}; });
    check(verify(w, {.purpose = X509_PURPOSE_SSL_SERVER}), X509_V_ERR_INVALID_PURPOSE, 1);
}

BOOST_AUTO_TEST_CASE(corrupted_signature) {
    for (const auto kind : {key_kind::rsa, key_kind::ec}) {
        const auto w = changed([&](small_world& s) {
            s.issuing.key = {kind, kind == key_kind::rsa ? 2048 : 256, "", false};
            s.mx.corrupt_signature = true;
        });
        check(verify(w), X509_V_ERR_CERT_SIGNATURE_FAILURE, 0);
    }
}

BOOST_AUTO_TEST_CASE(corrupting_flips_the_last_bit_alone) {
    const auto good = changed([](small_world&) {}).by_id.at("mx").cert.der();
    auto bad = changed([](small_world& s) { s.mx.corrupt_signature = true; }).by_id.at("mx").cert.der();
    bad.back() = static_cast<char>(bad.back() ^ 1);
    BOOST_TEST(test::hex(bad) == test::hex(good));
}

BOOST_AUTO_TEST_CASE(path_length) {
    const auto w = changed([](small_world& s) { s.root.basic->path_length = 0; });
    check(verify(w), X509_V_ERR_PATH_LENGTH_EXCEEDED, 2);
    BOOST_TEST(test::extension_text(w.by_id.at("root").cert, NID_basic_constraints) == "CA:TRUE, pathlen:0");
}

BOOST_AUTO_TEST_CASE(issuer_is_not_a_ca) {
    const auto w = changed([](small_world& s) { s.issuing.basic = basic_constraints{}; });
    check(verify(w), X509_V_ERR_INVALID_CA, 1);
}

BOOST_AUTO_TEST_CASE(issuer_without_basic_constraints) {
    const auto w = changed([](small_world& s) { s.issuing.basic.reset(); });
    BOOST_TEST(!test::has_extension(w.by_id.at("issuing").cert, NID_basic_constraints));
    check(verify(w, {.purpose = X509_PURPOSE_SSL_SERVER}), X509_V_ERR_INVALID_CA, 1);
}

BOOST_AUTO_TEST_CASE(issuer_may_not_sign_certificates) {
    const auto w = changed([](small_world& s) { s.issuing.key_usage = crl_sign; });
    // OpenSSL passes such an issuer over while it builds the path.
    const auto got = verify(w);
    BOOST_TEST((got.error == X509_V_ERR_KEYUSAGE_NO_CERTSIGN || got.error == X509_V_ERR_INVALID_CA ||
                got.error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY));
    BOOST_TEST(test::extension_text(w.by_id.at("issuing").cert, NID_key_usage) == "CRL Sign");
}

BOOST_AUTO_TEST_CASE(name_constraints_that_permit_another_domain) {
    const auto w = changed([](small_world& s) {
        s.issuing.constraints = name_constraints{{{general_name_kind::dns, "fabrikam.com", {}, false}}, {}};
    });
    check(verify(w), X509_V_ERR_PERMITTED_VIOLATION, 0);
    BOOST_TEST(test::is_critical(w.by_id.at("issuing").cert, NID_name_constraints));
}

BOOST_AUTO_TEST_CASE(name_constraints_that_exclude_the_domain) {
    const auto w = changed([](small_world& s) {
        s.issuing.constraints = name_constraints{{}, {{general_name_kind::dns, "contoso.com", {}, false}}};
    });
    check(verify(w), X509_V_ERR_EXCLUDED_VIOLATION, 0);
}

BOOST_AUTO_TEST_CASE(name_constraints_of_all_kinds) {
    const auto w = changed([](small_world& s) {
        s.issuing.constraints =
            name_constraints{{{general_name_kind::email, "contoso.com", {}, false},
                              {general_name_kind::uri, ".contoso.com", {}, false},
                              {general_name_kind::directory, {}, common_name("x"), false}},
                             {{general_name_kind::ip, std::string("\x0a\0\0\0\xff\0\0\0", 8), {}, false}}};
    });
    const auto text = test::extension_text(w.by_id.at("issuing").cert, NID_name_constraints);
    BOOST_TEST(contains(text, "email:contoso.com"));
    BOOST_TEST(contains(text, "URI:.contoso.com"));
    BOOST_TEST(contains(text, "DirName:C = US, CN = x"));
    BOOST_TEST(contains(text, "IP:10.0.0.0/255.0.0.0"));
}

BOOST_AUTO_TEST_CASE(name_constraints_with_a_minimum) {
    const auto w = changed([](small_world& s) {
        s.issuing.constraints = name_constraints{{{general_name_kind::dns, "contoso.com", {}, true}}, {}};
    });
    check(verify(w), X509_V_ERR_SUBTREE_MINMAX, 0);
}

BOOST_AUTO_TEST_CASE(unknown_critical_extension) {
    const auto w = changed([](small_world& s) { s.mx.unknown_critical_extension = "1.3.6.1.4.1.99999.1"; });
    check(verify(w), X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, 0);
}

BOOST_AUTO_TEST_CASE(weak_keys) {
    const auto w768 = changed([](small_world& s) { s.mx.key.bits = 768; });
    check(verify(w768, {.level = 1}), X509_V_ERR_EE_KEY_TOO_SMALL, 0);
    const auto w1024 = changed([](small_world& s) { s.mx.key.bits = 1024; });
    check(verify(w1024, {.level = 1}), X509_V_OK, 0);
    check(verify(w1024, {.level = 2}), X509_V_ERR_EE_KEY_TOO_SMALL, 0);
}

BOOST_AUTO_TEST_CASE(weak_hashes) {
    for (const char* hash : {"SHA1", "MD5"}) {
        const auto w = changed([&](small_world& s) { s.mx.hash = hash; });
        check(verify(w), X509_V_OK, 0);
        check(verify(w, {.level = 2}), X509_V_ERR_CA_MD_TOO_WEAK, 0);
    }
}

BOOST_AUTO_TEST_CASE(signature_algorithms_are_those_of_the_recipe) {
    const auto named = [](key_kind kind, int bits, const char* hash) {
        const auto w = changed([&](small_world& s) {
            s.issuing.key = {kind, bits, "", false};
            s.mx.hash = hash;
        });
        check(verify(w), X509_V_OK, 0);
        return std::string(OBJ_nid2sn(X509_get_signature_nid(w.by_id.at("mx").cert.native())));
    };
    BOOST_TEST(named(key_kind::rsa, 768, "MD5") == "RSA-MD5");
    BOOST_TEST(named(key_kind::rsa, 1024, "SHA1") == "RSA-SHA1");
    BOOST_TEST(named(key_kind::rsa, 2048, "SHA256") == "RSA-SHA256");
    BOOST_TEST(named(key_kind::rsa, 3072, "SHA384") == "RSA-SHA384");
    BOOST_TEST(named(key_kind::rsa, 4096, "SHA512") == "RSA-SHA512");
    BOOST_TEST(named(key_kind::rsa, 768, "SHA512") == "RSA-SHA512");
    BOOST_TEST(named(key_kind::ec, 256, "SHA1") == "ecdsa-with-SHA1");
    BOOST_TEST(named(key_kind::ec, 256, "SHA256") == "ecdsa-with-SHA256");
    BOOST_TEST(named(key_kind::ec, 384, "SHA384") == "ecdsa-with-SHA384");
    BOOST_TEST(named(key_kind::ec, 521, "SHA512") == "ecdsa-with-SHA512");
    BOOST_TEST(named(key_kind::ec, 521, "SHA256") == "ecdsa-with-SHA256");
}

BOOST_AUTO_TEST_CASE(version_one) {
    const auto w = changed([](small_world& s) { s.root.version = 1; });
    const auto& root = w.by_id.at("root").cert;
    BOOST_TEST(X509_get_version(root.native()) == X509_VERSION_1);
    BOOST_TEST(X509_get_ext_count(root.native()) == 0);
    BOOST_TEST(!test::has_extension(w.by_id.at("issuing").cert, NID_authority_key_identifier));
    check(verify(w), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(key_identifiers_can_be_left_away) {
    const auto w = changed([](small_world& s) {
        s.issuing.subject_key_identifier = false;
        s.issuing.authority_key_identifier = false;
    });
    BOOST_TEST(!test::has_extension(w.by_id.at("issuing").cert, NID_subject_key_identifier));
    BOOST_TEST(!test::has_extension(w.by_id.at("issuing").cert, NID_authority_key_identifier));
    BOOST_TEST(!test::has_extension(w.by_id.at("mx").cert, NID_authority_key_identifier));
    check(verify(w), X509_V_OK, 0);
}

BOOST_AUTO_TEST_CASE(key_identifier_is_the_hash_of_the_key_bits) {
    const auto w = changed([](small_world&) {});
    const auto* mx = w.by_id.at("mx").cert.native();
    unsigned char digest[20];
    unsigned int size = 0;
    X509_pubkey_digest(mx, EVP_sha1(), digest, &size); // OpenSSL's "hash" method
    BOOST_TEST(w.by_id.at("mx").cert.fields().subject_key_id ==
               std::string(reinterpret_cast<char*>(digest), size));
}

BOOST_AUTO_TEST_CASE(where_to_look_for_revocation_and_issuer) {
    const auto w = changed([](small_world& s) {
        s.mx.crl_urls = {"http://crl.example.net/a.crl", "ldap:///CN=a"};
        s.mx.issuer_urls = {"http://aia.example.net/a.crt"};
        s.mx.ocsp_urls = {"http://ocsp.example.net/"};
    });
    const auto& mx = w.by_id.at("mx").cert;
    BOOST_TEST(
        contains(test::extension_text(mx, NID_crl_distribution_points), "URI:http://crl.example.net/a.crl"));
    BOOST_TEST(contains(test::extension_text(mx, NID_crl_distribution_points), "URI:ldap:///CN=a"));
    const auto access = test::extension_text(mx, NID_info_access);
    BOOST_TEST(contains(access, "OCSP - URI:http://ocsp.example.net/"));
    BOOST_TEST(contains(access, "CA Issuers - URI:http://aia.example.net/a.crt"));
}

// root and other root; issuing has the same name and key under both: mx is good where either is trusted.
BOOST_AUTO_TEST_CASE(cross_signed) {
    small_world s;
    auto other = root_ca("other root", common_name("Other Root"), at("2020-01-01"), at("2030-01-01"));
    auto cross = s.issuing;
    cross.id = "issuing, cross-signed";
    cross.issuer = "other root";
    cross.key.same_as = "issuing";
    const auto w = make({s.root, s.issuing, s.mx, other, cross});
    check(verify(w), X509_V_OK, 0);
    check(verify(w, {.trusted = {"other root"}, .beside = {"issuing, cross-signed"}}), X509_V_OK, 0);
    check(verify(w, {.trusted = {"other root"}}), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 1);
    BOOST_TEST(w.by_id.at("issuing").cert.fields().serial !=
               w.by_id.at("issuing, cross-signed").cert.fields().serial);
}

BOOST_AUTO_TEST_CASE(names_have_the_string_types_of_rfc_5280) {
    const auto w = changed([](small_world& s) {
        s.mx.subject.rdns = {{{"2.5.4.6", "DE"}},
                             {{"0.9.2342.19200300.100.1.25", "contoso"}},
                             {{"2.5.4.10", "Müller & Söhne"}},
                             {{"2.5.4.3", "mail"}, {"1.2.840.113549.1.9.1", "a@contoso.com"}}};
    });
    const X509_NAME* name = X509_get_subject_name(w.by_id.at("mx").cert.native());
    const auto type = [&](int i) {
        return ASN1_STRING_type(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i)));
    };
    BOOST_TEST(X509_NAME_entry_count(name) == 5);
    BOOST_TEST(type(0) == V_ASN1_PRINTABLESTRING);
    BOOST_TEST(type(1) == V_ASN1_IA5STRING);
    BOOST_TEST(type(2) == V_ASN1_UTF8STRING);
    BOOST_TEST(type(3) == V_ASN1_UTF8STRING);
    BOOST_TEST(type(4) == V_ASN1_IA5STRING);
    BOOST_TEST(X509_NAME_ENTRY_set(X509_NAME_get_entry(name, 4)) == 3); // the fourth RDN holds both
    BOOST_TEST(w.by_id.at("mx").cert.subject() ==
               "CN=mail + E=a@contoso.com, O=Müller & Söhne, DC=contoso, C=DE");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
