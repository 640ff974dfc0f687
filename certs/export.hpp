// A forged world as files: what `connlab forge` writes. Nothing is written here; paths and contents are
// returned.
#pragma once

#include "certs/forge.hpp"

#include <string>
#include <vector>

namespace connlab::certs {

struct exported_file {
    std::string path; // relative, `/` between folders; never leads out of the folder it is laid in
    std::string contents;
    bool secret = false; // a private key: for the owner's eyes
    friend bool operator==(const exported_file&, const exported_file&) = default;
};

struct export_request {
    bool lab_keys = false;        // write keys of the public pool too; each such file says what it is
    std::vector<crl_recipe> crls; // one CRL each, beside its issuer's certificate
};

/// For each certificate, in the order of ids: ID.pem, ID.chain.pem (itself and the issuers above it without
/// the root; not for self-signed ones), ID.key.pem (if its key is not of the pool, or `lab_keys`),
/// ID.crl.pem. What a file name cannot hold becomes `_`; names that would be equal on a file system without
/// letter case get `-2`, `-3`, …. Errors: a CRL whose issuer is not in the world or has two, and those of
/// `forge_crl`.
parsed<std::vector<exported_file>> export_files(const forged& world, const export_request& request);

} // namespace connlab::certs
