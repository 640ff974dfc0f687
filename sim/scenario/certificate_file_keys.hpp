// CertificateFiles of an organization: what Import-ExchangeCertificate can import.
#pragma once

#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

const key_table<certificate_draft>& certificate_file_keys();

void read_certificate_files(const node& mapping, exchange::organization& into, reading& r);

} // namespace connlab::scenario
