#include "tools/connlab/verify_case.hpp"

#include "certs/base64.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"
#include "tools/connlab/verify_judgement.hpp"
#include "tools/connlab/verify_words.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace connlab::command {

namespace json = boost::json;

namespace {

constexpr std::size_t remembered = 20000; // certificates, before a reader forgets all

/// Those that are long enough to be told from another word.
const std::vector<std::string>& keys_often_misspelt() {
    static const std::vector<std::string> all = {"leaf",
                                                 "intermediates",
                                                 "roots",
                                                 "public_roots",
                                                 "enterprise_roots",
                                                 "disallowed",
                                                 "name",
                                                 "usage",
                                                 "group_policy_roots",
                                                 "ca_store",
                                                 "crls",
                                                 "ocsp",
                                                 "stapled",

                                                 "urls",
                                                 "revocation",
                                                 "flags",
                                                 "policies",
                                                 "inhibit_policy_mapping",

                                                 "explicit_policy",
                                                 "inhibit_any_policy"};
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
        read_stores(out.stores, defaults);
        read_evidence(out, defaults);
        out.name = text("name").value_or("");
        read_instants(out, defaults);
        read_usage(out, defaults);
        read_policies(out.policies);
        read_revocation(out, defaults);
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

    /// Calls `read` with each text of a string or a list of strings.
    template <class Read>
    void each_text(std::string_view key, const json::value& v, Read read) {
        if (v.is_array())
            for (const auto& one : v.get_array())
                each_text(key, one, read);
        else if (!v.is_string())
            fail(fmt::format("`{}` holds something that is not a string", key));
        else
            read(std::string(v.get_string()));
    }

    template <class Read>
    void each_text(std::string_view key, Read read) {
        if (const auto* v = member(key))
            each_text(key, *v, read);
    }

    bool yes(std::string_view key) {
        const auto* v = member(key);
        if (v != nullptr && !v->is_bool())
            fail(fmt::format("`{}` is not true or false", key));
        return v != nullptr && v->is_bool() && v->get_bool();
    }

    list certificates(std::string_view key) {
        list out;
        each_text(key, [&](const std::string& written) {
            if (const auto some = certificates_.read(written))
                append(out, *some);
            else
                fail(fmt::format("`{}`: {}", key, some.error));
        });
        return out;
    }

    void read_roots(chain::store& out, std::string_view key, chain::root_member member) {
        for (const auto& c : certificates(key))
            out.roots.push_back({c, member});
    }

    void read_stores(chain::store& out, const verify_defaults& defaults) {
        read_roots(out, "roots", chain::root_member::registry);
        read_roots(out, "public_roots", chain::root_member::public_programme);
        read_roots(out, "enterprise_roots", chain::root_member::enterprise);
        read_roots(out, "group_policy_roots", chain::root_member::group_policy);
        out.roots.insert(out.roots.end(), defaults.roots.begin(), defaults.roots.end());
        out.intermediates = certificates("ca_store");
        append(out.intermediates, defaults.intermediates);
        out.disallowed = certificates("disallowed");
        append(out.disallowed, defaults.disallowed);
        each_text("crls", [&](const std::string& written) {
            if (const auto some = read_crl_text(written))
                out.crls.insert(out.crls.end(), some->begin(), some->end());
            else
                fail("`crls`: " + some.error);
        });
        out.crls.insert(out.crls.end(), defaults.crls.begin(), defaults.crls.end());
    }

    /// The DER of an OCSP response; empty when it is none.
    std::optional<certs::ocsp_response> response(std::string_view key, const std::string& written) {
        auto one = read_ocsp_text(written);
        if (!one)
            fail(fmt::format("`{}`: {}", key, one.error));
        return one ? std::optional(*one) : std::nullopt;
    }

    void read_url(const std::string& url, const json::value& v, verify_evidence& out) {
        auto& answer = out.by_url[url];
        const auto* failure = v.is_object() ? v.get_object().if_contains("failure") : nullptr;
        if (failure != nullptr && failure->is_string() && !failure->get_string().empty())
            answer.failure = std::string(failure->get_string());
        else if (v.is_object())
            fail(fmt::format("`urls`: {} is neither a body nor {{\"failure\": \"…\"}}", url));
        else
            each_text("urls", v, [&](const std::string& body) { answer.bodies.push_back(body_of(body)); });
    }

    void read_evidence(verify_case& out, const verify_defaults& defaults) {
        out.evidence = defaults.evidence;
        each_text("stapled", [&](const std::string& written) {
            if (const auto one = response("stapled", written))
                out.stapled = one->der();
        });
        each_text("ocsp", [&](const std::string& written) {
            if (auto one = response("ocsp", written))
                out.evidence.responses.push_back(std::move(*one));
        });
        append(out.evidence.issuers, certificates("aia"));
        const auto* urls = member("urls");
        if (urls != nullptr && !urls->is_object())
            fail("`urls` is not an object of URLs");
        if (urls != nullptr && urls->is_object())
            for (const auto& [url, v] : urls->get_object())
                read_url(std::string(url), v, out.evidence);
    }

    void read_policies(chain::policy_inputs& out) {
        each_text("policies", [&](const std::string& oid) { out.acceptable.push_back(oid); });
        out.require_explicit = yes("explicit_policy");
        out.inhibit_mapping = yes("inhibit_policy_mapping");
        out.inhibit_any = yes("inhibit_any_policy");
    }

    void read_revocation(verify_case& out, const verify_defaults& defaults) {
        settle_revocation(out, defaults.revocation);
        if (const auto word = text("revocation")) {
            const auto flags = revocation_of(*word);
            if (flags)
                out.revocation = *flags;
            else
                fail("`revocation`: " + flags.error);
        }
        each_text("flags", [&](const std::string& word) {
            if (auto error = add_flag(out.revocation, word); !error.empty())
                fail("`flags`: " + std::move(error));
        });
    }

    std::optional<instant> time_at(std::string_view key) {
        const auto written = text(key);
        if (!written)
            return std::nullopt;
        const auto at = parse_instant(*written);
        if (!at)
            fail(fmt::format("`{}`: {}", key, at.error));
        return at ? std::optional(*at) : std::nullopt;
    }

    void read_instants(verify_case& out, const verify_defaults& defaults) {
        out.at = time_at("at").value_or(defaults.at);
        out.now = time_at("now");
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
