using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ResNet.Tests.Behaviour;

/// <summary>Sessions as the real package makes them: types, values, errors, metadata.</summary>
public class SessionTests
{
    private static readonly float[] X = [1, 2, 3, 4];
    private static readonly float[] Y = [7.5f, 13, 0];

    [Fact]
    public void Inputs_and_outputs_are_described()
    {
        using var session = new InferenceSession(TinyOnnx.Affine("N").Build());
        Assert.Equal(["x"], session.InputNames);
        Assert.Equal(["y"], session.OutputNames);
        var (x, y) = (session.InputMetadata["x"], session.OutputMetadata["y"]);
        Assert.Equal((OnnxValueType.ONNX_TYPE_TENSOR, true, typeof(float), TensorElementType.Float), (x.OnnxValueType, x.IsTensor, x.ElementType, x.ElementDataType));
        Assert.Equal([-1, 4], x.Dimensions);
        Assert.Equal(["N", ""], x.SymbolicDimensions);
        Assert.Equal([-1, 3], y.Dimensions);
        Assert.Empty(session.OverridableInitializerMetadata);
    }

    [Fact]
    public void Metadata_of_the_model()
    {
        using var session = new InferenceSession(TinyOnnx.Affine(1).Metadata("labels", "ä,b").Metadata("empty", "").Build());
        var metadata = session.ModelMetadata;
        Assert.Equal(("tests", "tiny", 3), (metadata.ProducerName, metadata.GraphName, metadata.Version));
        Assert.Equal(new() { ["labels"] = "ä,b", ["empty"] = "" }, metadata.CustomMetadataMap);
    }

    [Fact]
    public void A_model_runs_from_a_file_and_from_memory()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, TinyOnnx.Affine(1).Build());
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC };
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            using var session = new InferenceSession(path, options);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(X, [1, 4]))]);
            var y = Assert.Single(results);
            Assert.Equal(("y", TensorElementType.Float, OnnxValueType.ONNX_TYPE_TENSOR), (y.Name, y.ElementType, y.ValueType));
            Assert.Equal([1, 3], y.AsTensor<float>().Dimensions.ToArray());
            Assert.Equal(Y, y.AsTensor<float>());
            Assert.Null(y.AsTensor<double>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Values_are_read_where_they_lie()
    {
        using var session = new InferenceSession(TinyOnnx.Affine("N").Build());
        using var options = new RunOptions();
        float[] rows = [.. X, 0, 0, 0, 0, 9, 9];
        using var x = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, rows.AsMemory(0, 8), [2, 4]);
        rows[4] = 1;
        using var results = session.Run(options, ["x"], [x], ["y"]);
        Assert.Equal([.. Y, 1.5f, -1, 1], results[0].GetTensorDataAsSpan<float>().ToArray());
        Assert.Equal([2, 3], results[0].GetTensorTypeAndShape().Shape);
    }

    [Fact]
    public void Results_go_into_memory_of_the_caller()
    {
        using var session = new InferenceSession(TinyOnnx.Affine("N").Build());
        using var x = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, 4]);
        X.CopyTo(x.GetTensorMutableDataAsSpan<float>());
        var result = new float[3];
        using var y = OrtValue.CreateTensorValueFromMemory(result, [1, 3]);
        session.Run(null, ["x"], [x], ["y"], [y]);
        Assert.Equal(Y, result);
    }

    [Fact]
    public void Strings_in_and_out()
    {
        using var session = new InferenceSession(new TinyOnnx().Node("Identity", ["s"], ["t"]).Input("s", TinyOnnx.Text, "N").Output("t", TinyOnnx.Text, "N").Build());
        string[] words = ["", "größer", "日本"];
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("s", new DenseTensor<string>(words, [3]))]);
        Assert.Equal(words, results[0].AsTensor<string>());
        using var options = new RunOptions();
        using var s = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [2]);
        s.StringTensorSetElementAt("ö".AsSpan(), 1);
        using var values = session.Run(options, new Dictionary<string, OrtValue> { ["s"] = s }, ["t"]);
        Assert.Equal(["", "ö"], values[0].GetStringTensorAsArray());
    }

    [Fact]
    public void Sequences_of_maps()
    {
        var model = new TinyOnnx().Node("ZipMap", ["p"], ["z"], "", "ai.onnx.ml", TinyOnnx.Attribute("classlabels_strings", ["a", "b"]))
            .Input("p", TinyOnnx.Float, "N", 2).OutputMaps("z", TinyOnnx.Text, TinyOnnx.Float);
        using var session = new InferenceSession(model.Build());
        Assert.Equal(OnnxValueType.ONNX_TYPE_SEQUENCE, session.OutputMetadata["z"].OnnxValueType);
        Assert.Equal(TensorElementType.String, session.OutputMetadata["z"].AsSequenceMetadata().ElementMeta.AsMapMetadata().KeyDataType);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("p", new DenseTensor<float>(new[] { 1f, 2, 3, 4 }, [2, 2]))]);
        var maps = results[0].AsEnumerable<NamedOnnxValue>().Select(m => m.AsDictionary<string, float>()).ToList();
        Assert.Equal([new() { ["a"] = 1, ["b"] = 2 }, new() { ["a"] = 3, ["b"] = 4 }], maps.Select(m => new Dictionary<string, float>(m)));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        using var session = new InferenceSession(TinyOnnx.Affine(1).Build());
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(X, [1, 4]);
        Assert.Equal("[ErrorCode:InvalidArgument] Input name: 'z' is not in the metadata", Message(() => session.Run(options, ["z"], [x], ["y"])));
        Assert.Equal("[ErrorCode:InvalidArgument] Output name: 'z' is not in the metadata", Message(() => session.Run(options, ["x"], [x], ["z"])));
        Assert.StartsWith("[ErrorCode:InvalidArgument] Tensor element data type discovered: Double metadata expected: Float",
            Message(() => session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<double>(4))])));
        Assert.StartsWith("[ErrorCode:InvalidArgument] Got invalid dimensions for input: x",
            Message(() => session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>([1, 5]))])));
        Assert.StartsWith("[ErrorCode:InvalidArgument] Managed memory size: 4", Message(() => OrtValue.CreateTensorValueFromMemory(X, [1, 5])));
        Assert.StartsWith("[ErrorCode:InvalidArgument] Requested type: System.Int32", Message(() => x.GetTensorDataAsSpan<int>()));
        Assert.StartsWith("[ErrorCode:NoSuchFile]", Message(() => new InferenceSession("no such file.onnx")));
        Assert.StartsWith("[ErrorCode:InvalidProtobuf]", Message(() => new InferenceSession([1, 2, 3])));
        Assert.Throws<ArgumentException>(() => session.Run(options, ["x"], [x, x], ["y"]));
    }

    private static string Message(Action action) => Assert.Throws<OnnxRuntimeException>(action).Message;
}
