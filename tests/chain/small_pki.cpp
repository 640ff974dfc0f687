#include "tests/chain/small_pki.hpp"

#include "sim/base/ascii.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

namespace connlab::chain::test {

namespace {

const certs::key_pool& keys() {
    static const auto opened = certs::key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE_MESSAGE(opened, opened.error);
    return **opened;
}

certs::forged issue(const std::vector<certs::certificate_recipe>& all) {
    auto out = certs::forge(all, keys());
    BOOST_REQUIRE_MESSAGE(out, out.error);
    return std::move(*out);
}

std::vector<certs::certificate_recipe> all_of(const recipes& r) {
    std::vector<certs::certificate_recipe> out{r.root, r.issuing, r.mx};
    out.insert(out.end(), r.others.begin(), r.others.end());
    return out;
}

} // namespace

instant at(const char* text) {
    const auto read = parse_instant(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

certs::x500_name common_name(const std::string& value) {
    return certs::x500_name{{{certs::name_attribute{"2.5.4.3", value}}}};
}

certs::certificate_recipe root_named(const std::string& id) {
    return certs::root_ca(id, common_name(id), at("2020-01-01"), at("2030-01-01"));
}

recipes::recipes()
    : root(root_named("root")), issuing(certs::intermediate_ca("issuing", "root", common_name("issuing"),
                                                               at("2020-01-01"), at("2030-01-01"))),
      mx(certs::server_leaf("mx", "issuing", common_name("mail.contoso.com"),
                            {"mail.contoso.com", "contoso.com"}, at("2024-01-01"), at("2026-01-01"))) {}

certs::certificate_recipe recipes::twin(const std::string& id, const std::string& issuer) const {
    auto out = issuing;
    out.id = id;
    out.issuer = issuer;
    out.key.same_as = issuing.id;
    return out;
}

small_pki::small_pki(const recipes& r) : small_pki(all_of(r)) {}

small_pki::small_pki(const std::vector<certs::certificate_recipe>& all) : forged_(issue(all)) {}

const certs::certificate& small_pki::operator[](const std::string& id) const {
    return forged_.by_id.at(id).cert;
}

trace::decided<verdict> small_pki::decide(const setting& s, const change_of_question& change) const {
    store stores;
    for (const auto& id : s.roots)
        stores.roots.push_back({(*this)[id], s.member});
    for (const auto& id : s.intermediates)
        stores.intermediates.push_back((*this)[id]);
    for (const auto& id : s.disallowed)
        stores.disallowed.push_back((*this)[id]);
    question q;
    q.leaf = (*this)[s.leaf];
    for (const auto& id : s.presented)
        q.presented.push_back((*this)[id]);
    q.stores = &stores;
    q.at = at(s.when);
    q.usage = s.usage;
    q.host_name = s.host;
    if (s.check_revocation)
        q.revocation.scope = revocation_scope::chain_excluding_root;
    q.answers = s.answers;
    if (change)
        change(q, stores);
    signature_memo memo;
    return evaluate(q, memo);
}

std::string small_pki::id_of(const certs::certificate& c) const {
    for (const auto& [id, one] : forged_.by_id)
        if (one.cert == c)
            return id;
    return "?";
}

std::string small_pki::path_of(const verdict& v) const {
    std::vector<std::string> ids;
    ids.reserve(v.elements.size());
    for (const auto& e : v.elements)
        ids.push_back(id_of(e.cert));
    return join(ids, " ");
}

void check_elements(const verdict& v, const expected_bits& expected) {
    BOOST_TEST_REQUIRE(v.elements.size() == 3U);
    const auto names = [](std::uint32_t bits) { return join(error_names(bits), ", "); };
    BOOST_TEST(names(v.elements[0].error) == names(expected.mx));
    BOOST_TEST(names(v.elements[1].error) == names(expected.issuing));
    BOOST_TEST(names(v.elements[2].error) == names(expected.root));
    BOOST_TEST(names(v.error) == names(expected.mx | expected.issuing | expected.root));
}

void check_policy(const verdict& v, std::string_view error) {
    BOOST_TEST(to_string(v.policy) == error);
    BOOST_TEST(v.trusted() == error.empty());
}

std::vector<std::string> usages(std::initializer_list<std::string_view> oids) {
    return {oids.begin(), oids.end()};
}

std::string printed(const trace::decided<verdict>& d) {
    const auto& v = d.value;
    std::string out = fmt::format("{} | {} | {} | {:x} | {} |", d.why.rule, d.why.answer,
                                  join(d.why.assumed, " "), v.error, to_string(v.policy));
    out += v.anchored_by ? fmt::format(" {}\n", to_string(*v.anchored_by)) : std::string("\n");
    for (const auto& e : v.elements)
        out += fmt::format("element {} {:x} {:x} {}\n", e.cert.thumbprint(), e.error, e.info, e.note);
    for (const auto& r : v.rejected)
        out += fmt::format("rejected {}: {}\n", r.name, r.why);
    for (const auto& b : d.why.because)
        out += fmt::format("because {} {}\n", b.what, b.value);
    for (const auto& w : v.wanted)
        out += fmt::format("wanted {} {}\n", w.url, w.element);
    return out;
}

} // namespace connlab::chain::test
