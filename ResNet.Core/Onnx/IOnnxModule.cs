namespace ResNet.Core;

/// <summary>
/// A module that can say what it computes in ONNX's operators. Implemented beside <c>forward</c>, whose steps it
/// repeats on the names of values instead of tensors, in eval mode.
/// </summary>
public interface IOnnxModule
{
    /// <summary>Adds the nodes that compute this module's output.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="input">The name of the input value.</param>
    /// <param name="prefix">
    /// What stands before the names of this module's own children and parameters in the network's state_dict: empty, or a path
    /// that ends in a dot, as <c>layer1.0.</c>. So a child is called by <c>graph.Call(conv1, x, prefix + "conv1")</c>.
    /// </param>
    /// <returns>The name of the output value.</returns>
    string Export(OnnxGraph graph, string input, string prefix);
}
