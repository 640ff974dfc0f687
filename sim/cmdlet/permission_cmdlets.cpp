// Add- and Remove-ADPermission, as far as administrators use them on Receive connectors: extended rights of
// ANONYMOUS LOGON, for anonymous relay and for senders of the own domains.
#include "sim/cmdlet/named_objects.hpp"
#include "sim/exchange/permissions.hpp"

namespace connlab::cmdlet {

namespace {

const std::vector<plain_parameter> ad_permission_parameters{
    {"Identity", false, true}, {"User"}, {"ExtendedRights"}};

constexpr std::string_view anonymous_logon = "NT AUTHORITY\\ANONYMOUS LOGON";

struct ad_permission {
    value identity;
    std::uint32_t rights = 0;
};

/// Absent: said what is wrong.
std::optional<ad_permission> read_ad_permission(const statement& s, error_list& errors) {
    const auto given = bind_plain(s, ad_permission_parameters, errors);
    if (!given)
        return std::nullopt;
    const auto before = errors.size();
    for (const auto& p : ad_permission_parameters)
        if (given->count(p.name) == 0)
            errors.add(s.where, fmt::format("{} needs -{}", s.name, p.name));
    if (errors.size() > before)
        return std::nullopt;
    if (!ascii_iequal(text_of(*given, "User"), anonymous_logon))
        errors.add(given->find("User")->second.where,
                   fmt::format("`User`: the lab knows the rights of {} alone", anonymous_logon));
    ad_permission out{given->find("Identity")->second, 0};
    for (const auto& one : texts_in(given->find("ExtendedRights")->second)) {
        const auto right = exchange::read_extended_right(one.text);
        if (!right)
            errors.add(one.where, "`ExtendedRights`: " + right.error);
        else
            out.rights |= *right;
    }
    return errors.size() > before ? std::nullopt : std::optional(std::move(out));
}

void change(const work& w, bool adds) {
    const auto given = read_ad_permission(w.text, w.errors);
    auto* c = given ? find_object<exchange::receive_connector>(w, given->identity) : nullptr;
    if (c == nullptr)
        return;
    const auto mark = w.errors.mark(w.text.where);
    const std::uint32_t added = *c->added_to_anonymous;
    const std::uint32_t removed = *c->removed_from_anonymous;
    c->added_to_anonymous = {adds ? added | given->rights : added & ~given->rights, mark};
    c->removed_from_anonymous = {adds ? removed & ~given->rights : removed | given->rights, mark};
    w.changed(fmt::format(
        "Receive connector {}: ANONYMOUS LOGON has {}", c->identity(),
        exchange::show_permissions(exchange::permissions_of(*c, exchange::principal::anonymous))));
}

} // namespace

void add_ad_permission(const work& w) {
    change(w, true);
}
void remove_ad_permission(const work& w) {
    change(w, false);
}
void check_ad_permission(const statement& s, error_list& errors) {
    read_ad_permission(s, errors);
}

} // namespace connlab::cmdlet
