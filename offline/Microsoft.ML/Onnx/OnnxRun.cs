using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>The model's results for the current row: one run for all outputs that the row's getters are for.</summary>
internal sealed class OnnxRun(DataViewRow row, OnnxModel model, OnnxInput[] inputs) : IDisposable
{
    private readonly List<string> _wanted = [];
    private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> _results;
    private long _position = -1;

    public void Want(string output)
    {
        if (!_wanted.Contains(output)) _wanted.Add(output);
    }

    public NamedOnnxValue Result(string output)
    {
        if (_position != row.Position)
        {
            var values = Array.ConvertAll(inputs, input => input.Read());
            Dispose();
            _results = model.Run(values, [.. _wanted]);
            _position = row.Position;
        }
        return _results.First(result => result.Name == output);
    }

    public void Dispose()
    {
        _results?.Dispose();
        _results = null;
        _position = -1;
    }
}
