#include "sim/exchange/online_enforcement.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/inbound_refusal.hpp"
#include "sim/exchange/message_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace connlab::exchange {

namespace {

/// `15.1.2507.6` of `… with Microsoft SMTP Server (…) id 15.1.2507.6; …`, or of `… with mapi id …`; empty: no
/// Exchange server wrote it.
std::string build_in(std::string_view received) {
    constexpr std::string_view mark = " id ";
    const auto by = std::min(received.find("with Microsoft SMTP Server"), received.find("with mapi"));
    if (by == std::string_view::npos)
        return {};
    const auto at = received.find(mark, by);
    if (at == std::string_view::npos)
        return {};
    const auto rest = received.substr(at + mark.size());
    return std::string(rest.substr(0, rest.find_first_not_of("0123456789.")));
}

std::array<int, 4> numbers(std::string_view build) {
    std::array<int, 4> out{};
    const auto parts = split(build, '.');
    for (std::size_t i = 0; i < parts.size() && i < out.size(); ++i)
        for (const char c : parts[i])
            out[i] = out[i] * 10 + (c - '0');
    return out;
}

long long minute_of_hour(instant at) {
    using namespace std::chrono;
    return duration_cast<minutes>(at.time_since_epoch()).count() % 60;
}

} // namespace

enforcement_stage enforcement_after(long long days) {
    if (days >= 90)
        return {0, 60};
    if (days >= 80)
        return {30, 20};
    if (days >= 70)
        return {30, 10};
    if (days >= 60)
        return {30, 5};
    if (days >= 50)
        return {20, 0};
    if (days >= 40)
        return {10, 0};
    return {days >= 30 ? 5 : 0, 0};
}

std::optional<trace::decided<inbound_verdict>> judge_server_version(const online_recipient& came_by,
                                                                    std::string_view content,
                                                                    const online_session_name& session) {
    using namespace std::chrono;
    const auto& whose = came_by.whose.value;
    if (whose.connector == nullptr || whose.owner->outdated.build->empty())
        return std::nullopt;
    const auto& told = whose.owner->outdated;
    const auto build = build_in(field_of(content, "Received"));
    const auto days = duration_cast<hours>(session.at - *told.since).count() / 24;
    const auto stage = enforcement_after(days);
    const auto minute = minute_of_hour(session.at);
    const bool outdated = !build.empty() && numbers(build) < numbers(*told.build);
    trace::decided<inbound_verdict> out;
    out.why.question = "Is the server that hands the message over out of date?";
    cite(out.why, "build in its Received field", build.empty() ? "none" : build);
    cite(out.why, "builds out of date: below", *told.build, told.build.mark);
    cite(out.why, "days since the tenant was told", std::to_string(days), told.since.mark);
    constexpr const char* words = "{} Connecting Exchange server version is out-of-date; connection to "
                                  "Exchange Online {} for {} mins/hr.";
    if (outdated && minute < stage.blocked)
        refuse(out, "exchange.online.enforcement.blocked", "ServerOutdated",
               fmt::format(words, "550 5.7.230", "blocked", stage.blocked) + suffix_of(session));
    else if (outdated && minute < stage.blocked + stage.throttled)
        refuse(out, "exchange.online.enforcement.throttled", "ServerOutdated",
               fmt::format(words, "450 4.7.230", "throttled", stage.throttled) + suffix_of(session));
    else {
        out.why.rule = "exchange.online.enforcement.passed";
        out.why.answer =
            outdated ? "yes, but this is no minute of the hour that is throttled or blocked" : "no";
    }
    return concluded(std::move(out));
}

} // namespace connlab::exchange
