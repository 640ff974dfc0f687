// OCSP requests and responses as values, and what the openssl command says of the forged ones.
#include "tests/certs/command_line.hpp"
#include "tests/certs/forging.hpp"

#include "certs/ocsp.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

namespace connlab::certs {
namespace {

using test::at;

struct world {
    certs::forged all;
    const issued& root() const { return all.by_id.at("root"); }
    const issued& issuing() const { return all.by_id.at("issuing"); }
    const issued& mx() const { return all.by_id.at("mx"); }
    const issued& signer() const { return all.by_id.at("signer"); }
};

world with_signer(key_kind kind = key_kind::rsa, int bits = 2048) {
    auto recipes = test::small_world().recipes();
    auto signer =
        ocsp_signer("signer", "issuing", *parse_x500_name("CN=OCSP"), at("2024-01-01"), at("2025-01-01"));
    signer.key = {kind, bits, "", false};
    recipes.push_back(signer);
    return {test::make(recipes)};
}

ocsp_recipe about_mx(const world& w) {
    ocsp_answer a;
    a.id = ocsp_id_of(w.mx().cert, w.issuing().cert);
    a.this_update = at("2024-06-03T08:00:00Z");
    a.next_update = at("2024-06-10T08:00:00Z");
    ocsp_recipe r;
    r.produced_at = at("2024-06-03T09:00:00Z");
    r.answers = {a};
    return r;
}

std::string forged_by(const ocsp_recipe& r, const issued& signer) {
    auto der = forge_ocsp_response(r, signer);
    BOOST_REQUIRE_MESSAGE(der, der.error);
    return *der;
}

ocsp_response decoded(const std::string& der) {
    auto out = ocsp_response::from_der(der);
    BOOST_REQUIRE_MESSAGE(out, out.error);
    return *out;
}

/// What `openssl ocsp` says of a response to a question about mx, as of 2024-06-03.
std::string openssl_says(const world& w, const std::string& response) {
    const test::scratch_folder folder;
    folder.write("root.pem", to_pem(w.root().cert));
    folder.write("issuing.pem", to_pem(w.issuing().cert));
    folder.write("mx.pem", to_pem(w.mx().cert));
    folder.write("response.der", response);
    return folder.openssl("ocsp -respin response.der -issuer issuing.pem -cert mx.pem -CAfile root.pem "
                          "-verify_other issuing.pem -text -no_nonce -attime " +
                          std::to_string(test::epoch_seconds("2024-06-03")));
}

void check_said(const std::string& said, std::initializer_list<const char*> texts) {
    for (const auto* text : texts)
        BOOST_TEST(said.find(text) != std::string::npos, text << " is not in\n" << said);
}

} // namespace

BOOST_AUTO_TEST_SUITE(ocsp)

BOOST_AUTO_TEST_CASE(a_request_names_the_certificate) {
    const auto w = with_signer();
    const auto ids = read_ocsp_request(ocsp_request(w.mx().cert, w.issuing().cert));
    BOOST_REQUIRE_MESSAGE(ids, ids.error);
    BOOST_TEST_REQUIRE(ids->size() == 1U);
    BOOST_TEST((ids->front() == ocsp_id_of(w.mx().cert, w.issuing().cert)));
    BOOST_TEST(ids->front().hash == "SHA1");
    BOOST_TEST(ids->front().serial == w.mx().cert.fields().serial);
}

BOOST_AUTO_TEST_CASE(openssl_reads_the_request_as_its_own) {
    const auto w = with_signer();
    const test::scratch_folder folder;
    folder.write("issuing.pem", to_pem(w.issuing().cert));
    folder.write("mx.pem", to_pem(w.mx().cert));
    folder.write("ours.der", ocsp_request(w.mx().cert, w.issuing().cert));
    folder.openssl("ocsp -issuer issuing.pem -cert mx.pem -no_nonce -reqout theirs.der");
    const auto difference = folder.openssl("version && cmp ours.der theirs.der && echo the same");
    BOOST_TEST(difference.find("the same") != std::string::npos, difference);
}

BOOST_AUTO_TEST_CASE(what_was_forged_is_read_back) {
    const auto w = with_signer();
    auto r = about_mx(w);
    r.answers.front().status = ocsp_certificate_status::revoked;
    r.answers.front().revoked_at = at("2024-06-01");
    r.answers.front().reason = revocation_reason::superseded;
    r.with_certificate = true;
    const auto response = decoded(forged_by(r, w.signer()));
    const auto& f = response.fields();
    BOOST_TEST((f.status == ocsp_status::successful));
    BOOST_TEST((f.produced_at == r.produced_at));
    BOOST_TEST(f.responder.empty());
    BOOST_TEST(f.responder_key_hash.size() == 20U);
    BOOST_TEST_REQUIRE(f.certificates.size() == 1U);
    BOOST_TEST((f.certificates.front() == w.signer().cert));
    const auto* answer = response.about(w.mx().cert, w.issuing().cert);
    BOOST_REQUIRE(answer);
    BOOST_TEST((answer->status == ocsp_certificate_status::revoked));
    BOOST_TEST((answer->revoked_at == at("2024-06-01")));
    BOOST_TEST((answer->reason == revocation_reason::superseded));
    BOOST_TEST((answer->this_update == at("2024-06-03T08:00:00Z")));
    BOOST_TEST((answer->next_update == at("2024-06-10T08:00:00Z")));
    BOOST_TEST(response.about(w.issuing().cert, w.root().cert) == nullptr);
    BOOST_TEST(response.names(w.signer().cert));
    BOOST_TEST(!response.names(w.issuing().cert));
    BOOST_TEST(response.signed_by(w.signer().cert));
    BOOST_TEST(!response.signed_by(w.issuing().cert));
}

BOOST_AUTO_TEST_CASE(a_responder_named_by_its_subject) {
    const auto w = with_signer();
    auto r = about_mx(w);
    r.by_name = true;
    const auto response = decoded(forged_by(r, w.signer()));
    BOOST_TEST(to_string(response.fields().responder) == "CN=OCSP");
    BOOST_TEST(response.names(w.signer().cert));
    BOOST_TEST(!response.names(w.issuing().cert));
}

BOOST_AUTO_TEST_CASE(hashes_other_than_sha1_name_the_same_certificate) {
    const auto w = with_signer();
    for (const auto* hash : {"SHA1", "SHA256", "SHA384", "SHA512"}) {
        auto r = about_mx(w);
        r.answers.front().id = ocsp_id_of(w.mx().cert, w.issuing().cert, hash);
        BOOST_TEST(decoded(forged_by(r, w.issuing())).about(w.mx().cert, w.issuing().cert) != nullptr, hash);
    }
}

BOOST_AUTO_TEST_CASE(an_unsuccessful_response_carries_nothing) {
    const auto w = with_signer();
    auto r = about_mx(w);
    r.status = ocsp_status::try_later;
    const auto response = decoded(forged_by(r, w.issuing()));
    BOOST_TEST((response.fields().status == ocsp_status::try_later));
    BOOST_TEST(response.fields().answers.empty());
    BOOST_TEST(!response.signed_by(w.issuing().cert));
}

BOOST_AUTO_TEST_CASE(openssl_accepts_a_response_of_the_ca) {
    const auto w = with_signer();
    check_said(openssl_says(w, forged_by(about_mx(w), w.issuing())),
               {"Response verify OK", "Cert Status: good", "This Update: Jun  3 08:00:00 2024 GMT",
                "Next Update: Jun 10 08:00:00 2024 GMT", "Produced At: Jun  3 09:00:00 2024 GMT"});
}

BOOST_AUTO_TEST_CASE(openssl_accepts_delegated_signers_of_both_kinds_of_key) {
    for (const auto& w : {with_signer(), with_signer(key_kind::ec, 256)}) {
        auto r = about_mx(w);
        r.with_certificate = true;
        r.by_name = true;
        r.answers.front().status = ocsp_certificate_status::revoked;
        r.answers.front().revoked_at = at("2024-06-01");
        r.answers.front().reason = revocation_reason::key_compromise;
        check_said(openssl_says(w, forged_by(r, w.signer())),
                   {"Response verify OK", "Cert Status: revoked", "Reason: keyCompromise",
                    "Revocation Time: Jun  1 00:00:00 2024 GMT"});
    }
}

BOOST_AUTO_TEST_CASE(openssl_refuses_a_spoiled_signature) {
    const auto w = with_signer();
    auto r = about_mx(w);
    r.corrupt_signature = true;
    check_said(openssl_says(w, forged_by(r, w.issuing())), {"Response Verify Failure"});
}

BOOST_AUTO_TEST_CASE(the_same_response_has_the_same_bytes) {
    const auto w = with_signer(key_kind::ec, 384);
    BOOST_TEST(forged_by(about_mx(w), w.signer()) == forged_by(about_mx(w), w.signer()));
}

BOOST_AUTO_TEST_CASE(what_is_no_response_is_one_sentence) {
    BOOST_TEST(ocsp_response::from_der("").error == "the bytes are not a DER-encoded OCSP response");
    BOOST_TEST(ocsp_response::from_der("<html>").error == "the bytes are not a DER-encoded OCSP response");
    BOOST_TEST(ocsp_response::from_der(std::string(ocsp_response::largest + 1, '\0')).error ==
               "an OCSP response of 1048577 bytes; at most 1048576 are read");
    BOOST_TEST(read_ocsp_request("x").error == "the bytes are not a DER-encoded OCSP request");
    BOOST_TEST(read_ocsp_response("-----BEGIN X-----\n").error ==
               "the PEM text holds no OCSP response that can be read");
}

// Whatever the bytes are: a value or an error, and no more (the sanitizers watch).
BOOST_AUTO_TEST_CASE(damaged_messages_are_read_or_refused) {
    const auto w = with_signer();
    auto r = about_mx(w);
    r.with_certificate = true;
    const auto response = forged_by(r, w.signer());
    const auto request = ocsp_request(w.mx().cert, w.issuing().cert);
    std::mt19937 random(20240603); // always the same damage
    int read = 0;
    for (int i = 0; i < 2000; ++i) {
        auto bytes = i % 5 == 0 ? request : response;
        if (i % 3 == 0)
            bytes.resize(random() % bytes.size());
        for (int n = 0; n < 1 + i % 4 && !bytes.empty(); ++n)
            bytes[random() % bytes.size()] = static_cast<char>(static_cast<unsigned char>(random()));
        read_ocsp_request(bytes);
        if (const auto one = ocsp_response::from_der(bytes)) {
            ++read;
            one->about(w.mx().cert, w.issuing().cert);
            one->names(w.signer().cert);
            one->signed_by(w.signer().cert);
        }
    }
    BOOST_TEST(read > 0);
    BOOST_TEST(read < 2000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
