// The switches of the reference README: every row of its table, word by word.
#include "sim/exchange/behavior.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;
using namespace connlab::exchange;

namespace {

struct row {
    const char* name;
    std::vector<const char*> words; // the default first
};

const std::vector<row>& table() {
    static const std::vector<row> all{
        {"CleartextRetryAfterTlsFailure", {"ByProduct", "Never", "NextAttempt"}},
        {"StarttlsRefused", {"Clear", "Queue"}},
        {"CertificateOrder", {"NotBefore", "NotAfter"}},
        {"ExpiredPkiAgainstValidSelfSigned", {"ValidFirst", "PkiFirst"}},
        {"SmtpBindingFiltersSelection", {"false", "true"}},
        {"TlsCertificateNameComparison", {"TextIgnoringCase", "ParsedName"}},
        {"InternalCertificateMissing", {"NoAnonymousTls", "Ephemeral"}},
        {"RevocationOffline", {"Fail", "Ignore"}},
        {"NoDistributionPoint", {"Pass", "Fail"}},
        {"CapabilityCheckRevocation", {"Ignore", "Check"}},
        {"StaleCapabilityKey", {"Anonymous", "TemporaryError"}},                   // online sheet 3.3
        {"UntrustedServerCertificate", {"ValidationFailure", "StarttlsRequired"}}, // online sheet 6.3
        {"TlsDomainWildcardDepth", {"OneLabel", "AnyDepth", "AnyDepthAndApex"}},
        {"CnMatchesBesideSan", {"true", "false"}},
        {"ServerCertificateUsage", {"Check", "Ignore"}},
        {"ClientAuthEku", {"ByProduct", "Ignore", "Require"}},
        {"ValidationReasonSuffix", {"true", "false"}},
        {"LastErrorWrapper", {"ByVersion", "Primary440", "Target44395", "Bare"}},
        {"ProtocolLogCertificateStyle", {"ByVersion", "OneRow", "RowPerAttribute"}},
        {"DomainSecureRefusal", {"Refuse", "AcceptUnauthenticated"}},
        {"SenderCertificateNotAccepted", {"ByTenant", "FallBackToSender", "Refuse"}},
        {"SenderCertificateWildcardDepth", {"AnyDepthAndApex", "AnyDepth", "OneLabel"}}, // online sheet C5
        {"PartialChainReason", {"UntrustedRoot", "ChainIncomplete"}},
        {"DomainSecureWithoutClientCertificateRequest", {"Deliver", "Queue"}},
        // of the Schannel sheet, section 8 and 3.5
        {"SmtpNamesVersions", {"false", "true"}},
        {"SmtpTls13", {"false", "true"}},
        {"StrictMultiSz", {"false", "true"}},
        {"SetupSuiteList", {"PolicyKey", "LocalKey"}},
        {"Kb2973337", {"Installed", "Missing"}},
        {"ProtocolLogKeyExchange", {"ByVersion", "CALG_ECDHE", "CALG_ECDH_EPHEM"}},
        // of its sections 6.2 and 6.3
        {"CryptnetPrefetch", {"true", "false"}},
        {"FailedUrlsRemembered", {"false", "true"}},
        {"DownloadGoesOnAfterTimeout", {"false", "true"}},
    };
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_behavior)

BOOST_AUTO_TEST_CASE(every_switch_has_its_words_and_its_default) {
    BOOST_TEST(behavior_switches().size() == table().size());
    for (const auto& r : table()) {
        behavior b;
        BOOST_TEST(b.word(r.name) == r.words.front(), r.name);
        for (const auto* word : r.words) {
            BOOST_TEST(static_cast<bool>(b.set(r.name, word, {"x.yaml", 3, 5, 1})), r.name << " " << word);
            BOOST_TEST(b.is(r.name, word));
            BOOST_TEST(b.mark(r.name).line == 3);
        }
    }
    for (const auto& s : behavior_switches())
        BOOST_TEST(s.statement.back() == '.', s.name);
}

BOOST_AUTO_TEST_CASE(unknown_words_name_the_nearest) {
    behavior b;
    BOOST_TEST(b.set("RevocationOfline", "Ignore", {}).error ==
               "`RevocationOfline` is not a switch; did you mean `RevocationOffline`?");
    BOOST_TEST(b.set("RevocationOffline", "Ignor", {}).error ==
               "`Ignor` is not one of Fail, Ignore; did you mean `Ignore`?");
    BOOST_TEST(b.is("RevocationOffline", "Fail"));
    BOOST_TEST(!b.mark("RevocationOffline").known());
}

BOOST_AUTO_TEST_SUITE_END()
