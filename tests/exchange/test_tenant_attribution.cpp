// tests/cases/tenant-attribution.txt: the attribution table of Exchange Online.
#include "sim/base/ascii.hpp"
#include "sim/exchange/online_recipient.hpp"
#include "sim/exchange/parameters.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <map>
#include <sstream>

using namespace connlab;
using namespace connlab::exchange;

namespace {

std::vector<std::string> words(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> out;
    for (std::string word; in >> word;)
        out.push_back(word);
    return out;
}

std::vector<std::string> columns(const std::string& line) {
    std::vector<std::string> out;
    for (const auto& part : split(line, '|'))
        out.emplace_back(trim(part));
    return out;
}

struct row {
    int line = 0;
    std::vector<std::string> setting;
    std::string certificate, address, from, to, expected, sheet;
};

struct named_connector {
    std::string owner;
    inbound_connector connector;
};

template <class Object>
void set(const std::vector<parameter<Object>>& table, Object& object, std::string_view assignment) {
    const auto equals = assignment.find('=');
    const auto* p = find_parameter(table, assignment.substr(0, equals));
    BOOST_REQUIRE_MESSAGE(p != nullptr, std::string(assignment));
    const auto done =
        p->set(object, {false, false, {std::string(assignment.substr(equals + 1))}}, source_mark{});
    BOOST_REQUIRE_MESSAGE(done, done.error);
}

struct table {
    std::vector<tenant> tenants;
    std::map<std::string, named_connector> connectors;
    std::vector<row> rows;

    table() {
        std::ifstream file(CONNLAB_SOURCE_DIR "/tests/cases/tenant-attribution.txt");
        BOOST_REQUIRE(file);
        int number = 0;
        for (std::string line; std::getline(file, line);) {
            ++number;
            if (line.empty() || line.front() == '#')
                continue;
            if (line.starts_with("tenant "))
                add_tenant(line.substr(7));
            else if (line.starts_with("connector "))
                add_connector(line.substr(10));
            else
                add_row(number, columns(line));
        }
    }

    void add_tenant(const std::string& text) {
        tenant t;
        t.name = text.substr(0, text.find(':'));
        bool recipients = false;
        for (const auto& word : words(text.substr(text.find(':') + 1))) {
            recipients = recipients || word == "/";
            if (recipients) {
                if (word != "/")
                    t.recipients.value.push_back(word);
                continue;
            }
            accepted_domain d;
            d.domain = word.substr(word.front() == '~' || word.front() == '+' ? 1 : 0);
            if (word.front() == '~')
                d.type = domain_type::internal_relay;
            d.match_sub_domains = word.front() == '+';
            t.accepted_domains.push_back(d);
        }
        tenants.push_back(t);
    }

    void add_connector(const std::string& text) {
        named_connector n;
        n.connector.name = text.substr(0, text.find(':'));
        const auto all = words(text.substr(text.find(':') + 1));
        n.owner = all.front();
        for (std::size_t i = 1; i < all.size(); ++i)
            set(inbound_connector_parameters(), n.connector, all[i]);
        connectors.emplace(n.connector.name, n);
    }

    void add_row(int number, const std::vector<std::string>& c) {
        BOOST_REQUIRE_MESSAGE(c.size() == 7, "line " << number);
        rows.push_back({number, words(c[0]), c[1], c[2], c[3], c[4], c[5], c[6]});
    }
};

struct setting {
    std::vector<tenant> tenants;
    behavior rules;

    setting(const table& t, const row& r) : tenants(t.tenants) {
        for (const auto& word : r.setting) {
            if (const auto equals = word.find('='); equals != std::string::npos) {
                BOOST_REQUIRE(rules.set(word.substr(0, equals), word.substr(equals + 1), {}));
            } else if (word == "RejectDirectSend") {
                for (auto& one : tenants)
                    one.config.reject_direct_send = true;
            } else {
                const auto& named = t.connectors.at(word);
                for (auto& one : tenants)
                    if (one.name == named.owner)
                        one.inbound_connectors.push_back(named.connector);
            }
        }
    }
};

/// Every name of the table as a real certificate, by the text of its column.
std::map<std::string, certs::certificate> certificates_of(const table& t) {
    fixtures::pki world;
    std::vector<std::string> texts;
    for (const auto& r : t.rows) {
        const auto names = r.certificate.starts_with("bad ") ? r.certificate.substr(4) : r.certificate;
        if (names != "-" && names != "clear" && std::find(texts.begin(), texts.end(), names) == texts.end())
            texts.push_back(names);
    }
    for (const auto& text : texts) {
        const auto names = split(text, ',');
        std::vector<std::string> alternative;
        for (std::size_t i = 1; i < names.size(); ++i)
            alternative.emplace_back(names[i]);
        world.leaf(text, "Issuing", "CN=" + std::string(names.front()), alternative);
    }
    world.issue();
    std::map<std::string, certs::certificate> out;
    for (const auto& text : texts)
        out.emplace(text, world.cert(text));
    return out;
}

online_evidence evidence_of(const row& r, const std::map<std::string, certs::certificate>& all) {
    online_evidence e;
    e.peer = fixtures::ip(r.address);
    e.tls = r.certificate != "clear";
    const bool bad = r.certificate.starts_with("bad ");
    if (const auto found = all.find(bad ? r.certificate.substr(4) : r.certificate); found != all.end()) {
        e.certificate = found->second;
        e.certificate_counts = !bad;
        e.certificate_fault = bad ? "UntrustedRoot" : "";
    }
    return e;
}

/// The enhanced status code of a refusal, or 250.
std::string code_of(const inbound_verdict& v) {
    return v.accepted ? "250" : words(v.reply).at(1);
}

std::string told(const online_recipient& r) {
    const auto& a = r.whose.value;
    if (a.direction == directionality::none)
        return "nobody " + code_of(r.verdict.value);
    std::string by = r.connector() != nullptr ? r.connector()->name : "default";
    if (r.partner && r.partner->value.refused)
        by = "refused";
    return std::string(to_string(a.direction)) + " " + a.owner->name + " " + by + " " +
           code_of(r.verdict.value);
}

std::string address_of(const std::string& text) {
    return text == "<>" ? std::string{} : text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(tenant_attribution)

BOOST_AUTO_TEST_CASE(every_row_of_the_table) {
    const table t;
    BOOST_TEST(t.rows.size() >= 80U);
    const auto certificates = certificates_of(t);
    for (const auto& r : t.rows) {
        const setting s(t, r);
        const auto got = judge_online_recipient(s.tenants, evidence_of(r, certificates), address_of(r.from),
                                                r.to, {"FRONT", fixtures::at(fixtures::noon), "00"}, s.rules);
        BOOST_TEST(told(got) == r.expected, "line " << r.line << ": " << told(got) << " instead of "
                                                    << r.expected << " (" << r.sheet << ")");
        fixtures::is_complete(got.whose.why);
        fixtures::is_complete(got.verdict.why);
        if (got.partner)
            fixtures::is_complete(got.partner->why);
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_ends_with_server_time_and_session) {
    const online_session_name session{"CH3PEPF00000016.namprd21.prod.outlook.com",
                                      *parse_instant("2025-01-29T19:07:30.476Z"), "08DD3FA5DBC8F401"};
    BOOST_TEST(suffix_of(session) ==
               " [CH3PEPF00000016.namprd21.prod.outlook.com 2025-01-29T19:07:30.476Z 08DD3FA5DBC8F401]");
}

BOOST_AUTO_TEST_CASE(two_connectors_of_one_tenant_for_one_address_are_told) {
    const table t;
    row r;
    r.setting = {"address"};
    r.certificate = "-";
    r.address = "203.0.113.5";
    setting s(t, r);
    auto twin = s.tenants.front().inbound_connectors.front();
    twin.name = "twin";
    s.tenants.front().inbound_connectors.push_back(twin);
    const auto got = attribute_message(s.tenants, evidence_of(r, {}), "contoso.com", "x@y.example", s.rules);
    BOOST_TEST(got.value.connector->name == "address");
    BOOST_REQUIRE(got.value.findings.size() == 1U);
    BOOST_TEST(got.value.findings.front() ==
               "inbound connectors address and twin of tenant contoso match the same address");
    BOOST_TEST(
        std::count(got.why.assumed.begin(), got.why.assumed.end(), "exchange.online.attribution.tie") == 1);
}

BOOST_AUTO_TEST_CASE(two_tenants_with_the_same_name_are_told) {
    const table t;
    row r;
    r.setting = {"hybrid"};
    r.certificate = "mail.contoso.com";
    r.address = "203.0.113.5";
    setting s(t, r);
    auto twin = s.tenants.front();
    twin.name = "twin";
    s.tenants.push_back(twin);
    const auto certificates = certificates_of(t);
    const auto got = attribute_message(s.tenants, evidence_of(r, certificates), "", "x@y.example", s.rules);
    BOOST_TEST(got.value.owner->name == "contoso");
    BOOST_TEST(got.value.findings.size() == 1U);
    BOOST_TEST(fixtures::rests_on(got.why, "exchange.online.attribution.tie"));
}

BOOST_AUTO_TEST_SUITE_END()
