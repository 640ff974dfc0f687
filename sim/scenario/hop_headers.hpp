// `HopHeaders:` in Expect: fields of a message at one of its hops, as the client put them on the wire and as
// the server kept them.
#pragma once

#include "sim/scenario/keys.hpp"
#include "sim/trace/run_record.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace connlab::scenario {

/// `TESTMS05 Front End`, `EXO`: who takes the message in a session.
std::string hop_name(const trace::session_record& s);

/// A field at a hop; the key of an expected value, in and out.
struct hop_field {
    std::string hop;
    std::size_t occurrence = 1; // of several sessions with this hop, from 1
    bool kept = false;          // else: as it was sent
    std::string name;           // of the field
};
std::string key_of(const hop_field& f); // HopHeaders.EXO.1.Kept.X-OriginatorOrg
std::optional<hop_field> hop_field_of(std::string_view key);

/// The header that the field is looked for in; null: the message made no such hop.
const std::string* header_at(const trace::flow_record& f, const hop_field& where);

/// One entry of the list.
struct hop_expectation {
    std::string hop;
    std::optional<node> sent;
    std::optional<node> kept;
};
const key_table<hop_expectation>& hop_header_keys();
/// A hop that is named again means the next session with it.
void read_hop_headers(expectation& e, const node& n, reading& r);

} // namespace connlab::scenario
