#include "sim/report/retrievals.hpp"

#include "sim/report/layout.hpp"

#include <fmt/format.h>

#include <map>

namespace connlab::report {

namespace {

constexpr std::size_t text_width = 110;

std::string time_of(const trace::retrieval_record& r) {
    if (!r.waited_for)
        return ", in the background";
    return !r.fetched || r.took == duration{}
               ? ""
               : fmt::format(", after {} s", static_cast<double>(r.took.count()) / 1000);
}

std::string extension(const std::string& what) {
    return what == "CRL" ? "crl" : what == "OCSP" ? "ors" : "crt";
}

/// The files of one server and the list of their URLs.
struct cache_folder {
    std::vector<log_file> files;
    std::string index;
    std::string flow; // of the last entry
    int number = 0;   // in that flow
};

void keep(std::map<std::string, cache_folder>& all, const std::string& flow,
          const std::vector<trace::retrieval_record>& fetched) {
    for (const auto& r : fetched) {
        auto& folder = all[r.server];
        folder.number = folder.flow == flow ? folder.number + 1 : 1;
        folder.flow = flow;
        const auto name = fmt::format("{}-{} {}.{}", flow, folder.number, r.what, extension(r.what));
        if (r.fetched)
            folder.files.push_back({r.server + "/CryptnetUrlCache/" + name, r.body});
        folder.index += fmt::format("{}  {}  {}  {}\r\n", format_instant_ms(r.at), r.fetched ? name : "-",
                                    r.url, r.answer);
    }
}

} // namespace

std::string retrieval_text(const std::vector<trace::retrieval_record>& all, const paint& p) {
    std::string out;
    for (const auto& r : all) {
        out += wrapped(fmt::format("{} {} {}", r.server, r.what, p.faint(r.url)), 2, 4, text_width);
        out += wrapped(fmt::format("{}{}{}", r.by.empty() ? "" : r.by + ": ",
                                   r.fetched ? p.good(r.answer) : p.bad(r.answer), time_of(r)),
                       6, 2, text_width);
    }
    return out;
}

std::vector<log_file> fetched_files(const trace::run_record& run) {
    std::map<std::string, cache_folder> all;
    for (const auto& s : run.steps)
        for (const auto* flows : {&s.flows, &s.reports})
            for (const auto& f : *flows) {
                keep(all, f.id, f.retrievals);
                for (const auto& session : f.sessions)
                    keep(all, f.id, session.retrievals);
            }
    std::vector<log_file> out;
    for (auto& [server, folder] : all) {
        out.insert(out.end(), folder.files.begin(), folder.files.end());
        out.push_back({server + "/CryptnetUrlCache/index.txt", folder.index});
    }
    return out;
}

} // namespace connlab::report
