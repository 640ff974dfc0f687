// What the cmdlets that change objects share: the draft they work on and where their answers go. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/object_cmdlets.hpp"
#include "sim/cmdlet/plain_arguments.hpp"

namespace connlab::cmdlet {

inline constexpr const char* not_found =
    "The operation couldn't be performed because object '{}' couldn't be found (our wording)";

inline constexpr const char* server_not_found = "The server '{}' couldn't be found (our wording)";

/// One statement at work on a draft of the organization, which is thrown away when errors were said.
struct work {
    const statement& text;
    const shell& in;
    exchange::organization& draft;
    error_list& errors;
    outcome& out;

    void fail(std::string message, std::string hint = {}) const {
        errors.add(text.where, std::move(message), std::move(hint));
    }
    /// At the argument's value; at the cmdlet when it was not given.
    void fail_at(const plain_arguments& given, std::string_view name, std::string message,
                 std::string hint = {}) const {
        const auto argument = given.find(name);
        errors.add(argument == given.end() ? text.where : argument->second.where, std::move(message),
                   std::move(hint));
    }
    void changed(const std::string& line) const {
        add_line(out.changed, line);
        add_line(out.told, line);
    }
    void printed(const std::string& line) const {
        add_line(out.output, line);
        add_line(out.told, line);
    }
    /// Absent: said why the certificate cannot be issued.
    std::optional<exchange::stored_certificate> issued(const certs::certificate_recipe& recipe) const {
        auto made = in.issue ? in.issue(recipe)
                             : parsed<exchange::stored_certificate>::fail("nobody issues certificates here");
        if (!made)
            fail(made.error);
        return made ? std::optional(std::move(*made)) : std::nullopt;
    }
};

/// Whoever gives a parameter that changes nothing here is told.
template <class Object>
void say_what_has_no_effect(const work& w, const std::string& object, const bound_command<Object>& command) {
    std::vector<std::string> names;
    for (const auto& setting : command.settings)
        if (!setting.parameter->has_effect)
            names.push_back(setting.parameter->name);
    if (!names.empty())
        w.printed(fmt::format("WARNING: {}: kept and shown, without effect in the lab: {}", object,
                              join(names, ", ")));
}
void say_what_has_no_effect(const work& w, const std::vector<plain_parameter>& parameters,
                            const plain_arguments& given);

/// The servers that Get-SendConnector shows: those that the connector names, else every Mailbox server.
std::vector<std::string> source_servers(const exchange::organization& o, const exchange::send_connector& c);

/// -Identity of what is removed.
extern const std::vector<plain_parameter> by_identity;

void check_new_send_connector(const statement& s, error_list& errors);
void check_new_receive_connector(const statement& s, error_list& errors);

/// "An address not on the server can keep the service from starting" (sheet 3.1, Bindings).
void warn_of_foreign_bindings(const work& w, const exchange::receive_connector& c, const exchange::server& s);

void new_send_connector(const work& w);
void remove_send_connector(const work& w);
void new_receive_connector(const work& w);
void remove_receive_connector(const work& w);

/// Rights of ANONYMOUS LOGON on a Receive connector.
void add_ad_permission(const work& w);
void remove_ad_permission(const work& w);
void check_ad_permission(const statement& s, error_list& errors);

/// Retry-, Suspend- and Resume-Queue.
void order_queues(const work& w, queue_verb what);
void check_queue_order(const statement& s, error_list& errors);

void new_accepted_domain(const work& w);
void remove_accepted_domain(const work& w);
void new_remote_domain(const work& w);
void remove_remote_domain(const work& w);
extern const std::vector<plain_parameter> new_accepted_domain_parameters;
extern const std::vector<plain_parameter> new_remote_domain_parameters;

// In Exchange Online PowerShell.
void check_new_inbound_connector(const statement& s, error_list& errors);
void check_new_outbound_connector(const statement& s, error_list& errors);
void new_inbound_connector(const work& w);
void new_outbound_connector(const work& w);
void remove_inbound_connector(const work& w);
void remove_outbound_connector(const work& w);

/// On an Edge it writes the subscription file, on a Mailbox server it reads it.
void new_edge_subscription(const work& w);
void remove_edge_subscription(const work& w);
void start_edge_synchronization(const work& w);
extern const std::vector<plain_parameter> new_edge_subscription_parameters;
extern const std::vector<plain_parameter> start_edge_synchronization_parameters;

/// A self-signed certificate for the server's names, or a PKCS #10 request that waits for its answer.
void new_certificate(const work& w);
void check_new_certificate(const statement& s, error_list& errors);
void import_certificate(const work& w);
/// Services are added and never taken away; SMTP asks about the default certificate, and No is the answer
/// unless -Force says Yes.
void enable_certificate(const work& w);
void check_enable_certificate(const statement& s, error_list& errors);
/// Refused while a Send connector names it: by issuer and subject, so also after a renewal with the same
/// names.
void remove_certificate(const work& w);
void check_remove_certificate(const statement& s, error_list& errors);

extern const std::vector<plain_parameter> import_certificate_parameters;

} // namespace connlab::cmdlet
