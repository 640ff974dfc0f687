#include "tests/chain_suites/suite.hpp"

#include "sim/base/ascii.hpp"
#include "tools/connlab/command.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <set>
#include <sstream>

namespace connlab::chain::test {

namespace json = boost::json;

namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(file, path << " cannot be read");
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

json::object suite_file(const std::string& name) {
    return json::parse(text_of(CONNLAB_SHARED_DIR "/acceptance/suites/" + name)).as_object();
}

std::string string_at(const json::object& o, std::string_view key) {
    return std::string(o.at(key).as_string());
}

/// What the verdict comes to, in one word.
std::string word_of(const json::object& answer) {
    if (answer.contains("error"))
        return "unreadable";
    if (answer.at("trusted").as_bool())
        return "trusted";
    return string_at(answer, "policy_error");
}

bool is_true(const json::object& settings, std::string_view key) {
    const auto* value = settings.if_contains(key);
    return value != nullptr && value->as_string() == "true";
}

/// PKITS' names of policies are numbered OIDs (its section 3).
json::array policies_of(const json::object& settings) {
    json::array out;
    if (const auto* names = settings.if_contains("InitialPolicySet"))
        for (const auto& name : split(std::string(names->as_string()), ','))
            if (const auto number = name.rfind('-'); number != std::string::npos)
                out.emplace_back("2.16.840.1.101.3.2.1.48." + name.substr(number + 1));
    return out;
}

void put_settings(const json::object& settings, json::object& line) {
    line["policies"] = policies_of(settings);
    line["explicit_policy"] = is_true(settings, "InitialExplicitPolicy");
    line["inhibit_policy_mapping"] = is_true(settings, "InitialPolicyMappingInhibit");
    line["inhibit_any_policy"] = is_true(settings, "InitialInhibitAnyPolicy");
}

} // namespace

std::vector<suite_case> pkits() {
    const auto suite = suite_file("pkits.json");
    const auto& certificates = suite.at("certs").as_object();
    const auto& lists = suite.at("crls").as_object();
    std::vector<suite_case> out;
    for (const auto& t : suite.at("tests").as_array()) {
        const auto& test = t.as_object();
        const auto& names = test.at("certs").as_array();
        const auto certificate = [&](const json::value& name) { return certificates.at(name.as_string()); };
        json::array between;
        for (std::size_t i = 1; i + 1 < names.size(); ++i)
            between.push_back(certificate(names[i]));
        json::object line;
        line["id"] = test.at("name");
        line["leaf"] = certificate(names.back());
        line["intermediates"] = between;
        line["roots"] = json::array{certificate(names.front())};
        line["at"] = suite.at("validation_time");
        line["usage"] = "any";
        line["revocation"] = "chain-excluding-root";
        json::array crls;
        for (const auto& name : test.at("crls").as_array())
            crls.push_back(lists.at(name.as_string()));
        line["crls"] = crls;
        put_settings(test.at("settings").as_object(), line);
        suite_case c;
        c.id = string_at(test, "name");
        c.line = json::serialize(line);
        c.expected = test.at("should_validate").as_bool();
        out.push_back(std::move(c));
    }
    return out;
}

std::vector<suite_case> limbo() {
    const auto suite = suite_file("limbo-own.json");
    std::vector<suite_case> out;
    for (const auto& t : suite.at("testcases").as_array()) {
        const auto& test = t.as_object();
        json::object line;
        line["id"] = test.at("id");
        line["leaf"] = test.at("peer_certificate");
        line["intermediates"] = test.at("untrusted_intermediates");
        line["roots"] = test.at("trusted_certs");
        line["at"] = test.at("validation_time");
        if (line["at"].is_null())
            line["at"] = "2025-06-01T00:00:00Z";
        line["usage"] = string_at(test, "validation_kind") == "SERVER" ? "server" : "client";
        line["crls"] = test.at("crls"); // none: revocation is not looked at
        if (const auto* peer = test.at("expected_peer_name").if_object())
            line["name"] = peer->at("value");
        suite_case c;
        c.id = string_at(test, "id");
        c.line = json::serialize(line);
        c.expected = string_at(test, "expected_result") == "SUCCESS";
        out.push_back(std::move(c));
    }
    return out;
}

std::map<std::string, std::string> verdicts_of(const std::vector<suite_case>& cases) {
    std::string lines;
    for (const auto& c : cases)
        lines += c.line + '\n';
    std::istringstream in(lines);
    std::ostringstream out;
    std::ostringstream err;
    command::verify({}, {in, out, err});
    BOOST_TEST(err.str() == "");
    std::map<std::string, std::string> words;
    std::istringstream answers(out.str());
    for (std::string line; std::getline(answers, line);) {
        const auto answer = json::parse(line).as_object();
        words[string_at(answer, "id")] = word_of(answer);
    }
    return words;
}

std::vector<listed> read_list(const std::string& file, std::size_t fields) {
    std::istringstream text(text_of(CONNLAB_SOURCE_DIR "/tests/cases/" + file));
    std::vector<listed> out;
    std::set<std::string> seen;
    for (std::string line; std::getline(text, line);) {
        if (trim(line).empty() || line.front() == '#')
            continue;
        listed entry;
        std::istringstream parts(line);
        std::string part;
        std::getline(parts, part, '|');
        entry.id = std::string(trim(part));
        while (std::getline(parts, part, '|'))
            entry.fields.emplace_back(trim(part));
        BOOST_TEST(entry.fields.size() == fields, file << ": " << line);
        BOOST_TEST(seen.insert(entry.id).second, file << " lists " << entry.id << " twice");
        if (entry.fields.size() == fields)
            out.push_back(std::move(entry));
    }
    return out;
}

} // namespace connlab::chain::test
