#include "sim/base/diagnostic.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/text.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <fmt/ostream.h>

#include <algorithm>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

int explain_rule(const std::string& id, const streams& io) {
    const report::paint p(io.colour);
    const auto& catalogue = lab::rule_catalogue();
    if (id == "all") {
        for (const auto& r : catalogue)
            fmt::print(io.out, "{}\n", report::text(r, p));
        return as_expected;
    }
    const auto found =
        std::find_if(catalogue.begin(), catalogue.end(), [&](const trace::rule& r) { return r.id == id; });
    if (found != catalogue.end()) {
        fmt::print(io.out, "{}", report::text(*found, p));
        return as_expected;
    }
    std::vector<std::string> known;
    for (const auto& r : catalogue)
        known.push_back(r.id);
    const auto near = nearest_word(id, known);
    fmt::print(io.err, "connlab: there is no rule {}{}; `connlab explain --rule all` lists them\n", id,
               near.empty() ? "" : ", did you mean " + near + "?");
    return invalid_input;
}

bool has_flow(const trace::run_record& run, const std::string& id) {
    return std::any_of(run.steps.begin(), run.steps.end(), [&](const trace::step_record& s) {
        return std::any_of(s.flows.begin(), s.flows.end(),
                           [&](const trace::flow_record& f) { return f.id == id; });
    });
}

} // namespace

int explain(const arguments& args, const streams& io) {
    po::options_description described("Options");
    described.add_options()("help,h", "this text")("flow", po::value<std::string>()->default_value(""),
                                                   "tell this flow alone (1, 2.3 as `run` numbers them)")(
        "no-wire", "leave out the SMTP dialogue and the handshake messages")(
        "rule", po::value<std::string>(), "explain a rule of the catalogue; `all` lists every rule")(
        "path", po::value<std::vector<std::string>>(), "scenario files or folders");
    const auto options = read(
        args, described, "path",
        "connlab explain PATH [--flow ID]\nconnlab explain --rule ID\n\nTells what happened and why: each "
        "decision with its rule, the roads not taken\nand the scenario line that decided.\n",
        io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    if (values.count("rule") > 0)
        return explain_rule(values["rule"].as<std::string>(), io);
    if (values.count("path") == 0) {
        fmt::print(io.err, "connlab: explain needs a scenario file, or --rule ID\n");
        return invalid_input;
    }
    const auto found = find_scenarios(values["path"].as<std::vector<std::string>>());
    for (const auto& name : found.missing)
        fmt::print(io.err, "connlab: there is no scenario file or folder {}\n", name);
    if (!found.missing.empty())
        return invalid_input;
    const auto loaded = load_all(found.paths, io);
    if (!loaded.valid)
        return invalid_input;
    const auto result = play(loaded.all, 0, io);
    const report::explain_options what{values["flow"].as<std::string>(), values.count("no-wire") == 0};
    for (const auto& one : result.records) {
        if (!what.flow.empty() && !has_flow(one, what.flow)) {
            fmt::print(io.err, "connlab: {} has no flow {}\n", one.path, what.flow);
            return invalid_input;
        }
        fmt::print(io.out, "{}", report::explain(one, what, report::paint(io.colour)));
    }
    return result.valid ? as_expected : invalid_input;
}

} // namespace connlab::command
