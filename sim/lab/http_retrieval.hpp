// One retrieval over real HTTP, by the way that the server's settings leave it: directly or through the
// WinHTTP proxy, redirections included, within its time.
#pragma once

#include "sim/lab/responders.hpp"
#include "sim/net/loopback.hpp"
#include "sim/trace/run_record.hpp"
#include "sim/transport/inquiry.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::lab {

/// What one attempt came to.
struct retrieval_outcome {
    std::string_view rule;
    std::string by;
    std::string answer;
    std::string bytes;
    bool fetched = false;
    bool given_up = false;  // nothing had come when the time was over
    bool unchanged = false; // there is nothing newer than what is known
    std::string etag;
    std::optional<duration> max_age;
    duration took{};
    std::vector<trace::cause> because;
};

class http_retrieval {
  public:
    http_retrieval(const world& w, net::loopback& network, responders& publishers)
        : w_(w), network_(network), responders_(publishers) {}

    retrieval_outcome get(const exchange::server& s, const transport::errand& what, instant now);

  private:
    std::vector<trace::cause> settings_of(const exchange::server& s) const;
    struct route;
    route route_to(const exchange::server& s, const std::string& url) const;
    bool reaches(const exchange::server& s, const publication_place& where) const;
    net::http_answer through_proxy(const exchange::server& s, const route& way,
                                   const net::http_request& asked, const std::string& url, instant now);
    net::http_reply request(const exchange::server& s, const route& way, const net::http_request& what,
                            const net::http_client& who, instant now);

    const world& w_;
    net::loopback& network_;
    responders& responders_;
};

} // namespace connlab::lab
