// What Windows offers, and why; what the HealthChecker reads from the same values; what goes into the System
// log.
#include "sim/tls/health_checker.hpp"
#include "sim/tls/registry_number.hpp"
#include "sim/tls/schannel_events.hpp"
#include "sim/tls/setup.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace connlab;
using tls::version;
using tls::windows_version;
using strings = std::vector<std::string>;

namespace {

std::string protocol_key(std::string_view name, std::string_view side) {
    return tls::below_schannel("Protocols\\" + std::string(name) + "\\" + std::string(side));
}

tls::registry fresh(windows_version w) {
    return tls::setup_registry({tls::exchange_setup::of_2016, w});
}

tls::profile server_of(windows_version w, const tls::registry& r, const tls::schannel_switches& b = {}) {
    return tls::schannel_profile(w, r, tls::side::server, b);
}

std::string why(const tls::profile& p, version v) {
    return p.protocol(v)->why;
}

std::string why_left_out(const tls::profile& p, std::string_view suite) {
    for (const auto& gone : p.left_out)
        if (gone.name == suite)
            return gone.why;
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(schannel)

BOOST_AUTO_TEST_CASE(versions_are_those_of_the_table_of_defaults) { // 1.1; TLS 1.3 never on SMTP
    using versions = std::vector<version>;
    const versions with_ssl3{version::ssl3_0, version::tls1_0, version::tls1_1, version::tls1_2};
    const versions usual{version::tls1_0, version::tls1_1, version::tls1_2};
    for (const auto w : tls::every_windows)
        for (const auto s : {tls::side::client, tls::side::server})
            BOOST_TEST((tls::schannel_profile(w, fresh(w), s, {}).versions ==
                        (w == windows_version::server_2012r2 ? with_ssl3 : usual)));
}

BOOST_AUTO_TEST_CASE(each_version_says_why) {
    const auto w = windows_version::server_2022;
    auto r = fresh(w);
    r.set(protocol_key("TLS 1.0", "Server"), tls::dword("Enabled", 0, {"a.reg", 5, 1, 9}));
    r.set(protocol_key("TLS 1.1", "Server"), tls::dword("Enabled", 0xffffffff));
    const auto p = server_of(w, r);
    BOOST_TEST(why(p, version::tls1_0) == "off: Enabled is 0");
    BOOST_TEST(p.protocol(version::tls1_0)->mark.line == 5);
    BOOST_TEST(why(p, version::tls1_1) == "on: Enabled is -1");
    BOOST_TEST(why(p, version::tls1_2) == "on by default");
    BOOST_TEST(why(p, version::tls1_3) == "off: SMTP never uses it, although Windows has it on by default");
    BOOST_TEST(why(server_of(windows_version::server_2019, fresh(windows_version::server_2019)),
                   version::tls1_3) == "off: Windows Server 2019 does not have it");
}

BOOST_AUTO_TEST_CASE(
    a_transport_that_names_versions_is_not_bound_by_disabled_by_default) { // 2.1, third column
    const auto w = windows_version::server_2016;
    tls::schannel_switches names;
    names.smtp_names_versions = true;
    for (const bool enabled : {false, true}) {
        auto r = fresh(w);
        r.set(protocol_key("TLS 1.2", "Server"), tls::dword("DisabledByDefault", 1));
        if (enabled)
            r.set(protocol_key("TLS 1.2", "Server"), tls::dword("Enabled", 1));
        BOOST_TEST(!server_of(w, r).has(version::tls1_2));
        BOOST_TEST(server_of(w, r, names).has(version::tls1_2));
    }
    auto r = fresh(w);
    r.set(protocol_key("TLS 1.2", "Server"), tls::dword("Enabled", 0));
    BOOST_TEST(!server_of(w, r, names).has(version::tls1_2));
}

BOOST_AUTO_TEST_CASE(tls_1_3_on_smtp_is_a_switch) {
    tls::schannel_switches b;
    b.smtp_tls13 = true;
    const auto w = windows_version::server_2022;
    BOOST_TEST(server_of(w, fresh(w), b).has(version::tls1_3));
    BOOST_TEST(!server_of(windows_version::server_2019, fresh(windows_version::server_2019), b)
                    .has(version::tls1_3));
}

BOOST_AUTO_TEST_CASE(setup_of_2019_writes_what_a_real_server_has) { // 1.2
    const auto w = windows_version::server_2019;
    const auto r = tls::setup_registry({tls::exchange_setup::of_2019, w});
    for (const auto* side : {"Client", "Server"}) {
        for (const auto* name : {"TLS 1.0", "TLS 1.1"}) {
            BOOST_TEST(r.find(protocol_key(name, side), "Enabled")->number == 0U);
            BOOST_TEST(r.find(protocol_key(name, side), "DisabledByDefault")->number == 1U);
        }
        BOOST_TEST(r.find(protocol_key("TLS 1.2", side), "Enabled")->number == 1U);
        BOOST_TEST(r.find(protocol_key("TLS 1.2", side), "DisabledByDefault")->number == 0U);
    }
    const auto* net =
        r.find("HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319", "SchUseStrongCrypto");
    BOOST_TEST(net->number == 0U);
    const auto later = tls::setup_registry({tls::exchange_setup::of_2019_cu15, windows_version::server_2022});
    const auto listed = tls::listed_suites(windows_version::server_2022, later, {});
    BOOST_TEST(listed.size() == 10U);
    BOOST_TEST(listed.front() == "TLS_AES_256_GCM_SHA384");
}

BOOST_AUTO_TEST_CASE(a_suite_that_is_left_out_says_why) {
    const auto w = windows_version::server_2012r2;
    auto r = fresh(w);
    r.set(tls::below_schannel("Ciphers\\RC4 128/128"), tls::dword("Enabled", 0));
    BOOST_TEST(why_left_out(server_of(w, r), "TLS_RSA_WITH_RC4_128_SHA") ==
               "Ciphers\\RC4 128/128: Enabled is 0");
    r.set(tls::local_list_key,
          tls::several_texts("Functions", {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "X"}));
    BOOST_TEST(why_left_out(server_of(w, r), "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384") ==
               "without a curve (_P256) it is no name for Windows Server 2012 R2");
    BOOST_TEST(why_left_out(server_of(w, r), "X") == "Windows Server 2012R2 does not know it");
}

BOOST_AUTO_TEST_CASE(a_policy_text_is_cut_where_the_field_ends) { // 2.3, rule 4
    const auto w = windows_version::server_2016;
    auto r = fresh(w);
    std::string list;
    while (list.size() + 1 < 1023 - 10)
        list += "NONSENSE,";
    r.set(tls::policy_list_key, tls::one_text("Functions", list + "TLS_RSA_WITH_AES_128_CBC_SHA"));
    BOOST_TEST(server_of(w, r).suites.empty());
}

BOOST_AUTO_TEST_CASE(names_joined_by_commas_in_the_local_key_are_a_switch) { // 2.3, rule 3
    const auto w = windows_version::server_2016;
    auto r = fresh(w);
    r.set(tls::local_list_key,
          tls::several_texts("Functions", {"TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_256_CBC_SHA"}));
    BOOST_TEST(server_of(w, r).suites.size() == 2U);
    tls::schannel_switches strict;
    strict.strict_multisz = true;
    BOOST_TEST(server_of(w, r, strict).suites.empty());
}

BOOST_AUTO_TEST_CASE(the_health_checker_reads_the_values_its_own_way) { // 2.1, the pseudo-code
    using tls::checker_state;
    struct row {
        int client_enabled, client_by_default, server_enabled, server_by_default; // -1: absent
        checker_state state;
        checker_state of_tls13;
    };
    for (const auto& r : {row{-1, -1, -1, -1, checker_state::enabled, checker_state::disabled},
                          row{1, 0, 1, 0, checker_state::enabled, checker_state::enabled},
                          row{-1, 0, -1, 0, checker_state::enabled, checker_state::half_disabled},
                          row{0, 1, 0, 1, checker_state::disabled, checker_state::disabled},
                          row{0, -1, 0, -1, checker_state::disabled, checker_state::disabled},
                          row{0, 0, 0, 0, checker_state::half_disabled, checker_state::half_disabled},
                          row{1, 1, 1, 1, checker_state::half_disabled, checker_state::half_disabled},
                          row{0, 1, 1, 0, checker_state::misconfigured, checker_state::misconfigured},
                          row{1, 0, 1, 1, checker_state::misconfigured, checker_state::misconfigured}})
        for (const auto v : {version::tls1_2, version::tls1_3}) {
            tls::registry values;
            const auto set = [&](std::string_view side, std::string_view name, int number) {
                if (number >= 0)
                    values.set(protocol_key(tls::windows_name(v), side),
                               tls::dword(std::string(name), static_cast<std::uint32_t>(number)));
            };
            set("Client", "Enabled", r.client_enabled);
            set("Client", "DisabledByDefault", r.client_by_default);
            set("Server", "Enabled", r.server_enabled);
            set("Server", "DisabledByDefault", r.server_by_default);
            BOOST_TEST(tls::to_string(tls::health_checker_reads(values, v).state) ==
                       tls::to_string(v == version::tls1_2 ? r.state : r.of_tls13));
        }
}

BOOST_AUTO_TEST_CASE(events_follow_the_trigger_matrix) { // 4.1
    const auto ids = [](const tls::negotiation& n, tls::side s, int sent, int received) {
        std::vector<int> out;
        for (const auto& e : tls::schannel_events(windows_version::server_2019, s, n, sent, received))
            out.push_back(e.id);
        return out;
    };
    using numbers = std::vector<int>;
    tls::negotiation n;
    n.outcome = tls::agreement::no_common_suite;
    BOOST_TEST(ids(n, tls::side::server, 40, -1) == (numbers{36874, 36888}),
               boost::test_tools::per_element());
    BOOST_TEST(ids(n, tls::side::client, -1, 40) == (numbers{36887}), boost::test_tools::per_element());
    n.outcome = tls::agreement::no_common_version;
    BOOST_TEST(ids(n, tls::side::server, 70, -1) == (numbers{36888}), boost::test_tools::per_element());
    BOOST_TEST(ids(n, tls::side::client, -1, 70) == (numbers{36887}), boost::test_tools::per_element());
    n.outcome = tls::agreement::no_version_on_client;
    BOOST_TEST(ids(n, tls::side::client, -1, -1) == (numbers{36871}), boost::test_tools::per_element());
    BOOST_TEST(ids(n, tls::side::server, -1, -1).empty());
    n.outcome = tls::agreement::no_version_on_server;
    BOOST_TEST(ids(n, tls::side::server, -1, -1) == (numbers{36871}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(events_have_windows_own_texts) { // 4.1
    tls::negotiation n;
    n.outcome = tls::agreement::no_common_suite;
    n.agreed_version = version::tls1_2;
    const auto server = tls::schannel_events(windows_version::server_2019, tls::side::server, n, 40, -1);
    BOOST_TEST(server[0].text ==
               "An TLS 1.2 connection request was received from a remote client application, but none "
               "of the cipher suites supported by the client application are supported by the server. "
               "The TLS connection request has failed.");
    BOOST_TEST(server[1].text ==
               "A fatal alert was generated and sent to the remote endpoint. This may result in "
               "termination of the connection. The TLS protocol defined fatal alert code is 40.");
    const auto older = tls::schannel_events(windows_version::server_2012r2, tls::side::server, n, 40, -1);
    BOOST_TEST(
        older[1].text.ends_with("The TLS protocol defined fatal error code is 40. The Windows SChannel error "
                                "state is 1205."));
    n.outcome = tls::agreement::no_version_on_client;
    BOOST_TEST(
        tls::schannel_events(windows_version::server_2019, tls::side::client, n, -1, -1)[0].text ==
        "A fatal error occurred while creating a TLS client credential. The internal error state is 10013.");
}

BOOST_AUTO_TEST_CASE(a_text_is_no_number) { // 2.1: both are REG_DWORD
    tls::registry r;
    const auto key = tls::below_schannel("Protocols\\TLS 1.2\\Server");
    r.set(key, tls::one_text("Enabled", "0"));
    BOOST_TEST(server_of(windows_version::server_2019, r).has(version::tls1_2));
    r.set(key, tls::dword("Enabled", 0));
    BOOST_TEST(!server_of(windows_version::server_2019, r).has(version::tls1_2));
}

BOOST_AUTO_TEST_CASE(every_windows_has_the_keys_that_checklists_set_values_in) {
    for (const auto w : tls::every_windows) {
        const auto r = tls::setup_registry({tls::exchange_setup::none, w});
        for (const auto* sub : {"Protocols", "Ciphers", "Hashes", "KeyExchangeAlgorithms"})
            BOOST_TEST(r.has_key(tls::below_schannel(sub)));
        BOOST_TEST(r.has_key(tls::schannel_key));
        BOOST_TEST(r.has_key("HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319"));
        BOOST_TEST(
            r.has_key("HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319"));
    }
}

BOOST_AUTO_TEST_CASE(a_dword_has_32_bits) {
    BOOST_TEST(tls::registry_dword("4294967295").value_or(0) == 0xffffffffU);
    BOOST_TEST(tls::registry_dword("0xffffffff").value_or(0) == 0xffffffffU);
    BOOST_TEST(tls::registry_dword("-1").value_or(0) == 0xffffffffU);
    BOOST_TEST(tls::registry_dword("-2147483648").value_or(0) == 0x80000000U);
    for (const auto* text :
         {"4294967296", "0x100000000", "-2147483649", "99999999999999999999999", "one", ""})
        BOOST_TEST(!tls::registry_dword(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(the_alert_that_went_tells_where_the_numbers_are_listed) { // 4.1
    const auto tail = tls::alert_tail(windows_version::server_2019, "mail.contoso.com");
    BOOST_TEST(tail.find("Target name: mail.contoso.com") != std::string::npos);
    BOOST_TEST(tail.find("iana.org") != std::string::npos);
    BOOST_TEST(tls::alert_tail(windows_version::server_2012r2, "mail.contoso.com").empty());
}

BOOST_AUTO_TEST_CASE(event_logging_without_the_bit_for_errors_is_silent) { // 2.5
    tls::registry r;
    BOOST_TEST(tls::logs_errors(r));
    r.set(tls::schannel_key, tls::dword("EventLogging", 6));
    BOOST_TEST(!tls::logs_errors(r));
    r.set(tls::schannel_key, tls::dword("EventLogging", 7));
    BOOST_TEST(tls::logs_errors(r));
}

BOOST_AUTO_TEST_CASE(every_rule_that_a_profile_or_a_negotiation_names_is_in_the_catalogue) {
    for (const auto w : tls::every_windows)
        for (const auto& id : server_of(w, fresh(w)).rules) {
            const auto& all = tls::rules();
            BOOST_TEST(std::any_of(all.begin(), all.end(), [&](const auto& r) { return r.id == id; }), id);
        }
}

BOOST_AUTO_TEST_SUITE_END()
