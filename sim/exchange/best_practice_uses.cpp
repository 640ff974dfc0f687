// What each certificate of a server is used for: the same choices that sessions make, asked beforehand.
#include "sim/exchange/best_practice.hpp"

#include <algorithm>

namespace connlab::exchange {

namespace {

class use_table {
  public:
    explicit use_table(const server& s) {
        for (const auto& c : s.certificates)
            all_.push_back({&c, {}, false, false});
    }

    certificate_use* of(const stored_certificate* c) {
        const auto found = std::find_if(all_.begin(), all_.end(),
                                        [&](const certificate_use& u) { return u.certificate == c; });
        return found == all_.end() ? nullptr : &*found;
    }

    template <class Connector>
    void add(const certificate_choice& chosen, std::string_view kind, const Connector& c) {
        if (auto* use = of(chosen.certificate)) {
            use->connectors.push_back(std::string(kind) + " " + c.name);
            use->hybrid = use->hybrid || is_hybrid(c);
        }
    }

    std::vector<certificate_use> take() { return std::move(all_); }

  private:
    std::vector<certificate_use> all_;
};

} // namespace

std::vector<certificate_use> uses_of(const server& s, const organization& o, configuration_review& r) {
    use_table table(s);
    for (const auto& c : s.receive_connectors)
        if (*c.enabled)
            table.add(select_starttls_certificate(s, c, r.now(), r.switches(), r.memo()).value,
                      "Receive connector", c);
    for (const auto& c : o.send_connectors) {
        const auto sources = sources_of(c, o);
        if (*c.enabled && std::find(sources.begin(), sources.end(), &s) != sources.end())
            table.add(select_client_certificate(s, c, r.now(), r.switches(), r.memo()).value,
                      "Send connector", c);
    }
    if (auto* use = table.of(select_internal_certificate(s, r.now(), r.switches()).value.certificate))
        use->internal = s.is_exchange();
    return table.take();
}

} // namespace connlab::exchange
