// Limits and routing beside TLS.
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

std::vector<rule> limit_rules() {
    return {
        {"exchange.limit.message-size",
         "A message larger than MaxMessageSize of the Send connector that takes its domain goes back to its "
         "sender; which reply is in the report is open.",
         set_send, assumed, "Raise MaxMessageSize of the Send connector, or send less."},
        {"exchange.limit.received-size",
         "A message larger than MaxMessageSize of the Receive connector is refused for good; the reply's "
         "wording is open.",
         set_receive, documented,
         "Raise MaxMessageSize of the Receive connector, or let the sender send less; SIZE in the EHLO reply "
         "tells the limit."},
        {"exchange.limit.connection-time",
         "ConnectionTimeout closes a connection however active it is; that the client is told the same as "
         "after ConnectionInactivityTimeout is assumed.",
         set_receive, assumed,
         "Find what makes the session slow, or raise ConnectionTimeout of the Receive connector."},
        {"exchange.acknowledgement.delayed",
         "An Edge without subscription belongs to no organization that could hold a shadow copy: the reply "
         "to "
         "a message is held back by up to MaxAcknowledgementDelay (30 s).",
         "Reflecting on Edge Servers, Episode 2", documented},
        {"exchange.acknowledgement.whole-delay",
         "The lab holds the reply back for all of MaxAcknowledgementDelay: a message that is delivered "
         "sooner "
         "is acknowledged sooner by Exchange.",
         lab, assumed},
        {"exchange.limit.hop-count",
         "A message with more Received fields than MaxHopCount (60) of the Receive connector is refused "
         "with 5.4.6; the code in front is assumed. Documents say 30, a dump of a real server 60.",
         "Set-ReceiveConnector: MaxHopCount; Microsoft Q&A dump of Exchange 2016", assumed,
         "Two servers hand the message to each other: correct the Send connectors, or the DomainType of the "
         "domain at one of them."},
        {"exchange.error-policies.dns",
         "ErrorPolicies Default: a domain that does not exist is a permanent error. DowngradeDnsFailures: "
         "errors of DNS are transient, and the message waits. Which errors the other policies name is open, "
         "and they have no effect here.",
         set_send, documented,
         "Correct the recipient's domain or its DNS; DowngradeDnsFailures keeps the message meanwhile."},
        {"exchange.accepted-domain.relay",
         "DomainType InternalRelay: mail for addresses without mailbox in the organization leaves by a Send "
         "connector; ExternalRelay: all mail for the domain does; Authoritative: none does.",
         "Accepted domains in Exchange Server", documented,
         "A relay domain needs a Send connector whose AddressSpaces cover it."},
        {"exchange.recipient.remote-mailbox",
         "Mail for a user whose mailbox is in Exchange Online (a remote mailbox) is readdressed to its "
         "RemoteRoutingAddress when the recipient is resolved.",
         "Enable-RemoteMailbox", documented},
        {"exchange.recipient.unknown",
         "Mail for an address of an authoritative domain that has no mailbox goes back to the sender. The "
         "session takes it, there is no recipient filter here; that the report has the filter's words is "
         "assumed. Organizations whose servers list no Mailboxes have every mailbox.",
         "the reply with recipient filtering in Exchange 2013 and later, from experience", assumed,
         "Correct the address; an InternalRelay domain lets mail for others leave by a Send connector."},
    };
}

} // namespace connlab::exchange::catalogue
