// Exchange Online sheet 3.7: where the service sends a message on, with centralized mail transport and
// without.
#include "sim/exchange/online_sending.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::exchange;

namespace {

tenant with_connector(const char* domain, bool central) {
    tenant t;
    t.name = domain;
    t.accepted_domains.resize(1);
    t.accepted_domains[0].domain = domain;
    t.accepted_domains[0].type = domain_type::internal_relay;
    t.recipients = std::vector<std::string>{std::string("clara@") + domain};
    t.outbound_connectors.resize(1);
    auto& c = t.outbound_connectors.front();
    c.name = std::string("to ") + domain;
    c.type = online_connector_type::on_premises;
    c.recipient_domains = std::vector<std::string>{central ? "*" : domain};
    c.route_all_messages_via_on_premises = central;
    return t;
}

constexpr auto hosted = directionality::none;
constexpr auto originating = directionality::originating;
constexpr auto incoming = directionality::incoming;

struct stage_row {
    bool central;
    const char* recipient;
    directionality came;
    const char* goes_to; // mailbox, MX, or the connector's name
};

const stage_row rows[] = {
    // from a mailbox: everything but mail from mailbox to mailbox
    {true, "clara@contoso.com", hosted, "mailbox"},
    {true, "anna@contoso.com", hosted, "to contoso.com"},
    {true, "bob@outside.example", hosted, "to contoso.com"},
    {true, "clara@fabrikam.com", hosted, "to contoso.com"},
    // from outside: all of it
    {true, "clara@contoso.com", incoming, "to contoso.com"},
    {true, "anna@contoso.com", incoming, "to contoso.com"},
    // from the own servers: not back to them, unless the mailbox is there
    {true, "clara@contoso.com", originating, "mailbox"},
    {true, "clara@fabrikam.com", originating, "mailbox"},
    {true, "bob@outside.example", originating, "MX"},
    {true, "anna@contoso.com", originating, "to contoso.com"},
    // without it
    {false, "clara@contoso.com", incoming, "mailbox"},
    {false, "anna@contoso.com", incoming, "to contoso.com"},
    {false, "bob@outside.example", hosted, "MX"},
    {false, "bob@outside.example", originating, "MX"},
};

std::string where(const online_stage& s) {
    if (s.step == online_step::mailbox)
        return "mailbox";
    return s.connector == nullptr ? "MX" : s.connector->name;
}

} // namespace

BOOST_AUTO_TEST_SUITE(online_stages)

BOOST_AUTO_TEST_CASE(the_own_servers_come_first_with_centralized_mail_transport) {
    for (const auto& r : rows) {
        const std::vector<tenant> all{with_connector("contoso.com", r.central),
                                      with_connector("fabrikam.com", false)};
        const auto d = select_online_stage(all, all.front(), r.recipient, r.came);
        fixtures::is_complete(d.why);
        BOOST_TEST(where(d.value) == r.goes_to, r.recipient << " " << to_string(r.came));
    }
}

BOOST_AUTO_TEST_CASE(an_authoritative_domain_keeps_the_message_and_says_why) { // 1.7
    std::vector<tenant> all{with_connector("contoso.com", true)};
    all.front().accepted_domains[0].type = domain_type::authoritative;
    const auto d = select_online_stage(all, all.front(), "anna@contoso.com", hosted);
    BOOST_TEST(where(d.value) == "mailbox");
    BOOST_REQUIRE_EQUAL(d.why.because.size(), 1U);
    BOOST_TEST(d.why.because[0].what == "DomainType of contoso.com");
    BOOST_TEST(d.why.because[0].value == "Authoritative");
}

BOOST_AUTO_TEST_CASE(mail_of_another_tenant_goes_to_the_own_servers_of_its_recipient) {
    const std::vector<tenant> all{with_connector("contoso.com", false), with_connector("fabrikam.com", true)};
    const auto d = select_online_stage(all, all.front(), "clara@fabrikam.com", hosted);
    BOOST_TEST(where(d.value) == "to fabrikam.com");
    BOOST_TEST(d.value.owner->name == "fabrikam.com");
    BOOST_TEST(d.why.rule == "exchange.online.stage.central-incoming");
}

BOOST_AUTO_TEST_SUITE_END()
