#include "sim/scenario/tamper_keys.hpp"

namespace connlab::scenario {

namespace {

void read_tamper(step_draft& d, const node& n, reading& r) {
    tamper_step s;
    read_keys(n, "Tamper", n.mark(), tamper_keys(), s, r);
    d.value.what = std::move(s);
    d.verbs.emplace_back("Tamper");
}

} // namespace

const key_table<tamper_step>& tamper_keys() {
    using tamper_key = key<tamper_step>;
    static const key_table<tamper_step> table{
        tamper_key(
            "File", text(), "the file's name: edge.xml",
            [](tamper_step& s, const node& n, reading&) {
                s.file = {n.text, n.mark()};
            },
            true),
        tamper_key("Replace", text(), "a text in it, each time it occurs; default: everything",
                   [](tamper_step& s, const node& n, reading&) {
                       s.replace = {n.text, n.mark()};
                   }),
        tamper_key(
            "With", text(), "what stands there afterwards",
            [](tamper_step& s, const node& n, reading&) { s.with = n.text; }, true),
    };
    return table;
}

key_table<step_draft> tamper_step_keys() {
    using step_key = key<step_draft>;
    return {step_key("Tamper", object("Tamper"),
                     "somebody changes a file that New-EdgeSubscription has written", read_tamper)};
}

} // namespace connlab::scenario
