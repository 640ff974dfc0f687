// What stands between the servers: on-premises sheet F12, E14, S-POSTAL.
#include "sim/lab/path_device.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using lab::path_device;
using scenario::fault_kind;

namespace {

const std::string ehlo = "250-mx.contoso.com Hello [192.168.10.5]\r\n250-SIZE 37748736\r\n250-STARTTLS\r\n"
                         "250-X-ANONYMOUSTLS\r\n250-8BITMIME\r\n250 XRDST\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(path_devices)

BOOST_AUTO_TEST_CASE(a_firewall_overwrites_banner_and_keywords) {
    const path_device d(fault_kind::masked);
    BOOST_TEST(d.to_client("220 mx.contoso.com\r\n", false) == "220 **************\r\n");
    BOOST_TEST(d.to_client(ehlo, false) ==
               "250-mx.contoso.com Hello [192.168.10.5]\r\n250-SIZE 37748736\r\n"
               "250-XXXXXXXA\r\n250-XXXXXXXXXXXXXA\r\n250-8BITMIME\r\n250 XXXXA\r\n");
    BOOST_TEST(d.to_client("220 2.0.0 SMTP server ready\r\n", false) == "220 2.0.0 SMTP server ready\r\n");
    BOOST_TEST(d.to_client("250 2.1.0 Sender OK\r\n", false) == "250 2.1.0 Sender OK\r\n");
}

BOOST_AUTO_TEST_CASE(starttls_may_survive_the_mask) {
    const auto seen = path_device(fault_kind::masked_tls).to_client(ehlo, false);
    BOOST_TEST(seen.find("250-STARTTLS\r\n") != std::string::npos);
    BOOST_TEST(seen.find("250 XXXXA\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(starttls_is_stripped_also_where_it_is_the_last_keyword) {
    const path_device d(fault_kind::starttls_stripped);
    BOOST_TEST(d.to_client("250-mx\r\n250-SIZE\r\n250 STARTTLS\r\n", false) == "250-mx\r\n250 SIZE\r\n");
    BOOST_TEST(d.to_client("250-mx\r\n250 STARTTLS\r\n", false) == "250 mx\r\n");
}

BOOST_AUTO_TEST_CASE(inside_tls_nothing_is_changed) {
    for (const auto kind : {fault_kind::masked, fault_kind::starttls_stripped, fault_kind::rewrites}) {
        BOOST_TEST(path_device(kind).to_client(ehlo, true) == ehlo);
        BOOST_TEST(path_device(kind).content_to_server("A: b\r\n\r\nx\r\n.\r\n", true) ==
                   "A: b\r\n\r\nx\r\n.\r\n");
    }
}

BOOST_AUTO_TEST_CASE(a_rewriting_relay_takes_exchange_headers_off) {
    const path_device d(fault_kind::rewrites);
    BOOST_TEST(d.content_to_server(
                   "Subject: x\r\nX-MS-Exchange-CrossPremises-AuthAs:\r\n Internal\r\nTo: <a@b>\r\n\r\n"
                   "X-MS-Exchange-Body: stays\r\n.\r\n",
                   false) == "X-Rewritten-By: a device on the path\r\nSubject: x\r\nTo: <a@b>\r\n\r\n"
                             "X-MS-Exchange-Body: stays\r\n.\r\n");
    BOOST_TEST(d.content_to_server("no header\r\n.\r\n", false) == "no header\r\n.\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
