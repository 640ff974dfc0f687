#include "tools/connlab/verify_report.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/utf8.hpp"
#include "sim/report/layout.hpp"
#include "sim/report/paint.hpp"
#include "sim/trace/certificate_view.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace connlab::command {

namespace json = boost::json;

namespace {

using decided_verdict = trace::decided<chain::verdict>;

json::array array_of(const std::vector<std::string>& texts) {
    json::array out;
    for (const auto& t : texts)
        out.emplace_back(t);
    return out;
}

json::array sources_of(const chain::element& e) {
    json::array out;
    for (const auto& s : e.sources)
        out.push_back({{"source", s.name}, {"used", s.chosen}, {"why", s.why}});
    return out;
}

json::array elements_of(const chain::verdict& v) {
    json::array out;
    for (const auto& e : v.elements)
        out.push_back({{"subject", e.cert.subject()},
                       {"thumbprint", e.cert.thumbprint()},
                       {"error_status", array_of(chain::error_names(e.error))},
                       {"info_status", array_of(chain::info_names(e.info))},
                       {"note", e.note},
                       {"revocation", sources_of(e)}});
    return out;
}

/// The rule's sentence, for the reader of the text.
const trace::rule* rule_named(const std::string& id) {
    const auto& all = chain::rules();
    const auto found = std::find_if(all.begin(), all.end(), [&](const trace::rule& r) { return r.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::string day(instant at) {
    return format_instant(at).substr(0, 10);
}

std::string status_of(const chain::element& e) {
    return e.error == 0 ? "ok" : join(chain::error_names(e.error), ", ");
}

std::string who_asks(const verify_case& c) {
    std::string out = c.name.empty() ? c.leaf.subject() : c.name;
    if (c.usage == certs::eku_server_auth)
        out += " as a server";
    else if (c.usage == certs::eku_client_auth)
        out += " as a client";
    else if (!c.usage.empty())
        out += " for usage " + c.usage;
    return out + ", at " + format_instant(c.at);
}

/// Element by element, the root first and each one below its issuer.
std::string drawn(const chain::verdict& v) {
    std::string out;
    std::string indent = "  ";
    bool first = true;
    if ((v.error & chain::is_partial_chain) != 0) {
        out += fmt::format("{}? {}\n", indent, v.elements.back().cert.issuer());
        first = false;
    }
    for (auto e = v.elements.rbegin(); e != v.elements.rend(); ++e) {
        const bool last = std::next(e) == v.elements.rend();
        out += fmt::format("{}{}{}\n", indent, first ? "" : "└─ ", e->cert.subject());
        if (!first)
            indent += "   ";
        first = false;
        const auto view = trace::view_of(e->cert);
        const std::string bar = indent + (last ? "   " : "│  ");
        out += fmt::format("{}{}\n", bar, status_of(*e));
        out += fmt::format("{}{} to {} · {} · {} · {}\n", bar, day(view.not_before), day(view.not_after),
                           view.key, view.signature, view.thumbprint);
        if (!e->note.empty())
            out += fmt::format("{}{}\n", bar, e->note);
        const bool settled = std::any_of(e->sources.begin(), e->sources.end(),
                                         [](const trace::candidate& source) { return source.chosen; });
        for (const auto& source : e->sources)
            if (settled && !source.chosen) // else the note tells of them all
                out += fmt::format("{}{}: {}\n", bar, source.name, source.why);
    }
    return out;
}

void add_rule(std::string& out, const std::string& id) {
    if (const auto* rule = rule_named(id))
        out += fmt::format("  {} [{}]\n{}{}", rule->id, to_string(rule->level),
                           report::wrapped(rule->statement, 4),
                           report::wrapped("Source: " + rule->source, 4, 8));
    else
        out += fmt::format("  {}\n", id);
}

} // namespace

std::string verdict_as_json(const std::string& id, const decided_verdict& decided) {
    const auto& v = decided.value;
    json::object out;
    if (!id.empty())
        out["id"] = json::parse(id);
    out["trusted"] = v.trusted();
    out["policy_error"] = json::string(to_string(v.policy));
    out["error_status"] = array_of(chain::error_names(v.error));
    out["elements"] = elements_of(v);
    json::array rejected;
    for (const auto& r : v.rejected)
        rejected.push_back({{"path", r.name}, {"why", r.why}});
    out["rejected"] = std::move(rejected);
    json::array wanted;
    for (const auto& w : v.wanted)
        wanted.emplace_back(w.url);
    out["wanted"] = std::move(wanted);
    out["rule"] = decided.why.rule;
    out["assumed"] = array_of(decided.why.assumed);
    return as_utf8(json::serialize(out)); // names in certificates may be in any encoding
}

std::string error_as_json(const std::string& id, const std::string& error) {
    return as_utf8(json::serialize(json::object{{"id", json::parse(id)}, {"error", error}}));
}

std::string verdict_as_text(const verify_case& asked, const decided_verdict& decided) {
    const auto& v = decided.value;
    std::string out = fmt::format("{}\n\n{}\n", who_asks(asked), drawn(v));
    out += v.trusted() ? "Trusted\n" : fmt::format("Refused: {}\n", to_string(v.policy));
    add_rule(out, decided.why.rule);
    if (!v.rejected.empty()) {
        out += "\nOther paths\n";
        for (const auto& r : v.rejected)
            out += fmt::format("  {}\n    {}\n", r.name, r.why);
    }
    if (!decided.why.assumed.empty()) {
        out += "\nThis rests on assumptions\n";
        for (const auto& id : decided.why.assumed)
            add_rule(out, id);
    }
    return report::paint(false).finished(out);
}

} // namespace connlab::command
