#include "certs/forge.hpp"
#include "certs/openssl_handle.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>

namespace connlab::certs {
namespace {

struct bundle_row {
    key_kind kind;
    int bits;
    const char* file;
};

constexpr std::array<bundle_row, 8> bundle_rows{{
    {key_kind::rsa, 2048, "rsa-2048.pem"},
    {key_kind::rsa, 768, "rsa-768.pem"},
    {key_kind::rsa, 1024, "rsa-1024.pem"},
    {key_kind::rsa, 3072, "rsa-3072.pem"},
    {key_kind::rsa, 4096, "rsa-4096.pem"},
    {key_kind::ec, 256, "ec-256.pem"},
    {key_kind::ec, 384, "ec-384.pem"},
    {key_kind::ec, 521, "ec-521.pem"},
}};

constexpr std::string_view begin_line = "-----BEGIN PRIVATE KEY-----";
constexpr std::string_view end_line = "-----END PRIVATE KEY-----";

using bio_handle = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

/// OpenSSL needs 0.1 ms to decode a key of a known type and three times that when it has to guess.
private_key decode(key_kind kind, std::string_view pem) {
    const bio_handle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    unsigned char* der = nullptr;
    long size = 0;
    private_key out;
    if (PEM_bytes_read_bio(&der, &size, nullptr, PEM_STRING_PKCS8INF, bio.get(), nullptr, nullptr) == 1) {
        const unsigned char* at = der;
        if (EVP_PKEY* key =
                d2i_PrivateKey(kind == key_kind::rsa ? EVP_PKEY_RSA : EVP_PKEY_EC, nullptr, &at, size))
            out = private_key::adopt(key);
        OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    }
    ERR_clear_error();
    return out;
}

/// One file: the text, where each key stands in it, and the keys that were asked for so far.
class bundle {
  public:
    bundle(const bundle_row& row, std::string text) : row_(row), text_(std::move(text)) {
        for (auto at = text_.find(begin_line); at != std::string::npos; at = text_.find(begin_line, at)) {
            const auto end = text_.find(end_line, at);
            if (end == std::string::npos) {
                entries_.clear();
                break;
            }
            const auto size = end + end_line.size() - at;
            entries_.push_back(std::string_view(text_).substr(at, size));
            at += size;
        }
        decoded_ = std::make_unique<slot[]>(entries_.size());
    }

    const bundle_row& row() const { return row_; }
    std::size_t size() const { return entries_.size(); }

    private_key key(std::size_t index) const {
        if (index >= size())
            return {};
        slot& s = decoded_[index];
        std::call_once(s.once, [&] { s.key = decode(row_.kind, entries_[index]); });
        return s.key;
    }

  private:
    struct slot {
        std::once_flag once;
        private_key key;
    };

    bundle_row row_;
    std::string text_;
    std::vector<std::string_view> entries_; // into text_
    std::unique_ptr<slot[]> decoded_;
};

class file_pool : public key_pool {
  public:
    void add(std::unique_ptr<const bundle> b) { bundles_.push_back(std::move(b)); }

    std::size_t size(key_kind kind, int bits) const override {
        const bundle* b = find(kind, bits);
        return b != nullptr ? b->size() : 0;
    }

    private_key key(key_kind kind, int bits, std::size_t index) const override {
        const bundle* b = find(kind, bits);
        return b != nullptr ? b->key(index) : private_key{};
    }

  private:
    const bundle* find(key_kind kind, int bits) const {
        for (const auto& b : bundles_)
            if (b->row().kind == kind && b->row().bits == bits)
                return b.get();
        return nullptr;
    }

    std::vector<std::unique_ptr<const bundle>> bundles_;
};

} // namespace

parsed<std::shared_ptr<const key_pool>> key_pool::open(const std::string& folder) {
    using result = parsed<std::shared_ptr<const key_pool>>;
    auto pool = std::make_shared<file_pool>();
    for (const auto& row : bundle_rows) {
        const auto path = folder + "/" + row.file;
        std::ifstream file(path, std::ios::binary);
        if (!file)
            return result::fail(
                fmt::format("The lab keys {} cannot be read; CONNLAB_KEYS names their folder.", path));
        std::ostringstream text;
        text << file.rdbuf();
        auto b = std::make_unique<const bundle>(row, std::move(text).str());
        if (b->size() == 0)
            return result::fail(fmt::format("{} is not a bundle of private keys in PEM.", path));
        pool->add(std::move(b));
    }
    return result::ok(std::move(pool));
}

std::string key_pool::default_folder() {
    const char* chosen = std::getenv("CONNLAB_KEYS");
    return chosen != nullptr && *chosen != '\0' ? chosen : CONNLAB_KEYS_DIR;
}

} // namespace connlab::certs
