#include "certs/export.hpp"

#include "certs/openssl_handle.hpp"

#include <openssl/pem.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace connlab::certs {
namespace {

constexpr std::string_view lab_key_notice =
    "# LAB KEY, public by design: everybody who has Connector Lab has it. Never use it for anything real,\n"
    "# and never put a certificate made with it into a trust store.\n";
constexpr std::array<std::string_view, 4> endings{".pem", ".chain.pem", ".key.pem", ".crl.pem"};

using bio_handle = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

std::string crl_pem(const std::string& der) {
    const bio_handle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio(bio.get(), PEM_STRING_X509_CRL, "", reinterpret_cast<const unsigned char*>(der.data()),
                  static_cast<long>(der.size()));
    const char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

/// One folder or file name. `.`, `..` and empty ones, and the blanks and dots at the end that Windows drops,
/// go too.
std::string safe_segment(std::string_view segment) {
    std::string out(segment);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
            std::string_view("<>:\"|?*\\").find(c) != std::string_view::npos)
            c = '_';
    if (out.empty())
        return "_";
    for (std::size_t i = out.size(); i > 0 && (out[i - 1] == '.' || out[i - 1] == ' '); --i)
        out[i - 1] = '_';
    return out;
}

std::string safe_path(std::string_view id) {
    std::string out;
    while (true) {
        const auto slash = id.find('/');
        out += safe_segment(id.substr(0, slash));
        if (slash == std::string_view::npos)
            return out;
        out += '/';
        id.remove_prefix(slash + 1);
    }
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Gives each id a path of its own, whatever is appended to it.
class path_book {
  public:
    std::string add(std::string_view id) {
        const auto wished = safe_path(id);
        auto base = wished;
        for (int n = 2; !is_free(base); ++n)
            base = fmt::format("{}-{}", wished, n);
        for (const auto ending : endings)
            used_.insert(lower(base) + std::string(ending));
        return base;
    }

  private:
    bool is_free(const std::string& base) const {
        return std::none_of(endings.begin(), endings.end(), [&](std::string_view ending) {
            return used_.count(lower(base) + std::string(ending)) != 0;
        });
    }

    std::set<std::string> used_;
};

std::string chain_pem(const forged& world, const issued& leaf) {
    std::string out;
    for (const issued* at = &leaf; !at->issuer.empty(); at = &world.by_id.at(at->issuer))
        out += to_pem(at->cert);
    return out;
}

} // namespace

parsed<std::vector<exported_file>> export_files(const forged& world, const export_request& request) {
    using result = parsed<std::vector<exported_file>>;
    std::set<std::string> with_crl;
    for (const auto& crl : request.crls) {
        if (world.by_id.count(crl.issuer) == 0)
            return result::fail(
                fmt::format("A CRL is asked of '{}', which is not among the certificates.", crl.issuer));
        if (!with_crl.insert(crl.issuer).second)
            return result::fail(fmt::format("Two CRLs are asked of '{}'.", crl.issuer));
    }
    std::vector<exported_file> out;
    path_book paths;
    for (const auto& [id, one] : world.by_id) {
        const auto base = paths.add(id);
        out.push_back({base + ".pem", to_pem(one.cert), false});
        if (!one.issuer.empty())
            out.push_back({base + ".chain.pem", chain_pem(world, one), false});
        if (!one.lab_key || request.lab_keys)
            out.push_back({base + ".key.pem",
                           (one.lab_key ? std::string(lab_key_notice) : "") + one.key.to_pem(), true});
        for (const auto& recipe : request.crls) {
            if (recipe.issuer != id)
                continue;
            const auto crl = forge_crl(recipe, one);
            if (!crl)
                return result::fail(fmt::format("The CRL of '{}': {}", id, crl.error));
            out.push_back({base + ".crl.pem", crl_pem(*crl), false});
        }
    }
    return result::ok(std::move(out));
}

} // namespace connlab::certs
