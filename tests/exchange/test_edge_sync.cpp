// Hybrid sheet 3.2, 4.3 to 4.5, 4.7, 4.9: credentials and their renewal, the session, what AD LDS holds then.
#include "certs/base64.hpp"
#include "sim/exchange/direct_trust.hpp"
#include "sim/exchange/edge_credential.hpp"
#include "sim/exchange/edge_sync_status.hpp"
#include "sim/exchange/parameters.hpp"
#include "tests/exchange/edge_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;
using namespace connlab::exchange;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> accounts(const server& edge) {
    std::vector<std::string> out;
    for (const auto& a : edge.adlds.accounts)
        out.push_back(a.user_name);
    return out;
}

std::string property(edge_world& w, const std::string& name, instant when) {
    const auto tested = test_edge_synchronization(w.o, w.subscription(), {true, false}, when, {});
    is_complete(tested.why);
    for (const auto& [known, text] : tested.value)
        if (known == name)
            return text;
    return "no such property";
}

bool is_trusted(const server& by, const certs::certificate& presented) {
    inbound_facts facts;
    facts.client_chain = {presented};
    facts.now = at(noon);
    return judge_trusted_client(by, facts, ip("192.0.2.25")).value.accepted;
}

using names = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(edge_sync)

BOOST_AUTO_TEST_CASE(each_side_decrypts_its_record_of_the_bootstrap_credential) { // 4.3, 2
    edge_world w;
    w.subscribe(at(noon));
    const auto password = w.edge().adlds.accounts.at(0).password;
    BOOST_TEST(*decrypt_credential(w.edge(), w.subscription().credentials.at(0), false).value == password);
    for (const auto* s : {&w.ms05(), &w.ms06()}) {
        const auto& record = s->edge_credentials.at(0);
        BOOST_TEST(record.source_server_fqdn == "");
        BOOST_TEST(record.target_server_fqdn == "edge01.varunagroup.de");
        BOOST_TEST((record.expiration == at(noon) + 24h));
        BOOST_TEST(*decrypt_credential(*s, record, false).value == password);
        BOOST_TEST(!decrypt_credential(*s, record, true).value);
        BOOST_TEST(!decrypt_credential(w.edge(), record, false).value);
    }
    w.set_default(w.ms05(), "other");
    const auto changed = decrypt_credential(w.ms05(), w.ms05().edge_credentials.at(0), false);
    BOOST_TEST(!changed.value);
    BOOST_TEST(changed.why.rule == "exchange.edge-credential.not-decrypted");
}

BOOST_AUTO_TEST_CASE(the_first_session_uses_the_bootstrap_account_and_the_next_one_a_replication_account) {
    edge_world w;
    w.subscribe(at(noon));
    BOOST_TEST(accounts(w.edge()) == names{"ESRA.EDGE01"});
    BOOST_TEST(w.synchronize(w.ms05(), at(noon)).failure == "");
    const names all{"ESRA.EDGE01", "ESRA.EDGE01.TESTMS05.0", "ESRA.EDGE01.TESTMS06.0"};
    BOOST_TEST(accounts(w.edge()) == all);
    BOOST_TEST(select_edge_credential(w.ms06(), w.subscription(), at(noon) + 3min).value->user_name ==
               "ESRA.EDGE01.TESTMS06.0");
    BOOST_TEST(w.synchronize(w.ms06(), at(noon) + 25h).failure == ""); // the bootstrap one has expired
    const names left{"ESRA.EDGE01.TESTMS05.0", "ESRA.EDGE01.TESTMS06.0"};
    BOOST_TEST(accounts(w.edge()) == left);
}

BOOST_AUTO_TEST_CASE(a_bootstrap_credential_that_nobody_used_ends) {
    edge_world w;
    w.subscribe(at(noon));
    const auto late = w.synchronize(w.ms05(), at(noon) + 25h);
    BOOST_TEST(late.failure == "ESRA.EDGE01.TESTMS05.0 was not let in: 49 invalidCredentials");
}

BOOST_AUTO_TEST_CASE(the_next_account_is_made_7_days_ahead_and_effective_3_days_ahead) { // 4.3, 6
    edge_world w;
    w.subscribe(at(noon));
    w.synchronize(w.ms05(), at(noon));
    const auto ends = at(noon) + esra_lifetime;
    const auto chosen = [&](instant when) {
        return select_edge_credential(w.ms05(), w.subscription(), when).value->user_name;
    };
    w.synchronize(w.ms05(), ends - 7 * 24h - 1s);
    BOOST_TEST(w.ms05().edge_credentials.size() == 1U);
    w.synchronize(w.ms05(), ends - 7 * 24h);
    BOOST_REQUIRE_EQUAL(w.ms05().edge_credentials.size(), 2U);
    BOOST_TEST((w.ms05().edge_credentials[1].effective == ends - 3 * 24h));
    BOOST_TEST(chosen(ends - 3 * 24h - 1s) == "ESRA.EDGE01.TESTMS05.0");
    BOOST_TEST(chosen(ends - 3 * 24h) == "ESRA.EDGE01.TESTMS05.1");
    BOOST_TEST(w.synchronize(w.ms05(), ends - 3 * 24h).failure == "");
    w.synchronize(w.ms05(), ends);
    const names left{"ESRA.EDGE01.TESTMS05.1", "ESRA.EDGE01.TESTMS06.1"};
    BOOST_TEST(accounts(w.edge()) == left);
}

BOOST_AUTO_TEST_CASE(ad_lds_has_the_connectors_domains_and_certificates_of_ad) { // 4.4
    edge_world w;
    auto& c = w.o.send_connectors[0];
    for (const auto& p : send_connector_parameters()) // nothing is lost on the way
        if (p.name == "Comment")
            p.set(c, {false, false, {"two\nlines: and :: colons"}}, {});
    c.max_message_size = std::uint64_t{5 << 20};
    c.require_tls = true;
    c.connection_inactivity_timeout = duration{90s};
    w.o.transport.tls_send_domain_secure_list = names{"contoso.com", "fabrikam.com"};
    w.subscribe(at(noon));
    const auto done = w.synchronize(w.ms05(), at(noon));
    BOOST_TEST(done.configuration.result == "Success");
    const auto& adlds = w.edge().adlds;
    BOOST_REQUIRE_EQUAL(adlds.send_connectors.size(), 3U);
    for (const auto& p : send_connector_parameters())
        for (std::size_t i = 0; i < 3; ++i)
            BOOST_TEST(p.show(adlds.send_connectors[i]) == p.show(w.o.send_connectors[i]), p.name);
    BOOST_TEST(adlds.accepts("varunagroup.de"));
    BOOST_TEST(!adlds.accepts("contoso.com"));
    BOOST_TEST(*adlds.transport.tls_send_domain_secure_list == *w.o.transport.tls_send_domain_secure_list);
    BOOST_TEST(w.edge().known_internal_certificates.at("TESTMS06") ==
               w.certificates.cert("ms06").thumbprint());
    const auto again = w.synchronize(w.ms05(), at(noon) + 3min);
    BOOST_TEST(again.configuration.added + again.configuration.updated + again.configuration.deleted == 0);
}

BOOST_AUTO_TEST_CASE(what_is_taken_away_inside_goes_from_ad_lds_too) {
    edge_world w;
    w.subscribe(at(noon));
    w.synchronize(w.ms05(), at(noon));
    w.o.send_connectors.erase(w.o.send_connectors.begin());
    w.o.accepted_domains = names{"klausmueller.de"};
    BOOST_TEST(property(w, "SendConnectorStatus", at(noon)) == "NotSynchronized");
    BOOST_TEST(property(w, "RemoteDomainStatus", at(noon)) == "Synchronized");
    const auto done = w.synchronize(w.ms05(), at(noon) + 3min);
    BOOST_TEST(done.configuration.deleted == 2);
    BOOST_TEST(w.edge().adlds.send_connectors.size() == 2U);
    BOOST_TEST(!w.edge().adlds.accepts("varunagroup.de"));
    BOOST_TEST(w.edge().adlds.accepts("klausmueller.de"));
    BOOST_TEST(property(w, "SyncStatus", at(noon) + 3min) == "Normal");
}

BOOST_AUTO_TEST_CASE(the_very_certificate_counts_and_nothing_else) { // 4.4, 4.5
    edge_world w;
    w.subscribe(at(noon));
    w.synchronize(w.ms05(), at(noon));
    const auto& e = w.subscription();
    BOOST_TEST(judge_edge_certificate(e, {w.certificates.cert("edge")}).value); // self-signed: no chain
    BOOST_TEST(!judge_edge_certificate(e, {w.certificates.cert("other")}).value);
    BOOST_TEST(!judge_edge_certificate(e, {}).value);
    BOOST_TEST(is_trusted(w.edge(), w.certificates.cert("ms05")));
    BOOST_TEST(is_trusted(w.ms05(), w.certificates.cert("edge")));
    BOOST_TEST(!is_trusted(w.edge(), w.certificates.cert("edge")));
    BOOST_TEST(!is_trusted(w.ms05(), w.certificates.cert("other")));
}

BOOST_AUTO_TEST_CASE(another_certificate_on_the_edge_stops_the_session_with_10104) { // 4.7
    edge_world w;
    w.subscribe(at(noon));
    w.synchronize(w.ms05(), at(noon));
    w.set_default(w.edge(), "other");
    const auto stopped = w.synchronize(w.ms05(), at(noon) + 3min);
    BOOST_TEST(ids(stopped.events) == std::vector<int>{10104});
    const std::string text = "Microsoft Exchange couldn't match certificate when contacting "
                             "edge01.varunagroup.de. The connection was stopped.";
    BOOST_TEST(stopped.events.at(0).text == text);
    BOOST_TEST(stopped.events.at(0).source == "MSExchange EdgeSync");
    BOOST_TEST(stopped.recipients.failure_details == text);
    BOOST_TEST(property(w, "SyncStatus", at(noon) + 3min) == "Failed");
    BOOST_TEST(property(w, "FailureDetail", at(noon) + 3min) == text);
}

BOOST_AUTO_TEST_CASE(a_changed_certificate_of_one_mailbox_server_stops_that_one_alone) {
    edge_world w;
    w.subscribe(at(noon));
    w.synchronize(w.ms05(), at(noon));
    w.set_default(w.ms05(), "other");
    BOOST_TEST(ids(w.synchronize(w.ms05(), at(noon) + 3min).events) == std::vector<int>{10104});
    BOOST_TEST(w.synchronize(w.ms06(), at(noon) + 6min).failure == "");
    BOOST_TEST(!is_trusted(w.edge(), w.certificates.cert("other"))); // still as it was when subscribed
}

BOOST_AUTO_TEST_CASE(a_certificate_name_has_at_most_256_characters) { // 3.2
    edge_world w;
    w.subscribe(at(noon));
    w.synchronize(w.ms05(), at(noon));
    auto& c = w.o.send_connectors[0];
    const std::string around = "<I>CN=<S>CN=x";
    c.tls_certificate_name = "<I>CN=" + std::string(257 - around.size(), 'i') + "<S>CN=x";
    const auto refused = w.synchronize(w.ms05(), at(noon) + 3min);
    BOOST_TEST(refused.configuration.result == "Incomplete");
    BOOST_TEST(refused.recipients.result == "Success");
    BOOST_TEST(
        refused.configuration.failure_details ==
        "Failed to synchronize entry CN=To Contoso,CN=Connections: A value in the request is invalid.");
    BOOST_TEST(w.edge().adlds.send_connectors[0].tls_certificate_name->empty());
    c.tls_certificate_name = "<I>CN=" + std::string(256 - around.size(), 'i') + "<S>CN=x";
    BOOST_TEST(w.synchronize(w.ms05(), at(noon) + 6min).configuration.result == "Success");
}

BOOST_AUTO_TEST_CASE(ad_lds_answers_whatever_it_is_asked) {
    edge_world w;
    w.subscribe(at(noon));
    adlds_session s(w.edge(), w.o, at(noon), false);
    const auto asked = [&](const std::string& head) { return s.on({head, "x"}).head; };
    BOOST_TEST(asked("SEARCH") == "50 insufficientAccessRights");
    for (const auto* head : {"", " ", "BIND", "BIND nobody", "BIND ESRA.EDGE01 wrong"})
        BOOST_TEST(asked(head).find("success") == std::string::npos, head);
    const auto& a = w.edge().adlds.accounts.at(0);
    BOOST_TEST(asked("BIND " + a.user_name + " " + a.password) == "0 success");
    BOOST_TEST(asked("COMPARE nobody x") == "32 noSuchObject");
    BOOST_TEST(asked("COMPARE " + a.user_name + " x") == "5 compareFalse");
    BOOST_TEST(asked("FETCH") == "2 protocolError");
    for (const auto* head : {"ADD", "ADD ,CN=Connections", "DELETE nothing", "ADD CN=,CN=Servers"})
        asked(head);
    BOOST_TEST(s.on({"ADD CN=X,CN=Connections", "MaxMessageSize: huge\n"}).head == "19 constraintViolation");
    BOOST_TEST(s.on({"ADD CN=ESRA,CN=Credentials", "Password: !\nEffectiveTime: never\n"}).head ==
               "0 success");
    s.finish();
    BOOST_TEST(w.edge().adlds.send_connectors.size() < 2U);
}

BOOST_AUTO_TEST_SUITE_END()
