#include "sim/report/json.hpp"
#include "sim/report/text.hpp"
#include "tools/connlab/artifacts.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <fmt/ostream.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

/// Looked at before anything is played.
bool can_be_written(const std::string& folder, const std::vector<scenario::loaded>& all, const streams& io) {
    bool out = true;
    for (const auto& one : all)
        if (const auto why = obstacle_in(artifact_folder(folder, one.value->path)); !why.empty()) {
            fmt::print(io.err, "connlab: {}\n", why);
            out = false;
        }
    return out;
}

/// False: the place does not take files, which is said.
bool write_all(const std::string& folder, const std::vector<trace::run_record>& records, const streams& io) {
    try {
        for (const auto& one : records)
            replace_artifacts(artifact_folder(folder, one.path), artifacts_of(one));
        return true;
    } catch (const std::runtime_error& why) {
        fmt::print(io.err, "connlab: --artifacts {}: {}\n", folder, why.what());
        return false;
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
        "certificates, below this folder; the files of an earlier run are removed first");
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
    const auto folder = artifacts ? values["artifacts"].as<std::string>() : std::string{};
    if (artifacts && !can_be_written(folder, loaded.all, io))
        return invalid_input;
    const auto result = play(loaded.all, threads_of(values), io, artifacts);
    if (artifacts && !write_all(folder, result.records, io))
        return invalid_input;
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
