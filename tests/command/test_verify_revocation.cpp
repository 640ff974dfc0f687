// `connlab verify` with CRLs, OCSP responses and answers of URLs: what a script hands over, and what it is
// told.
#include "certs/base64.hpp"
#include "certs/forge.hpp"
#include "tools/connlab/command.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace connlab;

namespace {

namespace json = boost::json;

constexpr const char* crl_url = "http://pki.example/root.crl";
constexpr const char* ocsp_url = "http://ocsp.example";

instant day(const char* text) {
    return *parse_instant(text);
}

struct door {
    certs::forged made;

    door() {
        const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
        BOOST_REQUIRE_MESSAGE(pool, pool.error);
        const auto name = [](const char* cn) { return *certs::parse_x500_name(std::string("CN=") + cn); };
        const auto from = day("2024-01-01");
        const auto until = day("2026-01-01");
        auto leaf =
            certs::server_leaf("leaf", "root", name("mail.contoso.com"), {"mail.contoso.com"}, from, until);
        leaf.crl_urls = {crl_url};
        leaf.ocsp_urls = {ocsp_url};
        auto plain =
            certs::server_leaf("plain", "root", name("mail.contoso.com"), {"mail.contoso.com"}, from, until);
        auto deep = certs::server_leaf("deep", "issuing", name("mail.contoso.com"), {"mail.contoso.com"},
                                       from, until);
        deep.issuer_urls = {"http://pki.example/issuing.crt"};
        auto all = certs::forge({certs::root_ca("root", name("Root"), from, until),
                                 certs::intermediate_ca("issuing", "root", name("Issuing"), from, until),
                                 leaf, plain, deep},
                                **pool);
        BOOST_REQUIRE_MESSAGE(all, all.error);
        made = std::move(*all);
    }

    std::string pem(const std::string& id) const { return certs::to_pem(made.by_id.at(id).cert); }

    std::string crl(const std::string& revoked = {}) const {
        certs::crl_recipe r;
        r.this_update = day("2024-06-01");
        r.next_update = day("2024-06-08");
        if (!revoked.empty())
            r.revoked = {{made.by_id.at(revoked).cert.fields().serial, r.this_update, {}}};
        return *certs::forge_crl(r, made.by_id.at("root"));
    }
    std::string response(const std::string& id, certs::ocsp_certificate_status status) const {
        certs::ocsp_answer a;
        a.id = certs::ocsp_id_of(made.by_id.at(id).cert, made.by_id.at("root").cert);
        a.status = status;
        a.this_update = day("2024-06-01");
        certs::ocsp_recipe r;
        r.produced_at = a.this_update;
        r.answers = {a};
        return *certs::forge_ocsp_response(r, made.by_id.at("root"));
    }

    json::object of(const std::string& leaf) const {
        return {{"leaf", pem(leaf)},
                {"roots", json::array{json::string(pem("root"))}},
                {"name", "mail.contoso.com"},
                {"at", "2024-06-03"}};
    }
};

json::object asked(const json::object& one, int expected_status) {
    std::istringstream in(json::serialize(one) + "\n");
    std::ostringstream out;
    std::ostringstream err;
    BOOST_TEST(command::verify({}, {in, out, err}) == expected_status, out.str() << err.str());
    return json::parse(out.str()).as_object();
}

std::string policy_of(const json::object& one) {
    const auto said = asked(one, command::not_as_expected);
    return std::string(said.at("policy_error").as_string());
}

std::string error_of(const json::object& one) {
    return std::string(asked(one, command::invalid_input).at("error").as_string());
}

std::string base64(const std::string& bytes) {
    return certs::base64_encoded(bytes);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(verify_revocation, door)

BOOST_AUTO_TEST_CASE(without_lists_a_distribution_point_counts_as_good) {
    const auto said = asked(of("leaf"), command::as_expected);
    BOOST_TEST(said.at("assumed").as_array().front().as_string() == "chain.revocation.assumed-good");
}

BOOST_AUTO_TEST_CASE(a_list_in_the_case_is_looked_at) {
    auto one = of("plain");
    one["crls"] = json::array{json::string(base64(crl()))};
    asked(one, command::as_expected);
    one["crls"] = base64(crl("plain"));
    BOOST_TEST(policy_of(one) == "CRYPT_E_REVOKED");
}

BOOST_AUTO_TEST_CASE(asked_for_and_nothing_there) {
    auto one = of("plain");
    one["revocation"] = "chain-excluding-root";
    BOOST_TEST(policy_of(one) == "CRYPT_E_NO_REVOCATION_CHECK");
    one["flags"] = json::array{"ignore-end-revocation-unknown"};
    asked(one, command::as_expected);
    one = of("leaf");
    one["revocation"] = "end-certificate";
    BOOST_TEST(policy_of(one) == "CRYPT_E_REVOCATION_OFFLINE");
    one["flags"] = "cache-only";
    BOOST_TEST(policy_of(one) == "CRYPT_E_NO_REVOCATION_CHECK");
    one["revocation"] = "none";
    asked(one, command::as_expected);
}

BOOST_AUTO_TEST_CASE(urls_answer_with_a_body_or_a_failure) {
    auto one = of("leaf");
    one["urls"] = json::object{{ocsp_url, {{"failure", "HTTP 404"}}}, {crl_url, base64(crl("leaf"))}};
    const auto said = asked(one, command::not_as_expected);
    BOOST_TEST(said.at("policy_error").as_string() == "CRYPT_E_REVOKED");
    const auto& sources = said.at("elements").as_array().front().at("revocation").as_array();
    BOOST_TEST_REQUIRE(sources.size() == 2U);
    BOOST_TEST(sources[0].at("why").as_string() == "HTTP 404");
    BOOST_TEST(!sources[0].at("used").as_bool());
    BOOST_TEST(sources[1].at("used").as_bool());
}

BOOST_AUTO_TEST_CASE(ocsp_responses_answer_the_responder_and_serve_as_stapled_without_one) {
    using status = certs::ocsp_certificate_status;
    for (const auto* id : {"leaf", "plain"}) {
        auto one = of(id);
        one["ocsp"] = base64(response(id, status::good));
        asked(one, command::as_expected);
        one["ocsp"] = base64(response(id, status::revoked));
        BOOST_TEST(policy_of(one) == "CRYPT_E_REVOKED");
    }
    auto one = of("leaf");
    one["ocsp"] = base64(response("plain", status::good)); // of another certificate
    BOOST_TEST(policy_of(one) == "CRYPT_E_REVOCATION_OFFLINE");
    one["stapled"] = base64(response("leaf", status::good));
    asked(one, command::as_expected);
}

BOOST_AUTO_TEST_CASE(aia_answers_mend_a_chain) {
    auto one = of("deep");
    BOOST_TEST(policy_of(one) == "CERT_E_CHAINING");
    one["aia"] = pem("issuing");
    asked(one, command::as_expected);
    one.erase("aia");
    one["urls"] = json::object{{"http://pki.example/issuing.crt", pem("issuing")}};
    asked(one, command::as_expected); // an issuer tells nothing of revocation
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_told_and_nothing_else_happens) {
    auto one = of("leaf");
    one["crls"] = json::array{"AAAA", 7};
    one["ocsp"] = "?";
    one["revocation"] = "always";
    one["flags"] = "cache";
    one["explicit_policy"] = "yes";
    one["urls"] = json::object{{crl_url, json::object{}}};
    one["stapld"] = "x";
    const auto error = error_of(one);
    for (const auto* text :
         {"`crls`: neither PEM nor DER: the bytes are not a DER-encoded CRL",
          "`crls` holds something that is not a string",
          "`ocsp`: neither PEM nor base64 of a DER OCSP response",
          "`revocation`: `always` is none of none, end-certificate", "`flags`: `cache` is none of cache-only",
          "`explicit_policy` is not true or false", "`urls`: http://pki.example/root.crl is neither a body",
          "`stapld`: did you mean `stapled`?"})
        BOOST_TEST(error.find(text) != std::string::npos, text << " is not in " << error);
}

// Whatever a line holds, it gets one line of JSON and a status (the sanitizers watch).
BOOST_AUTO_TEST_CASE(damaged_lines_are_answered_or_refused) {
    auto one = of("leaf");
    one["crls"] = json::array{json::string(base64(crl("leaf")))};
    one["ocsp"] = base64(response("leaf", certs::ocsp_certificate_status::good));
    one["urls"] = json::object{{crl_url, base64(crl())}, {ocsp_url, {{"failure", "HTTP 404"}}}};
    const auto whole = json::serialize(one);
    std::mt19937 random(20240603); // always the same damage
    std::string lines;
    constexpr int count = 400;
    for (int i = 0; i < count; ++i) {
        auto line = whole;
        for (int n = 0; n < 1 + i % 3; ++n)
            line[random() % line.size()] = static_cast<char>(' ' + random() % 95);
        lines += line + "\n";
    }
    std::istringstream in(lines);
    std::ostringstream out;
    std::ostringstream err;
    BOOST_TEST(command::verify({}, {in, out, err}) == command::invalid_input);
    std::istringstream answers(out.str());
    int answered = 0;
    for (std::string line; std::getline(answers, line); ++answered)
        BOOST_TEST(json::parse(line).is_object());
    BOOST_TEST(answered == count);
}

BOOST_AUTO_TEST_CASE(files_say_the_same) {
    std::string folder = std::filesystem::temp_directory_path() / "connlab-verify-XXXXXX";
    BOOST_REQUIRE(mkdtemp(folder.data()) != nullptr);
    const auto write = [&](const char* name, const std::string& bytes) {
        std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
        return folder + "/" + name;
    };
    const auto leaf = write("leaf.pem", pem("plain"));
    const auto root = write("root.pem", pem("root"));
    const auto list = write("root.crl", crl("plain"));
    const auto run = [&](const command::arguments& more) {
        std::istringstream in;
        std::ostringstream out;
        std::ostringstream err;
        command::arguments args{"--leaf", leaf, "--roots", root, "--at", "2024-06-03"};
        args.insert(args.end(), more.begin(), more.end());
        const int status = command::verify(args, {in, out, err});
        return std::pair(status, out.str() + err.str());
    };
    BOOST_TEST(run({}).first == command::as_expected);
    const auto revoked = run({"--crl", list});
    BOOST_TEST(revoked.first == command::not_as_expected);
    BOOST_TEST(revoked.second.find("Refused: CRYPT_E_REVOKED") != std::string::npos, revoked.second);
    BOOST_TEST(revoked.second.find("revoked 2024-06-01T00:00:00Z, says the CRL of the CA store") !=
               std::string::npos);
    const auto ocsp = write("good.ocsp", response("plain", certs::ocsp_certificate_status::good));
    BOOST_TEST(run({"--crl", list, "--ocsp", ocsp}).first ==
               command::as_expected); // what is stapled goes first
    BOOST_TEST(run({"--crl", leaf}).second.find("the PEM text holds no CRL that can be read") !=
               std::string::npos);
    BOOST_TEST(run({"--ocsp", list}).first == command::invalid_input);
    BOOST_TEST(run({"--revocation", "perhaps"}).second.find("`perhaps` is none of none") !=
               std::string::npos);
    std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_SUITE_END()
