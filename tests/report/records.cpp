#include "tests/report/records.hpp"

namespace connlab::report::test {

namespace {

using namespace trace;

instant noon() {
    return *parse_instant("2024-06-03T12:00:00Z");
}

source_mark marked(int line, int column) {
    source_mark out;
    out.file = "case.yaml";
    out.line = line;
    out.column = column;
    return out;
}

certificate_view certificate() {
    certificate_view out;
    out.subject = "CN=mail.contoso.com";
    out.issuer = "CN=Lab Issuing";
    out.serial = "0A";
    out.thumbprint = "0123456789ABCDEF0123456789ABCDEF01234567";
    out.names = {"mail.contoso.com", "contoso.com"};
    out.key = "RSA 2048";
    out.signature = "sha256RSA";
    return out;
}

session_record session() {
    session_record out;
    out.client = "TESTMS05";
    out.server = "MX";
    out.client_connector = "To Contoso";
    out.lines = {{noon(), direction::server_to_client, "220 mail.contoso.com", false, false},
                 {noon(), direction::client_to_server, "STARTTLS", false, false},
                 {noon(), direction::client_to_server, "EHLO testms05", true, false}};
    auto& h = out.handshake;
    h.attempted = h.completed = true;
    h.version = "TLS1_2";
    h.suite = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    h.group = "P-384";
    h.server_chain = {certificate()};
    h.messages = {
        {direction::client_to_server, "ClientHello", 162, "legacy_version TLS 1.2", 1, 1, false, {}}};
    h.key_log = "CLIENT_RANDOM 00 11\n";
    decision d;
    d.rule = "exchange.name.mismatch";
    d.question = "Is the certificate good enough?";
    d.answer = "queued: SubjectMismatch";
    d.considered = {{"mail.contoso.com", false, "is not mx.contoso.com"},
                    {"mx.contoso.com", true, "TlsDomain"}};
    d.because = {{"TlsDomain of Send connector To Contoso", "mx.contoso.com", marked(11, 81)}};
    out.decisions = {d};
    out.end = "TESTMS05 left";
    return out;
}

run_record run_of(flow_record f) {
    step_record step;
    step.number = 1;
    step.verb = "Send";
    step.text = "anna → bob";
    step.flows = {std::move(f)};
    run_record out;
    out.path = "case.yaml";
    out.title = "A case";
    out.rules = {
        {"exchange.name.mismatch", "The name must be there.", "Set-SendConnector", confidence::assumed}};
    out.steps = {step};
    return out;
}

flow_record flow() {
    flow_record out;
    out.id = "1";
    out.from = "anna@varunagroup.de";
    out.to = "bob@contoso.com";
    out.server = "TESTMS05";
    out.next_hop = "contoso.com";
    out.mark = marked(13, 11);
    out.begun = noon();
    out.sessions = {session()};
    return out;
}

} // namespace

run_record refused_run() {
    auto f = flow();
    f.outcome = flow_outcome::retry;
    f.reply = "454 4.7.5 Certificate validation failure, Reason:SubjectMismatch";
    f.last_error = "[{LED=" + f.reply + "}]";
    f.decided_by = "SubjectMismatch";
    f.our_text = true;
    f.assumptions = {"exchange.name.mismatch"};
    f.events = {{noon(), "TESTMS05", "Application", "MSExchangeTransport", 2015, "Error", "SmtpSend",
                 "No TLS.", true}};
    auto out = run_of(std::move(f));
    auto& step = out.steps.front();
    queue_record q;
    q.server = "TESTMS05";
    q.identity = "TESTMS05\\3";
    q.delivery_type = "DnsConnectorDelivery";
    q.next_hop_domain = "contoso.com";
    q.status = "Retry";
    q.message_count = 1;
    q.last_error = "[{LED=454 4.7.5}]";
    q.next_retry = noon();
    q.next_retry_local = "6/3/2024 9:00:00 AM";
    step.queues = {std::move(q)};
    step.expectations = {
        {marked(14, 13), "1", "Outcome", "Delivered", "Retry", false, "queued: SubjectMismatch"}};
    return out;
}

run_record delivered_run() {
    auto f = flow();
    f.outcome = flow_outcome::delivered;
    f.deliveries = {{"MX", 178, "ab12", true, "Partner", "varunagroup.de", "Subject: x\r\n\r\n"}};
    auto out = run_of(std::move(f));
    out.steps.front().expectations = {{marked(14, 13), "1", "Outcome", "Delivered", "Delivered", true, ""}};
    return out;
}

} // namespace connlab::report::test
