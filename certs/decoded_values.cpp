#include "certs/decoded_values.hpp"

#include "sim/base/ascii.hpp"

#include <openssl/pem.h>

namespace connlab::certs {

std::string bytes_of(const ASN1_STRING* s) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(s)),
            static_cast<std::size_t>(ASN1_STRING_length(s))};
}

std::optional<instant> time_of(const ASN1_TIME* t) {
    std::tm broken{};
    if (t == nullptr || ASN1_TIME_to_tm(t, &broken) != 1)
        return std::nullopt;
    using namespace std::chrono;
    const auto day = year{broken.tm_year + 1900} / month{static_cast<unsigned>(broken.tm_mon + 1)} /
                     std::chrono::day{static_cast<unsigned>(broken.tm_mday)};
    return sys_days{day} + hours{broken.tm_hour} + minutes{broken.tm_min} + seconds{broken.tm_sec};
}

std::string number_text(const ASN1_INTEGER* number) {
    const auto hex = to_hex(bytes_of(number));
    return (ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER ? "-" : "") + (hex.empty() ? "00" : hex);
}

std::vector<std::string> urls_of(const GENERAL_NAMES* names) {
    std::vector<std::string> out;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i)
        if (const auto* name = sk_GENERAL_NAME_value(names, i); name->type == GEN_URI)
            out.push_back(bytes_of(name->d.uniformResourceIdentifier));
    return out;
}

bool is_looked_at(const DIST_POINT* point) {
    return point->reasons == nullptr && point->CRLissuer == nullptr && point->distpoint != nullptr &&
           point->distpoint->type == 0; // fullName
}

std::vector<std::string> urls_of(const CRL_DIST_POINTS* points) {
    std::vector<std::string> out;
    for (int i = 0; i < sk_DIST_POINT_num(points); ++i) {
        const auto* point = sk_DIST_POINT_value(points, i);
        if (!is_looked_at(point))
            continue;
        for (auto& url : urls_of(point->distpoint->name.fullname))
            out.push_back(std::move(url));
    }
    return out;
}

std::vector<pem_block> read_pem(std::string_view text) {
    std::vector<pem_block> out;
    const errors_forgotten guard;
    const bio_handle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    for (;;) {
        char* name = nullptr;
        char* header = nullptr;
        unsigned char* bytes = nullptr;
        long size = 0;
        if (PEM_read_bio(bio.get(), &name, &header, &bytes, &size) != 1)
            return out;
        out.push_back({name, {reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size)}});
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(bytes);
    }
}

bool looks_like_pem(std::string_view text) {
    return text.find("-----BEGIN") != std::string_view::npos;
}

} // namespace connlab::certs
