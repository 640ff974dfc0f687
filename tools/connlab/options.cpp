#include "tools/connlab/options.hpp"

#include "sim/base/diagnostic.hpp"

#include <fmt/ostream.h>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

std::string nearest_option(const std::string& wrong, const po::options_description& described) {
    std::vector<std::string> known;
    for (const auto& option : described.options())
        known.push_back("--" + option->long_name());
    return nearest_word(wrong, known);
}

} // namespace

read_options read(const arguments& args, const po::options_description& described,
                  const std::string& positional, const std::string& usage, const streams& io) {
    po::options_description all = described;
    po::positional_options_description places;
    if (!positional.empty())
        places.add(positional.c_str(), -1);
    po::variables_map values;
    try {
        const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
        po::store(po::command_line_parser(args).options(all).positional(places).style(style).run(), values);
        po::notify(values);
    } catch (const po::unknown_option& e) {
        const auto near = nearest_option(e.get_option_name(), described);
        fmt::print(io.err, "connlab: unknown option {}{}\n", e.get_option_name(),
                   near.empty() ? "" : "; did you mean " + near + "?");
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

} // namespace connlab::command
