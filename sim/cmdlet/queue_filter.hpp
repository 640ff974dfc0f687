// -Filter of Get-Queue and Retry-Queue: `{Status -eq "Retry" -and MessageCount -gt 0}`. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/formatting.hpp"
#include "sim/trace/run_record.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::cmdlet {

enum class comparison { equal, unequal, like, greater, greater_or_equal, less, less_or_equal };

/// All conditions hold; without one every queue passes.
struct queue_filter {
    struct condition {
        std::string property; // of the view, in its spelling
        comparison by = comparison::equal;
        std::string wanted;
    };
    std::vector<condition> all;

    bool passes(const view_object& queue) const;
};

/// Conditions with -and between them. Absent: said what is wrong, at the value.
std::optional<queue_filter> read_queue_filter(const value& v, error_list& errors);

/// A queue as Get-Queue shows it.
view_object view_of(const trace::queue_record& q);

} // namespace connlab::cmdlet
