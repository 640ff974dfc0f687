// New-, Remove- and Get-EdgeSubscription, Start- and Test-EdgeSynchronization (hybrid sheet 4.2, 4.9).
#include "sim/cmdlet/edge_cmdlets.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/object_work.hpp"
#include "sim/exchange/edge_subscribing.hpp"
#include "sim/exchange/parameter_values.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;
using exchange::server_role;

server* edge_at_work(const work& w) {
    auto* s = exchange::find_server(w.draft, w.in.console);
    return s != nullptr && s->role == server_role::edge ? s : nullptr;
}

/// `C:\\Temp\\edge.xml` is the file edge.xml.
std::string file_name_in(const std::string& path) {
    return path.substr(path.find_last_of("/\\") + 1); // npos + 1 is 0: no folder
}

void write_file(exchange::organization& o, const std::string& name, std::string content) {
    std::erase_if(o.files, [&](const auto& f) { return ascii_iequal(f.name, name); });
    o.files.push_back({name, std::move(content)});
}

/// How long the bootstrap account lasts. Absent: said what is wrong.
std::optional<duration> lifetime_of(const work& w, const plain_arguments& given) {
    const auto found = given.find("AccountExpiryDuration");
    if (found == given.end())
        return exchange::bootstrap_lifetime;
    const auto read = exchange::read_time_span(text_of(given, "AccountExpiryDuration"),
                                               exchange::shortest_bootstrap_lifetime, std::chrono::days{365});
    if (!read)
        w.errors.add(found->second.where, "`AccountExpiryDuration`: " + read.error);
    return read ? std::optional(*read) : std::nullopt;
}

// ---- on the Edge ----

void write_subscription(const work& w, const plain_arguments& given, server& edge) {
    if (given.count("FileData") + given.count("Site") > 0)
        return w.fail("on an Edge New-EdgeSubscription takes -FileName: -FileData and -Site are for Mailbox "
                      "servers (our wording)");
    const auto name = file_name_in(text_of(given, "FileName"));
    if (name.empty())
        return w.fail("on an Edge New-EdgeSubscription needs -FileName");
    const auto lasts = lifetime_of(w, given);
    if (!lasts)
        return;
    if (!is_on(given, "Force"))
        return w.printed(fmt::format(
            "An Edge subscription deletes the Send connectors, accepted and remote domains of {} and "
            "disables "
            "the cmdlets that change them. Create it: No (the lab's answer and words; -Force says Yes)",
            edge.name));
    const auto file = exchange::export_edge_subscription(edge, w.in.now, *lasts);
    if (!file)
        return w.fail(file.error + " (our wording)");
    write_file(w.draft, name, exchange::to_xml(*file));
    exchange::refresh_direct_trust(w.draft);
    w.changed(fmt::format("{}: bootstrap account {} until {}, written to {}; AD LDS waits for EdgeSync",
                          edge.name, file->user_name, format_instant(w.in.now + *lasts), name));
}

// ---- on a Mailbox server ----

/// The file's content; null: said that there is none.
const std::string* file_data(const work& w, const plain_arguments& given) {
    const auto argument = given.find("FileData");
    if (argument == given.end()) {
        w.fail(
            "on a Mailbox server New-EdgeSubscription needs -FileData and -Site",
            "-FileData ([System.IO.File]::ReadAllBytes('C:\\Data\\edge.xml')); `Server:` of the step names "
            "the Edge where -FileName is meant");
        return nullptr;
    }
    const auto name = file_name_in(text_of(given, "FileData"));
    std::vector<std::string> known;
    for (const auto& f : w.draft.files) {
        if (ascii_iequal(f.name, name))
            return &f.content;
        known.push_back(f.name);
    }
    const auto near = nearest_word(name, known);
    w.errors.add(argument->second.where, fmt::format("`FileData`: there is no file `{}`", name),
                 near.empty() ? "New-EdgeSubscription -FileName on the Edge writes it"
                              : fmt::format("did you mean `{}`?", near));
    return nullptr;
}

/// $true unless it says $false. Absent: said what is wrong.
std::optional<bool> flag_of(const work& w, const plain_arguments& given, std::string_view name) {
    const auto found = given.find(name);
    if (found == given.end())
        return true;
    if (!is_boolean(found->second)) {
        w.errors.add(found->second.where, fmt::format("`{}` is $true or $false", name));
        return std::nullopt;
    }
    return found->second.text == "True" || found->second.text == "1";
}

void refuse_file(const work& w, const std::vector<std::string>& errors, const std::string& rule) {
    for (const auto& e : errors)
        w.out.findings.push_back({severity::error,
                                  w.errors.mark(w.text.where),
                                  "The subscription file is refused: " + e + " (our wording)",
                                  {},
                                  rule});
}

void read_subscription(const work& w, const plain_arguments& given) {
    const auto* content = file_data(w, given);
    const auto inbound = flag_of(w, given, "CreateInboundSendConnector");
    const auto internet = flag_of(w, given, "CreateInternetSendConnector");
    if (content == nullptr || !inbound || !internet)
        return;
    const auto site = text_of(given, "Site");
    if (site.empty())
        return w.fail("on a Mailbox server New-EdgeSubscription needs -Site");
    const exchange::edge_import how{site, *inbound, *internet, w.errors.mark(w.text.where)};
    auto judged = exchange::judge_subscription_file(w.draft, *content, how, w.in.now);
    w.out.decisions.push_back(judged.why);
    if (!judged.value.errors.empty())
        return refuse_file(w, judged.value.errors, judged.why.rule);
    const auto& file = judged.value.file;
    auto undone = exchange::undo_hybrid_changes(w.draft, file.server_fqdn);
    if (const auto made = exchange::import_edge_subscription(w.draft, file, how, w.in.now); !made)
        return w.fail(made.error + " (our wording)");
    w.changed(fmt::format("Edge subscription of {}: site {}, certificate {}", file.server_name, site,
                          file.certificate.thumbprint()));
    if (undone.value.empty())
        return;
    w.changed(fmt::format("{}: no longer by {}; run the Hybrid Configuration Wizard again (our wording)",
                          join(undone.value, ", "), file.server_name));
    w.out.decisions.push_back(std::move(undone.why));
}

view_object view_of(const exchange::edge_sync_result& r, const locale& where) {
    return {{"Result", r.result},
            {"Type", r.type},
            {"Name", r.name},
            {"FailureDetails", r.failure_details},
            {"StartUTC", date_time(r.begun, where)},
            {"EndUTC", date_time(r.ended, where)},
            {"Added", std::to_string(r.added)},
            {"Deleted", std::to_string(r.deleted)},
            {"Updated", std::to_string(r.updated)},
            {"Scanned", std::to_string(r.scanned)},
            {"TargetScanned", std::to_string(r.target_scanned)}};
}

} // namespace

const std::vector<plain_parameter> new_edge_subscription_parameters{{"FileName"},
                                                                    {"FileData"},
                                                                    {"Site"},
                                                                    {"CreateInboundSendConnector"},
                                                                    {"CreateInternetSendConnector"},
                                                                    {"AccountExpiryDuration"},
                                                                    {"Force", true}};
const std::vector<plain_parameter> start_edge_synchronization_parameters{
    {"Server", false, true}, {"TargetServer"}, {"ForceFullSync", true}, {"ForceUpdateCookie", true}};

void new_edge_subscription(const work& w) {
    const auto given = bind_plain(w.text, new_edge_subscription_parameters, w.errors);
    if (!given)
        return;
    if (auto* edge = edge_at_work(w))
        write_subscription(w, *given, *edge);
    else
        read_subscription(w, *given);
}

void remove_edge_subscription(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto identity = text_of(*given, "Identity");
    if (auto* edge = edge_at_work(w)) {
        if (!edge->adlds.subscribed)
            return w.fail(fmt::format(not_found, identity));
        exchange::remove_edge_subscription(*edge);
        exchange::refresh_direct_trust(w.draft);
        return w.changed(edge->name + ": AD LDS is its administrator's again");
    }
    const auto* known = exchange::find_edge_subscription(w.draft, identity);
    if (known == nullptr)
        return w.fail(fmt::format(not_found, identity), "Get-EdgeSubscription shows them");
    const auto name = known->name;
    exchange::remove_edge_subscription(w.draft, name);
    w.changed("Edge subscription of " + name + ": removed");
}

void start_edge_synchronization(const work& w) {
    const auto given = bind_plain(w.text, start_edge_synchronization_parameters, w.errors);
    if (!given)
        return;
    if (edge_at_work(w) != nullptr)
        return w.fail(
            "Start-EdgeSynchronization runs on a Mailbox server of the subscribed site (our wording)");
    const exchange::edge_sync_order order{text_of(*given, "TargetServer"), text_of(*given, "Server"), true};
    const auto* by = exchange::find_server(w.draft, order.server);
    if (!order.server.empty() && (by == nullptr || by->role != server_role::mailbox))
        return w.fail(fmt::format(not_found, order.server));
    const auto* edge = exchange::find_edge_subscription(w.draft, order.edge);
    if (w.draft.edge_subscriptions.empty() || (!order.edge.empty() && edge == nullptr))
        return w.fail(fmt::format(not_found, order.edge.empty() ? "Edge subscription" : order.edge));
    if (!w.in.synchronize)
        return; // connlab check plays nothing
    view shown;
    for (const auto& r : w.in.synchronize(w.draft, order))
        shown.objects.push_back(view_of(r, utc_of(w.draft)));
    w.printed(printed(shown, layout::list, {}));
}

} // namespace connlab::cmdlet
