// What lies below --artifacts of a server's queues.
#include "sim/report/queue_viewer.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::report;

namespace {

trace::queue_record queue(const char* server, const char* identity) {
    trace::queue_record q;
    q.server = server;
    q.identity = identity;
    q.delivery_type = "DnsConnectorDelivery";
    q.next_hop_domain = "contoso.com";
    q.status = "Retry";
    q.message_count = 2;
    q.last_error = "[{LRT=6/3/2024 9:00:00 AM};{LED=421 4.2.1 Unable to connect};{FQDN=mx};{IP=203.0.113.9}]";
    q.next_hop_connector = "5fd48e8c-6a1c-4d63-9d0a-2f0a3f6a1f10";
    q.retry_count = 1;
    q.last_retry_local = "6/3/2024 1:00:00 PM";
    q.next_retry_local = "6/3/2024 1:01:00 PM";
    return q;
}

} // namespace

BOOST_AUTO_TEST_SUITE(queue_viewer)

// powershell-output: the name padded to the longest one, an empty value prints nothing behind the colon
BOOST_AUTO_TEST_CASE(a_queue_is_printed_as_format_list) {
    trace::run_record run;
    run.steps.resize(2);
    run.steps[0].number = 1;
    run.steps[0].verb = "Send";
    run.steps[0].ended = *parse_instant("2024-06-03T09:00:00Z");
    run.steps[0].queues = {queue("TESTMS05", "TESTMS05\\3"), queue("EDGE01", "EDGE01\\3")};
    const auto files = queue_views(run);
    BOOST_TEST_REQUIRE(files.size() == 2U);
    BOOST_TEST(files[0].path == "EDGE01/Queues.txt");
    BOOST_TEST(files[1].text == "# after step 1, Send : 2024-06-03T09:00:00Z\r\n\r\n"
                                "Identity         : TESTMS05\\3\r\n"
                                "DeliveryType     : DnsConnectorDelivery\r\n"
                                "NextHopDomain    : contoso.com\r\n"
                                "NextHopConnector : 5fd48e8c-6a1c-4d63-9d0a-2f0a3f6a1f10\r\n"
                                "TlsDomain        :\r\n"
                                "Status           : Retry\r\n"
                                "MessageCount     : 2\r\n"
                                "RetryCount       : 1\r\n"
                                "LastRetryTime    : 6/3/2024 1:00:00 PM\r\n"
                                "NextRetryTime    : 6/3/2024 1:01:00 PM\r\n"
                                "LastError        : [{LRT=6/3/2024 9:00:00 AM};{LED=421 4.2.1 Unable to "
                                "connect};{FQDN=mx};{IP=203.0.113.9}]\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_step_of_several_lines_has_a_heading_of_one) {
    trace::run_record run;
    run.steps.resize(1);
    run.steps[0].number = 1;
    run.steps[0].verb = "Run";
    run.steps[0].text = "# why\nSuspend-Queue TESTMS05\\3\nGet-Queue";
    run.steps[0].ended = *parse_instant("2024-06-03T09:00:00Z");
    run.steps[0].queues = {queue("TESTMS05", "TESTMS05\\3")};
    const auto text = queue_views(run).at(0).text;
    BOOST_TEST(text.substr(0, text.find("\r\n")) ==
               "# after step 1, Run Suspend-Queue TESTMS05\\3 …: 2024-06-03T09:00:00Z");
}

BOOST_AUTO_TEST_CASE(empty_queues_leave_no_file) {
    BOOST_TEST(queue_views({}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
