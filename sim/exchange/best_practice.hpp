// What the best-practice checks share. Internal; the door is best_practice() in decisions.hpp.
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::exchange {

/// One look at a configuration: what is looked at, at what time, and what was found.
class configuration_review {
  public:
    configuration_review(const std::vector<organization>& all, instant now, const behavior& b)
        : organizations_(&all), now_(now), behavior_(&b) {}

    const std::vector<organization>& organizations() const { return *organizations_; }
    instant now() const { return now_; }
    const behavior& switches() const { return *behavior_; }
    chain::signature_memo& memo() { return memo_; }

    void warn(std::string_view rule, source_mark mark, std::string message, std::string hint = {}) {
        found_.push_back(
            {severity::warning, std::move(mark), std::move(message), std::move(hint), std::string(rule)});
    }
    void note(std::string_view rule, source_mark mark, std::string message, std::string hint = {}) {
        found_.push_back(
            {severity::note, std::move(mark), std::move(message), std::move(hint), std::string(rule)});
    }
    diagnostics take() { return std::move(found_); }

  private:
    const std::vector<organization>* organizations_;
    instant now_;
    const behavior* behavior_;
    chain::signature_memo memo_;
    diagnostics found_;
};

void review_certificates(const organization& o, configuration_review& r);
void review_connectors(const organization& o, configuration_review& r);
void review_domain_security(const organization& o, configuration_review& r);

/// The Exchange servers that send through `c`: those it names, else all.
std::vector<const server*> sources_of(const send_connector& c, const organization& o);
/// The connector that takes mail of `o` for `domain`, from the first server that has one.
const send_connector* connector_for(const organization& o, std::string_view domain);
/// Says so when a wildcard among the names of these certificates stands one step beside `name`.
bool review_wildcards(const std::vector<const certs::certificate*>& certificates, std::string_view name,
                      std::string_view what, const source_mark& mark, configuration_review& r);

} // namespace connlab::exchange
