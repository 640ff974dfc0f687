#include "sim/tls/suite_choice.hpp"

#include "sim/base/ascii.hpp"
#include "sim/tls/alert.hpp"

#include <fmt/format.h>

namespace connlab::tls {

namespace {

using alert_number::handshake_failure;

/// Why one suite of the list cannot be taken; empty: it can.
struct fitness {
    std::string why;
    std::string group;
    bool openssl_would = false; // what stands in the way is nothing that OpenSSL minds
};

class suite_choice {
  public:
    suite_choice(const negotiator& client, const negotiator& server, const server_key& key, version v)
        : client_(client), server_(server), key_(key), version_(v) {}

    trace::decided<negotiation> made() {
        auto& n = out_.value;
        auto& d = out_.why;
        n.agreed_version = version_;
        d.question = fmt::format("Which cipher suite do {} and {} use with {}?", client_.name, server_.name,
                                 windows_name(version_));
        d.rule = server_.what.server_preference ? "tls.suite.server-order" : "tls.suite.client-order";
        const auto& order = server_.what.server_preference ? server_.what : client_.what;
        for (const auto& name : order.every_suite())
            if (take(name))
                break;
        cite();
        if (n.suite.empty())
            fail();
        else
            complete();
        return std::move(out_);
    }

  private:
    const profile& other() const { return server_.what.server_preference ? client_.what : server_.what; }

    /// The name in the other list with the same suite, curve aside: whose curves count is asked later.
    bool other_has(const suite& s) const {
        const auto all = other().every_suite();
        return std::any_of(all.begin(), all.end(),
                           [&](const std::string& n) { return find_suite_by_schannel_name(n) == &s; });
    }

    bool refuses_sha512() const {
        return key_.sha512 && version_ == version::tls1_2 &&
               !holds(client_.what.signatures, std::string("rsa_pkcs1_sha512"));
    }

    std::string certificate_misfit(const suite& s) const {
        const auto kind = s.authentication();
        if (!kind.empty() && kind != key_.kind)
            return fmt::format("needs a certificate with a key of {}, and this one's is {}", kind, key_.kind);
        // RFC 8446 4.2.7: from TLS 1.3 on the list of groups says nothing about certificates.
        if (key_.kind == "ECDSA" && version_ != version::tls1_3 && !holds(client_.what.groups, key_.curve))
            return fmt::format("{} does not take the certificate's curve {}", client_.name, key_.curve);
        return {};
    }

    fitness fit(const std::string& name, const suite& s) const {
        if (!s.valid_for(version_))
            return {fmt::format("not valid for {}", windows_name(version_)), {}, false};
        if (!other_has(s))
            return {fmt::format("{} does not {} it",
                                server_.what.server_preference ? client_.name : server_.name,
                                server_.what.server_preference ? "offer" : "have"),
                    {},
                    false};
        if (auto why = certificate_misfit(s); !why.empty())
            return {std::move(why), {}, false};
        if (refuses_sha512())
            return {client_.name + " takes no signature with SHA-512, and the certificate has one", {}, true};
        if (!s.ecdhe() && !s.tls13)
            return {};
        const auto named = std::string(curve_in_suite_name(name));
        if (!named.empty() && server_.what.server_preference)
            return holds(client_.what.groups, named)
                       ? fitness{{}, named, false}
                       : fitness{fmt::format("{} does not have its curve {}", client_.name, named), {}, true};
        const auto& order = server_.what.server_preference ? server_.what.groups : client_.what.groups;
        const auto group =
            first_common(order, server_.what.server_preference ? client_.what.groups : server_.what.groups);
        return group ? fitness{{}, *group, false} : fitness{"no common group", {}, false};
    }

    bool take(const std::string& name) {
        const auto* s = find_suite_by_schannel_name(name);
        if (s == nullptr)
            return false;
        auto fits = fit(name, *s);
        const bool chosen = fits.why.empty();
        if (fits.openssl_would)
            out_.value.passed_over.push_back(name);
        if (chosen) {
            fits.why = fmt::format("the first of the list of {} that fits both",
                                   server_.what.server_preference ? server_.name : client_.name);
            suite_ = s;
            out_.value.suite = s->schannel_name;
            out_.value.group = fits.group;
        }
        out_.why.considered.push_back({name, chosen, std::move(fits.why)});
        return chosen;
    }

    void cite() {
        auto& d = out_.why;
        d.because.push_back(
            {"certificate of " + server_.name,
             key_.kind == "ECDSA" ? "ECDSA " + key_.curve : fmt::format("{} {}", key_.kind, key_.bits),
             {}});
        for (const auto* who : {&server_, &client_})
            if (!who->what.suites_from.empty())
                d.because.push_back({"suites of " + who->name, who->what.suites_from, who->what.suites_mark});
    }

    std::string groups_of(const negotiator& who) const {
        return who.what.groups.empty() ? "none" : join(who.what.groups, ", ");
    }

    void fail() {
        auto& n = out_.value;
        auto& d = out_.why;
        n.outcome = agreement::no_common_suite;
        n.alert = handshake_failure;
        d.rule = "tls.suite.none-common";
        d.answer = "none: alert handshake_failure (40)";
        d.because.push_back({"groups of " + server_.name, groups_of(server_), {}});
        d.because.push_back({"groups of " + client_.name, groups_of(client_), {}});
        for (const auto* who : {&server_, &client_})
            for (const auto& gone : who->what.left_out)
                if (gone.mark.known())
                    d.because.push_back({gone.name + " on " + who->name, gone.why, gone.mark});
    }

    /// The scheme that the server signs with; a suite of RSA key transport and TLS 1.1 have none.
    std::string signature() const {
        if (version_ < version::tls1_2 || suite_->rsa_key_transport())
            return {};
        const auto& order =
            server_.what.server_preference ? server_.what.signatures : client_.what.signatures;
        const auto& others =
            server_.what.server_preference ? client_.what.signatures : server_.what.signatures;
        for (const auto& one : order)
            if (holds(others, one) && signs(one))
                return one;
        return {};
    }

    bool signs(std::string_view scheme) const {
        const bool modern = version_ == version::tls1_3;
        if (key_.kind == "ECDSA") {
            const auto curve = key_.curve == "P-384" ? "384r1" : key_.curve == "P-521" ? "521r1" : "256r1";
            return scheme.starts_with("ecdsa") && (!modern || scheme.find(curve) != std::string_view::npos);
        }
        if (!scheme.starts_with("rsa_") || (modern && !scheme.starts_with("rsa_pss")))
            return false;
        const int hash = scheme.ends_with("512") ? 512 : scheme.ends_with("384") ? 384 : 256;
        return !scheme.starts_with("rsa_pss") || key_.bits >= 2 * hash + 16; // RFC 8017, 9.1.1
    }

    void complete() {
        auto& n = out_.value;
        auto& d = out_.why;
        n.signature = signature();
        if (!n.signature.empty())
            d.because.push_back({"signature scheme", n.signature, {}});
        d.answer = n.suite + (n.group.empty() ? "" : " over " + n.group);
        if (!suite_->performed_here())
            n.not_performed = n.suite;
        else if (version_ == version::ssl3_0)
            n.not_performed = "SSL 3.0";
        if (!n.not_performed.empty()) {
            d.rule = "tls.not-performed";
            d.answer += ": computed, not performed (this OpenSSL has no " + n.not_performed + ")";
        }
        if (suite_->dhe())
            check_prime();
        else if (suite_->rsa_key_transport() && !client_.what.rsa_taken.allow(key_.bits))
            refuse(agreement::key_refused, "tls.key.rsa-refused",
                   fmt::format("{} refuses the RSA key of {} bits", client_.name, key_.bits),
                   client_.what.rsa_taken);
    }

    void check_prime() {
        out_.value.dhe_bits = server_.what.dhe_bits;
        out_.why.because.push_back(
            {"DHE prime of " + server_.name, fmt::format("{} bits", server_.what.dhe_bits), {}});
        if (!client_.what.dhe_taken.allow(server_.what.dhe_bits))
            refuse(agreement::prime_refused, "tls.key.prime-refused",
                   fmt::format("{} refuses the prime of {} bits", client_.name, server_.what.dhe_bits),
                   client_.what.dhe_taken);
    }

    void refuse(agreement how, std::string rule, std::string answer, const key_lengths& taken) {
        auto& n = out_.value;
        n.outcome = how;
        n.alert = handshake_failure;
        n.alert_by_server = false;
        out_.why.rule = std::move(rule);
        out_.why.answer = std::move(answer);
        rest_on(out_.why, {out_.why.rule});
        out_.why.because.push_back({"lengths that " + client_.name + " takes",
                                    taken.most == 0 ? fmt::format("{} bits and more", taken.least)
                                                    : fmt::format("{} to {} bits", taken.least, taken.most),
                                    {}});
    }

    const negotiator& client_;
    const negotiator& server_;
    const server_key& key_;
    version version_;
    const suite* suite_ = nullptr;
    trace::decided<negotiation> out_;
};

} // namespace

trace::decided<negotiation> choose_suite(const negotiator& client, const negotiator& server,
                                         const server_key& key, version v) {
    return suite_choice(client, server, key, v).made();
}

} // namespace connlab::tls
