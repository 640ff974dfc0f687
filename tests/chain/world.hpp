// What the tests of the chain engine share: recipes by name, the stores that see them, and one question.
#pragma once

#include "certs/forge.hpp"
#include "sim/chain/verdict.hpp"

#include <map>
#include <string>
#include <vector>

namespace connlab::chain::test {

instant at(const char* text);

/// Root and Issuing good from 2020 to 2030; leaf for mail.contoso.com of 2024 and 2025. A test changes
/// recipes, adds others, and asks.
class world {
  public:
    world();

    certs::certificate_recipe& recipe(const std::string& id);
    certs::certificate_recipe& root(const std::string& id, const std::string& subject);
    certs::certificate_recipe& authority(const std::string& id, const std::string& issuer,
                                         const std::string& subject);
    certs::certificate_recipe& leaf(const std::string& id, const std::string& issuer,
                                    const std::string& host);

    void trust(const std::string& id, root_member as = root_member::registry);
    void install(const std::string& id); // into the CA store
    void distrust(const std::string& id);

    /// Issued when first asked for; recipes do not change any more.
    const certs::certificate& cert(const std::string& id);
    /// At 2024-06-03, for a server, no revocation, no name.
    question ask(const std::string& leaf, const std::vector<std::string>& presented);

  private:
    std::vector<certs::certificate_recipe> recipes_;
    std::map<std::string, root_member> trusted_;
    std::vector<std::string> installed_;
    std::vector<std::string> distrusted_;
    certs::forged issued_;
    store stores_;
};

trace::decided<verdict> judged(const question& q);
/// `Root → Issuing → leaf` by common names, root first.
std::string path_of(const verdict& v);

} // namespace connlab::chain::test
