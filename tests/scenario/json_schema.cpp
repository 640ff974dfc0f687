// The published schema is the loader's own tables: the file is what json_schema() prints (CONNLAB_REBASE=1
// writes it), and every bundled scenario satisfies it by a checker that knows no more than JSON Schema's
// words.
#include "tests/scenario/files.hpp"

#include "sim/scenario/yaml_document.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <regex.h> // not <regex>: g++ 12 takes it for uninitialized

namespace connlab::scenario {

namespace {

using boost::json::object;
using boost::json::value;

const std::string schema_file = bundled_folder + "/scenario.schema.json";

bool matches(const std::string& text, const std::string& pattern) {
    regex_t compiled;
    BOOST_TEST_REQUIRE(regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) == 0);
    const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
    regfree(&compiled);
    return found;
}

/// What a schema-aware editor sees in place of a node.
std::string json_type(const node& n) {
    switch (n.kind) {
    case node_kind::null:
        return "null";
    case node_kind::sequence:
        return "array";
    case node_kind::mapping:
        return "object";
    case node_kind::scalar:
        break;
    }
    if (n.style != scalar_style::plain)
        return "string";
    if (n.text == "true" || n.text == "false")
        return "boolean";
    if (matches(n.text, "^[-+]?[0-9]+$"))
        return "integer";
    return matches(n.text, "^[-+]?[0-9]+\\.[0-9]*$") ? "number" : "string";
}

value json_value(const node& n) {
    const auto type = json_type(n);
    if (type == "boolean")
        return n.text == "true";
    if (type == "integer" && n.text.size() < 18)
        return std::stoll(n.text);
    return value(n.text);
}

/// Draft 2020-12, as far as our schema uses it.
class checker {
  public:
    explicit checker(const value& root) : root_(root) {}

    bool satisfies(const node& n, const object& schema) {
        for (const auto& rule : schema)
            if (!satisfies(n, rule.key(), rule.value(), schema))
                return false;
        return true;
    }

  private:
    bool satisfies(const node& n, std::string_view rule, const value& v, const object& schema) {
        if (rule == "type")
            return has_type(n, v);
        if (rule == "enum")
            return std::any_of(v.as_array().begin(), v.as_array().end(),
                               [&](const value& one) { return one == json_value(n); });
        if (rule == "$ref")
            return satisfies(n, referenced(v.as_string()));
        if (rule == "anyOf")
            return std::any_of(v.as_array().begin(), v.as_array().end(),
                               [&](const value& one) { return satisfies(n, one.as_object()); });
        if (rule == "items")
            return n.kind != node_kind::sequence ||
                   std::all_of(n.items.begin(), n.items.end(),
                               [&](const node& item) { return satisfies(item, v.as_object()); });
        if (rule == "properties")
            return std::all_of(n.members.begin(), n.members.end(), [&](const member& m) {
                return !v.as_object().contains(m.key.text) ||
                       satisfies(m.value, v.as_object().at(m.key.text).as_object());
            });
        if (rule == "additionalProperties")
            return has_only_known(n, v, schema);
        if (rule == "pattern")
            return n.kind != node_kind::scalar || matches(n.text, v.as_string().c_str());
        if (rule == "minimum")
            return n.kind != node_kind::scalar || std::stoll(n.text) >= v.as_int64();
        BOOST_TEST_REQUIRE((rule == "description" || rule == "title" || rule == "$schema" ||
                            rule == "$defs" || rule == "default"),
                           "a word that this test does not know: " << rule);
        return true;
    }

    static bool has_type(const node& n, const value& v) {
        const auto is = [&](std::string_view wanted) {
            const auto type = json_type(n);
            return type == wanted || (wanted == "number" && type == "integer");
        };
        if (v.is_string())
            return is(v.as_string());
        return std::any_of(v.as_array().begin(), v.as_array().end(),
                           [&](const value& one) { return is(one.as_string()); });
    }

    bool has_only_known(const node& n, const value& v, const object& schema) {
        const auto* properties = schema.if_contains("properties");
        return std::all_of(n.members.begin(), n.members.end(), [&](const member& m) {
            if (properties != nullptr && properties->as_object().contains(m.key.text))
                return true;
            return v.is_object() && satisfies(m.value, v.as_object());
        });
    }

    const object& referenced(std::string_view pointer) const {
        return root_.at_pointer(pointer.substr(1)).as_object();
    }

    const value& root_;
};

bool satisfies(const std::string& text) {
    const auto schema = boost::json::parse(json_schema());
    return checker(schema).satisfies(*read_yaml(text, "x.yaml").root, schema.as_object());
}

} // namespace

BOOST_AUTO_TEST_SUITE(published_schema)

BOOST_AUTO_TEST_CASE(the_file_is_what_the_tables_say) {
    if (std::getenv("CONNLAB_REBASE") != nullptr)
        std::ofstream(schema_file, std::ios::binary) << json_schema();
    BOOST_TEST(
        (bytes_of(schema_file).value_or("") == json_schema()),
        "scenarios/scenario.schema.json is not what json_schema() prints; CONNLAB_REBASE=1 rewrites it");
}

BOOST_AUTO_TEST_CASE(every_bundled_scenario_satisfies_it) {
    const auto schema = boost::json::parse(json_schema());
    for (const auto& name : scenarios_in(bundled_folder)) {
        const auto doc = read_yaml(*bytes_of(bundled_folder + "/" + name), name);
        BOOST_TEST_REQUIRE(doc.root.has_value());
        BOOST_TEST(checker(schema).satisfies(*doc.root, schema.as_object()), name);
    }
}

BOOST_AUTO_TEST_CASE(it_refuses_what_the_loader_refuses) {
    BOOST_TEST(satisfies("Title: t\n"));
    BOOST_TEST(!satisfies("Titel: t\n"));
    BOOST_TEST(!satisfies("Organizations: {Contoso: {Servers: {MX: {Role: Smpt}}}}\n"));
    BOOST_TEST(satisfies("Organizations: {Contoso: {Servers: {MX: {Role: Smtp, WindowsServer: 2019}}}}\n"));
    BOOST_TEST(!satisfies("Organizations: {Contoso: {SendConnectors: {X: {RequireTls: true}}}}\n"));
    BOOST_TEST(
        satisfies("Organizations: {Contoso: {SendConnectors: {X: {RequireTLS: true, TlsDomain: null}}}}\n"));
    BOOST_TEST(!satisfies("Organizations: {Contoso: {SendConnectors: {X: {TlsAuthLevel: Domain}}}}\n"));
    BOOST_TEST(!satisfies("Clock: yesterday\n"));
    BOOST_TEST(!satisfies("Steps: [{Advance: soon}]\n"));
    BOOST_TEST(satisfies(
        "Steps: [{Advance: 30d}, {Run: Set-TransportConfig}, {Send: {From: a@b.de, To: c@d.de}}]\n"));
    BOOST_TEST(!satisfies("Behavior: {RevocationOffline: Sometimes}\n"));
}

BOOST_AUTO_TEST_CASE(every_key_has_a_description) {
    const auto schema = boost::json::parse(json_schema());
    for (const auto& definition : schema.at("$defs").as_object())
        for (const auto& property : definition.value().at("properties").as_object())
            BOOST_TEST(!property.value().at("description").as_string().empty(),
                       std::string(definition.key()) << "." << std::string(property.key()));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
