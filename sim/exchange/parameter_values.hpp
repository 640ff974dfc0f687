// The types that Exchange's parameters have: how their values are read and how Get-… prints them. Every error
// is one sentence that names the value and says what is allowed. Internal.
#pragma once

#include "sim/exchange/parameters.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::exchange {

inline constexpr std::uint64_t unlimited_size = std::numeric_limits<std::uint64_t>::max();
inline constexpr int unlimited_count = std::numeric_limits<int>::max();

parsed<bool> read_boolean(std::string_view text);
parsed<int> read_number(std::string_view text, int lowest, int highest);
parsed<int> read_count_or_unlimited(std::string_view text);
/// `36MB`, `25600KB`, `37748736`, `36 MB (37,748,736 bytes)`, `unlimited`.
parsed<std::uint64_t> read_size(std::string_view text);
/// As read_size, up to 2147483647 bytes (references of Set-SendConnector and Set-ReceiveConnector); unlimited
/// where it may be.
parsed<std::uint64_t> read_message_size(std::string_view text, bool may_be_unlimited);
/// `hh:mm:ss`, `d.hh:mm:ss`, within the bounds.
parsed<duration> read_time_span(std::string_view text, duration shortest, duration longest);
parsed<std::string> read_fqdn(std::string_view text);
/// SmtpDomain: no wildcard.
parsed<std::string> read_smtp_domain(std::string_view text);
/// SmtpDomainWithSubdomains: one leading `*.` is allowed.
parsed<std::string> read_smtp_domain_with_subdomains(std::string_view text);
parsed<std::string> read_certificate_identifier(std::string_view text);
parsed<address_space> read_address_space(std::string_view text);
/// FQDN, IP address with or without brackets, or `--`; addresses come back without brackets.
parsed<std::string> read_smart_host(std::string_view text);
parsed<std::string> read_ip_address(std::string_view text);
/// `Domain:Capability,Capability`, or the pseudo-domain NO-TLS.
parsed<std::string> read_domain_capabilities(std::string_view text);
parsed<std::string> read_banner(std::string_view text);
/// The allowed word in Exchange's spelling; case does not matter.
parsed<std::string> read_word(std::string_view text, const std::vector<std::string>& words);

/// Checks a value by its kind alone and returns it as Get-… prints it.
parsed<std::string> read_by_kind(const written_value& v, value_kind kind,
                                 const std::vector<std::string>& words);

/// Flags in the order in which Get-… prints them; the word for zero comes first.
using flag_table = std::vector<std::pair<std::string_view, std::uint32_t>>;
/// `word` among several.
bool stands_beside_others(std::string_view word, const written_value& v);
/// Whether a value is of the type at least, so that only its range can be wrong.
bool is_whole_number(const written_value& v);
bool is_time_span(const written_value& v);
bool has_cost_out_of_range(const written_value& address_spaces);
parsed<std::uint32_t> read_flags(const written_value& v, const flag_table& table);
std::string show_flags(std::uint32_t flags, const flag_table& table);
std::vector<std::string> words_of(const flag_table& table);

std::string show_boolean(bool b);
std::string show_size(std::uint64_t bytes); // 36 MB (37,748,736 bytes)
std::string show_count(int n);              // Unlimited
std::string show_list(const std::vector<std::string>& items);
std::vector<std::string> list_shown(std::string_view shown); // its items

} // namespace connlab::exchange
