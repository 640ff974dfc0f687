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
    po::options_description described("Options");
    described.add_options()("help,h", "this text")("server", po::value<std::string>(),
                                                   "the server of the scenario that listens")(
        "port", po::value<std::uint16_t>()->default_value(0), "port on 127.0.0.1; 0: a free one")(
        "sessions", po::value<unsigned>()->default_value(0), "end after so many; 0: go on until interrupted")(
        "path", po::value<std::vector<std::string>>(), "a scenario file");
    const auto options = read(
        args, described, "path",
        "connlab listen PATH --server NAME [--port N]\n\nLets one simulated server take connections of real "
        "clients on 127.0.0.1 and tells\neach session: dialogue, handshake, what was decided.\n",
        io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    if (values.count("path") == 0 || values.count("server") == 0) {
        fmt::print(io.err, "connlab: listen needs a scenario file and --server NAME\n");
        return invalid_input;
    }
    const auto loaded = load_all(values["path"].as<std::vector<std::string>>(), io);
    if (!loaded.valid || loaded.all.size() != 1)
        return invalid_input;
    const auto pool = open_keys(io);
    if (!pool)
        return lab_fault;
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
