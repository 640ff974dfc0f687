#include "certs/x500_name.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::certs {

namespace {

struct attribute_key {
    std::string_view oid;
    std::string_view key;
};

/// Keys as Windows prints them; later rows are spellings that are read and never printed.
constexpr std::array<attribute_key, 19> keys = {{
    {"2.5.4.3", "CN"},
    {"2.5.4.4", "SN"},
    {"2.5.4.5", "SERIALNUMBER"},
    {"2.5.4.6", "C"},
    {"2.5.4.7", "L"},
    {"2.5.4.8", "S"},
    {"2.5.4.9", "STREET"},
    {"2.5.4.10", "O"},
    {"2.5.4.11", "OU"},
    {"2.5.4.12", "T"},
    {"2.5.4.42", "G"},
    {"2.5.4.43", "I"},
    {"0.9.2342.19200300.100.1.25", "DC"},
    {"1.2.840.113549.1.9.1", "E"},
    {"2.5.4.8", "ST"},
    {"1.2.840.113549.1.9.1", "emailAddress"},
    {"2.5.4.12", "title"},
    {"2.5.4.42", "givenName"},
    {"2.5.4.4", "surname"},
}};

std::string key_of(std::string_view oid) {
    for (const auto& k : keys)
        if (k.oid == oid)
            return std::string(k.key);
    return fmt::format("OID.{}", oid);
}

bool is_dotted(std::string_view text) {
    return !text.empty() && text.find('.') != std::string_view::npos &&
           text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// The dotted form, empty for a key that is not known.
std::string oid_of(std::string_view key) {
    for (const auto& k : keys)
        if (ascii_iequal(k.key, key))
            return std::string(k.oid);
    if (ascii_istarts_with(key, "OID."))
        key.remove_prefix(4);
    return is_dotted(key) ? std::string(key) : std::string{};
}

bool is_white(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string quoted(const std::string& value) {
    const bool plain = !value.empty() && !is_white(value.front()) && !is_white(value.back()) &&
                       value.find_first_of(",+=\"\n<>#;") == std::string::npos;
    if (plain)
        return value;
    std::string out = "\"";
    for (const char c : value) {
        out += c;
        if (c == '"')
            out += c;
    }
    return out + '"';
}

/// One `key=value` of a name, and the separator behind it.
class name_reader {
  public:
    explicit name_reader(std::string_view text) : rest_(text) {}

    parsed<x500_name> read() {
        x500_name reversed;
        bool new_rdn = true;
        for (;;) {
            name_attribute attribute;
            if (!read_attribute(attribute))
                return parsed<x500_name>::fail(error_);
            if (new_rdn)
                reversed.rdns.emplace_back();
            reversed.rdns.back().push_back(std::move(attribute));
            skip_white();
            if (rest_.empty())
                break;
            new_rdn = rest_.front() != '+';
            rest_.remove_prefix(1);
        }
        std::reverse(reversed.rdns.begin(), reversed.rdns.end());
        return parsed<x500_name>::ok(std::move(reversed));
    }

  private:
    void skip_white() {
        while (!rest_.empty() && is_white(rest_.front()))
            rest_.remove_prefix(1);
    }

    bool fail(std::string why) {
        error_ = std::move(why);
        return false;
    }

    bool read_attribute(name_attribute& out) {
        skip_white();
        const auto equals = rest_.find('=');
        if (rest_.empty() || equals == std::string_view::npos)
            return fail(fmt::format("`{}` is not of the form KEY=value", rest_));
        const auto key = trim(rest_.substr(0, equals));
        out.oid = oid_of(key);
        if (out.oid.empty())
            return fail(
                fmt::format("`{}` is not an attribute of an X.500 name (CN, OU, O, L, S, C, DC, E, …)", key));
        rest_.remove_prefix(equals + 1);
        skip_white();
        return !rest_.empty() && rest_.front() == '"' ? read_quoted(out.value) : read_plain(out.value);
    }

    bool read_quoted(std::string& value) {
        rest_.remove_prefix(1);
        for (;;) {
            const auto quote = rest_.find('"');
            if (quote == std::string_view::npos)
                return fail("a quoted value is not closed");
            value += rest_.substr(0, quote);
            rest_.remove_prefix(quote + 1);
            if (rest_.empty() || rest_.front() != '"')
                break;
            value += '"';
            rest_.remove_prefix(1);
        }
        skip_white();
        if (!rest_.empty() && rest_.front() != ',' && rest_.front() != '+' && rest_.front() != ';')
            return fail(fmt::format("`{}` follows a quoted value", rest_));
        return true;
    }

    bool read_plain(std::string& value) {
        const auto end = std::min(rest_.find_first_of(",;+"), rest_.size());
        value = trim(rest_.substr(0, end));
        rest_.remove_prefix(end);
        if (value.find('=') != std::string::npos)
            return fail(fmt::format("`{}` holds `=` and must stand in double quotes", value));
        return true;
    }

    std::string_view rest_;
    std::string error_;
};

} // namespace

std::vector<std::string> x500_name::common_names() const {
    std::vector<std::string> out;
    for (auto rdn = rdns.rbegin(); rdn != rdns.rend(); ++rdn)
        for (const auto& a : *rdn)
            if (a.oid == "2.5.4.3")
                out.push_back(a.value);
    return out;
}

std::string to_string(const x500_name& name) {
    std::string out;
    for (auto rdn = name.rdns.rbegin(); rdn != name.rdns.rend(); ++rdn) {
        if (!out.empty())
            out += ", ";
        bool first = true;
        for (const auto& a : *rdn) {
            if (!first)
                out += " + ";
            first = false;
            out += key_of(a.oid) + "=" + quoted(a.value);
        }
    }
    return out;
}

parsed<x500_name> parse_x500_name(std::string_view text) {
    if (trim(text).empty())
        return parsed<x500_name>::fail("an X.500 name is empty");
    return name_reader(trim(text)).read();
}

bool chains_to(const x500_name& issuer_field, const x500_name& subject_field) {
    return issuer_field == subject_field || folded(issuer_field) == folded(subject_field);
}

/// Case folded, blanks compressed (RFC 5280 7.1, as far as names in practice need it).
std::string folded_value(std::string_view value) {
    std::string out;
    for (const char c : ascii_lower(trim(value)))
        if (!is_white(c))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    return out;
}

/// Lengths stand before the values, so that no value can pretend to be two.
std::string folded(const std::vector<name_attribute>& rdn) {
    std::vector<std::string> parts;
    for (const auto& a : rdn) {
        const auto value = folded_value(a.value);
        parts.push_back(fmt::format("{}={}:{}", a.oid, value.size(), value));
    }
    std::sort(parts.begin(), parts.end()); // a set has no order
    return fmt::format("{}:{}", parts.size(), fmt::join(parts, ""));
}

std::string folded(const x500_name& name) {
    std::string out;
    for (const auto& rdn : name.rdns)
        out += folded(rdn);
    return out;
}

parsed<certificate_identifier> parse_certificate_identifier(std::string_view text) {
    using result = parsed<certificate_identifier>;
    const auto lower = ascii_lower(text);
    if (!lower.starts_with("<i>"))
        return result::fail("the value does not begin with <I>: <I>issuer<S>subject is expected");
    const auto subject = lower.find("<s>", 3);
    if (subject == std::string::npos)
        return result::fail("<S> is missing: <I>issuer<S>subject is expected");
    certificate_identifier out{std::string(text.substr(3, subject - 3)),
                               std::string(text.substr(subject + 3))};
    if (const auto issuer = parse_x500_name(out.issuer); !issuer)
        return result::fail("the issuer behind <I> is not an X.500 name: " + issuer.error);
    if (const auto name = parse_x500_name(out.subject); !name)
        return result::fail("the subject behind <S> is not an X.500 name: " + name.error);
    return result::ok(std::move(out));
}

std::string to_string(const certificate_identifier& id) {
    return "<I>" + id.issuer + "<S>" + id.subject;
}

} // namespace connlab::certs
