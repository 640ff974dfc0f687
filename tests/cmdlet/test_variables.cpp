// Variables of one text, as administrators use them: a certificate's names, a list that grows.
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace shells;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

diagnostic first_error(std::string_view text) {
    const auto all = cmdlet::check(text, {"x.yaml", 3, 10, 1});
    BOOST_REQUIRE(!all.empty());
    return all.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(cmdlet_variables)

BOOST_AUTO_TEST_CASE(a_value_is_assigned_and_used) {
    organization_and_queues w;
    w.changes("$domain = 'mail.contoso.com'\nSet-SendConnector 'To Contoso' -TlsDomain $domain");
    BOOST_TEST(*w.organization.send_connectors.front().tls_domain == "mail.contoso.com");
    w.changes("$on = $false; Set-SendConnector Internet -Enabled $on");
    BOOST_TEST(!*w.organization.send_connectors.back().enabled);
}

BOOST_AUTO_TEST_CASE(texts_expand_variables_and_properties) {
    organization_and_queues w;
    w.changes("$c = Get-SendConnector 'To Contoso'\n"
              "$n = 'X'\n"
              "Set-SendConnector Internet -Comment \"$n: $($c.Name), `$5, $($c.RequireTLS)\"");
    BOOST_TEST(
        says(w.output("Get-SendConnector Internet | fl Comment"), "Comment : X: To Contoso, $5, True\n"));
}

BOOST_AUTO_TEST_CASE(a_property_that_is_a_list_grows) {
    organization_and_queues w;
    w.changes("Set-SendConnector Internet -DNSRoutingEnabled $false -SmartHosts relay.contoso.com");
    w.changes("$c = Get-SendConnector Internet; $c.SmartHosts += 'relay2.contoso.com'\n"
              "Set-SendConnector $c -SmartHosts $c.SmartHosts");
    BOOST_TEST(*w.organization.send_connectors.back().smart_hosts ==
                   (std::vector<std::string>{"relay.contoso.com", "relay2.contoso.com"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_list_variable_grows) {
    organization_and_queues w;
    w.changes("$d = 'contoso.com'; $d += 'fabrikam.com'; Set-TransportConfig -TLSSendDomainSecureList $d");
    BOOST_TEST(w.organization.transport.tls_send_domain_secure_list->size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_a_variable_cannot_be_is_said) {
    organization_and_queues w;
    BOOST_TEST(says(w.refusal("Set-SendConnector Internet -Comment $nothing"),
                    "`$nothing` has no value in this text"));
    BOOST_TEST(says(w.refusal("$c = Get-SendConnector; Set-SendConnector Internet -Comment $c.Name"),
                    "holds 2 objects"));
    BOOST_TEST(says(w.refusal("$c = Get-SendConnector Internet; Set-SendConnector Internet -Comment $c.Nmae"),
                    "no property Nmae"));
    BOOST_TEST(says(w.refusal("$c = Set-SendConnector Internet -Enabled $false"),
                    "a variable takes a value or what"));
    BOOST_TEST(says(w.refusal("$c = 'x'; $c.Name = 'y'"), "does not hold one object"));
}

BOOST_AUTO_TEST_CASE(a_check_without_a_model_looks_at_what_it_can_know) {
    BOOST_TEST(cmdlet::check("$c = Get-ExchangeCertificate 00AA\n$t = \"<I>$($c.Issuer)<S>$($c.Subject)\"\n"
                             "Set-SendConnector Internet -TlsCertificateName $t",
                             {"x.yaml", 1, 1, 1})
                   .empty());
    BOOST_TEST(
        says(first_error("$b = 'perhaps'; Set-SendConnector Internet -Enabled $b").message, "Boolean"));
    const auto e = first_error("Set-SendConnector Internet -Comment $x");
    BOOST_TEST(e.mark.column == 10 + 36);
    BOOST_TEST(e.mark.length == 2);
}

BOOST_AUTO_TEST_SUITE_END()
