// The extensions of a forged certificate, in one fixed order (RFC 5280 4.2).
#pragma once

#include "certs/recipe.hpp"

namespace connlab::certs {

/// One Extension (DER).
std::string extension(std::string_view oid, bool critical, std::string_view value);
std::string authority_key_identifier_extension(std::string_view key_id);
/// DistributionPointName with URLs as its full name, and CRLDistributionPoints of one such point.
std::string distribution_point_name(const std::vector<std::string>& urls);
std::string distribution_points_value(const std::vector<std::string>& urls);

/// SEQUENCE OF Extension, without the outer [3]; empty when the recipe asks for none. `own_key_id` and
/// `issuer_key_id` are the SHA-1 key identifiers; an empty one leaves its extension away. The error is one
/// sentence on what the recipe asks for and cannot be encoded.
parsed<std::string> encode_extensions(const certificate_recipe& recipe, std::string_view own_key_id,
                                      std::string_view issuer_key_id);

} // namespace connlab::certs
