// Runs a scenario: builds its world, plays its steps over loopback, judges its expectations, leaves a record.
#pragma once

#include "certs/forge.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/trace/run_record.hpp"

#include <optional>

namespace connlab::lab {

struct run_options {
    unsigned threads = 1; // workers that play the flows of one step; the record does not depend on it
    /// Keep what the artifacts alone show: step_record::views after each step, handshake_view::key_log.
    bool for_artifacts = false;
};

struct run_result {
    std::optional<trace::run_record> record; // absent when the world cannot be built
    diagnostics findings;                    // why it cannot; or errors of a cmdlet at run time
    unsigned most_at_once = 0; // flows that were in progress at the same time (not in the record)
};

run_result run(const scenario::scenario& plan, const certs::key_pool& pool, const run_options& options);

/// Every rule table of the libraries, joined and sorted by id.
const std::vector<trace::rule>& rule_catalogue();

/// Best-practice findings of a scenario's initial configuration, and the errors of its cmdlets, each applied
/// where the one before has left the model: issues certificates, plays nothing.
diagnostics best_practice(const scenario::scenario& plan, const certs::key_pool& pool);

} // namespace connlab::lab
