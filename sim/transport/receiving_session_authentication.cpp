// AUTH and X-EXPS at a Receive connector: who the client is from then on, and what the logs say of it.
#include "certs/base64.hpp"
#include "sim/exchange/basic_authentication.hpp"
#include "sim/exchange/event_texts.hpp"
#include "sim/exchange/internal_hops.hpp"
#include "sim/transport/receiving_session.hpp"

namespace connlab::transport {

std::optional<smtp::authentication_step> receiving_session::on_authenticate(smtp::verb how,
                                                                            const std::string& mechanism,
                                                                            const std::string& response,
                                                                            bool tls) {
    if (how == smtp::verb::x_exps)
        return on_x_exps(mechanism, response);
    if (exchange::offers_integrated(where_.server, *connector_,
                                    mechanism)) // neither Kerberos nor NTLM is simulated
        return smtp::authentication_step{"454 4.7.0 Temporary authentication failure", false, false};
    if (mechanism != "LOGIN" || !exchange::offers_login(where_.server, *connector_, tls))
        return std::nullopt;
    if (online_)
        if (const auto refused = follow(online_->on_logon(tls ? tls_version_ : std::string{})))
            return smtp::authentication_step{*refused, true, false};
    user_.reset();
    if (!response.empty())
        return on_response(response);
    return smtp::authentication_step{"334 VXNlcm5hbWU6", false, true};
}

std::optional<smtp::authentication_step> receiving_session::on_x_exps(const std::string& mechanism,
                                                                      const std::string& response) {
    if (!where_.server.is_exchange() || (*connector_->auth & exchange::auth_exchange_server) == 0)
        return std::nullopt;
    const auto v = log_.kept(exchange::judge_exchange_server(
        where_.organization, where_.server, *connector_, mechanism, exchange::server_named_by(response),
        where_.remote.address, where_.authentication_fails));
    if (const auto refused = follow(v)) {
        log_.note({}, "Inbound ExchangeAuth failed because of LogonDenied");
        return smtp::authentication_step{*refused, true, false};
    }
    who_ = exchange::principal::exchange_server;
    note_rights(who_);
    return smtp::authentication_step{"235 " + response, false, true};
}

/// The user's name, then the password, which nobody looks at.
smtp::authentication_step receiving_session::on_response(const std::string& response) {
    if (!user_) {
        user_ = certs::base64_decoded(response).value_or(std::string{});
        return {"334 UGFzc3dvcmQ6", false, true};
    }
    const auto v = log_.kept(exchange::judge_user(where_.server, *connector_, *user_, where_.remote.address));
    if (const auto refused = follow(v)) {
        log_.note({}, "Inbound AUTH LOGIN failed because of LogonDenied");
        log_.note({}, "User Name: " + *user_);
        return {*refused, true, false};
    }
    log_.note(exchange::down_level_name(where_.organization, *user_), "authenticated");
    who_ = exchange::principal::user;
    note_rights(who_);
    return {"235 2.7.0 Authentication successful", false, false};
}

void receiving_session::on_too_many_failed_logons() {
    if (where_.server.is_exchange())
        log_.add({exchange::too_many_failed_logons(connector_->identity(), *connector_->max_logon_failures,
                                                   where_.remote.address)});
}

} // namespace connlab::transport
