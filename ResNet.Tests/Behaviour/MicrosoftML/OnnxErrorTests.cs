using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace ResNet.Tests.Behaviour;

/// <summary>What ApplyOnnxModel refuses, when, and in which words.</summary>
public sealed class OnnxErrorTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly ModelFile _file = new(TinyOnnx.Affine("N"));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_missing_column() => Fails<ArgumentOutOfRangeException>(new Other(), "Could not find input column 'x' (Parameter 'inputSchema')");

    [Fact]
    public void A_column_of_another_type() =>
        Fails<ArgumentOutOfRangeException>(new Doubles(), "Schema mismatch for input column 'x': expected Single, got Vector<Double, 4> (Parameter 'inputSchema')");

    [Fact]
    public void A_column_of_another_length() =>
        Fails<InvalidOperationException>(new Five(), "Input shape mismatch: Input 'x' has shape 1,4, but input data is of length 5.");

    /// <summary>A multiple of the length passes the schema's check and fails at the first row.</summary>
    [Fact]
    public void A_multiple_of_the_length()
    {
        var view = _ml.Data.LoadFromEnumerable([new Eight()]);
        var scored = _ml.Transforms.ApplyOnnxModel("y", "x", _file.Path).Fit(view).Transform(view);
        var error = Assert.ThrowsAny<Exception>(() => scored.GetColumn<float[]>("y").Single()).GetBaseException();
        Assert.Equal("Length of memory (8) must match product of dimensions (4).", Assert.IsType<ArgumentException>(error).Message);
    }

    /// <summary>A varying length fits only where the model leaves a dimension open.</summary>
    [Fact]
    public void A_varying_length_for_a_fixed_shape()
    {
        var view = _ml.Data.LoadFromEnumerable([new Varying()]);
        var scored = _ml.Transforms.ApplyOnnxModel("y", "x", _file.Path).Fit(view).Transform(view);
        var error = Assert.ThrowsAny<Exception>(() => scored.GetColumn<float[]>("y").Single()).GetBaseException();
        Assert.Equal("index", Assert.IsType<ArgumentOutOfRangeException>(error).ParamName);
    }

    [Fact]
    public void Unknown_inputs_and_outputs()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("z", "x", _file.Path));
        Assert.StartsWith("Ouput tensor, z, does not exist in the ONNX model. Available output names are [y]. (Parameter 'name')", error.Message);
        var view = _ml.Data.LoadFromEnumerable([new Other()]);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("y", "Other_", _file.Path).Fit(view));
        Assert.StartsWith("Input tensor, Other_, does not exist in the ONNX model. Available input names are [x]. Available initializers are [] (Parameter 'name')", error.Message);
    }

    [Fact]
    public void Two_unknown_dimensions()
    {
        using var file = new ModelFile(new TinyOnnx().Node("Neg", ["x"], ["y"]).Input("x", TinyOnnx.Float, 1, "A", "B").Output("y", TinyOnnx.Float, 1, "A", "B"));
        var view = _ml.Data.LoadFromEnumerable([new Five()]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel(file.Path).Fit(view));
        Assert.Equal("Only 1 unknown dimension is allowed (Parameter 'x')", error.Message);
    }

    [Fact]
    public void Missing_and_broken_files()
    {
        var error = Assert.ThrowsAny<Exception>(() => _ml.Transforms.ApplyOnnxModel("no such.onnx"));
        Assert.Equal("Model file no such.onnx does not exists.", Assert.IsType<IOException>(error).Message);
        File.WriteAllBytes(_file.Path, [1, 2, 3]);
        var broken = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.ApplyOnnxModel(_file.Path));
        Assert.StartsWith("Error initializing model :Microsoft.ML.OnnxRuntime.OnnxRuntimeException: [ErrorCode:InvalidProtobuf]", broken.Message);
        Assert.IsType<OnnxRuntimeException>(broken.InnerException);
    }

    private void Fails<TError>(object row, string message) where TError : Exception
    {
        var view = row switch
        {
            Doubles r => _ml.Data.LoadFromEnumerable([r]),
            Five r => _ml.Data.LoadFromEnumerable([r]),
            _ => _ml.Data.LoadFromEnumerable([(Other)row]),
        };
        Assert.Equal(message, Assert.Throws<TError>(() => _ml.Transforms.ApplyOnnxModel("y", "x", _file.Path).Fit(view)).Message);
    }

    private sealed class Other
    {
        public float Something { get; set; }
    }

    private sealed class Doubles
    {
        [VectorType(4)]
        public double[] x { get; set; } = [1, 2, 3, 4];
    }

    private sealed class Five
    {
        [VectorType(5)]
        public float[] x { get; set; } = [1, 2, 3, 4, 5];
    }

    private sealed class Varying
    {
        public float[] x { get; set; } = [1, 2, 3, 4];
    }

    private sealed class Eight
    {
        [VectorType(8)]
        public float[] x { get; set; } = [1, 2, 3, 4, 5, 6, 7, 8];
    }
}
