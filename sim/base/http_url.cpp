#include "sim/base/http_url.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace connlab {

namespace {

constexpr std::string_view begin = "http://";

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != 0x7f; });
}

bool read_port(std::string_view text, std::uint16_t& into) {
    const auto* end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, into);
    return failed == std::errc{} && stop == end && into != 0;
}

} // namespace

std::string url_scheme(std::string_view url) {
    const auto colon = url.find(':');
    if (colon == std::string_view::npos || url.substr(0, colon).find('/') != std::string_view::npos)
        return {};
    return ascii_lower(url.substr(0, colon));
}

parsed<http_url> parse_http_url(std::string_view text) {
    using result = parsed<http_url>;
    if (url_scheme(text) != "http" || text.substr(4, 3) != "://")
        return result::fail("an http URL begins with http://");
    if (!is_printable(text))
        return result::fail("a URL has no blanks and no control characters");
    auto rest = text.substr(begin.size());
    const auto path = rest.find_first_of("/?#");
    http_url out;
    out.target = path == std::string_view::npos ? "/" : std::string(rest.substr(path));
    if (out.target.front() != '/')
        out.target.insert(0, "/");
    out.target = out.target.substr(0, out.target.find('#'));
    rest = rest.substr(0, path);
    if (rest.find('@') != std::string_view::npos)
        return result::fail("a URL for certificates names no user");
    if (const auto colon = rest.rfind(':'); colon != std::string_view::npos) {
        if (!read_port(rest.substr(colon + 1), out.port))
            return result::fail("the port of a URL is a number from 1 to 65535");
        rest = rest.substr(0, colon);
    }
    if (rest.empty())
        return result::fail("a URL names a host");
    out.host = std::string(rest);
    return result::ok(std::move(out));
}

std::string authority_of(const http_url& url) {
    return url.port == 80 ? url.host : url.host + ":" + std::to_string(url.port);
}

} // namespace connlab
