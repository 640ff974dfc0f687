// Every cell of the matrix against the table that was written by hand from the behaviour sheets.
#include "sim/base/ascii.hpp"
#include "tools/connlab/matrix.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace connlab;
using command::matrix_cell;

namespace {

struct expected_cell {
    std::string outcome;
    std::string reply;
    std::string reason;
    bool assumed = false;
    int line = 0;
};

using cell_key = std::pair<std::string, std::string>; // row, column

std::vector<std::string> column_ids(const std::string& words) {
    static const std::map<std::string, std::vector<std::string>> groups = {
        {"levels", {"RequireTLS", "EncryptionOnly"}},
        {"checked", {"CertificateValidation", "DomainValidation", "DomainSecure"}},
        {"all",
         {"none", "RequireTLS", "EncryptionOnly", "CertificateValidation", "DomainValidation",
          "DomainSecure"}},
    };
    std::vector<std::string> out;
    for (const auto& word : split(words, ',')) {
        const std::string id(trim(word));
        const auto group = groups.find(id);
        if (group == groups.end())
            out.push_back(id);
        else
            out.insert(out.end(), group->second.begin(), group->second.end());
    }
    return out;
}

std::string cell_text(const std::string& column) {
    const std::string text(trim(column));
    return text == "-" ? "" : text;
}

std::map<cell_key, expected_cell> hand_written() {
    std::map<cell_key, expected_cell> out;
    std::ifstream file(CONNLAB_SOURCE_DIR "/tests/cases/matrix.txt");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (trim(line).empty() || line.front() == '#')
            continue;
        const auto parts = split(line, '|');
        BOOST_TEST_REQUIRE(parts.size() == 7U, "matrix.txt:" << number << ": " << line);
        for (const auto& column : column_ids(parts[1])) {
            const expected_cell cell{cell_text(parts[2]), cell_text(parts[3]), cell_text(parts[4]),
                                     cell_text(parts[5]) == "yes", number};
            const bool fresh = out.insert({{std::string(trim(parts[0])), column}, cell}).second;
            BOOST_TEST(fresh, "matrix.txt:" << number << ": " << column << " stands twice");
        }
    }
    return out;
}

const command::matrix_table& table() {
    static const command::matrix_table run = [] {
        auto pool = certs::key_pool::open(certs::key_pool::default_folder());
        BOOST_TEST_REQUIRE(static_cast<bool>(pool), pool.error);
        auto rows = command::find_scenarios({"scenarios/matrix"}).paths;
        std::erase_if(rows, [](const std::string& path) { return path.ends_with("/base.yaml"); });
        return command::run_matrix(rows, **pool, 2);
    }();
    return run;
}

} // namespace

BOOST_AUTO_TEST_SUITE(matrix)

BOOST_AUTO_TEST_CASE(rows_load_without_a_diagnostic) {
    BOOST_TEST(render(table().findings, table().texts) == "");
}

BOOST_AUTO_TEST_CASE(hand_written_table_and_rows_name_the_same_cells) {
    std::set<cell_key> run;
    for (const auto& r : table().rows)
        for (const auto& c : r.cells)
            run.insert({c.row, c.column});
    const auto expected = hand_written();
    for (const auto& [key, cell] : expected)
        BOOST_TEST(run.count(key) == 1U, key.first << ", " << key.second << " is not run");
    for (const auto& key : run)
        BOOST_TEST(expected.count(key) == 1U, key.first << ", " << key.second << " is not in matrix.txt");
    BOOST_TEST(table().rows.size() >= 30U);
}

BOOST_AUTO_TEST_CASE(every_cell_is_what_the_sheets_say) {
    const auto expected = hand_written();
    for (const auto& r : table().rows)
        for (const auto& c : r.cells) {
            const auto found = expected.find({c.row, c.column});
            if (found == expected.end())
                continue;
            const auto& e = found->second;
            const auto where = fmt::format("{}, {} (matrix.txt:{})", c.row, c.column, e.line);
            BOOST_TEST(c.outcome() == e.outcome, where << ": " << c.outcome() << ", not " << e.outcome);
            const auto* f = c.flow();
            if (f == nullptr)
                continue;
            BOOST_TEST(f->reply == e.reply, where << ": \"" << f->reply << "\", not \"" << e.reply << "\"");
            BOOST_TEST(f->decided_by == e.reason, where << ": " << f->decided_by << ", not " << e.reason);
            BOOST_TEST(c.assumed() == e.assumed, where << ": assumed " << c.assumed());
        }
}

// The bytes that arrive are the bytes that were sent, below what each server puts on top: every delivered
// cell carries the same message.
BOOST_AUTO_TEST_CASE(delivered_cells_prove_the_bytes_that_arrived) {
    std::set<std::string> sent;
    for (const auto& r : table().rows)
        for (const auto& c : r.cells)
            if (c.flow() != nullptr && c.flow()->outcome == trace::flow_outcome::delivered) {
                BOOST_TEST_REQUIRE(c.flow()->deliveries.size() == 1U);
                BOOST_TEST(c.flow()->deliveries.front().bytes > 0U);
                const auto& content = c.flow()->deliveries.front().content;
                const auto own = content.find("Message-ID: ");
                BOOST_TEST_REQUIRE(own != std::string::npos);
                sent.insert(content.substr(own));
            }
    BOOST_TEST(sent.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
