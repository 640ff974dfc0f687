// Plays the steps of a scenario one after the other. The only place that changes a world and moves the clock.
#pragma once

#include "sim/cmdlet/shell.hpp"
#include "sim/lab/delivery_report.hpp"
#include "sim/lab/edge_sync.hpp"
#include "sim/lab/flow.hpp"
#include "sim/lab/run.hpp"
#include "sim/lab/waiting_mail.hpp"
#include "sim/lab/worker.hpp"
#include "sim/lab/world.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace connlab::lab {

/// `3` for the only flow of step 3, else `3.1`, `3.2`, …; behind those that the step has already.
std::vector<std::string> flow_ids(int step, std::size_t count, std::size_t before = 0);

class player {
  public:
    player(world w, const run_options& options);

    /// Plays one step; false when it could not be played (a cmdlet was refused): its findings say why.
    bool play(const scenario::step& s, trace::step_record& record, diagnostics& findings);
    unsigned most_at_once() const { return most_at_once_; }

  private:
    bool play_step(const scenario::send_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::retry_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::advance_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::run_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::fault_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::responder_fault_step& s, trace::step_record& record,
                   diagnostics& findings);
    bool play_step(const scenario::publish_crl_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::revoke_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::present_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::hybrid_wizard_step& s, trace::step_record& record, diagnostics& findings);
    bool play_step(const scenario::clear_url_cache_step& s, trace::step_record& record,
                   diagnostics& findings);
    bool play_step(const scenario::tamper_step& s, trace::step_record& record, diagnostics& findings);

    void remember(const std::vector<remembered>& fetched);
    void fetch_ahead(instant until, trace::step_record& record);
    static void keep(edge_sync_report report, trace::step_record& record);
    void carry_out(const cmdlet::queue_command& order, trace::step_record& record);
    void try_unreachable(trace::step_record& record);
    std::vector<attempt> deliver(const std::vector<message>& messages, const std::vector<std::string>& ids,
                                 instant at);
    void settle(std::vector<message> messages, std::vector<attempt> attempts, trace::step_record& record);
    void report(report_kind kind, const message& m, const trace::flow_record& fate,
                trace::step_record& record);
    std::set<std::string> unreachable_from(const std::string& console, const exchange::organization& o) const;
    void start_services(trace::step_record& record) const;
    void keep_views(trace::step_record& record);
    bool concerns(const message& m, const std::string& who) const;
    const exchange::server& submitting_server(const scenario::send_flow& f) const;

    world world_;
    instant now_;
    net::tls_contexts contexts_;
    std::vector<std::unique_ptr<worker>> crew_;
    waiting_mail waiting_;
    bool for_artifacts_ = false;
    std::map<std::string, std::string> shown_; // command → what it printed last
    std::atomic<unsigned> at_once_{0};
    std::atomic<unsigned> most_at_once_{0};
};

} // namespace connlab::lab
