#include "tools/connlab/options.hpp"

#include "sim/base/diagnostic.hpp"

#include <fmt/ostream.h>

#include <algorithm>
#include <thread>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

std::vector<std::string> names_of(const po::options_description& described) {
    std::vector<std::string> known;
    for (const auto& option : described.options())
        known.push_back("--" + option->long_name());
    return known;
}

void refuse_unknown_format(const po::variables_map& values) {
    if (values.count("format") == 0)
        return;
    const auto format = values["format"].as<std::string>();
    if (format != "text" && format != "json")
        throw po::error(fmt::format("--format is text or json, not {}", format));
}

constexpr int most_threads = 256;

void refuse_odd_threads(const po::variables_map& values) {
    if (values.count("threads") == 0)
        return;
    const auto asked = values["threads"].as<int>();
    if (asked < 0 || asked > most_threads)
        throw po::error(fmt::format("--threads is 0 to {}, not {}", most_threads, asked));
}

} // namespace

po::options_description options_of_a_command() {
    po::options_description out("Options");
    out.add_options()("help,h", "this text");
    return out;
}

void add_format(po::options_description& described) {
    described.add_options()("format", po::value<std::string>()->default_value("text")->value_name("FORMAT"),
                            "text or json");
}

void add_threads(po::options_description& described, const std::string& what) {
    const auto text = fmt::format("{} to run at a time; 0: one a core", what);
    described.add_options()("threads", po::value<int>()->default_value(0)->value_name("N"), text.c_str());
}

read_options read(const arguments& args, const po::options_description& described, positional takes,
                  const std::string& usage, const streams& io) {
    po::options_description all;
    all.add(described);
    po::positional_options_description places;
    if (takes == positional::paths) {
        all.add_options()("path", po::value<std::vector<std::string>>());
        places.add("path", -1);
    }
    po::variables_map values;
    try {
        const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
        po::store(po::command_line_parser(args).options(all).positional(places).style(style).run(), values);
        po::notify(values);
        refuse_unknown_format(values);
        refuse_odd_threads(values);
    } catch (const po::unknown_option& e) {
        const auto wrong = e.get_option_name();
        fmt::print(io.err, "connlab: unknown option {}{}\n", wrong, did_you_mean(wrong, names_of(described)));
        return {std::nullopt, invalid_input};
    } catch (const po::too_many_positional_options_error&) {
        fmt::print(io.err, "connlab: this command takes options only (--help)\n");
        return {std::nullopt, invalid_input};
    } catch (const po::error& e) {
        fmt::print(io.err, "connlab: {}\n", e.what());
        return {std::nullopt, invalid_input};
    }
    if (values.count("help") > 0) {
        fmt::print(io.out, "{}\n{}", usage, fmt::streamed(described));
        return {std::nullopt, as_expected};
    }
    return {values, as_expected};
}

std::vector<std::string> paths_of(const po::variables_map& values) {
    return values.count("path") > 0 ? values["path"].as<std::vector<std::string>>()
                                    : std::vector<std::string>{};
}

bool wants_json(const po::variables_map& values) {
    return values["format"].as<std::string>() == "json";
}

unsigned threads_of(const po::variables_map& values) {
    const auto asked = values["threads"].as<int>();
    return asked > 0 ? static_cast<unsigned>(asked) : std::max(1U, std::thread::hardware_concurrency());
}

std::string did_you_mean(const std::string& wrong, const std::vector<std::string>& known) {
    const auto near = nearest_word(wrong, known);
    return near.empty() ? std::string{} : "; did you mean " + near + "?";
}

} // namespace connlab::command
