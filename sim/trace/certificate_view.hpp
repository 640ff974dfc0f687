// A certificate as the record shows it.
#pragma once

#include "certs/certificate.hpp"
#include "sim/trace/run_record.hpp"

namespace connlab::trace {

certificate_view view_of(const certs::certificate& c);

} // namespace connlab::trace
