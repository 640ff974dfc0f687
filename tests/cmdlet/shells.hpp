// A small organization with a queue, for the tests of cmdlets.
#pragma once

#include "certs/forge.hpp"
#include "sim/cmdlet/cmdlet.hpp"

#include <string>
#include <string_view>

namespace shells {

using namespace connlab;

/// TESTMS05 with its default connectors; Send connectors `To Contoso` (TlsDomain mx.contoso.com) and
/// `Internet`; one message waits in TESTMS05\3.
class organization_and_queues {
  public:
    organization_and_queues();

    /// What a text that must succeed prints, and what it tells of changes.
    std::string output(std::string_view text);
    std::string changes(std::string_view text);
    /// The first error of a text that must fail and change nothing.
    std::string refusal(std::string_view text);
    cmdlet::result run(std::string_view text);

    /// A certificate of the forge for this organization; known by the recipe's id from then on.
    exchange::stored_certificate issue(const certs::certificate_recipe& recipe);

    exchange::organization organization;
    std::vector<trace::queue_record> queues;

  private:
    parsed<exchange::stored_certificate> issued(const certs::certificate_recipe& recipe);

    std::vector<certs::certificate_recipe> recipes_;
    std::map<std::string, certs::issued> certificates_;
};

/// When the texts are run.
instant now();

} // namespace shells
