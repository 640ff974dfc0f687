#include "sim/tls/message_summary.hpp"

#include "sim/tls/code_points.hpp"
#include "sim/tls/extension.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::tls {

namespace {

using values = std::vector<std::string>;

const values& values_of(const trace::tls_message& m, std::string_view name) {
    static const values none;
    const auto* found = find_detail(m.details.all(), name);
    return found != nullptr ? found->values : none;
}

std::string first_of(const trace::tls_message& m, std::string_view name) {
    const auto& all = values_of(m, name);
    return all.empty() ? std::string{} : all.front();
}

std::string joined(const values& words, std::string_view between) {
    std::string out;
    for (const auto& w : words)
        out += (out.empty() ? "" : std::string(between)) + w;
    return out;
}

/// Suites that can be agreed on: no GREASE, no signals.
std::size_t real_suites(const values& all) {
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const std::string& s) {
        return s != grease && s.find("_SCSV") == std::string::npos;
    }));
}

std::string hello_of_client(const trace::tls_message& m) {
    const auto& versions = values_of(m, "supported_versions");
    const auto suites = real_suites(values_of(m, "cipher_suites"));
    auto out =
        fmt::format("{}, {} cipher suite{}",
                    versions.empty() ? "up to " + first_of(m, "legacy_version") : joined(versions, " or "),
                    suites, suites == 1 ? "" : "s");
    const auto name = first_of(m, "server_name");
    return name.empty() ? out : out + ", for " + name;
}

std::string hello_of_server(const trace::tls_message& m, const settled& so_far) {
    const auto share = first_of(m, "key_share");
    if (m.type == "HelloRetryRequest")
        return "wants a key share of " + share;
    auto out = version_name(so_far.version) + ", " + suite_name(so_far.suite);
    return share.empty() ? out : out + ", key share of " + share.substr(0, share.find(','));
}

std::string certificates(const trace::tls_message& m) {
    const auto& all = values_of(m, "certificate_list");
    if (all.front() == "empty")
        return "none";
    auto out = all.front();
    if (all.size() > 1)
        out += fmt::format(", and {} more", all.size() - 1);
    const auto stapled = first_of(m, "status_request");
    return stapled.empty() ? out : out + "; " + stapled;
}

std::string asked_for(const trace::tls_message& m) {
    const auto& authorities = values_of(m, "certificate_authorities");
    if (authorities.empty() || authorities.front().starts_with("empty"))
        return "of any authority";
    return authorities.size() == 1 ? "of " + authorities.front()
                                   : fmt::format("of one of {} authorities", authorities.size());
}

std::string server_keys(const trace::tls_message& m) {
    const auto curve = first_of(m, "named_curve");
    const auto scheme = first_of(m, "signature_algorithm");
    const auto out = curve.empty() ? "DHE, " + first_of(m, "dh_p") : "ECDHE on " + curve;
    return scheme.empty() ? out : out + ", signed " + scheme;
}

std::string client_keys(const trace::tls_message& m) {
    const auto& name = m.details.all().front().name;
    if (name == "encrypted_pre_master_secret")
        return "the premaster secret, for the server's RSA key";
    return name == "dh_Yc" ? "its half of DHE" : "its half of ECDHE";
}

std::string names_of_details(const trace::tls_message& m) {
    values out;
    for (const auto& d : m.details.all())
        out.push_back(d.name);
    return joined(out, ", ");
}

} // namespace

std::string summary_of(const trace::tls_message& m, std::uint32_t type, const settled& so_far) {
    if (find_detail(m.details.all(), "damaged") != nullptr)
        return "damaged";
    switch (static_cast<message_type>(type)) {
    case message_type::client_hello:
        return hello_of_client(m);
    case message_type::server_hello:
        return hello_of_server(m, so_far);
    case message_type::encrypted_extensions:
        return names_of_details(m);
    case message_type::certificate:
        return certificates(m);
    case message_type::certificate_request:
        return asked_for(m);
    case message_type::server_key_exchange:
        return server_keys(m);
    case message_type::client_key_exchange:
        return client_keys(m);
    case message_type::certificate_verify:
        return first_of(m, "signature_algorithm");
    case message_type::certificate_status:
        return first_of(m, "status_request");
    case message_type::new_session_ticket:
        return "for " + first_of(m, "ticket_lifetime");
    case message_type::hello_request:
    case message_type::server_hello_done:
    case message_type::end_of_early_data:
    case message_type::finished:
    case message_type::key_update:
        break;
    }
    return {};
}

} // namespace connlab::tls
