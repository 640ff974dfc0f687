// What a handshake message says: its bytes as named fields in their order, without what is drawn at random.
#pragma once

#include "sim/tls/message_memo.hpp"
#include "sim/trace/run_record.hpp"

#include <cstdint>
#include <string_view>

namespace connlab::tls {

/// What earlier messages of the connection have settled and later ones are read by.
struct settled {
    std::uint32_t version = 0; // as on the wire, 0x0303; 0: there was no ServerHello yet
    std::uint32_t suite = 0;

    bool tls13() const { return version == 0x0304; }
};

/// One message with its header of four bytes (RFC 5246 7.4, RFC 8446 4). A ServerHello settles what follows.
/// Never fails: what cannot be read is named in a detail `damaged`. Direction, number and flight are the
/// caller's.
trace::tls_message decode_handshake(std::string_view bytes, settled& so_far, message_memo& memo);
/// The same for one that is not followed by many.
trace::tls_message decode_handshake(std::string_view bytes, settled& so_far);

/// Level and description: two bytes.
trace::tls_message decode_alert(std::string_view bytes);

trace::tls_message change_cipher_spec();

} // namespace connlab::tls
