// What a scenario says in one word, `EdgeSubscription: SITE`.
#include "sim/base/ascii.hpp"
#include "sim/exchange/edge_subscribing.hpp"
#include "sim/exchange/edge_synchronizing.hpp"

namespace connlab::exchange {

namespace {

/// The servers with the internal certificates that they had then; puts the present ones back at its end.
class as_it_was {
  public:
    as_it_was(organization& o, const std::map<std::string, std::string>& certificates) : o_(o) {
        for (auto& s : o.servers) {
            now_.push_back(s.internal_transport_thumbprint);
            if (const auto then = certificates.find(s.name); then != certificates.end())
                s.internal_transport_thumbprint = then->second;
        }
    }
    ~as_it_was() {
        for (std::size_t i = 0; i < now_.size(); ++i)
            o_.servers[i].internal_transport_thumbprint = now_[i];
    }
    as_it_was(const as_it_was&) = delete;
    as_it_was& operator=(const as_it_was&) = delete;

  private:
    organization& o_;
    std::vector<std::string> now_;
};

/// The connectors that the scenario names itself are as they are now.
void put_connectors_back(organization& o, std::vector<send_connector> written_ones) {
    for (auto& w : written_ones)
        for (auto& c : o.send_connectors) {
            if (!ascii_iequal(c.name, w.name))
                continue;
            if (w.source_transport_servers->empty())
                w.source_transport_servers = c.source_transport_servers;
            c = std::move(w);
            break;
        }
}

} // namespace

std::vector<std::string> subscribed_beforehand(organization& o, server& edge, instant now,
                                               const std::map<std::string, std::string>& certificates) {
    const auto then = now - std::chrono::hours{1};
    const as_it_was past(o, certificates);
    const edge_import how{*edge.edge_subscription, true, true, edge.edge_subscription.mark};
    const auto exported = export_edge_subscription(edge, then, bootstrap_lifetime);
    if (!exported)
        return {exported.error};
    const auto judged = judge_subscription_file(o, to_xml(*exported), how, then);
    if (!judged.value.errors.empty())
        return judged.value.errors;
    const auto as_written = o.send_connectors;
    if (const auto imported = import_edge_subscription(o, judged.value.file, how, then); !imported)
        return {imported.error};
    put_connectors_back(o, as_written);
    auto& made = *find_edge_subscription(o, edge.name);
    synchronize_beforehand(o, made, edge, then);
    pass_quiet_sessions(o, made, now);
    return {};
}

} // namespace connlab::exchange
