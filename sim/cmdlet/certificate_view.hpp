// Certificates as Get-, New- and Import-ExchangeCertificate print them. Internal.
#pragma once

#include "sim/cmdlet/formatting.hpp"
#include "sim/cmdlet/shell.hpp"

namespace connlab::cmdlet {

view_object view_of_certificate(const exchange::server& s, const exchange::stored_certificate& c,
                                const shell& in);
/// A request that no authority has answered yet.
view_object view_of_request(const exchange::server& s, const exchange::stored_certificate& c);

/// The services' names become the seven letters of the table.
void show_letters(view& v);

/// The table of one certificate.
std::string printed_certificate(view_object o);

} // namespace connlab::cmdlet
