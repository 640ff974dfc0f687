#include "tools/connlab/command.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>

#include <poll.h>
#include <unistd.h>

namespace {

/// The other end of a pipe is closed: `connlab run | head`.
bool reader_went_away() {
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

} // namespace

int main(int argc, char** argv) {
    using namespace connlab::command;
    std::signal(SIGPIPE, SIG_IGN);
    spdlog::set_default_logger(spdlog::stderr_logger_st("connlab"));
    spdlog::set_pattern("connlab: %v");
    const bool out_tty = isatty(STDOUT_FILENO) != 0;
    const bool plain = std::getenv("NO_COLOR") != nullptr;
    const streams io{std::cin, std::cout, std::cerr, out_tty, isatty(STDERR_FILENO) != 0, out_tty && !plain};
    try {
        const int status = dispatch(arguments(argv + 1, argv + argc), io);
        if (!std::cout.flush() && !reader_went_away())
            throw std::runtime_error("standard output cannot be written");
        return status;
    } catch (const std::exception& e) {
        spdlog::error("the lab itself failed: {}", e.what());
    } catch (...) {
        spdlog::error("the lab itself failed, with an unknown exception");
    }
    return lab_fault;
}
