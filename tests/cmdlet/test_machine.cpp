// Registry, cipher suites, curves and services of a server (Schannel sheet 2.1, 2.3).
#include "sim/exchange/schannel_settings.hpp"
#include "sim/tls/setup.hpp"
#include "tests/cmdlet/shells.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace shells;

namespace {

constexpr std::string_view protocols =
    "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";

struct machine : organization_and_queues {
    machine() {
        computer().version = *exchange::parse_exchange_version("Exchange2019 CU12");
        computer().windows = "2019";
        computer().registry = exchange::registry_after_setup(computer(), {});
        exchange::restart(computer(), exchange::restarted::computer, {});
    }
    exchange::server& computer() { return organization.servers.front(); }
    bool offers(tls::version v) { return computer().transport_tls.client->has(v); }
    std::string key(std::string_view below) const {
        return std::string(protocols) + "\\" + std::string(below);
    }
};

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(machine_cmdlets, machine)

BOOST_AUTO_TEST_CASE(a_value_takes_effect_when_the_service_is_started_anew) {
    BOOST_TEST(offers(tls::version::tls1_2));
    BOOST_TEST(
        says(changes("Set-ItemProperty -Path \"" + key("TLS 1.2\\Client") + "\" -Name Enabled -Value 0"),
             "Enabled: 1 → 0"));
    BOOST_TEST(offers(tls::version::tls1_2));
    changes("Restart-Service MSExchangeFrontEndTransport");
    BOOST_TEST(offers(tls::version::tls1_2));
    changes("Restart-Service MSExchangeTransport");
    BOOST_TEST(!offers(tls::version::tls1_2));
}

BOOST_AUTO_TEST_CASE(a_policys_list_takes_effect_with_the_computer) {
    changes(
        "Set-ItemProperty 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002' "
        "-Name Functions -Value TLS_RSA_WITH_AES_128_CBC_SHA\nRestart-Service MSExchangeTransport");
    BOOST_TEST(computer().transport_tls.client->suites.size() == 8U);
    changes("Restart-Computer -Force");
    BOOST_TEST(computer().transport_tls.client->suites.size() == 1U);
}

BOOST_AUTO_TEST_CASE(data_has_the_type_that_is_said_or_written) {
    changes("New-Item HKLM:\\SOFTWARE\\X\nSet-ItemProperty HKLM:\\SOFTWARE\\X A -1\n"
            "Set-ItemProperty HKLM:\\SOFTWARE\\X B '1'\nNew-ItemProperty HKLM:\\SOFTWARE\\X -Name C -Value "
            "0xffffffff "
            "-PropertyType DWord\nSet-ItemProperty HKLM:\\SOFTWARE\\X D a,b");
    const auto& r = computer().registry;
    const auto* path = "HKEY_LOCAL_MACHINE\\SOFTWARE\\X";
    BOOST_TEST(r.find(path, "A")->number == 0xffffffffU);
    BOOST_TEST((r.find(path, "B")->type == tls::registry_type::sz));
    BOOST_TEST(r.find(path, "C")->shown() == "-1");
    BOOST_TEST((r.find(path, "D")->type == tls::registry_type::multi_sz));
    BOOST_TEST(output("Get-ItemProperty HKLM:\\SOFTWARE\\X -Name C") == "C : -1");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_refused) {
    BOOST_TEST(says(refusal("Set-ItemProperty HKLM:\\SOFTWARE\\Y -Name A -Value 1"), "does not exist"));
    BOOST_TEST(says(refusal("New-Item HKLM:\\SOFTWARE\\Y\\Z"), "above it does not exist"));
    BOOST_TEST(says(refusal("New-Item HKLN:\\SOFTWARE\\Y"), "HKLN"));
    BOOST_TEST(
        says(refusal("Remove-ItemProperty '" + key("TLS 1.2\\Client") + "' -Name X"), "has no value X"));
    BOOST_TEST(says(refusal("Restart-Service W3SVC"), "no service of the simulation"));
    BOOST_TEST(
        says(refusal("New-ItemProperty '" + key("TLS 1.2\\Client") + "' -Name Enabled -Value 1"), "already"));
}

BOOST_AUTO_TEST_CASE(a_key_is_removed_with_what_is_below_it_only_when_told) {
    BOOST_TEST(says(refusal("Remove-Item '" + key("TLS 1.2") + "'"), "has keys below it"));
    changes("Remove-Item '" + key("TLS 1.2") + "' -Recurse");
    BOOST_TEST(!computer().registry.has_key(tls::below_schannel("Protocols\\TLS 1.2\\Client")));
}

BOOST_AUTO_TEST_CASE(the_cipher_suite_cmdlets_change_the_local_list_which_a_policy_overrides) {
    BOOST_TEST(says(output("Disable-TlsCipherSuite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), "WARNING"));
    BOOST_TEST(says(output("Get-TlsCipherSuite"), "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    changes("Remove-ItemProperty "
            "HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002 "
            "-Name Functions");
    BOOST_TEST(!says(output("Get-TlsCipherSuite"), "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
    BOOST_TEST(says(output("Get-TlsCipherSuite"), "TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
    changes("Enable-TlsCipherSuite -Name TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 -Position 0");
    BOOST_TEST(output("Get-TlsCipherSuite").starts_with("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n"));
}

BOOST_AUTO_TEST_CASE(unknown_suites_and_2012_r2_are_refused) {
    BOOST_TEST(
        says(refusal("Disable-TlsCipherSuite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA385"), "no `TLS_ECDHE_RSA"));
    BOOST_TEST(says(refusal("Enable-TlsCipherSuite TLS_NONSENSE"), "knows no cipher suite"));
    computer().windows = "2012R2";
    BOOST_TEST(says(refusal("Get-TlsCipherSuite"), "came with Windows Server 2016"));
}

BOOST_AUTO_TEST_SUITE_END()
