// The door to the chain engine as scripts use it: files and JSON lines in, JSON and an exit status out.
#include "certs/base64.hpp"
#include "certs/forge.hpp"
#include "sim/base/utf8.hpp"
#include "tools/connlab/command.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

using namespace connlab;

namespace {

namespace json = boost::json;

certs::x500_name common_name(const std::string& value) {
    return *certs::parse_x500_name("CN=" + value);
}

/// `Root`, and below it `mail.contoso.com`, as PEM.
const std::map<std::string, std::string>& pem() {
    static const auto texts = [] {
        const auto begin = *parse_instant("2024-01-01");
        const auto end = *parse_instant("2026-01-01");
        const std::string host = "mail.contoso.com";
        const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
        BOOST_TEST_REQUIRE(static_cast<bool>(pool), pool.error);
        const auto made =
            certs::forge({certs::root_ca("Root", common_name("Root"), begin, end),
                          certs::server_leaf(host, "Root", common_name(host), {host}, begin, end)},
                         **pool);
        BOOST_TEST_REQUIRE(static_cast<bool>(made), made.error);
        std::map<std::string, std::string> out;
        for (const auto& [id, issued] : made->by_id)
            out[id] = certs::to_pem(issued.cert);
        return out;
    }();
    return texts;
}

struct answer {
    int status = 0;
    std::string out;
    std::string err;

    json::value line(std::size_t number) const {
        std::istringstream text(out);
        std::string one;
        for (std::size_t i = 0; i <= number; ++i)
            std::getline(text, one);
        return json::parse(one);
    }
    std::string error(std::size_t number) const { return std::string(line(number).at("error").as_string()); }
};

answer verify(const command::arguments& args, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    answer a;
    a.status = command::verify(args, {in, out, err});
    a.out = out.str();
    a.err = err.str();
    return a;
}

json::object good_case() {
    return {{"id", 7},
            {"leaf", pem().at("mail.contoso.com")},
            {"roots", json::array{json::string(pem().at("Root"))}},
            {"name", "mail.contoso.com"},
            {"at", "2024-06-03"}};
}

std::string lines(std::initializer_list<json::object> cases) {
    std::string out;
    for (const auto& c : cases)
        out += json::serialize(c) + "\n";
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(verify_command)

BOOST_AUTO_TEST_CASE(a_line_for_each_case_and_a_status_for_all) {
    auto other = good_case();
    other["name"] = "www.contoso.com";
    const auto good = verify({}, lines({good_case()}));
    BOOST_TEST(good.status == command::as_expected);
    BOOST_TEST(good.line(0).at("id").as_int64() == 7);
    BOOST_TEST(good.line(0).at("trusted").as_bool());
    const auto both = verify({}, lines({good_case(), other}));
    BOOST_TEST(both.status == command::not_as_expected);
    BOOST_TEST(both.line(0).at("trusted").as_bool());
    BOOST_TEST(both.line(1).at("policy_error").as_string() == "CERT_E_CN_NO_MATCH");
}

BOOST_AUTO_TEST_CASE(everything_wrong_in_a_case_is_told_and_the_others_are_answered) {
    auto bad = good_case();
    bad["nam"] = "mail.contoso.com";
    bad["usage"] = "srver";
    bad["at"] = "yesterday";
    const auto a =
        verify({}, "junk\n[]\n" + lines({bad, good_case(), {{"leaf", "@"}}, {{"leaf", json::array{}}}}));
    BOOST_TEST(a.status == command::invalid_input);
    BOOST_TEST(a.error(0).find("not JSON") == 0U);
    BOOST_TEST(a.error(1) == "not a JSON object");
    BOOST_TEST(a.error(2).find("`nam`: did you mean `name`?") != std::string::npos);
    BOOST_TEST(a.error(2).find("`usage`: ") != std::string::npos);
    BOOST_TEST(a.error(2).find("`at`: ") != std::string::npos);
    BOOST_TEST(a.line(3).at("trusted").as_bool());
    BOOST_TEST(a.error(4).find("`leaf`: neither PEM nor base64") == 0U);
    BOOST_TEST(a.error(5) == "`leaf` holds no certificate");
}

BOOST_AUTO_TEST_CASE(what_a_suite_says_beside_the_case_is_left_alone) {
    auto c = good_case();
    c["note"] = "from a suite";
    c["expected"] = true;
    BOOST_TEST(verify({}, lines({c})).status == command::as_expected);
}

BOOST_AUTO_TEST_CASE(options_stand_in_for_what_a_case_does_not_say) {
    auto c = good_case();
    c.erase("at");
    BOOST_TEST(verify({"--at", "2024-06-03"}, lines({c})).status == command::as_expected);
    const auto late = verify({"--at", "2027-01-01"}, lines({c, good_case()}));
    BOOST_TEST(late.line(0).at("policy_error").as_string() == "CERT_E_EXPIRED");
    BOOST_TEST(late.line(1).at("trusted").as_bool());
}

BOOST_AUTO_TEST_CASE(base64_of_der_is_as_good_as_pem) {
    auto c = good_case();
    const auto& text = pem().at("mail.contoso.com");
    const auto begin = text.find('\n') + 1;
    c["leaf"] = text.substr(begin, text.rfind("-----END") - begin);
    BOOST_TEST(verify({}, lines({c})).status == command::as_expected);
}

BOOST_AUTO_TEST_CASE(files_are_asked_about_one_by_one) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("connlab-verify-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto leaf = (folder / "leaf.pem").string();
    const auto root = (folder / "root.pem").string();
    std::ofstream(leaf) << pem().at("mail.contoso.com");
    std::ofstream(root) << pem().at("Root");
    const command::arguments asked{"--leaf", leaf, "--roots", root, "--at", "2024-06-03"};
    const auto good = verify(asked);
    BOOST_TEST(good.status == command::as_expected);
    BOOST_TEST(good.out.find("\nTrusted\n") != std::string::npos);
    BOOST_TEST(verify({"--leaf", leaf, "--at", "2024-06-03"}).status == command::not_as_expected);
    const auto missing = verify({"--leaf", (folder / "no.pem").string()});
    BOOST_TEST(missing.status == command::invalid_input);
    BOOST_TEST(missing.err.find("cannot be read") != std::string::npos);
    BOOST_TEST(verify({"--leaf", leaf, "--usage", "srver"}).status == command::invalid_input);
    BOOST_TEST(verify({}).status == command::invalid_input);
    std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(a_file_that_holds_nothing_and_a_folder_are_called_so) {
    namespace fs = std::filesystem;
    const auto folder = fs::temp_directory_path() / ("connlab-verify-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const auto empty = (folder / "empty.pem").string();
    std::ofstream{empty} << "\n";
    const auto nothing = verify({"--leaf", empty});
    BOOST_TEST(nothing.status == command::invalid_input);
    BOOST_TEST(nothing.err == "connlab: " + empty + ": holds nothing\n");
    const auto dir = verify({"--leaf", folder.string()});
    BOOST_TEST(dir.status == command::invalid_input);
    BOOST_TEST(dir.err == "connlab: " + folder.string() + ": is a folder\n");
    fs::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(texts_of_certificates_that_are_no_utf8_leave_the_json_whole) {
    const auto begin = *parse_instant("2024-01-01");
    const auto end = *parse_instant("2026-01-01");
    const auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    auto leaf = certs::server_leaf("leaf", "Root", common_name("leaf"), {"leaf.test"}, begin, end);
    leaf.issuer_urls = {"http://aia.test/root.crt"};
    const auto made = certs::forge({certs::root_ca("Root", common_name("Root"), begin, end), leaf}, **pool);
    BOOST_TEST_REQUIRE(static_cast<bool>(made), made.error);
    auto der = made->by_id.at("leaf").cert.der();
    der[der.find("aia.test")] = '\xE4'; // in an IA5String, which nobody checks
    auto one = good_case();
    one["leaf"] = certs::base64_encoded(der);
    one["roots"] = json::array{};
    const auto told = verify({}, lines({one}));
    BOOST_TEST(as_utf8(told.out) == told.out);
    BOOST_TEST(told.line(0).at("wanted").at(0).as_string() == "http://\xEF\xBF\xBDia.test/root.crt");
}

BOOST_AUTO_TEST_SUITE_END()
