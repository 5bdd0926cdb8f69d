using ResNet.Core.Onnx;
using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <content>Repetition, and the scalars that it is controlled by.</content>
public sealed partial class OnnxGraph
{
    /// <summary>A constant scalar of float64.</summary>
    internal string Double(double value) => Scalar(DataType.Double, BitConverter.GetBytes(value));

    /// <summary>A constant scalar of bool.</summary>
    internal string Boolean(bool value) => Scalar(DataType.Bool, BitConverter.GetBytes(value));

    /// <summary>Repeats nodes while they say so: ONNX's Loop.</summary>
    /// <param name="most">Repetitions at most, at least 1.</param>
    /// <param name="start">The values to begin with, and their types.</param>
    /// <param name="step">
    /// Adds the nodes of one repetition, which may use values of the graph outside too. Takes the names of the values, returns the name of
    /// a bool, whether to go on, and those of the new values.
    /// </param>
    /// <returns>The names of the values after the last repetition.</returns>
    internal IReadOnlyList<string> Loop(
        long most, IReadOnlyList<(string Value, DataType Type)> start, Func<IReadOnlyList<string>, (string Continue, IReadOnlyList<string> State)> step)
    {
        var (limit, always) = (Scalar(DataType.Int64, BitConverter.GetBytes(most)), Boolean(true));
        var repeated = new GraphProto { Name = Unique(scope + "Loop.body") };
        var outer = body;
        body = repeated;
        string[] state = [.. start.Select((_, i) => Unique($"{scope}Loop.state{i}"))];
        repeated.Input.Add(OnnxValue.Value(Unique(scope + "Loop.iteration"), DataType.Int64));
        repeated.Input.Add(OnnxValue.Value(Unique(scope + "Loop.continued"), DataType.Bool));
        repeated.Input.AddRange(state.Zip(start, (name, value) => OnnxValue.Of(name, value.Type)));
        var (again, next) = step(state);
        repeated.Output.Add(OnnxValue.Value(again, DataType.Bool));
        // A value that is handed on unchanged, or twice, still needs a name of its own as an output.
        repeated.Output.AddRange(next.Select((value, i) => OnnxValue.Of(Node("Identity", [value]), start[i].Type)));
        body = outer;

        string[] results = [.. start.Select((_, i) => Unique($"{scope}Loop.{i}"))];
        var node = new NodeProto { Name = results[0], OpType = "Loop", Input = { limit, always, start.Select(value => value.Value) }, Output = { results } };
        node.Attribute.Add(OnnxAttribute.Of("body", repeated));
        body.Node.Add(node);
        return results;
    }

    private string Scalar(DataType type, byte[] bytes) => Node("Constant", [], ("value", Values("", type, bytes, [])));
}
