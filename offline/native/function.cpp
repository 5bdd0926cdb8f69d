// Differentiable functions whose forward and backward are managed code.
#include "handles.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/saved_variable.h>

namespace {

using torch::autograd::SavedVariable;
using torch::autograd::VariableInfo;
using torch::autograd::variable_list;

// The managed side of a node. `backward` takes over the gradients and gives one handle or null for each tensor input;
// it returns an error message or null. `release` comes when the graph lets go of the node.
struct Callbacks {
    void* state;
    char* (*backward)(void* state, void* node, void* const* grads, int64_t n_grads, void** results, int64_t n_results);
    void (*release)(void* state);
};

struct ManagedNode : torch::autograd::Node {
    explicit ManagedNode(const Callbacks& callbacks) : callbacks(callbacks) {}
    ~ManagedNode() override { callbacks.release(callbacks.state); }

    variable_list apply(variable_list&& grads) override {
        at::OptionalDeviceGuard guard;
        std::vector<void*> in;
        for (size_t i = 0; i < grads.size(); i++)
            in.push_back(give(grads[i].defined() || !materialize ? grads[i] : outputs[i].zeros(guard)));
        std::vector<void*> out(num_outputs(), nullptr);
        if (auto error = callbacks.backward(callbacks.state, this, in.data(), int64_t(in.size()), out.data(), int64_t(out.size()))) {
            std::string message = error;
            free(error);
            throw std::runtime_error(message);
        }
        variable_list result;
        for (auto p : out) result.push_back(p ? at::Tensor(c10::intrusive_ptr<at::TensorImpl>::reclaim(impl(p))) : at::Tensor());
        return result;
    }

    void release_variables() override {
        saved.clear();
        released = true;
    }

    std::string name() const override { return "ManagedFunction"; }

    Callbacks callbacks;
    std::vector<SavedVariable> saved;
    std::vector<VariableInfo> outputs;
    bool materialize = true;
    bool released = false;
};

using Holder = std::shared_ptr<ManagedNode>;

std::unordered_set<at::TensorImpl*> as_set(void* const* p, int64_t n) {
    std::unordered_set<at::TensorImpl*> set;
    for (int64_t i = 0; i < n; i++) set.insert(impl(p[i]));
    return set;
}

} // namespace

OT_API char* ot_node_new(const Callbacks* callbacks, void* const* inputs, int64_t n, void** holder) {
    return guarded([&] {
        auto node = Holder(new ManagedNode(*callbacks), torch::autograd::deleteNode);
        auto variables = tensors(inputs, n);
        node->set_next_edges(torch::autograd::collect_next_edges(variables));
        *holder = new Holder(std::move(node));
    });
}

OT_API void ot_node_free(void* holder) { delete static_cast<Holder*>(holder); }

// Ties the outputs to the node, or to none where nothing is to be differentiated.
OT_API char* ot_node_wrap(void* holder, void* const* inputs, int64_t n_inputs, void* const* fixed, int64_t n_fixed, void* const* dirty,
                          int64_t n_dirty, bool materialize, void* const* outputs, int64_t n_outputs, void** results) {
    return guarded([&] {
        auto node = holder ? *static_cast<Holder*>(holder) : nullptr;
        auto changed = as_set(dirty, n_dirty);
        for (auto t : changed) t->bump_version();
        torch::autograd::_jvp_fn_t forward_mode = [](const variable_list&, const variable_list&) -> variable_list {
            TORCH_CHECK(false, "a managed function has no forward-mode derivative");
        };
        auto raw = tensors(outputs, n_outputs);
        auto wrapped = torch::autograd::_wrap_outputs(tensors(inputs, n_inputs), as_set(fixed, n_fixed), changed,
                                                      torch::autograd::to_optional(raw), node, forward_mode);
        for (size_t i = 0; i < wrapped.size(); i++) {
            if (node) node->outputs.push_back(wrapped[i] ? VariableInfo(*wrapped[i]) : VariableInfo());
            results[i] = wrapped[i] ? give(*wrapped[i]) : nullptr;
        }
        if (node) node->materialize = materialize;
    });
}

OT_API char* ot_node_save(void* holder, void* const* saved, int64_t n) {
    return guarded([&] {
        auto& node = *static_cast<Holder*>(holder);
        for (auto& t : tensors(saved, n)) node->saved.emplace_back(t, t.defined() && t.grad_fn().get() == node.get());
    });
}

// Called within backward, with the node that it was given.
OT_API char* ot_node_saved(void* self, void** results, int64_t* n) {
    return guarded([&] {
        auto node = static_cast<ManagedNode*>(self);
        TORCH_CHECK(!node->released, torch::autograd::ERR_BACKWARD_TWICE);
        *n = int64_t(node->saved.size());
        if (results == nullptr) return;
        for (size_t i = 0; i < node->saved.size(); i++) results[i] = give(node->saved[i].unpack(node->shared_from_this()));
    });
}
