#include "sim/cmdlet/cmdlet.hpp"

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/cmdlet/get_cmdlets.hpp"
#include "sim/cmdlet/machine_cmdlets.hpp"
#include "sim/cmdlet/object_cmdlets.hpp"
#include "sim/cmdlet/set_cmdlets.hpp"
#include "sim/cmdlet/value_reader.hpp"
#include "sim/cmdlet/variables.hpp"
#include "sim/cmdlet/which_shell.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::organization;

/// What a variable may be given by a cmdlet: objects, as they are found or made. False: said that it is not.
bool check_assignment(const statement& s, error_list& errors) {
    auto names = get_cmdlets();
    names.insert(names.end(), {"New-ExchangeCertificate", "Import-ExchangeCertificate"});
    const bool finds =
        std::any_of(names.begin(), names.end(), [&](const auto& n) { return ascii_iequal(n, s.name); });
    if (asks_for_credential(s.name))
        errors.add(s.where, fmt::format("`{}` asks at a console, and a scenario has none", s.name),
                   how_to_give_a_credential);
    else if (!finds)
        errors.add(s.where, fmt::format("a variable takes a value or what {} put out", join(names, ", ")));
    else if (!s.piped.empty())
        errors.add(s.piped.front().where, "what a variable is to hold is followed by no `|`");
    return finds && s.piped.empty();
}

/// What is no cmdlet, and has a step of its own in a scenario.
std::string step_instead(std::string_view program) {
    return ascii_iequal(program, "certutil") || ascii_iequal(program, "certutil.exe")
               ? "the step `Clear-UrlCache: SERVER` does what certutil -urlcache * delete does; "
                 "`Publish-Crl` and "
                 "`Revoke` are steps too"
               : std::string{};
}

void say_unknown(const statement& s, error_list& errors) {
    if (auto step = step_instead(s.name); !step.empty())
        return errors.add(s.where, fmt::format("`{}` is no cmdlet", s.name), std::move(step));
    const auto names = known_cmdlets();
    if (auto near = did_you_mean(s.name, names); !near.empty())
        return errors.add(s.where, fmt::format("`{}` is no cmdlet that is supported", s.name),
                          std::move(near));
    errors.add(s.where, fmt::format("`{}` is not supported: supported are {}", s.name, join(names, ", ")),
               asks_for_credential(s.name) ? how_to_give_a_credential : "");
}

/// Runs the statements of one text on a draft of the organization.
class session {
  public:
    session(const shell& in, organization& draft, error_list& errors, result& out)
        : in_(&in), org_(&draft), errors_(&errors), out_(&out) {}

    void run(const statement& written_text) {
        shell now{*org_,       in_->now,         in_->queues,      in_->issue,
                  in_->known,  in_->console,     in_->rules,       in_->unreachable,
                  in_->tenant, in_->synchronize, &out_->decisions, in_->rehearsal};
        show_orders(now.queues);
        if (written_text.assigned) {
            if (const auto v = variables_.resolved(*written_text.assigned, *errors_))
                variables_.assign(written_text, *v, *errors_);
            return;
        }
        const auto resolved = variables_.resolved(written_text, *errors_);
        if (!resolved)
            return;
        const auto& s = *resolved;
        if (!s.assigned_to.empty())
            return assign(s, now);
        if (is_of_another_shell(s, now, *errors_) || is_refused_on_edge(s, now, *errors_, out_->findings))
            return;
        outcome done;
        if (const auto text = run_get(s, now, *errors_)) {
            done.output = done.told = *text;
            return take(std::move(done));
        }
        if (!carried_out({s, now, *org_, *errors_, done}) && !run_on_machine(s, now, *org_, *errors_, done))
            say_unknown(s, *errors_);
        take(std::move(done));
    }

  private:
    /// What the text has ordered so far, as Get-Queue shows it.
    void show_orders(std::vector<trace::queue_record>& queues) const {
        for (const auto& order : out_->queue_commands)
            for (auto& q : queues)
                if (q.identity == order.identity && order.what != queue_verb::retry)
                    q.status = order.what == queue_verb::suspend ? "Suspended" : "Retry";
    }

    void assign(const statement& s, const shell& now) {
        if (!check_assignment(s, *errors_))
            return;
        if (auto objects = objects_of(s, now, *errors_))
            return variables_.assign(s, std::move(*objects));
        outcome done;
        carried_out({s, now, *org_, *errors_, done});
        variables_.assign(s, std::move(done.objects));
        done.output.clear(); // it is in the variable
        done.told = done.changed;
        take(std::move(done));
    }

    static bool carried_out(const work& w) { return run_set(w) || run_on_objects(w); }

    void take(outcome done) {
        out_->findings.insert(out_->findings.end(), done.findings.begin(), done.findings.end());
        out_->queue_commands.insert(out_->queue_commands.end(), done.queue_commands.begin(),
                                    done.queue_commands.end());
        out_->decisions.insert(out_->decisions.end(), done.decisions.begin(), done.decisions.end());
        if (!done.output.empty())
            add_line(out_->output, done.output);
        if (!done.changed.empty())
            add_line(out_->changed, done.changed);
        if (!done.told.empty())
            add_line(out_->told, done.told);
    }

    const shell* in_;
    organization* org_;
    error_list* errors_;
    result* out_;
    variables variables_;
};

/// A statement with a variable whose content only the run knows is looked at when it runs.
void check_statement(const statement& written_text, variables& known, error_list& errors) {
    if (written_text.assigned) {
        if (known.has_unknown(written_text))
            known.assign_unknown(written_text);
        else if (const auto v = known.resolved(*written_text.assigned, errors))
            known.assign(written_text, *v, errors);
        return;
    }
    if (!written_text.assigned_to.empty()) {
        known.assign_unknown(written_text);
        if (!check_assignment(written_text, errors))
            return;
    }
    if (known.has_unknown(written_text))
        return;
    const auto s = known.resolved(written_text, errors);
    if (s && !check_get(*s, errors) && !check_set(*s, errors) && !check_on_objects(*s, errors) &&
        !check_on_machine(*s, errors))
        say_unknown(*s, errors);
}

void say_if_empty(const script& parsed_text, error_list& errors) {
    if (parsed_text.statements.empty() && parsed_text.findings.empty())
        errors.add({0, 1}, "a cmdlet is expected, and the text is empty");
}

} // namespace

diagnostics check(std::string_view text, const source_mark& at) {
    const text_marks marks(text, at);
    script read = parse(text, marks);
    error_list errors(marks, read.findings);
    say_if_empty(read, errors);
    variables known;
    for (const auto& s : read.statements)
        check_statement(s, known, errors);
    return std::move(read.findings);
}

std::vector<std::string> known_cmdlets() {
    std::vector<std::string> out = set_cmdlets();
    for (const auto* more : {&object_cmdlets(), &get_cmdlets(), &machine_cmdlets()})
        out.insert(out.end(), more->begin(), more->end());
    return out;
}

result run(std::string_view text, const source_mark& at, organization& org) {
    return run(text, at, shell{org, {}, {}, {}});
}

result run(std::string_view text, const source_mark& at, const shell& in) {
    const text_marks marks(text, at);
    script read = parse(text, marks);
    result out;
    out.findings = std::move(read.findings);
    error_list errors(marks, out.findings);
    if (out.findings.empty())
        say_if_empty(read, errors);
    organization draft = in.organization;
    session now(in, draft, errors, out);
    for (const auto& s : read.statements)
        if (!has_errors(out.findings))
            now.run(s);
    if (has_errors(out.findings)) {
        out.output.clear();
        out.changed.clear();
        out.told.clear();
        out.queue_commands.clear();
        return out;
    }
    in.organization = draft; // a copy: what is only changed keeps its place in memory
    return out;
}

} // namespace connlab::cmdlet
