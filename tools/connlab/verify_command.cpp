#include "sim/base/ascii.hpp"
#include "tools/connlab/command.hpp"
#include "tools/connlab/options.hpp"
#include "tools/connlab/verify_judgement.hpp"
#include "tools/connlab/verify_report.hpp"
#include "tools/connlab/verify_words.hpp"

#include <fmt/ostream.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace connlab::command {

namespace po = boost::program_options;

namespace {

using names = std::vector<std::string>;

constexpr const char* usage_text =
    R"(connlab verify --leaf FILE [--intermediates FILE…] [--roots FILE…] [--name NAME] [--at INSTANT]
               [--crl FILE…] [--ocsp FILE…] [--aia FILE…] [--revocation WORD]
connlab verify < cases.jsonl

Says what Windows says of a certificate chain: the status of each certificate, and one error.
Files are PEM (several certificates in one are fine) or DER; the first certificate of the leaf's
file is the leaf. Nothing is fetched from a network: CRLs lie in the CA store, OCSP responses and
issuers are what the URLs of the certificates answer. Without --leaf, each line of standard input
is one case:

  {"id": 1, "leaf": "PEM or base64 DER", "intermediates": ["…"], "roots": ["…"],
   "name": "mail.contoso.com", "at": "2024-06-03T09:00:00Z", "usage": "server", "crls": ["…"]}

  leaf            the certificate, and what the peer sent with it
  intermediates   what the peer sent beside it: hints, never anchors
  roots, public_roots, enterprise_roots, group_policy_roots
                  the members of the Root store
  ca_store, crls  what lies in the CA store
  disallowed      explicitly distrusted certificates
  stapled         the OCSP response that came with the handshake
  ocsp, aia       OCSP responses and issuers that any URL of theirs answers
  urls            {"http://…": "body", "http://…": {"failure": "HTTP 404"}}: what one URL answers
  name, usage, at as the options; `now` is the time of the revocation check, when it is another
  revocation      none, end-certificate, chain, chain-excluding-root, or assume-good (a named
                  distribution point counts as good: the default when the case brings no CRL,
                  no OCSP response, and no URL of either; else chain-excluding-root)
  flags           cache-only, ignore-end-revocation-unknown, ignore-ca-revocation-unknown,
                  ignore-root-revocation-unknown
  policies, explicit_policy, inhibit_policy_mapping, inhibit_any_policy
                  the certificate policies asked for (RFC 5280 6.1.1); the SSL policy asks for none

Each gives one line of JSON; the options then stand in for what a case does not say. Other members
of a case are left alone, but `nam` for `name` is refused.
Exit status: 0 trusted, 1 refused, 2 the input is invalid.

)";

po::options_description described() {
    auto out = options_of_a_command();
    const auto files = [] { return po::value<names>()->multitoken()->composing()->value_name("FILES"); };
    out.add_options()("leaf", po::value<std::string>()->value_name("FILE"), "the certificate in question");
    out.add_options()("intermediates", files(), "what the peer sent beside it: hints, never anchors");
    out.add_options()("roots", files(), "trusted roots that an administrator installed");
    out.add_options()("public-roots", files(),
                      "trusted roots of the public programme (SHA-1 and MD5 are refused under them)");
    out.add_options()("disallowed", files(), "explicitly distrusted certificates");
    out.add_options()("name", po::value<std::string>()->value_name("NAME"),
                      "the host name or IP address that the certificate must hold");
    out.add_options()("at", po::value<std::string>()->value_name("INSTANT"),
                      "2024-06-03 or 2024-06-03T09:00:00Z; default: now");
    out.add_options()("usage", po::value<std::string>()->default_value("server")->value_name("USAGE"),
                      "server, client, any, or an OID");
    out.add_options()("crl", files(), "CRLs in the CA store (PEM or DER)");
    out.add_options()("ocsp", files(), "OCSP responses (DER or PEM)");
    out.add_options()("aia", files(), "issuers that the AIA URLs of certificates answer");
    out.add_options()("revocation", po::value<std::string>()->value_name("WORD"),
                      "none, end-certificate, chain, chain-excluding-root, assume-good");
    add_format(out);
    return out;
}

/// More than the largest list that is read: a file without an end has to end somewhere.
constexpr std::size_t most_bytes = std::size_t{128} * 1024 * 1024;

/// Reads the files an option names; the first error is kept.
class file_reader {
  public:
    explicit file_reader(const po::variables_map& values) : values_(values) {}

    /// Decodes each file of an option with `decode`, which gives a list.
    template <class T, class Decode>
    void read_all(const std::string& option, std::vector<T>& out, Decode decode) {
        if (values_.count(option) == 0)
            return;
        for (const auto& path : values_[option].as<names>())
            read(path, out, decode);
    }

    template <class T, class Decode>
    void read(const std::string& path, std::vector<T>& out, Decode decode) {
        std::error_code unknown;
        if (std::filesystem::is_directory(path, unknown))
            return fail(fmt::format("{}: is a folder", path));
        std::ifstream file(path, std::ios::binary);
        if (!file)
            return fail(fmt::format("{}: cannot be read", path));
        std::string text(most_bytes + 1, '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(file.gcount()));
        if (text.size() > most_bytes)
            return fail(fmt::format("{}: at most {} bytes are read", path, most_bytes));
        if (text.find_first_not_of(" \t\r\n") == std::string::npos)
            return fail(fmt::format("{}: holds nothing", path));
        const auto some = decode(text);
        if (!some)
            return fail(fmt::format("{}: {}", path, some.error));
        out.insert(out.end(), some->begin(), some->end());
    }

    std::vector<certs::certificate> certificates(const std::string& option) {
        std::vector<certs::certificate> out;
        read_all(option, out, certs::read_certificates);
        return out;
    }

    void fail(std::string why) {
        if (error_.empty())
            error_ = std::move(why);
    }

    const std::string& error() const { return error_; }

  private:
    const po::variables_map& values_;
    std::string error_;
};

parsed<std::vector<certs::ocsp_response>> responses_in(std::string_view bytes) {
    using result = parsed<std::vector<certs::ocsp_response>>;
    auto one = certs::read_ocsp_response(bytes);
    return one ? result::ok({std::move(*one)}) : result::fail(std::move(one.error));
}

verify_defaults defaults_of(const po::variables_map& values, file_reader& files) {
    verify_defaults out;
    out.at = std::chrono::floor<duration>(std::chrono::system_clock::now());
    if (values.count("at") > 0) {
        const auto at = parse_instant(values["at"].as<std::string>());
        if (at)
            out.at = *at;
        else
            files.fail("--at: " + at.error);
    }
    const auto usage = usage_of(values["usage"].as<std::string>());
    if (usage)
        out.usage = *usage;
    else
        files.fail("--usage: " + usage.error);
    for (const auto& c : files.certificates("roots"))
        out.roots.push_back({c, chain::root_member::registry});
    for (const auto& c : files.certificates("public-roots"))
        out.roots.push_back({c, chain::root_member::public_programme});
    out.intermediates = files.certificates("intermediates");
    files.read_all("crl", out.crls, certs::read_crls);
    files.read_all("ocsp", out.evidence.responses, responses_in);
    out.evidence.issuers = files.certificates("aia");
    if (values.count("revocation") > 0) {
        const auto flags = revocation_of(values["revocation"].as<std::string>());
        if (flags)
            out.revocation = *flags;
        else
            files.fail("--revocation: " + flags.error);
    }
    out.disallowed = files.certificates("disallowed");
    return out;
}

int verify_files(const po::variables_map& values, verify_defaults&& defaults, file_reader& files,
                 const streams& io) {
    verify_case asked;
    std::vector<certs::certificate> sent;
    files.read(values["leaf"].as<std::string>(), sent, certs::read_certificates);
    if (!files.error().empty()) {
        fmt::print(io.err, "connlab: {}\n", files.error());
        return invalid_input;
    }
    asked.leaf = sent.front();
    asked.presented.assign(sent.begin() + 1, sent.end());
    asked.presented.insert(asked.presented.end(), defaults.intermediates.begin(),
                           defaults.intermediates.end());
    asked.stores.roots = std::move(defaults.roots);
    asked.stores.disallowed = std::move(defaults.disallowed);
    asked.stores.crls = std::move(defaults.crls);
    asked.evidence = std::move(defaults.evidence);
    asked.usage = defaults.usage;
    asked.at = defaults.at;
    if (values.count("name") > 0)
        asked.name = values["name"].as<std::string>();
    settle_revocation(asked, defaults.revocation);
    chain::signature_memo memo;
    const auto decided = judge(asked, memo);
    if (wants_json(values))
        fmt::print(io.out, "{}\n", verdict_as_json({}, decided));
    else
        fmt::print(io.out, "{}", verdict_as_text(asked, decided));
    return decided.value.trusted() ? as_expected : not_as_expected;
}

int verify_lines(const verify_defaults& defaults, const streams& io) {
    certificate_reader reader;
    chain::signature_memo memo;
    bool refused = false;
    bool bad = false;
    std::size_t cases = 0;
    std::string line;
    while (std::getline(io.in, line)) {
        if (trim(line).empty())
            continue;
        ++cases;
        const auto read = read_verify_line(line, defaults, reader);
        if (!read.asked) {
            bad = true;
            fmt::print(io.out, "{}\n", error_as_json(read.id, read.asked.error));
            continue;
        }
        const auto decided = judge(*read.asked, memo);
        refused = refused || !decided.value.trusted();
        fmt::print(io.out, "{}\n", verdict_as_json(read.id, decided));
    }
    if (cases == 0) {
        fmt::print(io.err, "connlab: neither --leaf nor a case on standard input (connlab verify --help)\n");
        return invalid_input;
    }
    return bad ? invalid_input : refused ? not_as_expected : as_expected;
}

} // namespace

int verify(const arguments& args, const streams& io) {
    const auto options = read(args, described(), positional::none, usage_text, io);
    if (!options.values)
        return options.status;
    const auto& values = *options.values;
    file_reader files(values);
    auto defaults = defaults_of(values, files);
    if (files.error().empty() && values.count("leaf") == 0)
        return verify_lines(defaults, io);
    if (files.error().empty())
        return verify_files(values, std::move(defaults), files, io);
    fmt::print(io.err, "connlab: {}\n", files.error());
    return invalid_input;
}

} // namespace connlab::command
