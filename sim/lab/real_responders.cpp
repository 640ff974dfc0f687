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
    std::string best = by_host;
    std::size_t longest = 0;
    for (const auto& [place, what] : urls()) {
        const auto url = parse_http_url(place);
        const auto& path = url->target;
        const bool below =
            asked.target.starts_with(path) &&
            (path.ends_with('/') || asked.target.size() == path.size() || asked.target[path.size()] == '/');
        if (below && path.size() > longest) {
            longest = path.size();
            best = "http://" + authority_of(*url) + asked.target;
        }
    }
    return best;
}

std::map<std::string, std::string> real_responders::urls() const {
    std::map<std::string, std::string> out;
    for (const auto& [id, a] : w_.authorities)
        for (const auto& [what, places] : a.how.urls)
            for (const auto& place : places)
                if (parse_http_url(*place))
                    out.emplace(*place, std::string(scenario::to_string(what)) + " of " + id);
    return out;
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
