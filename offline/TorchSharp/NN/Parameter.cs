using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. Takes over what <c>data</c> holds, and its place in a dispose scope.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true) : this(data, requires_grad, data.OwningScope) { }

    private Parameter(Tensor data, bool requires_grad, DisposeScope? scope)
        : base(data.with_requires_grad(requires_grad).DecoupleFromNativeHandle(), scope)
    {
    }
}
