#include "certs/export.hpp"
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>

#include <algorithm>

namespace connlab::certs {
namespace {

std::vector<std::string> paths(const std::vector<exported_file>& files) {
    std::vector<std::string> out;
    out.reserve(files.size());
    for (const auto& f : files)
        out.push_back(f.path);
    return out;
}

const std::string& contents(const std::vector<exported_file>& files, std::string_view path) {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.path == path; });
    BOOST_REQUIRE_MESSAGE(found != files.end(), path);
    return found->contents;
}

std::vector<exported_file> exported(const forged& world, const export_request& request = {}) {
    const auto files = export_files(world, request);
    BOOST_REQUIRE_MESSAGE(files, files.error);
    return *files;
}

void check_paths(const std::vector<exported_file>& files, const std::vector<std::string>& expected) {
    const auto got = paths(files);
    BOOST_TEST(got == expected, boost::test_tools::per_element());
}

forged named(const std::vector<std::string>& ids) {
    std::vector<certificate_recipe> recipes;
    recipes.reserve(ids.size());
    for (const auto& id : ids)
        recipes.push_back(
            root_ca(id, test::common_name("x"), test::at("2020-01-01"), test::at("2030-01-01")));
    return test::make(recipes);
}

} // namespace

BOOST_AUTO_TEST_SUITE(exporting)

BOOST_AUTO_TEST_CASE(lab_keys_stay_here) {
    const auto files = exported(test::make(test::small_world().recipes()));
    check_paths(files, {"issuing.pem", "issuing.chain.pem", "mx.pem", "mx.chain.pem", "root.pem"});
    BOOST_TEST(std::none_of(files.begin(), files.end(), [](const auto& f) { return f.secret; }));
}

BOOST_AUTO_TEST_CASE(a_lab_key_that_is_asked_for_says_what_it_is) {
    const auto files = exported(test::make(test::small_world().recipes()), {true, {}});
    BOOST_TEST(contents(files, "mx.key.pem").substr(0, 41) == "# LAB KEY, public by design: everybody wh");
    const auto key =
        private_key::from_pem(contents(files, "mx.key.pem")); // the notice does not disturb a reader
    BOOST_REQUIRE(key);
    const auto certs = read_certificates(contents(files, "mx.pem"));
    BOOST_REQUIRE(certs);
    BOOST_TEST(X509_check_private_key((*certs)[0].native(), static_cast<EVP_PKEY*>(key->native())) == 1);
}

BOOST_AUTO_TEST_CASE(fresh_keys_are_written_as_secrets) {
    test::small_world w;
    w.mx.key = {key_kind::ec, 256, "", true};
    const auto files = exported(test::make(w.recipes()));
    check_paths(files,
                {"issuing.pem", "issuing.chain.pem", "mx.pem", "mx.chain.pem", "mx.key.pem", "root.pem"});
    BOOST_TEST(files[4].secret);
    BOOST_TEST(files[4].contents.substr(0, 27) == "-----BEGIN PRIVATE KEY-----");
}

BOOST_AUTO_TEST_CASE(a_chain_is_leaf_first_and_without_the_root) {
    const auto world = test::make(test::small_world().recipes());
    const auto chain = read_certificates(contents(exported(world), "mx.chain.pem"));
    BOOST_REQUIRE(chain);
    BOOST_REQUIRE(chain->size() == 2U);
    BOOST_TEST(((*chain)[0] == world.by_id.at("mx").cert));
    BOOST_TEST(((*chain)[1] == world.by_id.at("issuing").cert));
}

BOOST_AUTO_TEST_CASE(a_crl_stands_beside_its_issuer) {
    crl_recipe crl;
    crl.issuer = "root";
    crl.this_update = test::at("2024-01-01");
    crl.next_update = test::at("2025-01-01");
    const auto world = test::make(test::small_world().recipes());
    const auto files = exported(world, {false, {crl}});
    const auto& pem = contents(files, "root.crl.pem");
    const std::unique_ptr<BIO, freed_by<BIO_free_all>> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const std::unique_ptr<X509_CRL, freed_by<X509_CRL_free>> read(
        PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
    BOOST_REQUIRE(read);
    BOOST_TEST(X509_CRL_verify(read.get(), X509_get0_pubkey(world.by_id.at("root").cert.native())) == 1);
}

BOOST_AUTO_TEST_CASE(a_crl_without_issuer_is_one_sentence) {
    crl_recipe crl;
    crl.issuer = "nobody";
    const auto world = named({"a"});
    BOOST_TEST(export_files(world, {false, {crl}}).error ==
               "A CRL is asked of 'nobody', which is not among the certificates.");
    crl.issuer = "a";
    BOOST_TEST(export_files(world, {false, {crl, crl}}).error == "Two CRLs are asked of 'a'.");
    crl.revoked = {{"?", crl.this_update, std::nullopt}};
    BOOST_TEST(export_files(world, {false, {crl}}).error ==
               "The CRL of 'a': '?' is no serial number in hexadecimal digits.");
}

BOOST_AUTO_TEST_CASE(no_path_leads_out_of_its_folder) {
    check_paths(exported(named({"../../etc/passwd"})), {"__/__/etc/passwd.pem"});
    check_paths(exported(named({"/root"})), {"_/root.pem"});
    check_paths(exported(named({"a//b/"})), {"a/_/b/_.pem"});
    check_paths(exported(named({"C:\\x"})), {"C__x.pem"});
    check_paths(exported(named({""})), {"_.pem"});
    check_paths(exported(named({std::string("a\0b\n", 4)})), {"a_b_.pem"});
    check_paths(exported(named({"Müller GmbH"})), {"Müller GmbH.pem"});
}

BOOST_AUTO_TEST_CASE(no_two_files_have_the_same_path) {
    check_paths(exported(named({"A", "a", "a?", "a_"})), {"A.pem", "a-2.pem", "a_.pem", "a_-2.pem"});
    check_paths(exported(named({"a", "a.chain"})), {"a.pem", "a.chain-2.pem"});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
