#include "tests/report/handshake_records.hpp"

namespace connlab::report::test {

namespace {

using namespace trace;
constexpr auto from_client = direction::client_to_server;
constexpr auto from_server = direction::server_to_client;

class handshake_of {
  public:
    explicit handshake_of(std::string version, std::string suite) {
        h_.attempted = h_.completed = h_.client_completed = h_.server_completed = true;
        h_.version = std::move(version);
        h_.suite = std::move(suite);
        h_.group = "P-384";
    }

    handshake_of& says(direction way, std::string type, std::uint32_t length, std::string detail = {},
                       bool encrypted = false, std::vector<tls_detail> details = {}) {
        const auto& all = h_.messages;
        const int number = static_cast<int>(all.size()) + 1;
        const int flight = all.empty() ? 1 : all.back().flight + (all.back().way == way ? 0 : 1);
        h_.messages.push_back(
            {way, std::move(type), length, std::move(detail), number, flight, encrypted, std::move(details)});
        return *this;
    }

    session_record in_session(int client_trips, int server_trips) {
        h_.certificate_requested = h_.version == "TLS1_3";
        h_.client_round_trips = client_trips;
        h_.server_round_trips = server_trips;
        session_record out;
        out.client = "TESTMS05";
        out.server = "MX";
        out.lines = {{{}, from_client, "STARTTLS", false, false},
                     {{}, from_client, "EHLO testms05.varunagroup.de", true, false}};
        out.handshake = h_;
        return out;
    }

  private:
    handshake_view h_;
};

tls_detail suites() {
    return {"cipher_suites",
            {"0xC030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384",
             "0xC02F TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 ECDHE-RSA-AES128-GCM-SHA256"}};
}

tls_detail schemes() {
    return {"signature_algorithms",
            {"ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384",
             "rsa_pss_rsae_sha512", "rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha512"}};
}

handshake_of tls_1_3() {
    return handshake_of("TLS1_3", "TLS_AES_256_GCM_SHA384")
        .says(from_client, "ClientHello", 289, "TLS 1.3 or TLS 1.2, 25 cipher suites, for mail.contoso.com")
        .says(from_server, "ServerHello", 155, "TLS 1.3, TLS_AES_256_GCM_SHA384, key share of P-384")
        .says(from_server, "EncryptedExtensions", 2, "", true)
        .says(from_server, "CertificateRequest", 45, "of any authority", true)
        .says(from_server, "Certificate", 1908, "CN=mail.contoso.com, and 1 more", true)
        .says(from_server, "CertificateVerify", 260, "rsa_pss_rsae_sha256", true)
        .says(from_server, "Finished", 48, "", true)
        .says(from_client, "Certificate", 4, "none", true)
        .says(from_client, "Finished", 48, "", true);
}

} // namespace

session_record session_with_tls_1_2() {
    return handshake_of("TLS1_2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
        .says(
            from_client, "ClientHello", 162, "up to TLS 1.2, 2 cipher suites, for mail.contoso.com", false,
            {{"legacy_version", {"TLS 1.2"}}, suites(), {"supported_groups", {"P-384", "P-256"}}, schemes()})
        .says(from_server, "ServerHello", 57, "TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
        .says(from_server, "Certificate", 1903,
              "CN=mail.contoso.com, OU=a rather long organizational unit, O=Contoso, C=DE, and 1 more")
        .says(from_server, "ServerKeyExchange", 0, "ECDHE on P-384, signed ecdsa_secp256r1_sha256")
        .says(from_server, "ServerHelloDone", 0)
        .says(from_client, "ClientKeyExchange", 98, "its half of ECDHE")
        .says(from_client, "ChangeCipherSpec", 1)
        .says(from_client, "Finished", 12, "", true)
        .says(from_server, "ChangeCipherSpec", 1)
        .says(from_server, "Finished", 12, "", true)
        .in_session(2, 1);
}

session_record session_with_tls_1_3() {
    return tls_1_3().in_session(1, 0);
}

session_record session_refused_late() {
    auto out = tls_1_3()
                   .says(from_server, "Alert", 2, "fatal certificate_required (116)", true,
                         {{"level", {"fatal"}},
                          {"description", {"certificate_required (116)"}},
                          {"schannel", {"SEC_E_ILLEGAL_MESSAGE (0x80090326)"}}})
                   .in_session(1, 0);
    auto& h = out.handshake;
    h.completed = h.server_completed = false;
    h.failure = "RefusedByPeer";
    h.server_error = "SocketError";
    return out;
}

} // namespace connlab::report::test
