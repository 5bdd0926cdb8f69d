// Everything that the TorchSharp slice needs of libtorch. Operators go through one function, ot_call,
// by way of the dispatcher; the rest is what has no operator: memory, metadata, the autograd engine, the generators.
#include "handles.h"

#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>

using c10::IValue;
using c10::TypeKind;

namespace {

// One argument or result. `n` is the length of a list or a string, the index of a device.
struct Value {
    enum Kind : int64_t { None, Tensor, Int, Double, Bool, Ints, Doubles, Text, Tensors, Device, Generator };
    int64_t kind;
    int64_t n;
    union {
        int64_t i;
        double d;
        void* p;
    };
};

struct Operator {
    c10::OperatorHandle handle;
    std::vector<c10::Argument> arguments;
    std::vector<TypeKind> kinds; // an optional counts as what it holds
};

at::Generator generator(void* p) {
    return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(p)));
}

TypeKind element(const c10::TypePtr& type) {
    auto inner = type->kind() == TypeKind::OptionalType ? type->castRaw<c10::OptionalType>()->getElementType() : type;
    return inner->kind();
}

// A list's element kind, an optional element counting as optional (so that Tensor?[] is told from Tensor[]).
TypeKind item(const c10::TypePtr& type) {
    auto list = type->kind() == TypeKind::OptionalType ? type->castRaw<c10::OptionalType>()->getElementType() : type;
    return list->castRaw<c10::ListType>()->getElementType()->kind();
}

IValue numbers(const Value& v, TypeKind of) {
    if (of == TypeKind::FloatType) {
        if (v.kind == Value::Double) return IValue(std::vector<double>{v.d});
        if (v.kind == Value::Doubles) return IValue(std::vector<double>((double*)v.p, (double*)v.p + v.n));
        std::vector<double> d;
        if (v.kind == Value::Int) d.push_back(v.i);
        else d.assign((int64_t*)v.p, (int64_t*)v.p + v.n);
        return IValue(std::move(d));
    }
    if (of == TypeKind::BoolType) {
        c10::List<bool> bits;
        bits.reserve(v.n);
        for (int64_t i = 0; i < v.n; i++) bits.push_back(((int64_t*)v.p)[i] != 0);
        return IValue(std::move(bits));
    }
    if (v.kind == Value::Int) return IValue(std::vector<int64_t>{v.i});
    return IValue(std::vector<int64_t>((int64_t*)v.p, (int64_t*)v.p + v.n));
}

IValue to_ivalue(const Value& v, const c10::Argument& argument, TypeKind kind) {
    switch (v.kind) {
    case Value::None:
        // An absent tensor is undefined where the schema wants a tensor, None where it takes one or none.
        return kind == TypeKind::TensorType && argument.type()->kind() == TypeKind::TensorType ? IValue(at::Tensor()) : IValue();
    case Value::Tensor: return IValue(borrow(v.p));
    case Value::Int:
        if (kind == TypeKind::FloatType) return IValue(double(v.i));
        if (kind == TypeKind::BoolType) return IValue(v.i != 0);
        if (kind == TypeKind::ListType) return numbers(v, item(argument.type()));
        return IValue(v.i);
    case Value::Double:
        if (kind == TypeKind::ListType) return numbers(v, item(argument.type()));
        if (kind == TypeKind::IntType || kind == TypeKind::SymIntType) return IValue(int64_t(v.d));
        return IValue(v.d);
    case Value::Bool: return IValue(v.i != 0);
    case Value::Ints:
    case Value::Doubles: return numbers(v, item(argument.type()));
    case Value::Text: return IValue(std::string((const char*)v.p, v.n));
    case Value::Device: return IValue(c10::Device(c10::DeviceType(v.i), c10::DeviceIndex(v.n)));
    case Value::Generator: return IValue(generator(v.p));
    case Value::Tensors: {
        auto handles = (void* const*)v.p;
        if (item(argument.type()) != TypeKind::OptionalType) return IValue(tensors(handles, v.n));
        c10::List<c10::optional<at::Tensor>> list;
        list.reserve(v.n);
        for (int64_t i = 0; i < v.n; i++) list.push_back(handles[i] ? c10::optional<at::Tensor>(borrow(handles[i])) : c10::nullopt);
        return IValue(std::move(list));
    }
    }
    TORCH_CHECK(false, "unknown kind of argument");
}

Value to_value(IValue&& v) {
    Value r{};
    if (v.isTensor()) {
        r.kind = Value::Tensor;
        r.p = give(std::move(v).toTensor());
    } else if (v.isInt()) {
        r.kind = Value::Int;
        r.i = v.toInt();
    } else if (v.isDouble()) {
        r.kind = Value::Double;
        r.d = v.toDouble();
    } else if (v.isBool()) {
        r.kind = Value::Bool;
        r.i = v.toBool();
    } else if (v.isTensorList()) {
        auto list = v.toTensorVector();
        auto handles = new void*[list.size()];
        for (size_t i = 0; i < list.size(); i++) handles[i] = give(std::move(list[i]));
        r.kind = Value::Tensors;
        r.n = int64_t(list.size());
        r.p = handles;
    } else {
        TORCH_CHECK(v.isNone(), "a result of kind ", v.tagKind(), " cannot cross");
    }
    return r;
}

// One index of tensor[...]; an absent bound of a slice is the smallest int64.
struct Index {
    enum Kind : int64_t { None, Ellipsis, Bool, Single, Slice, Tensor };
    int64_t kind;
    int64_t start, stop, step;
    void* tensor;
};

std::vector<at::indexing::TensorIndex> to_indices(const Index* indices, int64_t n) {
    auto bound = [](int64_t v) { return v == INT64_MIN ? c10::optional<int64_t>() : c10::optional<int64_t>(v); };
    std::vector<at::indexing::TensorIndex> list;
    list.reserve(n);
    for (int64_t i = 0; i < n; i++) {
        auto& x = indices[i];
        switch (x.kind) {
        case Index::Ellipsis: list.emplace_back(at::indexing::Ellipsis); break;
        case Index::Bool: list.emplace_back(x.start != 0); break;
        case Index::Single: list.emplace_back(x.start); break;
        case Index::Slice: list.emplace_back(at::indexing::Slice(bound(x.start), bound(x.stop), bound(x.step))); break;
        case Index::Tensor: list.emplace_back(borrow(x.tensor)); break;
        default: list.emplace_back(at::indexing::None);
        }
    }
    return list;
}

} // namespace

OT_API void ot_free_text(char* p) { free(p); }
OT_API void ot_free_handles(void** p) { delete[] p; }

// Operators ------------------------------------------------------------------------------------------------------

OT_API char* ot_find(const char* name, const char* overload, void** result) {
    return guarded([&] {
        auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
        auto op = new Operator{handle, handle.schema().arguments(), {}};
        for (auto& a : op->arguments) op->kinds.push_back(element(a.type()));
        *result = op;
    });
}

// Arguments by position; those that are left out take the schema's defaults. Returns how many results there were in *n_results.
OT_API char* ot_call(void* op, const Value* args, int64_t n_args, Value* results, int64_t* n_results) {
    return guarded([&] {
        auto& o = *static_cast<Operator*>(op);
        TORCH_CHECK(n_args <= int64_t(o.arguments.size()), o.handle.schema(), ": ", n_args, " arguments given");
        torch::jit::Stack stack;
        stack.reserve(o.arguments.size());
        for (int64_t i = 0; i < n_args; i++) stack.push_back(to_ivalue(args[i], o.arguments[i], o.kinds[i]));
        for (size_t i = n_args; i < o.arguments.size(); i++) {
            auto& fallback = o.arguments[i].default_value();
            TORCH_CHECK(fallback, o.handle.schema(), ": no value for ", o.arguments[i].name());
            stack.push_back(*fallback);
        }
        o.handle.callBoxed(stack);
        TORCH_CHECK(int64_t(stack.size()) <= *n_results, o.handle.schema(), ": more results than expected");
        *n_results = int64_t(stack.size());
        for (size_t i = 0; i < stack.size(); i++) results[i] = to_value(std::move(stack[i]));
    });
}

// Tensors --------------------------------------------------------------------------------------------------------

OT_API void ot_tensor_free(void* p) { at::Tensor(c10::intrusive_ptr<at::TensorImpl>::reclaim(impl(p))); }
OT_API void* ot_tensor_share(void* p) { return give(borrow(p)); }
OT_API int64_t ot_tensor_dim(void* p) { return impl(p)->dim(); }
OT_API int64_t ot_tensor_numel(void* p) { return impl(p)->numel(); }
OT_API int ot_tensor_dtype(void* p) { return int(c10::typeMetaToScalarType(impl(p)->dtype())); }
OT_API int64_t ot_tensor_itemsize(void* p) { return int64_t(impl(p)->itemsize()); }
OT_API int ot_tensor_device_type(void* p) { return int(impl(p)->device().type()); }
OT_API int ot_tensor_device_index(void* p) { return impl(p)->device().index(); }
OT_API int64_t ot_tensor_storage_offset(void* p) { return impl(p)->storage_offset(); }
OT_API bool ot_tensor_is_contiguous(void* p) { return impl(p)->is_contiguous(); }
OT_API bool ot_tensor_is_sparse(void* p) { return impl(p)->is_sparse(); }
OT_API bool ot_tensor_requires_grad(void* p) { return borrow(p).requires_grad(); }
OT_API bool ot_tensor_is_leaf(void* p) { return borrow(p).is_leaf(); }
OT_API uint32_t ot_tensor_version(void* p) { return impl(p)->version_counter().current_version(); }

OT_API void ot_tensor_sizes(void* p, int64_t* sizes) {
    auto s = impl(p)->sizes();
    std::copy(s.begin(), s.end(), sizes);
}

OT_API char* ot_tensor_strides(void* p, int64_t* strides) {
    return guarded([&] {
        auto s = impl(p)->strides();
        std::copy(s.begin(), s.end(), strides);
    });
}

OT_API char* ot_tensor_data(void* p, void** data) {
    return guarded([&] { *data = borrow(p).data_ptr(); });
}

OT_API char* ot_tensor_set_requires_grad(void* p, bool on) {
    return guarded([&] { borrow(p).set_requires_grad(on); });
}

OT_API void* ot_tensor_grad(void* p) { return give(borrow(p).mutable_grad()); }

OT_API char* ot_tensor_set_grad(void* p, void* grad) {
    return guarded([&] { borrow(p).mutable_grad() = borrow(grad); });
}

OT_API char* ot_tensor_set_data(void* p, void* other) {
    return guarded([&] { borrow(p).set_data(borrow(other)); });
}

// A tensor over memory that belongs to someone else; `release(context)` runs when libtorch is done with it.
OT_API char* ot_tensor_from_blob(void* data, const int64_t* sizes, int64_t dim, int dtype, void (*release)(void*), void* context, void** result) {
    return guarded([&] {
        *result = give(at::from_blob(
            data, at::IntArrayRef(sizes, dim), [release, context](void*) { release(context); }, at::TensorOptions().dtype(at::ScalarType(dtype))));
    });
}

// A tensor of its own, filled from values of `dtype`, converted to `target`.
OT_API char* ot_tensor_copy_of(const void* data, const int64_t* sizes, int64_t dim, int dtype, int target, bool requires_grad, void** result) {
    return guarded([&] {
        at::NoGradGuard no_grad;
        auto view = at::from_blob(const_cast<void*>(data), at::IntArrayRef(sizes, dim), at::TensorOptions().dtype(at::ScalarType(dtype)));
        auto own = view.to(at::ScalarType(target), false, true);
        *result = give(own.set_requires_grad(requires_grad));
    });
}

OT_API char* ot_tensor_save(void* p, const char* path) {
    return guarded([&] { torch::save(borrow(p), std::string(path)); });
}

OT_API char* ot_tensor_load(const char* path, void** result) {
    return guarded([&] {
        at::Tensor t;
        torch::load(t, std::string(path));
        *result = give(std::move(t));
    });
}

// Indexing -------------------------------------------------------------------------------------------------------

OT_API char* ot_index_get(void* tensor, const Index* indices, int64_t n, void** result) {
    return guarded([&] { *result = give(borrow(tensor).index(to_indices(indices, n))); });
}

OT_API char* ot_index_set(void* tensor, const Index* indices, int64_t n, void* value) {
    return guarded([&] { borrow(tensor).index_put_(to_indices(indices, n), borrow(value)); });
}

OT_API char* ot_element_set(void* tensor, const int64_t* indices, int64_t n, void* value) {
    return guarded([&] {
        auto place = borrow(tensor);
        for (int64_t i = 0; i < n; i++) place = place.select(0, indices[i]);
        place.copy_(borrow(value));
    });
}

// Autograd -------------------------------------------------------------------------------------------------------

OT_API char* ot_backward(void* const* roots, int64_t n_roots, void* const* grads, int64_t n_grads, bool retain_graph, bool create_graph,
                         void* const* inputs, int64_t n_inputs) {
    return guarded([&] {
        torch::autograd::backward(tensors(roots, n_roots), tensors(grads, n_grads), retain_graph, create_graph, tensors(inputs, n_inputs));
    });
}

OT_API char* ot_grad(void* const* roots, int64_t n_roots, void* const* inputs, int64_t n_inputs, void* const* grads, int64_t n_grads,
                     bool retain_graph, bool create_graph, bool allow_unused, void** results) {
    return guarded([&] {
        auto found = torch::autograd::grad(tensors(roots, n_roots), tensors(inputs, n_inputs), tensors(grads, n_grads), retain_graph,
                                           create_graph, allow_unused);
        for (size_t i = 0; i < found.size(); i++) results[i] = give(std::move(found[i]));
    });
}

OT_API bool ot_grad_mode() { return at::GradMode::is_enabled(); }
OT_API void ot_set_grad_mode(bool on) { at::GradMode::set_enabled(on); }
OT_API bool ot_inference_mode() { return c10::InferenceMode::is_enabled(); }
OT_API void* ot_inference_enter(bool on) { return new c10::InferenceMode(on); }
OT_API void ot_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
OT_API void ot_set_anomaly_mode(bool on, bool check_nan) { torch::autograd::AnomalyMode::set_enabled(on, check_nan); }
OT_API bool ot_anomaly_mode() { return torch::autograd::AnomalyMode::is_enabled(); }
OT_API bool ot_anomaly_check_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }

// Generators -----------------------------------------------------------------------------------------------------

OT_API void* ot_generator_default() { return at::Generator(at::detail::getDefaultCPUGenerator()).unsafeReleaseGeneratorImpl(); }
OT_API void* ot_generator_new(uint64_t seed) { return at::detail::createCPUGenerator(seed).unsafeReleaseGeneratorImpl(); }
OT_API void ot_generator_free(void* p) { at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(p))); }
OT_API uint64_t ot_generator_initial_seed(void* p) { return generator(p).current_seed(); }

OT_API uint64_t ot_generator_seed(void* p) {
    auto g = generator(p);
    std::lock_guard<std::mutex> lock(g.mutex());
    return g.seed();
}

OT_API void ot_generator_set_seed(void* p, uint64_t seed) {
    auto g = generator(p);
    std::lock_guard<std::mutex> lock(g.mutex());
    g.set_current_seed(seed);
}

OT_API void* ot_generator_state(void* p) {
    auto g = generator(p);
    std::lock_guard<std::mutex> lock(g.mutex());
    return give(g.get_state());
}

OT_API char* ot_generator_set_state(void* p, void* state) {
    return guarded([&] {
        auto g = generator(p);
        std::lock_guard<std::mutex> lock(g.mutex());
        g.set_state(borrow(state));
    });
}

OT_API void ot_manual_seed(int64_t seed) { torch::manual_seed(seed); }

// Threads --------------------------------------------------------------------------------------------------------

OT_API int ot_num_threads() { return at::get_num_threads(); }
OT_API char* ot_set_num_threads(int n) {
    return guarded([&] { at::set_num_threads(n); });
}
OT_API int ot_num_interop_threads() { return at::get_num_interop_threads(); }
OT_API char* ot_set_num_interop_threads(int n) {
    return guarded([&] { at::set_num_interop_threads(n); });
}
