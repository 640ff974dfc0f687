// Import-ExchangeCertificate: a file that the scenario declares under CertificateFiles, with its private key,
// without one, or as an authority's answer to a pending request.
#include "sim/cmdlet/certificate_view.hpp"
#include "sim/cmdlet/certificate_work.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::certificate_file;
using exchange::server;
using exchange::stored_certificate;

/// `\\\\fs\\share\\renewed.pfx` is the file renewed.pfx.
std::string file_name_of(std::string_view path) {
    return std::string(path.substr(path.find_last_of("/\\") + 1)); // npos + 1 is 0: no folder
}

const certificate_file* file_of(const work& w, const plain_arguments& given) {
    const bool by_name = given.count("FileName") > 0;
    if (by_name == (given.count("FileData") > 0)) {
        w.fail(w.text.name + " needs -FileData or -FileName",
               "-FileData ([System.IO.File]::ReadAllBytes('\\\\server\\share\\renewed.pfx'))");
        return nullptr;
    }
    const auto argument = given.find(by_name ? "FileName" : "FileData");
    const auto name = file_name_of(text_of(given, argument->first));
    std::vector<std::string> known;
    for (const auto& f : w.draft.certificate_files) {
        if (ascii_iequal(f.name, name))
            return &f;
        known.push_back(f.name);
    }
    const auto near = did_you_mean(name, known);
    w.errors.add(argument->second.where, fmt::format("`{}`: there is no file `{}`", argument->first, name),
                 near.empty() ? "files are declared under CertificateFiles of the organization" : near);
    return nullptr;
}

/// The request that the file answers: that of the same subject, else the only one. Null: none, and said so.
stored_certificate* request_for(const work& w, server& s, const certificate_file& f) {
    const auto subject = certs::to_string(f.recipe.subject);
    for (auto& pending : s.pending_requests)
        if (ascii_iequal(pending.cert.subject(), subject))
            return &pending;
    if (s.pending_requests.size() == 1)
        return &s.pending_requests.front();
    w.fail(
        fmt::format("{} answers a certificate request, and {} has no such request pending: the private "
                    "key is missing (our wording)",
                    f.name, s.name),
        "New-ExchangeCertificate -GenerateRequest makes one; a file with ForRequest: false brings its key");
    return nullptr;
}

/// Absent: said why.
std::optional<stored_certificate> completed(const work& w, server& s, const certificate_file& f) {
    auto* request = request_for(w, s, f);
    if (request == nullptr)
        return std::nullopt;
    auto recipe = f.recipe;
    recipe.key = {};
    recipe.key.same_as = request->name;
    auto out = w.issued(recipe);
    if (!out)
        return std::nullopt;
    if (out->cert.public_key_digest() != request->cert.public_key_digest()) {
        w.fail(fmt::format("{} was issued for another request than the one pending on {} (our wording)",
                           f.name, s.name));
        return std::nullopt;
    }
    out->friendly_name = request->friendly_name;
    std::erase_if(s.pending_requests, [&](const auto& one) { return &one == request; });
    return out;
}

std::optional<stored_certificate> read_from(const work& w, server& s, const certificate_file& f) {
    auto out = f.for_request ? completed(w, s, f) : w.issued(f.recipe);
    if (out && !f.for_request && !f.private_key)
        out->key = {};
    return out;
}

} // namespace

const std::vector<plain_parameter> import_certificate_parameters{
    {"FileData"}, {"FileName"},     without_effect("Instance"),
    {"Password"}, {"FriendlyName"}, without_effect("PrivateKeyExportable"),
    {"Server"}};

void import_certificate(const work& w) {
    const auto given = bind_plain(w.text, import_certificate_parameters, w.errors);
    auto* s = given ? certificate_server(w, *given) : nullptr;
    const auto* f = s != nullptr ? file_of(w, *given) : nullptr;
    if (f == nullptr)
        return;
    auto c = read_from(w, *s, *f);
    if (!c)
        return;
    say_what_has_no_effect(w, import_certificate_parameters, *given);
    for (const auto& other : s->certificates)
        if (other.cert == c->cert)
            return w.fail(fmt::format("The certificate with thumbprint {} is in the store of {} already "
                                      "(our wording)",
                                      c->cert.thumbprint(), s->name));
    if (const auto name = text_of(*given, "FriendlyName"); !name.empty())
        c->friendly_name = name;
    else if (c->friendly_name.empty())
        c->friendly_name = f->friendly_name;
    c->mark = w.errors.mark(w.text.where);
    auto& chain = s->stores.intermediates;
    chain.insert(chain.end(), c->sent_with.begin(), c->sent_with.end());
    w.printed(printed_certificate(view_of_certificate(*s, *c, w.in)));
    w.changed(fmt::format("Certificate {} on {}: imported from {}, {}", c->cert.thumbprint(), s->name,
                          f->name, c->cert.subject()));
    w.out.objects.push_back(view_of_certificate(*s, *c, w.in));
    s->certificates.push_back(std::move(*c));
}

} // namespace connlab::cmdlet
