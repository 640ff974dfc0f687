// The lab's protocol logs against published excerpts, field by field (tests/cases/protocol-log-excerpts.txt).
#include "sim/base/ascii.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/protocol_logs.hpp"
#include "tests/command/protocol_log_reader.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <regex>

using namespace connlab;

namespace {

struct published_row {
    std::string event; // empty: any rows
    std::string data;
    std::string context;
};

struct excerpt {
    std::string title;
    std::string scenario;
    bool sending = false;
    std::string server;
    std::string version;
    std::string switches;
    std::vector<published_row> rows;
};

excerpt read_title(const std::string& line) {
    std::vector<std::string> words;
    for (const auto& word : split(line.substr(1), '|'))
        words.emplace_back(trim(word));
    BOOST_REQUIRE_MESSAGE(words.size() == 6, line);
    return {words[0], words[1], words[2] == "send", words[3], words[4], words[5], {}};
}

published_row read_row(const std::string& line) {
    if (line == "...")
        return {};
    // Six columns more, so that the reader of whole rows takes it.
    const auto log = log_reader::read(
        "2023-01-11T16:00:04.113Z,C,08D50D3D9730A8D2,0,1.2.3.4:25,1.2.3.4:25," + line, false);
    BOOST_REQUIRE_MESSAGE(log.rows.size() == 1, line);
    const auto& r = log.rows.front();
    return {std::string(1, r.event), r.data, r.context};
}

std::vector<excerpt> excerpts() {
    std::ifstream file(CONNLAB_SOURCE_DIR "/tests/cases/protocol-log-excerpts.txt");
    BOOST_REQUIRE(file.good());
    std::vector<excerpt> out;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        if (line.front() == '=')
            out.push_back(read_title(line));
        else
            out.back().rows.push_back(read_row(line));
    }
    return out;
}

/// The text with {word} for anything that is there.
std::regex pattern_of(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') {
            out += "(.+?)";
            i = text.find('}', i);
        } else if (std::string_view(R"(\^$.|?*+()[]{})").find(text[i]) != std::string_view::npos) {
            out += std::string("\\") + text[i];
        } else {
            out += text[i];
        }
    }
    return std::regex(out);
}

bool is_like(const log_reader::row& ours, const published_row& theirs) {
    return theirs.event == std::string(1, ours.event) &&
           std::regex_match(ours.data, pattern_of(theirs.data)) &&
           std::regex_match(ours.context, pattern_of(theirs.context));
}

/// How many published rows match from here on; all of them: the excerpt is found.
std::size_t matched(const std::vector<log_reader::row>& ours, std::size_t at,
                    const std::vector<published_row>& theirs) {
    std::size_t i = 0;
    for (; i < theirs.size(); ++i) {
        const bool gap = theirs[i].event.empty();
        if (gap)
            ++i;
        while (gap && at < ours.size() && !is_like(ours[at], theirs[i]))
            ++at;
        if (at >= ours.size() || !is_like(ours[at], theirs[i]))
            return i;
        ++at;
    }
    return i;
}

std::vector<report::log_file> logs_for(const excerpt& e) {
    auto loaded =
        scenario::load(CONNLAB_SOURCE_DIR "/scenarios/" + e.scenario + ".yaml", command::disk_reader());
    BOOST_REQUIRE_MESSAGE(loaded.value, e.scenario);
    for (auto& o : loaded.value->organizations) {
        for (auto& c : o.send_connectors)
            c.verbose_protocol_logging = true;
        for (auto& s : o.servers) {
            s.intra_org_verbose_logging = true;
            for (auto& c : s.receive_connectors)
                c.verbose_protocol_logging = true;
            if (s.name == e.server && e.version != "-")
                s.version = *exchange::parse_exchange_version(e.version);
        }
    }
    if (e.switches != "-") {
        const auto words = split(e.switches, '=');
        BOOST_REQUIRE(loaded.value->behavior.set(words[0], words[1], {}));
    }
    const auto keys = certs::key_pool::open(certs::key_pool::default_folder());
    const auto result = lab::run(*loaded.value, **keys, {});
    BOOST_REQUIRE(result.record);
    return report::protocol_logs(*result.record);
}

} // namespace

BOOST_AUTO_TEST_SUITE(protocol_log_excerpts)

BOOST_AUTO_TEST_CASE(every_published_excerpt_has_its_like_in_a_log_of_ours) {
    const auto all = excerpts();
    BOOST_TEST(all.size() >= 10U);
    for (const auto& e : all) {
        std::size_t best = 0;
        for (const auto& file : logs_for(e)) {
            if (!file.path.starts_with(e.server + "/") ||
                (file.path.find("/SmtpSend") != std::string::npos) != e.sending)
                continue;
            const auto rows = log_reader::read(file.text, true).rows;
            for (std::size_t at = 0; at < rows.size(); ++at)
                best = std::max(best, matched(rows, at, e.rows));
        }
        BOOST_TEST(best == e.rows.size(),
                   e.title << ": the first row without its like is "
                           << (best < e.rows.size()
                                   ? e.rows[best].event + "," + e.rows[best].data + "," + e.rows[best].context
                                   : std::string{}));
    }
}

BOOST_AUTO_TEST_CASE(another_row_is_not_taken_for_it) {
    log_reader::row ours;
    ours.event = '*';
    ours.context = "TLS negotiation failed with error SocketError";
    BOOST_TEST(is_like(ours, {"*", "", "TLS negotiation failed with error SocketError"}));
    BOOST_TEST(!is_like(ours, {"*", "", "TLS negotiation failed with error InvalidToken"}));
    BOOST_TEST(!is_like(ours, {">", "", "TLS negotiation failed with error SocketError"}));
    BOOST_TEST(!is_like(ours, {"*", "{something}", "TLS negotiation failed with error SocketError"}));
}

BOOST_AUTO_TEST_SUITE_END()
