// The words a scenario uses for keys, usages, services and faults of certificates.
#pragma once

#include "certs/recipe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::scenario {

std::vector<std::string> key_words(); // RSA-2048, P-256, …
certs::key_recipe key_of_word(std::string_view word);

std::vector<std::string> key_usage_words(); // DigitalSignature, …, none
std::uint16_t key_usage_of_word(std::string_view word);

/// OID of a usage named or written as OID; empty: neither.
std::string usage_oid_of(std::string_view text);
std::string hint_for_usage(std::string_view text);

std::optional<std::uint32_t> service_of_word(std::string_view word); // SMTP, IIS, …, None
std::string hint_for_service(std::string_view word);

std::vector<std::string> certificate_fault_words();
void apply_fault(certs::certificate_recipe& recipe, std::string_view word);

/// `contoso.com`, `email:contoso.com`, `ip:10.0.0.0/8`, `directory:O=Contoso, C=DE`.
parsed<certs::general_subtree> subtree_of(std::string_view text);

} // namespace connlab::scenario
