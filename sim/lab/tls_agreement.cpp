#include "sim/lab/tls_agreement.hpp"

#include "sim/exchange/schannel_settings.hpp"
#include "sim/tls/schannel_events.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace connlab::lab {

namespace {

using tls::agreement;

/// `TLS1_2, TLS_…, P-384, signed rsa_pss_rsae_sha256`
std::string in_words(std::string_view version, const std::string& suite, const std::string& group,
                     const std::string& signature) {
    return fmt::format("{}, {}, group {}, signed {}", version, suite, group.empty() ? "none" : group,
                       signature.empty() ? "without a scheme" : signature);
}

std::string in_words(const tls::negotiation& n) {
    if (n.succeeds())
        return in_words(tls::to_string(n.agreed_version), n.suite, n.group, n.signature);
    return fmt::format("alert {} by the {}", n.alert, n.alert_by_server ? "server" : "client");
}

std::string in_words(const net::handshake_result& client, const net::handshake_result& server) {
    if (client.completed && server.completed)
        return in_words(client.version, client.suite, client.group, client.signature);
    const int alert = server.alert_sent > 0 ? server.alert_sent : client.alert_sent;
    return fmt::format("alert {} by the {}", alert, server.alert_sent > 0 ? "server" : "client");
}

/// The server or the client minds the other's certificate: that is no matter of versions and suites.
bool is_about_certificates(const net::handshake_result& r) {
    return r.ended_by == tls::failure::refused_by_peer;
}

} // namespace

tls_agreement::tls_agreement(const exchange::server& client, tls::client_offer from_client,
                             const exchange::server& server, tls::server_offer from_server,
                             agreement_memo& memo)
    : client_(client), server_(server),
      made_(memo.of({client.name, from_client}, {server.name, from_server})),
      client_offer_(std::move(from_client)), server_offer_(std::move(from_server)) {
    client_offer_.what = made_.told_client;
    server_offer_.what = made_.told_server;
}

bool tls_agreement::client_begins() const {
    return computed().outcome != agreement::no_version_on_client &&
           computed().outcome != agreement::no_suite_on_client && computed().not_performed.empty();
}

std::string tls_agreement::finding() const {
    if (computed().not_performed.empty())
        return {};
    if (!computed().succeeds())
        return fmt::format(
            "computed, not performed: on Windows {} and {} would come to {}; this OpenSSL has no {}",
            client_.name, server_.name, in_words(computed()), computed().not_performed);
    return fmt::format(
        "computed, not performed: on Windows {} and {} would go on with {} and {}; this OpenSSL has no {}",
        client_.name, server_.name, tls::to_string(computed().agreed_version), computed().suite,
        computed().not_performed);
}

void tls_agreement::name_failure(tls::side s, net::handshake_result& seen) const {
    if (seen.completed || computed().succeeds() || computed().alert < 0)
        return;
    seen.ended_by = computed().as_failure();
    seen.status = "SocketError";
    if (computed().alert_by_server == (s == tls::side::client))
        seen.alert_received = computed().alert;
    else if (!computed().not_performed.empty())
        seen.alert_sent = computed().alert;
}

void tls_agreement::compare(const net::handshake_result& client, const net::handshake_result& server) const {
    if (!client_begins() || !server_answers() || is_about_certificates(client) ||
        is_about_certificates(server))
        return;
    const auto expected = in_words(computed());
    const auto real = in_words(client, server);
    if (expected != real)
        throw std::runtime_error(fmt::format(
            "the negotiation of {} with {} was computed to come to {}, and the real handshake came to {}",
            client_.name, server_.name, expected, real));
}

std::vector<trace::event_record> tls_agreement::events(tls::side s, const net::handshake_result& seen,
                                                       instant now) const {
    const auto& who = s == tls::side::client ? client_ : server_;
    std::vector<trace::event_record> out;
    if (!who.is_exchange() || !tls::logs_errors(who.registry_at_start))
        return out;
    for (auto& e : tls::schannel_events(exchange::windows_of(who), s, computed(), seen.alert_sent,
                                        seen.alert_received)) {
        trace::event_record record;
        record.at = now;
        record.server = who.name;
        record.log = "System";
        record.source = "Schannel";
        record.id = e.id;
        record.level = "Error";
        record.category = "None";
        record.text = std::move(e.text);
        out.push_back(std::move(record));
    }
    return out;
}

} // namespace connlab::lab
