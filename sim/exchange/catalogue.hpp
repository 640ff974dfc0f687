// The parts of the catalogue, and the pages and articles that its rules cite.
#pragma once

#include "sim/trace/decision.hpp"

#include <vector>

namespace connlab::exchange::catalogue {

using trace::rule;

inline constexpr auto documented = trace::confidence::documented;
inline constexpr auto observed = trace::confidence::observed;
inline constexpr auto assumed = trace::confidence::assumed;

inline constexpr const char* set_send = "Set-SendConnector";
inline constexpr const char* set_receive = "Set-ReceiveConnector";
inline constexpr const char* receive_article = "Receive connectors (Exchange Server)";
inline constexpr const char* send_article = "Send connectors (Exchange Server)";
inline constexpr const char* inbound_starttls = "Inbound STARTTLS certificates selection";
inline constexpr const char* inbound_anonymous = "Inbound anonymous TLS certificates selection";
inline constexpr const char* hybrid_certificates =
    "TLS Certificates in Exchange Hybrid - Common Issues & How to Fix Them";
inline constexpr const char* terminology = "TLS functionality and related terminology (Exchange 2013)";
inline constexpr const char* transport_config_page = "Set-TransportConfig";
inline constexpr const char* event_12014 = "Event 12014 (MSExchangeTransport)";
inline constexpr const char* tls_starttls_kb = "Microsoft support article 2989382";
inline constexpr const char* tls_version_kb = "Microsoft support article 3675849885";
inline constexpr const char* postfix_tls = "Postfix TLS_README";
inline constexpr const char* new_inbound = "New-InboundConnector";
inline constexpr const char* new_outbound = "New-OutboundConnector";
inline constexpr const char* edge_subscriptions = "Edge Subscriptions (Exchange Server)";
inline constexpr const char* lab = "a decision of this lab";

std::vector<rule> policy_rules();
std::vector<rule> session_rules();
std::vector<rule> verdict_rules();
std::vector<rule> domain_security_rules();
std::vector<rule> inbound_rules();
std::vector<rule> partner_rules();
std::vector<rule> connector_rules();
std::vector<rule> certificate_rules();
std::vector<rule> hop_rules();
std::vector<rule> capability_rules();
std::vector<rule> limit_rules();
std::vector<rule> online_rules();
std::vector<rule> edge_rules();

} // namespace connlab::exchange::catalogue
