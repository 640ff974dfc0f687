#include "certs/forge.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/json.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <fmt/ostream.h>

#include <algorithm>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

std::string counted(std::size_t n, std::string_view what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

std::size_t count(const diagnostics& all, severity level) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const diagnostic& d) { return d.level == level; }));
}

} // namespace

int check(const arguments& args, const streams& io) {
    po::options_description described("Options");
    described.add_options()("help,h", "this text")("format", po::value<std::string>()->default_value("text"),
                                                   "text or json")(
        "path", po::value<std::vector<std::string>>(), "scenario files or folders");
    const auto options =
        read(args, described, "path",
             "connlab check [PATH…]\n\nValidates scenario files and reports what an experienced consultant "
             "would see,\nwithout running anything.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto found = find_scenarios(values.count("path") > 0 ? values["path"].as<std::vector<std::string>>()
                                                               : std::vector<std::string>{});
    for (const auto& name : found.missing)
        fmt::print(io.err, "connlab: there is no scenario file or folder {}\n", name);
    if (!found.missing.empty())
        return invalid_input;
    const auto pool = open_keys(io);
    if (!pool)
        return lab_fault;
    diagnostics all;
    source_texts texts;
    const auto reader = disk_reader();
    for (const auto& path : found.paths) {
        auto one = scenario::load(path, reader);
        all.insert(all.end(), one.findings.begin(), one.findings.end());
        texts.merge(one.texts);
        if (one.value) {
            const auto more = lab::best_practice(*one.value, *pool);
            all.insert(all.end(), more.begin(), more.end());
        }
    }
    if (values["format"].as<std::string>() == "json") {
        fmt::print(io.out, "{}", report::json(all));
    } else {
        fmt::print(io.out, "{}", render(all, texts));
        fmt::print(io.out, "{}: {}, {}, {}.\n", counted(found.paths.size(), "file"),
                   counted(count(all, severity::error), "error"),
                   counted(count(all, severity::warning), "warning"),
                   counted(count(all, severity::note), "note"));
    }
    if (has_errors(all))
        return invalid_input;
    return count(all, severity::warning) > 0 ? not_as_expected : as_expected;
}

} // namespace connlab::command
