// On-premises sheet 6.1 to 6.3, 6.5 and 6.6.
#include "sim/report/protocol_logs.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>

using namespace connlab;
using namespace connlab::report;

namespace {

instant at(const char* text) {
    return *parse_instant(text);
}

/// A connection from EX02 to EX01 of which both keep a log.
trace::session_record session(const char* begun = "2023-01-11T16:59:51Z") {
    trace::session_record s;
    s.client_endpoint = "10.0.0.2";
    s.server_endpoint = "10.0.0.1:25";
    s.begun = at(begun);
    s.send_log = {"EX02",
                  "Hub",
                  "To EX01",
                  true,
                  {{s.begun, '*', "", "attempting to connect"}, {s.begun, '+', "", ""}}};
    s.receive_log = {"EX01", "FrontEnd", "EX01\\Default Frontend EX01", true, {{s.begun, '+', "", ""}}};
    return s;
}

trace::run_record run_of(std::vector<trace::session_record> sessions) {
    trace::run_record run;
    run.steps.emplace_back();
    run.steps.back().flows.emplace_back();
    run.steps.back().flows.back().sessions = std::move(sessions);
    return run;
}

std::vector<std::string> paths(const trace::run_record& run) {
    std::vector<std::string> out;
    for (const auto& f : protocol_logs(run))
        out.push_back(f.path);
    return out;
}

/// The lines of the only receive log.
std::vector<std::string> received(const trace::session_record& s) {
    const auto files = protocol_logs(run_of({s}));
    std::vector<std::string> out;
    for (const auto& f : files)
        if (f.path.find("SmtpReceive") != std::string::npos) {
            std::istringstream text(f.text);
            for (std::string line; std::getline(text, line);) {
                BOOST_TEST_REQUIRE(!line.empty());
                BOOST_TEST(line.back() == '\r');
                line.pop_back();
                out.push_back(line);
            }
        }
    return out;
}

/// A line without its first six columns: event, data, context.
std::string tail(std::string line) {
    for (int column = 0; column < 6; ++column)
        line.erase(0, line.find(',') + 1);
    return line;
}

} // namespace

BOOST_AUTO_TEST_SUITE(protocol_logs_)

BOOST_AUTO_TEST_CASE(files_lie_where_exchange_puts_them) { // 6.1
    auto edge = session();
    edge.send_log.service = edge.receive_log.service = "Edge";
    auto delivery = session("2023-01-11T17:00:00Z");
    delivery.send_log = {};
    delivery.receive_log.service = "Mailbox";
    const std::vector<std::string> expected{
        "EX01/TransportRoles/Logs/Edge/ProtocolLog/SmtpReceive/RECV2023011116-1.LOG",
        "EX01/TransportRoles/Logs/FrontEnd/ProtocolLog/SmtpReceive/RECV2023011116-1.LOG",
        "EX01/TransportRoles/Logs/Mailbox/ProtocolLog/SmtpReceive/Delivery/RECV2023011117-1.LOG",
        "EX02/TransportRoles/Logs/Edge/ProtocolLog/SmtpSend/SEND2023011116-1.LOG",
        "EX02/TransportRoles/Logs/Hub/ProtocolLog/SmtpSend/SEND2023011116-1.LOG"};
    BOOST_TEST(paths(run_of({session(), session(), edge, delivery})) == expected,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(header_lines_are_those_of_real_files) { // 6.2
    const std::vector<std::string> expected{"#Software: Microsoft Exchange Server", "#Version: 15.0.0.0",
                                            "#Log-type: SMTP Receive Protocol Log",
                                            "#Date: 2023-01-11T16:59:51.000Z",
                                            "#Fields: "
                                            "date-time,connector-id,session-id,sequence-number,local-"
                                            "endpoint,remote-endpoint,event,data,context"};
    auto lines = received(session());
    BOOST_TEST_REQUIRE(lines.size() > expected.size());
    lines.resize(expected.size());
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rows_read_as_in_the_published_excerpts) { // 6.6, first one
    auto s = session();
    const std::string columns = "Sending certificate Subject Issuer name Serial number Thumbprint Not before "
                                "Not after Subject alternate names";
    auto& rows = s.receive_log.rows;
    rows.push_back(
        {s.begun, '>',
         "220 EX01.DOMAIN.TEST Microsoft ESMTP MAIL Service ready at Wed, 11 Jan 2023 16:59:51 +0100", ""});
    rows.push_back({s.begun, '<', "EHLO [95.10.20.33]", ""});
    rows.push_back({s.begun, '*', " CN=EX01 CN=R3, O=Let's Encrypt, C=US 12DE", columns});
    rows.push_back({s.begun, '*', "", "Client certificate chain validation status: 'EmptyCertificate'"});
    rows.push_back({s.begun, '-', "", "Remote"});
    const auto lines = received(s);
    BOOST_TEST_REQUIRE(lines.size() == 11U);
    BOOST_TEST(lines[6].find("2023-01-11T16:59:51.000Z,EX01\\Default Frontend EX01,") == 0U);
    BOOST_TEST(tail(lines[5]) == "+,,");
    BOOST_TEST(
        tail(lines[6]) ==
        ">,\"220 EX01.DOMAIN.TEST Microsoft ESMTP MAIL Service ready at Wed, 11 Jan 2023 16:59:51 +0100\",");
    BOOST_TEST(tail(lines[7]) == "<,EHLO [95.10.20.33],");
    BOOST_TEST(tail(lines[8]) == "*,\" CN=EX01 CN=R3, O=Let's Encrypt, C=US 12DE\"," + columns);
    BOOST_TEST(tail(lines[9]) == "*,,Client certificate chain validation status: 'EmptyCertificate'");
    BOOST_TEST(tail(lines[10]) == "-,,Remote");
}

BOOST_AUTO_TEST_CASE(a_quote_in_a_field_is_doubled) {
    auto s = session();
    s.receive_log.rows.push_back({s.begun, '<', "MAIL FROM:<\"a b\"@contoso.com>", ""});
    const auto lines = received(s);
    BOOST_TEST(tail(lines[6]) == "<,\"MAIL FROM:<\"\"a b\"\"@contoso.com>\",");
}

BOOST_AUTO_TEST_CASE(mail_begins_a_message_in_the_receive_log) { // 6.4, other lines
    auto s = session();
    s.receive_log.rows.push_back({s.begun, '<', "MAIL FROM:<a@contoso.com>", ""});
    s.receive_log.rows.push_back({s.begun, '<', "mail from:<a@contoso.com>", ""});
    const auto lines = received(s);
    const std::string id = lines[5].substr(lines[5].find("EX01,") + 5, 16);
    BOOST_TEST(id.find_first_not_of("0123456789ABCDEF") == std::string::npos);
    BOOST_TEST(tail(lines[7]) == "*," + id + ";2023-01-11T16:59:51.000Z;1,receiving message");
    BOOST_TEST(tail(lines[9]) == "*," + id + ";2023-01-11T16:59:51.000Z;2,receiving message");
}

BOOST_AUTO_TEST_CASE(rows_are_counted_from_0_and_each_session_has_an_id_of_its_own) { // 6.3
    const auto files = protocol_logs(run_of({session(), session()}));
    BOOST_TEST_REQUIRE(files.size() == 2U);
    std::istringstream text(files[1].text); // EX02 sends
    std::set<std::string> ids;
    std::vector<std::string> rows;
    for (std::string line; std::getline(text, line);)
        if (line[0] != '#') {
            ids.insert(line.substr(line.find("To EX01,") + 8, 16));
            rows.push_back(line.substr(line.find("To EX01,") + 25));
        }
    BOOST_TEST(ids.size() == 2U);
    BOOST_TEST_REQUIRE(rows.size() == 4U);
    BOOST_TEST(rows[0] == "0,,10.0.0.1:25,*,,attempting to connect\r"); // no local endpoint yet
    BOOST_TEST(rows[1] == "1,10.0.0.2:10000,10.0.0.1:25,+,,\r");
    BOOST_TEST(rows[3] == "1,10.0.0.2:10001,10.0.0.1:25,+,,\r");
}

BOOST_AUTO_TEST_CASE(logging_level_none_writes_nothing) {
    auto s = session();
    s.send_log.verbose = false;
    s.receive_log = {}; // a plain SMTP server
    BOOST_TEST(paths(run_of({s})).empty());
}

BOOST_AUTO_TEST_SUITE_END()
