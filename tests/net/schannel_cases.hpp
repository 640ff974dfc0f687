// tests/cases/schannel-negotiation.txt: two machines, a certificate, and what Windows makes of them.
#pragma once

#include "sim/tls/negotiate.hpp"
#include "sim/tls/schannel.hpp"

#include <string>
#include <vector>

namespace connlab::net::tests {

struct schannel_case {
    int line = 0;
    std::string text;
    tls::profile client;
    tls::profile server;
    std::string certificate; // of tests/net/ends.hpp
    std::string expected;
};
/// Throws std::runtime_error with the line that does not read.
std::vector<schannel_case> schannel_cases();

/// In the words of the file.
std::string in_words(const tls::negotiation& n);

} // namespace connlab::net::tests
