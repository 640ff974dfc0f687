#include "sim/lab/tls_agreement.hpp"

#include "sim/exchange/schannel_settings.hpp"
#include "sim/tls/schannel_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

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

/// True too for a certificate of another kind of key.
bool has_curve_of(const tls::profile& p, const certs::certificate& c) {
    return !c || c.fields().key != certs::key_kind::ec ||
           std::find(p.groups.begin(), p.groups.end(), c.fields().curve) != p.groups.end();
}

/// OpenSSL takes no certificate of a curve that is none of its groups; Windows asks about groups for the key
/// exchange alone.
void admit_curve(tls::profile& p, const certs::certificate& c) {
    if (!p.groups.empty() && !has_curve_of(p, c))
        p.groups.push_back(c.fields().curve);
}

/// The server or the client minds the other's certificate: that is no matter of versions and suites.
bool is_about_certificates(const net::handshake_result& r) {
    return r.ended_by == tls::failure::refused_by_peer;
}

} // namespace

tls_agreement::tls_agreement(const exchange::server& client, tls::client_offer from_client,
                             const exchange::server& server, tls::server_offer from_server)
    : client_(client), server_(server), client_offer_(std::move(from_client)),
      server_offer_(std::move(from_server)) {
    const auto presented =
        server_offer_.own.chain.empty() ? certs::certificate{} : server_offer_.own.chain.front();
    auto decided = tls::negotiate({client.name, client_offer_.what}, {server.name, server_offer_.what},
                                  tls::key_of(presented));
    computed_ = std::move(decided.value);
    for (const auto& own : client_offer_.own)
        if (computed_.succeeds() && server_offer_.ask != tls::client_certificate::not_asked &&
            !own.chain.empty() && !client_offer_.what.groups.empty() &&
            !has_curve_of(client_offer_.what, own.chain.front()))
            computed_.not_performed = "client certificate of a curve that its own list of curves lacks (" +
                                      own.chain.front().fields().curve + ")";
    decisions_.push_back(computed_.version_why);
    if (decided.why != computed_.version_why)
        decisions_.push_back(std::move(decided.why));
    auto told = tls::forced(client_offer_.what, server_offer_.what, computed_);
    client_offer_.what = std::move(told.client);
    server_offer_.what = std::move(told.server);
    if (!computed_.succeeds()) // no certificate is looked at, and one group more could make a common one
        return;
    admit_curve(server_offer_.what, presented);
    for (const auto& own : client_offer_.own)
        if (!own.chain.empty())
            admit_curve(server_offer_.what, own.chain.front());
}

bool tls_agreement::client_begins() const {
    return computed_.outcome != agreement::no_version_on_client &&
           computed_.outcome != agreement::no_suite_on_client && computed_.not_performed.empty();
}

std::string tls_agreement::finding() const {
    if (computed_.not_performed.empty())
        return {};
    if (!computed_.succeeds())
        return fmt::format(
            "computed, not performed: on Windows {} and {} would come to {}; this OpenSSL has no {}",
            client_.name, server_.name, in_words(computed_), computed_.not_performed);
    return fmt::format(
        "computed, not performed: on Windows {} and {} would go on with {} and {}; this OpenSSL has no {}",
        client_.name, server_.name, tls::to_string(computed_.agreed_version), computed_.suite,
        computed_.not_performed);
}

void tls_agreement::name_failure(tls::side s, net::handshake_result& seen) const {
    if (seen.completed || computed_.succeeds() || computed_.alert < 0)
        return;
    seen.ended_by = computed_.as_failure();
    seen.status = "SocketError";
    if (computed_.alert_by_server == (s == tls::side::client))
        seen.alert_received = computed_.alert;
}

void tls_agreement::compare(const net::handshake_result& client, const net::handshake_result& server) const {
    if (!client_begins() || !server_answers() || is_about_certificates(client) ||
        is_about_certificates(server))
        return;
    const auto computed = in_words(computed_);
    const auto real = in_words(client, server);
    if (computed != real)
        throw std::runtime_error(fmt::format(
            "the negotiation of {} with {} was computed to come to {}, and the real handshake came to {}",
            client_.name, server_.name, computed, real));
}

std::vector<trace::event_record> tls_agreement::events(tls::side s, const net::handshake_result& seen,
                                                       instant now) const {
    const auto& who = s == tls::side::client ? client_ : server_;
    std::vector<trace::event_record> out;
    if (!who.is_exchange() || !tls::logs_errors(who.registry_at_start))
        return out;
    for (auto& e : tls::schannel_events(exchange::windows_of(who), s, computed_, seen.alert_sent,
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
