#include "sim/transport/inquiry.hpp"

namespace connlab::transport {

std::optional<errand> inquiry::next(const std::vector<chain::retrieval>& wanted) const {
    if (wanted.empty())
        return std::nullopt;
    const auto& first = wanted.front();
    const bool of_revocation = first.what != chain::retrieval::kind::issuer;
    return errand{first, of_revocation ? chain::allowed_time(timeouts_, spent_) : timeouts_.url};
}

void inquiry::on_retrieved(chain::retrieved answer) {
    if (answer.asked.what != chain::retrieval::kind::issuer)
        spent_ += answer.took;
    known_.answers.push_back(std::move(answer));
}

} // namespace connlab::transport
