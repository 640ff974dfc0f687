#include "sim/base/ascii.hpp"
#include "sim/lab/run.hpp"
#include "sim/report/explain.hpp"
#include "sim/report/layout.hpp"
#include "sim/report/paint.hpp"
#include "sim/report/text.hpp"
#include "tools/connlab/matrix.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/play.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/json.hpp>
#include <fmt/ostream.h>

#include <algorithm>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

struct shown_cell {
    std::string plain;
    std::string painted;
};

/// `TLS`, `clear`, the reason a message waits for, or the rule that refuses the setting; `~` when assumed.
shown_cell show(const matrix_cell& c, const report::paint& p) {
    const auto outcome = c.outcome();
    if (!c.refused_by.empty())
        return {"not allowed: " + c.refused_by, p.faint("not allowed: " + c.refused_by)};
    std::string word = outcome == "tls" ? "TLS" : outcome == "clear" ? "clear" : outcome;
    if (outcome == "retry" || outcome == "failed")
        word = c.flow()->decided_by.empty() ? outcome : c.flow()->decided_by;
    if (c.assumed())
        word += " ~";
    const bool delivered = outcome == "tls" || outcome == "clear";
    return {word, outcome == "clear" ? p.warn(word) : delivered ? p.good(word) : p.bad(word)};
}

std::string painted_padding(const shown_cell& c, std::size_t width) {
    const auto have = report::display_width(c.plain);
    return c.painted + std::string(have < width ? width - have : 0, ' ');
}

std::string table_text(const matrix_table& table, const report::paint& p) {
    std::size_t first = 0;
    for (const auto& r : table.rows)
        first = std::max(first, report::display_width(r.title));
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < matrix_columns().size(); ++c) {
        widths.push_back(matrix_columns()[c].id.size());
        for (const auto& r : table.rows)
            widths[c] =
                std::max(widths[c], report::display_width(show(r.cells[c], report::paint(false)).plain));
    }
    std::string out = std::string(first, ' ');
    for (std::size_t c = 0; c < widths.size(); ++c)
        out += "  " + p.strong(report::pad(matrix_columns()[c].id, widths[c]));
    out += '\n';
    for (const auto& r : table.rows) {
        out += report::pad(r.title, first);
        for (std::size_t c = 0; c < widths.size(); ++c)
            out += "  " + painted_padding(show(r.cells[c], p), widths[c]);
        while (out.back() == ' ')
            out.pop_back();
        out += '\n';
    }
    return out;
}

constexpr const char* legend = R"(
TLS: delivered inside TLS. clear: delivered in clear. A word: the message stays queued, and why; UntrustedRoot
stands for LastError `454 4.7.5 Certificate validation failure, Reason:UntrustedRoot`, and so on. not allowed:
the Send connector cannot be set so, by that rule. ~: rests on a rule that no public source settles.
`none` is RequireTLS false without a level; DomainSecure is DomainSecureEnabled with contoso.com in
TLSSendDomainSecureList and TlsAuthLevel null; DomainValidation has TlsDomain mail.contoso.com.
Each row is a file below scenarios/matrix. `connlab matrix --cell ROW,COLUMN` tells a cell as a story: ROW is
the file's name without its number, e.g. `--cell wildcard,DomainSecure`.
)";

boost::json::value cell_json(const matrix_cell& c) {
    boost::json::object out{
        {"row", c.row}, {"column", c.column}, {"outcome", c.outcome()}, {"assumed", c.assumed()}};
    if (const auto* f = c.flow()) {
        out["reply"] = f->reply;
        out["lastError"] = f->last_error;
        out["reason"] = f->decided_by;
        out["rule"] = f->rule;
        out["ourText"] = f->our_text;
        boost::json::array rules;
        for (const auto& id : f->assumptions)
            rules.emplace_back(id);
        out["assumptions"] = std::move(rules);
        if (!f->deliveries.empty())
            out["sha256"] = f->deliveries.front().sha256;
    }
    return out;
}

void tell(const matrix_cell& c, const streams& io) {
    const report::paint p(io.colour);
    fmt::print(io.out, "Row {}, column {}\n", c.row, c.column);
    if (c.record) {
        fmt::print(io.out, "{}", report::explain(*c.record, {}, p));
        return;
    }
    fmt::print(io.out, "The Send connector cannot be set so:\n");
    for (const auto& r : lab::rule_catalogue())
        if (r.id == c.refused_by)
            fmt::print(io.out, "{}", report::text(r, p));
}

/// Runs the cell's row alone.
int tell_cell(const std::vector<std::string>& rows, const std::string& which, const certs::key_pool& pool,
              const streams& io) {
    std::vector<std::string> known;
    std::vector<std::string> ids;
    for (const auto& path : rows) {
        ids.push_back(matrix_row_id(path));
        for (std::size_t c = 0; c < matrix_columns().size(); ++c) {
            known.push_back(ids.back() + "," + matrix_columns()[c].id);
            if (known.back() != which)
                continue;
            const auto table = run_matrix({path}, pool, 1);
            fmt::print(io.err, "{}", render(table.findings, table.texts));
            if (table.rows.empty())
                return invalid_input;
            tell(table.rows.front().cells[c], io);
            return as_expected;
        }
    }
    fmt::print(io.err, "connlab: there is no cell {}{}\nrows: {}\n", which, did_you_mean(which, known),
               join(ids, ", "));
    return invalid_input;
}

} // namespace

int matrix(const arguments& args, const streams& io) {
    auto described = options_of_a_command();
    add_format(described);
    add_threads(described, "cells");
    described.add_options()("cell", po::value<std::string>()->value_name("ROW,COLUMN"),
                            "tell this cell as a story, e.g. wildcard,DomainSecure");
    const auto options =
        read(args, described, positional::none,
             "connlab matrix [--cell ROW,COLUMN]\n\nThe truth table of certificate and STARTTLS "
             "faults against the TLS settings of a Send\nconnector.\n",
             io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    const auto pool = open_keys();
    auto rows = find_scenarios({"scenarios/matrix"}).paths;
    std::erase_if(rows, [](const std::string& path) { return path.ends_with("/base.yaml"); });
    if (values.count("cell") > 0)
        return tell_cell(rows, values["cell"].as<std::string>(), *pool, io);
    const auto table = run_matrix(rows, *pool, threads_of(values));
    fmt::print(io.err, "{}", render(table.findings, table.texts));
    if (has_errors(table.findings))
        return invalid_input;
    if (wants_json(values)) {
        boost::json::array cells;
        for (const auto& r : table.rows)
            for (const auto& c : r.cells)
                cells.push_back(cell_json(c));
        fmt::print(io.out, "{}\n", boost::json::serialize(boost::json::object{{"cells", std::move(cells)}}));
        return as_expected;
    }
    fmt::print(io.out, "{}{}", table_text(table, report::paint(io.colour)), legend);
    return as_expected;
}

} // namespace connlab::command
