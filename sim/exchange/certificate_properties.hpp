// What Get-ExchangeCertificate shows of a certificate beside its fields (on-premises sheet 1.1).
#pragma once

#include "sim/exchange/model.hpp"

namespace connlab::exchange {

/// `IP.WS..`: seven places in the order I P U W S F and call router, a letter or a dot.
std::string service_letters(std::uint32_t services);
/// `IMAP, POP, IIS, SMTP`.
std::string service_names(std::uint32_t services);
/// The server's verdict on a certificate of its own, revocation included.
trace::decided<chain::verdict> judge_own_chain(const server& s, const stored_certificate& c, instant now,
                                               const chain::evidence& known);
/// Valid, RevocationCheckFailure, Revoked, DateInvalid, Untrusted, Invalid. (Schannel sheet 6.6)
std::string status_of(const stored_certificate& c, const chain::verdict& v, instant now);
/// None, Registry, ThirdParty, Enterprise, GroupPolicy: which member of the Root store the chain ends in.
std::string root_ca_type(const chain::verdict& v);
bool is_self_signed(const stored_certificate& c);
/// What setup and New-ExchangeCertificate sign with: SHA-1 before 2019 CU11 and 2016 CU22 (reference README,
/// item 9; talk T13).
bool signs_with_sha1(const exchange_version& v);

} // namespace connlab::exchange
