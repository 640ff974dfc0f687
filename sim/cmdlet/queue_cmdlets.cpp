// Get-, Retry-, Suspend- and Resume-Queue.
#include "sim/cmdlet/listing.hpp"
#include "sim/cmdlet/queue_filter.hpp"

namespace connlab::cmdlet {

namespace {

constexpr const char* where_identities_are =
    "Get-Queue shows the queues; their identity is SERVER\\Number or "
    "SERVER\\next hop";

/// The filter that was given, or one that all pass. Absent: said what is wrong.
std::optional<queue_filter> filter_of(const plain_arguments& given, error_list& errors) {
    const auto filter = given.find("Filter");
    return filter == given.end() ? queue_filter{} : read_queue_filter(filter->second, errors);
}

/// What the arguments alone can be wrong in.
std::optional<queue_filter> read_order(const statement& s, const plain_arguments& given, error_list& errors) {
    if (given.count("Identity") + given.count("Filter") == 0) {
        errors.add(s.where, fmt::format("{} needs -Identity or -Filter", s.name), where_identities_are);
        return std::nullopt;
    }
    if (given.count("Identity") > 0 && given.count("Filter") + given.count("Server") > 0) {
        errors.add(s.where, "-Identity stands without -Filter and -Server (our wording)");
        return std::nullopt;
    }
    return filter_of(given, errors);
}

std::string local_server(const shell& in) {
    if (!in.console.empty() || in.organization.servers.empty())
        return in.console;
    return in.organization.servers.front().name;
}

/// `SERVER\Number` or `SERVER\next hop`; without the server, of the one on which the shell runs ("Queue
/// identity").
bool is_called(const trace::queue_record& one, const std::string& wanted, const shell& in) {
    const bool whole = wanted.empty() || wanted == "*" || wanted.find('\\') != std::string::npos;
    const auto asked = whole ? wanted : local_server(in) + '\\' + wanted;
    const auto by_next_hop = one.server + '\\' + one.next_hop_domain;
    return is_meant(asked, one.identity, by_next_hop);
}

/// The queues that -Identity, -Server and -Filter name.
std::vector<const trace::queue_record*> queues_asked(const query& q, const queue_filter& filter) {
    const auto servers = servers_asked(q);
    const auto wanted = text_of(q.given, "Identity");
    std::vector<const trace::queue_record*> out;
    for (const auto& one : q.in.queues)
        if (is_called(one, wanted, q.in) && filter.passes(view_of(one)) &&
            std::any_of(servers.begin(), servers.end(),
                        [&](const auto* s) { return ascii_iequal(s->name, one.server); }))
            out.push_back(&one);
    return out;
}

/// As the earlier lines of the text leave it.
bool is_suspended(const work& w, const trace::queue_record& q) {
    bool suspended = q.status == "Suspended";
    for (const auto& earlier : w.out.queue_commands)
        if (earlier.identity == q.identity && earlier.what != queue_verb::retry)
            suspended = earlier.what == queue_verb::suspend;
    return suspended;
}

} // namespace

const std::vector<plain_parameter> queue_listing_parameters{
    {"Identity", false, true}, {"Server"}, {"Filter"}};
const std::vector<plain_parameter> queue_order_parameters{
    {"Identity", false, true}, {"Server"}, {"Filter"}, {"Resubmit"}};

view queues(const query& q) {
    view out{{},
             {"Identity", "DeliveryType", "Status", "MessageCount", "Velocity", "RiskLevel", "OutboundIPPool",
              "NextHopDomain"}};
    if (const auto filter = filter_of(q.given, q.errors))
        for (const auto* one : queues_asked(q, *filter))
            out.objects.push_back(view_of(*one));
    return out;
}

void check_queue_listing(const plain_arguments& given, error_list& errors) {
    filter_of(given, errors);
}

void check_queue_order(const statement& s, error_list& errors) {
    if (const auto given = bind_plain(s, queue_order_parameters, errors))
        read_order(s, *given, errors);
}

void order_queues(const work& w, queue_verb what) {
    const auto given = bind_plain(w.text, queue_order_parameters, w.errors);
    const auto filter = given ? read_order(w.text, *given, w.errors) : std::nullopt;
    if (!filter)
        return;
    const auto found = queues_asked({w.text, w.in, *given, w.errors}, *filter);
    for (const auto* q : found)
        if (q->delivery_type == "Undefined")
            w.printed(fmt::format("WARNING: {} is always empty here: nothing is done with it (our wording)",
                                  q->identity));
        else if (what == queue_verb::retry && is_suspended(w, *q))
            w.printed(fmt::format("WARNING: {} is suspended and is not tried: Resume-Queue comes first (our "
                                  "wording; assumed: Retry-Queue is for queues in the status Retry)",
                                  q->identity));
        else
            w.out.queue_commands.push_back({what, q->identity});
    if (found.empty() && given->count("Identity") > 0 && !w.in.rehearsal)
        w.fail_at(*given, "Identity", fmt::format(not_found, text_of(*given, "Identity")),
                  where_identities_are);
}

} // namespace connlab::cmdlet
