// Declared addresses (192.168.10.5, 203.0.113.9, 2001:db8::5) ↔ 127.0.0.0/8. Loopback addresses never reach a
// report.
#pragma once

#include "sim/base/ip.hpp"

#include <map>

namespace connlab::net {

class address_plan {
  public:
    /// `lane` 0 to 199 keeps the plans of several workers apart: 127.(lane + 1).x.y.
    explicit address_plan(unsigned lane) : lane_(lane) {}

    /// The loopback address that stands for a declared one; assigned at first sight. At most 65,000 in a
    /// plan.
    ip_address real(const ip_address& declared);

  private:
    unsigned lane_;
    std::map<ip_address, ip_address> real_;
};

} // namespace connlab::net
