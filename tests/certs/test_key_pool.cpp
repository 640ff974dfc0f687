#include "certs/signing.hpp"
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace connlab::certs {
namespace {

struct shelf {
    key_kind kind;
    int bits;
    std::size_t count;
};

constexpr std::array<shelf, 8> shelves{{{key_kind::rsa, 2048, 256},
                                        {key_kind::rsa, 768, 4},
                                        {key_kind::rsa, 1024, 4},
                                        {key_kind::rsa, 3072, 4},
                                        {key_kind::rsa, 4096, 4},
                                        {key_kind::ec, 256, 32},
                                        {key_kind::ec, 384, 4},
                                        {key_kind::ec, 521, 4}}};

/// A folder of its own, gone when the test ends.
class folder {
  public:
    folder() : path_(std::filesystem::temp_directory_path() / "connlab-key-pool-XXXXXX") {
        std::string pattern = path_.string();
        BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(lab_keys)

BOOST_AUTO_TEST_CASE(the_pool_holds_what_the_design_says) {
    for (const auto& s : shelves)
        BOOST_TEST(test::pool()->size(s.kind, s.bits) == s.count);
    BOOST_TEST(test::pool()->size(key_kind::rsa, 2047) == 0U);
    BOOST_TEST(test::pool()->size(key_kind::ed25519, 256) == 0U);
}

BOOST_AUTO_TEST_CASE(every_key_is_of_its_size_and_there_only_once) {
    std::set<std::string> seen;
    for (const auto& s : shelves)
        for (std::size_t i = 0; i < s.count; ++i) {
            const auto key = test::pool()->key(s.kind, s.bits, i);
            BOOST_REQUIRE(key);
            BOOST_CHECK(key.kind() == s.kind);
            BOOST_TEST(key.bits() == s.bits);
            BOOST_TEST(seen.insert(key.to_pem()).second);
        }
}

BOOST_AUTO_TEST_CASE(a_key_of_each_size_is_sound) {
    for (const auto& s : shelves) {
        const auto key = test::pool()->key(s.kind, s.bits, 0);
        const pkey_context_handle context(EVP_PKEY_CTX_new(static_cast<EVP_PKEY*>(key.native()), nullptr));
        BOOST_TEST(EVP_PKEY_check(context.get()) == 1);
    }
}

BOOST_AUTO_TEST_CASE(public_keys_are_encoded_as_openssl_does) {
    for (const auto& s : shelves) {
        const auto key = test::pool()->key(s.kind, s.bits, 1);
        unsigned char* bytes = nullptr;
        const int size = i2d_PUBKEY(static_cast<EVP_PKEY*>(key.native()), &bytes);
        const std::string theirs(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        OPENSSL_free(bytes);
        BOOST_TEST(test::hex(public_key_of(key).der) == test::hex(theirs));
    }
}

BOOST_AUTO_TEST_CASE(past_the_end_there_is_no_key) {
    BOOST_TEST(!test::pool()->key(key_kind::rsa, 768, 4));
    BOOST_TEST(!test::pool()->key(key_kind::rsa, 999, 0));
}

BOOST_AUTO_TEST_CASE(every_bundle_says_what_it_is) {
    for (const auto& entry : std::filesystem::directory_iterator(CONNLAB_SOURCE_DIR "/certs/keys")) {
        if (entry.path().extension() != ".pem")
            continue;
        std::ifstream file(entry.path());
        std::string first;
        std::getline(file, first);
        BOOST_TEST(
            first ==
            "# LAB KEYS, public by design. Never use them for anything real. They are never installed in "
            "any trust store.");
    }
}

BOOST_AUTO_TEST_CASE(a_missing_bundle_is_named) {
    const auto none = key_pool::open("/nowhere");
    BOOST_TEST(!none);
    BOOST_TEST(none.error ==
               "The lab keys /nowhere/rsa-2048.pem cannot be read; CONNLAB_KEYS names their folder.");
}

BOOST_AUTO_TEST_CASE(a_bundle_without_whole_keys_is_named) {
    const folder f;
    std::filesystem::copy(CONNLAB_SOURCE_DIR "/certs/keys", f.path());
    for (const char* text : {"", "no keys here\n", "-----BEGIN PRIVATE KEY-----\nAAAA\n"}) {
        std::ofstream(f.path() / "rsa-768.pem") << text;
        const auto pool = key_pool::open(f.path().string());
        BOOST_TEST(!pool);
        BOOST_TEST(pool.error ==
                   (f.path() / "rsa-768.pem").string() + " is not a bundle of private keys in PEM.");
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_decoded_is_an_error_of_who_uses_it) {
    const folder f;
    std::filesystem::copy(CONNLAB_SOURCE_DIR "/certs/keys", f.path());
    std::ofstream(f.path() / "rsa-768.pem")
        << "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    const auto pool = key_pool::open(f.path().string());
    BOOST_REQUIRE(pool);
    auto r = root_ca("weak", test::common_name("Weak"), test::at("2020-01-01"), test::at("2030-01-01"));
    r.key.bits = 768;
    const auto world = forge({r}, **pool);
    BOOST_TEST(world.error == "Certificate 'weak': lab key 0 of 768 bits cannot be decoded.");
}

BOOST_AUTO_TEST_CASE(the_environment_may_name_another_folder) {
    const char* before = std::getenv("CONNLAB_KEYS");
    const std::string kept = before != nullptr ? before : "";
    setenv("CONNLAB_KEYS", "/elsewhere", 1);
    BOOST_TEST(key_pool::default_folder() == "/elsewhere");
    unsetenv("CONNLAB_KEYS");
    BOOST_TEST(key_pool::default_folder() == CONNLAB_SOURCE_DIR "/certs/keys");
    if (before != nullptr)
        setenv("CONNLAB_KEYS", kept.c_str(), 1);
}

BOOST_AUTO_TEST_CASE(threads_get_the_same_key) {
    const auto pool = key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE(pool);
    std::array<void*, 8> seen{};
    std::vector<std::thread> threads;
    threads.reserve(seen.size());
    for (auto& s : seen)
        threads.emplace_back([&s, &pool] { s = (*pool)->key(key_kind::rsa, 2048, 7).native(); });
    for (auto& t : threads)
        t.join();
    for (void* s : seen)
        BOOST_TEST(s == seen[0]);
    BOOST_TEST(seen[0] != nullptr);
}

BOOST_AUTO_TEST_CASE(a_private_key_survives_pem) {
    for (const auto& s : shelves) {
        const auto key = test::pool()->key(s.kind, s.bits, 0);
        const auto again = private_key::from_pem(key.to_pem());
        BOOST_REQUIRE(again);
        BOOST_TEST(
            EVP_PKEY_eq(static_cast<EVP_PKEY*>(key.native()), static_cast<EVP_PKEY*>(again->native())) == 1);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_private_key_is_refused) {
    for (const char* text :
         {"", "junk", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n"}) {
        const auto key = private_key::from_pem(text);
        BOOST_TEST(!key);
        BOOST_TEST(key.error == "The text holds no private key in PEM without a password.");
    }
    BOOST_TEST(!private_key{});
    BOOST_TEST(private_key{}.to_pem().empty());
    BOOST_CHECK(private_key{}.kind() == key_kind::other);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
