// What the front end of Exchange Online is called and what it offers (Exchange Online sheet 1.9, 3.4, 7.1).
#pragma once

#include "sim/exchange/online_evidence.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// `AMS0EPF0000019A.mail.protection.outlook.com`: greeting, EHLO reply, Received. The machine is called as
/// the scenario calls the server.
std::string front_end_name(const server& s);
/// Where all front ends of the lab stand; their machines are called so (eurprd04).
inline constexpr std::string_view front_end_region = "EUR";
/// `CH3PEPF00000016.namprd21.prod.outlook.com`: the suffix of a refusal.
std::string front_end_machine(const server& s);

/// Keywords of the EHLO reply, in the order of the wire. `logon`: AUTH too, on port 587 inside TLS.
std::vector<std::string> online_keywords(bool starttls, bool logon = false);

/// XOORG, inside TLS: whether the certificate matches an OnPremises connector with CloudServicesMailEnabled.
trace::decided<bool> offers_originator_organization(const std::vector<tenant>& all, const online_evidence& e,
                                                    const behavior& b);

} // namespace connlab::exchange
