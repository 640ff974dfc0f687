// What Windows fetched to judge certificates: as lines of the story, and as the files themselves.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/report/paint.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

/// One paragraph for each; empty when nothing was fetched.
std::string retrieval_text(const std::vector<trace::retrieval_record>& all, const paint& p);

/// `TESTMS05/CryptnetUrlCache/1.2-1 CRL.crl`: the bodies that flow 1.2 fetched for that server, in order, and
/// `index.txt` with their URLs.
std::vector<log_file> fetched_files(const trace::run_record& run);

} // namespace connlab::report
