// What Get-ExchangeCertificate shows of each server: table and list, after each step that changed it.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::report {

/// `TESTMS05/Certificates.txt`; none for a run that kept no views.
std::vector<log_file> certificate_views(const trace::run_record& run);

} // namespace connlab::report
