#include "sim/trace/certificate_view.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace connlab::trace {

namespace {

// Made with `openssl req -x509`; the expected values are what `openssl x509
// -text -serial -fingerprint -sha1` prints of them.
constexpr auto contoso = R"(-----BEGIN CERTIFICATE-----
MIIDfTCCAmWgAwIBAgIDSgDxMA0GCSqGSIb3DQEBCwUAMDoxCzAJBgNVBAYTAkRF
MRAwDgYDVQQKDAdDb250b3NvMRkwFwYDVQQDDBBtYWlsLmNvbnRvc28uY29tMB4X
DTI2MTEyMzE3NDAwMVoXDTM2MTEyMDE3NDAwMVowOjELMAkGA1UEBhMCREUxEDAO
BgNVBAoMB0NvbnRvc28xGTAXBgNVBAMMEG1haWwuY29udG9zby5jb20wggEiMA0G
CSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDkA5YZlGGEoyJahOP5iA1emYPCR9hJ
QCteNglcrZ4UjH2LcO9+F92ajXx/j/+wdLWKJy5LV0o2WG75xRiHXO9cr1xyRV1o
wRe3UZdqTcp4Zjfqz8UE/bYyxzSTn/blkHKYwYFIB8UcjMt4BqKzhR4exUfnZOkF
curjdQkLqhnQSDF3lRxt6lvVHxQ2Jyr5Obe30irs7fddJV073Z+IdSOsrDbTbOiG
zMd2Jlpxie+4cwLxwECOyd4XQ8hhq7R1vM1zomyySKqpNCqqnDZx6nxbnCVcErrS
ekRJQY5WvvFSi0MKFok6vJtR9PyE2EGHTVBFdk8B+dkCgAaPFxAA8pvdAgMBAAGj
gYswgYgwHQYDVR0OBBYEFPtkD0Yi8p6q8yO4CYr+O0JUMFg+MB8GA1UdIwQYMBaA
FPtkD0Yi8p6q8yO4CYr+O0JUMFg+MA8GA1UdEwEB/wQFMAMBAf8wNQYDVR0RBC4w
LIIQbWFpbC5jb250b3NvLmNvbYIYYXV0b2Rpc2NvdmVyLmNvbnRvc28uY29tMA0G
CSqGSIb3DQEBCwUAA4IBAQDi1AjmvwrCXDaTvIixPaMB0XR3grUC1m8FRtF9FPj0
CgY3Ud9nCtxRmx+Yi0p3U/bGZ+Uk7PZcWYKRKxQv7a9qPvjAJna04s0cOG+55FHI
ZKwv6nSwDNJiWzOHfptdVT3cz8BFRQ21DtSDFzGZJ5geltRp0Bb3y41tkKq6akFa
0xnQt1DBJMKCvRc1M9J1rMxDSVIJmhAsB5lB0Qrc2iV4vEx4TrarSYIefwRGe1e/
gwKEc933qm+GGhlCgpjaBkyEEOmbyRewSFcOWITMK8Hlot5h3cAbJ8/7VsE5DsiV
DFvLY6GZvB34uf9SbbJQnwTeDBK84gogzpXwONqzQ3/j
-----END CERTIFICATE-----
)";

constexpr auto lab_person = R"(-----BEGIN CERTIFICATE-----
MIIBbTCCARKgAwIBAgIBezAKBggqhkjOPQQDAzAVMRMwEQYDVQQDDApMYWIgUGVy
c29uMB4XDTI2MTEyMzE3NDAwMVoXDTM2MTEyMDE3NDAwMVowFTETMBEGA1UEAwwK
TGFiIFBlcnNvbjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABP55t9SXulpMA8gr
iVPYE4NX6kNl6gwxshVF0GY+ZWcjrcpziaiSJgeiZAT/GPApgqcgbAlHgasLX+Yi
1ir1cxKjUzBRMB0GA1UdDgQWBBSIiuJhDPBHv5RrxnSRoDubrKwfoTAfBgNVHSME
GDAWgBSIiuJhDPBHv5RrxnSRoDubrKwfoTAPBgNVHRMBAf8EBTADAQH/MAoGCCqG
SM49BAMDA0kAMEYCIQCWWuIgVf2H4QtCscT8gbIBE9fwEAXqvqf4Ga5v31z8mgIh
AOk2PPHfl2Cr9m0rUjmiUoA3taIlafDyxCKXlnvVdGg8
-----END CERTIFICATE-----
)";

certificate_view seen(const char* pem) {
    const auto read = certs::read_certificates(pem);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return view_of(read->at(0));
}

} // namespace

BOOST_AUTO_TEST_SUITE(certificate_views)

BOOST_AUTO_TEST_CASE(an_rsa_certificate_is_shown_in_windows_words) {
    const auto v = seen(contoso);
    BOOST_TEST(v.subject == "CN=mail.contoso.com, O=Contoso, C=DE");
    BOOST_TEST(v.issuer == v.subject);
    BOOST_TEST(v.serial == "4A00F1");
    BOOST_TEST(v.thumbprint == "EC4249C850D58B9EC3235546E8633AFF59A2C561");
    BOOST_TEST(format_instant(v.not_before) == "2026-11-23T17:40:01Z");
    BOOST_TEST(format_instant(v.not_after) == "2036-11-20T17:40:01Z");
    BOOST_TEST(v.names == (std::vector<std::string>{"mail.contoso.com", "autodiscover.contoso.com"}),
               boost::test_tools::per_element());
    BOOST_TEST(v.key == "RSA 2048");
    BOOST_TEST(v.signature == "sha256RSA");
}

BOOST_AUTO_TEST_CASE(a_common_name_that_is_no_host_is_not_among_the_names) {
    const auto v = seen(lab_person);
    BOOST_TEST(v.subject == "CN=Lab Person");
    BOOST_TEST(v.names.empty());
    BOOST_TEST(v.serial == "7B");
    BOOST_TEST(v.thumbprint == "9A820656FFB79FA33F261CA1E0FCB52549DDBAC2");
    BOOST_TEST(v.key == "EC P-256");
    BOOST_TEST(v.signature == "sha384ECDSA");
}

BOOST_AUTO_TEST_CASE(no_certificate_is_an_empty_view) {
    BOOST_TEST((view_of(certs::certificate{}) == certificate_view{}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::trace
