#include "sim/tls/subject_memo.hpp"

#include "certs/decoded_name.hpp"
#include "sim/tls/extension.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::tls {

namespace {

std::string subject_text(std::string_view der) {
    const auto subject = certs::subject_from_der(der);
    return subject ? certs::to_string(*subject) : fmt::format("no certificate, {}", size_text(der.size()));
}

} // namespace

const std::string& subject_memo::subject_of(std::string_view der) {
    std::string bytes(der);
    const auto found = known_.find(bytes);
    if (found != known_.end())
        return found->second;
    return known_.emplace(std::move(bytes), subject_text(der)).first->second;
}

} // namespace connlab::tls
