using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An input or output of a model: its shape as the runtime sees it (null for sequences and maps) and its column type.</summary>
internal sealed record OnnxVariable(string Name, int[] Shape, DataViewType Type)
{
    public static List<OnnxVariable> Describe(IReadOnlyDictionary<string, NodeMetadata> nodes, Dictionary<string, DataViewType> types,
        IReadOnlyDictionary<string, int[]> shapes)
    {
        var variables = new List<OnnxVariable>();
        foreach (var (name, node) in nodes)
        {
            var type = types[name];
            // ML.NET's own exporter marks variables so that nobody shall use.
            if (name.StartsWith("mlnet.") && (name.EndsWith(".unusedInput") || name.EndsWith(".unusedOutput"))) continue;
            variables.Add(shapes.TryGetValue(name, out int[] shape)
                ? new(name, Compatible(shape, node.Dimensions), Reshaped(type, shape))
                : new(name, node.IsTensor ? node.Dimensions : null, type));
        }
        return variables;
    }

    /// <summary>The dimensions of one row's tensor; 0 stands for the one that the row's length decides.</summary>
    public int[] RowShape()
    {
        if (Shape.Length == 0) return [1];
        var shape = Array.ConvertAll(Shape, d => Math.Max(d, 0));
        if (Shape[0] < 0) shape[0] = 1;
        return shape.Count(d => d == 0) <= 1 ? shape : throw new ArgumentOutOfRangeException(Name, "Only 1 unknown dimension is allowed");
    }

    private static DataViewType Reshaped(DataViewType type, int[] shape) => type is not VectorDataViewType vector ? type
        : shape.All(d => d > 0) ? new VectorDataViewType(vector.ItemType, shape) : new VectorDataViewType(vector.ItemType);

    private static int[] Compatible(int[] shape, int[] declared) =>
        shape.Length == declared.Length && shape.Zip(declared).All(d => d.First == d.Second || d.First <= 0 || d.Second <= 0) ? shape
        : throw new ArgumentOutOfRangeException("shapeDictionary", shape, $"The specified shape {string.Join(",", shape)} is not compatible with the shape "
            + $"{string.Join(",", declared)} loaded from the ONNX model file. Only unknown dimension can replace or be replaced by another dimension.");
}
