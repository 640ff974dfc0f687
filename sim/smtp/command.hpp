// SMTP command lines as values (RFC 5321 section 4.1, RFC 3030).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::smtp {

enum class verb {
    helo,
    ehlo,
    starttls,
    x_anonymoustls,
    mail,
    rcpt,
    data,
    bdat,
    rset,
    noop,
    quit,
    vrfy,
    expn,
    help,
    auth,
    x_exps,
    unknown
};
std::string_view to_string(verb v); // as it is written on the wire; "other" for unknown

struct command {
    verb what = verb::unknown;
    std::string name;     // as written, upper case
    std::string argument; // everything behind the verb, trimmed
};
command parse_command(std::string_view line);

struct mail_parameter {
    std::string keyword; // upper case
    std::string value;   // as written; empty also for `KEYWORD` alone
    bool has_value = false;
};

/// `FROM:<a@b> SIZE=100 BODY=8BITMIME`, `TO:<c@d> NOTIFY=NEVER`. Source routes are dropped, quoted local
/// parts kept.
struct path_command {
    std::string address; // empty for <>
    std::vector<mail_parameter> parameters;

    const std::string* find(std::string_view keyword) const; // null: not given
};
/// `prefix` is `FROM:` or `TO:`. Nothing: the syntax is wrong.
std::optional<path_command> parse_path(std::string_view argument, std::string_view prefix);

/// `local@domain`, the local part maybe quoted, the domain maybe an address literal; bytes above 127 are let
/// through (RFC 6531). Longer than 320 bytes is none.
bool is_mailbox(std::string_view address);

struct chunk_command {
    std::uint64_t octets = 0;
    bool last = false;
};
std::optional<chunk_command> parse_chunk(std::string_view argument); // of BDAT

} // namespace connlab::smtp
