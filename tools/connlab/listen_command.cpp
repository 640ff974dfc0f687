#include "sim/lab/listen.hpp"
#include "sim/lab/real_responders.hpp"
#include "sim/report/explain.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include "certs/forge.hpp"

#include <fmt/ostream.h>

#include <chrono>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

struct how_to_listen {
    std::uint16_t port = 0;
    unsigned sessions = 0; // 0: without end

    bool goes_on_after(unsigned done) const { return sessions == 0 || done < sessions; }
};

int serve_smtp(const lab::world& w, const std::string& name, const how_to_listen& how, const streams& io) {
    const auto* server = w.server_named(name);
    if (server == nullptr) {
        fmt::print(io.err, "connlab: the scenario has no server {}\n", name);
        return invalid_input;
    }
    lab::real_listener listener(w, *server, how.port);
    fmt::print(io.out, "listening on 127.0.0.1:{} as {}\n", listener.port(), *server->fqdn);
    io.out.flush();
    for (unsigned i = 0; how.goes_on_after(i); ++i) {
        const auto session = listener.serve();
        fmt::print(io.out, "{}\n", report::explain(session, listener.events(), report::paint(io.colour)));
        io.out.flush();
    }
    return as_expected;
}

/// Real clients compare times with their own clock.
instant wall_clock() {
    return std::chrono::floor<duration>(std::chrono::system_clock::now());
}

int serve_http(const lab::world& w, const how_to_listen& how, const streams& io) {
    lab::real_responders responders(w, how.port);
    fmt::print(io.out, "listening on 127.0.0.1:{} for HTTP\n", responders.port());
    for (const auto& [url, what] : responders.urls())
        fmt::print(io.out, "  {}  {}\n", url, what);
    io.out.flush();
    for (unsigned i = 0; how.goes_on_after(i); ++i) {
        if (const auto served = responders.serve(wall_clock()))
            fmt::print(io.out, "{}: {}, {} bytes\n", served->request, served->status, served->bytes);
        io.out.flush();
    }
    return as_expected;
}

} // namespace

int listen(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    described.add_options()("server", po::value<std::string>()->value_name("NAME"),
                            "the server of the scenario that listens");
    described.add_options()("responders", po::bool_switch(),
                            "instead of a server: what its authorities publish, over HTTP");
    described.add_options()("port", po::value<std::uint16_t>()->default_value(0)->value_name("N"),
                            "port on 127.0.0.1; 0: a free one");
    described.add_options()("sessions", po::value<unsigned>()->default_value(0)->value_name("N"),
                            "end after so many; 0: go on until interrupted");
    const auto options = read(
        args, described, positional::paths,
        "connlab listen PATH --server NAME [--port N]\nconnlab listen PATH --responders [--port N]\n\nLets "
        "one simulated server take connections of real clients on 127.0.0.1 and tells\neach session: "
        "dialogue, handshake, what was decided. Or serves revocation lists, OCSP\nresponses and issuers' "
        "certificates of the scenario's authorities, as of now, to\nclients that use it as a proxy or "
        "name the host (curl -x, openssl ocsp -header).\n",
        io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto named = paths_of(values);
    const bool responders = values["responders"].as<bool>();
    if (named.size() != 1 || (values.count("server") > 0) == responders) {
        fmt::print(io.err, "connlab: listen needs one scenario file and --server NAME or --responders\n");
        return invalid_input;
    }
    const auto paths = existing_scenarios(named, io);
    if (!paths)
        return invalid_input;
    const auto loaded = load_all(*paths, io);
    if (!loaded.valid || loaded.all.size() != 1)
        return invalid_input;
    const auto pool = open_keys();
    const auto built = lab::build_world(*loaded.all.front().value, *pool);
    fmt::print(io.err, "{}", render(built.findings, loaded.all.front().texts));
    if (!built.value)
        return invalid_input;
    const how_to_listen how{values["port"].as<std::uint16_t>(), values["sessions"].as<unsigned>()};
    return responders ? serve_http(*built.value, how, io)
                      : serve_smtp(*built.value, values["server"].as<std::string>(), how, io);
}

} // namespace connlab::command
