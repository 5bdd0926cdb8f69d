namespace TorchSharp;

public static unsafe partial class torch
{
    private static ScalarType defaultDtype = ScalarType.Float32;

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    /// <summary>Asking for it where it is not available is an error already.</summary>
    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    /// <inheritdoc cref="CUDA"/>
    public static Device MPS => InitializeDevice(new Device(DeviceType.MPS));

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static ScalarType get_default_dtype() => defaultDtype;

    public static void set_default_dtype(ScalarType dtype) => defaultDtype = is_floating_point(dtype)
        ? dtype
        : throw new ArgumentException("only floating-point types are supported as the default type", nameof(dtype));

    public static int get_num_threads() => Native.ot_num_threads();

    public static void set_num_threads(int num) => Native.Check(Native.ot_set_num_threads(num));

    public static int get_num_interop_threads() => Native.ot_num_interop_threads();

    public static void set_num_interop_threads(int num) => Native.Check(Native.ot_set_num_interop_threads(num));
}
