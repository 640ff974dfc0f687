#include "sim/lab/certification_authority.hpp"

namespace connlab::lab {

void certification_authority::revoke(std::string serial, certs::revocation_reason reason, instant at) {
    history.push_back({std::move(serial), at, reason});
}

void certification_authority::publish(instant at) {
    number = list_at(*this, at).number + 1;
    published_at = at;
}

std::vector<certs::revoked_certificate> certification_authority::revoked_at(instant at) const {
    std::vector<certs::revoked_certificate> out;
    for (const auto& h : history) {
        if (h.at > at)
            continue;
        std::erase_if(out, [&](const certs::revoked_certificate& r) { return r.serial == h.serial; });
        if (h.reason != certs::revocation_reason::remove_from_crl)
            out.push_back(h);
    }
    return out;
}

published_list list_at(const certification_authority& a, instant now) {
    published_list out;
    const auto periods =
        a.how.crl_by_hand || now < a.published_at ? 0 : (now - a.published_at) / a.how.crl_period;
    out.this_update = a.published_at + periods * a.how.crl_period;
    out.next_publish = out.this_update + a.how.crl_period;
    out.next_update = out.next_publish + a.how.overlap();
    out.number = a.number + static_cast<int>(periods);
    out.revoked = a.revoked_at(out.this_update);
    return out;
}

} // namespace connlab::lab
