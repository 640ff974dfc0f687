// Messages that wait for another attempt, and how the queue viewers show them.
#pragma once

#include "sim/lab/flow.hpp"
#include "sim/lab/world.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace connlab::lab {

class waiting_mail {
  public:
    /// `last` is what became of the attempt that failed.
    void add(message m, const attempt& last);
    /// Nothing takes it: it waits in the server's Unreachable queue until the configuration changes, or
    /// expires there.
    void add_unreachable(message m, attempt last);

    /// When the first one is to be tried or expires; instant::max() when nothing waits.
    instant next_due(const world& w) const;

    /// Takes out what is due at `now`.
    struct given_up {
        message what;
        trace::flow_record fate; // `id` is the message's
    };
    struct due_messages {
        std::vector<message> to_try;
        std::vector<given_up> expired; // back to their senders
        std::vector<given_up> delayed; // still here: their senders are told
    };
    due_messages take_due(const world& w, instant now);

    /// Takes out those that `which` names.
    std::vector<message> take(const std::function<bool(const message&)>& which);

    /// Those of one queue.
    std::vector<message> take_queue(const std::string& identity);
    std::vector<message> take_unreachable();
    /// No attempt is made for a suspended queue; its messages can still expire.
    void suspend(const std::string& identity, bool suspended);
    /// As world::suspended_queues has them.
    std::set<std::string> suspended_queues() const;

    /// One record a queue, in the order in which they came to hold something.
    std::vector<trace::queue_record> queues(const world& w, instant now);

  private:
    struct queued {
        message what;
        attempt last;
    };
    struct queue_name {
        std::string server;
        std::string key;
        int number = 0;
    };
    int queue_number(const std::string& server, const std::string& key);
    std::string identity_of(const queued& q);
    bool is_suspended(const queued& q) const;
    /// No attempt is made on its own.
    bool rests(const queued& q) const;
    instant due(const queued& q, const world& w) const;
    trace::queue_record first_record(const queued& q, std::string identity, const world& w,
                                     instant now) const;

    void take_latest(trace::queue_record& r, const queued& q, const world& w) const;

    std::vector<queued> waiting_;
    std::vector<queue_name> names_;   // a queue keeps its number
    std::set<std::string> suspended_; // identities
};

/// Of each server that is Exchange: there always, and empty whenever anyone looks, since nothing is
/// categorized but at once.
std::vector<trace::queue_record> submission_queues(const exchange::organization& o);

} // namespace connlab::lab
