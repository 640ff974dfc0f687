// Every rule that a decision of this library names. Statements are the lab's words.
#include "sim/tls/negotiate.hpp"

namespace connlab::tls {

namespace {

using trace::rule;
constexpr auto documented = trace::confidence::documented;
constexpr auto observed = trace::confidence::observed;
constexpr auto assumed = trace::confidence::assumed;

constexpr const char* suites_page = "TLS Cipher Suites in Windows";
constexpr const char* protocols_page = "Protocols in TLS/SSL (Schannel SSP)";
constexpr const char* registry_page = "TLS registry settings";
constexpr const char* manage_page = "Manage TLS";
constexpr const char* guide = "Exchange Server TLS configuration best practices";
constexpr const char* events_page = "Schannel Events";

std::vector<rule> negotiation_rules() {
    return {
        {"tls.version.highest-common",
         "The highest protocol version that is enabled on both sides is spoken.", suites_page, documented},
        {"tls.version.none-common",
         "Without a common version the handshake ends with an alert: the server has none at or below the "
         "client's, or the client does not take what the server answers with.",
         "RFC 5246, Appendix E.1", documented,
         "Compare SCHANNEL\\Protocols of both servers, the Client key of the sender and the Server key of "
         "the "
         "receiver: TLS 1.2 has to be on in both."},
        {"tls.version.nothing-enabled",
         "With every version disabled the credential cannot be made: event 36871 with internal state 10013. "
         "A "
         "sender begins no handshake; a receiver offers STARTTLS and closes the connection.",
         events_page, assumed,
         "Enable TLS 1.2 under SCHANNEL\\Protocols for this side; TLS 1.3 alone is not enough for SMTP."},
        {"tls.suite.server-order",
         "A Windows server walks its own list and takes the first suite that the client offers, that the "
         "version has, that fits the certificate's key and for which there is a common group.",
         "Reports of TLS scanners on Schannel", observed},
        {"tls.suite.client-order",
         "OpenSSL as a server goes by the client's order unless it is told otherwise.",
         "SSL_CTX_set_options: SSL_OP_CIPHER_SERVER_PREFERENCE", documented},
        {"tls.suite.none-common",
         "Without a suite that both have and that fits version, certificate and groups the server ends the "
         "handshake with alert handshake_failure (40): event 36874 there, 36887 at the client.",
         events_page, documented,
         "Compare the lists with Get-TlsCipherSuite on both servers (the policy key overrides the local "
         "one), "
         "and the curves with Get-TlsEccCurve."},
        {"tls.suite.none-left",
         "A client whose list holds no suite for its versions cannot begin a handshake: event 36873.",
         events_page, assumed, "Put suites for TLS 1.2 back into the list, or remove the policy's list."},
        {"tls.key.prime-refused",
         "A client refuses a DHE prime outside its ClientMinKeyBitLength and ClientMaxKeyBitLength.",
         registry_page, assumed,
         "Raise ServerMinKeyBitLength under KeyExchangeAlgorithms\\Diffie-Hellman of the server, or prefer "
         "ECDHE."},
        {"tls.key.rsa-refused",
         "A client refuses an RSA key outside ClientMinKeyBitLength and ClientMaxKeyBitLength under "
         "KeyExchangeAlgorithms\\PKCS where the key transports the secret (TLS_RSA_…).",
         registry_page, assumed, "The server needs a certificate with a longer key, or a suite with ECDHE."},
        {"tls.not-performed",
         "What Windows would negotiate and this OpenSSL does not have (SSL 3.0, 3DES, RC4, DES) is computed "
         "and reported as such; nothing else is put in its place.",
         "a decision of this lab", documented,
         "Such suites are not to be relied on: enable TLS 1.2 with AES on the side that lacks it."},
    };
}

std::vector<rule> configuration_rules() {
    return {
        {"schannel.protocol.default",
         "Without values under SCHANNEL\\Protocols a version is on or off as this Windows has it by default.",
         protocols_page, documented},
        {"schannel.protocol.unknown",
         "A version that this Windows does not have stays off whatever the keys say.", protocols_page,
         documented},
        {"schannel.protocol.enabled", "Enabled other than 0 turns a version on; any such value counts as 1.",
         registry_page, documented},
        {"schannel.protocol.disabled", "Enabled 0 turns a version off; it cannot be used even by name.",
         registry_page, documented},
        {"schannel.protocol.disabled-by-default",
         "DisabledByDefault other than 0 turns a version off for SMTP, which names no versions to Schannel "
         "(switch SmtpNamesVersions); Microsoft's texts differ on it.",
         registry_page, assumed,
         "Set Enabled to 1 and DisabledByDefault to 0 under both Client and Server: half-set keys are read "
         "differently by different programs."},
        {"schannel.protocol.named",
         "A caller that names a version gets it although it is disabled by default (switch "
         "SmtpNamesVersions).",
         "Restrict cryptographic algorithms and protocols", assumed},
        {"schannel.smtp.no-tls13",
         "Exchange on-premises never speaks TLS 1.3 on SMTP, whatever the operating system offers (switch "
         "SmtpTls13).",
         guide, documented, "Leave TLS 1.2 enabled."},
        {"schannel.suites.policy",
         "A list in the policy key is the whole list: the local one, and with it Enable- and "
         "Disable-TlsCipherSuite, has no effect.",
         manage_page, documented},
        {"schannel.suites.local", "Without a policy the list in the local key is in force.",
         "Prioritizing Schannel Cipher Suites", documented},
        {"schannel.suites.default", "Without any list the default of this Windows is in force.", suites_page,
         documented},
        {"schannel.signatures.order",
         "Signature schemes are offered in the order of Windows' own ClientHello; the list under "
         "SSL\\00010003 "
         "is not read.",
         "Public captures of ClientHellos; that servers go by the same order is assumed", assumed},
        {"schannel.setup.policy-list",
         "Exchange 2019 setup puts its suites into the policy key (switch SetupSuiteList); no public text "
         "says "
         "which key it is.",
         guide, assumed},
        {"schannel.time-of-effect",
         "New settings take effect when the service is started anew; a list in the policy key when the "
         "computer is.",
         registry_page, documented,
         "Restart-Service MSExchangeTransport and MSExchangeFrontEndTransport, or Restart-Computer."},
    };
}

} // namespace

const std::vector<trace::rule>& rules() {
    static const std::vector<rule> all = [] {
        auto out = negotiation_rules();
        const auto more = configuration_rules();
        out.insert(out.end(), more.begin(), more.end());
        return out;
    }();
    return all;
}

} // namespace connlab::tls
