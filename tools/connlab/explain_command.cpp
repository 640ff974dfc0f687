#include "sim/lab/run.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/json.hpp"
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
    fmt::print(io.err, "connlab: there is no rule {}{} (`connlab explain --rule all` lists them)\n", id,
               did_you_mean(id, known));
    return invalid_input;
}

bool has_flow(const trace::run_record& run, const std::string& id) {
    return std::any_of(run.steps.begin(), run.steps.end(), [&](const trace::step_record& s) {
        return std::any_of(s.flows.begin(), s.flows.end(),
                           [&](const trace::flow_record& f) { return f.id == id; });
    });
}

/// What `--flow` tells and nothing else.
trace::run_record alone(trace::run_record run, const std::string& id) {
    for (auto& s : run.steps) {
        const auto other = [&](const trace::flow_record& f) { return f.id != id; };
        s.flows.erase(std::remove_if(s.flows.begin(), s.flows.end(), other), s.flows.end());
    }
    const auto empty = [](const trace::step_record& s) { return s.flows.empty(); };
    run.steps.erase(std::remove_if(run.steps.begin(), run.steps.end(), empty), run.steps.end());
    return run;
}

} // namespace

int explain(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    add_format(described);
    described.add_options()("flow", po::value<std::string>()->default_value("")->value_name("ID"),
                            "tell this flow alone (1, 2.3 as `run` numbers them)");
    described.add_options()("no-wire", "leave out the SMTP dialogue and the handshake messages");
    described.add_options()("rule", po::value<std::string>()->value_name("ID"),
                            "explain a rule of the catalogue; `all` lists every rule");
    const auto options =
        read(args, described, positional::paths,
             "connlab explain PATH [--flow ID]\nconnlab explain --rule ID\n\nTells what happened and "
             "why: each decision with its rule, the roads not taken\nand the scenario line that "
             "decided.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    if (values.count("rule") > 0)
        return explain_rule(values["rule"].as<std::string>(), io);
    const auto named = paths_of(values);
    if (named.empty()) {
        fmt::print(io.err, "connlab: explain needs a scenario file, or --rule ID\n");
        return invalid_input;
    }
    const auto paths = existing_scenarios(named, io);
    if (!paths)
        return invalid_input;
    const auto loaded = load_all(*paths, io);
    if (!loaded.valid)
        return invalid_input;
    const auto result = play(loaded.all, 0, io);
    const report::explain_options what{values["flow"].as<std::string>(), values.count("no-wire") == 0};
    for (const auto& one : result.records)
        if (!what.flow.empty() && !has_flow(one, what.flow)) {
            fmt::print(io.err, "connlab: {} has no flow {}\n", one.path, what.flow);
            return invalid_input;
        }
    if (wants_json(values)) {
        std::vector<trace::run_record> told;
        for (const auto& one : result.records)
            told.push_back(what.flow.empty() ? one : alone(one, what.flow));
        fmt::print(io.out, "{}", report::json(told));
    } else {
        for (const auto& one : result.records)
            fmt::print(io.out, "{}", report::explain(one, what, report::paint(io.colour)));
    }
    return result.valid ? as_expected : invalid_input;
}

} // namespace connlab::command
