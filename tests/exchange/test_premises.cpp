// Exchange Online sheet 3.5, 3.6: remote domains between the premises of one organization.
#include "sim/exchange/premises.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;

namespace {

remote_domain domain(const char* name, bool inbound, bool outbound, bool target) {
    remote_domain d;
    d.name = name;
    d.domain_name = std::string(name);
    d.trusted_mail_inbound_enabled = inbound;
    d.trusted_mail_outbound_enabled = outbound;
    d.target_delivery_domain = target;
    return d;
}

organization hybrid() {
    auto o = varunagroup();
    o.remote_domains = {
        domain("*", false, false, false), domain("varunagroup.onmicrosoft.com", true, false, false),
        domain("varunagroup.mail.onmicrosoft.com", false, false, true),
        domain("*.sister.example", true, true, false), domain("lost.sister.example", false, false, false)};
    return o;
}

bool trusts(std::string_view who) {
    const auto d = trusts_originator(hybrid(), {std::string(who), "XOORG"});
    is_complete(d.why);
    BOOST_TEST(d.why.rule ==
               (d.value ? "exchange.headers.originator-trusted" : "exchange.headers.originator-not-trusted"));
    return d.value;
}

} // namespace

BOOST_AUTO_TEST_SUITE(premises)

BOOST_AUTO_TEST_CASE(trusted_mail_inbound_says_who_is_believed) { // 3.6
    BOOST_TEST(trusts("varunagroup.onmicrosoft.com"));
    BOOST_TEST(trusts("VARUNAGROUP.onmicrosoft.com"));
    BOOST_TEST(trusts("mx.sister.example"));
    BOOST_TEST(trusts("varunagroup.de"));       // accepted
    BOOST_TEST(!trusts("lost.sister.example")); // the more specific one says no
    BOOST_TEST(!trusts("contoso.com"));
    BOOST_TEST(!trusts("varunagroup.mail.onmicrosoft.com"));
    BOOST_TEST(!trusts(""));
}

BOOST_AUTO_TEST_CASE(the_session_names_the_organization_before_the_message_does) { // 3.4
    const std::string content = "X-OriginatorOrg: header.example\r\n\r\n";
    BOOST_TEST(originator_of("xoorg.example", content, "sender.example").domain == "xoorg.example");
    BOOST_TEST(originator_of("", content, "sender.example").domain == "header.example");
    const auto by_sender = originator_of("", "Subject: x\r\n\r\n", "sender.example");
    BOOST_TEST(by_sender.domain == "sender.example");
    BOOST_TEST(by_sender.named_by == "MAIL FROM");
}

BOOST_AUTO_TEST_CASE(recipients_of_the_other_premises_are_in_a_target_or_trusted_domain) { // 3.6
    const auto reason = [](std::string_view to) {
        return crossing_to(hybrid().remote_domains, "mbx.example", to).reason;
    };
    BOOST_TEST(reason("varunagroup.mail.onmicrosoft.com") ==
               "TargetDeliveryDomain of remote domain varunagroup.mail.onmicrosoft.com");
    BOOST_TEST(reason("mx.sister.example") == "TrustedMailOutboundEnabled of remote domain *.sister.example");
    BOOST_TEST(reason("varunagroup.onmicrosoft.com").empty());
    BOOST_TEST(reason("contoso.com").empty());
}

BOOST_AUTO_TEST_SUITE_END()
