// What `run --artifacts DIR` leaves: a later run takes away what an earlier one wrote, and nothing else.
#include "sim/trace/run_record.hpp"
#include "tools/connlab/artifacts.hpp"
#include "tools/connlab/command.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

using namespace connlab;
namespace fs = std::filesystem;

namespace {

struct scratch {
    scratch() {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~scratch() { fs::remove_all(path); }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    fs::path path = fs::temp_directory_path() / ("connlab-artifacts-" + std::to_string(getpid()));
    fs::path out = path / "out";
};

void put(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::string list_head = "# written by connlab run --artifacts; the next run removes these\n";

struct said {
    int status = 0;
    std::string err;
};

said run_with_artifacts(const fs::path& scenario, const fs::path& out) {
    std::istringstream in;
    std::ostringstream text;
    std::ostringstream err;
    const int status = command::dispatch({"run", scenario.string(), "--artifacts", out.string()},
                                         {in, text, err, false, false, false});
    return {status, err.str()};
}

std::string two_servers(const std::string& sends) {
    return "Title: Two\nExtends: " CONNLAB_SOURCE_DIR "/scenarios/topologies/partner-smtp.yaml\nSteps:\n" +
           sends;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(artifacts, scratch)

BOOST_AUTO_TEST_CASE(files_of_the_run_before_are_gone) {
    command::replace_artifacts(out, {{"record.json", "[]"}, {"MX/Messages/1.eml", "old"}, {"MX/a.txt", "a"}});
    command::replace_artifacts(out, {{"record.json", "[1]"}, {"MX/a.txt", "b"}});
    BOOST_TEST(contents(out / "record.json") == "[1]");
    BOOST_TEST(contents(out / "MX/a.txt") == "b");
    BOOST_TEST(!fs::exists(out / "MX/Messages"));
}

BOOST_AUTO_TEST_CASE(what_somebody_else_put_there_stays) {
    command::replace_artifacts(out, {{"record.json", "[]"}, {"MX/Messages/1.eml", "old"}});
    put(out / "MX/Messages/mine.txt", "mine");
    put(out / "notes.txt", "notes");
    fs::create_directories(out / "MX/empty");
    command::replace_artifacts(out, {{"record.json", "[]"}});
    BOOST_TEST(contents(out / "MX/Messages/mine.txt") == "mine");
    BOOST_TEST(contents(out / "notes.txt") == "notes");
    BOOST_TEST(fs::exists(out / "MX/empty"));
    BOOST_TEST(!fs::exists(out / "MX/Messages/1.eml"));
}

BOOST_AUTO_TEST_CASE(a_list_that_leads_elsewhere_removes_nothing) {
    put(path / "precious.txt", "precious");
    for (const auto& line : std::vector<std::string>{"../precious.txt", (path / "precious.txt").string(),
                                                     "MX/../../precious.txt", "..", ".", "MX/"}) {
        put(out / "files.txt", list_head + "story.txt\n" + line + "\n");
        put(out / "story.txt", "story");
        BOOST_TEST(command::obstacle_in(out).find(line) != std::string::npos, line);
        BOOST_CHECK_THROW(command::replace_artifacts(out, {{"story.txt", "new"}}), std::runtime_error);
        BOOST_TEST(contents(out / "story.txt") == "story");
    }
    BOOST_TEST(contents(path / "precious.txt") == "precious");
}

BOOST_AUTO_TEST_CASE(a_link_is_not_followed) {
    put(path / "elsewhere/1.eml", "precious");
    put(out / "files.txt", list_head + "MX/1.eml\n");
    fs::create_directory_symlink(path / "elsewhere", out / "MX");
    BOOST_TEST(!command::obstacle_in(out).empty());

    fs::remove(out / "MX");
    fs::create_directories(out / "MX");
    fs::create_symlink(path / "elsewhere/1.eml", out / "MX/1.eml");
    command::replace_artifacts(out, {{"record.json", "[]"}}); // the link goes, not what it leads to
    BOOST_TEST(!fs::is_symlink(out / "MX/1.eml"));
    BOOST_TEST(contents(path / "elsewhere/1.eml") == "precious");
}

BOOST_AUTO_TEST_CASE(files_without_a_list_of_ours_are_in_the_way) {
    put(out / "record.json", "[]");
    BOOST_TEST(command::obstacle_in(out).find("remove the folder") != std::string::npos);
    fs::remove(out / "record.json");
    put(out / "files.txt", "a shopping list\n");
    BOOST_TEST(!command::obstacle_in(out).empty());
    BOOST_TEST(contents(out / "files.txt") == "a shopping list\n");
    put(path / "file", "");
    BOOST_TEST(command::obstacle_in(path / "file").find("not a folder") != std::string::npos);
    BOOST_TEST(command::obstacle_in(path / "nothing").empty());
}

BOOST_AUTO_TEST_CASE(a_second_run_leaves_its_own_messages_alone) {
    const auto file = path / "one.yaml";
    const auto here = command::artifact_folder(out.string(), file);
    put(file, two_servers("  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n"
                          "  - Send: {From: anna@varunagroup.de, To: dora@contoso.com}\n"));
    BOOST_TEST(run_with_artifacts(file, out).status == 0);
    const auto eml = [&] {
        std::set<std::string> found;
        for (const auto& one : fs::recursive_directory_iterator(here))
            if (one.path().extension() == ".eml")
                found.insert(one.path().filename().string());
        return found.size();
    };
    BOOST_TEST(eml() == 2U);
    put(file, two_servers("  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n"));
    BOOST_TEST(run_with_artifacts(file, out).status == 0);
    BOOST_TEST(eml() == 1U);
}

BOOST_AUTO_TEST_CASE(an_obstacle_is_told_before_anything_is_played) {
    const auto file = path / "one.yaml";
    put(file, two_servers("  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n"));
    const auto here = command::artifact_folder(out.string(), file);
    put(here / "record.json", "mine");
    const auto got = run_with_artifacts(file, out);
    BOOST_TEST(got.status == 2);
    BOOST_TEST(got.err.find(here.string()) != std::string::npos, got.err);
    BOOST_TEST(contents(here / "record.json") == "mine");
}

BOOST_AUTO_TEST_SUITE_END()
