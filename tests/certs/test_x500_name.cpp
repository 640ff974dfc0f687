// X.500 names as Windows prints them (Schannel sheet 7.6): what stands behind <I> and <S> in
// TlsCertificateName.
#include "certs/certificate.hpp"
#include "certs/decoded_name.hpp"
#include "certs/openssl_handle.hpp"
#include "certs/x500_name.hpp"
#include "tests/certs/openssl_made.hpp"

#include <boost/test/unit_test.hpp>

#include <openssl/x509.h>

#include <memory>
#include <random>

namespace connlab::certs {
namespace {

using name_handle = std::unique_ptr<X509_NAME, freed_by<X509_NAME_free>>;

/// One RDN for each pair, most general first.
x500_name of(const std::vector<name_attribute>& attributes) {
    x500_name out;
    for (const auto& a : attributes)
        out.rdns.push_back({a});
    return out;
}

std::string printed_cn(const std::string& value) {
    return to_string(of({{"2.5.4.3", value}}));
}

x500_name read(std::string_view text) {
    const auto name = parse_x500_name(text);
    BOOST_TEST_REQUIRE(static_cast<bool>(name), text << ": " << name.error);
    return *name;
}

/// One commonName of an ASN.1 string type.
std::string decoded_cn(int type, std::string_view bytes) {
    const name_handle name(X509_NAME_new());
    BOOST_REQUIRE(X509_NAME_add_entry_by_txt(name.get(), "CN", type,
                                             reinterpret_cast<const unsigned char*>(bytes.data()),
                                             static_cast<int>(bytes.size()), -1, 0) == 1);
    return to_string(decoded_name(name.get()));
}

} // namespace

BOOST_AUTO_TEST_SUITE(printing_x500_names)

BOOST_AUTO_TEST_CASE(the_most_specific_comes_first) {
    BOOST_TEST(
        to_string(of({{"2.5.4.6", "US"},
                      {"2.5.4.8", "DE"},
                      {"2.5.4.7", "Wilmington"},
                      {"2.5.4.10", "Corporation Service Company"},
                      {"2.5.4.3", "Trusted Secure Certificate Authority 5"}})) ==
        "CN=Trusted Secure Certificate Authority 5, O=Corporation Service Company, L=Wilmington, S=DE, C=US");
    BOOST_TEST(to_string(of({{"0.9.2342.19200300.100.1.25", "de"},
                             {"0.9.2342.19200300.100.1.25", "varunagroup"},
                             {"2.5.4.3", "Varuna CA"}})) == "CN=Varuna CA, DC=varunagroup, DC=de");
}

BOOST_AUTO_TEST_CASE(each_attribute_has_its_key) {
    const std::pair<const char*, const char*> keys[] = {
        {"2.5.4.3", "CN"},
        {"2.5.4.4", "SN"},
        {"2.5.4.5", "SERIALNUMBER"},
        {"2.5.4.6", "C"},
        {"2.5.4.7", "L"},
        {"2.5.4.8", "S"},
        {"2.5.4.9", "STREET"},
        {"2.5.4.10", "O"},
        {"2.5.4.11", "OU"},
        {"2.5.4.12", "T"},
        {"2.5.4.42", "G"},
        {"2.5.4.43", "I"},
        {"0.9.2342.19200300.100.1.25", "DC"},
        {"1.2.840.113549.1.9.1", "E"},
        {"2.5.4.97", "OID.2.5.4.97"},
        {"2.5.4.17", "OID.2.5.4.17"},
        {"1.3.6.1.4.1.311.60.2.1.3", "OID.1.3.6.1.4.1.311.60.2.1.3"},
    };
    for (const auto& [oid, key] : keys) {
        BOOST_TEST(to_string(of({{oid, "x"}})) == std::string(key) + "=x");
        BOOST_TEST((read(std::string(key) + "=x") == of({{oid, "x"}})), key);
    }
}

BOOST_AUTO_TEST_CASE(attributes_of_one_rdn_are_joined_by_a_plus) {
    const x500_name name{{{{"2.5.4.6", "DE"}}, {{"2.5.4.3", "mail"}, {"2.5.4.5", "42"}, {"2.5.4.11", "IT"}}}};
    BOOST_TEST(to_string(name) == "CN=mail + SERIALNUMBER=42 + OU=IT, C=DE");
}

BOOST_AUTO_TEST_CASE(an_empty_name_is_an_empty_text) {
    BOOST_TEST(to_string(x500_name{}).empty());
}

// An empty value, white space at an end, or one of , + = " newline < > # ;
BOOST_AUTO_TEST_CASE(values_in_quotes) {
    BOOST_TEST(printed_cn("") == "CN=\"\"");
    for (const char* value : {" x", "x ", "\tx", "x\t", "\rx", "x\v", "\fx", "\nx", " "})
        BOOST_TEST(printed_cn(value) == "CN=\"" + std::string(value) + "\"");
    for (const char special : {',', '+', '=', '\n', '<', '>', '#', ';'}) {
        for (const auto& value : {std::string("a") + special + "b", std::string(1, special),
                                  special + std::string("b"), std::string("a") + special})
            BOOST_TEST(printed_cn(value) == "CN=\"" + value + "\"");
    }
    BOOST_TEST(to_string(of({{"2.5.4.10", "DigiCert, Inc."}})) == "O=\"DigiCert, Inc.\"");
}

BOOST_AUTO_TEST_CASE(a_quote_in_quotes_is_doubled) {
    BOOST_TEST(printed_cn("a\"b") == "CN=\"a\"\"b\"");
    BOOST_TEST(printed_cn("\"") == "CN=\"\"\"\"");
    BOOST_TEST(printed_cn("\"a, b\"") == "CN=\"\"\"a, b\"\"\"");
}

BOOST_AUTO_TEST_CASE(values_as_they_are) {
    for (const char* value :
         {"mail.contoso.com", "*.contoso.com", "a b", "a\tb", "a\\b", "\\", "'x'", "a/b", "(c) 2024", "a:b",
          "Müller & Söhne", "株式会社", "a@b", "x\ry", "100%", "{guid}", "|", "~!$^_`"})
        BOOST_TEST(printed_cn(value) == std::string("CN=") + value);
}

BOOST_AUTO_TEST_CASE(quotes_stand_around_one_value_only) {
    const x500_name name{
        {{{"2.5.4.6", "US"}}, {{"2.5.4.10", "Contoso, Ltd."}, {"2.5.4.11", "A+B"}}, {{"2.5.4.3", "x"}}}};
    BOOST_TEST(to_string(name) == "CN=x, O=\"Contoso, Ltd.\" + OU=\"A+B\", C=US");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(decoding_x500_names)

BOOST_AUTO_TEST_CASE(every_string_type_is_one_text) {
    using namespace std::string_view_literals;
    BOOST_TEST(decoded_cn(V_ASN1_PRINTABLESTRING, "Contoso") == "CN=Contoso");
    BOOST_TEST(decoded_cn(V_ASN1_UTF8STRING, "Müller") == "CN=Müller");
    BOOST_TEST(decoded_cn(V_ASN1_BMPSTRING, "\0M\0\xFC\0l\0l\0e\0r"sv) == "CN=Müller");
    BOOST_TEST(decoded_cn(V_ASN1_BMPSTRING, "\x68\x2A\x5F\x0F"sv) == "CN=株式");
    BOOST_TEST(decoded_cn(V_ASN1_UNIVERSALSTRING, "\0\0\0M\0\0\0\xFC"sv) == "CN=Mü");
    BOOST_TEST(decoded_cn(V_ASN1_T61STRING, "M\xFCller"sv) == "CN=Müller"); // read as Latin-1, as all do
    BOOST_TEST(decoded_cn(V_ASN1_IA5STRING, "a@b") == "CN=a@b");
}

BOOST_AUTO_TEST_CASE(rdns_are_those_of_the_encoding) {
    const name_handle name(X509_NAME_new());
    const auto add = [&](const char* type, const char* value, int set) {
        BOOST_REQUIRE(X509_NAME_add_entry_by_txt(name.get(), type, MBSTRING_UTF8,
                                                 reinterpret_cast<const unsigned char*>(value), -1, -1,
                                                 set) == 1);
    };
    add("C", "DE", 0);
    add("O", "Contoso", 0);
    add("OU", "Mail", -1); // of the same RDN
    add("CN", "mail", 0);
    BOOST_TEST((decoded_name(name.get()) == x500_name{{{{"2.5.4.6", "DE"}},
                                                       {{"2.5.4.10", "Contoso"}, {"2.5.4.11", "Mail"}},
                                                       {{"2.5.4.3", "mail"}}}}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(parsing_x500_names)

BOOST_AUTO_TEST_CASE(what_windows_prints) {
    BOOST_TEST((read("CN=GeoTrust TLS RSA CA G1, OU=www.digicert.com, O=DigiCert Inc, C=US") ==
                of({{"2.5.4.6", "US"},
                    {"2.5.4.10", "DigiCert Inc"},
                    {"2.5.4.11", "www.digicert.com"},
                    {"2.5.4.3", "GeoTrust TLS RSA CA G1"}})));
    BOOST_TEST((read("O=\"Contoso, \"\"Ltd.\"\"\", C=US") ==
                of({{"2.5.4.6", "US"}, {"2.5.4.10", "Contoso, \"Ltd.\""}})));
    BOOST_TEST((read("CN=a + OU=b, C=DE") ==
                x500_name{{{{"2.5.4.6", "DE"}}, {{"2.5.4.3", "a"}, {"2.5.4.11", "b"}}}}));
    BOOST_TEST((read("CN=\"\"") == of({{"2.5.4.3", ""}})));
    BOOST_TEST((read("CN=a\\b") == of({{"2.5.4.3", "a\\b"}}))); // no escape
}

BOOST_AUTO_TEST_CASE(what_people_and_other_programs_write) {
    const auto name = of({{"2.5.4.6", "DE"}, {"2.5.4.8", "Bayern"}, {"2.5.4.3", "x"}});
    BOOST_TEST((read("cn=x,st=Bayern,c=DE") == name));
    BOOST_TEST((read("  CN = x ,  S = Bayern , C=DE ") == name));
    BOOST_TEST((read("oid.2.5.4.3=x, S=Bayern, C=DE") == name));
    BOOST_TEST((read("emailAddress=a@b") == of({{"1.2.840.113549.1.9.1", "a@b"}})));
    BOOST_TEST((read("CN=\"x\"") == read("CN=x")));
}

BOOST_AUTO_TEST_CASE(what_is_no_name_is_one_sentence) {
    for (const char* text :
         {"", "   ", "x", "=x", "CN", "CN=x,", "CN=x, ", "CN=x, y", "CN=\"x", "CN=\"x\"y", "XX=x", "OID.=x",
          "OID.x=x", "CN=a=b", "CN=x, =y", "+", ",", "CN=x + ", "mail.contoso.com"}) {
        const auto name = parse_x500_name(text);
        BOOST_TEST(!name, text);
        BOOST_TEST(!name.error.empty(), text);
    }
}

/// Names of every shape, with what has to be quoted in every place.
BOOST_AUTO_TEST_CASE(a_printed_name_is_read_as_it_was) {
    std::mt19937 dice(76);
    const std::vector<std::string> oids = {
        "2.5.4.3", "2.5.4.6",  "2.5.4.8", "2.5.4.10", "2.5.4.11",
        "2.5.4.9", "2.5.4.97", "1.2.3.4", "2.5.4.42", "1.2.840.113549.1.9.1"};
    const std::vector<std::string> parts = {"a",  "B", "ü", "株", " ",   "  ",  "\t", "\n", "\r",
                                            ",",  "+", "=", "\"", "<",   "<S>", ">",  "#",  ";",
                                            "\\", "'", "*", ".",  "CN=", "<I>", "/"};
    for (int i = 0; i < 3000; ++i) {
        x500_name name;
        for (auto rdns = 1 + dice() % 4; rdns > 0; --rdns) {
            name.rdns.emplace_back();
            for (auto attributes = 1 + dice() % 4 / 3; attributes > 0; --attributes) {
                name_attribute a{oids[dice() % oids.size()], {}};
                for (auto pieces = dice() % 5; pieces > 0; --pieces)
                    a.value += parts[dice() % parts.size()];
                name.rdns.back().push_back(std::move(a));
            }
        }
        const auto text = to_string(name);
        BOOST_TEST_REQUIRE((read(text) == name), text);
        BOOST_TEST_REQUIRE(to_string(read(text)) == text);
    }
}

BOOST_AUTO_TEST_CASE(noise_is_read_or_refused) {
    std::mt19937 dice(5280);
    const std::string_view letters = "CNOU=,+\"; <>.\\\n#x1";
    for (int i = 0; i < 5000; ++i) {
        std::string noise;
        for (auto n = dice() % 20; n > 0; --n)
            noise += letters[dice() % letters.size()];
        const auto name = parse_x500_name(noise);
        BOOST_TEST((static_cast<bool>(name) || !name.error.empty()));
        if (name)
            BOOST_TEST((read(to_string(*name)) == *name), noise);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(certificate_identifiers)

BOOST_AUTO_TEST_CASE(issuer_and_subject) {
    const std::string text = "<I>CN=GeoTrust TLS RSA CA G1, OU=www.digicert.com, O=DigiCert Inc, C=US"
                             "<S>CN=mail.varunagroup.de";
    const auto id = parse_certificate_identifier(text);
    BOOST_REQUIRE(id);
    BOOST_TEST(id->issuer == "CN=GeoTrust TLS RSA CA G1, OU=www.digicert.com, O=DigiCert Inc, C=US");
    BOOST_TEST(id->subject == "CN=mail.varunagroup.de");
    BOOST_TEST(to_string(*id) == text);
}

BOOST_AUTO_TEST_CASE(that_of_a_certificate_is_read_again) {
    const auto all = read_certificates(test::openssl_leaf);
    BOOST_REQUIRE(all);
    const auto& c = all->front();
    const auto id = parse_certificate_identifier("<I>" + c.issuer() + "<S>" + c.subject());
    BOOST_REQUIRE(id);
    BOOST_TEST((read(id->issuer) == c.fields().issuer));
    BOOST_TEST((read(id->subject) == c.fields().subject));
}

BOOST_AUTO_TEST_CASE(tags_in_any_case) {
    const auto id = parse_certificate_identifier("<i>CN=a<s>CN=b");
    BOOST_REQUIRE(id);
    BOOST_TEST(to_string(*id) == "<I>CN=a<S>CN=b");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_said) {
    const std::pair<const char*, const char*> table[] = {
        {"", "<I>"},
        {"CN=mail.contoso.com", "<I>"},
        {"<S>CN=b<I>CN=a", "<I>"},
        {"<I>CN=a", "<S>"},
        {"<I><S>", "<I>"},
        {"<I>CN=a<S>", "<S>"},
        {"<I><S>CN=b", "<I>"},
        {"<I>a<S>CN=b", "<I>"},
        {"<I>CN=a<S>b", "<S>"},
    };
    for (const auto& [text, tag] : table) {
        const auto id = parse_certificate_identifier(text);
        BOOST_TEST(!id, text);
        BOOST_TEST(id.error.find(tag) != std::string::npos, text << ": " << id.error);
    }
}

BOOST_AUTO_TEST_SUITE_END()

// RFC 5280 7.1, as far as names in practice need it.
BOOST_AUTO_TEST_SUITE(chaining_of_names)

BOOST_AUTO_TEST_CASE(case_and_blanks_do_not_count) {
    const auto name = read("CN=Contoso Root, O=Contoso Ltd, C=US");
    for (const char* same : {"CN=Contoso Root, O=Contoso Ltd, C=US", "CN=CONTOSO ROOT, O=contoso ltd, C=us",
                             "CN=\" Contoso  Root \", O=Contoso Ltd, C=US"}) {
        BOOST_TEST(chains_to(name, read(same)), same);
        BOOST_TEST(folded(name) == folded(read(same)), same);
    }
}

BOOST_AUTO_TEST_CASE(everything_else_does) {
    const auto name = read("CN=Contoso Root, O=Contoso Ltd, C=US");
    for (const char* other :
         {"CN=ContosoRoot, O=Contoso Ltd, C=US", "CN=Contoso Root, O=Contoso Ltd",
          "O=Contoso Ltd, CN=Contoso Root, C=US", "CN=Contoso Root, OU=Contoso Ltd, C=US",
          "CN=Contoso Root + O=Contoso Ltd, C=US", "CN=Contoso Root, O=Contoso Ltd, C=US, C=US",
          "CN=\"Contoso Root, O=Contoso Ltd\", C=US"}) {
        BOOST_TEST(!chains_to(name, read(other)), other);
        BOOST_TEST(folded(name) != folded(read(other)), other);
    }
}

BOOST_AUTO_TEST_CASE(an_rdn_is_a_set) {
    BOOST_TEST(chains_to(read("CN=a + OU=b"), read("OU=B + CN=A")));
    BOOST_TEST(!chains_to(read("CN=a + OU=b"), read("CN=b + OU=a")));
}

BOOST_AUTO_TEST_CASE(common_names_most_specific_first) {
    const auto name = read("CN=leaf, OU=x, CN=middle + CN=beside, C=DE");
    const std::vector<std::string> expected{"leaf", "middle", "beside"};
    BOOST_TEST(name.common_names() == expected, boost::test_tools::per_element());
    BOOST_TEST(read("O=x").common_names().empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
