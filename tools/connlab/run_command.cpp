#include "sim/report/certificate_views.hpp"
#include "sim/report/event_logs.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/json.hpp"
#include "sim/report/messages.hpp"
#include "sim/report/protocol_logs.hpp"
#include "sim/report/queue_viewer.hpp"
#include "sim/report/retrievals.hpp"
#include "sim/report/text.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

void write(const std::filesystem::path& path, const std::string& contents) {
    std::ofstream file(path, std::ios::binary);
    file << contents;
    if (!file.flush())
        throw std::runtime_error("cannot write " + path.string());
}

std::string key_log_of(const trace::run_record& run) {
    std::string out;
    for (const auto& s : run.steps)
        for (const auto* flows : {&s.earlier, &s.flows, &s.reports})
            for (const auto& f : *flows)
                for (const auto& session : f.sessions)
                    out += session.handshake.key_log;
    return out;
}

/// Where a scenario's files go: its own path below `folder`, never beside it.
std::filesystem::path folder_of(const std::string& folder, const std::filesystem::path& scenario) {
    const auto plain = scenario.lexically_normal();
    const bool outside = plain.begin() != plain.end() && *plain.begin() == "..";
    const auto below = outside ? std::filesystem::absolute(scenario).lexically_normal() : plain;
    return std::filesystem::path(folder) / below.relative_path().replace_extension();
}

/// One folder a scenario: record.json, story.txt, keys.log, and a folder a server with its logs.
void write_artifacts(const std::string& folder, const trace::run_record& run) {
    const auto below = folder_of(folder, run.path);
    std::filesystem::create_directories(below);
    write(below / "record.json", report::json(std::vector<trace::run_record>{run}));
    write(below / "story.txt", report::explain(run, {}, report::paint(false)));
    write(below / "keys.log", key_log_of(run));
    for (const auto& logs :
         {report::event_logs(run), report::protocol_logs(run), report::messages(run),
          report::queue_views(run), report::certificate_views(run), report::fetched_files(run)})
        for (const auto& log : logs) {
            std::filesystem::create_directories((below / log.path).parent_path());
            write(below / log.path, log.text);
        }
}

} // namespace

int run(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    add_format(described);
    add_threads(described, "how many");
    described.add_options()(
        "artifacts", po::value<std::string>()->value_name("DIR"),
        "write record.json, story.txt, keys.log and, for each server, its event and protocol "
        "logs, its queues and certificates, the messages it delivered and what it fetched to judge "
        "certificates, below this folder");
    const auto options =
        read(args, described, positional::paths,
             "connlab run [PATH…]\n\nRuns scenarios, all bundled ones without a PATH, and judges "
             "what they expect.\nA PATH is a scenario file or a folder of them.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto paths = existing_scenarios(paths_of(values), io);
    if (!paths)
        return invalid_input;
    const auto loaded = load_all(*paths, io);
    if (!loaded.valid) {
        if (wants_json(values))
            fmt::print(io.out, "{}", report::json(findings_of(loaded, *paths)));
        return invalid_input;
    }
    const bool artifacts = values.count("artifacts") > 0;
    const auto result = play(loaded.all, threads_of(values), io, artifacts);
    if (artifacts)
        for (const auto& one : result.records)
            write_artifacts(values["artifacts"].as<std::string>(), one);
    const report::paint p(io.colour);
    if (wants_json(values)) {
        fmt::print(io.out, "{}", report::json(result.records));
    } else {
        for (const auto& one : result.records)
            fmt::print(io.out, "{}", report::text(one, p));
        fmt::print(io.out, "{}", report::summary(result.records, p));
    }
    if (!result.valid)
        return invalid_input;
    const bool met = std::all_of(result.records.begin(), result.records.end(),
                                 [](const trace::run_record& r) { return r.as_expected(); });
    return met ? as_expected : not_as_expected;
}

} // namespace connlab::command
