#include "sim/tls/schannel_events.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

namespace connlab::tls {

namespace {

bool is_older(windows_version w) {
    return w == windows_version::server_2012r2;
}

schannel_event no_credential(side s) {
    return {36871,
            fmt::format("A fatal error occurred while creating a TLS {} credential. The internal error state "
                        "is 10013.",
                        ascii_lower(to_string(s)))};
}

schannel_event no_suite_to_offer() {
    return {36873,
            "No supported cipher suites were found when initiating a TLS connection. This indicates a "
            "configuration problem with the client application and/or the installed cryptographic modules. "
            "The TLS connection request has failed."};
}

schannel_event no_common_suite(windows_version w, version v) {
    return {36874,
            fmt::format("An {} connection request was received from a remote client application, but none of "
                        "the cipher suites supported by the client application are supported by the server. "
                        "The {} connection request has failed.",
                        windows_name(v), is_older(w) ? "SSL" : "TLS")};
}

schannel_event alert_came(int alert) {
    return {36887,
            fmt::format("A fatal alert was received from the remote endpoint. The TLS protocol defined fatal "
                        "alert code is {}.",
                        alert)};
}

/// The states that are known beside an alert: 1205 with 40, 105 with 70.
std::string older_words_on(int alert) {
    std::string out = fmt::format(" The TLS protocol defined fatal error code is {}.", alert);
    if (alert == 40 || alert == 70)
        out += fmt::format(" The Windows SChannel error state is {}.", alert == 40 ? 1205 : 105);
    return out;
}

schannel_event alert_went(windows_version w, int alert) {
    return {36888,
            "A fatal alert was generated and sent to the remote endpoint. This may result in termination of "
            "the connection." +
                (is_older(w) ? older_words_on(alert)
                             : fmt::format(" The TLS protocol defined fatal alert code is {}.", alert))};
}

} // namespace

std::string alert_tail(windows_version windows, std::string_view target) {
    if (is_older(windows))
        return {};
    return fmt::format("\n\n Target name: {}\n\n The TLS alert registry can be found at "
                       "http://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-6",
                       target);
}

std::string key_not_accessible(side s) {
    return fmt::format(
        "A fatal error occurred when attempting to access the TLS {} credential private key. The "
        "error code returned from the cryptographic module is 0x8009030D. The internal error "
        "state is 10001.",
        ascii_lower(to_string(s)));
}

std::vector<schannel_event> schannel_events(windows_version windows, side s, const negotiation& n,
                                            int alert_sent, int alert_received) {
    std::vector<schannel_event> out;
    const auto own = s == side::client ? agreement::no_version_on_client : agreement::no_version_on_server;
    if (n.outcome == own)
        out.push_back(no_credential(s));
    if (n.outcome == agreement::no_suite_on_client && s == side::client)
        out.push_back(no_suite_to_offer());
    if (s == side::server && alert_sent == 40 &&
        (n.outcome == agreement::no_common_suite || n.outcome == agreement::no_common_version))
        out.push_back(no_common_suite(windows, n.agreed_version));
    else if (s == side::server && is_older(windows) && n.outcome == agreement::no_common_version &&
             alert_sent > 0)
        out.push_back(no_common_suite(windows, n.agreed_version));
    if (alert_received > 0)
        out.push_back(alert_came(alert_received));
    if (alert_sent > 0)
        out.push_back(alert_went(windows, alert_sent));
    return out;
}

} // namespace connlab::tls
