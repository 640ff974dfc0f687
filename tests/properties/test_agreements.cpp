// What two machines are computed to agree on is what their real handshake comes to, whatever stands in their
// registries, lists and certificates: anything else would be a fault of the lab, which `run` throws. Machines
// are drawn at random with fixed seeds.
#include "sim/lab/run.hpp"
#include "tests/properties/dice.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <array>
#include <exception>
#include <map>
#include <string>
#include <vector>

using namespace connlab;
using tests::dice;

namespace {

constexpr int worlds = 150;

struct machine {
    const char* windows;
    const char* exchange;
};
constexpr std::array machines = {
    machine{"2012R2", "Exchange2013 CU23"}, machine{"2012R2", "Exchange2016 CU5"},
    machine{"2016", "Exchange2016 CU23"},   machine{"2019", "Exchange2019 CU12"},
    machine{"2019", "Exchange2019 CU15"},   machine{"2022", "Exchange2019 CU14"},
    machine{"2025", "ExchangeSE RTM"}};
constexpr std::array suites = {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                               "TLS_RSA_WITH_AES_128_CBC_SHA",
                               "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                               "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                               "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                               "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                               "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                               "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                               "TLS_AES_256_GCM_SHA384",
                               "TLS_RSA_WITH_RC4_128_SHA",
                               "TLS_RSA_WITH_NULL_SHA256",
                               "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256",
                               "TLS_CHACHA20_POLY1305_SHA256"};
constexpr std::array curves = {"NistP256",   "NistP384",        "NistP521",
                               "curve25519", "brainpoolP256r1", "secP256k1"};
constexpr std::array key_kinds = {"RSA-2048", "RSA-2048", "RSA-1024", "P-256", "P-384", "P-521"};
constexpr std::array hashes = {"SHA256", "SHA1", "SHA384", "SHA512"};
constexpr std::array behaviors = {"", "", "SmtpTls13: true", "Kb2973337: Missing", "SmtpNamesVersions: true"};

constexpr auto schannel = R"(HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols)";
constexpr std::array lists = {
    R"(HKLM\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002)",
    R"(HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002)"};

/// `'KEY': {Enabled: 1, DisabledByDefault: 0}`; empty: the key is not touched.
std::string drawn_protocol(dice& d, const char* version, const char* side) {
    if (d.one_in(2))
        return {};
    const auto* enabled = d.one_in(2) ? "0" : d.one_in(3) ? "0xffffffff" : "1";
    const auto off = d.one_in(2) ? fmt::format(", DisabledByDefault: {}", d.below(2)) : std::string{};
    return fmt::format("          '{}\\TLS {}\\{}': {{Enabled: {}{}}}\n", schannel, version, side, enabled,
                       off);
}

template <class Words>
std::string drawn_list(dice& d, const char* value, const Words& words, std::size_t most) {
    std::string out = d.pick(words);
    for (auto more = d.below(most); more > 0; --more)
        out += std::string(",") + d.pick(words);
    return fmt::format("          '{}': {{{}: \"{}\"}}\n", d.pick(lists), value, out);
}

std::string drawn_registry(dice& d) {
    std::string out;
    for (const auto* version : {"1.0", "1.1", "1.2", "1.3"})
        for (const auto* side : {"Server", "Client"})
            out += drawn_protocol(d, version, side);
    if (d.one_in(5))
        out += drawn_list(d, "EccCurves", curves, 3);
    else if (d.one_in(2))
        out += drawn_list(d, "Functions", suites, 5);
    return out.empty() ? out : "        Registry:\n" + out;
}

std::string drawn_server(dice& d, const char* name, const char* fqdn) {
    const auto& m = d.pick(machines);
    auto out =
        fmt::format("      {}:\n        Role: Mailbox\n        Version: {}\n        WindowsServer: '{}'\n",
                    name, m.exchange, m.windows);
    out += drawn_registry(d);
    return out +
           fmt::format("        Certificates:\n          - {{Name: own, Subject: CN={0}, Dns: [{0}], Issuer: "
                       "GeoTrust TLS RSA CA G1, Key: {1}, Hash: {2}, Services: [SMTP]}}\n",
                       fqdn, d.pick(key_kinds), d.pick(hashes));
}

std::string drawn_world(dice& d) {
    std::string out = "Title: Drawn\nExtends: topologies/partner-smtp.yaml\n";
    out += fmt::format("Behavior: {{{}}}\nOrganizations:\n  Varunagroup:\n", d.pick(behaviors));
    out += fmt::format("    SendConnectors:\n      To Contoso: {{RequireTLS: {}}}\n    Servers:\n",
                       d.one_in(2) ? "true" : "false");
    out += drawn_server(d, "TESTMS05", "testms05.varunagroup.de");
    out += "  Contoso:\n    SendConnectors:\n      Out: {AddressSpaces: ['SMTP:*;1']}\n    Servers:\n";
    out += drawn_server(d, "MX", "mail.contoso.com");
    return out + "Steps:\n  - Send: {From: bob@contoso.com, To: anna@varunagroup.de}\n"
                 "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n";
}

scenario::loaded loaded_from(const std::string& text) {
    return scenario::load("scenarios/drawn.yaml", [&](const std::string& path) -> std::optional<std::string> {
        return path == "scenarios/drawn.yaml" ? text : command::disk_reader()(path);
    });
}

/// How often each first handshake ended so.
using tally = std::map<std::string, int>;

void count(const trace::run_record& record, tally& ends) {
    for (const auto& step : record.steps)
        for (const auto& flow : step.flows)
            for (const auto& session : flow.sessions)
                if (session.handshake.attempted)
                    ++ends[session.handshake.completed ? "completed" : "failed"];
}

} // namespace

BOOST_AUTO_TEST_SUITE(agreements)

BOOST_AUTO_TEST_CASE(hold_for_machines_drawn_at_random) {
    const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_TEST_REQUIRE(static_cast<bool>(pool), pool.error);
    tally ends;
    dice d(34);
    for (int i = 0; i < worlds; ++i) {
        const auto text = drawn_world(d);
        const auto plan = loaded_from(text);
        BOOST_TEST_REQUIRE(plan.value.has_value(), text);
        try {
            const auto played = lab::run(*plan.value, **pool, {});
            BOOST_TEST_REQUIRE(played.record.has_value(), text);
            count(*played.record, ends);
        } catch (const std::exception& fault) {
            BOOST_TEST(false, fault.what() << "\n" << text);
        }
    }
    BOOST_TEST(ends["completed"] > worlds / 4);
    BOOST_TEST(ends["failed"] > worlds / 4);
}

BOOST_AUTO_TEST_SUITE_END()
