// Revocation as a table: what is published, and the status bits that come of it (Schannel sheet 6.1 to 6.4).
#include "tests/chain/published.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace connlab::chain {
namespace {

using test::at;
using test::browse;
using test::crl_of;
using test::crl_revoking;
using test::crl_url;
using test::decoded;
using test::delta_url;
using test::entry_for;
using test::ocsp_url;
using test::other_crl_url;
using test::response_of;
using test::small_pki;
using reason = certs::revocation_reason;

constexpr std::uint32_t unknown = revocation_status_unknown;
constexpr std::uint32_t offline = revocation_status_unknown | is_offline_revocation;

/// The CA of these rows publishes its own list where nobody needs it: the issuing CA is not asked about, so
/// that the bits are the leaf's alone.
void end_certificate_only(question& q) {
    q.revocation.scope = revocation_scope::end_certificate;
}

struct row {
    const char* name;
    std::function<void(test::recipes&)> spoil;
    std::function<test::web(const small_pki&)> pages;
    std::function<void(const small_pki&, question&, store&)> ask;
    std::uint32_t bits; // of mx
    const char* policy;
    const char* rule;
};

void with_crl(test::recipes& r) {
    r.mx.crl_urls = {crl_url};
}
void with_two_urls(test::recipes& r) {
    r.mx.crl_urls = {crl_url, other_crl_url};
}
void with_ocsp(test::recipes& r) {
    r.mx.ocsp_urls = {ocsp_url};
}
void with_both(test::recipes& r) {
    r.mx.crl_urls = {crl_url};
    r.mx.ocsp_urls = {ocsp_url};
}
void with_signer(test::recipes& r) {
    with_ocsp(r);
    r.others = {certs::ocsp_signer("signer", "issuing", test::common_name("ocsp"), at("2024-01-01"),
                                   at("2024-12-01"))};
}

constexpr const char* revoked_error = "CRYPT_E_REVOKED";
constexpr const char* offline_error = "CRYPT_E_REVOCATION_OFFLINE";
constexpr const char* unchecked_error = "CRYPT_E_NO_REVOCATION_CHECK";

/// What the leaf's distribution point gives.
auto page(const test::crl_change& change) {
    return [change](const small_pki& w) { return test::web{{crl_url, crl_of(w, "issuing", change)}}; };
}
/// What its responder gives.
auto response(const std::string& signer, const test::ocsp_change& change) {
    return [signer, change](const small_pki& w) {
        return test::web{{ocsp_url, response_of(w, signer, change)}};
    };
}
test::crl_change scoped(const std::function<void(certs::issuing_distribution_point&)>& change) {
    return [change](certs::crl_recipe& r) { change(r.distribution_point.emplace()); };
}

std::vector<row> result_rows() {
    const auto nothing = [](const small_pki&) { return test::web{}; };
    return {
        {"a list that does not name it", with_crl, page({}), {}, 0, "", "chain.verdict.trusted"},
        {"a list that names it",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_revoking(w)}};
         },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"key compromise",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_revoking(w, reason::key_compromise)}};
         },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"on hold",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_revoking(w, reason::certificate_hold)}};
         },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"taken back in a complete list",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_revoking(w, reason::remove_from_crl)}};
         },
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"another serial number",
         with_crl,
         page([](auto& r) {
             r.revoked = {{"4A", r.this_update, {}}};
         }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"no distribution point",
         [](auto&) {},
         nothing,
         {},
         unknown,
         unchecked_error,
         "chain.revocation.no-distribution-point"},
        {"not reached", with_crl, nothing, {}, offline, offline_error, "chain.revocation.offline"},
        {"neither of two reached",
         with_two_urls,
         nothing,
         {},
         offline,
         offline_error,
         "chain.revocation.offline"},
        {"the second of two",
         with_two_urls,
         [](const auto& w) {
             return test::web{{other_crl_url, crl_revoking(w)}};
         },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"the directory of a forest it is not in",
         [](auto& r) { r.mx.crl_urls = {"ldap:///CN=issuing,CN=CDP"}; },
         nothing,
         {},
         offline,
         offline_error,
         "chain.revocation.offline"},
        {"stale",
         with_crl,
         page([](auto& r) { r.next_update = at("2024-06-02"); }),
         {},
         offline,
         offline_error,
         "chain.revocation.stale"},
        {"stale, and names it",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w, "issuing", [&](auto& r) {
                                   r.next_update = at("2024-06-02");
                                   r.revoked = {entry_for(w, "mx")};
                               })}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.stale"},
        {"the last second of nextUpdate",
         with_crl,
         page([](auto& r) { r.next_update = at("2024-06-03"); }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"no nextUpdate, years later",
         with_crl,
         page([](auto& r) {
             r.this_update = at("2020-01-01");
             r.next_update.reset();
         }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"not yet valid",
         with_crl,
         page([](auto& r) { r.this_update = at("2024-06-04"); }),
         {},
         offline,
         offline_error,
         "chain.revocation.not-yet-valid"},
        {"an error page",
         with_crl,
         [](const auto&) {
             return test::web{{crl_url, "<html>404 Not Found</html>"}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.wrong-content"},
        {"nothing at all",
         with_crl,
         [](const auto&) {
             return test::web{{crl_url, ""}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.wrong-content"},
        {"cut off",
         with_crl,
         [](const auto& w) {
             const auto whole = crl_of(w);
             return test::web{{crl_url, whole.substr(0, whole.size() / 2)}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.wrong-content"},
        {"too long",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w) + std::string(certs::crl::largest, ' ')}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.wrong-content"},
        {"an https URL",
         [](auto& r) { r.mx.crl_urls = {"https://pki.example/issuing.crl"}; },
         nothing,
         {},
         offline,
         offline_error,
         "chain.revocation.https"},
        {"an https URL, then an http one",
         [](auto& r) {
             r.mx.crl_urls = {"https://pki.example/issuing.crl", crl_url};
         },
         page({}),
         {},
         0,
         "",
         "chain.verdict.trusted"},
    };
}

std::vector<row> list_rows() {
    return {
        {"a false signature",
         with_crl,
         page([](auto& r) { r.corrupt_signature = true; }),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.signer"},
        {"another CA's list",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w, "root")}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.crl.signer"},
        {"a list of the CA's other key",
         [](auto& r) {
             with_crl(r);
             r.others = {certs::intermediate_ca("renewed", "root", test::common_name("issuing"),
                                                at("2024-01-01"), at("2034-01-01"))};
         },
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w, "renewed")}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.crl.signer"},
        {"a list of the CA renewed with its key",
         [](auto& r) {
             with_crl(r);
             r.others = {r.twin("renewed", "root")};
         },
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w, "renewed")}};
         },
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"a CA that may not sign lists",
         [](auto& r) {
             with_crl(r);
             r.issuing.key_usage = std::uint16_t{certs::key_cert_sign};
         },
         page({}),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.key-usage"},
        {"a CA without key usage",
         [](auto& r) {
             with_crl(r);
             r.issuing.key_usage.reset();
         },
         page({}),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"indirect",
         with_crl,
         page(scoped([](auto& p) { p.indirect = true; })),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.indirect"},
        {"some reasons",
         with_crl,
         page(scoped([](auto& p) { p.only_some_reasons = true; })),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.reasons"},
        {"user certificates only",
         with_crl,
         page(scoped([](auto& p) { p.only_user_certificates = true; })),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"CA certificates only",
         with_crl,
         page(scoped([](auto& p) { p.only_ca_certificates = true; })),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.scope"},
        {"attribute certificates only",
         with_crl,
         page(scoped([](auto& p) { p.only_attribute_certificates = true; })),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.scope"},
        {"its own distribution point",
         with_crl,
         page(scoped([](auto& p) { p.urls = {crl_url}; })),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"its own distribution point in capitals",
         with_crl,
         page(scoped([](auto& p) { p.urls = {"HTTP://PKI.EXAMPLE/ISSUING.CRL"}; })),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"one of two distribution points",
         with_two_urls,
         page(scoped([](auto& p) {
             p.urls = {"http://elsewhere.example", other_crl_url};
         })),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"another distribution point",
         with_crl,
         page(scoped([](auto& p) { p.urls = {other_crl_url}; })),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.distribution-point"},
        {"an unknown critical extension",
         with_crl,
         page([](auto& r) { r.unknown_critical_extension = test::private_extension; }),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.critical-extension"},
        {"no number", with_crl, page([](auto& r) { r.number.reset(); }), {}, 0, "", "chain.verdict.trusted"},
        {"a time of the next publication",
         with_crl,
         page([](auto& r) { r.next_publish = at("2024-06-05"); }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"signed with SHA-1",
         with_crl,
         page([](auto& r) { r.hash = "SHA1"; }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"of an ECDSA CA",
         [](auto& r) {
             with_crl(r);
             r.issuing.key = {certs::key_kind::ec, 256, "", false};
         },
         page({}),
         {},
         0,
         "",
         "chain.verdict.trusted"},
    };
}

/// The complete list is number 7; `change` makes the delta to it.
auto delta_pages(const test::crl_change& complete, const test::crl_change& delta) {
    return [=](const small_pki& w) {
        return test::web{{crl_url, crl_of(w, "issuing",
                                          [&](auto& r) {
                                              r.delta_urls = {delta_url};
                                              if (complete)
                                                  complete(r);
                                          })},
                         {delta_url, crl_of(w, "issuing", [&](auto& r) {
                              r.number = 8;
                              r.base_number = 7;
                              if (delta)
                                  delta(r);
                          })}};
    };
}

std::vector<row> delta_rows() {
    const auto listing = [](const small_pki& w, std::optional<reason> why) {
        return [&w, why](certs::crl_recipe& r) { r.revoked = {entry_for(w, "mx", why)}; };
    };
    return {
        {"a delta that adds nothing", with_crl, delta_pages({}, {}), {}, 0, "", "chain.verdict.trusted"},
        {"a delta that revokes",
         with_crl,
         [=](const auto& w) { return delta_pages({}, listing(w, std::nullopt))(w); },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"a delta that takes a hold back",
         with_crl,
         [=](const auto& w) {
             return delta_pages(listing(w, reason::certificate_hold), listing(w, reason::remove_from_crl))(w);
         },
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"a delta that cannot be had",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w, "issuing", [](auto& r) { r.delta_urls = {delta_url}; })}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a stale delta",
         with_crl,
         delta_pages({}, [](auto& r) { r.next_update = at("2024-06-02"); }),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a delta to a later list",
         with_crl,
         delta_pages({}, [](auto& r) { r.base_number = 8; }),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a delta older than the list",
         with_crl,
         delta_pages({},
                     [](auto& r) {
                         r.number = 6;
                         r.base_number = 5;
                     }),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a delta to a list without number",
         with_crl,
         delta_pages([](auto& r) { r.number.reset(); }, {}),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a delta of another scope",
         with_crl,
         delta_pages({}, scoped([](auto& p) { p.only_user_certificates = true; })),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a revoked one needs no delta",
         with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_of(w, "issuing", [&](auto& r) {
                                   r.delta_urls = {delta_url};
                                   r.revoked = {entry_for(w, "mx", reason::superseded)};
                               })}};
         },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"a delta alone",
         with_crl,
         page([](auto& r) { r.base_number = 6; }),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta"},
        {"a delta that the certificate names",
         [](auto& r) {
             with_crl(r);
             r.mx.delta_crl_urls = {delta_url};
         },
         page({}),
         {},
         offline,
         offline_error,
         "chain.revocation.crl.delta-offline"},
        {"a delta in the CA store", with_crl, page({}),
         [](const auto& w, auto&, auto& stores) {
             stores.crls = {decoded(crl_of(w, "issuing", [&](auto& r) {
                 r.number = 8;
                 r.base_number = 7;
                 r.revoked = {entry_for(w, "mx")};
             }))};
         },
         is_revoked, revoked_error, "chain.revocation.revoked"},
    };
}

std::vector<row> responder_rows() {
    using status = certs::ocsp_certificate_status;
    const auto says = [](status s) { return [s](certs::ocsp_recipe& r) { r.answers.front().status = s; }; };
    const auto nothing = [](const small_pki&) { return test::web{}; };
    return {
        {"good", with_ocsp, response("issuing", {}), {}, 0, "", "chain.verdict.trusted"},
        {"good, the responder named",
         with_ocsp,
         response("issuing", [](auto& r) { r.by_name = true; }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"revoked",
         with_ocsp,
         response("issuing", says(status::revoked)),
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"not known",
         with_ocsp,
         response("issuing", says(status::unknown)),
         {},
         unknown,
         unchecked_error,
         "chain.revocation.ocsp.unknown"},
        {"not known, the list not reached",
         with_both,
         response("issuing", says(status::unknown)),
         {},
         offline,
         offline_error,
         "chain.revocation.offline"},
        {"no responder", with_ocsp, nothing, {}, offline, offline_error, "chain.revocation.offline"},
        {"no responder, but a list", with_both, page({}), {}, 0, "", "chain.verdict.trusted"},
        {"tryLater",
         with_ocsp,
         response("issuing", [](auto& r) { r.status = certs::ocsp_status::try_later; }),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.refused"},
        {"unauthorized, but a list that revokes",
         with_both,
         [](const auto& w) {
             return test::web{
                 {ocsp_url,
                  response_of(w, "issuing", [](auto& r) { r.status = certs::ocsp_status::unauthorized; })},
                 {crl_url, crl_revoking(w)}};
         },
         {},
         is_revoked,
         revoked_error,
         "chain.revocation.revoked"},
        {"an error page",
         with_ocsp,
         [](const auto&) {
             return test::web{{ocsp_url, "<html>"}};
         },
         {},
         offline,
         offline_error,
         "chain.revocation.wrong-content"},
        {"of another certificate",
         with_ocsp,
         response("issuing", [](auto& r) { r.answers.front().id.serial = "4A"; }),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.other-certificate"},
        {"a false signature",
         with_ocsp,
         response("issuing", [](auto& r) { r.corrupt_signature = true; }),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.signer"},
        {"signed by the CA above",
         with_ocsp,
         response("root", {}),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.signer"},
        {"a delegated signer", with_signer, response("signer", {}), {}, 0, "", "chain.verdict.trusted"},
        {"a delegated signer with an ECDSA key",
         [](auto& r) {
             with_signer(r);
             r.others.front().key = {certs::key_kind::ec, 384, "", false};
         },
         response("signer", [](auto& r) { r.hash = "SHA384"; }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"a delegated signer that does not come along",
         with_signer,
         response("signer", [](auto& r) { r.with_certificate = false; }),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.signer"},
        {"a delegated signer without the usage",
         [](auto& r) {
             with_signer(r);
             r.others.front().extended_key_usage = test::usages({certs::eku_server_auth});
         },
         response("signer", {}),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.signer"},
        {"an expired delegated signer",
         [](auto& r) {
             with_signer(r);
             r.others.front().not_after = at("2024-06-01");
         },
         response("signer", {}),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.signer"},
        {"a delegated signer of another CA",
         [](auto& r) {
             with_signer(r);
             r.others.front().issuer = "root";
         },
         response("signer", {}),
         {},
         offline,
         offline_error,
         "chain.revocation.ocsp.signer"},
        {"stale",
         with_ocsp,
         response("issuing", [](auto& r) { r.answers.front().next_update = at("2024-06-02"); }),
         {},
         offline,
         offline_error,
         "chain.revocation.stale"},
        {"not yet valid",
         with_ocsp,
         response("issuing", [](auto& r) { r.answers.front().this_update = at("2024-06-04"); }),
         {},
         offline,
         offline_error,
         "chain.revocation.not-yet-valid"},
        {"no nextUpdate",
         with_ocsp,
         response("issuing", [](auto& r) { r.answers.front().next_update.reset(); }),
         {},
         0,
         "",
         "chain.verdict.trusted"},
        {"stapled: revoked", with_ocsp, response("issuing", {}),
         [=](const auto& w, auto& q, auto&) {
             q.stapled_response = response_of(w, "issuing", says(status::revoked));
         },
         is_revoked, revoked_error, "chain.revocation.revoked"},
        {"stapled: good, the responder not reached", with_ocsp, nothing,
         [](const auto& w, auto& q, auto&) { q.stapled_response = response_of(w); }, 0, "",
         "chain.verdict.trusted"},
        {"stapled: stale, then the responder", with_ocsp, response("issuing", says(status::revoked)),
         [](const auto& w, auto& q, auto&) {
             q.stapled_response =
                 response_of(w, "issuing", [](auto& r) { r.answers.front().next_update = at("2024-06-02"); });
         },
         is_revoked, revoked_error, "chain.revocation.revoked"},
        {"stapled, and no responder is named", [](auto&) {}, nothing,
         [](const auto& w, auto& q, auto&) { q.stapled_response = response_of(w); }, 0, "",
         "chain.verdict.trusted"},
    };
}

std::vector<row> extent_rows() {
    const auto nothing = [](const small_pki&) { return test::web{}; };
    return {
        {"a list in the CA store", [](auto&) {}, nothing,
         [](const auto& w, auto&, auto& stores) { stores.crls = {decoded(crl_revoking(w))}; }, is_revoked,
         revoked_error, "chain.revocation.revoked"},
        {"a list in the CA store goes before the network", with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_revoking(w)}};
         },
         [](const auto& w, auto&, auto& stores) { stores.crls = {decoded(crl_of(w))}; }, 0, "",
         "chain.verdict.trusted"},
        {"a stale list in the CA store, nothing named", [](auto&) {}, nothing,
         [](const auto& w, auto&, auto& stores) {
             stores.crls = {decoded(crl_of(w, "issuing", [](auto& r) { r.next_update = at("2024-06-02"); }))};
         },
         offline, offline_error, "chain.revocation.stale"},
        {"another CA's list in the CA store", [](auto&) {}, nothing,
         [](const auto& w, auto&, auto& stores) { stores.crls = {decoded(crl_of(w, "root"))}; }, unknown,
         unchecked_error, "chain.revocation.no-distribution-point"},
        {"two lists, the first useless", [](auto&) {}, nothing,
         [](const auto& w, auto&, auto& stores) {
             stores.crls = {decoded(crl_of(w, "issuing", [](auto& r) { r.corrupt_signature = true; })),
                            decoded(crl_of(w))};
         },
         0, "", "chain.verdict.trusted"},
        {"cache only, nothing cached", with_crl, page({}),
         [](const auto&, auto& q, auto&) { q.revocation.cache_only = true; }, unknown, unchecked_error,
         "chain.revocation.cache-only"},
        {"not looked at", with_crl, nothing,
         [](const auto&, auto& q, auto&) { q.revocation.scope = revocation_scope::none; }, 0, "",
         "chain.verdict.trusted"},
        {"an unknown status is ignored", [](auto&) {}, nothing,
         [](const auto&, auto& q, auto&) { q.revocation.ignore_end_unknown = true; }, unknown, "",
         "chain.verdict.trusted"},
        {"an offline status is ignored", with_crl, nothing,
         [](const auto&, auto& q, auto&) { q.revocation.ignore_end_unknown = true; }, offline, "",
         "chain.verdict.trusted"},
        {"revoked is never ignored", with_crl,
         [](const auto& w) {
             return test::web{{crl_url, crl_revoking(w)}};
         },
         [](const auto&, auto& q, auto&) { q.revocation.ignore_end_unknown = true; }, is_revoked,
         revoked_error, "chain.revocation.revoked"},
        {"the verification time does not move revocation", with_crl, page({}),
         [](const auto&, auto& q, auto&) { q.now = at("2024-07-01"); }, offline, offline_error,
         "chain.revocation.stale"},
    };
}

bool stands_in_the_catalogue(const std::string& id) {
    return std::any_of(rules().begin(), rules().end(), [&](const trace::rule& r) { return r.id == id; });
}

void check(const row& r) {
    BOOST_TEST_CONTEXT(r.name) {
        const auto w = test::spoiled(r.spoil);
        const auto found = browse(w, r.pages(w), [&](question& q, store& stores) {
            end_certificate_only(q);
            if (r.ask)
                r.ask(w, q, stores);
        });
        const auto& v = found.decided.value;
        test::check_elements(v, {.mx = r.bits});
        test::check_policy(v, r.policy);
        BOOST_TEST(found.decided.why.rule == r.rule);
        BOOST_TEST(stands_in_the_catalogue(r.rule));
        for (const auto& id : found.decided.why.assumed)
            BOOST_TEST(stands_in_the_catalogue(id), id);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(revocation)

BOOST_AUTO_TEST_CASE(what_is_published_makes_the_status_bits) {
    for (const auto& rows : {result_rows(), list_rows(), delta_rows(), responder_rows(), extent_rows()})
        for (const auto& r : rows)
            check(r);
}

// ---- the order of the sources ----

using urls = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(responders_go_before_lists_and_lists_in_the_order_of_the_certificate) {
    const auto w = test::spoiled([](auto& r) {
        with_two_urls(r);
        r.mx.ocsp_urls = {ocsp_url, "http://ocsp2.example"};
    });
    const auto found = browse(w, {}, [](auto& q, auto&) { end_certificate_only(q); });
    BOOST_TEST(found.asked == (urls{ocsp_url, "http://ocsp2.example", crl_url, other_crl_url}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_settles_it_ends_the_questions) {
    const auto w = test::spoiled(with_both);
    const auto found =
        browse(w, {{ocsp_url, response_of(w)}}, [](auto& q, auto&) { end_certificate_only(q); });
    BOOST_TEST(found.asked == urls{ocsp_url}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_root_side_is_asked_first_and_the_root_not_at_all) {
    const auto w = test::spoiled([](auto& r) {
        with_crl(r);
        r.issuing.crl_urls = {"http://pki.example/root.crl"};
        r.root.crl_urls = {"http://pki.example/roots.crl"};
    });
    const auto found = browse(w, {});
    BOOST_TEST(found.asked == (urls{"http://pki.example/root.crl", crl_url}),
               boost::test_tools::per_element());
    test::check_elements(found.decided.value, {.mx = offline, .issuing = offline});
}

BOOST_AUTO_TEST_CASE(the_whole_chain_asks_about_a_root_that_says_where) {
    const auto w = test::spoiled([](auto& r) { r.root.crl_urls = {"http://pki.example/roots.crl"}; });
    const auto found = browse(w, {}, [](auto& q, auto&) { q.revocation.scope = revocation_scope::chain; });
    BOOST_TEST(found.asked == urls{"http://pki.example/roots.crl"}, boost::test_tools::per_element());
    test::check_elements(found.decided.value, {.mx = unknown, .issuing = unknown, .root = offline});
}

BOOST_AUTO_TEST_CASE(a_stale_list_of_the_root_is_the_intermediates_error) {
    const auto w = test::spoiled([](auto& r) {
        with_crl(r);
        r.issuing.crl_urls = {other_crl_url};
    });
    const auto found =
        browse(w, {{other_crl_url, crl_of(w, "root", [](auto& r) { r.next_update = at("2024-06-02"); })},
                   {crl_url, crl_of(w)}});
    test::check_elements(found.decided.value, {.issuing = offline});
    BOOST_TEST(found.decided.value.elements[1].note.find("stale since 2024-06-02") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_revoked_intermediate_is_told_apart_from_its_leaf) {
    const auto w = test::spoiled([](auto& r) {
        with_crl(r);
        r.issuing.crl_urls = {other_crl_url};
    });
    const auto found = browse(
        w, {{other_crl_url, crl_of(w, "root", [&](auto& r) { r.revoked = {entry_for(w, "issuing")}; })},
            {crl_url, crl_of(w)}});
    test::check_elements(found.decided.value, {.issuing = is_revoked});
    test::check_policy(found.decided.value, revoked_error);
}

BOOST_AUTO_TEST_CASE(an_untrusted_path_is_not_asked_about) {
    const auto w = test::spoiled(with_crl);
    for (const auto& roots : {urls{}, urls{"root"}}) {
        const auto found = browse(
            w, {}, {}, {.roots = {}, .presented = roots.empty() ? urls{"issuing"} : urls{"issuing", "root"}});
        BOOST_TEST(found.asked.empty());
        BOOST_TEST((found.decided.value.error & offline) == 0U);
    }
}

BOOST_AUTO_TEST_CASE(one_list_serves_all_who_name_it) {
    const auto w = test::spoiled([](auto& r) {
        with_crl(r);
        r.issuing.crl_urls = {crl_url};
    });
    BOOST_TEST(browse(w, {}).asked == urls{crl_url}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(until_it_is_answered_a_question_counts_as_offline) {
    const auto w = test::spoiled(with_crl);
    const auto v = w.decide({.check_revocation = true}, [](auto& q, auto&) {
                        q.revocation.mode = revocation_mode::check;
                        end_certificate_only(q);
                    }).value;
    test::check_elements(v, {.mx = offline});
    BOOST_TEST(v.wanted.size() == 1U);
}

BOOST_AUTO_TEST_CASE(every_source_that_did_not_serve_says_why) {
    const auto w = test::spoiled(with_both);
    const auto found =
        browse(w, {{crl_url, crl_revoking(w)}}, [](auto& q, auto&) { end_certificate_only(q); });
    const auto& sources = found.decided.value.elements.front().sources;
    BOOST_TEST_REQUIRE(sources.size() == 2U);
    BOOST_TEST(sources[0].name == std::string("OCSP responder ") + ocsp_url);
    BOOST_TEST(!sources[0].chosen);
    BOOST_TEST(sources[0].why == "connection refused");
    BOOST_TEST(sources[1].chosen);
    BOOST_TEST(sources[1].why == "revoked 2024-06-02T00:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
