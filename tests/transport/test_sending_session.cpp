// On-premises sheet 2.3 to 2.6, 4.2, 5.2; the columns and rows of the reference README's matrix.
#include "tests/transport/world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>

using namespace connlab;
using namespace connlab::transport::tests;
using exchange::tls_auth_level;

namespace {

const std::string starttls_required = "451 5.7.3 STARTTLS is required to send mail";

/// The columns of the matrix.
enum class column { no_level, require_tls, encryption_only, certificate, domain, domain_secure };
constexpr std::array all_columns{column::no_level,    column::require_tls, column::encryption_only,
                                 column::certificate, column::domain,      column::domain_secure};

sender configured(column c) {
    sender s;
    auto& k = s.connector;
    k.require_tls = c != column::no_level && c != column::domain_secure;
    if (c == column::encryption_only)
        k.level = std::optional(tls_auth_level::encryption_only);
    if (c == column::certificate)
        k.level = std::optional(tls_auth_level::certificate_validation);
    if (c == column::domain) {
        k.level = std::optional(tls_auth_level::domain_validation);
        k.tls_domain = std::string("mail.contoso.com");
    }
    if (c == column::domain_secure) {
        k.domain_secure_enabled = true;
        s.from.organization.transport.tls_send_domain_secure_list = std::vector<std::string>{"contoso.com"};
    }
    return s;
}

struct row {
    const char* certificate;
    // The word after `Reason:`; empty: delivered. Without a check nothing is ever wrong.
    const char* chain_check; // CertificateValidation
    const char* name_check;  // DomainValidation
    const char* domain_secure;
};

constexpr std::array rows{
    row{"good", "", "", ""},
    row{"untrusted", "UntrustedRoot", "UntrustedRoot", "UntrustedRoot"},
    row{"self-signed", "UntrustedRoot", "UntrustedRoot", "UntrustedRoot"},
    row{"expired", "Expired", "Expired", "Expired"},
    row{"not-yet-valid", "Expired", "Expired", "Expired"},
    row{"client-usage", "WrongUsage", "WrongUsage", "WrongUsage"},
    row{"other-name", "", "SubjectMismatch", "SubjectMismatch"},
    row{"untrusted-other-name", "UntrustedRoot", "UntrustedRoot", "UntrustedRoot"}, // the name comes last
    row{"wildcard", "", "", "SubjectMismatch"},                                     // not for the bare domain
    row{"partial", "", "SubjectMismatch", "SubjectMismatch"},
    row{"cn-only", "", "", "SubjectMismatch"},
};

std::string expected_reason(const row& r, column c) {
    switch (c) {
    case column::no_level:
    case column::require_tls:
    case column::encryption_only:
        return "";
    case column::certificate:
        return r.chain_check;
    case column::domain:
        return r.name_check;
    case column::domain_secure:
        return r.domain_secure;
    }
    return "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(sending_session)

BOOST_AUTO_TEST_CASE(certificate_and_level_decide_as_the_matrix_says) {
    for (const auto& r : rows)
        for (const auto c : all_columns) {
            BOOST_TEST_CONTEXT(r.certificate << " in column " << static_cast<int>(c)) {
                scripted_server peer;
                peer.presents = presented(r.certificate);
                const auto a = send_to(configured(c), peer);
                const auto reason = expected_reason(r, c);
                BOOST_TEST(a.outcome.delivered == reason.empty());
                BOOST_TEST(a.outcome.reason == reason);
                BOOST_TEST(
                    a.outcome.reply ==
                    (reason.empty() ? "" : "454 4.7.5 Certificate validation failure, Reason:" + reason));
                BOOST_TEST(!a.outcome.permanent);
                BOOST_TEST(a.count("C: MAIL") == (reason.empty() ? 1U : 0U));
                // A verdict that does not suit leaves without a word: no second EHLO, no QUIT (E3).
                BOOST_TEST(a.count("C: EHLO") == (reason.empty() ? 2U : 1U));
                BOOST_TEST(a.count("C: QUIT") == (reason.empty() ? 1U : 0U));
                BOOST_TEST(a.outcome.bare == !reason.empty());
            }
        }
}

BOOST_AUTO_TEST_CASE(nothing_but_ehlo_and_starttls_is_said_before_tls) { // 2.3
    const auto a = send_to(configured(column::domain), {});
    const std::vector<std::string> commands{"C: EHLO testms05.varunagroup.de",
                                            "C: STARTTLS",
                                            "~",
                                            "C: EHLO testms05.varunagroup.de",
                                            "C: MAIL FROM:<anna@varunagroup.de>",
                                            "C: RCPT TO:<bob@contoso.com>",
                                            "C: DATA",
                                            "C: <message>",
                                            "C: QUIT"};
    std::vector<std::string> said;
    for (const auto& l : a.lines)
        if (!l.starts_with("S:"))
            said.push_back(l.substr(0, l.find(" SIZE=")));
    BOOST_TEST(said == commands, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_starttls_or_with_a_refusal_only_the_first_column_goes_on) { // rows 3, 4, 5, 7
    for (const bool refused : {false, true})
        for (const auto c : all_columns) {
            BOOST_TEST_CONTEXT((refused ? "refused" : "not offered")
                               << " in column " << static_cast<int>(c)) {
                scripted_server peer;
                if (refused)
                    peer.replies["STARTTLS"] = "454 4.7.0 TLS not available due to local problem";
                else
                    peer.keywords = {"SIZE 10240000"};
                const auto a = send_to(configured(c), peer);
                const bool clear = c == column::no_level;
                BOOST_TEST(a.outcome.delivered == clear);
                BOOST_TEST(a.outcome.reply == (clear ? "" : starttls_required));
                BOOST_TEST(a.count("C: MAIL") == (clear ? 1U : 0U));
                BOOST_TEST(a.count("~") == 0U);
                BOOST_TEST(a.lines[a.lines.size() - 2] == "C: QUIT"); // E1
                BOOST_TEST((a.event_ids() == (clear ? std::vector<int>{} : std::vector<int>{2015})));
            }
        }
}

BOOST_AUTO_TEST_CASE(ignored_starttls_goes_in_clear_although_it_is_offered) { // row 2
    sender s;
    s.connector.ignore_starttls = true;
    const auto a = send_to(s, {});
    BOOST_TEST(a.outcome.delivered);
    BOOST_TEST(!a.said("C: STARTTLS"));
    BOOST_TEST(a.count("C: EHLO") == 1U);
}

BOOST_AUTO_TEST_CASE(force_helo_says_helo_and_never_starttls) {
    sender s;
    s.connector.force_helo = true;
    const auto a = send_to(s, {});
    BOOST_TEST(a.outcome.delivered);
    BOOST_TEST(a.count("C: HELO testms05.varunagroup.de") == 1U);
    BOOST_TEST(!a.said("EHLO"));
    BOOST_TEST(!a.said("C: STARTTLS"));
}

BOOST_AUTO_TEST_CASE(capabilities_of_the_first_ehlo_are_forgotten) { // 2.3, RFC 3207 section 4.2
    scripted_server peer;
    peer.keywords = {"SIZE 10240000", "STARTTLS"};
    const auto with = send_to({}, peer);
    BOOST_TEST(with.said("C: MAIL FROM:<anna@varunagroup.de> SIZE="));
    peer.keywords = {"STARTTLS"};
    const auto without = send_to({}, peer);
    BOOST_TEST(without.outcome.delivered);
    BOOST_TEST(!without.said("SIZE="));
}

BOOST_AUTO_TEST_CASE(the_peers_reply_is_what_the_queue_shows) { // row 14 and the sentence below the table
    struct refusal {
        const char* verb;
        const char* reply;
        bool permanent;
    };
    for (const auto& r : {refusal{"MAIL", "451 5.7.3 Must issue a STARTTLS command first", false},
                          refusal{"RCPT", "550 5.1.1 User unknown", true},
                          refusal{"DATA", "452 4.3.1 Insufficient system resources", false}}) {
        scripted_server peer;
        peer.keywords = {"SIZE 10240000"};
        peer.replies[r.verb] = r.reply;
        const auto a = send_to({}, peer);
        BOOST_TEST(!a.outcome.delivered);
        BOOST_TEST(a.outcome.reply == r.reply);
        BOOST_TEST(a.outcome.permanent == r.permanent);
        BOOST_TEST(!a.outcome.bare);
        BOOST_TEST(!a.outcome.our_text);
    }
    scripted_server busy;
    busy.banner = "421 4.3.2 Service not active";
    const auto a = send_to({}, busy);
    BOOST_TEST(a.outcome.reply == busy.banner);
    BOOST_TEST(a.count("C: EHLO") == 0U);
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_ends_the_session_in_every_column) { // row 8, 2.6, README item 8
    struct failure {
        tls::failure what;
        const char* word;
        const char* reply;
    };
    for (const auto& f : {failure{tls::failure::no_common_version, "SocketError",
                                  "421 4.4.2 Connection dropped due to SocketError"},
                          failure{tls::failure::connection_reset, "SocketError",
                                  "421 4.4.2 Connection dropped due to SocketError"},
                          failure{tls::failure::bad_record, "InvalidToken",
                                  "421 4.4.2 Connection dropped due to SocketError"},
                          failure{tls::failure::silence, "SocketError", "421 4.4.1 Connection timed out"}})
        for (const auto c : all_columns) {
            scripted_server peer;
            peer.completes = false;
            peer.failure = f.what;
            peer.client_error = f.word;
            const auto a = send_to(configured(c), peer);
            BOOST_TEST(a.outcome.reply == f.reply);
            BOOST_TEST(!a.outcome.permanent);
            BOOST_TEST((a.outcome.in_clear == exchange::clear_retry::never));
            BOOST_TEST(a.lines.back() == "~"); // nothing is said on that session any more
            BOOST_TEST(a.notes.back().context == std::string("TLS negotiation failed with error ") + f.word);
        }
}

BOOST_AUTO_TEST_CASE(a_peer_that_speaks_something_else_leaves_no_reply) { // README item 8: garbage
    scripted_server peer;
    peer.banner = "who is there?";
    const auto a = send_to({}, peer);
    BOOST_TEST(!a.outcome.delivered);
    BOOST_TEST(!a.outcome.permanent);
    BOOST_TEST(a.outcome.reply.empty()); // the driver then says how the connection was lost
    BOOST_TEST(a.count("C:") == 0U);
}

BOOST_AUTO_TEST_CASE(the_switch_lets_the_next_attempt_go_in_clear_unless_tls_is_demanded) { // 2.6
    scripted_server peer;
    peer.completes = false;
    peer.failure = tls::failure::bad_record;
    for (const auto c : {column::no_level, column::require_tls, column::domain_secure}) {
        auto s = configured(c);
        BOOST_REQUIRE(s.rules.set("CleartextRetryAfterTlsFailure", "NextAttempt", {}));
        const auto a = send_to(s, peer);
        BOOST_TEST((a.outcome.in_clear == (c == column::no_level ? exchange::clear_retry::next_attempt
                                                                 : exchange::clear_retry::never)));
        BOOST_TEST(!a.outcome.delivered);
    }
}

BOOST_AUTO_TEST_CASE(the_handshake_is_offered_the_own_certificate_and_the_hosts_name) { // 1.5
    const sender s;
    chain::signature_memo memo;
    const auto policy =
        exchange::outbound_tls_policy(s.from.organization, s.connector, "contoso.com", s.rules).value;
    const auto own =
        exchange::select_client_certificate(s.from.server, s.connector, noon(), s.rules, memo).value;
    for (const std::string host : {"mail.contoso.com", "203.0.113.25"}) {
        std::vector<trace::decision> decisions;
        const transport::sending_session session(
            {s.from.server, s.connector, policy, own, s.rules, memo, "contoso.com", host, noon(), decisions},
            {});
        const auto offer = session.offer();
        BOOST_REQUIRE(offer.own.size() == 1U);
        BOOST_REQUIRE(offer.own.front().chain.size() == 2U);
        BOOST_TEST((offer.own.front().chain.front() == cert("own")));
        BOOST_TEST((offer.own.front().chain.back() == cert("Issuing")));
        BOOST_TEST(static_cast<bool>(offer.own.front().key));
        BOOST_TEST((*offer.what == tls::exchange2019_setup()));
        BOOST_TEST(offer.sni == (host == "mail.contoso.com" ? host : "")); // RFC 6066: no literal addresses
    }
}

BOOST_AUTO_TEST_CASE(the_decision_that_ended_the_attempt_is_marked) {
    scripted_server peer;
    peer.presents = presented("other-name");
    const auto a = send_to(configured(column::domain), peer);
    BOOST_REQUIRE(!a.decisions.empty());
    BOOST_TEST(a.decisions.back().answer.find("SubjectMismatch") != std::string::npos);
    BOOST_TEST((a.decisions.back().at == noon()));
}

BOOST_AUTO_TEST_SUITE_END()
