#include "tools/connlab/artifacts.hpp"

#include "sim/report/certificate_views.hpp"
#include "sim/report/event_logs.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/json.hpp"
#include "sim/report/messages.hpp"
#include "sim/report/protocol_logs.hpp"
#include "sim/report/queue_viewer.hpp"
#include "sim/report/retrievals.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace connlab::command {

namespace {

namespace fs = std::filesystem;

/// The first line says whose list it is; a file of this name that somebody else wrote is no list.
constexpr std::string_view first_line = "# written by connlab run --artifacts; the next run removes these";
constexpr const char* list_name = "files.txt";

void write(const fs::path& path, const std::string& contents) {
    std::ofstream file(path, std::ios::binary);
    file << contents;
    if (!file.flush())
        throw std::runtime_error("cannot write " + path.string());
}

/// Whether `relative` names something below the folder and no link leads out of it on the way.
bool stays_below(const fs::path& folder, const fs::path& relative) {
    if (relative.empty() || relative.is_absolute() || relative.lexically_normal() != relative)
        return false;
    auto way = folder;
    for (const auto& part : relative.parent_path()) {
        way /= part;
        if (part == ".." || fs::is_symlink(way))
            return false;
    }
    return relative.filename() != ".." && relative.filename() != "." && !relative.filename().empty();
}

struct list_of_files {
    bool valid = false; // it is one of ours
    std::vector<fs::path> relative;
};

list_of_files earlier_list(const fs::path& folder) {
    list_of_files out;
    std::ifstream file(folder / list_name, std::ios::binary);
    std::string line;
    out.valid = std::getline(file, line) && line == first_line;
    while (out.valid && std::getline(file, line))
        out.relative.emplace_back(line);
    return out;
}

/// Files alone, and links as such: what they lead to is not ours.
void remove_earlier(const fs::path& folder) {
    for (const auto& relative : earlier_list(folder).relative) {
        const auto path = folder / relative;
        if (const auto status = fs::symlink_status(path);
            fs::is_regular_file(status) || fs::is_symlink(status))
            fs::remove(path);
        std::error_code not_empty; // then it stays
        for (auto up = relative.parent_path(); !up.empty() && !not_empty; up = up.parent_path())
            if (fs::exists(folder / up))
                fs::remove(folder / up, not_empty);
    }
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

} // namespace

fs::path artifact_folder(const std::string& folder, const fs::path& scenario) {
    const auto plain = scenario.lexically_normal();
    const bool outside = plain.begin() != plain.end() && *plain.begin() == "..";
    const auto below = outside ? fs::absolute(scenario).lexically_normal() : plain;
    return fs::path(folder) / below.relative_path().replace_extension();
}

std::string obstacle_in(const fs::path& folder) {
    if (!fs::exists(folder))
        return {};
    if (!fs::is_directory(folder))
        return folder.string() + " is in the way: it is not a folder";
    const auto list = earlier_list(folder);
    if (!list.valid && (fs::exists(folder / list_name) || fs::exists(folder / "record.json")))
        return fmt::format(
            "{} has files and no list of them that this connlab wrote ({}): remove the folder or "
            "name another one, so that old files are not taken for new ones",
            folder.string(), list_name);
    for (const auto& one : list.relative)
        if (!stays_below(folder, one))
            return fmt::format("{} names `{}`, which is not below its folder: nothing is removed",
                               (folder / list_name).string(), one.string());
    return {};
}

void replace_artifacts(const fs::path& folder, const std::vector<report::log_file>& files) {
    if (const auto why = obstacle_in(folder); !why.empty())
        throw std::runtime_error(why);
    remove_earlier(folder);
    fs::create_directories(folder);
    std::string list = std::string(first_line) + "\n";
    for (const auto& f : files)
        list += f.path + "\n";
    write(folder / list_name, list); // first, so that a run that is broken off leaves nothing unlisted
    for (const auto& f : files) {
        fs::create_directories((folder / f.path).parent_path());
        write(folder / f.path, f.text);
    }
}

std::vector<report::log_file> artifacts_of(const trace::run_record& run) {
    std::vector<report::log_file> out{
        {"record.json", report::json(std::vector<trace::run_record>{run})},
        {"story.txt", report::explain(run, {}, report::paint(false))},
        {"keys.log", key_log_of(run)},
    };
    for (auto& some : {report::event_logs(run), report::protocol_logs(run), report::messages(run),
                       report::queue_views(run), report::certificate_views(run), report::fetched_files(run)})
        out.insert(out.end(), some.begin(), some.end());
    return out;
}

} // namespace connlab::command
