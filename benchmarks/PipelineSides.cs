using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.MLNet;

namespace Benchmarks;

/// <summary>The .NET sides of the pipeline benchmark; all have one network's weights. Each run gives images per second.</summary>
internal sealed class PipelineSides : IDisposable
{
    private const int Side = 224;
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _files;
    private readonly NetworkSpecification _network = NetworkPresets.Get("resnet50");
    private readonly StateDict _weights;
    private readonly ITransformer _stock;
    private readonly InferenceSession _session;
    private readonly float[] _pixels;

    public PipelineSides(IReadOnlyList<string> files)
    {
        _files = _ml.Data.LoadFromEnumerable(files.Select(file => new Row { ImagePath = file }));
        Images = files.Count;
        using (var network = _network.Create(seed: 0))
        {
            _weights = StateDict.Of(network);
            using var onnx = new MemoryStream();
            network.SaveOnnx(onnx);
            _session = new InferenceSession(onnx.ToArray());
        }

        using (var ours = Ours(batch: 8))
            _stock = ours.AsStock();
        _pixels = [.. Enumerable.Repeat(new Random(0), Images * 3 * Side * Side).Select(random => (float)random.Next(256))];
    }

    public int Images { get; }

    public Pipeline Ours(int batch) => new(_ml, _files, Images, _network, _weights, batch);

    /// <summary>ML.NET's own transformers, out of the saved model.</summary>
    public double Stock() => Pipeline.Run(_stock, _files, Images);

    /// <summary>ONNX Runtime with its default options on ready tensors.</summary>
    public double OnnxRuntime(int batch)
    {
        var clock = Stopwatch.StartNew();
        var image = 3 * Side * Side;
        using var options = new RunOptions();
        for (var first = 0; first < Images; first += batch)
        {
            using var input = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, _pixels.AsMemory(first * image, batch * image), [batch, 3, Side, Side]);
            using var outputs = _session.Run(options, ["input"], [input], ["Probabilities"]);
            outputs[0].GetTensorDataAsSpan<float>();
        }

        return Images / clock.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        _session.Dispose();
        (_stock as IDisposable)?.Dispose();
    }

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }
}
