#include "sim/lab/real_responders.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/http_url.hpp"

namespace connlab::lab {

std::string real_responders::url_of(const net::http_request& asked) const {
    if (ascii_istarts_with(asked.target, "http://"))
        return asked.target;
    const auto by_host = "http://" + asked.host + asked.target;
    if (responders_.place_at(by_host).authority != nullptr)
        return by_host;
    for (const auto& [id, a] : w_.authorities)
        for (const auto& [what, places] : a.how.urls)
            for (const auto& place : places)
                if (const auto url = parse_http_url(*place); url && asked.target.starts_with(url->target))
                    return "http://" + authority_of(*url) + asked.target;
    return by_host;
}

std::optional<real_responders::served> real_responders::serve(instant now) {
    served out;
    const auto asked = listener_.serve([&](const net::http_request& r) {
        const auto url = url_of(r);
        auto answer = responders_.answer(r, url, now);
        out = {r.method + " " + url, answer.status, answer.body.size()};
        return answer;
    });
    return asked ? std::optional(out) : std::nullopt;
}

} // namespace connlab::lab
