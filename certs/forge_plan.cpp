#include "certs/forge_plan.hpp"

#include <openssl/sha.h>

#include <fmt/format.h>

#include <set>
#include <unordered_map>

namespace connlab::certs {
namespace {

using recipes = std::vector<certificate_recipe>;
using positions = std::unordered_map<std::string, std::size_t>;

std::string sha256(std::string_view text) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
           reinterpret_cast<unsigned char*>(out.data()));
    return out;
}

std::uint64_t first_word(std::string_view digest) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i)
        out = out << 8 | static_cast<unsigned char>(digest[i]);
    return out;
}

/// The first recipe of a circle that following `next` from `start` never leaves; none when the walk ends.
std::size_t circle_from(std::size_t start, const std::vector<std::size_t>& next) {
    std::size_t steps = 0;
    for (std::size_t at = start; at != forge_plan::none; at = next[at])
        if (steps++ > next.size())
            return at;
    return forge_plan::none;
}

/// `A → B → A`, from `start` once around.
std::string circle_text(std::size_t start, const std::vector<std::size_t>& next, const recipes& list) {
    std::string out = list[start].id;
    for (std::size_t at = next[start]; at != start; at = next[at])
        out += " → " + list[at].id;
    return out + " → " + list[start].id;
}

/// Resolves one naming member of all recipes. An empty name gives none.
parsed<std::vector<std::size_t>> resolve(const recipes& list, const positions& where,
                                         const std::string& (*name_of)(const certificate_recipe&),
                                         std::string_view what) {
    std::vector<std::size_t> out;
    for (const auto& r : list) {
        const auto& name = name_of(r);
        const auto found = where.find(name);
        if (!name.empty() && found == where.end())
            return parsed<std::vector<std::size_t>>::fail(
                fmt::format("Certificate '{}': its {} '{}' is not declared.", r.id, what, name));
        out.push_back(name.empty() ? forge_plan::none : found->second);
    }
    return parsed<std::vector<std::size_t>>::ok(std::move(out));
}

parsed<positions> number_ids(const recipes& list) {
    positions out;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!out.emplace(list[i].id, i).second)
            return parsed<positions>::fail(fmt::format("Two certificates have the id '{}'.", list[i].id));
    return parsed<positions>::ok(std::move(out));
}

std::string check_circles(const recipes& list, const std::vector<std::size_t>& next, std::string_view what) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (const auto at = circle_from(i, next); at != forge_plan::none)
            return fmt::format("{} go in a circle: {}.", what, circle_text(at, next, list));
    return {};
}

/// 16 bytes of SHA-256 over the ids from the root to this one, parted by NUL; positive and always of full
/// length.
std::string serial_of(std::size_t at, const recipes& list, const std::vector<std::size_t>& issuer) {
    std::string path;
    for (; at != forge_plan::none; at = issuer[at])
        path.insert(0, list[at].id + '\0');
    auto out = sha256(path).substr(0, 16);
    out[0] = static_cast<char>((static_cast<unsigned char>(out[0]) & 0x3f) | 0x40);
    return out;
}

/// The pool's keys of one kind and size, each given out once.
class key_shelf {
  public:
    /// The position to use for `id`, or none when every key is taken.
    std::size_t take(std::string_view id, std::size_t size) {
        if (taken_.size() >= size)
            return forge_plan::none;
        auto at = static_cast<std::size_t>(first_word(sha256(id)) % size);
        while (!taken_.insert(at).second)
            at = (at + 1) % size;
        return at;
    }

  private:
    std::set<std::size_t> taken_;
};

using shelves = std::map<std::pair<key_kind, int>, key_shelf>;

/// The key of one recipe that has its own.
parsed<private_key> own_key(const certificate_recipe& r, const key_pool& pool, shelves& all,
                            assigned_keys& out) {
    const auto [kind, bits, same_as, fresh] = r.key;
    if (!fresh) {
        const auto at = all[{kind, bits}].take(r.id, pool.size(kind, bits));
        if (at != forge_plan::none) {
            auto key = pool.key(kind, bits, at);
            out.from_pool.back() = static_cast<bool>(key);
            return key ? parsed<private_key>::ok(std::move(key))
                       : parsed<private_key>::fail(
                             fmt::format("lab key {} of {} bits cannot be decoded.", at, bits));
        }
    }
    auto key = private_key::generate(kind, bits);
    out.pool_exhausted = out.pool_exhausted || (!fresh && key);
    return key;
}

} // namespace

parsed<forge_plan> plan_forge(const std::vector<certificate_recipe>& list) {
    using result = parsed<forge_plan>;
    const auto where = number_ids(list);
    if (!where)
        return result::fail(where.error);
    const auto issuer = resolve(
        list, *where, [](const certificate_recipe& r) -> const std::string& { return r.issuer; }, "issuer");
    if (!issuer)
        return result::fail(issuer.error);
    auto key_from = resolve(
        list, *where, [](const certificate_recipe& r) -> const std::string& { return r.key.same_as; },
        "key's owner");
    if (!key_from)
        return result::fail(key_from.error);
    for (const auto& wrong :
         {check_circles(list, *issuer, "Issuers"), check_circles(list, *key_from, "Shared keys")})
        if (!wrong.empty())
            return result::fail(wrong);
    forge_plan plan;
    plan.issuer = *issuer;
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::size_t owner = i;
        while ((*key_from)[owner] != forge_plan::none)
            owner = (*key_from)[owner];
        plan.key_from.push_back(owner);
        plan.serial.push_back(serial_of(i, list, plan.issuer));
    }
    return result::ok(std::move(plan));
}

parsed<assigned_keys> assign_keys(const std::vector<certificate_recipe>& list, const forge_plan& plan,
                                  const key_pool& pool) {
    assigned_keys out;
    shelves all;
    for (std::size_t i = 0; i < list.size(); ++i) {
        out.from_pool.push_back(false);
        out.keys.emplace_back();
        if (plan.key_from[i] != i)
            continue;
        auto key = own_key(list[i], pool, all, out);
        if (!key)
            return parsed<assigned_keys>::fail(fmt::format("Certificate '{}': {}", list[i].id, key.error));
        out.keys.back() = std::move(*key);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        out.keys[i] = out.keys[plan.key_from[i]];
        out.from_pool[i] = out.from_pool[plan.key_from[i]];
    }
    return parsed<assigned_keys>::ok(std::move(out));
}

} // namespace connlab::certs
