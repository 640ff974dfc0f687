#include "sim/scenario/step_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/cmdlet.hpp"
#include "sim/scenario/expectation_keys.hpp"
#include "sim/scenario/fault_keys.hpp"
#include "sim/scenario/pki_step_keys.hpp"
#include "sim/scenario/tamper_keys.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

bool is_mail_address(std::string_view text) {
    const auto at = text.rfind('@');
    return at != std::string_view::npos && at != 0 && is_domain_name(text.substr(at + 1)) &&
           text.find_first_of(" \t<>\r\n") == std::string_view::npos;
}

void read_sender(send_flow& f, const node& n, reading& r) {
    if (n.text != "<>" && !is_mail_address(n.text))
        r.error(n, fmt::format("`From` is a mail address, not `{}`", n.text));
    f.from = n.text == "<>" ? "" : n.text;
}

void read_recipient(send_flow& f, const node& n, reading& r) {
    if (!is_mail_address(n.text))
        r.error(n, fmt::format("`To` is a mail address, not `{}`", n.text));
    f.to = n.text;
}

void read_submitter(send_flow& f, const node& n, reading& r) {
    f.server = n.text;
    r.mention_name(mentioned::server, n, "`Server`");
}

void read_flow(send_step& s, const node& n, reading& r) {
    send_flow f;
    f.mark = n.mark();
    const auto before = r.findings.size();
    read_keys(n, "Send", n.mark(), send_keys(), f, r);
    if (const auto* from = n.find("From"); from != nullptr && r.findings.size() == before && f.server.empty())
        r.mention_name(mentioned::sender, *from, "`From`");
    s.flows.push_back(std::move(f));
}

void read_send(step_draft& d, const node& n, reading& r) {
    send_step s;
    for (const auto* entry : entries(n))
        read_flow(s, *entry, r);
    if (s.flows.empty())
        r.error(n, "`Send` sends nothing");
    d.value.what = std::move(s);
    d.verbs.emplace_back("Send");
}

void read_retry(step_draft& d, const node& n, reading& r) {
    retry_step s;
    if (n.text != "all") {
        s.organization = {n.text, n.mark()};
        r.mention_name(mentioned::organization_or_server, n, "`Retry`");
    }
    d.value.what = std::move(s);
    d.verbs.emplace_back("Retry");
}

void read_advance(step_draft& d, const node& n, reading&) {
    d.value.what = advance_step{*parse_duration(n.text)};
    d.verbs.emplace_back("Advance");
}

void read_cmdlet(run_step& s, const node& n, reading& /*r*/) {
    s.text = trim(n.text);
    s.at = n.mark();
}

/// What is wrong with the text itself, unless the step expects a refusal: then the run says it.
void check_cmdlet(const step& written_step, const node& step_node, reading& r) {
    const auto* s = std::get_if<run_step>(&written_step.what);
    const auto* text = step_node.find("Run");
    if (s != nullptr && text->kind != node_kind::scalar)
        text = text->find("Cmdlet");
    if (s == nullptr || text == nullptr || text->kind != node_kind::scalar || expects_refusal(written_step))
        return;
    const auto& n = *text;
    // ` #` begins a comment in YAML, and half a text in quotes remains.
    const bool cut =
        n.style == scalar_style::plain && std::count(s->text.begin(), s->text.end(), '"') % 2 != 0;
    // Blank lines have no place to point at: the key has.
    const auto run = std::find_if(step_node.members.begin(), step_node.members.end(),
                                  [](const member& m) { return m.key.text == "Run"; });
    const bool blank = n.style == scalar_style::block && trim(s->text).empty();
    for (auto& finding : cmdlet::check(s->text, blank ? run->key.mark() : n.mark())) {
        if (cut && finding.hint.empty())
            finding.hint = "a cmdlet with ` #` in it has to stand in quotes or below `Run: |`";
        r.findings.push_back(std::move(finding));
    }
}

void read_wizard_organization(hybrid_wizard_step& s, const node& n, reading& r) {
    s.organization = {n.text, n.mark()};
    r.mention_name(mentioned::organization, n, "`HybridConfigurationWizard`");
}

void read_run(step_draft& d, const node& n, reading& r) {
    run_step s;
    if (n.kind == node_kind::scalar)
        read_cmdlet(s, n, r);
    else
        read_keys(n, "Run", n.mark(), run_keys(), s, r);
    d.value.what = std::move(s);
    d.verbs.emplace_back("Run");
}

void read_hybrid_wizard(step_draft& d, const node& n, reading& r) {
    hybrid_wizard_step s;
    if (n.kind == node_kind::scalar)
        read_wizard_organization(s, n, r);
    else
        read_keys(n, "HybridConfigurationWizard", n.mark(), hybrid_wizard_keys(), s, r);
    d.value.what = std::move(s);
    d.verbs.emplace_back("HybridConfigurationWizard");
}

void read_step(const node& n, reading& r) {
    step_draft d;
    d.value.mark = n.mark();
    const auto before = r.findings.size();
    read_keys(n, "a step", n.mark(), step_keys(), d, r);
    if (d.verbs.empty() && r.findings.size() == before)
        r.error(n, "a step does something: `Send`, `Retry`, `Advance`, `Run`, `Fault`, `Tamper`, "
                   "`HybridConfigurationWizard`, `Revoke`, `Publish-Crl` or `Clear-UrlCache`");
    check_cmdlet(d.value, n, r);
    if (d.verbs.size() > 1)
        r.error(n, fmt::format("one step does one thing, not {}", join(d.verbs, " and ")),
                "begin the second with a `-` of its own");
    if (!d.verbs.empty())
        r.world.steps.push_back(std::move(d.value));
}

} // namespace

const key_table<send_flow>& send_keys() {
    using send_key = key<send_flow>;
    static const key_table<send_flow> table{
        send_key("From", text(), "sender's address; <> for none", read_sender, true),
        send_key("To", text(), "recipient's address", read_recipient, true),
        send_key(
            "Server", text(),
            "server that submits; default: the Mailbox server whose `Mailboxes` holds the sender, else the "
            "organization's first Mailbox server",
            read_submitter),
        send_key("Body", text(), "text of the message",
                 [](send_flow& f, const node& n, reading&) { f.body = n.text; }),
        send_key("Expect", object("Expect"), "of this message",
                 [](send_flow& f, const node& n, reading& r) { f.expect = read_expectation(n, r); }),
    };
    return table;
}

const key_table<run_step>& run_keys() {
    using run_key = key<run_step>;
    static const key_table<run_step> table{
        run_key("Organization", text(), "whose shell; default: the first organization",
                [](run_step& s, const node& n, reading& r) {
                    s.organization = n.text;
                    r.mention_name(mentioned::organization, n, "`Organization`");
                }),
        run_key("Server", text(),
                "on which the shell runs, for the registry, the cipher suites and the services; default: the "
                "organization's first Exchange server",
                [](run_step& s, const node& n, reading& r) {
                    s.server = n.text;
                    r.mention_name(mentioned::server, n, "`Server`");
                }),
        run_key("Tenant", text(),
                "Exchange Online PowerShell of this tenant, instead of the Exchange Management Shell",
                [](run_step& s, const node& n, reading& r) {
                    s.tenant = n.text;
                    r.mention_name(mentioned::tenant, n, "`Tenant`");
                }),
        run_key("Cmdlet", text(), "the cmdlet as it is typed", read_cmdlet, true),
    };
    return table;
}

const key_table<hybrid_wizard_step>& hybrid_wizard_keys() {
    using wizard_key = key<hybrid_wizard_step>;
    static const key_table<hybrid_wizard_step> table{
        wizard_key("Organization", text(), "whose hybrid configuration it reads", read_wizard_organization,
                   true),
        wizard_key("Only", word({"Certificate"}),
                   "Certificate: its page Update Secure Mail Certificate for Connectors",
                   [](hybrid_wizard_step& s, const node&, reading&) { s.certificate_alone = true; }),
    };
    return table;
}

const key_table<step_draft>& step_keys() {
    using step_key = key<step_draft>;
    static const auto table = joined(
        key_table<step_draft>{
            step_key("Send", either({object("Send"), list_of(object("Send"))}),
                     "a message; a list: messages at the same time", read_send),
            step_key("Retry", text(), "an organization, a server, or all: their queues try again now",
                     read_retry),
            step_key("Advance", time_span(), "time passes: 30d, 12h, 5m, 00:10:00", read_advance),
            step_key("Run", either({text(), object("Run")}),
                     "a cmdlet: Set-SendConnector \"To Contoso\" -RequireTLS $true", read_run),
            step_key("Fault", object("Fault"),
                     "a peer, the network or a responder of an authority misbehaves from now on", read_fault),
            step_key("HybridConfigurationWizard", either({text(), object("HybridConfigurationWizard")}),
                     "runs again for an organization and writes all that it is responsible for",
                     read_hybrid_wizard),
            step_key(
                "Expect", object("Expect"), "of every message of the step",
                [](step_draft& d, const node& n, reading& r) { d.value.expect = read_expectation(n, r); }),
        },
        joined(tamper_step_keys(), pki_step_keys()));
    return table;
}

void read_steps(const node& list, reading& r) {
    for (const auto& item : list.items)
        read_step(item, r);
}

} // namespace connlab::scenario
