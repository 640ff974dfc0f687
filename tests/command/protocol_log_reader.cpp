#include "tests/command/protocol_log_reader.hpp"

#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <regex>

namespace log_reader {

namespace {

constexpr const char* fields =
    "#Fields: "
    "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context";

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::string line;
    bool quoted = false;
    for (const char c : text) {
        quoted = c == '"' ? !quoted : quoted;
        if (c == '\n' && !quoted) {
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            out.push_back(line);
            line.clear();
        } else {
            line += c;
        }
    }
    if (!line.empty())
        out.push_back(line);
    return out;
}

/// Comma-separated values; a quoted field doubles its quotation marks. Nothing: broken quoting.
std::optional<std::vector<std::string>> cells_of(const std::string& line) {
    std::vector<std::string> out(1);
    std::size_t i = 0;
    while (i < line.size()) {
        if (line[i] == '"' && out.back().empty()) {
            for (++i;; ++i) {
                if (i >= line.size())
                    return std::nullopt;
                if (line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"')
                    out.back() += line[i++];
                else if (line[i] == '"')
                    break;
                else
                    out.back() += line[i];
            }
            ++i;
            if (i < line.size() && line[i] != ',')
                return std::nullopt;
        } else if (line[i] == ',') {
            out.emplace_back();
            ++i;
        } else if (line[i] == '"') {
            return std::nullopt;
        } else {
            out.back() += line[i++];
        }
    }
    return out;
}

const std::regex date_time(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
const std::regex session_id("[0-9A-F]{16}");
const std::regex endpoint(R"((\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5})");
const std::regex ehlo_row(R"(250  \S+ Hello \[[0-9a-f.:]+\].*)");

/// Contexts of information rows, 6.4. What a row carries as data is said by its context.
struct known_context {
    std::regex context;
    std::regex data;
};

const std::vector<known_context>& known_contexts() {
    const char* const columns =
        "Subject Issuer name Serial number Thumbprint Not before Not after Subject alternate names";
    const char* const certificate =
        R"( .+ .+ [0-9A-F]+ [0-9A-F]{40} \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z .*)";
    static const std::vector<known_context> all = {
        {std::regex(std::string("Sending certificate ") + columns), std::regex(certificate)},
        {std::regex(std::string("Remote certificate ") + columns), std::regex(certificate)},
        {std::regex("Sending certificate|Received certificate"), std::regex("")},
        {std::regex("Certificate subject|Certificate issuer name"), std::regex(".+")},
        {std::regex("Certificate serial number|Certificate thumbprint"), std::regex("[0-9A-Fx]+")},
        {std::regex("Certificate alternate names"), std::regex(R"([^; ]*(;[^; ]+)*)")},
        {std::regex(
             R"(TLS protocol SP_PROT_TLS1_[0-3]_(CLIENT|SERVER) negotiation succeeded using bulk encryption )"
             R"(algorithm CALG_\w+ with strength \d+ bits, MAC hash algorithm CALG_\w+ with strength \d+ bits )"
             R"(and key exchange algorithm CALG_\w+ with strength \d+ bits)"),
         std::regex("")},
        {std::regex(R"(TLS negotiation failed with error \w+)"), std::regex("")},
        {std::regex(R"(Client certificate chain validation status: '\w+')"), std::regex("")},
        {std::regex(R"(TlsDomainCapabilities='[\w, ]+'; Status='\w+'(; Domain='[^']+')?)"), std::regex("")},
        {std::regex("authenticated"), std::regex(".+")},
        {std::regex("User Name: .*|(Inbound|Outbound) .*failed (because of|with) LogonDenied"),
         std::regex("")},
        {std::regex("receiving message"), std::regex(R"([0-9A-F]{16};[^;]+;\d+)")},
        {std::regex("attempting to connect"), std::regex("")},
        {std::regex("Set Session Permissions"), std::regex(R"([A-Za-z0-9]+( [A-Za-z0-9]+)*)")},
        {std::regex(R"(sending message with RecordId \d+ and InternetMessageId <[^<>]+>)"), std::regex("")},
        {std::regex(""), std::regex(R"(Tarpit for '\d+\.\d\d:\d\d:\d\d(\.\d{3})?'( due to '[^']+')?)")},
    };
    return all;
}

class reader {
  public:
    log read(const std::string& text, bool with_header) {
        const auto lines = lines_of(text);
        std::size_t begin = 0;
        if (with_header)
            begin = read_header(lines);
        for (std::size_t i = begin; i < lines.size(); ++i)
            if (!lines[i].empty())
                read_row(lines[i], static_cast<int>(i + 1), with_header);
        return std::move(out_);
    }

  private:
    void complain(int line, const std::string& what) {
        out_.complaints.push_back(std::to_string(line) + ": " + what);
    }

    std::size_t read_header(const std::vector<std::string>& lines) {
        static const std::array<std::regex, 5> expected = {
            std::regex("#Software: Microsoft Exchange Server"), std::regex(R"(#Version: 15\.0\.0\.0)"),
            std::regex("#Log-type: SMTP (Send|Receive) Protocol Log"),
            std::regex(R"(#Date: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"), std::regex(fields)};
        for (std::size_t i = 0; i < expected.size(); ++i)
            if (i >= lines.size() || !std::regex_match(lines[i], expected[i]))
                complain(static_cast<int>(i + 1), "not the header line that stands there in real files");
        out_.sending = lines.size() > 2 && lines[2].find("Send") != std::string::npos;
        return expected.size();
    }

    void read_row(const std::string& line, int number, bool whole_sessions) {
        const auto cells = cells_of(line);
        if (!cells || cells->size() != 9)
            return complain(number, "nine fields are expected");
        row r;
        r.line = number;
        r.date_time = (*cells)[0];
        r.connector = (*cells)[1];
        r.session = (*cells)[2];
        r.local = (*cells)[4];
        r.remote = (*cells)[5];
        r.event = (*cells)[6].size() == 1 ? (*cells)[6][0] : ' ';
        r.data = (*cells)[7];
        r.context = (*cells)[8];
        r.sequence = std::atoi((*cells)[3].c_str());
        check(r, whole_sessions);
        out_.rows.push_back(std::move(r));
    }

    void check(const row& r, bool whole_sessions) {
        if (!std::regex_match(r.date_time, date_time))
            complain(r.line, "date-time " + r.date_time);
        if (!std::regex_match(r.session, session_id))
            complain(r.line, "session-id " + r.session);
        if (r.connector.empty() ||
            (whole_sessions && (r.connector.find('\\') != std::string::npos) == out_.sending))
            complain(r.line, "connector-id " + r.connector);
        auto& next = next_.try_emplace(r.session, whole_sessions ? 0 : r.sequence).first->second;
        if (r.sequence != next++)
            complain(r.line, "sequence-number " + std::to_string(r.sequence));
        if (!std::regex_match(r.remote, endpoint) ||
            !(r.local.empty() || std::regex_match(r.local, endpoint)))
            complain(r.line, "endpoints " + r.local + ", " + r.remote);
        check_event(r);
    }

    void check_event(const row& r) {
        switch (r.event) {
        case '+':
        case '>':
        case '<':
            if (!r.context.empty())
                complain(r.line, "a context behind SMTP: " + r.context);
            if (!out_.sending && r.event == '>' && r.data.rfind("250 ", 0) == 0 &&
                r.data.find(" Hello [") != std::string::npos && !std::regex_match(r.data, ehlo_row))
                complain(r.line, "the EHLO reply is one row with two blanks: " + r.data);
            break;
        case '-':
            if (r.context != "Local" && r.context != "Remote" && r.context != "Remote(SocketError)")
                complain(r.line, "disconnected by " + r.context);
            break;
        case '*':
            check_information(r);
            break;
        default:
            complain(r.line, "no event");
        }
    }

    void check_information(const row& r) {
        for (const auto& known : known_contexts())
            if (std::regex_match(r.context, known.context)) {
                if (!std::regex_match(r.data, known.data))
                    complain(r.line, "data of `" + r.context + "`: " + r.data);
                return;
            }
        complain(r.line, "unknown information: " + r.context);
    }

    log out_;
    std::map<std::string, int> next_;
};

} // namespace

log read(const std::string& text, bool with_header) {
    return reader().read(text, with_header);
}

} // namespace log_reader
