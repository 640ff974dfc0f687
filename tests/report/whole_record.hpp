// A record in which every field is set, and every text is its own name in angle brackets.
#pragma once

#include "sim/trace/run_record.hpp"

namespace connlab::report::test {

trace::run_record whole_record();

} // namespace connlab::report::test
