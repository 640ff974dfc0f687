#include "tests/chain/world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace connlab::chain::test {

namespace {

const certs::key_pool& pool() {
    static const auto opened = certs::key_pool::open(CONNLAB_SOURCE_DIR "/certs/keys");
    BOOST_REQUIRE_MESSAGE(opened, opened.error);
    return **opened;
}

certs::x500_name named(const std::string& common_name) {
    return certs::x500_name{{{certs::name_attribute{"2.5.4.3", common_name}}}};
}

} // namespace

instant at(const char* text) {
    const auto read = parse_instant(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

world::world() {
    recipes_.reserve(50); // references to recipes stay good
    root("Root", "Root");
    authority("Issuing", "Root", "Issuing");
    leaf("mail", "Issuing", "mail.contoso.com");
    trust("Root");
}

certs::certificate_recipe& world::recipe(const std::string& id) {
    const auto found =
        std::find_if(recipes_.begin(), recipes_.end(), [&](const auto& r) { return r.id == id; });
    BOOST_REQUIRE_MESSAGE(found != recipes_.end(), id);
    return *found;
}

certs::certificate_recipe& world::root(const std::string& id, const std::string& subject) {
    recipes_.push_back(certs::root_ca(id, named(subject), at("2020-01-01"), at("2030-01-01")));
    return recipes_.back();
}

certs::certificate_recipe& world::authority(const std::string& id, const std::string& issuer,
                                            const std::string& subject) {
    recipes_.push_back(
        certs::intermediate_ca(id, issuer, named(subject), at("2020-01-01"), at("2030-01-01")));
    return recipes_.back();
}

certs::certificate_recipe& world::leaf(const std::string& id, const std::string& issuer,
                                       const std::string& host) {
    recipes_.push_back(
        certs::server_leaf(id, issuer, named(host), {host}, at("2024-01-01"), at("2026-01-01")));
    return recipes_.back();
}

void world::trust(const std::string& id, root_member as) {
    trusted_[id] = as;
}

void world::install(const std::string& id) {
    installed_.push_back(id);
}

void world::distrust(const std::string& id) {
    distrusted_.push_back(id);
}

const certs::certificate& world::cert(const std::string& id) {
    if (issued_.by_id.empty()) {
        auto made = certs::forge(recipes_, pool());
        BOOST_REQUIRE_MESSAGE(made, made.error);
        issued_ = *made;
    }
    return issued_.by_id.at(id).cert;
}

question world::ask(const std::string& leaf, const std::vector<std::string>& presented) {
    stores_ = {};
    for (const auto& [id, member] : trusted_)
        stores_.roots.push_back({cert(id), member});
    for (const auto& id : installed_)
        stores_.intermediates.push_back(cert(id));
    for (const auto& id : distrusted_)
        stores_.disallowed.push_back(cert(id));
    question q;
    q.leaf = cert(leaf);
    for (const auto& id : presented)
        q.presented.push_back(cert(id));
    q.stores = &stores_;
    q.at = at("2024-06-03");
    q.usage = certs::eku_server_auth;
    return q;
}

trace::decided<verdict> judged(const question& q) {
    signature_memo memo;
    return evaluate(q, memo);
}

std::string path_of(const verdict& v) {
    std::string out;
    for (auto e = v.elements.rbegin(); e != v.elements.rend(); ++e)
        out += (out.empty() ? "" : " → ") + e->cert.fields().subject.common_names().front();
    return out;
}

} // namespace connlab::chain::test
