// Reads the presentation language of RFC 5246, section 4: numbers and vectors. Nothing is read beyond the
// end; a reader that was asked for more than it had stays damaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace connlab::tls {

class octets {
  public:
    explicit octets(std::string_view bytes) : rest_(bytes) {}

    /// Big-endian, of 1 to 4 bytes; 0 when they are not there.
    std::uint32_t number(std::size_t width);
    /// The next bytes; none at all when they are not there.
    std::string_view take(std::size_t size);
    /// `opaque x<…>`: a length of `width` bytes and that many bytes.
    std::string_view vector(std::size_t width) { return take(number(width)); }

    /// What is left.
    std::string_view take_rest() { return take(rest_.size()); }
    /// What was read makes no sense.
    void reject() { take(rest_.size() + 1); }

    bool damaged() const { return damaged_; }
    /// There is more, and it can be read.
    explicit operator bool() const { return !damaged_ && !rest_.empty(); }
    /// Nothing is missing and nothing is left over.
    bool whole() const { return !damaged_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool damaged_ = false;
};

} // namespace connlab::tls
