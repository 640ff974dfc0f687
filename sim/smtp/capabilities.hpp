// What an EHLO reply offers: keywords with their parameters (RFC 5321 section 4.1.1.1).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::smtp {

struct reply;

/// Keywords in upper case with their parameters; empty after HELO.
class capabilities {
  public:
    static capabilities of(const reply& hello);
    /// The lines of the reply without code; the first one is the greeting.
    static capabilities of(const std::vector<std::string>& lines);
    bool has(std::string_view keyword) const;
    std::string parameter(std::string_view keyword) const; // empty: none

  private:
    const std::string* find(std::string_view keyword) const;

    std::vector<std::pair<std::string, std::string>> known_;
};

} // namespace connlab::smtp
