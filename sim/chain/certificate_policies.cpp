#include "sim/chain/certificate_policies.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace connlab::chain {

namespace {

struct stack_deleter {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); } // the certificates are borrowed
};
struct tree_deleter {
    void operator()(X509_POLICY_TREE* tree) const { X509_policy_tree_free(tree); }
};

/// Without these extensions the policy tree decides nothing, and most chains have none of them.
bool constrains_policies(const certs::certificate& c) {
    return X509_get_ext_by_NID(c.native(), NID_policy_constraints, -1) >= 0 ||
           X509_get_ext_by_NID(c.native(), NID_inhibit_any_policy, -1) >= 0 ||
           X509_get_ext_by_NID(c.native(), NID_policy_mappings, -1) >= 0;
}

} // namespace

std::uint32_t policy_errors(const path& p) {
    const bool relevant = std::any_of(p.links.begin(), p.links.end(),
                                      [](const link& l) { return constrains_policies(*l.cert); });
    if (!relevant || p.links.size() < 2)
        return 0;
    const std::unique_ptr<STACK_OF(X509), stack_deleter> stack(sk_X509_new_null());
    for (const auto& l : p.links)
        sk_X509_push(stack.get(), l.cert->native());
    X509_POLICY_TREE* tree = nullptr;
    int explicit_policy = 0;
    const int answer = X509_policy_check(&tree, &explicit_policy, stack.get(), nullptr, 0);
    const std::unique_ptr<X509_POLICY_TREE, tree_deleter> owner(tree);
    return answer == X509_PCY_TREE_VALID ? 0U : std::uint32_t{invalid_policy_constraints};
}

} // namespace connlab::chain
