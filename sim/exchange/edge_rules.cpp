// Edge subscriptions and EdgeSync.
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

namespace {

constexpr const char* credentials_page = "Edge Subscription credentials (Exchange 2013)";
constexpr const char* new_subscription = "New-EdgeSubscription";
constexpr const char* service_config = "Set-EdgeSyncServiceConfig";
constexpr const char* limit_article = "Microsoft support article 4052493";
constexpr const char* mismatch_event = "Event 10104 (MSExchange EdgeSync)";

std::vector<rule> subscription_rules() {
    constexpr const char* again =
        "Run New-EdgeSubscription -FileName on the Edge once more and import the new file within 24 hours.";
    return {
        {"exchange.edge-subscription.file-accepted",
         "A subscription file holds the Edge's certificate and a bootstrap credential in clear; it "
         "subscribes "
         "the Edge to one site while the credential lasts.",
         edge_subscriptions, documented},
        {"exchange.edge-subscription.file-broken",
         "A file that is no XML, or lacks one of its elements, subscribes nothing. What Exchange says is not "
         "public.",
         lab, assumed, again},
        {"exchange.edge-subscription.file-expired",
         "The bootstrap account lasts 24 hours unless AccountExpiryDuration says otherwise; afterwards the "
         "file is worthless.",
         new_subscription, documented, again},
        {"exchange.edge-subscription.no-such-site", "An Edge is subscribed to a site with Mailbox servers.",
         edge_subscriptions, documented, "Name a site that has Mailbox servers in -Site."},
        {"exchange.edge-subscription.name-not-resolved",
         "Edge and Mailbox servers have to resolve each other's names.", edge_subscriptions, documented,
         "Give the Edge its DNS suffix before New-EdgeSubscription, and an A record in internal DNS."},
        {"exchange.edge-subscription.other-name",
         "EdgeServerName names the Edge object that New-EdgeSubscription makes. That a name which is not the "
         "Edge's own is refused, a Mailbox server's above all, is assumed: what Exchange says is not public.",
         lab, assumed, again},
        {"exchange.edge-subscription.other-site",
         "An Edge is subscribed to one site; a new subscription for the same site overwrites the old one.",
         edge_subscriptions, documented, "Remove-EdgeSubscription first, on both sides."},
        {"exchange.edge-subscription.hybrid-undone",
         "Re-creating an Edge subscription deletes the hybrid changes: the wizard's Send connector loses the "
         "Edge as its source. That a connector without another source goes is assumed.",
         "Edge Transport servers with hybrid deployments", documented,
         "Run the Hybrid Configuration Wizard again, and look at the Edge's Receive connector "
         "(TlsDomainCapabilities, Fqdn)."},
        {"exchange.edge-subscription.refused-on-edge",
         "On a subscribed Edge Set-, New- and Remove- of Send connectors, accepted and remote domains are "
         "disabled: EdgeSync brings them.",
         edge_subscriptions, documented,
         "Run the cmdlet on a Mailbox server, then Start-EdgeSynchronization."},
    };
}

std::vector<rule> credential_rules() {
    constexpr const char* resubscribe =
        "Put the old default certificate back, or subscribe the Edge anew (New-EdgeSubscription).";
    return {
        {"exchange.edge-credential.bootstrap",
         "The first synchronization binds with the bootstrap credential out of the subscription file.",
         credentials_page, documented},
        {"exchange.edge-credential.replication",
         "Each Mailbox server of the site binds with a replication account of its own; of several that are "
         "effective the lab takes the one that lasts longest.",
         credentials_page, documented},
        {"exchange.edge-credential.none",
         "A Mailbox server without an effective credential cannot synchronize: it was not in the site when "
         "the "
         "Edge was subscribed, or its credentials have ended.",
         credentials_page, documented, "Subscribe the Edge anew, so that the server gets a credential."},
        {"exchange.edge-credential.decrypted",
         "Each side decrypts its record with the private key of the certificate it was encrypted for. Here "
         "by "
         "RSAES-OAEP with SHA-256; how Exchange pads is not public.",
         credentials_page, documented},
        {"exchange.edge-credential.not-decrypted",
         "After a change of the default certificate the record was encrypted for another key.",
         credentials_page, documented, resubscribe},
        {"exchange.edge-credential.first",
         "A Mailbox server makes a replication account for each Edge; the Credential Service of the Edge "
         "creates it in AD LDS.",
         credentials_page, documented},
        {"exchange.edge-credential.renewed",
         "A second account is created 7 days before the first one expires, is effective 3 days before, and "
         "then the first is deleted.",
         credentials_page, documented},
        {"exchange.edge-credential.lifetime", "A replication account lasts 30 days.", lab, assumed},
        {"exchange.edge-credential.next-good",
         "The next credential is tested before it becomes effective; here in each session from the one after "
         "its creation.",
         "Event 1004 (MSExchange EdgeSync)", assumed},
        {"exchange.edge-credential.next-bad",
         "A next credential that cannot be validated leaves event 1004; the current one still works, until "
         "it ends.",
         "Event 1004 (MSExchange EdgeSync)", assumed,
         "Look for event 1006 on the Edge, and subscribe it anew before the current credential ends."},
    };
}

std::vector<rule> session_rules_of_edge() {
    constexpr const char* resubscribe =
        "An administrator changed the default SMTP certificate of one of the two machines: put the old one "
        "back, or subscribe the Edge anew. Answer No when Enable-ExchangeCertificate asks to overwrite it.";
    return {
        {"exchange.edge-sync.lease",
         "One Mailbox server synchronizes: the first one that sees the subscription takes the lease and "
         "renews it; another one follows when it has ended and the last session failed.",
         edge_subscriptions, documented},
        {"exchange.edge-sync.asked",
         "Start-EdgeSynchronization -Server names the Mailbox server that synchronizes.",
         "Start-EdgeSynchronization", documented},
        {"exchange.edge-sync.nobody", "No Mailbox server of the subscription is left to synchronize.",
         edge_subscriptions, documented, "Subscribe the Edge anew."},
        {"exchange.edge-sync.interval",
         "EdgeSync runs by ConfigurationSyncInterval; the lab sends recipients along, and does not play "
         "sessions that cannot come to anything new.",
         service_config, documented},
        {"exchange.edge-sync.certificate-matches",
         "The Mailbox server checks that the Edge presents the very certificate on the Edge object; chain, "
         "name and expiry do not matter.",
         edge_subscriptions, documented},
        {"exchange.edge-sync.certificate-differs",
         "Another certificate than the one on the Edge object stops the session with event 10104.",
         mismatch_event, documented, resubscribe},
        {"exchange.edge-sync.bind-accepted", "AD LDS lets in an account that is effective, by its password.",
         credentials_page, documented},
        {"exchange.edge-sync.bind-refused",
         "AD LDS refuses an account that it does not have, that is not effective, or whose password differs.",
         credentials_page, documented,
         "Subscribe the Edge anew: its file or its accounts are not those that "
         "the Mailbox servers have."},
        {"exchange.edge-sync.unavailable",
         "Without a connection and a handshake on the port of AD LDS nothing is synchronized. The wording is "
         "that of .NET.",
         lab, assumed,
         "Open TCP 50636 from the Mailbox servers to the Edge, and see that the AD LDS service runs and that "
         "both sides have a TLS version in common."},
        {"exchange.edge-sync.entry-refused",
         "AD LDS takes no TLS certificate name of more than 256 characters: the synchronization is "
         "Incomplete, and the Edge goes on with the connector as it was.",
         limit_article, documented,
         "Set Fqdn and clear TlsCertificateName, use a certificate with shorter names, or raise rangeUpper "
         "of "
         "the attribute to 1024."},
        {"exchange.edge-sync.status",
         "Test-EdgeSynchronization compares cookies, with -FullCompareMode entries. Words other than Normal, "
         "Synchronized, NotSynchronized and Skipped are ours.",
         "Test-EdgeSynchronization", assumed},
    };
}

} // namespace

std::vector<rule> edge_rules() {
    auto all = subscription_rules();
    for (auto part : {credential_rules(), session_rules_of_edge()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace connlab::exchange::catalogue
