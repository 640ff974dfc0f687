// What the best-practice checks share. Internal; the door is best_practice() in decisions.hpp.
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::exchange {

/// The catalogue of the findings (check.*).
std::vector<trace::rule> best_practice_rules();

/// One look at a configuration: what is looked at, at what time, and what was found.
/// A *warning* is what fails, is about to fail, or does not do what the setting says; a *note* works today
/// and is not how it should be.
class configuration_review {
  public:
    configuration_review(const std::vector<organization>& all, instant now, const behavior& b)
        : organizations_(&all), now_(now), behavior_(&b) {}

    const std::vector<organization>& organizations() const { return *organizations_; }
    instant now() const { return now_; }
    const behavior& switches() const { return *behavior_; }
    chain::signature_memo& memo() { return memo_; }

    void warn(std::string_view rule, source_mark mark, std::string message, std::string hint) {
        found_.push_back(
            {severity::warning, std::move(mark), std::move(message), std::move(hint), std::string(rule)});
    }
    void note(std::string_view rule, source_mark mark, std::string message, std::string hint) {
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

void review_lifetimes(const organization& o, configuration_review& r);
void review_certificate_choice(const organization& o, configuration_review& r);
void review_certificate_duties(const organization& o, configuration_review& r);
void review_internal_certificates(const organization& o, configuration_review& r);
void review_send_connectors(const organization& o, configuration_review& r);
void review_receive_connectors(const organization& o, configuration_review& r);
void review_hybrid(const organization& o, configuration_review& r);
void review_domain_security(const organization& o, configuration_review& r);
void review_domain_security_certificates(const organization& o, configuration_review& r);
void review_edge_subscriptions(const organization& o, configuration_review& r);
void review_tenants(const organization& o, configuration_review& r);
void review_schannel(const organization& o, configuration_review& r);

/// The Exchange servers that send through `c`: those it names, else all.
std::vector<const server*> sources_of(const send_connector& c, const organization& o);
/// The connector that takes mail of `o` for `domain`, from the first server that has one.
const send_connector* connector_for(const organization& o, std::string_view domain);
bool has_edge(const organization& o);
/// Says so when a wildcard among the names of these certificates stands one step beside `name`.
bool review_wildcards(const std::vector<const certs::certificate*>& certificates, std::string_view name,
                      std::string_view what, const source_mark& mark, configuration_review& r);

/// A Send connector that leads to Exchange Online, a Receive connector that takes its mail as internal.
bool is_hybrid(const send_connector& c);
bool is_hybrid(const receive_connector& c);

/// A certificate in a server's store, and what the server does with it.
struct certificate_use {
    const stored_certificate* certificate = nullptr;
    std::vector<std::string> connectors; // "Send connector To Contoso", in order of declaration
    bool hybrid = false;                 // a hybrid connector chooses it
    bool internal = false;               // Exchange's own connections (X-ANONYMOUSTLS, EdgeSync)
};
/// One for each certificate of `s`, in the store's order.
std::vector<certificate_use> uses_of(const server& s, const organization& o, configuration_review& r);

/// `D7 is missing: …`; each prerequisite of Domain Security has its letter (on-premises sheet 4.1).
void domain_security_lacks(std::string_view prerequisite, const source_mark& mark, std::string message,
                           configuration_review& r);

} // namespace connlab::exchange
