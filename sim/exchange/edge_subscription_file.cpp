#include "sim/exchange/edge_subscription_file.hpp"

#include "certs/base64.hpp"
#include "sim/base/domain_name.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <functional>
#include <sstream>

namespace connlab::exchange {

namespace {

constexpr const char* root_name = "EdgeSubscriptionData";
constexpr std::size_t largest_file = 1 << 20; // bytes; a real one has a few thousand

/// .NET's ticks: 100 ns since the year 1.
constexpr std::int64_t ticks_per_millisecond = 10'000;
constexpr std::int64_t ticks_at_epoch = 621'355'968'000'000'000;

using error = std::string; // empty: none

struct element {
    const char* name;
    std::function<std::string(const edge_subscription_file&)> text;
    std::function<error(edge_subscription_file&, const std::string&)> read;
};

element plain(const char* name, std::string edge_subscription_file::*member, bool may_be_empty) {
    return {name, [member](const edge_subscription_file& f) { return f.*member; },
            [member, may_be_empty](edge_subscription_file& f, const std::string& text) -> error {
                if (text.empty() && !may_be_empty)
                    return "is empty";
                f.*member = text;
                return {};
            }};
}

bool read_number(const std::string& text, std::int64_t& out) {
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, out);
    return read.ec == std::errc{} && read.ptr == end;
}

error read_fqdn(edge_subscription_file& f, const std::string& text) {
    if (!is_domain_name(text))
        return fmt::format("is no host name: `{}`", text);
    f.server_fqdn = text;
    return {};
}

error read_certificate(edge_subscription_file& f, const std::string& text) {
    const auto bytes = certs::base64_decoded(text);
    if (!bytes || bytes->empty())
        return "is no base64";
    auto read = certs::certificate::from_der(*bytes);
    if (!read)
        return "is no certificate: " + read.error;
    f.certificate = std::move(*read);
    return {};
}

error read_effective(edge_subscription_file& f, const std::string& text) {
    std::int64_t ticks = 0;
    if (!read_number(text, ticks) || ticks < ticks_at_epoch)
        return fmt::format("is no number of ticks: `{}`", text);
    f.effective = instant(duration((ticks - ticks_at_epoch) / ticks_per_millisecond));
    return {};
}

error read_duration(edge_subscription_file& f, const std::string& text) {
    std::int64_t ticks = 0;
    if (!read_number(text, ticks) || ticks < 0)
        return fmt::format("is no number of ticks: `{}`", text);
    f.lasts = duration(ticks / ticks_per_millisecond);
    return {};
}

error read_port(edge_subscription_file& f, const std::string& text) {
    std::int64_t port = 0;
    if (!read_number(text, port) || port < 1 || port > 65535)
        return fmt::format("is no port: `{}`", text);
    f.ssl_port = static_cast<std::uint16_t>(port);
    return {};
}

const std::vector<element>& elements() {
    using file = edge_subscription_file;
    static const std::vector<element> table{
        plain("EdgeServerName", &file::server_name, false),
        {"EdgeServerFQDN", [](const file& f) { return f.server_fqdn; }, read_fqdn},
        {"EdgeCertificateBlob", [](const file& f) { return certs::base64_encoded(f.certificate.der()); },
         read_certificate},
        plain("ESRAUsername", &file::user_name, false),
        plain("ESRAPassword", &file::password, false),
        {"EffectiveDate",
         [](const file& f) {
             return std::to_string(f.effective.time_since_epoch().count() * ticks_per_millisecond +
                                   ticks_at_epoch);
         },
         read_effective},
        {"Duration", [](const file& f) { return std::to_string(f.lasts.count() * ticks_per_millisecond); },
         read_duration},
        {"AdamSslPort", [](const file& f) { return std::to_string(f.ssl_port); }, read_port},
        plain("ProductID", &file::product_id, true),
        plain("VersionNumber", &file::version, false),
        plain("SerialNumber", &file::serial_number, true),
    };
    return table;
}

bool is_known(const char* name) {
    const auto& all = elements();
    return std::any_of(all.begin(), all.end(),
                       [&](const element& e) { return std::string_view(e.name) == name; });
}

bool has_document_type(const pugi::xml_document& document) {
    const auto nodes = document.children();
    return std::any_of(nodes.begin(), nodes.end(),
                       [](const pugi::xml_node& n) { return n.type() == pugi::node_doctype; });
}

void read_elements(const pugi::xml_node& root, read_subscription_file& out) {
    for (const auto& e : elements()) {
        const auto node = root.child(e.name);
        if (!node)
            out.errors.push_back(fmt::format("{} is missing", e.name));
        else if (node.next_sibling(e.name))
            out.errors.push_back(fmt::format("{} is there more than once", e.name));
        else if (const auto wrong = e.read(out.value, node.text().get()); !wrong.empty())
            out.errors.push_back(fmt::format("{} {}", e.name, wrong));
    }
    for (const auto& node : root.children())
        if (node.type() == pugi::node_element && !is_known(node.name()))
            out.errors.push_back(fmt::format("{} is no element of a subscription file", node.name()));
}

} // namespace

std::string to_xml(const edge_subscription_file& f) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "utf-8";
    auto root = document.append_child(root_name);
    for (const auto& e : elements())
        root.append_child(e.name).text().set(e.text(f).c_str());
    std::ostringstream out;
    document.save(out, "  ");
    return out.str();
}

read_subscription_file from_xml(std::string_view text) {
    read_subscription_file out;
    if (text.size() > largest_file) {
        out.errors.push_back(
            fmt::format("the file has {} bytes: no subscription file is so large", text.size()));
        return out;
    }
    pugi::xml_document document;
    const auto parsed_text =
        document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
    const auto root = document.document_element();
    if (!parsed_text)
        out.errors.push_back(
            fmt::format("the file is no XML: {}, byte {}", parsed_text.description(), parsed_text.offset));
    else if (has_document_type(document))
        out.errors.emplace_back("the file has a document type, which no subscription file has");
    else if (std::string_view(root.name()) != root_name)
        out.errors.push_back(fmt::format("the file is a {}, not an {}", root.name(), root_name));
    else
        read_elements(root, out);
    return out;
}

} // namespace connlab::exchange
