#include "certs/base64.hpp"

#include "certs/openssl_handle.hpp"

namespace connlab::certs {

std::optional<std::string> base64_decoded(std::string_view text) {
    const errors_forgotten no_trace;
    const std::unique_ptr<EVP_ENCODE_CTX, freed_by<EVP_ENCODE_CTX_free>> context(EVP_ENCODE_CTX_new());
    std::string out(text.size() + 3, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    int length = 0;
    int rest = 0;
    EVP_DecodeInit(context.get());
    if (EVP_DecodeUpdate(context.get(), bytes, &length, reinterpret_cast<const unsigned char*>(text.data()),
                         static_cast<int>(text.size())) < 0 ||
        EVP_DecodeFinal(context.get(), bytes + length, &rest) < 0)
        return std::nullopt;
    out.resize(static_cast<std::size_t>(length) + static_cast<std::size_t>(rest));
    return out;
}

std::string base64_encoded(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0'); // and the zero that OpenSSL adds
    const auto length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

} // namespace connlab::certs
