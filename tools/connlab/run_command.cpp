#include "sim/report/explain.hpp"
#include "sim/report/json.hpp"
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
        for (const auto& f : s.flows)
            for (const auto& session : f.sessions)
                out += session.handshake.key_log;
    return out;
}

/// One folder a scenario: record.json, story.txt, keys.log.
void write_artifacts(const std::string& folder, const trace::run_record& run) {
    const auto below =
        std::filesystem::path(folder) / std::filesystem::path(run.path).relative_path().replace_extension();
    std::filesystem::create_directories(below);
    write(below / "record.json", report::json(std::vector<trace::run_record>{run}));
    write(below / "story.txt", report::explain(run, {}, report::paint(false)));
    write(below / "keys.log", key_log_of(run));
}

bool known_format(const std::string& format, const streams& io) {
    if (format == "text" || format == "json")
        return true;
    fmt::print(io.err, "connlab: --format is text or json, not {}\n", format);
    return false;
}

bool all_found(const found_files& found, const streams& io) {
    for (const auto& name : found.missing)
        fmt::print(io.err, "connlab: there is no scenario file or folder {}\n", name);
    return found.missing.empty();
}

} // namespace

int run(const arguments& args, const streams& io) {
    po::options_description described("Options");
    described.add_options()("help,h", "this text")("format", po::value<std::string>()->default_value("text"),
                                                   "text or json")(
        "threads", po::value<unsigned>()->default_value(0), "how many to run at a time; 0: one a core")(
        "artifacts", po::value<std::string>(),
        "write record.json, story.txt and keys.log of each scenario below this folder")(
        "path", po::value<std::vector<std::string>>(), "scenario files or folders");
    const auto options =
        read(args, described, "path",
             "connlab run [PATH…]\n\nRuns scenarios, all bundled ones without a PATH, and judges what they "
             "expect.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto format = values["format"].as<std::string>();
    const auto named =
        values.count("path") > 0 ? values["path"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const auto found = find_scenarios(named);
    if (!known_format(format, io) || !all_found(found, io))
        return invalid_input;
    const auto loaded = load_all(found.paths, io);
    if (!loaded.valid)
        return invalid_input;
    const auto result = play(loaded.all, values["threads"].as<unsigned>(), io);
    if (values.count("artifacts") > 0)
        for (const auto& one : result.records)
            write_artifacts(values["artifacts"].as<std::string>(), one);
    const report::paint p(io.colour);
    if (format == "json") {
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
