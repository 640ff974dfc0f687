#include "certs/export.hpp"
#include "sim/lab/pki.hpp"
#include "sim/lab/published_bytes.hpp"
#include "sim/scenario/loader.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <fmt/ostream.h>

#include <filesystem>
#include <fstream>

namespace connlab::command {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

std::vector<certs::certificate_recipe> recipes_of(const scenario::scenario& plan, bool fresh) {
    auto out = scenario::recipes_of(plan);
    for (auto& r : out)
        r.key.fresh = fresh && r.key.same_as.empty();
    return out;
}

/// The lists of the authorities that name a place for them, as they stand at the scenario's clock.
std::vector<certs::crl_recipe> lists_of(const scenario::scenario& plan, const certs::forged& issued) {
    lab::world w;
    w.plan = plan;
    w.certificates = issued.by_id;
    std::vector<certs::crl_recipe> out;
    for (const auto& [id, a] : lab::authorities_at_work(w)) {
        const auto places = a.how.urls.find(scenario::publication::crl);
        if ((places != a.how.urls.end() && !places->second.empty()) || !a.history.empty())
            out.push_back(lab::list_recipe(a, plan.clock));
    }
    return out;
}

/// All files, or none when one of them is there already and `force` is not given.
int write_files(const std::vector<certs::exported_file>& files, const fs::path& folder, bool force,
                const streams& io) {
    for (const auto& f : files)
        if (!force && fs::exists(folder / f.path)) {
            fmt::print(io.err, "connlab: {} exists; --force overwrites\n", (folder / f.path).string());
            return invalid_input;
        }
    for (const auto& f : files) {
        const auto path = folder / f.path;
        fs::create_directories(path.parent_path());
        std::ofstream file(path, std::ios::binary);
        if (f.secret)
            fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        file << f.contents;
        if (!file.flush())
            throw std::runtime_error("cannot write " + path.string());
        fmt::print(io.out, "{}\n", path.string());
    }
    return as_expected;
}

} // namespace

int forge(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    described.add_options()("to", po::value<std::string>()->value_name("DIR"), "the folder to write into");
    described.add_options()("fresh-keys",
                            "generate every key anew: the only way to get certificates for real machines");
    described.add_options()("lab-keys", "write the public lab keys too (never use them outside the lab)");
    described.add_options()("force", "overwrite files that are there");
    const auto options =
        read(args, described, positional::paths,
             "connlab forge PATH --to DIR\n\nIssues the certificates of a scenario and writes them as "
             "PEM files: NAME.pem,\nNAME.chain.pem, NAME.key.pem for keys that were generated, and "
             "NAME.crl.pem of "
             "authorities\nthat publish lists or have revoked something, as of the scenario's clock.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto named = paths_of(values);
    if (named.empty() || values.count("to") == 0) {
        fmt::print(io.err, "connlab: forge needs a scenario file and --to DIR\n");
        return invalid_input;
    }
    const auto paths = existing_scenarios(named, io);
    if (!paths)
        return invalid_input;
    if (paths->size() != 1) {
        fmt::print(io.err, "connlab: forge takes one scenario file\n");
        return invalid_input;
    }
    const auto loaded = load_all(*paths, io);
    if (!loaded.valid)
        return invalid_input;
    const auto pool = open_keys();
    const auto forged =
        certs::forge(recipes_of(*loaded.all.front().value, values.count("fresh-keys") > 0), *pool);
    if (!forged) {
        fmt::print(io.err, "connlab: {}\n", forged.error);
        return invalid_input;
    }
    certs::export_request request;
    request.crls = lists_of(*loaded.all.front().value, *forged);
    request.lab_keys = values.count("lab-keys") > 0;
    const auto files = certs::export_files(*forged, request);
    if (!files) {
        fmt::print(io.err, "connlab: {}\n", files.error);
        return invalid_input;
    }
    return write_files(*files, values["to"].as<std::string>(), values.count("force") > 0, io);
}

} // namespace connlab::command
