#include "sim/scenario/yaml_document.hpp"

#include "sim/scenario/source_bytes.hpp"

#include <fmt/format.h>
#include <libfyaml.h>
#include <memory>
#include <unordered_map>
#include <utility>

namespace connlab::scenario {

namespace {

struct free_diag {
    void operator()(fy_diag* d) const { fy_diag_destroy(d); }
};
struct free_parser {
    void operator()(fy_parser* p) const { fy_parser_destroy(p); }
};
struct free_event {
    fy_parser* parser;
    void operator()(fy_event* e) const { fy_parser_event_free(parser, e); }
};
using event_pointer = std::unique_ptr<fy_event, free_event>;

bool reads_as_null(std::string_view text) {
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL" ||
           text == "$null";
}

/// Turns the parser's events into nodes. Recursion is bounded by `deepest_nesting`.
class tree_builder {
  public:
    tree_builder(std::string_view text, const std::string& file)
        : text_(text), file_(std::make_shared<const std::string>(file)), lines_(text) {
        fy_diag_cfg quiet{};
        fy_diag_cfg_default(&quiet);
        quiet.fp = nullptr;
        quiet.output_fn = [](fy_diag*, void*, const char*, std::size_t) {};
        diag_.reset(fy_diag_create(&quiet));
        fy_diag_set_collect_errors(diag_.get(), true);
        fy_parse_cfg cfg{};
        // Duplicate keys are found here, not there: all of them are reported, not the first.
        cfg.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                                    FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_JSON_NONE);
        cfg.diag = diag_.get();
        parser_.reset(fy_parser_create(&cfg));
        fy_parser_set_string(parser_.get(), text.data(), text.size());
    }

    yaml_document document() {
        yaml_document out;
        std::optional<node> root;
        while (auto event = next()) {
            if (event->type == FYET_DOCUMENT_START && root && !stopped_)
                error(place(event->document_start.document_start),
                      "a second document begins here; a scenario is one", "take the line `---` away");
            else if (starts_node(event->type) && !root)
                root = read_node(*event, 1);
            if (stopped_)
                break;
        }
        collect_syntax_errors();
        out.findings = std::move(findings_);
        if (!has_errors(out.findings))
            out.root = std::move(root);
        return out;
    }

  private:
    static bool starts_node(fy_event_type t) {
        return t == FYET_SCALAR || t == FYET_ALIAS || t == FYET_MAPPING_START || t == FYET_SEQUENCE_START;
    }

    event_pointer next() {
        return {stopped_ ? nullptr : fy_parser_parse(parser_.get()), free_event{parser_.get()}};
    }

    /// An empty node at the token's place; without a token at the place last seen.
    node place(fy_token* token) {
        const fy_mark* begin = token == nullptr ? nullptr : fy_token_start_mark(token);
        const fy_mark* end = token == nullptr ? nullptr : fy_token_end_mark(token);
        if (begin != nullptr && begin->input_pos <= text_.size()) {
            last_begin_ = begin->input_pos;
            last_end_ =
                end != nullptr && end->input_pos > begin->input_pos ? end->input_pos : begin->input_pos + 1;
        }
        node out;
        out.file = file_;
        put(out, last_begin_, last_end_);
        return out;
    }

    void put(node& n, std::size_t begin, std::size_t end) const {
        n.line = lines_.line_of(begin);
        n.column = lines_.column_of(begin);
        n.length = static_cast<int>(end > begin ? end - begin : 1);
    }

    void error(const node& at, std::string message, std::string hint = {}) {
        findings_.push_back({severity::error, at.mark(), std::move(message), std::move(hint), {}});
    }

    node read_node(const fy_event& e, int depth) {
        node out;
        if (depth > deepest_nesting) {
            error(place(first_token(e)), fmt::format("nested deeper than {} levels", deepest_nesting));
            stopped_ = true;
        } else if (e.type == FYET_MAPPING_START)
            out = read_mapping(e, depth);
        else if (e.type == FYET_SEQUENCE_START)
            out = read_sequence(e, depth);
        else if (e.type == FYET_SCALAR)
            out = read_scalar(e);
        else {
            out = place(e.alias.anchor);
            error(out, "aliases are not part of the scenario language",
                  "use `Extends:` for what scenarios share");
        }
        return out;
    }

    static fy_token* first_token(const fy_event& e) {
        return e.type == FYET_MAPPING_START    ? e.mapping_start.mapping_start
               : e.type == FYET_SEQUENCE_START ? e.sequence_start.sequence_start
               : e.type == FYET_SCALAR         ? e.scalar.value
                                               : e.alias.anchor;
    }

    void refuse_properties(fy_token* tag, fy_token* anchor) {
        if (tag != nullptr)
            error(place(tag), "tags are not part of the scenario language");
        if (anchor != nullptr)
            error(place(anchor), "anchors are not part of the scenario language",
                  "use `Extends:` for what scenarios share");
    }

    node read_scalar(const fy_event& e) {
        refuse_properties(e.scalar.tag, e.scalar.anchor);
        node out = place(e.scalar.value);
        if (e.scalar.value != nullptr) {
            std::size_t size = 0;
            const char* data = fy_token_get_text(e.scalar.value, &size);
            out.text.assign(data == nullptr ? "" : data, data == nullptr ? 0 : size);
            out.style = style_of(fy_token_scalar_style(e.scalar.value));
        }
        if (out.style == scalar_style::block)
            mark_first_word(out);
        out.kind =
            out.style == scalar_style::plain && reads_as_null(out.text) ? node_kind::null : node_kind::scalar;
        return out;
    }

    static scalar_style style_of(fy_scalar_style s) {
        switch (s) {
        case FYSS_SINGLE_QUOTED:
        case FYSS_DOUBLE_QUOTED:
            return scalar_style::quoted;
        case FYSS_LITERAL:
        case FYSS_FOLDED:
            return scalar_style::block;
        case FYSS_ANY:
        case FYSS_PLAIN:
        case FYSS_MAX:
            break;
        }
        return scalar_style::plain;
    }

    /// A block scalar's token begins with its indentation.
    void mark_first_word(node& n) const {
        const auto begin = text_.find_first_not_of(" \r\n", last_begin_);
        if (begin == std::string_view::npos || begin >= last_end_)
            return;
        put(n, begin, std::min(text_.find_first_of("\r\n", begin), text_.size()));
    }

    node read_sequence(const fy_event& e, int depth) {
        refuse_properties(e.sequence_start.tag, e.sequence_start.anchor);
        node out = place(e.sequence_start.sequence_start);
        out.kind = node_kind::sequence;
        out.flow = opens(e.sequence_start.sequence_start, '[');
        while (auto event = next()) {
            if (event->type == FYET_SEQUENCE_END) {
                closed(out);
                break;
            }
            out.items.push_back(read_node(*event, depth + 1));
        }
        return out;
    }

    bool opens(fy_token* token, char bracket) {
        const fy_mark* begin = token == nullptr ? nullptr : fy_token_start_mark(token);
        const bool flow =
            begin != nullptr && begin->input_pos < text_.size() && text_[begin->input_pos] == bracket;
        if (flow)
            open_brackets_.push_back(begin->input_pos);
        return flow;
    }

    void closed(const node& n) {
        if (n.flow)
            open_brackets_.pop_back();
    }

    node read_mapping(const fy_event& e, int depth) {
        refuse_properties(e.mapping_start.tag, e.mapping_start.anchor);
        node out = place(e.mapping_start.mapping_start);
        out.kind = node_kind::mapping;
        out.flow = opens(e.mapping_start.mapping_start, '{');
        std::unordered_map<std::string, int> lines; // of the keys so far
        while (auto event = next()) {
            if (event->type == FYET_MAPPING_END) {
                closed(out);
                break;
            }
            member m{read_node(*event, depth + 1), {}};
            if (auto value = next())
                m.value = read_node(*value, depth + 1);
            if (m.key.kind == node_kind::sequence || m.key.kind == node_kind::mapping) {
                error(m.key, "a key is a word, not a list or a mapping");
                continue;
            }
            const auto [first, added] = lines.emplace(m.key.text, m.key.line);
            if (!added) {
                error(m.key, fmt::format("duplicate key `{}`; it stands in line {} already", m.key.text,
                                         first->second));
                continue;
            }
            out.members.push_back(std::move(m));
        }
        return out;
    }

    void collect_syntax_errors() {
        void* position = nullptr;
        while (const auto* e = fy_diag_errors_iterate(diag_.get(), &position)) {
            if (e->type != FYET_ERROR || e->msg == nullptr)
                continue;
            node at;
            at.file = file_;
            const auto offset = place_of(*e);
            put(at, offset, offset + 1);
            error(at, fmt::format("not YAML: {}", e->msg), hint_for(at.line, e->msg));
        }
        if (findings_.empty() && fy_parser_get_stream_error(parser_.get()))
            findings_.push_back({severity::error, {*file_, 0, 0, 1}, "not YAML", {}, {}});
    }

    /// What is never closed is missed at the end of the file; it is better shown where it was opened.
    std::size_t place_of(const fy_diag_error& e) const {
        const bool unclosed = std::string_view(e.msg).find("without a closing") != std::string_view::npos;
        return unclosed && !open_brackets_.empty() ? open_brackets_.back()
                                                   : lines_.offset_of(e.line, e.column);
    }

    /// Plain text with `: ` in it is the commonest slip: a cmdlet with a comment, a banner, a LastError.
    std::string hint_for(int line, std::string_view message) const {
        if (message.find("on the same line") == std::string_view::npos)
            return {};
        const auto begin = lines_.offset_of(line, 1);
        const auto shown =
            text_.substr(begin, std::min(text_.find_first_of("\r\n", begin), text_.size()) - begin);
        if (shown.find("Run:") != std::string_view::npos)
            return "a cmdlet with `: ` in it has to stand in quotes or below `Run: |`";
        return "text with `: ` in it has to stand in quotes or below `|`";
    }

    std::string_view text_;
    std::shared_ptr<const std::string> file_;
    line_starts lines_;
    std::unique_ptr<fy_diag, free_diag> diag_; // outlives the parser
    std::unique_ptr<fy_parser, free_parser> parser_;
    diagnostics findings_;
    std::vector<std::size_t> open_brackets_; // of lists and mappings in flow style
    std::size_t last_begin_ = 0;
    std::size_t last_end_ = 1;
    bool stopped_ = false;
};

} // namespace

std::string_view without_byte_order_mark(std::string_view bytes) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.substr(0, mark.size()) == mark)
        bytes.remove_prefix(mark.size());
    return bytes;
}

yaml_document read_yaml(std::string_view text, const std::string& file) {
    if (auto reason = not_text(text, file))
        return {std::nullopt, {std::move(*reason)}};
    auto out = tree_builder(text, file).document();
    if (!out.root && out.findings.empty())
        out.findings.push_back({severity::error, {file, 0, 0, 1}, "the file is empty", {}, {}});
    return out;
}

} // namespace connlab::scenario
