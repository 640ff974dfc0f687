// What Get-ExchangeCertificate shows of a certificate beside its fields (on-premises sheet 1.1).
#pragma once

#include "sim/exchange/model.hpp"

namespace connlab::exchange {

/// `IP.WS..`: seven places in the order I P U W S F and call router, a letter or a dot.
std::string service_letters(std::uint32_t services);
/// `IMAP, POP, IIS, SMTP`.
std::string service_names(std::uint32_t services);
/// Valid, DateInvalid, Untrusted, Invalid: the server's own verdict; revocation is not looked at.
std::string status_of(const server& s, const stored_certificate& c, instant now);
/// None, Registry, ThirdParty: which Root store the chain ends in.
std::string root_ca_type(const server& s, const stored_certificate& c, instant now);
bool is_self_signed(const stored_certificate& c);
/// What setup and New-ExchangeCertificate sign with: SHA-1 before 2019 CU11 and 2016 CU22 (reference README,
/// item 9; talk T13).
bool signs_with_sha1(const exchange_version& v);

} // namespace connlab::exchange
