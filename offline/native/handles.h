// How things cross between libtorch and the managed side.
//
// A tensor crosses as its TensorImpl*, one reference owned by the managed side.
// A function that can fail returns null, or an error message that the caller frees with ot_free_text.
#pragma once
#include <torch/torch.h>

#include <cstring>
#include <string>
#include <vector>

#define OT_API extern "C" __attribute__((visibility("default")))

inline char* text(const std::string& s) { return strdup(s.c_str()); }

// The message without libtorch's own stack trace.
template <class F>
char* guarded(F&& body) {
    try {
        body();
        return nullptr;
    } catch (const c10::Error& e) {
        return text(e.what_without_backtrace());
    } catch (const std::exception& e) {
        return text(e.what());
    }
}

inline at::Tensor borrow(void* p) {
    return p ? at::Tensor(c10::intrusive_ptr<at::TensorImpl>::reclaim_copy(static_cast<at::TensorImpl*>(p))) : at::Tensor();
}

inline void* give(at::Tensor t) { return t.defined() ? t.unsafeReleaseTensorImpl() : nullptr; }

inline at::TensorImpl* impl(void* p) { return static_cast<at::TensorImpl*>(p); }

inline std::vector<at::Tensor> tensors(void* const* p, int64_t n) {
    std::vector<at::Tensor> v;
    v.reserve(n);
    for (int64_t i = 0; i < n; i++) v.push_back(borrow(p[i]));
    return v;
}
