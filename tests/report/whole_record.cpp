#include "tests/report/whole_record.hpp"

namespace connlab::report::test {

namespace {

using namespace trace;

/// Text fields hold their own names, so that a rendering can be searched for each of them.
std::string named(std::string field) {
    return "<" + std::move(field) + ">";
}

source_mark marked(int line) {
    source_mark out;
    out.file = "case.yaml";
    out.line = line;
    out.column = 1;
    return out;
}

instant minute(int number) {
    return *parse_instant("2024-06-03T12:00:00Z") + std::chrono::minutes(number);
}

decision decision_of(const std::string& whose) {
    decision out;
    out.rule = named(whose + ".rule");
    out.question = named(whose + ".question");
    out.answer = named(whose + ".answer");
    out.considered = {{named(whose + ".loser"), false, named(whose + ".loser.why")},
                      {named(whose + ".winner"), true, named(whose + ".winner.why")}};
    out.because = {{named(whose + ".cause"), named(whose + ".cause.value"), marked(7)}};
    out.assumed = {named(whose + ".assumed")};
    return out;
}

certificate_view certificate_of(const std::string& whose) {
    certificate_view out;
    out.subject = named(whose + ".subject");
    out.issuer = named(whose + ".issuer");
    out.serial = named(whose + ".serial");
    out.thumbprint = named(whose + ".thumbprint");
    out.not_before = minute(-1000);
    out.not_after = minute(1000);
    out.names = {named(whose + ".name1"), named(whose + ".name2")};
    out.key = named(whose + ".key");
    out.signature = named(whose + ".signature");
    return out;
}

handshake_view handshake() {
    handshake_view out;
    out.attempted = true;
    out.completed = false;
    out.version = named("handshake.version");
    out.suite = named("handshake.suite");
    out.group = named("handshake.group");
    out.sni = named("handshake.sni");
    out.failure = named("handshake.failure");
    out.client_error = named("handshake.client_error");
    out.server_error = named("handshake.server_error");
    out.certificate_requested = true;
    out.server_chain = {certificate_of("server")};
    out.client_chain = {certificate_of("client")};
    out.client_completed = true;
    out.client_round_trips = 2;
    out.messages = {{direction::client_to_server,
                     named("message.type"),
                     162,
                     named("message.detail"),
                     23,
                     1,
                     true,
                     {{named("message.field"), {named("message.value1"), named("message.value2")}}}}};
    out.key_log = "CLIENT_RANDOM 00 11\n";
    return out;
}

chain_view chain() {
    chain_view out;
    out.question = named("chain.question");
    out.elements = {{certificate_of("element"),
                     {named("element.error")},
                     {named("element.info")},
                     named("element.note")}};
    out.error_status = {named("chain.error")};
    out.policy_error = named("chain.policy_error");
    out.rejected_paths = {{named("rejected.name"), false, named("rejected.why")}};
    return out;
}

retrieval_record retrieval_of(const std::string& whose) {
    return {minute(3),
            named(whose + ".server"),
            named(whose + ".what"),
            named(whose + ".url"),
            named(whose + ".by"),
            named(whose + ".answer"),
            false,
            true,
            std::chrono::seconds(10),
            {}};
}

session_record session() {
    session_record out;
    out.client = named("session.client");
    out.client_endpoint = named("session.client_endpoint");
    out.client_connector = named("session.client_connector");
    out.server = named("session.server");
    out.server_endpoint = named("session.server_endpoint");
    out.server_connector = named("session.server_connector");
    out.client_service = named("session.client_service");
    out.server_service = named("session.server_service");
    out.begun = minute(3);
    out.ended = minute(4);
    out.lines = {{minute(3), direction::server_to_client, named("line"), false, false}};
    out.handshake = handshake();
    out.chains = {chain()};
    out.retrievals = {retrieval_of("retrieval")};
    out.decisions = {decision_of("in_session")};
    out.send_log = {named("note.server"),
                    "Hub",
                    named("session.client_connector"),
                    true,
                    {{minute(3), '*', named("note.data"), named("note.context")}}};
    out.end = named("session.end");
    return out;
}

event_record event_of(const std::string& whose) {
    return {minute(5), named(whose + ".server"), named(whose + ".log"),      named(whose + ".source"),
            2015,      named(whose + ".level"),  named(whose + ".category"), named(whose + ".text"),
            true};
}

flow_record flow() {
    flow_record out;
    out.id = named("flow.id");
    out.message_id = named("flow.message_id");
    out.from = named("flow.from");
    out.to = named("flow.to");
    out.server = named("flow.server");
    out.holder = named("flow.holder");
    out.kind = named("flow.kind");
    out.about = named("flow.about");
    out.next_hop = named("flow.next_hop");
    out.connector = named("flow.connector");
    out.outcome = flow_outcome::retry;
    out.reply = named("flow.reply");
    out.last_error = named("flow.last_error");
    out.our_text = true;
    out.decided_by = named("flow.decided_by");
    out.summary = named("flow.summary");
    out.attempts = 17;
    out.begun = minute(1);
    out.ended = minute(6);
    out.decisions = {decision_of("before")};
    out.retrievals = {retrieval_of("own_retrieval")};
    out.sessions = {session()};
    out.deliveries = {{named("delivery.server"), 4711, named("delivery.sha256"), true,
                       named("delivery.auth_as"), named("delivery.auth_domain"), "Subject: x\r\n\r\n"}};
    out.events = {event_of("flow_event")};
    out.assumptions = {named("flow.assumption")};
    out.findings = {named("flow.finding")};
    out.mark = marked(13);
    return out;
}

} // namespace

run_record whole_record() {
    step_record step;
    step.number = 42;
    step.verb = named("step.verb");
    step.text = named("step.text");
    step.mark = marked(12);
    step.at = minute(0);
    step.ended = minute(7);
    step.flows = {flow()};
    queue_record q;
    q.server = named("flow.holder");
    q.identity = named("queue.identity");
    q.delivery_type = named("queue.delivery_type");
    q.next_hop_domain = named("flow.next_hop");
    q.next_hop_connector = named("queue.next_hop_connector");
    q.tls_domain = named("queue.tls_domain");
    q.status = named("queue.status");
    q.message_count = 3;
    q.last_error = named("queue.last_error");
    q.last_retry = minute(7);
    q.next_retry = minute(8);
    step.queues = {std::move(q)};
    step.events = {event_of("step_event")};
    step.output = named("step.output");
    step.expectations = {{marked(14), named("flow.id"), named("expectation.what"),
                          named("expectation.expected"), named("expectation.actual"), false,
                          named("expectation.why")}};
    run_record out;
    out.path = named("run.path");
    out.title = named("run.title");
    out.about = named("run.about");
    out.shows = {named("run.shows")};
    out.clock = minute(-1);
    out.rules = {{named("before.rule"), named("rule.statement"), named("rule.source"), confidence::assumed}};
    out.steps = {step};
    diagnostic found;
    found.level = severity::warning;
    found.mark = marked(21);
    found.message = named("finding.message");
    found.hint = named("finding.hint");
    found.rule = named("finding.rule");
    out.findings = {found};
    out.generated_keys = true;
    out.byte_stable = false;
    return out;
}

} // namespace connlab::report::test
