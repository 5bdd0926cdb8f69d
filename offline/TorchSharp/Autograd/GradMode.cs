namespace TorchSharp;

/// <summary>Switches gradient recording on this thread until it is disposed.</summary>
internal sealed class GradMode : IDisposable
{
    private readonly bool before = Enabled;

    internal GradMode(bool on) => Set(on);

    internal static bool Enabled => Native.ot_grad_mode() != 0;

    public void Dispose() => Set(before);

    private static void Set(bool on) => Native.ot_set_grad_mode(on ? (byte)1 : (byte)0);
}

/// <summary>libtorch's inference mode on this thread until it is disposed.</summary>
internal sealed class InferenceMode(bool on) : IDisposable
{
    private nint guard = Native.ot_inference_enter(on ? (byte)1 : (byte)0);

    public void Dispose()
    {
        var old = Interlocked.Exchange(ref guard, 0);
        if (old != 0) Native.ot_inference_leave(old);
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => GradMode.Enabled;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ot_inference_mode() != 0;
}
