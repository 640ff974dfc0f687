// A file that a simulated server leaves behind.
#pragma once

#include <string>

namespace connlab::report {

struct log_file {
    std::string path; // begins with the server: TESTMS05/Application.txt
    std::string text; // UTF-8
};

} // namespace connlab::report
