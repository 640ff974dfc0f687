#include "sim/scenario/expectation_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/scenario/hop_headers.hpp"
#include "sim/tls/suite.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::scenario {

namespace {

using expected_key = key<expectation>;

void put(expectation& e, std::string path, const node& n) {
    auto values = texts(n);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (ascii_iequal(values[i], "true") || ascii_iequal(values[i], "false"))
            values[i] = ascii_lower(values[i]);
    e.values.push_back({std::move(path), std::move(values), n.mark()});
}

/// A key whose value is kept as it was written.
expected_key plain(const std::string& name, shape looks, std::string about, const std::string& prefix = {}) {
    const auto path = prefix + name;
    return {name, std::move(looks), std::move(about),
            [path](expectation& e, const node& n, reading&) { put(e, path, n); }};
}

void read_suite(expectation& e, const node& n, reading& r) {
    if (tls::find_suite_by_schannel_name(n.text) == nullptr) {
        std::vector<std::string> known;
        for (const auto& s : tls::all_suites())
            known.emplace_back(s.schannel_name);
        const auto near = nearest_word(n.text, known);
        r.error(n, fmt::format("`{}` is no cipher suite", n.text),
                near.empty() ? "suites have their IANA names" : fmt::format("did you mean `{}`?", near));
    }
    put(e, "Tls.Suite", n);
}

void read_tls(expectation& e, const node& n, reading& r) {
    if (n.kind == node_kind::scalar)
        put(e, "Tls", n);
    else
        read_keys(n, "Tls in Expect", n.mark(), tls_expectation_keys(), e, r);
}

void read_queue(expectation& e, const node& n, reading& r) {
    read_keys(n, "Queue in Expect", n.mark(), queue_expectation_keys(), e, r);
}

/// `Headers.Subject` for each field that is named.
void read_headers(expectation& e, const node& n, reading&) {
    for (const auto& m : n.members)
        put(e, "Headers." + m.key.text, m.value);
}

void read_events(expectation& e, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        const bool digits =
            !entry->text.empty() && entry->text.find_first_not_of("0123456789") == std::string::npos;
        if (!digits && entry->text != "none")
            r.error(*entry, fmt::format("`Events` are event ids or `none`, not `{}`", entry->text));
    }
    put(e, "Events", n);
}

} // namespace

const key_table<expectation>& expectation_keys() {
    static const key_table<expectation> table{
        plain("Outcome", word({"Delivered", "Retry", "Failed", "Undeliverable"}),
              "what became of the message"),
        plain("LastError", text(), "the innermost reply, or the whole form that begins with [{"),
        plain("Decision", text(), "the deciding word: SubjectMismatch, UntrustedRoot, StarttlsRequired, …"),
        expected_key("Tls", either({word({"none"}), object("ExpectTls")}),
                     "none: the message went in clear; or version, suite, group", read_tls),
        plain("ServerCertificate", text(), "subject or thumbprint of what the server presented, or none"),
        plain("ClientCertificate", text(), "subject or thumbprint of what the client presented, or none"),
        expected_key("Events", one_or_list(text()), "event ids that were logged, or none", read_events),
        plain("AuthAs", word({"Anonymous", "Internal", "Partner", "External"}),
              "X-MS-Exchange-Organization-AuthAs"),
        expected_key("Headers", named(text()),
                     "fields of the delivered message: a part of the value, or none; NAME* for several",
                     read_headers),
        expected_key("HopHeaders", list_of(object("ExpectHopHeaders")),
                     "fields of the message at its hops, on the wire and as they were kept",
                     read_hop_headers),
        plain("Hops", one_or_list(text()),
              "who took the message, hop after hop: FAB01 Front End, FAB01 Transport, FAB01 Mailbox "
              "Delivery, MX; or none"),
        plain("Reports", one_or_list(word({"NDR", "Delay", "none"})),
              "what the sender was told in this step, and has received"),
        plain("Retrievals", one_or_list(text()),
              "what Windows fetched: parts of `SERVER CRL URL: answer` (CRL, OCSP, AIA), or none"),
        plain("AuthDomain", text(), "the domain that was authenticated, or none"),
        plain("Connector", text(), "Send connector, or none"),
        plain("ReceiveConnector", text(), "SERVER\\Name of the Receive connector"),
        plain("NextHop", text(), "the host the message was given to"),
        plain("Server", text(), "the server that accepted the message, or none"),
        plain("Finding", one_or_list(text()), "a part of a finding of the flow"),
        plain("Output", text(), "a part of what a cmdlet printed"),
        plain(std::string(refused_key), text(),
              "the cmdlet is refused: a part of why, or the rule (V2); none: it is accepted"),
        expected_key("Queue", object("ExpectQueue"), "the queue that holds the message, after the step",
                     read_queue),
    };
    return table;
}

const key_table<expectation>& tls_expectation_keys() {
    static const key_table<expectation> table{
        plain("Version", word({"TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"}), "protocol version", "Tls."),
        expected_key("Suite", text(), "IANA name of the cipher suite", read_suite),
        plain("Group", text(), "group of the key exchange: P-384, X25519", "Tls."),
        plain("Stapled", text(),
              "the OCSP response in the handshake, from its beginning: good, from …; or none", "Tls."),
        plain("Encrypted", boolean(), "whether the message itself arrived encrypted", "Tls."),
    };
    return table;
}

const key_table<expectation>& queue_expectation_keys() {
    static const key_table<expectation> table{
        plain("Status", word({"Active", "Connecting", "Ready", "Retry", "Suspended"}), "Get-Queue's Status",
              "Queue."),
        plain("DeliveryType", text(), "SmtpDeliveryToMailbox, DnsConnectorDelivery, …", "Queue."),
        plain("NextHopDomain", text(), "as the queue viewer shows it", "Queue."),
        plain("TlsDomain", text(), "the domain-secured domain, or none", "Queue."),
        plain("MessageCount", number(), "messages that wait", "Queue."),
        plain("LastError", text(), "Get-Queue's LastError, innermost or whole", "Queue."),
        plain("NextRetry", point_in_time(), "when it tries again", "Queue."),
    };
    return table;
}

expectation read_expectation(const node& mapping, reading& r) {
    expectation e;
    e.mark = mapping.mark();
    read_keys(mapping, "Expect", mapping.mark(), expectation_keys(), e, r);
    std::stable_sort(e.values.begin(), e.values.end(), [](const expected_value& a, const expected_value& b) {
        return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
    });
    return e;
}

} // namespace connlab::scenario
