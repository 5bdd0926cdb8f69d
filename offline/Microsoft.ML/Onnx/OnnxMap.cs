using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>A model bound to a schema: which columns feed it, and one run a row for all of its outputs that are asked for.</summary>
internal sealed class OnnxMap : RowMap
{
    private const string OutputSuffix = ".output";

    private readonly OnnxTransformer _owner;
    private readonly (DataViewSchema.Column Column, int[] Shape)[] _inputs;
    private readonly RowShared<OnnxRun> _runs;

    public OnnxMap(OnnxTransformer owner, DataViewSchema schema) : base(schema)
    {
        _owner = owner;
        _inputs = Array.ConvertAll(owner.Inputs, Bind);
        _runs = new(row => new OnnxRun(row, owner.Model, Array.ConvertAll(_inputs, input => OnnxInput.Create(row, input.Column, input.Shape))));
    }

    // ML.NET spreads the rows over the cores whenever one of the model's outputs is asked for.
    public override bool IsCostly => true;

    public override DataViewSchema.DetachedColumn[] GetOutputColumns() => Array.ConvertAll(_owner.Outputs, output =>
    {
        string name = output.Name.EndsWith(OutputSuffix) ? output.Name.Replace(OutputSuffix, "") : output.Name;
        return new DataViewSchema.DetachedColumn(name, output.Type, Annotations(name));
    });

    public override IEnumerable<int> GetDependencies(int output) => _inputs.Select(input => input.Column.Index);

    public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
    {
        var run = _runs.Of(input);
        var variable = _owner.Outputs[output];
        run.Want(variable.Name);
        dispose = run.Dispose;
        return variable.Type switch
        {
            VectorDataViewType { ItemType: TextDataViewType } => MakeTextGetter(run, variable.Name),
            VectorDataViewType vector => Generic.Invoke<Delegate>(MakeTensorGetter<int>, vector.ItemType.RawType, run, variable.Name),
            OnnxSequenceType sequence => Generic.Invoke<Delegate>(MakeSequenceGetter<int>, sequence.RawType.GetGenericArguments()[0], run, variable.Name),
            var type => Generic.Invoke<Delegate>(MakeOtherGetter<int>, type.RawType, run, variable.Name),
        };
    }

    private static ValueGetter<VBuffer<T>> MakeTensorGetter<T>(OnnxRun run, string name) => (ref VBuffer<T> destination) =>
    {
        var tensor = Tensor<T>(run, name);
        var editor = VBufferEditor.Create(ref destination, (int)tensor.Length);
        tensor.Buffer.Span.CopyTo(editor.Values);
        destination = editor.Commit();
    };

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> MakeTextGetter(OnnxRun run, string name) => (ref VBuffer<ReadOnlyMemory<char>> destination) =>
    {
        var tensor = Tensor<string>(run, name);
        var editor = VBufferEditor.Create(ref destination, (int)tensor.Length);
        for (int i = 0; i < editor.Values.Length; i++) editor.Values[i] = tensor.GetValue(i).AsMemory();
        destination = editor.Commit();
    };

    private static ValueGetter<IEnumerable<T>> MakeSequenceGetter<T>(OnnxRun run, string name) => (ref IEnumerable<T> destination) =>
        destination = run.Result(name).AsEnumerable<NamedOnnxValue>().Select(item => (T)item.Value).ToList();

    // A single number or map has a column, but ML.NET cannot read it: it takes the value for a sequence.
    private static ValueGetter<T> MakeOtherGetter<T>(OnnxRun run, string name) => (ref T destination) =>
        destination = run.Result(name).AsEnumerable<NamedOnnxValue>().Select(item => (T)item.Value).First();

    private static DenseTensor<T> Tensor<T>(OnnxRun run, string name) => run.Result(name).AsTensor<T>() as DenseTensor<T>
        ?? throw new InvalidOperationException($"Output column {name} doesn't contain a DenseTensor of expected type {typeof(T)}");

    private (DataViewSchema.Column, int[]) Bind(string name)
    {
        var variable = _owner.Model.Input(name);
        int[] shape = variable.RowShape();
        var column = InputSchema.GetColumnOrNull(name) ?? throw Errors.MissingColumn("input", name);
        DataViewType item = column.Type.ItemType(), expected = variable.Type.ItemType();
        if (item != expected && !(item is KeyDataViewType && item.RawType == expected.RawType))
            throw Errors.WrongColumn("input", name, expected.ToString(), column.Type.ToString());
        if (!shape.Contains(0) && column.Type.ValueCount() % shape.Aggregate((a, b) => a * b) != 0)
            throw new InvalidOperationException(
                $"Input shape mismatch: Input '{name}' has shape {string.Join(",", shape)}, but input data is of length {column.Type.ValueCount()}.");
        return (column, shape);
    }

    private DataViewSchema.Annotations Annotations(string column)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (_owner.Model.Graph.SlotNames(column) is { } names) builder.AddSlotNames(names);
        return builder.ToAnnotations();
    }
}
