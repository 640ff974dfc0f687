// What Schannel writes into the System log about a handshake. (Schannel sheet 3.4, 4.1)
#pragma once

#include "sim/tls/negotiate.hpp"
#include "sim/tls/schannel.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::tls {

/// Log System, source Schannel, level Error.
struct schannel_event {
    int id = 0;
    std::string text;
    friend bool operator==(const schannel_event&, const schannel_event&) = default;
};

/// Of one side: a credential that cannot be made (36871), no suite (36873, 36874), a fatal alert received
/// (36887) or sent (36888); -1: no alert. Windows Server 2012 R2 has the older wording [assumed].
std::vector<schannel_event> schannel_events(windows_version windows, side s, const negotiation& n,
                                            int alert_sent, int alert_received);

/// What follows the sentence of 36888 in newer builds: the host that a client names, and where the numbers of
/// alerts are listed. Empty for Windows Server 2012 R2.
std::string alert_tail(windows_version windows, std::string_view target);

/// 36870 of a certificate without private key. The error is the one that public event logs show with it.
std::string key_not_accessible(side s);

} // namespace connlab::tls
