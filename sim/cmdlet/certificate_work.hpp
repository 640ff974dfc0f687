// What New-, Import-, Enable- and Remove-ExchangeCertificate share. Internal.
#pragma once

#include "sim/cmdlet/object_work.hpp"

#include <optional>

namespace connlab::cmdlet {

/// The Exchange server that -Server names, else the one on which the shell runs. Null: said that there is
/// none.
exchange::server* certificate_server(const work& w, const plain_arguments& given);

/// The flags of -Services. Absent: said what is wrong.
std::optional<std::uint32_t> read_services(const value& services, error_list& errors);

/// "Overwrite the existing default SMTP certificate?" when services with SMTP are given to a certificate that
/// is not the default one; -Force answers Yes, else No is the answer.
void ask_about_default(const work& w, exchange::server& s, const exchange::stored_certificate& c,
                       std::uint32_t services, bool force);

} // namespace connlab::cmdlet
