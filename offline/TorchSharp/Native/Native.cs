using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>liboffline_torch.so as it is. Functions that return <c>byte*</c> return an error message or null: pass it to <see cref="Check"/>.</summary>
internal static unsafe partial class Native
{
    private const string Library = "offline_torch";

    static Native()
    {
        // Debian's build may start with half the processors, or one.
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null) Check(ot_set_num_threads(Environment.ProcessorCount));
    }

    internal static void Check(byte* error)
    {
        if (error != null) Throw(error);
    }

    private static void Throw(byte* error)
    {
        var message = Marshal.PtrToStringUTF8((nint)error);
        ot_free_text(error);
        throw new ExternalException(message);
    }

    [DllImport(Library)] internal static extern void ot_free_text(byte* text);
    [DllImport(Library)] internal static extern void ot_free_handles(nint* handles);
    [DllImport(Library)] internal static extern byte* ot_find(byte* name, byte* overload, nint* op);
    [DllImport(Library)] internal static extern byte* ot_call(nint op, NativeValue* args, long count, NativeValue* results, long* resultCount);

    [DllImport(Library)] internal static extern void ot_tensor_free(nint tensor);
    [DllImport(Library)] internal static extern nint ot_tensor_share(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern long ot_tensor_dim(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern long ot_tensor_numel(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int ot_tensor_dtype(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern long ot_tensor_itemsize(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int ot_tensor_device_type(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern int ot_tensor_device_index(nint tensor);
    [DllImport(Library)] internal static extern long ot_tensor_storage_offset(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern byte ot_tensor_is_contiguous(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern byte ot_tensor_is_sparse(nint tensor);
    [DllImport(Library)] internal static extern byte ot_tensor_requires_grad(nint tensor);
    [DllImport(Library)] internal static extern byte ot_tensor_is_leaf(nint tensor);
    [DllImport(Library), SuppressGCTransition] internal static extern void ot_tensor_sizes(nint tensor, long* sizes);
    [DllImport(Library)] internal static extern byte* ot_tensor_strides(nint tensor, long* strides);
    [DllImport(Library)] internal static extern byte* ot_tensor_data(nint tensor, void** data);
    [DllImport(Library)] internal static extern byte* ot_tensor_set_requires_grad(nint tensor, byte on);
    [DllImport(Library)] internal static extern nint ot_tensor_grad(nint tensor);
    [DllImport(Library)] internal static extern byte* ot_tensor_set_grad(nint tensor, nint grad);
    [DllImport(Library)] internal static extern byte* ot_tensor_set_data(nint tensor, nint other);
    [DllImport(Library)] internal static extern byte* ot_tensor_from_blob(void* data, long* sizes, long dim, int dtype, delegate* unmanaged<nint, void> release, nint context, nint* result);

    [DllImport(Library)] internal static extern byte* ot_tensor_copy_of(void* data, long* sizes, long dim, int dtype, int target, byte requiresGrad, nint* result);
    [DllImport(Library)] internal static extern byte* ot_tensor_save(nint tensor, byte* path);
    [DllImport(Library)] internal static extern byte* ot_tensor_load(byte* path, nint* result);

    [DllImport(Library)] internal static extern byte* ot_index_get(nint tensor, NativeIndex* indices, long count, nint* result);
    [DllImport(Library)] internal static extern byte* ot_index_set(nint tensor, NativeIndex* indices, long count, nint value);
    [DllImport(Library)] internal static extern byte* ot_element_set(nint tensor, long* indices, long count, nint value);

    [DllImport(Library)] internal static extern byte* ot_backward(nint* roots, long rootCount, nint* grads, long gradCount, byte retainGraph, byte createGraph, nint* inputs, long inputCount);
    [DllImport(Library)] internal static extern byte* ot_grad(nint* roots, long rootCount, nint* inputs, long inputCount, nint* grads, long gradCount, byte retainGraph, byte createGraph, byte allowUnused, nint* results);
    [DllImport(Library)] internal static extern byte ot_grad_mode();
    [DllImport(Library)] internal static extern void ot_set_grad_mode(byte on);
    [DllImport(Library)] internal static extern byte ot_inference_mode();
    [DllImport(Library)] internal static extern nint ot_inference_enter(byte on);
    [DllImport(Library)] internal static extern void ot_inference_leave(nint guard);
    [DllImport(Library)] internal static extern void ot_set_anomaly_mode(byte on, byte checkNan);
    [DllImport(Library)] internal static extern byte ot_anomaly_mode();
    [DllImport(Library)] internal static extern byte ot_anomaly_check_nan();

    [DllImport(Library)] internal static extern byte* ot_node_new(NodeCallbacks* callbacks, nint* inputs, long count, nint* holder);
    [DllImport(Library)] internal static extern void ot_node_free(nint holder);
    [DllImport(Library)] internal static extern byte* ot_node_wrap(nint holder, nint* inputs, long inputCount, nint* constants, long constantCount, nint* dirty, long dirtyCount, byte materialize, nint* outputs, long outputCount, nint* results);
    [DllImport(Library)] internal static extern byte* ot_node_save(nint holder, nint* tensors, long count);
    [DllImport(Library)] internal static extern byte* ot_node_saved(nint node, nint* results, long* count);

    [DllImport(Library)] internal static extern nint ot_generator_default();
    [DllImport(Library)] internal static extern nint ot_generator_new(ulong seed);
    [DllImport(Library)] internal static extern void ot_generator_free(nint generator);
    [DllImport(Library)] internal static extern ulong ot_generator_initial_seed(nint generator);
    [DllImport(Library)] internal static extern ulong ot_generator_seed(nint generator);
    [DllImport(Library)] internal static extern void ot_generator_set_seed(nint generator, ulong seed);
    [DllImport(Library)] internal static extern nint ot_generator_state(nint generator);
    [DllImport(Library)] internal static extern byte* ot_generator_set_state(nint generator, nint state);
    [DllImport(Library)] internal static extern void ot_manual_seed(long seed);

    [DllImport(Library)] internal static extern int ot_num_threads();
    [DllImport(Library)] internal static extern byte* ot_set_num_threads(int count);
    [DllImport(Library)] internal static extern int ot_num_interop_threads();
    [DllImport(Library)] internal static extern byte* ot_set_num_interop_threads(int count);
}
