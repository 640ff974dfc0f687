#include "sim/report/protocol_logs.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace connlab::report {

namespace {

using trace::protocol_log;
using trace::protocol_row;
using trace::session_record;

constexpr int first_port = 10000; // of the connecting side; the lab's own sockets have others each time
constexpr int ports = 50000;

/// .NET ticks (100 ns since the year 1) of the beginning, made unique by the session's number in the run:
/// what is public of Exchange's session ids looks like it, and no more is known.
std::string session_id(instant begun, std::uint64_t number) {
    constexpr std::uint64_t ticks_of_1970 = 621355968000000000;
    const auto ms = static_cast<std::uint64_t>(begun.time_since_epoch().count());
    return fmt::format("{:016X}", ticks_of_1970 + ms * 10000 + number);
}

std::string csv(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos)
        return field;
    std::string out = "\"";
    for (const char c : field)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

bool begins_message(const protocol_row& r) {
    return r.event == '<' && ascii_istarts_with(r.data, "MAIL FROM:");
}

/// The rows of one session on one side.
class session_rows {
  public:
    session_rows(const session_record& s, std::uint64_t number, bool sending)
        : log_(sending ? s.send_log : s.receive_log), id_(session_id(s.begun, number)), sending_(sending) {
        const auto client =
            fmt::format("{}:{}", s.client_endpoint, first_port + static_cast<int>(number % ports));
        local_ = sending ? client : s.server_endpoint;
        remote_ = sending ? s.server_endpoint : client;
    }

    std::string text() {
        for (const auto& r : log_.rows) {
            add(r);
            if (!sending_ && begins_message(r))
                add({r.at, '*', fmt::format("{};{};{}", id_, format_instant_ms(r.at), ++messages_),
                     "receiving message"});
        }
        return std::move(out_);
    }

  private:
    void add(const protocol_row& r) {
        connected_ = connected_ || r.event == '+';
        out_ += fmt::format("{},{},{},{},{},{},{},{},{}\r\n", format_instant_ms(r.at), csv(log_.connector),
                            id_, sequence_++, connected_ ? local_ : std::string{}, remote_, r.event,
                            csv(as_utf8(r.data)), csv(as_utf8(r.context)));
    }

    const protocol_log& log_;
    std::string id_;
    bool sending_;
    std::string local_;
    std::string remote_;
    std::string out_;
    int sequence_ = 0;
    int messages_ = 0;
    bool connected_ = false;
};

std::string header(bool sending, instant begun) {
    return fmt::format("#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n"
                       "#Log-type: SMTP {} Protocol Log\r\n#Date: {}\r\n"
                       "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,"
                       "remote-endpoint,event,data,context\r\n",
                       sending ? "Send" : "Receive", format_instant_ms(begun));
}

/// `2024060309` of 2024-06-03T09:00:00Z.
std::string hour_of(instant at) {
    const auto text = format_instant(at);
    return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2) + text.substr(11, 2);
}

std::string path_of(const protocol_log& log, bool sending, instant begun) {
    return fmt::format("{}/TransportRoles/Logs/{}/ProtocolLog/{}{}/{}{}-1.LOG", log.server, log.service,
                       sending ? "SmtpSend" : "SmtpReceive", log.service == "Mailbox" ? "/Delivery" : "",
                       sending ? "SEND" : "RECV", hour_of(begun));
}

class collection {
  public:
    void add(const session_record& s, std::uint64_t number) {
        for (const bool sending : {true, false}) {
            const auto& log = sending ? s.send_log : s.receive_log;
            if (log.service.empty() || !log.verbose)
                continue;
            auto& text = files_[path_of(log, sending, s.begun)];
            if (text.empty())
                text = header(sending, s.begun);
            text += session_rows(s, number, sending).text();
        }
    }

    std::vector<log_file> files() && {
        std::vector<log_file> out;
        for (auto& [path, text] : files_)
            out.push_back({path, std::move(text)});
        return out;
    }

  private:
    std::map<std::string, std::string> files_;
};

} // namespace

std::vector<log_file> protocol_logs(const trace::run_record& run) {
    std::vector<const session_record*> sessions;
    for (const auto& step : run.steps)
        for (const auto* flows : {&step.earlier, &step.flows, &step.reports})
            for (const auto& flow : *flows)
                for (const auto& session : flow.sessions)
                    sessions.push_back(&session);
    std::stable_sort(sessions.begin(), sessions.end(),
                     [](const auto* a, const auto* b) { return a->begun < b->begun; });
    collection all;
    std::uint64_t number = 0;
    for (const auto* session : sessions)
        all.add(*session, number++);
    return std::move(all).files();
}

} // namespace connlab::report
