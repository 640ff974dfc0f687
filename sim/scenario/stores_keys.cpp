#include "sim/scenario/stores_keys.hpp"

#include "sim/base/domain_name.hpp"
#include "sim/base/ip.hpp"

#include <charconv>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using server_key = key<server_draft>;
using store_key = key<stores_draft>;

const authority* declared_authority(const reading& r, std::string_view id) {
    for (const auto& a : r.world.authorities)
        if (a.recipe.id == id)
            return &a;
    return nullptr;
}

/// Authorities by name; `roots`: self-signed ones alone.
std::vector<std::string> read_authorities_of(const node& n, const std::string& name, bool roots, reading& r) {
    std::vector<std::string> out;
    for (const auto* entry : entries(n)) {
        r.mention_name(mentioned::authority, *entry, "`" + name + "` of Stores");
        const auto* a = declared_authority(r, entry->text);
        if (roots && a != nullptr && !a->recipe.issuer.empty())
            r.error(*entry,
                    fmt::format("`{}` of Stores holds roots; {} is issued by {}", name, entry->text,
                                a->recipe.issuer),
                    "an intermediate belongs into `CA`");
        out.push_back(entry->text);
    }
    return out;
}

store_key member_key(std::string name, std::string about, std::vector<std::string> declared_stores::*member) {
    return store_key(name, one_or_list(text()), std::move(about),
                     [name, member](stores_draft& d, const node& n, reading& r) {
                         d.value.*member = read_authorities_of(n, name, name != "CA", r);
                     });
}

void read_auth_root(stores_draft& d, const node& n, reading& r) {
    if (n.kind == node_kind::scalar && n.text == "none") {
        d.value.auth_root.emplace();
        return;
    }
    d.value.auth_root = read_authorities_of(n, "AuthRoot", true, r);
    for (const auto* entry : entries(n))
        if (const auto* a = declared_authority(r, entry->text); a != nullptr && !a->public_programme)
            r.error(*entry, fmt::format("{} is no member of the public programme", entry->text),
                    "`TrustedBy: PublicProgramme` makes it one; other roots belong into `Root`");
}

void read_disallowed(stores_draft& d, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        r.mention_name(mentioned::authority_or_certificate, *entry, "`Disallowed` of Stores");
        d.value.disallowed.push_back(entry->text);
    }
}

/// `none`, or a host and a port.
void read_proxy(server_draft& d, const node& n, reading& r) {
    if (n.text == "none")
        return;
    const auto colon = n.text.rfind(':');
    const std::string_view host = std::string_view(n.text).substr(0, colon);
    unsigned port = 0;
    const char* end = n.text.data() + n.text.size();
    const bool numbered =
        colon != std::string::npos &&
        std::from_chars(n.text.data() + colon + 1, end, port) == std::from_chars_result{end, {}} &&
        port > 0 && port < 65536;
    if (!numbered || !(is_domain_name(host) || parse_ip_address(host)))
        r.error(n, fmt::format("`WinHttpProxy` is a host and a port, not `{}`", n.text),
                "as netsh winhttp set proxy takes it: proxy.varunagroup.de:8080");
    d.declared.reaches.proxy = {n.text, n.mark()};
}

void read_internet(server_draft& d, const node& n, reading&) {
    const auto how = n.text == "Direct"  ? internet_access::direct
                     : n.text == "Proxy" ? internet_access::proxy
                                         : internet_access::none;
    d.declared.reaches.internet = {how, n.mark()};
}

void read_domain_member(server_draft& d, const node& n, reading& r) {
    if (n.text != "none")
        r.mention_name(mentioned::organization, n, "`DomainMember`");
    d.declared.reaches.forest = {n.text == "none" ? "" : n.text, n.mark()};
}

void read_stores(server_draft& d, const node& n, reading& r) {
    stores_draft stores;
    read_keys(n, "Stores", n.mark(), stores_keys(), stores, r);
    d.declared.stores = std::move(stores.value);
}

} // namespace

const key_table<stores_draft>& stores_keys() {
    static const key_table<stores_draft> table{
        store_key("AuthRoot", one_or_list(text()),
                  "roots of the public programme that are there already, or none; default: all of them",
                  read_auth_root),
        member_key("Root", "imported into Root (Registry)", &declared_stores::root),
        member_key("Enterprise", "published through Active Directory", &declared_stores::enterprise),
        member_key("GroupPolicy", "distributed by a group policy", &declared_stores::group_policy),
        member_key("CA", "intermediates", &declared_stores::ca),
        store_key("Disallowed", one_or_list(text()),
                  "authorities, and certificates as ORG/SERVER/NAME, that are explicitly distrusted",
                  read_disallowed),
    };
    return table;
}

key_table<server_draft> windows_keys() {
    return {
        server_key("DomainMember", text(),
                   "organization in whose Active Directory domain the server is, or none; default: a Mailbox "
                   "server in its own organization's, others in none",
                   read_domain_member),
        server_key("InternetAccess", word({"Direct", "Proxy", "None"}),
                   "how its HTTP requests leave the network; Proxy: the firewall drops what does not come "
                   "from WinHttpProxy; default Direct",
                   read_internet),
        server_key("WinHttpProxy", text(),
                   "HOST:PORT, as netsh winhttp set proxy has it, or none; default none", read_proxy),
        server_key(
            "AutomaticRootUpdate", boolean(),
            "false: unknown roots of the public programme are not fetched; default true",
            [](server_draft& d, const node& n, reading&) { d.declared.reaches.root_update = is_true(n); }),
        server_key("Stores", object("Stores"),
                   "certificates in the LocalMachine stores beside those of TrustedBy and Enterprise",
                   read_stores),
    };
}

void complete_reach(server_draft& d) {
    if (!d.declared.reaches.forest.mark.known() && d.server.role == exchange::server_role::mailbox)
        d.declared.reaches.forest.value = d.server.organization;
}

} // namespace connlab::scenario
