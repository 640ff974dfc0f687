#include "certs/forge.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/json.hpp"
#include "sim/report/text.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <fmt/ostream.h>

#include <algorithm>

namespace connlab::command {

namespace {

std::string counted(std::size_t n, std::string_view what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

struct checked_files {
    std::vector<report::checked_scenario> all;
    source_texts texts;

    std::size_t count(severity level) const {
        std::size_t sum = 0;
        for (const auto& c : all)
            sum += static_cast<std::size_t>(std::count_if(
                c.findings.begin(), c.findings.end(), [&](const diagnostic& d) { return d.level == level; }));
        return sum;
    }
};

checked_files check_all(const std::vector<std::string>& paths, const certs::key_pool& pool) {
    checked_files out;
    const auto reader = disk_reader();
    for (const auto& path : paths) {
        auto loaded = scenario::load(path, reader);
        report::checked_scenario one{path, {}, std::move(loaded.findings)};
        out.texts.merge(loaded.texts);
        if (loaded.value) {
            one.title = loaded.value->title;
            const auto more = lab::best_practice(*loaded.value, pool);
            one.findings.insert(one.findings.end(), more.begin(), more.end());
        }
        out.all.push_back(std::move(one));
    }
    return out;
}

void print_findings(const checked_files& checked, const streams& io) {
    for (const auto& c : checked.all) {
        if (c.findings.empty())
            continue;
        if (checked.all.size() > 1)
            fmt::print(io.out, "{}", report::title_line(c.title, c.path, report::paint(io.colour)));
        fmt::print(io.out, "{}{}", render(c.findings, checked.texts), checked.all.size() > 1 ? "\n" : "");
    }
    fmt::print(io.out, "{}: {}, {}, {}.\n", counted(checked.all.size(), "file"),
               counted(checked.count(severity::error), "error"),
               counted(checked.count(severity::warning), "warning"),
               counted(checked.count(severity::note), "note"));
}

} // namespace

int check(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    add_format(described);
    const auto options =
        read(args, described, positional::paths,
             "connlab check [PATH…]\n\nValidates scenario files and reports what an experienced "
             "consultant would see,\nwithout running anything.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto paths = existing_scenarios(paths_of(values), io);
    if (!paths)
        return invalid_input;
    const auto pool = open_keys();
    const auto checked = check_all(*paths, *pool);
    if (wants_json(values))
        fmt::print(io.out, "{}", report::json(checked.all));
    else
        print_findings(checked, io);
    if (checked.count(severity::error) > 0)
        return invalid_input;
    return checked.count(severity::warning) > 0 ? not_as_expected : as_expected;
}

} // namespace connlab::command
