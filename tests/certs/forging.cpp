#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/err.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

namespace connlab::certs::test {
namespace {

using bio_handle = std::unique_ptr<BIO, freed_by<BIO_free_all>>;
using store_handle = std::unique_ptr<X509_STORE, freed_by<X509_STORE_free>>;
using verification = std::unique_ptr<X509_STORE_CTX, freed_by<X509_STORE_CTX_free>>;

std::string contents(BIO* bio) {
    const char* text = nullptr;
    const auto size = BIO_get_mem_data(bio, &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace

std::shared_ptr<const key_pool> pool() {
    static const auto opened = key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE_MESSAGE(opened, opened.error);
    return *opened;
}

instant at(const char* text) {
    const auto read = parse_instant(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

std::time_t epoch_seconds(const char* text) {
    return std::chrono::floor<std::chrono::seconds>(at(text)).time_since_epoch().count();
}

x500_name common_name(const std::string& value) {
    return x500_name{{{name_attribute{"2.5.4.6", "US"}}, {name_attribute{"2.5.4.3", value}}}};
}

forged make(const std::vector<certificate_recipe>& recipes) {
    auto world = forge(recipes, *pool());
    BOOST_REQUIRE_MESSAGE(world, world.error);
    return *world;
}

std::string error_of(const std::vector<certificate_recipe>& recipes) {
    const auto world = forge(recipes, *pool());
    BOOST_CHECK(!world);
    return world.error;
}

small_world::small_world()
    : root(root_ca("root", common_name("Root"), at("2020-01-01"), at("2030-01-01"))),
      issuing(intermediate_ca("issuing", "root", common_name("Issuing"), at("2020-01-01"), at("2030-01-01"))),
      mx(server_leaf("mx", "issuing", common_name("mail.contoso.com"), {"mail.contoso.com", "contoso.com"},
                     at("2024-01-01"), at("2026-01-01"))) {}

std::string text_of(const certificate& c) {
    const bio_handle bio(BIO_new(BIO_s_mem()));
    X509_print(bio.get(), c.native());
    return contents(bio.get());
}

std::string extension_text(const certificate& c, int nid) {
    const int where = X509_get_ext_by_NID(c.native(), nid, -1);
    if (where < 0)
        return {};
    const bio_handle bio(BIO_new(BIO_s_mem()));
    X509V3_EXT_print(bio.get(), X509_get_ext(c.native(), where), 0, 0);
    return contents(bio.get());
}

bool has_extension(const certificate& c, int nid) {
    return X509_get_ext_by_NID(c.native(), nid, -1) >= 0;
}

bool is_critical(const certificate& c, int nid) {
    const int where = X509_get_ext_by_NID(c.native(), nid, -1);
    return where >= 0 && X509_EXTENSION_get_critical(X509_get_ext(c.native(), where)) == 1;
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes)
        out += fmt::format("{:02X}", static_cast<unsigned char>(c));
    return out;
}

std::string sha256_hex(std::string_view bytes) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
           reinterpret_cast<unsigned char*>(out.data()));
    return hex(out);
}

answer verify(const forged& world, const question& q) {
    const store_handle store(X509_STORE_new());
    for (const auto& id : q.trusted)
        X509_STORE_add_cert(store.get(), world.by_id.at(id).cert.native());
    STACK_OF(X509)* beside = sk_X509_new_null();
    for (const auto& id : q.beside)
        sk_X509_push(beside, world.by_id.at(id).cert.native());
    const verification context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), world.by_id.at(q.leaf).cert.native(), beside);
    X509_VERIFY_PARAM* terms = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(terms, epoch_seconds(q.when));
    X509_VERIFY_PARAM_set_auth_level(terms, q.level);
    if (q.purpose != 0)
        X509_VERIFY_PARAM_set_purpose(terms, q.purpose);
    if (!q.host.empty())
        X509_VERIFY_PARAM_set1_host(terms, q.host.data(), q.host.size());
    X509_verify_cert(context.get());
    ERR_clear_error();
    const answer out{X509_STORE_CTX_get_error(context.get()), X509_STORE_CTX_get_error_depth(context.get())};
    sk_X509_free(beside);
    return out;
}

} // namespace connlab::certs::test
