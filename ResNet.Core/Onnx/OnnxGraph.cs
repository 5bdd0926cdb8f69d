using System.Runtime.InteropServices;
using Google.Protobuf;
using ResNet.Core.Onnx;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// An ONNX graph under construction. Values are known by their names: an operator takes names and returns its output's.
/// Parameters become initializers named as in the state_dict; everything else that is constant becomes a Constant node,
/// so that the initializers are the state_dict and nothing more. Not thread-safe.
/// </summary>
public sealed partial class OnnxGraph
{
    private readonly GraphProto graph;
    private GraphProto body;
    private readonly HashSet<string> names = [];
    private readonly HashSet<string> parameters = [];
    private string scope = "";

    internal OnnxGraph(GraphProto graph) => this.graph = body = graph;

    /// <summary>Adds a node with one output.</summary>
    /// <param name="type">The operator, such as "Relu".</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Names and values: long, int, float, double, string, and arrays of long, float and string.</param>
    /// <returns>The name of the output value, made of the module's path and the operator.</returns>
    public string Node(string type, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes) =>
        NodeNamed(scope + type, type, inputs, attributes);

    /// <summary>A parameter or buffer of the network as an initializer. Asked for again, it is the same one.</summary>
    /// <param name="key">Its key in the state_dict.</param>
    /// <param name="value">Its values, float32, on any device; copied.</param>
    /// <returns>The name of the value: the key.</returns>
    /// <exception cref="NotSupportedException">The values are not float32.</exception>
    /// <exception cref="ArgumentException">The key is taken by something else in the graph.</exception>
    public string Parameter(string key, Tensor value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        if (parameters.Contains(key))
        {
            return key;
        }

        if (value.dtype != ScalarType.Float32)
        {
            throw new NotSupportedException($"{key} is {value.dtype}; only float32 can be written to ONNX. Convert the network with network.to(ScalarType.Float32).");
        }

        if (!names.Add(key))
        {
            throw new ArgumentException($"The name '{key}' is wanted for an input or output, but the network has a parameter of that name. Choose another.", nameof(key));
        }

        parameters.Add(key);
        var weights = WeightTensor.Of(value);
        graph.Initializer.Add(Floats(key, weights.Data, weights.Shape));
        return key;
    }

    /// <summary>A constant tensor of float32.</summary>
    /// <param name="values">The values, row by row.</param>
    /// <param name="shape">The shape; empty: a scalar.</param>
    /// <returns>The name of the value.</returns>
    public string Constant(ReadOnlySpan<float> values, params long[] shape) =>
        Node("Constant", [], ("value", Floats("", MemoryMarshal.AsBytes(values).ToArray(), shape)));

    /// <summary>A constant vector of int64, as shapes and axes are given.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The name of the value.</returns>
    public string Constant(params long[] values) => Node("Constant", [], ("value_ints", values));

    /// <summary>Keeps a name from being given to a value of the network.</summary>
    internal void Reserve(string name)
    {
        if (!names.Add(name))
        {
            throw new ArgumentException($"The name '{name}' is given to two inputs or outputs of the ONNX graph; they must differ.");
        }
    }

    /// <summary>Adds a node whose output has a reserved name.</summary>
    internal void Output(string name, string type, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes) =>
        Add(name, type, inputs, attributes);

    private string NodeNamed(string wanted, string type, IReadOnlyList<string> inputs, (string, object)[] attributes)
    {
        // The network itself has no path.
        var name = Unique(wanted.Length == 0 ? type : wanted);
        Add(name, type, inputs, attributes);
        return name;
    }

    private string Unique(string wanted)
    {
        var name = wanted;
        for (var i = 2; !names.Add(name); i++)
        {
            name = $"{wanted}_{i}";
        }

        return name;
    }

    private void Add(string output, string type, IReadOnlyList<string> inputs, (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { Name = output, OpType = type, Input = { inputs }, Output = { output } };
        node.Attribute.AddRange(attributes.Select(attribute => OnnxAttribute.Of(attribute.Name, attribute.Value)));
        body.Node.Add(node);
    }

    private static TensorProto Floats(string name, ReadOnlyMemory<byte> bytes, IEnumerable<long> shape) =>
        Values(name, TensorProto.Types.DataType.Float, bytes, shape);

    // ONNX's raw data are little-endian, as WeightTensor's are. The bytes are shared, not copied.
    private static TensorProto Values(string name, TensorProto.Types.DataType type, ReadOnlyMemory<byte> bytes, IEnumerable<long> shape) => new()
    {
        Name = name,
        Dims = { shape },
        DataType = (int)type,
        RawData = UnsafeByteOperations.UnsafeWrap(bytes),
    };
}
