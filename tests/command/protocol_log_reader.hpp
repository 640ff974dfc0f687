// A reader of Exchange's SMTP protocol logs, written from the format alone (on-premises sheet 6.1 to 6.5); it
// shares nothing with what prints them.
#pragma once

#include <string>
#include <vector>

namespace log_reader {

struct row {
    int line = 0; // in the file, from 1
    std::string date_time;
    std::string connector;
    std::string session;
    int sequence = 0;
    std::string local;
    std::string remote;
    char event = ' ';
    std::string data;
    std::string context;
};

struct log {
    bool sending = false;
    std::vector<row> rows;
    std::vector<std::string> complaints; // line and what is wrong there
};

/// `with_header`: the five lines that begin with # are demanded; an excerpt has none, and may begin in the
/// middle of a session.
log read(const std::string& text, bool with_header);

} // namespace log_reader
