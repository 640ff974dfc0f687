#include "tools/connlab/command.hpp"
#include "tools/connlab/options.hpp"

#include <fmt/ostream.h>

namespace connlab::command {

namespace {

struct subcommand {
    std::string name;
    int (*call)(const arguments&, const streams&);
};

const std::vector<subcommand>& subcommands() {
    static const std::vector<subcommand> table = {
        {"run", run},       {"check", check}, {"explain", explain}, {"matrix", matrix},
        {"verify", verify}, {"forge", forge}, {"listen", listen},
    };
    return table;
}

constexpr const char* help_text =
    R"(connlab: a lab for Exchange SMTP/TLS connector negotiation

A scenario file describes organizations, servers, certificates, connectors and DNS
in Exchange's own words. The lab builds that world in one process, lets the simulated
connectors talk real SMTP and real STARTTLS over loopback, and says for every message
what happened, why, and what an administrator would have seen.

  connlab run [PATH…]        run scenarios (all bundled ones without a PATH), judge what
                             they expect
  connlab explain PATH       tell each flow as a story: connector, next hop, certificate,
                             handshake, chain, policy, queue, event log
  connlab explain --rule ID  what a rule says, and its source
  connlab check [PATH…]      validate files, report best-practice findings; run nothing
  connlab matrix             the truth table: certificate and STARTTLS faults × TLS levels
  connlab verify …           Windows' verdict on a certificate chain from files
  connlab forge PATH --to DIR  write the certificates of a scenario as PEM files
  connlab listen PATH --server NAME  let a simulated server take real clients on 127.0.0.1
  connlab COMMAND --help     the options of a command
  connlab --version

Results go to standard output, progress and diagnostics to standard error. `--format json`
gives machines what people read. NO_COLOR is honoured.

Exit status: 0 all as expected · 1 an expectation failed, a warning of check, a chain refused
             2 the input is invalid · 3 the lab itself failed
)";

} // namespace

int dispatch(const arguments& args, const streams& io) {
    if (args.empty() || args[0] == "--help" || args[0] == "-h" || args[0] == "help") {
        fmt::print(io.out, "{}", help_text);
        return args.empty() ? invalid_input : as_expected;
    }
    if (args[0] == "--version") {
        fmt::print(io.out, "connlab {}\n", CONNLAB_VERSION);
        return as_expected;
    }
    std::vector<std::string> names;
    for (const auto& s : subcommands()) {
        if (s.name == args[0])
            return s.call(arguments(args.begin() + 1, args.end()), io);
        names.push_back(s.name);
    }
    fmt::print(io.err, "connlab: there is no command {}{} (connlab --help)\n", args[0],
               did_you_mean(args[0], names));
    return invalid_input;
}

} // namespace connlab::command
