using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace Benchmarks;

/// <summary>The whole pipeline of ours: files, decoding, torchvision's preprocessing, batches, labels.</summary>
internal sealed class Pipeline : IDisposable
{
    private readonly MLContext _ml;
    private readonly IDataView _files;
    private readonly int _images;
    private readonly ITransformer _model;

    public Pipeline(MLContext ml, IDataView files, int images, NetworkSpecification network, StateDict weights, int batch)
    {
        (_ml, _files, _images) = (ml, files, images);
        var labels = Enumerable.Range(0, network.Classes).Select(i => $"class {i}").ToArray();
        _model = ml.Transforms.LoadImages("Image", "", "ImagePath")
            .Append(ml.Transforms.PrepareImages("Features", "Image", Preprocessing.ImageNet, PrepareImagesMode.Exact))
            .Append(ml.Transforms.ClassifyImages(network, weights, labels, new ClassifyImagesOptions { ScoringBatchSize = batch }))
            .Fit(files);
    }

    public double Run() => Run(_model, _files, _images);

    /// <summary>Reads every PredictedLabel of the files.</summary>
    public static double Run(ITransformer model, IDataView files, int images)
    {
        var clock = Stopwatch.StartNew();
        var labels = model.Transform(files).GetColumn<uint>("PredictedLabel").Count();
        return labels == images ? images / clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{labels} labels for {images} images.");
    }

    /// <summary>The same model as stock ML.NET loads it.</summary>
    public ITransformer AsStock()
    {
        using var zip = new MemoryStream();
        _ml.Model.Save(_model, _files.Schema, zip);
        zip.Position = 0;
        return _ml.Model.Load(zip, out _);
    }

    public void Dispose() => (_model as IDisposable)?.Dispose();
}
