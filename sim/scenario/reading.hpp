// What the readers of a scenario's parts share: the world that grows, what was wrong so far, and the names
// that were mentioned and can be looked up only when everything has been read.
#pragma once

#include "sim/scenario/node.hpp"
#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace connlab::scenario {

enum class mentioned {
    authority,
    organization,
    server,
    tenant,
    organization_or_server,
    certificate,
    authority_or_certificate, // by its full id
    sender
};

/// A name that has to exist somewhere in the scenario.
struct mention {
    mentioned kind = mentioned::server;
    located<std::string> name;
    std::string where; // "`Issuer`", "`SourceTransportServers`"
    std::string
        within; // organization (servers of a connector), ORG/SERVER (certificates); sender: who submits
};

struct reading {
    scenario world;
    diagnostics findings;
    /// Of files beside the scenario; nullopt: it cannot be read.
    std::function<std::optional<std::string>(const std::string& path)> read_file;
    source_texts texts; // of those that were read
    std::vector<mention> mentions;
    std::vector<source_mark>
        misread; // connectors with a value that could not be read: their combinations mean nothing

    bool is_misread(const source_mark& connector) const {
        return std::find(misread.begin(), misread.end(), connector) != misread.end();
    }
    void error(const node& at, std::string message, std::string hint = {}, std::string rule = {}) {
        error(at.mark(), std::move(message), std::move(hint), std::move(rule));
    }
    void error(const source_mark& at, std::string message, std::string hint = {}, std::string rule = {}) {
        findings.push_back({severity::error, at, std::move(message), std::move(hint), std::move(rule)});
    }
    void mention_name(mentioned kind, const node& at, std::string where, std::string within = {}) {
        mentions.push_back({kind, {at.text, at.mark()}, std::move(where), std::move(within)});
    }
};

/// A scalar, or each entry of a list.
std::vector<const node*> entries(const node& one_or_list);
std::vector<std::string> texts(const node& one_or_list);

/// Names of a mapping that are the same but for case are an error: Exchange and DNS do not tell them apart.
void refuse_same_names(const node& mapping, std::string_view of_what, reading& r);

} // namespace connlab::scenario
