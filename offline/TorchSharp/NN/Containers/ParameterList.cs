using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A list of parameters, registered under their positions.</summary>
public class ParameterList : nn.Module, IList<Parameter>
{
    private readonly List<Parameter> items;
    private bool registered;

    public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => items = [.. parameters];

    protected override void RegisterComponents()
    {
        if (registered) return;
        for (var i = 0; i < items.Count; i++) register_parameter(i.ToString(), items[i]);
        registered = true;
    }

    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        for (var i = 0; i < items.Count; i++) items[i] = OwnParameter(i.ToString()) ?? items[i];
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
        items.Select((parameter, i) => (i.ToString(), parameter));

    public override bool has_parameter(string target) => int.TryParse(target, out var i) && i >= 0 && i < items.Count;

    public override Parameter? get_parameter(string target) => has_parameter(target) ? items[int.Parse(target)] : null;

    public Parameter this[int index] { get => items[index]; set => items[index] = value; }

    public int Count => items.Count;

    public bool IsReadOnly => false;

    public void Add(Parameter item) => items.Add(item);

    public void append(params Parameter[] parameters) => items.AddRange(parameters);

    public void extend(IEnumerable<Parameter> parameters) => items.AddRange(parameters);

    public void Insert(int index, Parameter item) => items.Insert(index, item);

    public bool Remove(Parameter item) => items.Remove(item);

    public void RemoveAt(int index) => items.RemoveAt(index);

    public void Clear() => items.Clear();

    public bool Contains(Parameter item) => items.Contains(item);

    public int IndexOf(Parameter item) => items.IndexOf(item);

    public void CopyTo(Parameter[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

    public IEnumerator<Parameter> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
