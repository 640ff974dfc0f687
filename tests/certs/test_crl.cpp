// A CRL as a value, and what the openssl command says of the forged ones.
#include "tests/certs/command_line.hpp"
#include "tests/certs/forging.hpp"

#include "certs/crl.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

namespace connlab::certs {
namespace {

using test::at;

crl_recipe everything() {
    crl_recipe r;
    r.this_update = at("2024-06-01T10:00:00Z");
    r.next_update = at("2024-06-08T11:30:00Z");
    r.next_publish = at("2024-06-07T10:00:00Z");
    r.revoked = {{"7F", at("2024-05-30"), revocation_reason::key_compromise},
                 {"0A01", at("2024-05-31"), std::nullopt}};
    r.number = 4711;
    r.base_number = 4700;
    r.distribution_point.emplace();
    r.distribution_point->named = true;
    r.distribution_point->urls = {"http://pki.example/a.crl"};
    r.distribution_point->only_user_certificates = true;
    r.delta_urls = {"http://pki.example/a+.crl"};
    return r;
}

std::string crl_bytes(const crl_recipe& r, const issued& by) {
    auto der = forge_crl(r, by);
    BOOST_REQUIRE_MESSAGE(der, der.error);
    return *der;
}

} // namespace

BOOST_AUTO_TEST_SUITE(crl_value)

BOOST_AUTO_TEST_CASE(what_was_forged_is_read_back) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    const auto list = crl::from_der(crl_bytes(everything(), issuing));
    BOOST_REQUIRE_MESSAGE(list, list.error);
    const auto& f = list->fields();
    BOOST_TEST(f.version == 2);
    BOOST_TEST(list->issuer() == issuing.cert.subject());
    BOOST_TEST((f.this_update == at("2024-06-01T10:00:00Z")));
    BOOST_TEST((f.next_update == at("2024-06-08T11:30:00Z")));
    BOOST_TEST((f.next_publish == at("2024-06-07T10:00:00Z")));
    BOOST_TEST(f.number == "1267");
    BOOST_TEST(f.base_number == "125C");
    BOOST_TEST(list->is_delta());
    BOOST_TEST((f.distribution_point == everything().distribution_point));
    BOOST_TEST(f.delta_urls == everything().delta_urls, boost::test_tools::per_element());
    BOOST_TEST(f.authority_key->key_id == issuing.cert.fields().subject_key_id);
    BOOST_TEST(f.unknown_critical.empty());
    BOOST_TEST(!f.malformed_extension);
    BOOST_TEST_REQUIRE(f.revoked.size() == 2U);
    const auto* entry = list->find("7F");
    BOOST_REQUIRE(entry);
    BOOST_TEST((entry->at == at("2024-05-30")));
    BOOST_TEST((entry->reason == revocation_reason::key_compromise));
    BOOST_TEST(!list->find("0A01")->reason);
    BOOST_TEST(list->find("0A") == nullptr);
    BOOST_TEST(list->signed_by(issuing.cert));
    BOOST_TEST(!list->signed_by(world.by_id.at("root").cert));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_found_by_its_own_serial_number) {
    const auto world = test::make(test::small_world().recipes());
    crl_recipe r;
    r.this_update = at("2024-06-01");
    for (const auto& [id, one] : world.by_id)
        r.revoked.push_back({one.cert.fields().serial, r.this_update, std::nullopt});
    const auto list = crl::from_der(crl_bytes(r, world.by_id.at("issuing")));
    BOOST_REQUIRE(list);
    BOOST_TEST(!list->fields().next_update);
    for (const auto& [id, one] : world.by_id)
        BOOST_TEST(list->find(one.cert.fields().serial) != nullptr, id);
}

BOOST_AUTO_TEST_CASE(an_unknown_critical_extension_is_noted) {
    auto r = everything();
    r.unknown_critical_extension = "1.3.6.1.4.1.99999.1";
    const auto world = test::make(test::small_world().recipes());
    const auto list = crl::from_der(crl_bytes(r, world.by_id.at("issuing")));
    BOOST_REQUIRE(list);
    BOOST_TEST(list->fields().unknown_critical == std::vector<std::string>{"1.3.6.1.4.1.99999.1"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(crl_numbers_are_longer_than_integers) {
    BOOST_TEST(compare_crl_numbers("FF", "0100") < 0);
    BOOST_TEST(compare_crl_numbers("7FFFFFFFFFFFFFFFFFFF", "80000000000000000000") < 0);
    BOOST_TEST(compare_crl_numbers("07", "07") == 0);
    BOOST_TEST(compare_crl_numbers("0100", "FF") > 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_crl_is_one_sentence) {
    BOOST_TEST(crl::from_der("").error == "the bytes are not a DER-encoded CRL");
    BOOST_TEST(crl::from_der("<html>").error == "the bytes are not a DER-encoded CRL");
    BOOST_TEST(crl::from_der(std::string(crl::largest + 1, '\0')).error ==
               "a CRL of 67108865 bytes; at most 67108864 are read");
    BOOST_TEST(read_crls("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n").error ==
               "CRL 1 of the PEM text: the bytes are not a DER-encoded CRL");
    BOOST_TEST(read_crls("-----BEGIN X509 CRL-----\n????\n").error ==
               "the PEM text holds no CRL that can be read");
    BOOST_TEST(read_crls("hello").error == "neither PEM nor DER: the bytes are not a DER-encoded CRL");
    const auto world = test::make(test::small_world().recipes());
    const auto whole = crl_bytes(everything(), world.by_id.at("issuing"));
    BOOST_TEST(crl::from_der(whole + "x").error == "bytes follow the CRL");
}

// Whatever the bytes are: a value or an error, and no more (the sanitizers watch).
BOOST_AUTO_TEST_CASE(damaged_lists_are_read_or_refused) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    const auto whole = crl_bytes(everything(), issuing);
    std::mt19937 random(20240603); // always the same damage
    int read = 0;
    for (int i = 0; i < 2000; ++i) {
        auto bytes = whole.substr(0, i % 3 == 0 ? random() % whole.size() : whole.size());
        for (int n = 0; n < 1 + i % 4 && !bytes.empty(); ++n)
            bytes[random() % bytes.size()] = static_cast<char>(static_cast<unsigned char>(random()));
        if (const auto list = crl::from_der(bytes)) {
            ++read;
            list->find("7F");
            list->signed_by(issuing.cert);
        }
    }
    BOOST_TEST(read > 0); // damage of the signature leaves it readable
    BOOST_TEST(read < 2000);
}

BOOST_AUTO_TEST_CASE(the_openssl_command_reads_the_same) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    const test::scratch_folder folder;
    folder.write("list.crl", crl_bytes(everything(), issuing));
    folder.write("issuing.pem", to_pem(issuing.cert));
    const auto said = folder.openssl("crl -inform DER -in list.crl -text -noout -CAfile issuing.pem");
    for (const auto* text :
         {"verify OK", "Version 2 (0x1)", "Last Update: Jun  1 10:00:00 2024 GMT",
          "Next Update: Jun  8 11:30:00 2024 GMT", "Serial Number: 7F",
          "Revocation Date: May 30 00:00:00 2024 GMT", "Key Compromise", "Serial Number: 0A01",
          "X509v3 CRL Number: \n                4711",
          "X509v3 Delta CRL Indicator: critical\n                4700",
          "X509v3 Issuing Distribution Point: critical", "URI:http://pki.example/a.crl",
          "Only User Certificates", "X509v3 Freshest CRL", "URI:http://pki.example/a+.crl"})
        BOOST_TEST(said.find(text) != std::string::npos, text << " is not in\n" << said);
}

BOOST_AUTO_TEST_CASE(the_openssl_command_refuses_a_spoiled_signature) {
    auto r = everything();
    r.corrupt_signature = true;
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing");
    const test::scratch_folder folder;
    folder.write("list.crl", crl_bytes(r, issuing));
    folder.write("issuing.pem", to_pem(issuing.cert));
    const auto said = folder.openssl("crl -inform DER -in list.crl -noout -CAfile issuing.pem");
    BOOST_TEST(said.find("verify failure") != std::string::npos, said);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
