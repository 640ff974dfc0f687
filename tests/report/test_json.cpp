#include "sim/report/json.hpp"
#include "tests/report/records.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::report;
using namespace connlab::report::test;

namespace js = boost::json;

namespace {

js::value read_back(const trace::run_record& run) {
    return js::parse(report::json(std::vector<trace::run_record>{run}));
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_report)

BOOST_AUTO_TEST_CASE(what_the_record_holds_is_found_by_name) {
    const auto all = read_back(refused_run());
    const auto& flow = all.at_pointer("/runs/0/steps/0/flows/0");
    BOOST_TEST(flow.at("outcome").as_string() == "Retry");
    BOOST_TEST(flow.at("from").as_string() == "anna@varunagroup.de");
    BOOST_TEST(flow.at("reply").as_string() ==
               "454 4.7.5 Certificate validation failure, Reason:SubjectMismatch");
    BOOST_TEST(flow.at("ourText").as_bool());
    BOOST_TEST(flow.at("assumptions").as_array().size() == 1U);
    const auto& session = flow.at("sessions").at(0);
    BOOST_TEST(session.at("decisions").at(0).at("rule").as_string() == "exchange.name.mismatch");
    BOOST_TEST(session.at("decisions").at(0).at("considered").as_array().size() == 2U);
    BOOST_TEST(session.at("handshake").at("suite").as_string() == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    BOOST_TEST(all.at_pointer("/runs/0/steps/0/expectations/0").at("met").as_bool() == false);
}

BOOST_AUTO_TEST_CASE(keys_of_a_session_are_not_in_it) {
    BOOST_TEST(report::json(std::vector<trace::run_record>{refused_run()}).find("CLIENT_RANDOM") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_text_leave_valid_json) {
    auto run = refused_run();
    run.steps.front().flows.front().reply = "550 \x80\xff \x1b[2J \"quoted\"\r";
    const auto text = report::json(std::vector<trace::run_record>{run});
    boost::json::error_code failed;
    js::parse(text, failed);
    BOOST_TEST(!failed);
}

BOOST_AUTO_TEST_CASE(the_same_record_gives_the_same_bytes) {
    const std::vector<trace::run_record> runs{refused_run(), delivered_run()};
    BOOST_TEST(report::json(runs) == report::json(runs));
    BOOST_TEST(report::json(runs).ends_with("}\n"));
}

BOOST_AUTO_TEST_CASE(findings_stand_below_their_scenario) {
    checked_scenario one;
    one.path = "case.yaml";
    one.title = "A case";
    diagnostic d;
    d.message = "RequireTLS without a level";
    d.level = severity::warning;
    one.findings = {d};
    const auto all = js::parse(report::json(std::vector<checked_scenario>{one}));
    BOOST_TEST(all.at_pointer("/scenarios/0/path").as_string() == "case.yaml");
    BOOST_TEST(all.at_pointer("/scenarios/0/findings/0/severity").as_string() == "warning");
}

BOOST_AUTO_TEST_SUITE_END()
