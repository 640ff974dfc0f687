// A decision is returned together with its reason: the rule, the roads not taken, the values that decided.
#pragma once

#include "sim/base/instant.hpp"
#include "sim/base/source_mark.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connlab::trace {

enum class confidence { documented, observed, assumed };
std::string_view to_string(confidence c);

/// An entry of a library's rule table. `id` is stable and spelled `layer.topic.fact`, e.g.
/// `exchange.starttls.required`.
struct rule {
    std::string id;
    std::string statement; // one or two sentences, in our words
    std::string source;    // title of the page, article, RFC section
    confidence level = confidence::documented;
    std::string remedy = {}; // what an administrator can do when it decides against a message; empty: nothing

    friend bool operator==(const rule&, const rule&) = default;
};

/// A road not taken (or the one taken), and why.
struct candidate {
    std::string name;
    bool chosen = false;
    std::string why; // "not valid: NotTimeValid", "address space *.com is shorter"

    friend bool operator==(const candidate&, const candidate&) = default;
};

/// A value that decided, and the scenario line that set it (unknown mark: a default or a fact from the wire).
struct cause {
    std::string what;  // "TlsAuthLevel of Send connector To Contoso"
    std::string value; // "DomainValidation"
    source_mark mark;

    friend bool operator==(const cause&, const cause&) = default;
};

struct decision {
    std::string rule;     // id in the catalogue
    std::string question; // "Which Receive connector takes the connection?"
    std::string answer;   // "Default Frontend TESTMS05"
    std::vector<candidate> considered;
    std::vector<cause> because;
    instant at{};                     // virtual; set by whoever records the decision
    std::vector<std::string> assumed; // ids of further, assumed rules or switches the answer rests on

    friend bool operator==(const decision&, const decision&) = default;
};

/// What every function that decides returns: nothing is decided without a reason.
template <class T>
struct decided {
    T value;
    decision why;
};

} // namespace connlab::trace
