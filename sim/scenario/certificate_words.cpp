#include "sim/scenario/certificate_words.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/exchange/model.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

struct named_key {
    std::string_view word;
    certs::key_kind kind;
    int bits;
};
constexpr named_key keys[] = {
    {"RSA-768", certs::key_kind::rsa, 768},   {"RSA-1024", certs::key_kind::rsa, 1024},
    {"RSA-2048", certs::key_kind::rsa, 2048}, {"RSA-3072", certs::key_kind::rsa, 3072},
    {"RSA-4096", certs::key_kind::rsa, 4096}, {"P-256", certs::key_kind::ec, 256},
    {"P-384", certs::key_kind::ec, 384},      {"P-521", certs::key_kind::ec, 521},
};

struct named_bit {
    std::string_view word;
    std::uint32_t bit;
};
constexpr named_bit key_usages[] = {
    {"DigitalSignature", certs::digital_signature},
    {"NonRepudiation", certs::non_repudiation},
    {"KeyEncipherment", certs::key_encipherment},
    {"DataEncipherment", certs::data_encipherment},
    {"KeyAgreement", certs::key_agreement},
    {"KeyCertSign", certs::key_cert_sign},
    {"CrlSign", certs::crl_sign},
    {"EncipherOnly", certs::encipher_only},
    {"DecipherOnly", certs::decipher_only},
    {"none", 0},
};
constexpr named_bit services[] = {
    {"IMAP", exchange::service_imap}, {"POP", exchange::service_pop},
    {"UM", exchange::service_um},     {"IIS", exchange::service_iis},
    {"SMTP", exchange::service_smtp}, {"Federation", exchange::service_federation},
    {"None", exchange::service_none},
};

struct named_usage {
    std::string_view word;
    std::string_view oid;
};
constexpr named_usage usages[] = {
    {"ServerAuth", certs::eku_server_auth},
    {"ClientAuth", certs::eku_client_auth},
    {"CodeSigning", "1.3.6.1.5.5.7.3.3"},
    {"EmailProtection", certs::eku_email_protection},
    {"TimeStamping", "1.3.6.1.5.5.7.3.8"},
    {"OcspSigning", "1.3.6.1.5.5.7.3.9"},
    {"Any", certs::eku_any},
};

template <class Table>
std::vector<std::string> words_of(const Table& table) {
    std::vector<std::string> out;
    for (const auto& row : table)
        out.emplace_back(row.word);
    return out;
}

bool is_oid(std::string_view text) {
    const auto parts = split(text, '.');
    return parts.size() > 2 && std::all_of(parts.begin(), parts.end(), [](const std::string& p) {
               return !p.empty() && p.size() < 10 && p.find_first_not_of("0123456789") == std::string::npos;
           });
}

/// Address and mask as raw bytes, as RFC 5280 4.2.1.10 wants them.
parsed<certs::general_subtree> address_subtree(std::string_view text) {
    const auto range = parse_ip_range(text);
    if (!range)
        return parsed<certs::general_subtree>::fail(range.error);
    const std::size_t size = range->low.v6 ? 16 : 4;
    certs::general_subtree out{certs::general_name_kind::ip, {}, {}, false};
    for (std::size_t i = 0; i < size; ++i)
        out.text += static_cast<char>(range->low.bytes[i]);
    for (std::size_t i = 0; i < size; ++i)
        out.text += static_cast<char>(~(range->low.bytes[i] ^ range->high.bytes[i]));
    return parsed<certs::general_subtree>::ok(out);
}

} // namespace

std::vector<std::string> key_words() {
    return words_of(keys);
}

certs::key_recipe key_of_word(std::string_view word) {
    certs::key_recipe out;
    for (const auto& k : keys)
        if (k.word == word) {
            out.kind = k.kind;
            out.bits = k.bits;
        }
    return out;
}

std::vector<std::string> key_usage_words() {
    return words_of(key_usages);
}

std::uint16_t key_usage_of_word(std::string_view word) {
    for (const auto& k : key_usages)
        if (k.word == word)
            return static_cast<std::uint16_t>(k.bit);
    return 0;
}

std::string usage_oid_of(std::string_view text) {
    for (const auto& u : usages)
        if (u.word == text)
            return std::string(u.oid);
    return is_oid(text) ? std::string(text) : std::string();
}

std::string hint_for_usage(std::string_view text) {
    const auto near = nearest_word(text, words_of(usages));
    return near.empty() ? "an OID, or one of " + join(words_of(usages), ", ")
                        : fmt::format("did you mean `{}`?", near);
}

std::optional<std::uint32_t> service_of_word(std::string_view word) {
    for (const auto& s : services)
        if (ascii_iequal(s.word, word))
            return s.bit;
    return std::nullopt;
}

std::string hint_for_service(std::string_view word) {
    const auto near = nearest_word(word, words_of(services));
    return near.empty() ? "the services are " + join(words_of(services), ", ")
                        : fmt::format("did you mean `{}`?", near);
}

std::vector<std::string> certificate_fault_words() {
    return {"CorruptedSignature", "UnknownCriticalExtension", "NoSubjectKeyIdentifier",
            "NoAuthorityKeyIdentifier", "Version1"};
}

void apply_fault(certs::certificate_recipe& recipe, std::string_view word) {
    if (word == "CorruptedSignature")
        recipe.corrupt_signature = true;
    else if (word == "UnknownCriticalExtension")
        recipe.unknown_critical_extension = "1.3.6.1.4.1.99999.1";
    else if (word == "NoSubjectKeyIdentifier")
        recipe.subject_key_identifier = false;
    else if (word == "NoAuthorityKeyIdentifier")
        recipe.authority_key_identifier = false;
    else if (word == "Version1")
        recipe.version = 1;
}

parsed<certs::general_subtree> subtree_of(std::string_view text) {
    using result = parsed<certs::general_subtree>;
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return result::ok({certs::general_name_kind::dns, std::string(text), {}, false});
    const auto kind = text.substr(0, colon);
    const auto rest = text.substr(colon + 1);
    if (kind == "dns")
        return result::ok({certs::general_name_kind::dns, std::string(rest), {}, false});
    if (kind == "email")
        return result::ok({certs::general_name_kind::email, std::string(rest), {}, false});
    if (kind == "ip")
        return address_subtree(rest);
    if (kind != "directory")
        return result::fail(fmt::format("`{}:` is none of `dns:`, `email:`, `ip:` and `directory:`", kind));
    auto name = certs::parse_x500_name(rest);
    if (!name)
        return result::fail(name.error);
    return result::ok({certs::general_name_kind::directory, {}, *name, false});
}

} // namespace connlab::scenario
