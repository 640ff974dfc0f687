#include "sim/exchange/message_fields.hpp"

namespace connlab::exchange {

namespace {

/// Taken out: those that promoted ones replace.
void remove_replaced(parts& p, filtered_message& out) {
    for (const auto& f : std::vector<field>(p.header))
        if (has_prefix(f, cloud_prefix)) {
            const auto replaced = std::string(organization_prefix) + f.name.substr(cloud_prefix.size());
            keep_only(p, out, [&](const field& other) { return !ascii_iequal(other.name, replaced); });
        }
}

} // namespace

parts parse(std::string_view content) {
    parts out;
    while (!content.empty()) {
        const auto end = content.find("\r\n");
        const auto length = end == std::string_view::npos ? content.size() : end + 2;
        const auto line = content.substr(0, length);
        const bool continues = line.front() == ' ' || line.front() == '\t';
        const auto colon = line.find(':');
        if (line == "\r\n" || (!continues && colon == std::string_view::npos))
            break;
        if (continues && !out.header.empty())
            out.header.back().text += line;
        else
            out.header.push_back({std::string(trim(line.substr(0, colon))), std::string(line)});
        content.remove_prefix(length);
    }
    out.body = content;
    return out;
}

std::string joined(const parts& p) {
    std::string out;
    for (const auto& f : p.header)
        out += f.text;
    return out + p.body;
}

std::string unfolded(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != '\r' && c != '\n')
            out += c == '\t' ? ' ' : c;
    return std::string(trim(out));
}

void rename(field& f, std::string_view from, std::string_view to, filtered_message& out) {
    const auto old = f.name;
    f.name = std::string(to) + f.name.substr(from.size());
    f.text = f.name + f.text.substr(old.size());
    out.renamed.push_back(old + " → " + f.name);
}

void promote(parts& p, filtered_message& out) {
    remove_replaced(p, out);
    for (auto& f : p.header)
        if (has_prefix(f, cloud_prefix))
            rename(f, cloud_prefix, organization_prefix, out);
}

} // namespace connlab::exchange
