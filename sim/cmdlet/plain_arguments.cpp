#include "sim/cmdlet/plain_arguments.hpp"

namespace connlab::cmdlet {

namespace {

class plain_binder {
  public:
    plain_binder(const statement& s, const std::vector<plain_parameter>& parameters, error_list& errors)
        : statement_(&s), parameters_(&parameters), errors_(&errors) {
        for (const auto& p : parameters)
            known_.emplace_back(p.name);
        for (const auto& p : common_parameters())
            if (std::find(known_.begin(), known_.end(), p.name) == known_.end())
                known_.emplace_back(p.name);
    }

    std::optional<plain_arguments> bind() {
        for (const auto& a : statement_->arguments)
            if (a.name.empty())
                take_positional(*a.content);
            else
                take_named(a);
        return failed_ ? std::nullopt : std::optional(std::move(given_));
    }

  private:
    void fail(const extent& where, std::string message) {
        errors_->add(where, std::move(message));
        failed_ = true;
    }

    void take_positional(const value& v) {
        for (const auto& p : *parameters_)
            if (p.positional && given_.count(p.name) == 0) {
                given_.emplace(p.name, v);
                return;
            }
        fail(v.where, fmt::format("`{}` belongs to no parameter of {}", join(written(v).items, ","),
                                  statement_->name));
    }

    void take_named(const argument& a) {
        std::string name;
        for (const auto& p : common_parameters())
            if (!p.alias.empty() && ascii_iequal(p.alias, a.name))
                name = std::string(p.name);
        if (name.empty())
            name = resolve_name(a.name, known_, statement_->name, a.where, *errors_);
        if (name.empty()) {
            failed_ = true;
            return;
        }
        if (given_.count(name) > 0)
            return fail(a.where, fmt::format("-{} is given more than once", name));
        const auto own = std::find_if(parameters_->begin(), parameters_->end(),
                                      [&](const plain_parameter& p) { return p.name == name; });
        const auto common = std::find_if(common_parameters().begin(), common_parameters().end(),
                                         [&](const common_parameter& p) { return p.name == name; });
        const bool is_switch = own != parameters_->end() ? own->is_switch : common->is_switch;
        if (is_switch)
            take_switch(name, a);
        else if (!a.content)
            fail(a.where, fmt::format("-{} needs a value", name));
        else
            given_.emplace(name, *a.content);
    }

    void take_switch(const std::string& name, const argument& a) {
        value on;
        on.form = value_form::boolean;
        on.text = "True";
        on.where = a.where;
        if (a.by_colon && a.content && is_boolean(*a.content))
            on.text = a.content->text == "False" || a.content->text == "0" ? "False" : "True";
        else if (a.by_colon)
            return fail(a.where, fmt::format("-{} is a switch: -{} or -{}:$false", name, name, name));
        else if (a.content)
            take_positional(*a.content);
        given_.emplace(name, on);
    }

    const statement* statement_;
    const std::vector<plain_parameter>* parameters_;
    error_list* errors_;
    std::vector<std::string> known_;
    plain_arguments given_;
    bool failed_ = false;
};

} // namespace

std::optional<plain_arguments> bind_plain(const statement& s, const std::vector<plain_parameter>& parameters,
                                          error_list& errors) {
    return plain_binder(s, parameters, errors).bind();
}

std::string text_of(const plain_arguments& given, std::string_view name) {
    const auto found = given.find(name);
    return found == given.end() ? std::string{} : join(written(found->second).items, ",");
}

bool is_on(const plain_arguments& given, std::string_view name) {
    const auto found = given.find(name);
    return found != given.end() && found->second.text == "True";
}

} // namespace connlab::cmdlet
