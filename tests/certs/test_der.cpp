// The DER writer against OpenSSL's encoder.
#include "certs/der.hpp"
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

namespace connlab::certs {
namespace {

using test::at;
using test::hex;

template <class T, int (*Encode)(const T*, unsigned char**)>
std::string encoded(const T* value) {
    unsigned char* bytes = nullptr;
    const int size = Encode(value, &bytes);
    std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(der_writer)

BOOST_AUTO_TEST_CASE(integers_are_those_of_openssl) {
    for (const std::int64_t n :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{127}, std::int64_t{128}, std::int64_t{255},
          std::int64_t{256}, std::int64_t{32767}, std::int64_t{32768}, std::int64_t{-1}, std::int64_t{-128},
          std::int64_t{-129}, std::numeric_limits<std::int64_t>::max()}) {
        const std::unique_ptr<ASN1_INTEGER, freed_by<ASN1_INTEGER_free>> theirs(ASN1_INTEGER_new());
        ASN1_INTEGER_set_int64(theirs.get(), n);
        BOOST_TEST(hex(der::integer(n)) == hex((encoded<ASN1_INTEGER, i2d_ASN1_INTEGER>(theirs.get()))));
    }
}

BOOST_AUTO_TEST_CASE(unsigned_integers_never_look_negative) {
    BOOST_TEST(hex(der::unsigned_integer("\x80")) == "02020080");
    BOOST_TEST(hex(der::unsigned_integer(std::string("\0\0\x7f", 3))) == "02017F");
    BOOST_TEST(hex(der::unsigned_integer("")) == "020100");
}

BOOST_AUTO_TEST_CASE(object_identifiers_are_those_of_openssl) {
    for (const char* oid :
         {"1.2.840.113549.1.1.11", "2.5.4.3", "0.9.2342.19200300.100.1.25", "2.999.3", "1.39.127.128"}) {
        const std::unique_ptr<ASN1_OBJECT, freed_by<ASN1_OBJECT_free>> theirs(OBJ_txt2obj(oid, 1));
        BOOST_TEST(hex(der::object_identifier(oid)) ==
                   hex((encoded<ASN1_OBJECT, i2d_ASN1_OBJECT>(theirs.get()))));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_object_identifier_gives_nothing) {
    for (const char* text :
         {"", "1", "3.1", "1.40", "1..2", "1.2.", "a.b", "1.-2", "1.2.99999999999999999999"})
        BOOST_TEST(der::object_identifier(text).empty(), text);
}

BOOST_AUTO_TEST_CASE(times_are_those_of_openssl) {
    for (const char* text : {"1950-01-01", "1999-12-31T23:59:59Z", "2024-02-29T12:34:56Z",
                             "2049-12-31T23:59:59Z", "2050-01-01", "9999-12-31T23:59:59Z"}) {
        const std::unique_ptr<ASN1_TIME, freed_by<ASN1_TIME_free>> theirs(
            ASN1_TIME_set(nullptr, test::epoch_seconds(text)));
        BOOST_TEST(hex(der::time(at(text))) == hex((encoded<ASN1_TIME, i2d_ASN1_TIME>(theirs.get()))), text);
    }
}

BOOST_AUTO_TEST_CASE(milliseconds_are_cut_off) {
    BOOST_TEST(hex(der::time(at("2024-06-03T09:00:00.999Z"))) == hex(der::time(at("2024-06-03T09:00:00Z"))));
}

BOOST_AUTO_TEST_CASE(named_bits_leave_trailing_zeros_away) {
    BOOST_TEST(hex(der::named_bits(0x0005)) ==
               "030205A0"); // digitalSignature, keyEncipherment: `a0`, five unused
    BOOST_TEST(hex(der::named_bits(0x0060)) == "03020106");   // keyCertSign, cRLSign
    BOOST_TEST(hex(der::named_bits(0x0100)) == "0303070080"); // decipherOnly
    BOOST_TEST(hex(der::named_bits(0)) == "030100");
}

BOOST_AUTO_TEST_CASE(long_contents_have_long_lengths) {
    BOOST_TEST(hex(der::octet_string(std::string(127, 'x'))).substr(0, 4) == "047F");
    BOOST_TEST(hex(der::octet_string(std::string(128, 'x'))).substr(0, 6) == "048180");
    BOOST_TEST(hex(der::octet_string(std::string(256, 'x'))).substr(0, 8) == "04820100");
}

BOOST_AUTO_TEST_CASE(sets_are_in_the_order_of_their_bytes) {
    BOOST_TEST(hex(der::set_of({der::integer(2), der::integer(1)})) == "3106020101020102");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
