// Issues certificates while a text of cmdlets runs. The world has them when the text has been carried out:
// one that is refused leaves nothing behind.
#pragma once

#include "sim/lab/world.hpp"

namespace connlab::lab {

class certificate_office {
  public:
    explicit certificate_office(const world& w) : world_(&w) {}

    /// What the world or this text has issued for the recipe's id, else a new certificate by the world's
    /// forge; with its intermediates, as an administrator imports them. Errors: what the forge refuses.
    parsed<exchange::stored_certificate> issue(const certs::certificate_recipe& recipe);

    /// Makes what was issued the world's.
    void hand_over(world& w) &&;

  private:
    const world* world_;
    std::vector<certs::certificate_recipe> recipes_;
    std::map<std::string, certs::issued> certificates_;
};

} // namespace connlab::lab
