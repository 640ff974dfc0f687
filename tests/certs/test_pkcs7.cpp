// Certificates out of PKCS #7 bundles that the openssl command makes.
#include "tests/certs/command_line.hpp"
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace connlab::certs {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

} // namespace

BOOST_AUTO_TEST_SUITE(pkcs7)

BOOST_AUTO_TEST_CASE(a_bundle_holds_certificates_in_both_forms) {
    const auto world = test::make(test::small_world().recipes());
    const auto& issuing = world.by_id.at("issuing").cert;
    const auto& root = world.by_id.at("root").cert;
    const test::scratch_folder folder;
    folder.write("chain.pem", to_pem(issuing) + to_pem(root));
    for (const auto* form : {"DER", "PEM"}) {
        folder.openssl(std::string("crl2pkcs7 -nocrl -certfile chain.pem -out bundle -outform ") + form);
        const auto read = read_certificates(bytes_of(folder.path() / "bundle"));
        BOOST_REQUIRE_MESSAGE(read, read.error);
        BOOST_TEST_REQUIRE(read->size() == 2U);
        BOOST_TEST((read->front() == issuing));
        BOOST_TEST((read->back() == root));
    }
}

BOOST_AUTO_TEST_CASE(a_bundle_cut_off_is_none) {
    const auto world = test::make(test::small_world().recipes());
    const test::scratch_folder folder;
    folder.write("chain.pem", to_pem(world.by_id.at("root").cert));
    folder.openssl("crl2pkcs7 -nocrl -certfile chain.pem -out bundle -outform DER");
    const auto whole = bytes_of(folder.path() / "bundle");
    for (std::size_t size = 0; size < whole.size(); size += 7)
        BOOST_TEST(!read_certificates(whole.substr(0, size)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
