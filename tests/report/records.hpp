// Records written by hand: what the tests of the renderings share.
#pragma once

#include "sim/trace/run_record.hpp"

namespace connlab::report::test {

/// One message that a DomainValidation level keeps in the queue, after one session with TLS.
trace::run_record refused_run();

/// The same message, delivered; its outcome rests on no assumption.
trace::run_record delivered_run();

} // namespace connlab::report::test
