#include "sim/tls/offer.hpp"

namespace connlab::tls {

profile exchange2019_setup() {
    profile p;
    p.minimum = version::tls1_2;
    p.maximum = version::tls1_2;
    p.suites = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",   "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",   "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    };
    p.groups = {"P-384", "P-256"};
    p.server_preference = true;
    return p;
}

profile current_openssl() {
    profile p;
    p.minimum = version::tls1_2;
    p.maximum = version::tls1_3;
    p.tls13_suites = {"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"};
    // The order of OpenSSL's own list; what Schannel has no name for (ChaCha20, CCM, ARIA below 1.3) is left
    // out.
    p.suites = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
    };
    p.groups = {"X25519", "P-256", "P-521", "P-384"};
    p.server_preference = false;
    return p;
}

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
    case failure::other:
        return "Other";
    }
    return "";
}

} // namespace connlab::tls
