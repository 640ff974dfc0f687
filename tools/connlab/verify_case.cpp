#include "tools/connlab/verify_case.hpp"

#include "certs/base64.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace connlab::command {

namespace json = boost::json;

namespace {

constexpr std::size_t remembered = 20000; // certificates, before a reader forgets all

/// Those that are long enough to be told from another word.
const std::vector<std::string>& keys_often_misspelt() {
    static const std::vector<std::string> all = {"leaf",       "intermediates", "roots", "public_roots",
                                                 "disallowed", "name",          "usage"};
    return all;
}

/// Reads the members of one case; everything that is wrong is kept.
class case_reader {
  public:
    case_reader(const json::object& members, certificate_reader& certificates)
        : members_(members), certificates_(certificates) {}

    parsed<verify_case> read(const verify_defaults& defaults) {
        verify_case out;
        refuse_misspelt_keys();
        auto chain = certificates("leaf");
        if (!chain.empty())
            out.leaf = chain.front();
        else if (member("leaf") == nullptr)
            fail("`leaf` is missing");
        else if (errors_.empty())
            fail("`leaf` holds no certificate");
        for (std::size_t i = 1; i < chain.size(); ++i)
            out.presented.push_back(chain[i]);
        append(out.presented, certificates("intermediates"));
        for (const auto& c : certificates("roots"))
            out.stores.roots.push_back({c, chain::root_member::registry});
        for (const auto& c : certificates("public_roots"))
            out.stores.roots.push_back({c, chain::root_member::public_programme});
        out.stores.disallowed = certificates("disallowed");
        out.stores.roots.insert(out.stores.roots.end(), defaults.roots.begin(), defaults.roots.end());
        append(out.stores.intermediates, defaults.intermediates);
        append(out.stores.disallowed, defaults.disallowed);
        out.name = text("name").value_or("");
        read_instant(out, defaults);
        read_usage(out, defaults);
        return errors_.empty() ? parsed<verify_case>::ok(std::move(out))
                               : parsed<verify_case>::fail(join(errors_, "; "));
    }

  private:
    using list = std::vector<certs::certificate>;

    static void append(list& to, const list& more) { to.insert(to.end(), more.begin(), more.end()); }

    void fail(std::string why) { errors_.push_back(std::move(why)); }

    /// A case may carry what its suite says of it; but `nam` is `name` gone wrong.
    void refuse_misspelt_keys() {
        for (const auto& [key, value] : members_) {
            const std::string written(key);
            const auto near = nearest_word(written, keys_often_misspelt());
            if (!near.empty() && near != written)
                fail(fmt::format("`{}`: did you mean `{}`?", written, near));
        }
    }

    /// Null counts as absent.
    const json::value* member(std::string_view key) const {
        const auto* found = members_.if_contains(key);
        return found == nullptr || found->is_null() ? nullptr : found;
    }

    std::optional<std::string> text(std::string_view key) {
        const auto* v = member(key);
        if (v == nullptr)
            return std::nullopt;
        if (!v->is_string()) {
            fail(fmt::format("`{}` is not a string", key));
            return std::nullopt;
        }
        return std::string(v->get_string());
    }

    void read_into(list& out, std::string_view key, const json::value& v) {
        if (!v.is_string())
            return fail(fmt::format("`{}` holds something that is not a string", key));
        const auto some = certificates_.read(std::string(v.get_string()));
        if (!some)
            return fail(fmt::format("`{}`: {}", key, some.error));
        append(out, *some);
    }

    /// A string or a list of strings.
    list certificates(std::string_view key) {
        list out;
        const auto* v = member(key);
        if (v == nullptr)
            return out;
        if (!v->is_array())
            read_into(out, key, *v);
        else
            for (const auto& one : v->get_array())
                read_into(out, key, one);
        return out;
    }

    void read_instant(verify_case& out, const verify_defaults& defaults) {
        const auto written = text("at");
        if (!written) {
            out.at = defaults.at;
            return;
        }
        const auto at = parse_instant(*written);
        if (at)
            out.at = *at;
        else
            fail("`at`: " + at.error);
    }

    void read_usage(verify_case& out, const verify_defaults& defaults) {
        const auto written = text("usage");
        if (!written) {
            out.usage = defaults.usage;
            return;
        }
        const auto usage = usage_of(*written);
        if (usage)
            out.usage = *usage;
        else
            fail("`usage`: " + usage.error);
    }

    const json::object& members_;
    certificate_reader& certificates_;
    std::vector<std::string> errors_;
};

} // namespace

chain::question question_of(const verify_case& c) {
    chain::question q;
    q.leaf = c.leaf;
    q.presented = c.presented;
    q.stores = &c.stores;
    q.at = c.at;
    q.usage = c.usage;
    q.host_name = c.name;
    q.check_revocation = true;
    return q;
}

parsed<std::string> usage_of(std::string_view word) {
    using result = parsed<std::string>;
    if (ascii_iequal(word, "server") || ascii_iequal(word, "serverAuth"))
        return result::ok(std::string(certs::eku_server_auth));
    if (ascii_iequal(word, "client") || ascii_iequal(word, "clientAuth"))
        return result::ok(std::string(certs::eku_client_auth));
    if (ascii_iequal(word, "any"))
        return result::ok({});
    if (word.find('.') != std::string_view::npos &&
        word.find_first_not_of("0123456789.") == std::string_view::npos)
        return result::ok(std::string(word));
    return result::fail(fmt::format("`{}` is none of server, client, any, or an OID", word));
}

parsed<std::vector<certs::certificate>> certificate_reader::read(const std::string& text) {
    using result = parsed<std::vector<certs::certificate>>;
    const auto found = known_.find(text);
    if (found != known_.end())
        return found->second;
    if (known_.size() >= remembered)
        known_.clear();
    if (text.find("-----BEGIN") != std::string::npos)
        return known_.emplace(text, certs::read_certificates(text)).first->second;
    const auto der = certs::base64_decoded(text);
    auto made = der && !der->empty() ? certs::read_certificates(*der)
                                     : result::fail("neither PEM nor base64 of a DER certificate");
    return known_.emplace(text, std::move(made)).first->second;
}

verify_line read_verify_line(const std::string& line, const verify_defaults& defaults,
                             certificate_reader& reader) {
    verify_line out{"null", parsed<verify_case>::fail("")};
    boost::system::error_code error;
    const auto value = json::parse(line, error);
    if (error) {
        out.asked.error = "not JSON: " + error.message();
        return out;
    }
    if (!value.is_object()) {
        out.asked.error = "not a JSON object";
        return out;
    }
    if (const auto* id = value.get_object().if_contains("id"))
        out.id = json::serialize(*id);
    out.asked = case_reader(value.get_object(), reader).read(defaults);
    return out;
}

} // namespace connlab::command
