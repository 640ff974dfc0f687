#include "tools/connlab/matrix.hpp"

#include "sim/exchange/decisions.hpp"
#include "sim/exchange/parameters.hpp"
#include "sim/lab/run.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <atomic>
#include <exception>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace connlab::command {

namespace {

matrix_cell run_cell(const matrix_row& row, const matrix_column& column, scenario::scenario plan,
                     const certs::key_pool& pool) {
    matrix_cell cell;
    cell.row = row.id;
    cell.column = column.id;
    apply_column(column, plan);
    const auto& sender = plan.organizations.front();
    for (const auto& d : exchange::validate(sender.send_connectors.front(), sender.servers.front().role))
        if (d.level == severity::error && cell.refused_by.empty())
            cell.refused_by = d.rule;
    if (!cell.refused_by.empty())
        return cell;
    auto result = lab::run(plan, pool, {1});
    cell.record = std::move(result.record);
    cell.findings = std::move(result.findings);
    return cell;
}

} // namespace

void apply_column(const matrix_column& column, scenario::scenario& plan) {
    auto& sender = plan.organizations.front();
    auto& connector = sender.send_connectors.front();
    for (const auto& [name, value] : column.connector) {
        const auto* parameter = exchange::find_parameter(exchange::send_connector_parameters(), name);
        const auto set = parameter->set(connector, {false, false, {value}}, {});
        if (!set)
            throw std::logic_error(set.error);
    }
    if (!column.send_secure_domain.empty())
        sender.transport.tls_send_domain_secure_list = {{column.send_secure_domain}, {}};
    scenario::send_flow flow;
    flow.from = "anna@varunagroup.de";
    flow.to = "bob@contoso.com";
    plan.steps.push_back({scenario::send_step{{flow}}, std::nullopt, connector.mark});
}

const std::vector<matrix_column>& matrix_columns() {
    static const std::vector<matrix_column> table = {
        {"none", {}, ""},
        {"RequireTLS", {{"RequireTLS", "true"}}, ""},
        {"EncryptionOnly", {{"RequireTLS", "true"}, {"TlsAuthLevel", "EncryptionOnly"}}, ""},
        {"CertificateValidation", {{"RequireTLS", "true"}, {"TlsAuthLevel", "CertificateValidation"}}, ""},
        {"DomainValidation",
         {{"RequireTLS", "true"}, {"TlsAuthLevel", "DomainValidation"}, {"TlsDomain", "mail.contoso.com"}},
         ""},
        {"DomainSecure", {{"DomainSecureEnabled", "true"}}, "contoso.com"},
    };
    return table;
}

const trace::flow_record* matrix_cell::flow() const {
    if (!record)
        return nullptr;
    for (const auto& s : record->steps)
        for (const auto& f : s.flows)
            return &f;
    return nullptr;
}

std::string matrix_cell::outcome() const {
    if (!refused_by.empty())
        return "refused-by " + refused_by;
    const auto* f = flow();
    if (f == nullptr)
        return "fault";
    if (f->outcome == trace::flow_outcome::delivered)
        return !f->deliveries.empty() && f->deliveries.front().encrypted ? "tls" : "clear";
    return f->outcome == trace::flow_outcome::retry ? "retry" : "failed";
}

bool matrix_cell::assumed() const {
    const auto* f = flow();
    return f != nullptr && !f->assumptions.empty();
}

std::string matrix_row_id(const std::string& path) {
    const auto stem = std::filesystem::path(path).stem().string();
    const auto dash = stem.find('-');
    return dash == std::string::npos ? stem : stem.substr(dash + 1);
}

matrix_table run_matrix(const std::vector<std::string>& rows, const certs::key_pool& pool, unsigned threads) {
    matrix_table table;
    std::vector<scenario::scenario> plans;
    const auto reader = disk_reader();
    for (const auto& path : rows) {
        auto loaded = scenario::load(path, reader);
        table.findings.insert(table.findings.end(), loaded.findings.begin(), loaded.findings.end());
        table.texts.merge(loaded.texts);
        if (!loaded.value)
            continue;
        table.rows.push_back({matrix_row_id(path), loaded.value->title, {}});
        table.rows.back().cells.resize(matrix_columns().size());
        plans.push_back(std::move(*loaded.value));
    }
    const auto width = matrix_columns().size();
    std::atomic<std::size_t> next{0};
    std::mutex guard;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < plans.size() * width; i = next++) {
            auto& row = table.rows[i / width];
            try {
                row.cells[i % width] = run_cell(row, matrix_columns()[i % width], plans[i / width], pool);
            } catch (...) {
                const std::lock_guard lock(guard);
                failure = std::current_exception();
            }
        }
    };
    std::vector<std::thread> crew;
    for (unsigned i = 1; i < threads; ++i)
        crew.emplace_back(work);
    work();
    for (auto& t : crew)
        t.join();
    if (failure)
        std::rethrow_exception(failure);
    return table;
}

} // namespace connlab::command
