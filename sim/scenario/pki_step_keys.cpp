#include "sim/scenario/pki_step_keys.hpp"

#include "sim/scenario/publishing_keys.hpp"

namespace connlab::scenario {

namespace {

using step_key = key<step_draft>;

void read_revoked(revoke_step& s, const node& n, reading& r) {
    s.certificate = n.text;
    r.mention_name(mentioned::authority_or_certificate, n, "`Revoke`");
}

void read_revoke(step_draft& d, const node& n, reading& r) {
    revoke_step s;
    if (n.kind == node_kind::scalar)
        read_revoked(s, n, r);
    else
        read_keys(n, "Revoke", n.mark(), revoke_keys(), s, r);
    d.value.what = std::move(s);
    d.verbs.emplace_back("Revoke");
}

void read_publish(step_draft& d, const node& n, reading& r) {
    d.value.what = publish_crl_step{n.text};
    d.verbs.emplace_back("Publish-Crl");
    r.mention_name(mentioned::authority, n, "`Publish-Crl`");
}

void read_present(step_draft& d, const node& n, reading& r) {
    d.value.what = present_step{n.text};
    d.verbs.emplace_back("Present");
    r.mention_name(mentioned::certificate, n, "`Present`");
}

void read_clear(step_draft& d, const node& n, reading& r) {
    clear_url_cache_step s;
    if (n.text != "all") {
        s.whose = n.text;
        r.mention_name(mentioned::organization_or_server, n, "`Clear-UrlCache`");
    }
    d.value.what = std::move(s);
    d.verbs.emplace_back("Clear-UrlCache");
}

} // namespace

const key_table<revoke_step>& revoke_keys() {
    using revoke_key = key<revoke_step>;
    static const key_table<revoke_step> table{
        revoke_key("Certificate", text(), "an authority, or a server's certificate: ORG/SERVER/NAME",
                   read_revoked, true),
        revoke_key("Reason", word(revocation_words()),
                   "CRLReason; RemoveFromCrl undoes a CertificateHold; default Unspecified",
                   [](revoke_step& s, const node& n, reading&) { s.reason = revocation_of_word(n.text); }),
    };
    return table;
}

key_table<step_draft> pki_step_keys() {
    return {
        step_key("Revoke", either({text(), object("Revoke")}),
                 "its issuer revokes a certificate; the next list says so, and the OCSP responder at once",
                 read_revoke),
        step_key("Publish-Crl", text(), "an authority makes a new revocation list", read_publish),
        step_key("Present", text(),
                 "a server that is not Exchange, or Exchange Online, presents another of its certificates "
                 "from now on: ORG/SERVER/NAME",
                 read_present),
        step_key("Clear-UrlCache", text(),
                 "an organization, a server, or all: certutil -urlcache * delete, services restarted",
                 read_clear),
    };
}

} // namespace connlab::scenario
