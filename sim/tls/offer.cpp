#include "sim/tls/offer.hpp"

namespace connlab::tls {

std::string_view to_string(failure f) {
    switch (f) {
    case failure::none:
        return "";
    case failure::no_common_version:
        return "NoCommonVersion";
    case failure::no_common_suite:
        return "NoCommonSuite";
    case failure::bad_record:
        return "BadRecord";
    case failure::connection_reset:
        return "ConnectionReset";
    case failure::silence:
        return "Silence";
    case failure::own_credential:
        return "OwnCredential";
    case failure::refused_by_peer:
        return "RefusedByPeer";
    case failure::key_too_short:
        return "KeyTooShort";
    case failure::nothing_enabled:
        return "NothingEnabled";
    case failure::not_performed:
        return "ComputedNotPerformed";
    case failure::other:
        return "Other";
    }
    return "";
}

} // namespace connlab::tls
