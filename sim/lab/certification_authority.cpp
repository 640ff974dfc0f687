#include "sim/lab/certification_authority.hpp"

#include <algorithm>

namespace connlab::lab {

namespace {

using certs::revoked_certificate;

/// How many numbers of its sequence one complete list and its deltas take.
int numbers_each_period(const scenario::publishing& how) {
    if (!how.has_deltas())
        return 1;
    return static_cast<int>(
        std::max<std::int64_t>(1, (how.crl_period + how.delta_period - duration{1}) / how.delta_period));
}

const revoked_certificate* entry_of(const std::vector<revoked_certificate>& all, const std::string& serial) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const revoked_certificate& r) { return r.serial == serial; });
    return found == all.end() ? nullptr : &*found;
}

/// What is new, or has another reason; and what is on the list no more.
std::vector<revoked_certificate> changes(const std::vector<revoked_certificate>& before,
                                         const std::vector<revoked_certificate>& now, instant at) {
    std::vector<revoked_certificate> out;
    for (const auto& r : now) {
        const auto* known = entry_of(before, r.serial);
        if (known == nullptr || known->reason != r.reason)
            out.push_back(r);
    }
    for (const auto& r : before)
        if (entry_of(now, r.serial) == nullptr)
            out.push_back({r.serial, at, certs::revocation_reason::remove_from_crl});
    return out;
}

} // namespace

void certification_authority::revoke(std::string serial, certs::revocation_reason reason, instant at) {
    history.push_back({std::move(serial), at, reason});
}

void certification_authority::publish(instant at) {
    number = (how.has_deltas() ? delta_at(*this, at).list.number : list_at(*this, at).number) + 1;
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
    out.next_update = out.next_publish + a.how.overlap(a.how.crl_period);
    out.number = a.number + static_cast<int>(periods) * numbers_each_period(a.how);
    out.revoked = a.revoked_at(out.this_update);
    return out;
}

published_delta delta_at(const certification_authority& a, instant now) {
    const auto base = list_at(a, now);
    const auto made = now < base.this_update ? 0 : (now - base.this_update) / a.how.delta_period;
    published_delta out;
    out.base_number = base.number;
    out.list.this_update = base.this_update + made * a.how.delta_period;
    out.list.next_publish = out.list.this_update + a.how.delta_period;
    out.list.next_update = out.list.next_publish + a.how.overlap(a.how.delta_period);
    out.list.number = base.number + static_cast<int>(made);
    out.list.revoked = changes(base.revoked, a.revoked_at(out.list.this_update), out.list.this_update);
    return out;
}

} // namespace connlab::lab
