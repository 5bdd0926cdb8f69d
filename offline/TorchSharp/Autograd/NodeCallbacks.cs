using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What libtorch calls on a node whose function is managed; the same layout as its <c>Callbacks</c>.</summary>
internal unsafe struct NodeCallbacks
{
    internal nint State;
    internal delegate* unmanaged<nint, nint, nint*, long, nint*, long, byte*> Backward;
    internal delegate* unmanaged<nint, void> Release;

    /// <summary>Callbacks for a call; the native node keeps the call alive until the graph lets it go.</summary>
    internal static NodeCallbacks For(ManagedCall call) => new()
    {
        State = GCHandle.ToIntPtr(GCHandle.Alloc(call)),
        Backward = &RunBackward,
        Release = &Free,
    };

    [UnmanagedCallersOnly]
    private static byte* RunBackward(nint state, nint node, nint* gradients, long gradientCount, nint* results, long resultCount)
    {
        try
        {
            var call = (ManagedCall)GCHandle.FromIntPtr(state).Target!;
            List<Tensor> incoming = [];
            for (var i = 0; i < gradientCount; i++) incoming.Add(new Tensor(gradients[i]));
            var outgoing = call.Backward(node, incoming);
            for (var i = 0; i < outgoing.Count; i++)
            {
                results[i] = outgoing[i] is { IsInvalid: false } gradient ? Native.ot_tensor_share(gradient.Handle) : 0;
            }
            return null;
        }
        catch (Exception e)
        {
            // No exception may cross native frames: the message goes back as libtorch's error.
            var text = Encoding.UTF8.GetBytes($"{e.GetType().Name}: {e.Message}\0");
            var copy = (byte*)NativeMemory.Alloc((nuint)text.Length);
            text.CopyTo(new Span<byte>(copy, text.Length));
            return copy;
        }
    }

    [UnmanagedCallersOnly]
    private static void Free(nint state) => GCHandle.FromIntPtr(state).Free();
}

/// <summary>One call of a managed function, as its backward needs it.</summary>
internal abstract class ManagedCall
{
    /// <summary>A gradient, or null, for each tensor among the inputs.</summary>
    internal abstract List<Tensor?> Backward(nint node, List<Tensor> gradients);
}
