#include "tools/connlab/play.hpp"

#include "certs/forge.hpp"
#include "sim/lab/run.hpp"

#include <fmt/ostream.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace connlab::command {

namespace {

/// A line that overwrites itself on a terminal and is not there otherwise.
class progress {
  public:
    progress(std::size_t total, const streams& io) : total_(total), io_(io) {}

    void step() {
        const std::lock_guard lock(guard_);
        ++done_;
        if (io_.err_is_terminal && total_ > 1)
            fmt::print(io_.err, "\r{} of {} scenarios", done_, total_), io_.err.flush();
    }
    void clear() const {
        if (io_.err_is_terminal && total_ > 1)
            fmt::print(io_.err, "\r\x1b[K");
    }

  private:
    std::mutex guard_;
    std::size_t done_ = 0;
    std::size_t total_;
    const streams& io_;
};

unsigned cores(unsigned asked) {
    return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

} // namespace

std::shared_ptr<const certs::key_pool> open_keys() {
    auto pool = certs::key_pool::open(certs::key_pool::default_folder());
    if (!pool)
        throw std::runtime_error(pool.error);
    return *pool;
}

played play(const std::vector<scenario::loaded>& all, unsigned threads, const streams& io,
            bool for_artifacts) {
    played out;
    const auto pool = open_keys();
    const unsigned side_by_side = static_cast<unsigned>(std::min<std::size_t>(cores(threads), all.size()));
    const lab::run_options each{all.size() == 1 ? cores(threads) : 1, for_artifacts};
    std::vector<lab::run_result> results(all.size());
    progress shown(all.size(), io);
    std::atomic<std::size_t> next{0};
    std::mutex guard;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < all.size(); i = next++) {
            try {
                if (all[i].value)
                    results[i] = lab::run(*all[i].value, *pool, each);
            } catch (...) {
                const std::lock_guard lock(guard);
                failure = std::current_exception();
                next = all.size();
            }
            shown.step();
        }
    };
    std::vector<std::thread> crew;
    for (unsigned i = 1; i < side_by_side; ++i)
        crew.emplace_back(work);
    work();
    for (auto& t : crew)
        t.join();
    shown.clear();
    if (failure)
        std::rethrow_exception(failure);
    for (std::size_t i = 0; i < all.size(); ++i) {
        fmt::print(io.err, "{}", render(results[i].findings, all[i].texts));
        out.valid = out.valid && all[i].value && results[i].record && !has_errors(results[i].findings);
        if (results[i].record)
            out.records.push_back(std::move(*results[i].record));
    }
    return out;
}

} // namespace connlab::command
