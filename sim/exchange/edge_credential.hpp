// The credentials of EdgeSync: passwords that nobody draws at random, encrypted for each side by its
// certificate, and their renewal in time (hybrid sheet 4.3).
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>

namespace connlab::exchange {

/// An account of EdgeSync lasts so long; the next one is made 7 days before its end and holds from 3 days
/// before it.
inline constexpr std::chrono::days esra_lifetime{30};
inline constexpr std::chrono::days esra_renewed_ahead{7};
inline constexpr std::chrono::days esra_effective_ahead{3};

/// 24 characters that follow from the account's name and the instant at which it was made.
std::string edge_password(std::string_view user_name, instant made);

/// ESRA.EDGE01; ESRA.EDGE01.TESTMS05.0
std::string bootstrap_user_name(std::string_view edge);
std::string replication_user_name(std::string_view edge, std::string_view mailbox, std::size_t number);

/// The certificate in the store that `thumbprint` names; null: none.
const stored_certificate* certificate_of(const server& s, std::string_view thumbprint);
/// The certificate of Exchange's own connections; null: none is set, or it is gone.
const stored_certificate* internal_certificate(const server& s);

/// A record for both sides: the Edge's copy on the Edge object, the other on the Mailbox server's. Error:
/// what a certificate's key cannot do.
struct credential_pair {
    edge_credential for_edge;
    edge_credential for_mailbox;
};
parsed<credential_pair> make_credential(const edge_account& account, const edge_subscription& edge,
                                        const subscribed_server& mailbox, bool bootstrap);

/// The password of the record, by the private key of the server's internal transport certificate. `damaged`:
/// a bit of it has been changed on its way.
trace::decided<parsed<std::string>> decrypt_credential(const server& s, const edge_credential& c,
                                                       bool damaged);

/// The account that a Mailbox server binds with at `now`: the first time that of the bootstrap credential,
/// then of its effective records for this Edge the one that lasts longest. Null: none.
trace::decided<const edge_credential*> select_edge_credential(const server& mailbox,
                                                              const edge_subscription& edge, instant now);

} // namespace connlab::exchange
