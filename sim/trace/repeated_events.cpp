#include "sim/trace/repeated_events.hpp"

#include <set>
#include <string>
#include <tuple>

namespace connlab::trace {

void fold_repeated(std::vector<event_record>& events) {
    std::set<std::tuple<instant, std::string, std::string, int, std::string>> said;
    std::erase_if(events, [&](const event_record& e) {
        return e.category == "TransportService" &&
               !said.emplace(e.at, e.server, e.source, e.id, e.text).second;
    });
}

} // namespace connlab::trace
