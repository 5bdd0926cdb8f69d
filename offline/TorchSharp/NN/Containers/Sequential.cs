using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules called one after the other. It keeps them in a list of its own, so that one module may stand in it twice.</summary>
public class Sequential : Module<Tensor, Tensor>
{
    private readonly List<(string name, IModule<Tensor, Tensor> module)> items = [];

    // The name that the package's native container gives itself.
    internal Sequential() : base("torch::nn::SequentialImpl") { }

    protected Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, module) in modules) append(name, module);
    }

    protected Sequential(params Module<Tensor, Tensor>[] modules) : this()
    {
        foreach (var module in modules) append(module);
    }

    public int Count => items.Count;

    public Sequential append(string name, IModule<Tensor, Tensor> module)
    {
        items.Add((name, module));
        return this;
    }

    public Sequential append(IModule<Tensor, Tensor> module) => append(items.Count.ToString(), module);

    [IndexerName("SequentialItems")]
    public IModule<Tensor, Tensor> this[int index] => items[index].module;

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public override Tensor forward(Tensor tensor)
    {
        if (items.Count == 0) return Op.T("alias", "", tensor);
        var current = items[0].module.call(tensor);
        // What one module gives goes as soon as the next one has read it, also if that is the next one's result.
        foreach (var (_, module) in items.Skip(1))
        {
            var next = module.call(current);
            current.Dispose();
            current = next;
        }
        return current;
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
        recurse ? Distinct(Below(named_children(), m => m.named_parameters(true))) : [];

    public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true) =>
        recurse ? Distinct(Below(named_children(), m => m.named_buffers(true, include_persistent))) : [];

    public override IEnumerable<(string name, nn.Module module)> named_children() => items.Select(item => (item.name, (nn.Module)item.module));

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count) throw new IndexOutOfRangeException($"{start} is not a valid index.");
        if (end < 0 || end > Count) throw new IndexOutOfRangeException($"{end} is not a valid index.");
        var slice = new Sequential();
        for (var i = start; i < end; i++) slice.append(items[i].name, items[i].module);
        return slice;
    }
}
