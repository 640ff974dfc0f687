// Values in a cmdlet text: words, quoted texts, variables, lists, tables. Internal.
#pragma once

#include "sim/cmdlet/scanner.hpp"

namespace connlab::cmdlet {

/// The hint for whatever of the language is not there.
inline constexpr const char* what_is_supported = "supported are cmdlets with parameters, one after the "
                                                 "other, each on a line of its own or separated by `;`, and "
                                                 "variables: $x = …, $x.Property, $x.Property += …";

/// The first error of a statement; what follows is its echo and is not kept.
class first_error {
  public:
    explicit first_error(const text_marks& marks) : marks_(&marks) {}

    void set(const extent& where, std::string message, std::string hint = {}) {
        if (!found_)
            found_ = diagnostic{severity::error, marks_->of(where), std::move(message), std::move(hint), {}};
    }
    explicit operator bool() const { return found_.has_value(); }
    const diagnostic& operator*() const { return *found_; }

  private:
    const text_marks* marks_;
    std::optional<diagnostic> found_;
};

/// Cmdlets that ask at a console or make a secret object, which a scenario does not have.
bool asks_for_credential(std::string_view cmdlet);
inline constexpr const char* how_to_give_a_credential =
    "a text stands for the credential and is never kept: -AuthenticationCredential \"relay user\"";

class value_reader {
  public:
    value_reader(scanner& in, first_error& error) : in_(in), error_(error) {}

    /// One element, or several with commas between them.
    value read();
    /// `$x` or `$x.Property`; the name may be that of a constant.
    value read_reference();
    /// Says that the character here has no place here.
    void refuse_character();

  private:
    value read_element(bool in_brackets);
    value read_word(bool in_brackets);
    void refuse_command(const extent& where, const std::string& name);
    value read_block();
    void read_behind_comma(const extent& comma, std::vector<value>& all);
    value read_quoted(quote q, std::size_t mark_length);
    bool read_inside_double_quotes(value& v);
    bool read_expansion(value& v);
    value read_name();
    static void close_expansion(value& v);
    value read_variable();
    value read_brackets(bool in_brackets);
    /// `([System.IO.File]::ReadAllBytes('…'))`: the file's name. `(ConvertTo-SecureString …)`: a secret,
    /// never kept. False: neither stands here.
    bool read_call(value& v);
    value read_file_bytes();
    value read_secure_string();
    value read_table(bool in_brackets);
    table_entry read_entry();
    std::string read_key();
    value read_table_value();

    scanner& in_;
    first_error& error_;
};

/// What a backtick makes of the character behind it.
char escaped(char c);
bool is_name_byte(char c);
bool is_name_start(char c);

} // namespace connlab::cmdlet
