#include "sim/base/domain_name.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab {

BOOST_AUTO_TEST_SUITE(domain_names)

BOOST_AUTO_TEST_CASE(labels_of_letters_digits_hyphen_underscore_are_a_name) {
    for (const auto* name : {"contoso.com", "MX.Contoso.COM", "localhost", "_sip._tls.contoso.com",
                             "3com.com", "xn--mnchen-3ya.de", "a-b.c"})
        BOOST_TEST(is_domain_name(name), name);
}

BOOST_AUTO_TEST_CASE(other_bytes_and_empty_labels_are_no_name) {
    for (const auto* name : {"", ".", "contoso.com.", ".contoso.com", "a..b", "*.contoso.com", "a b.com",
                             "münchen.de", "a/b", "mx.contoso.com:25", "a@b"})
        BOOST_TEST(!is_domain_name(name), name);
    BOOST_TEST(!is_domain_name(std::string_view("a\0b", 3)));
}

BOOST_AUTO_TEST_CASE(lengths_of_rfc_1035_hold) {
    const std::string label(63, 'a');
    BOOST_TEST(is_domain_name(label + ".com"));
    BOOST_TEST(!is_domain_name(label + "a.com"));
    const auto name = label + '.' + label + '.' + label + '.' + std::string(61, 'b'); // 253 bytes
    BOOST_TEST(is_domain_name(name));
    BOOST_TEST(!is_domain_name(name + 'b'));
}

BOOST_AUTO_TEST_CASE(a_wildcard_is_one_leading_label) {
    BOOST_TEST(is_wildcard_name("*.contoso.com"));
    for (const auto* name : {"*", "*.", "*contoso.com", "domain.*.contoso.com", "*.*.contoso.com",
                             "w*.contoso.com", "contoso.com", "*.contoso.com."})
        BOOST_TEST(!is_wildcard_name(name), name);
}

BOOST_AUTO_TEST_CASE(case_and_one_trailing_dot_do_not_distinguish_domains) {
    BOOST_TEST(same_domain("Contoso.com", "contoso.COM."));
    BOOST_TEST(!same_domain("contoso.com..", "contoso.com"));
    BOOST_TEST(!same_domain("contoso.com", "contoso.co"));
}

// "Digital certificates and encryption in Exchange Server": mail.contoso.com yes, the rest no.
BOOST_AUTO_TEST_CASE(a_wildcard_covers_exactly_one_label) {
    BOOST_TEST(covers("*.contoso.com", "mail.contoso.com"));
    BOOST_TEST(covers("*.Contoso.com", "MAIL.contoso.COM"));
    BOOST_TEST(covers("*.contoso.com", "mail.contoso.com."));
    BOOST_TEST(!covers("*.contoso.com", "contoso.com"));
    BOOST_TEST(!covers("*.contoso.com", "a.b.contoso.com"));
    BOOST_TEST(!covers("*.contoso.com", ".contoso.com"));
    BOOST_TEST(!covers("*.contoso.com", "mail.fabrikam.com"));
    BOOST_TEST(!covers("*.contoso.com", "mailcontoso.com"));
}

BOOST_AUTO_TEST_CASE(a_name_without_a_leading_wildcard_covers_itself_alone) {
    BOOST_TEST(covers("mail.contoso.com", "Mail.Contoso.com"));
    BOOST_TEST(!covers("mail.contoso.com", "a.mail.contoso.com"));
    BOOST_TEST(!covers("contoso.com", "mail.contoso.com"));
    BOOST_TEST(!covers("w*.contoso.com", "www.contoso.com")); // partial wildcards match nothing
    BOOST_TEST(!covers("*", "contoso"));
    BOOST_TEST(!covers("", "contoso.com"));
}

BOOST_AUTO_TEST_CASE(a_subdomain_lies_below_at_any_depth) {
    BOOST_TEST(is_subdomain("a.b.contoso.com", "contoso.com"));
    BOOST_TEST(is_subdomain("Mail.Contoso.com.", "contoso.com"));
    BOOST_TEST(!is_subdomain("contoso.com", "contoso.com"));
    BOOST_TEST(!is_subdomain("notcontoso.com", "contoso.com"));
    BOOST_TEST(!is_subdomain(".contoso.com", "contoso.com"));
    BOOST_TEST(!is_subdomain("a.contoso.com", ""));
}

BOOST_AUTO_TEST_CASE(the_mail_domain_is_what_follows_the_last_at) {
    BOOST_TEST(mail_domain("bob@Contoso.COM") == "contoso.com");
    BOOST_TEST(mail_domain("<bob@contoso.com>") == "contoso.com");
    BOOST_TEST(mail_domain("\"a@b\"@contoso.com") == "contoso.com");
    BOOST_TEST(mail_domain("<>").empty());
    BOOST_TEST(mail_domain("postmaster").empty());
    BOOST_TEST(mail_domain("\"a@b\"").empty());
    BOOST_TEST(mail_domain("bob@").empty());
    BOOST_TEST(mail_domain("").empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
