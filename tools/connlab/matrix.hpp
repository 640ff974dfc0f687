// The truth table: certificate and STARTTLS faults × the TLS settings of a Send connector, every cell a real
// run.
#pragma once

#include "certs/forge.hpp"
#include "sim/scenario/loader.hpp"
#include "sim/trace/run_record.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::command {

struct matrix_column {
    std::string id;                                             // DomainValidation
    std::vector<std::pair<std::string, std::string>> connector; // parameter, value
    std::string send_secure_domain;                             // for TLSSendDomainSecureList; empty: none
};
const std::vector<matrix_column>& matrix_columns();

/// The column's settings on the first organization's first Send connector, as an administrator would make
/// them, and the one message that the cell sends.
void apply_column(const matrix_column& column, scenario::scenario& plan);

struct matrix_cell {
    std::string row;
    std::string column;
    std::string refused_by;                  // rule id; then there is no run
    std::optional<trace::run_record> record; // of the one message
    diagnostics findings;

    const trace::flow_record* flow() const;
    std::string outcome() const; // tls, clear, retry, refused-by V1, … as tests/cases/matrix.txt words it
    bool assumed() const;
};

struct matrix_row {
    std::string id;
    std::string title;
    std::vector<matrix_cell> cells; // in the order of the columns
};

struct matrix_table {
    std::vector<matrix_row> rows;
    diagnostics findings; // of rows that cannot be loaded
    source_texts texts;
};

/// `wildcard` of `scenarios/matrix/27-wildcard.yaml`.
std::string matrix_row_id(const std::string& path);

/// Runs every cell; `rows` are scenario files named NN-ID.yaml, `threads` cells at a time.
matrix_table run_matrix(const std::vector<std::string>& rows, const certs::key_pool& pool, unsigned threads);

} // namespace connlab::command
