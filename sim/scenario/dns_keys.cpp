#include "sim/scenario/dns_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <charconv>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using dns_key = key<dns_draft>;

void add(reading& r, const dns_draft& d, dns_type type, std::string target, int preference, const node& at) {
    r.world.dns.push_back({d.name, type, std::move(target), preference, at.mark()});
}

/// `10 mail.contoso.com`; a host alone has preference 10.
void read_exchanger(dns_draft& d, const node& n, reading& r) {
    std::string_view rest = trim(n.text);
    int preference = 10;
    if (const auto blank = rest.find_first_of(" \t"); blank != std::string_view::npos) {
        const auto number = rest.substr(0, blank);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), preference);
        const bool whole = error == std::errc{} && end == number.data() + number.size();
        if (!whole || preference < 0 || preference > 65535) {
            r.error(n, fmt::format("`MX` is a preference and a host, not `{}`", n.text),
                    "write it like 10 mail.contoso.com");
            return;
        }
        rest = trim(rest.substr(blank));
    }
    if (!is_domain_name(rest)) {
        r.error(n, fmt::format("`MX` names a host, not `{}`", rest), "write it like 10 mail.contoso.com");
        return;
    }
    add(r, d, dns_type::mx, std::string(rest), preference, n);
}

void read_exchangers(dns_draft& d, const node& n, reading& r) {
    for (const auto* entry : entries(n))
        read_exchanger(d, *entry, r);
}

void read_host_addresses(dns_draft& d, const node& n, reading& r, dns_type type) {
    const bool v6 = type == dns_type::aaaa;
    for (const auto* entry : entries(n)) {
        const auto address = parse_ip_address(entry->text);
        if (!address)
            r.error(*entry, fmt::format("`{}`: {}", v6 ? "AAAA" : "A", address.error));
        else if (address->v6 != v6)
            r.error(*entry, fmt::format("`{}` is no IPv{} address", entry->text, v6 ? 6 : 4),
                    fmt::format("it belongs under `{}`", v6 ? "A" : "AAAA"));
        else
            add(r, d, type, to_string(*address), 0, *entry);
    }
}

void read_alias(dns_draft& d, const node& n, reading& r) {
    if (!is_domain_name(n.text))
        r.error(n, fmt::format("`CNAME` names a host, not `{}`", n.text));
    else
        add(r, d, dns_type::cname, n.text, 0, n);
}

} // namespace

const key_table<dns_draft>& dns_keys() {
    static const key_table<dns_draft> table{
        dns_key("MX", one_or_list(text()), "preference and host: 10 mail.contoso.com", read_exchangers),
        dns_key("A", one_or_list(text()), "IPv4 address or addresses",
                [](dns_draft& d, const node& n, reading& r) { read_host_addresses(d, n, r, dns_type::a); }),
        dns_key(
            "AAAA", one_or_list(text()), "IPv6 address or addresses",
            [](dns_draft& d, const node& n, reading& r) { read_host_addresses(d, n, r, dns_type::aaaa); }),
        dns_key("CNAME", text(), "the name it stands for", read_alias),
    };
    return table;
}

void read_dns(const node& mapping, reading& r) {
    refuse_same_names(mapping, "name", r);
    for (const auto& m : mapping.members) {
        dns_draft d{ascii_lower(m.key.text)};
        if (!is_domain_name(m.key.text))
            r.error(m.key, fmt::format("`{}` is no domain name", m.key.text));
        else if (m.value.kind == node_kind::scalar)
            add(r, d, dns_type::nxdomain, {}, 0, m.value);
        else
            read_keys(m.value, "a name in Dns", m.key.mark(), dns_keys(), d, r);
    }
}

} // namespace connlab::scenario
