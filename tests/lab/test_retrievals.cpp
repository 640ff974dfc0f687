// What Windows fetches while flows are played: over which way, in virtual time, and what is remembered when.
#include "sim/report/json.hpp"
#include "tests/lab/worlds.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

using namespace connlab;
using namespace connlab::lab::tests;
using namespace std::chrono_literals;
using trace::flow_outcome;

namespace {

const std::string checked = R"(
CertificationAuthorities:
  Public: {Crl: "http://crl.public.test/root.crl"}
Organizations:
  Varunagroup:
    SendConnectors:
      To Contoso: {RequireTLS: true, TlsAuthLevel: CertificateValidation}
Steps:
)";
const std::string send = "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n";

std::string at_once(int count) {
    std::string out = "  - Send:\n";
    for (int i = 0; i < count; ++i)
        out += fmt::format("      - {{From: anna@varunagroup.de, To: user{}@contoso.com}}\n", i);
    return out;
}

std::string fault(const std::string& kind) {
    return "  - Fault: {Authority: Public, Of: Crl, Kind: " + kind + "}\n";
}

std::vector<trace::retrieval_record> retrievals_of(const trace::flow_record& f) {
    auto out = f.retrievals;
    for (const auto& s : f.sessions)
        out.insert(out.end(), s.retrievals.begin(), s.retrievals.end());
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(retrievals)

BOOST_AUTO_TEST_CASE(a_list_is_fetched_once_and_remembered_after_the_step) {
    const auto record = record_of(checked + at_once(3) + send);
    for (const auto& f : record.steps[0].flows) { // none sees what the others of its step fetch
        BOOST_TEST((f.outcome == flow_outcome::delivered));
        BOOST_REQUIRE(retrievals_of(f).size() == 1U);
        const auto one = retrievals_of(f).front();
        BOOST_TEST(one.server == "TESTMS05");
        BOOST_TEST(one.what == "CRL");
        BOOST_TEST(one.by == "HTTP");
        BOOST_TEST(one.fetched);
        BOOST_TEST(one.took.count() == 0);
        BOOST_TEST((one.answer == fmt::format("HTTP 200, {} bytes", one.body.size())));
    }
    BOOST_TEST(retrievals_of(record.steps[1].flows[0]).empty());
}

BOOST_AUTO_TEST_CASE(the_record_does_not_depend_on_the_threads) {
    const auto text = checked + at_once(20) + fault("Silent") + "  - Clear-UrlCache: all\n" + at_once(20) +
                      fault("None") + "  - Retry: all\n  - Advance: 8d\n" + at_once(5);
    const auto expected = report::json(std::vector{record_of(text, 1)});
    for (const unsigned threads : {2U, 4U})
        BOOST_TEST((report::json(std::vector{record_of(text, threads)}) == expected));
}

BOOST_AUTO_TEST_CASE(silence_costs_ten_virtual_seconds_and_no_real_ones) {
    const auto begun = std::chrono::steady_clock::now();
    const auto record = record_of(checked + fault("Silent") + send);
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 10s));
    const auto& f = record.steps[1].flows[0];
    BOOST_TEST((f.outcome == flow_outcome::retry));
    BOOST_TEST((f.ended - f.begun == 10s));
    BOOST_TEST((retrievals_of(f).front().took == 10s));
}

BOOST_AUTO_TEST_CASE(a_late_answer_delays_the_message_by_as_much) {
    const auto record =
        record_of(checked + "  - Fault: {Authority: Public, Of: Crl, Kind: Latency, Delay: 7s}\n" + send);
    const auto& f = record.steps[1].flows[0];
    BOOST_TEST((f.outcome == flow_outcome::delivered));
    BOOST_TEST((f.ended - f.begun == 7s));
}

BOOST_AUTO_TEST_CASE(clearing_one_servers_cache_leaves_the_others) {
    const std::string both = R"(
CertificationAuthorities:
  Public: {Crl: "http://crl.public.test/root.crl"}
Organizations:
  Varunagroup:
    Servers:
      SECOND: {Role: Mailbox, Fqdn: second.varunagroup.de, IPAddress: 192.168.10.6}
    SendConnectors:
      To Contoso: {RequireTLS: true, TlsAuthLevel: CertificateValidation}
Steps:
)";
    const std::string each = "  - Send:\n"
                             "      - {From: anna@varunagroup.de, To: bob@contoso.com}\n"
                             "      - {From: anna@varunagroup.de, To: bob@contoso.com, Server: SECOND}\n";
    const auto record = record_of(both + each + "  - Clear-UrlCache: SECOND\n" + each);
    BOOST_TEST(retrievals_of(record.steps[0].flows[1]).front().server == "SECOND");
    BOOST_TEST(retrievals_of(record.steps[2].flows[0]).empty());
    BOOST_TEST(retrievals_of(record.steps[2].flows[1]).size() == 1U);
}

BOOST_AUTO_TEST_CASE(bodies_stay_out_of_the_json_record) {
    const auto record = record_of(checked + send);
    const auto body = retrievals_of(record.steps[0].flows[0]).front().body;
    BOOST_REQUIRE(!body.empty());
    BOOST_TEST(report::json(std::vector{record}).find(body) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
