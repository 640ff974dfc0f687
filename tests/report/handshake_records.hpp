// Two handshakes written by hand, and one that was refused.
#pragma once

#include "sim/trace/run_record.hpp"

namespace connlab::report::test {

trace::session_record session_with_tls_1_2();
trace::session_record session_with_tls_1_3();
/// TLS 1.3: the client's certificate is refused when the client believes itself connected.
trace::session_record session_refused_late();

} // namespace connlab::report::test
