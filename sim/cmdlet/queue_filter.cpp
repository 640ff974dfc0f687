#include "sim/cmdlet/queue_filter.hpp"

#include <charconv>
#include <iterator>

namespace connlab::cmdlet {

namespace {

constexpr std::pair<std::string_view, comparison> operators[] = {
    {"-eq", comparison::equal},        {"-ne", comparison::unequal},          {"-like", comparison::like},
    {"-gt", comparison::greater},      {"-ge", comparison::greater_or_equal}, {"-lt", comparison::less},
    {"-le", comparison::less_or_equal}};

std::vector<std::string> operator_words() {
    std::vector<std::string> out;
    for (const auto& [word, by] : operators)
        out.emplace_back(word);
    return out;
}

/// Blanks part words; what stands in quotation marks is one.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const bool quoted = c == '"' || c == '\'';
        const auto end = quoted ? text.find(c, at + 1) : text.find_first_of(" \t\r\n", at);
        const auto begin = at + (quoted ? 1 : 0);
        if (quoted || end != at)
            out.emplace_back(text.substr(begin, end - begin));
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    return out;
}

int compared(const std::string& a, const std::string& b) {
    long x = 0;
    long y = 0;
    const auto number = [](const std::string& text, long& n) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        return error == std::errc{} && end == text.data() + text.size();
    };
    if (number(a, x) && number(b, y))
        return x < y ? -1 : x > y ? 1 : 0;
    const auto left = ascii_lower(a);
    const auto right = ascii_lower(b);
    return left < right ? -1 : left > right ? 1 : 0;
}

bool holds(const std::string& is, comparison by, const std::string& wanted) {
    switch (by) {
    case comparison::equal:
        return compared(is, wanted) == 0;
    case comparison::unequal:
        return compared(is, wanted) != 0;
    case comparison::like:
        return matches_pattern(is, wanted);
    case comparison::greater:
        return compared(is, wanted) > 0;
    case comparison::greater_or_equal:
        return compared(is, wanted) >= 0;
    case comparison::less:
        return compared(is, wanted) < 0;
    case comparison::less_or_equal:
        return compared(is, wanted) <= 0;
    }
    return false;
}

std::vector<std::string> properties() {
    std::vector<std::string> out;
    for (const auto& [name, text] : view_of(trace::queue_record{}))
        out.push_back(name);
    return out;
}

const std::vector<std::string> statuses{"Active", "Connecting", "Ready", "Retry", "Suspended"};

bool is_status(const std::string& word) {
    return std::any_of(statuses.begin(), statuses.end(),
                       [&](const auto& known) { return ascii_iequal(known, word); });
}

/// Three words. Absent: said what is wrong.
std::optional<queue_filter::condition> read_condition(const std::vector<std::string>& words, std::size_t at,
                                                      const extent& where, error_list& errors) {
    if (at + 3 > words.size()) {
        errors.add(where, "`Filter`: a condition is Property, operator and value",
                   "for example -Filter {Status -eq 'Retry'}");
        return std::nullopt;
    }
    const auto known = properties();
    const auto property = std::find_if(known.begin(), known.end(),
                                       [&](const auto& name) { return ascii_iequal(name, words[at]); });
    if (property == known.end()) {
        errors.add(where, fmt::format("`Filter`: `{}` is not one of {}", words[at], join(known, ", ")),
                   did_you_mean(words[at], known));
        return std::nullopt;
    }
    const auto by = std::find_if(std::begin(operators), std::end(operators),
                                 [&](const auto& o) { return ascii_iequal(o.first, words[at + 1]); });
    if (by == std::end(operators)) {
        errors.add(where, fmt::format("`Filter`: `{}` is not one of {}", words[at + 1],
                                      join(operator_words(), ", ")));
        return std::nullopt;
    }
    const bool exactly = by->second == comparison::equal || by->second == comparison::unequal;
    if (*property == "Status" && exactly && !is_status(words[at + 2])) {
        errors.add(where, fmt::format("`Filter`: `{}` is not one of {}", words[at + 2], join(statuses, ", ")),
                   did_you_mean(words[at + 2], statuses));
        return std::nullopt;
    }
    return queue_filter::condition{*property, by->second, words[at + 2]};
}

} // namespace

bool queue_filter::passes(const view_object& queue) const {
    return std::all_of(all.begin(), all.end(), [&](const condition& c) {
        return std::any_of(queue.begin(), queue.end(), [&](const auto& property) {
            return property.first == c.property && holds(property.second, c.by, c.wanted);
        });
    });
}

std::optional<queue_filter> read_queue_filter(const value& v, error_list& errors) {
    const auto words = words_of(v.text);
    if (std::any_of(words.begin(), words.end(), [](const auto& w) { return w.starts_with('('); })) {
        errors.add(v.where, "`Filter`: parentheses are not supported: supported is -and between conditions");
        return std::nullopt;
    }
    queue_filter out;
    for (std::size_t at = 0; at < words.size() || at == 0; at += 4) {
        auto one = read_condition(words, at, v.where, errors);
        if (!one)
            return std::nullopt;
        out.all.push_back(std::move(*one));
        if (at + 3 < words.size() && !ascii_iequal(words[at + 3], "-and")) {
            errors.add(v.where, fmt::format("`Filter`: `{}` is not supported: supported is -and between "
                                            "conditions",
                                            words[at + 3]));
            return std::nullopt;
        }
    }
    return out;
}

view_object view_of(const trace::queue_record& q) {
    return {{"Identity", q.identity},
            {"DeliveryType", q.delivery_type},
            {"Status", q.status},
            {"MessageCount", std::to_string(q.message_count)},
            {"Velocity", "0"}, // this and the next two are not simulated: what stands there at rest
            {"RiskLevel", "Normal"},
            {"OutboundIPPool", "0"},
            {"NextHopDomain", q.next_hop_domain},
            {"NextHopConnector", q.next_hop_connector},
            {"TlsDomain", q.tls_domain},
            {"RetryCount", std::to_string(q.retry_count)},
            {"LastRetryTime", q.last_retry_local},
            {"NextRetryTime", q.next_retry_local},
            {"LastError", q.last_error}};
}

} // namespace connlab::cmdlet
