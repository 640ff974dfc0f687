#include "sim/base/ascii.hpp"
#include "sim/base/parsed.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/comparison.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/flights.hpp"
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

/// `1, 3.1, 3.2`
std::string flows_of(const std::vector<trace::run_record>& runs) {
    std::vector<std::string> ids;
    for (const auto& run : runs)
        for (const auto& step : run.steps)
            for (const auto& f : step.flows)
                if (std::find(ids.begin(), ids.end(), f.id) == ids.end())
                    ids.push_back(f.id);
    return ids.empty() ? std::string("it has none") : "there are " + join(ids, ", ");
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

report::explain_options options_of(const po::variables_map& values) {
    using report::handshake_depth;
    report::explain_options out;
    out.flow = values["flow"].as<std::string>();
    out.wire = values.count("no-wire") == 0;
    if (!out.wire)
        out.handshake = handshake_depth::result;
    if (values.count("handshake") > 0)
        out.handshake = handshake_depth::fields;
    return out;
}

/// The flow with this id, and its session with TLS; the error says which of both is missing.
parsed<report::compared> to_compare(const trace::run_record& run, std::string_view id) {
    for (const auto& step : run.steps)
        for (const auto& f : step.flows) {
            if (f.id != id)
                continue;
            const auto* s = report::session_with_tls(f);
            return s != nullptr ? parsed<report::compared>::ok({f, *s})
                                : parsed<report::compared>::fail(fmt::format("flow {} never tried TLS", id));
        }
    return parsed<report::compared>::fail(
        fmt::format("{} has no flow {}: {}", run.path, id, flows_of({run})));
}

int compare(const std::vector<trace::run_record>& runs, const std::string& ids, const streams& io) {
    const auto comma = ids.find(',');
    if (comma == std::string::npos || runs.size() != 1) {
        fmt::print(io.err,
                   "connlab: --compare takes one scenario and two flows of it, as --compare 1,2; {}\n",
                   flows_of(runs));
        return invalid_input;
    }
    const auto left = to_compare(runs.front(), trim(std::string_view(ids).substr(0, comma)));
    const auto right = to_compare(runs.front(), trim(std::string_view(ids).substr(comma + 1)));
    for (const auto* one : {&left, &right})
        if (!*one) {
            fmt::print(io.err, "connlab: {}\n", one->error);
            return invalid_input;
        }
    fmt::print(io.out, "{}", report::compare(*left, *right, report::paint(io.colour)));
    return as_expected;
}

} // namespace

int explain(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    add_format(described);
    described.add_options()("flow", po::value<std::string>()->default_value("")->value_name("ID"),
                            "tell this flow alone (1, 2.3 as `run` numbers them)");
    described.add_options()("no-wire", "leave out the SMTP dialogue and the handshake messages");
    described.add_options()("handshake", "every field of the handshake messages, not only what matters most");
    described.add_options()("compare", po::value<std::string>()->value_name("ID,ID"),
                            "draw the handshakes of two flows side by side, and nothing else");
    described.add_options()("rule", po::value<std::string>()->value_name("ID"),
                            "explain a rule of the catalogue; `all` lists every rule");
    const auto options =
        read(args, described, positional::paths,
             "connlab explain PATH [--flow ID] [--handshake | --no-wire]\n"
             "connlab explain PATH --compare ID,ID\nconnlab explain --rule ID\n\nTells what happened and "
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
    if (values.count("compare") > 0 && wants_json(values)) {
        fmt::print(io.err, "connlab: --compare draws; --format json has every message of both flows\n");
        return invalid_input;
    }
    if (values.count("compare") > 0)
        return compare(result.records, values["compare"].as<std::string>(), io);
    const auto what = options_of(values);
    for (const auto& one : result.records)
        if (!what.flow.empty() && !has_flow(one, what.flow)) {
            fmt::print(io.err, "connlab: {} has no flow {}: {}\n", one.path, what.flow, flows_of({one}));
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
