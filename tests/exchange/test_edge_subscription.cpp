// Hybrid sheet 4.2 and 4.6: the file, the objects it makes, what is refused.
#include "certs/base64.hpp"
#include "tests/exchange/edge_world.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace fixtures;
using namespace connlab::exchange;
using namespace std::chrono_literals;

namespace {

const char* const site = "Default-First-Site-Name";

const send_connector& connector(const organization& o, const std::string& name) {
    for (const auto& c : o.send_connectors)
        if (c.name == name)
            return c;
    BOOST_FAIL("no Send connector " + name);
    return o.send_connectors.front();
}

std::string without(std::string xml, const std::string& element) {
    const auto begin = xml.find("<" + element + ">");
    const auto end = xml.find("</" + element + ">");
    return xml.erase(begin, end + element.size() + 3 - begin);
}

const std::vector<std::string> elements{"EdgeServerName", "EdgeServerFQDN", "EdgeCertificateBlob",
                                        "ESRAUsername",   "ESRAPassword",   "EffectiveDate",
                                        "Duration",       "AdamSslPort",    "ProductID",
                                        "VersionNumber",  "SerialNumber"};

} // namespace

BOOST_AUTO_TEST_SUITE(edge_subscription_objects)

BOOST_AUTO_TEST_CASE(the_file_holds_the_eleven_elements_and_reads_as_it_was_written) {
    edge_world w;
    const auto file = w.exported(at(noon));
    const auto xml = to_xml(file);
    for (const auto& name : elements)
        BOOST_TEST(xml.find("<" + name) != std::string::npos, name);
    BOOST_TEST(xml.find("<ESRAUsername>ESRA.EDGE01</ESRAUsername>") != std::string::npos);
    BOOST_TEST(xml.find("<Duration>864000000000</Duration>") != std::string::npos); // 24 h in ticks of 100 ns
    BOOST_TEST(xml.find(certs::base64_encoded(w.certificates.cert("edge").der())) != std::string::npos);
    const auto read = from_xml(xml);
    BOOST_TEST(read.errors.empty());
    BOOST_TEST(to_xml(read.value) == xml);
    BOOST_TEST((read.value.effective == at(noon)));
    BOOST_TEST(read.value.password == file.password);
}

BOOST_AUTO_TEST_CASE(an_element_that_is_missing_is_named) {
    edge_world w;
    const auto xml = to_xml(w.exported(at(noon)));
    for (const auto& name : elements) {
        if (xml.find("<" + name + ">") == std::string::npos) // empty: <ProductID />
            continue;
        const auto read = from_xml(without(xml, name));
        BOOST_REQUIRE_EQUAL(read.errors.size(), 1U);
        BOOST_TEST(read.errors[0] == name + " is missing");
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_subscription_file_says_so) {
    const auto first = [](const std::string& text) { return from_xml(text).errors.at(0); };
    BOOST_TEST(first("").find("no XML") != std::string::npos);
    BOOST_TEST(first("<a").find("no XML") != std::string::npos);
    BOOST_TEST(first("<html/>") == "the file is a html, not an EdgeSubscriptionData");
    BOOST_TEST(
        first("<!DOCTYPE lolz [<!ENTITY lol \"lol\">]><EdgeSubscriptionData/>").find("document type") !=
        std::string::npos);
    BOOST_TEST(first(std::string(2 << 20, ' ')).find("so large") != std::string::npos);
    std::string deep;
    for (int i = 0; i < 50000; ++i)
        deep += "<a>";
    BOOST_TEST(!from_xml(deep).errors.empty());
}

BOOST_AUTO_TEST_CASE(a_file_with_any_byte_changed_or_cut_is_read_or_refused) {
    edge_world w;
    const auto xml = to_xml(w.exported(at(noon)));
    std::mt19937 draw(4);
    for (std::size_t i = 0; i < 2000; ++i) {
        auto changed = xml;
        changed[draw() % xml.size()] = static_cast<char>(draw());
        from_xml(changed);
        from_xml(std::string_view(xml).substr(0, draw() % xml.size()));
    }
}

BOOST_AUTO_TEST_CASE(the_import_makes_the_two_connectors) { // 4.6
    edge_world w;
    w.subscribe(at(noon));
    const auto& in = connector(w.o, "EdgeSync - Inbound to Default-First-Site-Name");
    BOOST_TEST(to_string(in.address_spaces->at(0)) == "SMTP:--;1");
    BOOST_TEST(*in.smart_hosts == std::vector<std::string>{"--"});
    BOOST_TEST(!*in.dns_routing_enabled);
    BOOST_TEST(*in.source_transport_servers == std::vector<std::string>{"EDGE01"});
    const auto& out = connector(w.o, "EdgeSync - Default-First-Site-Name to Internet");
    BOOST_TEST(to_string(out.address_spaces->at(0)) == "SMTP:*;100");
    BOOST_TEST(out.smart_hosts->empty());
    BOOST_TEST(*out.dns_routing_enabled);
    BOOST_TEST(*out.domain_secure_enabled);
    for (const auto* made : {&in, &out})
        BOOST_TEST(validate(*made, server_role::mailbox).empty());
    BOOST_TEST((w.subscription().certificate == w.certificates.cert("edge")));
    BOOST_TEST(*w.edge().edge_subscription == site);
}

BOOST_AUTO_TEST_CASE(a_second_edge_shares_the_connectors_and_leaves_them_behind) {
    edge_world w;
    w.subscribe(at(noon));
    auto other = w.edge();
    other.name = "EDGE02";
    other.fqdn = std::string("edge02.varunagroup.de");
    w.o.servers.push_back(other);
    const auto file = export_edge_subscription(w.o.servers.back(), at(noon), bootstrap_lifetime);
    BOOST_TEST(w.imported(to_xml(*file), site, at(noon)).empty());
    const std::vector<std::string> both{"EDGE01", "EDGE02"};
    BOOST_TEST(*connector(w.o, internet_connector_name(site)).source_transport_servers == both);
    remove_edge_subscription(w.o, "EDGE01");
    BOOST_TEST(*connector(w.o, internet_connector_name(site)).source_transport_servers ==
               std::vector<std::string>{"EDGE02"});
    remove_edge_subscription(w.o, "edge02.varunagroup.de");
    BOOST_TEST(w.o.send_connectors.size() == 1U); // that of the administrator
    BOOST_TEST(w.o.edge_subscriptions.empty());
    BOOST_TEST(w.ms05().edge_credentials.empty());
    BOOST_TEST(w.ms05().known_internal_certificates.empty());
}

BOOST_AUTO_TEST_CASE(the_file_is_good_for_24_hours) {
    edge_world w;
    const auto xml = to_xml(w.exported(at(noon)));
    BOOST_TEST(!w.imported(xml, site, at(noon) + 24h).empty());
    BOOST_TEST(!w.imported(xml, site, at(noon) - 1s).empty());
    BOOST_TEST(w.o.edge_subscriptions.empty());
    BOOST_TEST(w.imported(xml, site, at(noon) + 24h - 1s).empty());
}

BOOST_AUTO_TEST_CASE(a_new_subscription_overwrites_the_old_one_for_the_same_site_alone) {
    edge_world w;
    w.subscribe(at(noon));
    w.ms06().site = std::string("Bonn");
    w.set_default(w.edge(), "other");
    const auto xml = to_xml(w.exported(at(noon)));
    BOOST_TEST(w.imported(xml, "Bonn", at(noon)).at(0) ==
               "EDGE01 is subscribed to the site Default-First-Site-Name");
    BOOST_TEST(w.imported(xml, site, at(noon)).empty());
    BOOST_TEST(w.o.edge_subscriptions.size() == 1U);
    BOOST_TEST((w.subscription().certificate == w.certificates.cert("other")));
}

BOOST_AUTO_TEST_CASE(the_name_in_the_file_is_that_of_the_edge_at_the_address) {
    edge_world w;
    auto file = w.exported(at(noon));
    const auto refusal = [&](const char* name) {
        file.server_name = name;
        const auto errors = w.imported(to_xml(file), site, at(noon));
        BOOST_REQUIRE_EQUAL(errors.size(), 1U);
        return errors[0];
    };
    BOOST_TEST(refusal("TESTMS05") == "EdgeServerName `TESTMS05` is a Mailbox server of the organization");
    for (const auto* name : {"EDGE02", "edge01.varunagroup.de", "../x"})
        BOOST_TEST(refusal(name) ==
                   "no Edge `" + std::string(name) + "` (EdgeServerName) answers at `edge01.varunagroup.de`");
    BOOST_TEST(w.o.edge_subscriptions.empty());
    file.server_name = "edge01";
    BOOST_TEST(w.imported(to_xml(file), site, at(noon)).empty());
}

BOOST_AUTO_TEST_CASE(an_edge_without_a_default_certificate_writes_no_file) {
    edge_world w;
    w.edge().internal_transport_thumbprint.clear();
    BOOST_TEST(!export_edge_subscription(w.edge(), at(noon), bootstrap_lifetime));
    BOOST_TEST(!w.edge().adlds.subscribed);
}

BOOST_AUTO_TEST_SUITE_END()
