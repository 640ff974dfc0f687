// Colour for terminals: names of roles, not of colours. Without colour every function returns its text
// unchanged.
#pragma once

#include <string>
#include <string_view>

namespace connlab::report {

class paint {
  public:
    explicit paint(bool colour) : colour_(colour) {}

    std::string good(std::string_view text) const { return wrap("32", text); }
    std::string bad(std::string_view text) const { return wrap("31", text); }
    std::string warn(std::string_view text) const { return wrap("33", text); }
    std::string strong(std::string_view text) const { return wrap("1", text); }
    std::string faint(std::string_view text) const { return wrap("2", text); }
    std::string wire(std::string_view text) const { return wrap("36", text); }

    /// A finished report: what a peer, a certificate or a file put in it cannot steer the terminal. Only the
    /// colours above and line feeds remain.
    std::string finished(std::string_view report) const;

  private:
    std::string wrap(std::string_view code, std::string_view text) const;
    bool colour_;
};

} // namespace connlab::report
