// What must hold in every world: what a stricter level delivers, a laxer one delivers too; RequireTLS never
// speaks in clear; a verdict depends neither on threads nor on the order of unrelated things. Worlds are
// drawn at random with fixed seeds: their peers are the rows of the matrix.
#include "sim/base/ascii.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/lab/run.hpp"
#include "sim/lab/world.hpp"
#include "sim/report/json.hpp"
#include "tests/properties/dice.hpp"
#include "tools/connlab/matrix.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

using namespace connlab;
using tests::dice;

namespace {

constexpr int decision_worlds = 4000;
constexpr int handshake_worlds = 120;

enum class column {
    none,
    require_tls,
    encryption_only,
    certificate_validation,
    domain_validation,
    domain_secure
};
constexpr std::array all_columns = {column::none,
                                    column::require_tls,
                                    column::encryption_only,
                                    column::certificate_validation,
                                    column::domain_validation,
                                    column::domain_secure};

const certs::key_pool& keys() {
    static const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    BOOST_TEST_REQUIRE(static_cast<bool>(pool), pool.error);
    return **pool;
}

const std::vector<std::string>& row_files() {
    static const auto files = [] {
        auto out = command::find_scenarios({"scenarios/matrix"}).paths;
        std::erase_if(out, [](const std::string& path) { return path.ends_with("/base.yaml"); });
        return out;
    }();
    return files;
}

const std::vector<scenario::scenario>& rows() {
    static const auto plans = [] {
        std::vector<scenario::scenario> out;
        for (const auto& path : row_files()) {
            auto loaded = scenario::load(path, command::disk_reader());
            BOOST_TEST_REQUIRE(loaded.value.has_value(), path);
            out.push_back(std::move(*loaded.value));
        }
        return out;
    }();
    return plans;
}

const std::vector<lab::world>& peers() {
    static const auto worlds = [] {
        std::vector<lab::world> out;
        for (const auto& plan : rows()) {
            auto built = lab::build_world(plan, keys());
            BOOST_TEST_REQUIRE(built.value.has_value());
            out.push_back(std::move(*built.value));
        }
        return out;
    }();
    return worlds;
}

// ---- worlds at the level of decisions ----

struct drawn_world {
    const lab::world* peer = nullptr;
    instant now{};
    std::string tls_domain;
    bool starttls_offered = true;
    bool starttls_refused = false;
    tls::failure handshake = tls::failure::none;
    exchange::behavior rules;
};

void draw_switches(dice& d, exchange::behavior& b) {
    for (const auto* name : {"NoDistributionPoint", "TlsDomainWildcardDepth", "CnMatchesBesideSan",
                             "ServerCertificateUsage", "PartialChainReason", "StarttlsRefused"})
        for (const auto& s : exchange::behavior_switches())
            if (s.name == name && d.one_in(3))
                b.set(name, d.pick(s.words), {});
}

drawn_world draw(dice& d) {
    static const std::vector<std::string> references = {
        "mail.contoso.com", "contoso.com", "*.contoso.com", "www.contoso.com", "mx.mail.contoso.com", ""};
    static const std::vector<tls::failure> failures = {
        tls::failure::no_common_version, tls::failure::no_common_suite, tls::failure::bad_record,
        tls::failure::connection_reset,  tls::failure::refused_by_peer, tls::failure::silence,
        tls::failure::key_too_short,     tls::failure::nothing_enabled, tls::failure::not_performed};
    drawn_world w;
    w.peer = &d.pick(peers());
    w.now = w.peer->plan.clock + std::chrono::hours(24) * (static_cast<int>(d.below(900)) - 300);
    w.tls_domain = d.pick(references);
    w.starttls_offered = !d.one_in(8);
    w.starttls_refused = d.one_in(12);
    if (d.one_in(10))
        w.handshake = d.pick(failures);
    draw_switches(d, w.rules);
    return w;
}

exchange::send_connector connector_of(column c, const drawn_world& w) {
    exchange::send_connector out;
    out.name = "To Contoso";
    out.address_spaces = {{exchange::address_space{"SMTP", "contoso.com", 1}}, {}};
    out.require_tls = c != column::none && c != column::domain_secure;
    if (c == column::encryption_only)
        out.level = std::optional(exchange::tls_auth_level::encryption_only);
    if (c == column::certificate_validation)
        out.level = std::optional(exchange::tls_auth_level::certificate_validation);
    if (c == column::domain_validation) {
        out.level = std::optional(exchange::tls_auth_level::domain_validation);
        out.tls_domain = w.tls_domain;
    }
    out.domain_secure_enabled = c == column::domain_secure;
    return out;
}

struct outcome {
    bool delivered = false;
    bool encrypted = false;
};

using tally = std::map<std::string, int>;
using certificate_judge = std::function<trace::decided<exchange::send_verdict>(
    const exchange::server&, const exchange::send_connector&, const exchange::tls_policy&,
    const std::vector<certs::certificate>&, instant, const exchange::behavior&, chain::signature_memo&)>;

trace::decided<exchange::send_verdict> real_judge(const exchange::server& s,
                                                  const exchange::send_connector& c,
                                                  const exchange::tls_policy& p,
                                                  const std::vector<certs::certificate>& chain, instant now,
                                                  const exchange::behavior& b, chain::signature_memo& memo) {
    std::vector<trace::chain_view> views;
    return exchange::judge_server_certificate(s, c, p, chain, now, b, memo, views);
}

/// The sender's decisions from the policy to the verdict on the certificate, as a session would ask for them.
class decider {
  public:
    decider(certificate_judge judge, tally& reached) : judge_(std::move(judge)), reached_(reached) {}

    outcome decide(column c, const drawn_world& w) {
        auto organization = w.peer->organizations.front();
        if (c == column::domain_secure)
            organization.transport.tls_send_domain_secure_list = {{"contoso.com"}, {}};
        const auto& sender = organization.servers.front();
        const auto& receiver = w.peer->organizations.back().servers.front();
        const auto connector = connector_of(c, w);
        const auto policy =
            kept(exchange::outbound_tls_policy(organization, connector, "contoso.com", w.rules));
        const auto hello = kept(exchange::judge_ehlo(connector, policy, w.starttls_offered, "contoso.com",
                                                     "mail.contoso.com", w.rules));
        if (hello.action != exchange::send_action::start_tls)
            return {hello.action == exchange::send_action::proceed, false};
        if (w.starttls_refused) {
            const auto refused = kept(
                exchange::judge_starttls_refusal(connector, policy, "454 4.7.0 TLS not available", w.rules));
            return {refused.action == exchange::send_action::proceed, false};
        }
        if (w.handshake != tls::failure::none) {
            const auto failed =
                kept(exchange::judge_handshake_failure(connector, policy, w.handshake, "", w.rules));
            return {failed.action == exchange::send_action::proceed, false};
        }
        std::vector<certs::certificate> chain = {receiver.certificates.back().cert};
        for (const auto& more : receiver.certificates.back().sent_with)
            chain.push_back(more);
        const auto verdict = kept(judge_(sender, connector, policy, chain, w.now, w.rules, memo_));
        return {verdict.action != exchange::send_action::queue, true};
    }

  private:
    template <class T>
    T kept(trace::decided<T> d) {
        ++reached_[d.why.rule];
        return std::move(d.value);
    }

    certificate_judge judge_;
    tally& reached_;
    chain::signature_memo memo_;
};

/// Violations of the invariants in so many drawn worlds.
std::vector<std::string> violations(unsigned seed, int worlds, const certificate_judge& judge, tally& reached,
                                    tally& outcomes) {
    std::vector<std::string> out;
    dice d(seed);
    decider decide(judge, reached);
    for (int i = 0; i < worlds; ++i) {
        const auto w = draw(d);
        std::map<column, outcome> got;
        for (const auto c : all_columns) {
            got[c] = decide.decide(c, w);
            ++outcomes[got[c].delivered ? (got[c].encrypted ? "tls" : "clear") : "queued"];
        }
        const auto within = [&](column strict, column lax, std::string_view what) {
            if (got[strict].delivered && !got[lax].delivered)
                out.push_back(fmt::format("world {} of seed {} ({}): {}", i, seed, w.peer->plan.title, what));
        };
        within(column::encryption_only, column::none, "EncryptionOnly delivers what no level does not");
        within(column::certificate_validation, column::encryption_only,
               "CertificateValidation beyond EncryptionOnly");
        within(column::domain_validation, column::certificate_validation,
               "DomainValidation beyond CertificateValidation");
        within(column::domain_secure, column::certificate_validation,
               "DomainSecure beyond CertificateValidation");
        if (got[column::require_tls].delivered != got[column::encryption_only].delivered)
            out.push_back(
                fmt::format("world {} of seed {}: RequireTLS alone is not EncryptionOnly", i, seed));
        for (const auto c : all_columns)
            if (c != column::none && got[c].delivered && !got[c].encrypted)
                out.push_back(
                    fmt::format("world {} of seed {}: delivered in clear although TLS is required", i, seed));
    }
    return out;
}

/// Rules that a Send connector's TLS decisions can reach in these worlds; each has to be.
bool must_be_reached(const std::string& id) {
    static const std::vector<std::string> prefixes = {
        "exchange.level.", "exchange.starttls.", "exchange.chain.", "exchange.name.", "exchange.handshake."};
    // Their conditions are not drawn here: revocation, smart hosts, own credentials, ignored STARTTLS; each
    // has unit tests.
    static const std::vector<std::string> elsewhere = {"exchange.starttls.not-tried",
                                                       "exchange.starttls.required-by-basic-auth",
                                                       "exchange.chain.revoked",
                                                       "exchange.chain.revocation-unknown",
                                                       "exchange.chain.no-certificate",
                                                       "exchange.chain.server-usage",
                                                       "exchange.name.smart-host-mismatch",
                                                       "exchange.name.smart-host-accepted",
                                                       "exchange.name.certificate-wildcard",
                                                       "exchange.name.reference-wildcard",
                                                       "exchange.name.cn-beside-san",
                                                       "exchange.handshake.no-credentials",
                                                       "exchange.handshake.unknown-credentials",
                                                       "exchange.handshake.other",
                                                       "exchange.handshake.clear-retry"};
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& p) { return id.starts_with(p); }) &&
           std::find(elsewhere.begin(), elsewhere.end(), id) == elsewhere.end();
}

// ---- worlds with handshakes ----

scenario::scenario with_column(scenario::scenario plan, const command::matrix_column& c, dice& d) {
    command::apply_column(c, plan);
    // The order of unrelated things: authorities, DNS records, Send connectors of other domains.
    std::reverse(plan.dns.begin(), plan.dns.end());
    if (d.one_in(2))
        std::reverse(plan.authorities.begin(), plan.authorities.end());
    return plan;
}

trace::run_record played(const scenario::scenario& plan, unsigned threads) {
    auto result = lab::run(plan, keys(), {threads});
    BOOST_TEST_REQUIRE(result.record.has_value());
    return std::move(*result.record);
}

bool mail_in_clear(const trace::flow_record& f) {
    return std::any_of(f.sessions.begin(), f.sessions.end(), [](const trace::session_record& s) {
        return std::any_of(s.lines.begin(), s.lines.end(), [](const trace::smtp_line& l) {
            return !l.encrypted && ascii_istarts_with(l.text, "MAIL FROM");
        });
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(levels)

BOOST_AUTO_TEST_CASE(stricter_levels_deliver_less_in_thousands_of_worlds) {
    tally reached;
    tally outcomes;
    for (const unsigned seed : {1U, 20240603U})
        for (const auto& violation : violations(seed, decision_worlds, real_judge, reached, outcomes))
            BOOST_TEST(false, violation);
    std::string table;
    for (const auto& [rule, count] : reached)
        table += fmt::format("\n  {:>6} {}", count, rule);
    for (const auto& [word, count] : outcomes)
        table += fmt::format("\n  {:>6} outcome {}", count, word);
    BOOST_TEST_MESSAGE("reached:" << table);
    for (const auto& rule : exchange::rules())
        if (must_be_reached(rule.id))
            BOOST_TEST(reached[rule.id] > 0, rule.id << " was never reached");
    for (const auto* word : {"tls", "clear", "queued"})
        BOOST_TEST(outcomes[word] > 0, word << " was never an outcome");
}

// The check itself can fail: a policy that forgets the chain at DomainValidation is caught.
BOOST_AUTO_TEST_CASE(a_broken_policy_is_caught) {
    const certificate_judge forgetful = [](const exchange::server& s, const exchange::send_connector& c,
                                           const exchange::tls_policy& p,
                                           const std::vector<certs::certificate>& chain, instant now,
                                           const exchange::behavior& b, chain::signature_memo& memo) {
        auto d = real_judge(s, c, p, chain, now, b, memo);
        if (p.check_name)
            d.value.action = exchange::send_action::proceed;
        return d;
    };
    tally reached;
    tally outcomes;
    BOOST_TEST(!violations(1, 200, forgetful, reached, outcomes).empty());
}

BOOST_AUTO_TEST_CASE(hundreds_of_real_worlds_keep_the_invariants) {
    dice d(7);
    const auto& columns = command::matrix_columns();
    int runs = 0;
    for (int i = 0; i < handshake_worlds; ++i) {
        const auto& row = d.pick(rows());
        const auto& strict = columns[2 + d.below(4)];
        if (row.title.find("IgnoreSTARTTLS") != std::string::npos)
            continue;
        auto plain = row;
        command::apply_column(strict, plain);
        const auto alone = played(plain, 1);
        const auto shuffled = played(with_column(row, strict, d), 4);
        auto lax = row;
        command::apply_column(columns.front(), lax);
        const auto opportunistic = played(lax, 1);
        runs += 3;
        const auto& f = alone.steps.back().flows.front();
        const auto& g = shuffled.steps.back().flows.front();
        const auto where = row.title + ", " + strict.id;
        BOOST_TEST(f.reply == g.reply, where);
        BOOST_TEST((f.outcome == g.outcome), where);
        BOOST_TEST(!mail_in_clear(f), where << ": MAIL went out in clear");
        if (f.outcome == trace::flow_outcome::delivered)
            BOOST_TEST((opportunistic.steps.back().flows.front().outcome == trace::flow_outcome::delivered),
                       where);
    }
    BOOST_TEST(runs >= 300);
}

BOOST_AUTO_TEST_SUITE_END()
