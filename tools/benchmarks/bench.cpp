// Raw in-memory OpenSSL handshakes against complete flows, in one run on the same machine: same certificates,
// versions, suites and certificate request; no resumption, no reuse of connections. Then the memory of a
// thousand flows. Ends with lines `ratio NAME VALUE`.
#include "certs/forge.hpp"
#include "sim/lab/steps.hpp"
#include "sim/net/raw_handshake.hpp"
#include "sim/report/json.hpp"
#include "sim/scenario/loader.hpp"
#include "tools/benchmarks/worlds.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>

namespace {

using namespace connlab;
using steady = std::chrono::steady_clock;

constexpr auto measured = std::chrono::milliseconds(2500); // of raw handshakes in each round
constexpr std::size_t flows_in_a_step = 400;

struct subject {
    std::string name;
    scenario::scenario plan;
    tls::server_offer server;
    tls::client_offer client;
};

tls::credential credential_of(const exchange::stored_certificate& c) {
    tls::credential out;
    out.chain.push_back(c.cert);
    out.chain.insert(out.chain.end(), c.sent_with.begin(), c.sent_with.end());
    out.key = c.key;
    return out;
}

lab::world world_of(const scenario::scenario& plan, const certs::key_pool& pool) {
    auto built = lab::build_world(plan, pool);
    if (!built.value)
        throw std::runtime_error("a benchmark world cannot be built");
    return std::move(*built.value);
}

subject make_subject(std::string name, std::string_view yaml, const certs::key_pool& pool) {
    auto loaded = scenario::load("benchmark.yaml", [&](const std::string&) { return std::string(yaml); });
    if (!loaded.value)
        throw std::runtime_error(render(loaded.findings, loaded.texts));
    subject out;
    out.name = std::move(name);
    out.plan = std::move(*loaded.value);
    const auto w = world_of(out.plan, pool);
    const auto& sender = w.organizations.front().servers.front();
    const auto& receiver = w.organizations.back().servers.front();
    out.server.what = receiver.tls_of(exchange::transport_role::frontend_transport).server;
    out.server.own = credential_of(receiver.certificates.back());
    out.server.ask = *receiver.partner.ask_client_certificate;
    out.client.what = sender.transport_tls.client;
    out.client.sni = *receiver.fqdn;
    if (sender.is_exchange())
        out.client.own.push_back(credential_of(sender.certificates.back()));
    return out;
}

/// Handshakes per second of all threads together.
double raw(const subject& s, unsigned threads) {
    net::tls_contexts contexts;
    const auto client = contexts.client(s.client);
    const auto server = contexts.server(s.server);
    std::atomic<std::uint64_t> total{0};
    const auto begun = steady::now();
    const auto work = [&] {
        std::uint64_t count = 0;
        while (steady::now() - begun < measured) {
            if (!net::raw_handshake(client, server, s.client.sni))
                throw std::runtime_error("a raw handshake did not complete");
            ++count;
        }
        total += count;
    };
    std::vector<std::thread> crew;
    for (unsigned i = 0; i < threads; ++i)
        crew.emplace_back(work);
    for (auto& t : crew)
        t.join();
    return static_cast<double>(total) / std::chrono::duration<double>(steady::now() - begun).count();
}

/// The message of the subject's world, `count` times at once.
scenario::step sends(const subject& s, std::size_t count) {
    scenario::send_step step = std::get<scenario::send_step>(s.plan.steps.front().what);
    step.flows.resize(count, step.flows.front());
    scenario::step one;
    one.what = std::move(step);
    one.mark = s.plan.steps.front().mark;
    return one;
}

/// Complete flows per second: TCP, SMTP, STARTTLS, chain verdict, message, QUIT, all recorded.
double flows(const subject& s, const certs::key_pool& pool, unsigned threads) {
    const scenario::step one = sends(s, flows_in_a_step);
    lab::player player(world_of(s.plan, pool), {threads});
    std::size_t delivered = 0;
    std::size_t played = 0;
    steady::time_point begun;
    for (int round = 0; round < 5; ++round) { // the first one warms up
        if (round == 1)
            begun = steady::now();
        trace::step_record record;
        record.number = round + 1;
        diagnostics findings;
        player.play(one, record, findings);
        for (const auto& f : record.flows)
            delivered += f.outcome == trace::flow_outcome::delivered ? 1U : 0U;
        played += record.flows.size();
    }
    if (delivered != played)
        throw std::runtime_error(fmt::format("{} of {} flows were delivered", delivered, played));
    return static_cast<double>(4 * flows_in_a_step) /
           std::chrono::duration<double>(steady::now() - begun).count();
}

/// Peak memory of this process in MB once a thousand flows and their report are held at once.
double memory_of_a_thousand_flows(const subject& s, const certs::key_pool& pool, unsigned threads) {
    lab::player player(world_of(s.plan, pool), {threads});
    trace::run_record run;
    run.steps.emplace_back();
    diagnostics findings;
    player.play(sends(s, 1000), run.steps.back(), findings);
    if (report::json({run}).empty())
        throw std::runtime_error("a thousand flows left no report");
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1000.0;
}

std::string measure(const subject& s, const certs::key_pool& pool, unsigned threads) {
    const double alone = raw(s, 1);
    const double together = raw(s, threads);
    const double complete = flows(s, pool, threads);
    const std::string with = threads == 1 ? "1 thread" : fmt::format("{} threads", threads);
    fmt::print("{}, {}\n  raw handshakes per second: {:.0f} ({:.0f} each; {:.0f} with one thread alone)\n"
               "  complete flows per second: {:.0f}\n",
               s.name, with, together, together / threads, alone, complete);
    std::fflush(stdout);
    return fmt::format("ratio {}-{}-threads {:.3f}\n", s.name, threads, complete / together);
}

/// Messages over several hops, apart from the flows of one session: what counts is the handshakes they cost.
std::string measure_hops(const certs::key_pool& pool, const subject& alike, unsigned threads) {
    constexpr double sessions_each = 4;
    auto loaded = scenario::load("hops.yaml",
                                 [](const std::string&) { return std::string(benchmarks::four_sessions); });
    if (!loaded.value)
        throw std::runtime_error(render(loaded.findings, loaded.texts));
    subject s;
    s.plan = std::move(*loaded.value);
    const double messages = flows(s, pool, threads);
    const double handshakes = raw(alike, threads);
    fmt::print("multi-hop, {} threads\n  messages per second: {:.0f}, in {:.0f} sessions\n", threads,
               messages, messages * sessions_each);
    return fmt::format("ratio multi-hop-sessions-{}-threads {:.3f}\n", threads,
                       messages * sessions_each / handshakes);
}

} // namespace

int main() {
    const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    if (!pool) {
        fmt::print(stderr, "{}\n", pool.error);
        return 3;
    }
    const unsigned cores = std::max(2U, std::thread::hardware_concurrency());
    const std::vector<subject> subjects{make_subject("tls1.2-rsa2048", benchmarks::tls12_rsa, **pool),
                                        make_subject("tls1.3-p256", benchmarks::tls13_p256, **pool)};
    std::string ratios;
    for (const unsigned threads : {1U, cores})
        for (const auto& s : subjects)
            ratios += measure(s, **pool, threads);
    ratios += measure_hops(**pool, subjects.front(), cores);
    fmt::print("peak memory with 1,000 recorded flows and their JSON report: {:.0f} MB\n{}",
               memory_of_a_thousand_flows(subjects.front(), **pool, cores), ratios);
}
