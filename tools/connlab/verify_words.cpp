#include "tools/connlab/verify_words.hpp"

#include "certs/base64.hpp"
#include "sim/base/ascii.hpp"

#include <fmt/format.h>

namespace connlab::command {

parsed<std::string> usage_of(std::string_view word) {
    using result = parsed<std::string>;
    if (ascii_iequal(word, "server") || ascii_iequal(word, "serverAuth"))
        return result::ok(std::string(certs::eku_server_auth));
    if (ascii_iequal(word, "client") || ascii_iequal(word, "clientAuth"))
        return result::ok(std::string(certs::eku_client_auth));
    if (ascii_iequal(word, "any"))
        return result::ok({});
    if (word.find('.') != std::string_view::npos &&
        word.find_first_not_of("0123456789.") == std::string_view::npos)
        return result::ok(std::string(word));
    return result::fail(fmt::format("`{}` is none of server, client, any, or an OID", word));
}

parsed<chain::revocation_flags> revocation_of(std::string_view word) {
    using chain::revocation_scope;
    chain::revocation_flags out;
    out.mode = chain::revocation_mode::check;
    if (word == "assume-good") {
        out.scope = revocation_scope::chain_excluding_root;
        out.mode = chain::revocation_mode::assume_good;
    } else if (word == "end-certificate") {
        out.scope = revocation_scope::end_certificate;
    } else if (word == "chain") {
        out.scope = revocation_scope::chain;
    } else if (word == "chain-excluding-root") {
        out.scope = revocation_scope::chain_excluding_root;
    } else if (word != "none") {
        return parsed<chain::revocation_flags>::fail(fmt::format(
            "`{}` is none of none, end-certificate, chain, chain-excluding-root, assume-good", word));
    }
    return parsed<chain::revocation_flags>::ok(out);
}

std::string add_flag(chain::revocation_flags& to, std::string_view word) {
    if (word == "cache-only")
        to.cache_only = true;
    else if (word == "ignore-end-revocation-unknown")
        to.ignore_end_unknown = true;
    else if (word == "ignore-ca-revocation-unknown")
        to.ignore_ca_unknown = true;
    else if (word == "ignore-root-revocation-unknown")
        to.ignore_root_unknown = true;
    else
        return fmt::format("`{}` is none of cache-only, ignore-end-revocation-unknown, "
                           "ignore-ca-revocation-unknown, ignore-root-revocation-unknown",
                           word);
    return {};
}

std::string body_of(const std::string& written) {
    if (written.find("-----BEGIN X509 CRL-----") != std::string::npos) {
        const auto some = certs::read_crls(written);
        return some ? some->front().der() : written;
    }
    if (written.find("-----BEGIN") != std::string::npos)
        return written; // certificates are taken as PEM too
    const auto der = certs::base64_decoded(written);
    return der && !der->empty() ? *der : written;
}

parsed<std::vector<certs::crl>> read_crl_text(const std::string& written) {
    if (written.find("-----BEGIN") != std::string::npos)
        return certs::read_crls(written);
    const auto der = certs::base64_decoded(written);
    return der && !der->empty()
               ? certs::read_crls(*der)
               : parsed<std::vector<certs::crl>>::fail("neither PEM nor base64 of a DER CRL");
}

parsed<certs::ocsp_response> read_ocsp_text(const std::string& written) {
    if (written.find("-----BEGIN") != std::string::npos)
        return certs::read_ocsp_response(written);
    const auto der = certs::base64_decoded(written);
    return der && !der->empty()
               ? certs::read_ocsp_response(*der)
               : parsed<certs::ocsp_response>::fail("neither PEM nor base64 of a DER OCSP response");
}

} // namespace connlab::command
