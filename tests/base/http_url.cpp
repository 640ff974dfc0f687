// http URLs as certificates name them.
#include "sim/base/http_url.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;

BOOST_AUTO_TEST_SUITE(http_urls)

BOOST_AUTO_TEST_CASE(host_port_and_target_are_told_apart) {
    const auto whole = parse_http_url("http://crl.pki.test:8080/a%20b.crl?x=1#part");
    BOOST_TEST(whole->host == "crl.pki.test");
    BOOST_TEST(whole->port == 8080);
    BOOST_TEST(whole->target == "/a%20b.crl?x=1");
    BOOST_TEST(authority_of(*whole) == "crl.pki.test:8080");
    const auto bare = parse_http_url("HTTP://ocsp.pki.test");
    BOOST_TEST(bare->port == 80);
    BOOST_TEST(bare->target == "/");
    BOOST_TEST(authority_of(*bare) == "ocsp.pki.test");
    BOOST_TEST(parse_http_url("http://a?q")->target == "/?q");
}

BOOST_AUTO_TEST_CASE(what_is_none_is_refused) {
    for (const auto* text :
         {"", "crl.pki.test/x.crl", "https://a/", "ldap:///CN=x", "http:a", "http://", "http:///x",
          "http://a:0/", "http://a:x/", "http://a:70000/", "http://u@a/", "http://a/b c", "http://a/\n"})
        BOOST_TEST(!parse_http_url(text), text);
}

BOOST_AUTO_TEST_CASE(the_scheme_stands_before_the_first_colon) {
    BOOST_TEST(url_scheme("LDAP:///CN=a") == "ldap");
    BOOST_TEST(url_scheme("file://\\\\server\\x.crl") == "file");
    BOOST_TEST(url_scheme("/a:b").empty());
    BOOST_TEST(url_scheme("nothing").empty());
}

BOOST_AUTO_TEST_SUITE_END()
