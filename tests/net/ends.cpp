#include "tests/net/ends.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <exception>

namespace connlab::net::tests {

namespace {

std::vector<certs::certificate_recipe> recipes() {
    const auto day = [](std::string_view iso) { return *parse_instant(iso); };
    const auto name = [](const std::string& cn) { return *certs::parse_x500_name("CN=" + cn); };
    std::vector<certs::certificate_recipe> all{
        certs::root_ca("Root", name("Root"), day("2015-01-01"), day("2045-01-01"))};
    const auto leaf = [&](const std::string& id) -> certs::certificate_recipe& {
        all.push_back(certs::server_leaf(id, "Root", name("mail.contoso.com"), {"mail.contoso.com"},
                                         day("2024-01-01"), day("2040-01-01")));
        return all.back();
    };
    leaf("server");
    leaf("client").extended_key_usage = {std::string(certs::eku_client_auth)};
    leaf("server-usage").extended_key_usage = {std::string(certs::eku_server_auth)};
    leaf("ec").key = {certs::key_kind::ec, 256, {}, false};
    auto& weak = leaf("weak");
    weak.key.bits = 1024;
    weak.hash = "SHA1";
    leaf("expired").not_after = day("2024-01-02");
    leaf("self-signed").issuer.clear();
    return all;
}

const certs::forged& forged() {
    static const auto all = [] {
        const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
        BOOST_REQUIRE_MESSAGE(pool, pool.error);
        auto issued = certs::forge(recipes(), **pool);
        BOOST_REQUIRE_MESSAGE(issued, issued.error);
        return std::move(*issued);
    }();
    return all;
}

} // namespace

tls::credential credential(const std::string& name) {
    const auto& one = forged().by_id.at(name);
    tls::credential out;
    out.chain = {one.cert};
    out.key = one.key;
    return out;
}

const certs::certificate& root() {
    return forged().by_id.at("Root").cert;
}

ends::ends() {
    auto made =
        network_.connect(*parse_ip_address("192.168.10.5"), *parse_endpoint("203.0.113.25:25", 25), true);
    both_ = std::move(made.ends);
    idle = [] { throw std::logic_error("everything waits and nothing is under way"); };
}

void ends::start(asio::awaitable<void> task) {
    asio::co_spawn(network_.context(), std::move(task), [this](const std::exception_ptr& e) {
        --running_;
        if (e)
            std::rethrow_exception(e);
    });
}

void ends::run() {
    network_.run([this] { return running_ == 0; }, [this] { return client().quiet() && server().quiet(); },
                 [this] { idle(); });
}

std::vector<std::string> handshakes::messages() const {
    std::vector<std::string> out;
    for (const auto& m : wire)
        out.push_back((m.way == trace::direction::client_to_server ? "C " : "S ") + m.type);
    return out;
}

std::vector<std::string> handshakes::encrypted() const {
    std::vector<std::string> out;
    for (const auto& m : wire)
        if (m.encrypted)
            out.push_back((m.way == trace::direction::client_to_server ? "C " : "S ") + m.type);
    return out;
}

std::vector<std::string> handshakes::flights() const {
    std::vector<std::string> out;
    for (auto m = wire.begin(); m != wire.end();) {
        const auto behind = std::find_if(m, wire.end(), [&](const auto& l) { return l.flight != m->flight; });
        const auto last = std::prev(behind)->number;
        out.push_back((m->way == trace::direction::client_to_server ? "C " : "S ") +
                      std::to_string(m->number) + (last == m->number ? "" : "-" + std::to_string(last)));
        m = behind;
    }
    return out;
}

const trace::tls_message& handshakes::message(std::string_view type) const {
    const auto found = std::find_if(wire.begin(), wire.end(), [&](const auto& m) { return m.type == type; });
    BOOST_REQUIRE_MESSAGE(found != wire.end(), type << " was not sent");
    return *found;
}

handshakes shake_hands(const tls::client_offer& client, const tls::server_offer& server) {
    handshakes out;
    tls_contexts contexts(true);
    ends e;
    e.client().share_wire(out.wire);
    e.server().share_wire(out.wire);
    if (client.asks_status)
        e.client().ask_for_status();
    e.server().staple(server.stapled_response);
    e.play(into(e.client().handshake(true, contexts.client(client), client.sni, e.memo()), out.client),
           into(e.server().handshake(false, contexts.server(server), {}, e.memo()), out.server));
    out.key_log = e.client().tap()->key_log();
    out.certificate_requested = e.client().tap()->certificate_requested();
    out.alert_from_server = e.server().tap()->alert_sent();
    out.alert_from_client = e.client().tap()->alert_sent();
    return out;
}

tls::client_offer client_of(tls::profile what) {
    tls::client_offer out;
    out.what = std::move(what);
    out.sni = "mail.contoso.com";
    return out;
}

tls::server_offer server_of(tls::profile what, const std::string& certificate) {
    tls::server_offer out;
    out.what = std::move(what);
    out.own = credential(certificate);
    return out;
}

tls::profile only(tls::version v, std::vector<std::string> suites) {
    auto out = tls::current_openssl();
    out.versions = {v};
    if (!suites.empty())
        out.suites = std::move(suites);
    return out;
}

} // namespace connlab::net::tests
