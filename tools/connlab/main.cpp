#include "tools/connlab/command.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <unistd.h>

int main(int argc, char** argv) {
    using namespace connlab::command;
    std::signal(SIGPIPE, SIG_IGN); // a reader that goes away (`| head`) is not a fault of the lab
    spdlog::set_default_logger(spdlog::stderr_logger_st("connlab"));
    spdlog::set_pattern("connlab: %v");
    const bool out_tty = isatty(STDOUT_FILENO) != 0;
    const bool plain = std::getenv("NO_COLOR") != nullptr;
    const streams io{std::cin, std::cout, std::cerr, out_tty, isatty(STDERR_FILENO) != 0, out_tty && !plain};
    try {
        const int status = dispatch(arguments(argv + 1, argv + argc), io);
        std::cout.flush();
        return status;
    } catch (const std::exception& e) {
        spdlog::error("the lab itself failed: {}", e.what());
    } catch (...) {
        spdlog::error("the lab itself failed, with an unknown exception");
    }
    return lab_fault;
}
