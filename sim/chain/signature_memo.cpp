#include "certs/digest.hpp"
#include "sim/chain/verdict.hpp"

namespace connlab::chain {

namespace {

constexpr std::size_t remembered = 1000; // decoded lists and responses, before all are forgotten

template <class Map, class Decode>
typename Map::mapped_type decoded(Map& known, const std::string& der, Decode decode) {
    const auto key = certs::sha256_hex(der);
    if (const auto found = known.find(key); found != known.end())
        return found->second;
    if (known.size() >= remembered)
        known.clear();
    return known.emplace(key, decode(der)).first->second;
}

} // namespace

bool signature_memo::signed_by(const certs::certificate& subject, const certs::certificate& issuer) {
    const auto found =
        known_.find(std::pair<const certs::certificate&, const certs::certificate&>(subject, issuer));
    if (found != known_.end())
        return found->second;
    const bool answer = subject.signed_by(issuer);
    known_.emplace(std::pair(subject, issuer), answer);
    return answer;
}

bool signature_memo::signed_by(const certs::crl& list, const certs::certificate& issuer) {
    const auto key = list.sha256_fingerprint() + issuer.sha256_fingerprint();
    if (const auto found = known_lists_.find(key); found != known_lists_.end())
        return found->second;
    return known_lists_.emplace(key, list.signed_by(issuer)).first->second;
}

parsed<certs::crl> signature_memo::list(const std::string& der) {
    return decoded(lists_, der, certs::crl::from_der);
}

parsed<certs::ocsp_response> signature_memo::response(const std::string& der) {
    return decoded(responses_, der, certs::ocsp_response::from_der);
}

} // namespace connlab::chain
