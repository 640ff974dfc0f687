// The protocol logs of every bundled scenario, all connectors verbose, read by a reader that knows the format
// alone; and excerpts of real logs read by the same one.
#include "sim/lab/run.hpp"
#include "sim/report/protocol_logs.hpp"
#include "tests/command/protocol_log_reader.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace connlab;

namespace {

void log_everything(scenario::scenario& plan) {
    for (auto& o : plan.organizations) {
        for (auto& c : o.send_connectors)
            c.verbose_protocol_logging = true;
        for (auto& s : o.servers) {
            s.intra_org_verbose_logging = true;
            for (auto& c : s.receive_connectors)
                c.verbose_protocol_logging = true;
        }
    }
}

std::vector<report::log_file> logs_of(const std::string& path) {
    auto loaded = scenario::load(path, command::disk_reader());
    BOOST_REQUIRE_MESSAGE(loaded.value, path);
    log_everything(*loaded.value);
    const auto keys = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_REQUIRE(keys);
    const auto result = lab::run(*loaded.value, **keys, {});
    BOOST_REQUIRE_MESSAGE(result.record, path);
    return report::protocol_logs(*result.record);
}

const char* const excerpt = CONNLAB_SHARED_DIR "/corpora/protocol-logs/send-o365-unknowncredentials-2017.log";

boost::test_tools::assertion_result recordings_are_there(boost::unit_test::test_unit_id /*test*/) {
    return std::ifstream(excerpt).good();
}

std::vector<std::string> contexts(const std::vector<log_reader::row>& rows) {
    std::vector<std::string> out;
    for (const auto& r : rows)
        if (r.event == '*')
            out.push_back(r.context);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(protocol_log_files)

BOOST_AUTO_TEST_CASE(a_reader_of_the_format_has_no_complaint) {
    std::size_t rows = 0;
    std::set<std::string> folders;
    for (const auto& path : command::find_scenarios({CONNLAB_SOURCE_DIR "/scenarios"}).paths)
        for (const auto& file : logs_of(path)) {
            const auto log = log_reader::read(file.text, true);
            for (const auto& c : log.complaints)
                BOOST_ERROR(path << " " << file.path << ":" << c);
            BOOST_TEST(log.sending == (file.path.find("/SmtpSend") != std::string::npos), file.path);
            rows += log.rows.size();
            folders.insert(file.path.substr(file.path.find("/Logs/") + 6,
                                            file.path.rfind('/') - file.path.find("/Logs/") - 6));
        }
    BOOST_TEST(rows > 5000U);
    for (const auto* folder :
         {"FrontEnd/ProtocolLog/SmtpReceive", "FrontEnd/ProtocolLog/SmtpSend", "Hub/ProtocolLog/SmtpReceive",
          "Hub/ProtocolLog/SmtpSend", "Edge/ProtocolLog/SmtpReceive", "Edge/ProtocolLog/SmtpSend"})
        BOOST_TEST(folders.count(folder) == 1U, folder); // 6.1
}

BOOST_AUTO_TEST_CASE(the_reader_complains_of_what_is_wrong) {
    const std::string good =
        "2017-10-07T04:42:56.804Z,EX\\C,08D50D3D9730A8D2,0,10.0.0.1:25,10.0.0.2:4711,+,,\n";
    BOOST_TEST(log_reader::read(good, false).complaints.empty());
    for (const auto* bad :
         {"2017-10-07 04:42,EX\\C,08D50D3D9730A8D2,0,10.0.0.1:25,10.0.0.2:4711,+,,",
          "2017-10-07T04:42:56.804Z,EX\\C,08d5,0,10.0.0.1:25,10.0.0.2:4711,+,,",
          "2017-10-07T04:42:56.804Z,EX\\C,08D50D3D9730A8D2,0,10.0.0.1,10.0.0.2:4711,+,,",
          "2017-10-07T04:42:56.804Z,EX\\C,08D50D3D9730A8D2,0,10.0.0.1:25,10.0.0.2:4711,*,,Something else",
          "2017-10-07T04:42:56.804Z,EX\\C,08D50D3D9730A8D2,0,10.0.0.1:25,10.0.0.2:4711,>,a,b,c",
          "2017-10-07T04:42:56.804Z,EX\\C,08D50D3D9730A8D2,0,10.0.0.1:25,10.0.0.2:4711,?,,"})
        BOOST_TEST(log_reader::read(bad, false).complaints.size() == 1U, bad);
    BOOST_TEST(!log_reader::read(good, true).complaints.empty(), "without header lines");
    BOOST_TEST(!log_reader::read(good + good, false).complaints.empty(), "the same sequence number twice");
}

BOOST_AUTO_TEST_CASE(every_session_begins_with_a_connection_and_ends_with_one) {
    for (const auto& file : logs_of(CONNLAB_SOURCE_DIR "/scenarios/hops/three-hops-from-a-partner.yaml")) {
        std::map<std::string, std::string> events;
        for (const auto& r : log_reader::read(file.text, true).rows)
            if (r.event == '+' || r.event == '-')
                events[r.session] += r.event;
        for (const auto& [session, seen] : events)
            BOOST_TEST(seen == "+-", file.path << " " << session);
    }
}

// KB4495258: the excerpt's rows, and ours of the same fault on an Exchange of that age.
BOOST_AUTO_TEST_CASE(a_failed_credential_reads_as_in_the_published_excerpt,
                     *boost::unit_test::precondition(recordings_are_there)) {
    std::ifstream in(excerpt);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto real = log_reader::read(text, false);
    for (const auto& c : real.complaints)
        BOOST_ERROR("the published excerpt: " << c);
    const auto theirs = contexts(real.rows);
    BOOST_TEST_REQUIRE(theirs.size() > 4U);
    auto loaded =
        scenario::load(CONNLAB_SOURCE_DIR "/scenarios/certificates/own-certificate-not-enabled-for-smtp.yaml",
                       command::disk_reader());
    BOOST_REQUIRE(loaded.value);
    log_everything(*loaded.value);
    for (auto& s : loaded.value->organizations.front().servers)
        s.version = *exchange::parse_exchange_version("Exchange2016");
    const auto keys = certs::key_pool::open(certs::key_pool::default_folder());
    const auto run = lab::run(*loaded.value, **keys, {});
    BOOST_REQUIRE(run.record);
    bool same = false;
    for (const auto& file : report::protocol_logs(*run.record)) {
        const auto ours = contexts(log_reader::read(file.text, true).rows);
        same = same || std::search(ours.begin(), ours.end(), theirs.begin(), theirs.end()) != ours.end();
    }
    BOOST_TEST(same, "no log of ours has the rows of the excerpt in their order");
}

BOOST_AUTO_TEST_SUITE_END()
