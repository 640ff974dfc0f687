#include "sim/lab/listen.hpp"
#include "sim/report/explain.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include "certs/forge.hpp"

#include <fmt/ostream.h>

namespace connlab::command {

namespace po = boost::program_options;

int listen(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    described.add_options()("server", po::value<std::string>()->value_name("NAME"),
                            "the server of the scenario that listens");
    described.add_options()("port", po::value<std::uint16_t>()->default_value(0)->value_name("N"),
                            "port on 127.0.0.1; 0: a free one");
    described.add_options()("sessions", po::value<unsigned>()->default_value(0)->value_name("N"),
                            "end after so many; 0: go on until interrupted");
    const auto options =
        read(args, described, positional::paths,
             "connlab listen PATH --server NAME [--port N]\n\nLets one simulated server take "
             "connections of real clients on 127.0.0.1 and tells\neach session: dialogue, handshake, "
             "what was decided.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto named = paths_of(values);
    if (named.size() != 1 || values.count("server") == 0) {
        fmt::print(io.err, "connlab: listen needs one scenario file and --server NAME\n");
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
    const auto* server = built.value->server_named(values["server"].as<std::string>());
    if (server == nullptr) {
        fmt::print(io.err, "connlab: the scenario has no server {}\n", values["server"].as<std::string>());
        return invalid_input;
    }
    lab::real_listener listener(*built.value, *server, values["port"].as<std::uint16_t>());
    fmt::print(io.out, "listening on 127.0.0.1:{} as {}\n", listener.port(), *server->fqdn);
    io.out.flush();
    const auto sessions = values["sessions"].as<unsigned>();
    for (unsigned i = 0; sessions == 0 || i < sessions; ++i) {
        fmt::print(io.out, "{}\n", report::explain(listener.serve(), report::paint(io.colour)));
        io.out.flush();
    }
    return as_expected;
}

} // namespace connlab::command
