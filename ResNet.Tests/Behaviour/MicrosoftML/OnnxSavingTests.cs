using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace ResNet.Tests.Behaviour;

/// <summary>Models with an ONNX model inside: saved, loaded without its file, disposed, used by engines and threads.</summary>
public sealed class OnnxSavingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-saving-").FullName;
    private readonly MLContext _ml;

    public OnnxSavingTests() => _ml = Context();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_loaded_model_needs_no_file_and_says_the_same()
    {
        var view = _ml.Data.LoadFromEnumerable([new Row { x = [1, 2, 3, 4] }, new Row()]);
        var zip = Path.Combine(_folder, "model.zip");
        using (var file = new ModelFile(TinyOnnx.Affine("N").Metadata("key", "value")))
        {
            var model = _ml.Transforms.CopyColumns("copy", "x").Append(_ml.Transforms.ApplyOnnxModel("y", "x", file.Path)).Fit(view);
            _ml.Model.Save(model, view.Schema, zip);
            var entry = Onnx(zip);
            Assert.Equal(BitConverter.GetBytes((int)new FileInfo(file.Path).Length).Concat(File.ReadAllBytes(file.Path)), entry);
        }
        var loaded = Context().Model.Load(zip, out var schema);
        Assert.Equal([[7.5f, 13, 0], [0.5f, -1, 0]], loaded.Transform(view).GetColumn<float[]>("y"));
        var again = Path.Combine(_folder, "again.zip");
        _ml.Model.Save(loaded, schema, again);
        Assert.Equal(Onnx(zip), Onnx(again));
        ((IDisposable)loaded).Dispose();
        File.Delete(zip);
        File.Delete(again);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_model_from_a_stream_is_saved_too()
    {
        var view = _ml.Data.LoadFromEnumerable([new Row { x = [1, 2, 3, 4] }]);
        using var model = _ml.Transforms.ApplyOnnxModel("y", "x", new MemoryStream(TinyOnnx.Affine("N").Build())).Fit(view);
        using var zip = new MemoryStream();
        _ml.Model.Save(model, view.Schema, zip);
        using var loaded = (OnnxTransformer)_ml.Model.Load(zip, out _);
        Assert.Equal([7.5f, 13, 0], loaded.Transform(view).GetColumn<float[]>("y").Single());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void An_entry_that_lies_about_its_size_is_refused(int size)
    {
        var view = _ml.Data.LoadFromEnumerable([new Row()]);
        var zip = Path.Combine(_folder, "lies.zip");
        using (var model = _ml.Transforms.ApplyOnnxModel("y", "x", new MemoryStream(TinyOnnx.Affine("N").Build())).Fit(view))
            _ml.Model.Save(model, view.Schema, zip);
        var bytes = Onnx(zip);
        BitConverter.GetBytes(size).CopyTo(bytes, 0);
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Update))
        {
            var old = archive.Entries.Single(e => e.Name == "OnnxModel");
            old.Delete();
            using var entry = archive.CreateEntry(old.FullName).Open();
            entry.Write(bytes);
        }
        var files = Directory.GetFiles(_folder);
        Assert.IsType<FormatException>(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(zip, out _)).GetBaseException());
        Assert.Equal(files.Length, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void The_shape_dictionary_is_saved()
    {
        var view = _ml.Data.LoadFromEnumerable([new Row { x = [1, 2, 3, 4] }]);
        using var model = _ml.Transforms.ApplyOnnxModel("y", "x", new MemoryStream(TinyOnnx.Affine("N").Build()), new Dictionary<string, int[]> { ["y"] = [0, 3] }).Fit(view);
        using var zip = new MemoryStream();
        _ml.Model.Save(model, view.Schema, zip);
        Assert.Equal("Vector<Single>", _ml.Model.Load(zip, out _).GetOutputSchema(view.Schema)["y"].Type.ToString());
    }

    [Fact]
    public void Engines_of_several_threads_share_a_model()
    {
        using var file = new ModelFile(TinyOnnx.Affine("N"));
        using var model = _ml.Transforms.ApplyOnnxModel("y", "x", file.Path).Fit(_ml.Data.LoadFromEnumerable([new Row()]));
        Parallel.For(0, 8, thread =>
        {
            using var engine = Context().Model.CreatePredictionEngine<Row, Scores>(model, new PredictionEngineOptions { OwnsTransformer = false });
            for (var i = 0; i < 50; i++)
                Assert.Equal([thread + 0.5f, i - 1, thread], engine.Predict(new Row { x = [thread, i, 0, 0] }).y.Select((v, slot) => slot == 2 ? v - i : v));
        });
    }

    /// <summary>A row's input and output take 128 KiB of native memory: 10,000 lost ones would take 1.2 GiB.</summary>
    [Fact]
    public void Ten_thousand_predictions_leave_nothing_behind()
    {
        using var file = new ModelFile(new TinyOnnx().Node("Neg", ["x"], ["y"]).Input("x", TinyOnnx.Float, "N", Long.Length).Output("y", TinyOnnx.Float, "N", Long.Length));
        var model = _ml.Transforms.ApplyOnnxModel("y", "x", file.Path).Fit(_ml.Data.LoadFromEnumerable([new Long()]));
        using var engine = _ml.Model.CreatePredictionEngine<Long, Scores>(model);
        var (row, scores, before) = (new Long(), new Scores(), 0L);
        for (var i = 0; i < 10_000; i++)
        {
            row.x[0] = i;
            engine.Predict(row, ref scores);
            Assert.Equal(-i, scores.y[0]);
            if (i == 1_000)
                before = Memory();
        }
        Assert.InRange(Memory() - before, long.MinValue, 150L << 20);
    }

    [Fact]
    public void Disposing_twice_is_fine_and_an_engine_disposes_its_model()
    {
        using var file = new ModelFile(TinyOnnx.Affine("N"));
        var view = _ml.Data.LoadFromEnumerable([new Row()]);
        var model = _ml.Transforms.ApplyOnnxModel("y", "x", file.Path).Fit(view);
        _ml.Model.CreatePredictionEngine<Row, Scores>(model).Dispose();
        Assert.IsType<NullReferenceException>(Assert.ThrowsAny<Exception>(() => model.Transform(view).GetColumn<float[]>("y").Single()).GetBaseException());
        model.Dispose();
    }

    private MLContext Context() => new(1) { TempFilePath = _folder };

    private static byte[] Onnx(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        using var entry = archive.Entries.Single(e => e.Name == "OnnxModel").Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] x { get; set; } = [0, 0, 0, 0];
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed class Long
    {
        public const int Length = 16 * 1024;

        [VectorType(Length)]
        public float[] x { get; set; } = new float[Length];
    }

    private sealed class Scores
    {
        public float[] y { get; set; } = [];
    }
}
