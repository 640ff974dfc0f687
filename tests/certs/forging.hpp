// What the tests of the forge share: the pool, a small world, and OpenSSL as the third party that reads it.
#pragma once

#include "certs/forge.hpp"
#include "certs/openssl_handle.hpp"

#include <ctime>
#include <memory>
#include <string>
#include <vector>

namespace connlab::certs::test {

std::shared_ptr<const key_pool> pool();
instant at(const char* text);
std::time_t epoch_seconds(const char* text);
x500_name common_name(const std::string& value);
/// Forges, and fails the test when the forge does not.
forged make(const std::vector<certificate_recipe>& recipes);
/// The error that forging these gives.
std::string error_of(const std::vector<certificate_recipe>& recipes);

/// root → issuing → mx (mail.contoso.com, contoso.com), all good from 2020 to 2030; the leaf to 2026.
struct small_world {
    certificate_recipe root;
    certificate_recipe issuing;
    certificate_recipe mx;

    small_world();
    std::vector<certificate_recipe> recipes() const { return {root, issuing, mx}; }
};

/// `openssl x509 -text`.
std::string text_of(const certificate& c);
/// The value of one extension as OpenSSL prints it; empty when it is not there.
std::string extension_text(const certificate& c, int nid);
bool has_extension(const certificate& c, int nid);
bool is_critical(const certificate& c, int nid);
std::string hex(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);

/// What `openssl verify` is asked, and what it says.
struct question {
    std::vector<std::string> trusted{"root"};
    std::vector<std::string> beside{"issuing"};
    std::string leaf = "mx";
    std::string host{}; // empty: any
    int purpose = 0;    // X509_PURPOSE_…; 0: any
    int level = 0;      // authentication level: 1 refuses RSA-768 and MD5, 2 RSA-1024 and SHA-1
    const char* when = "2024-06-03";
};
struct answer {
    int error = 0; // X509_V_…
    int depth = 0;
};
answer verify(const forged& world, const question& q = {});

} // namespace connlab::certs::test
