// Steps: the administrator's verbs, and what is expected of them.
#pragma once

#include "sim/scenario/keys.hpp"

#include <string>
#include <vector>

namespace connlab::scenario {

/// A step while its keys are being read.
struct step_draft {
    step value;
    std::vector<std::string> verbs;
};

const key_table<step_draft>& step_keys();
const key_table<send_flow>& send_keys();
const key_table<run_step>& run_keys();
const key_table<hybrid_wizard_step>& hybrid_wizard_keys();

void read_steps(const node& list, reading& r);

} // namespace connlab::scenario
