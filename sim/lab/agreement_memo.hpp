// What two sides come to with what they offer, computed once: they offer the same in every flow. Not shared
// between threads.
#pragma once

#include "sim/tls/negotiate.hpp"

#include <compare>
#include <map>
#include <string>
#include <vector>

namespace connlab::lab {

/// Before a byte is written.
struct computed_agreement {
    tls::negotiation outcome;
    std::vector<trace::decision> decisions; // on the version and on the suite
    tls::shared_profile told_client;        // what OpenSSL is given, so that it comes to the same
    tls::shared_profile told_server;
};

template <class Offer>
struct offer_of {
    const std::string& name; // of the machine
    const Offer& offer;
};

class agreement_memo {
  public:
    /// The same object as long as the memo lives.
    const computed_agreement& of(const offer_of<tls::client_offer>& client,
                                 const offer_of<tls::server_offer>& server);

  private:
    /// Profiles and certificates by identity: the entry keeps them alive.
    struct key {
        std::string client;
        std::string server;
        const void* client_profile;
        const void* server_profile;
        const void* client_certificate; // null: none
        const void* server_certificate;
        bool asks_for_certificate;
        friend auto operator<=>(const key&, const key&) = default;
    };
    struct entry {
        tls::client_offer client;
        tls::server_offer server;
        computed_agreement made;
    };
    std::map<key, entry> known_;
};

} // namespace connlab::lab
