using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace ResNet.Tests.Behaviour;

/// <summary>ApplyOnnxModel: column types, values row by row, names, several inputs and outputs.</summary>
public class OnnxModelTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Rows_keep_their_order_and_their_values()
    {
        var rows = Enumerable.Range(0, 300).Select(i => new Four { X = [i, 1, 0, -i] }).ToList();
        var view = Apply(TinyOnnx.Affine("N"), _ml.Data.LoadFromEnumerable(rows));
        Assert.Equal("Vector<Single, 1, 3>", view.Schema["y"].Type.ToString());
        Assert.Equal(rows.Select(r => (r.X[0] + 0.5f, 1 - 3f * r.X[0] - 1, r.X[0] + 1)),
            view.GetColumn<float[]>("y").Select(y => (y[0], y[1], y[2])));
    }

    [Fact]
    public void Types_follow_the_declared_shapes()
    {
        var model = new TinyOnnx()
            .Node("Identity", ["x"], ["batch"]).Node("ArgMax", ["x"], ["best"], attributes: [TinyOnnx.Attribute("axis", 1), TinyOnnx.Attribute("keepdims", 0)])
            .Constant("flat", [-1]).Node("Reshape", ["x", "flat"], ["row"]).Node("ReduceSum", ["x"], ["sum"], attributes: TinyOnnx.Attribute("keepdims", 0))
            .Node("Identity", ["x"], ["open"])
            .Input("x", TinyOnnx.Float, "N", 4).Output("batch", TinyOnnx.Float, "N", 4).Output("best", TinyOnnx.Int64, "N")
            .Output("row", TinyOnnx.Float, 4).Output("sum", TinyOnnx.Float).Output("open", TinyOnnx.Float, "N", "M");
        var view = Apply(model, _ml.Data.LoadFromEnumerable([new Four { X = [1, 5, 3, 2] }]));
        Assert.Equal(["Vector<Single, 1, 4>", "Vector<Int64, 1>", "Vector<Single, 4>", "Single", "Vector<Single>"],
            new[] { "batch", "best", "row", "sum", "open" }.Select(c => view.Schema[c].Type.ToString()));
        Assert.Equal([1], view.GetColumn<long[]>("best").Single());
        Assert.Equal([1, 5, 3, 2], view.GetColumn<float[]>("row").Single());
        Assert.Equal([1, 5, 3, 2], view.GetColumn<float[]>("open").Single());
        var error = Assert.ThrowsAny<Exception>(() => view.GetColumn<float>("sum").Single());
        Assert.Equal("source", Assert.IsType<ArgumentNullException>(error.GetBaseException()).ParamName);
    }

    [Fact]
    public void Slot_names_come_from_a_node()
    {
        string[] labels = ["crane", "Öl", ""];
        var model = TinyOnnx.Affine("N").Constant("mlnet.y.dummy", "crane").Node("LabelEncoder", ["mlnet.y.dummy"], ["mlnet.y.slots"], "mlnet.y.SlotNames",
            "ai.onnx.ml", TinyOnnx.Attribute("keys_strings", labels), TinyOnnx.Attribute("values_int64s", [0L, 1, 2]));
        var schema = Apply(model, _ml.Data.LoadFromEnumerable([new Four()])).Schema;
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["y"].GetSlotNames(ref names);
        Assert.Equal(labels, names.DenseValues().Select(n => n.ToString()));
    }

    [Fact]
    public void Columns_are_found_by_name_and_only_those_asked_for_are_added()
    {
        var model = new TinyOnnx().Node("Sub", ["a", "b"], ["difference"]).Node("Add", ["a", "b"], ["sum.output"])
            .Input("a", TinyOnnx.Float, 1, 2).Input("b", TinyOnnx.Float, 1, 2).Output("difference", TinyOnnx.Float, 1, 2).Output("sum.output", TinyOnnx.Float, 1, 2);
        var view = _ml.Data.LoadFromEnumerable([new Pair { B = [1, 2], A = [5, 5] }]);
        var all = Apply(model, view);
        Assert.Equal(["B", "A", "a", "b", "difference", "sum"], all.Schema.Select(c => c.Name));
        Assert.Equal([6, 7], all.GetColumn<float[]>("sum").Single());
        using var file = new ModelFile(model);
        var one = _ml.Transforms.ApplyOnnxModel(["difference"], ["b", "a"], file.Path).Fit(Copied(view)).Transform(Copied(view));
        Assert.Equal(["B", "A", "a", "b", "difference"], one.Schema.Select(c => c.Name));
        Assert.Equal([4, 3], one.GetColumn<float[]>("difference").Single());
    }

    [Fact]
    public void Text_numbers_and_single_values()
    {
        var model = new TinyOnnx().Node("Identity", ["s"], ["words"]).Node("Identity", ["n"], ["number"]).Node("Identity", ["t"], ["text"])
            .Input("s", TinyOnnx.Text, "N", 2).Input("n", TinyOnnx.Double, "N", 1).Input("t", TinyOnnx.Text, 1, 1)
            .Output("words", TinyOnnx.Text, "N", 2).Output("number", TinyOnnx.Double, "N", 1).Output("text", TinyOnnx.Text, 1, 1);
        var view = Apply(model, _ml.Data.LoadFromEnumerable([new Texts { s = ["a", "ä"], n = 2.5, t = "ß" }, new Texts { s = ["", "x"], n = -1, t = "" }]));
        Assert.Equal("Vector<String, 1, 2>", view.Schema["words"].Type.ToString());
        Assert.Equal([["a", "ä"], ["", "x"]], view.GetColumn<string[]>("words"));
        Assert.Equal([[2.5], [-1]], view.GetColumn<double[]>("number"));
        Assert.Equal([["ß"], [""]], view.GetColumn<string[]>("text"));
    }

    [Fact]
    public void Sequences_of_maps_outlive_their_row()
    {
        var model = new TinyOnnx().Node("ZipMap", ["x"], ["z"], "", "ai.onnx.ml", TinyOnnx.Attribute("classlabels_strings", ["a", "b", "c", "d"]))
            .Input("x", TinyOnnx.Float, "N", 4).OutputMaps("z", TinyOnnx.Text, TinyOnnx.Float);
        var view = Apply(model, _ml.Data.LoadFromEnumerable([new Four { X = [1, 2, 3, 4] }, new Four { X = [5, 6, 7, 8] }]));
        Assert.IsType<OnnxSequenceType>(view.Schema["z"].Type);
        var maps = _ml.Data.CreateEnumerable<Maps>(view, false).Select(r => r.z.Single()).ToList();
        Assert.Equal([3, 7], maps.Select(m => m["c"]));
    }

    [Fact]
    public void The_shape_dictionary_replaces_unknown_dimensions()
    {
        using var file = new ModelFile(TinyOnnx.Affine("N"));
        var view = _ml.Data.LoadFromEnumerable([new Eight { x = [1, 2, 3, 4, 0, 0, 0, 0] }]);
        var shaped = _ml.Transforms.ApplyOnnxModel("y", "x", file.Path, new Dictionary<string, int[]> { ["x"] = [2, 4], ["y"] = [2, 3] }).Fit(view).Transform(view);
        Assert.Equal("Vector<Single, 2, 3>", shaped.Schema["y"].Type.ToString());
        Assert.Equal([7.5f, 13, 0, 0.5f, -1, 0], shaped.GetColumn<float[]>("y").Single());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyOnnxModel("y", "x", file.Path, new Dictionary<string, int[]> { ["x"] = [2, 5] }));
        Assert.StartsWith("The specified shape 2,5 is not compatible with the shape -1,4 loaded from the ONNX model file.", error.Message);
    }

    [Fact]
    public void Columns_of_varying_length_fill_the_unknown_dimension()
    {
        var model = new TinyOnnx().Node("Neg", ["x"], ["y"]).Input("x", TinyOnnx.Float, 1, "M", 2).Output("y", TinyOnnx.Float, 1, "M", 2);
        var view = Apply(model, _ml.Data.LoadFromEnumerable([new Open { x = [1, 2, 3, 4] }, new Open { x = [5, 6] }]));
        Assert.Equal([[-1, -2, -3, -4], [-5, -6]], view.GetColumn<float[]>("y"));
    }

    [Fact]
    public void Session_options_of_the_context_and_of_the_call()
    {
        using var file = new ModelFile(TinyOnnx.Affine(1));
        var asked = 0;
        _ml.SetOnnxSessionOption(new OnnxSessionOptions { CreateSessionOptions = () => { asked++; return new SessionOptions { IntraOpNumThreads = 1 }; } });
        Assert.NotNull(_ml.GetOnnxSessionOption());
        var view = _ml.Data.LoadFromEnumerable([new Four { X = [1, 2, 3, 4] }]);
        var options = new OnnxOptions { ModelFile = file.Path, InputColumns = ["x"], OutputColumns = ["y"], IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        Assert.Equal([7.5f, 13, 0], _ml.Transforms.ApplyOnnxModel(options).Fit(view).Transform(view).GetColumn<float[]>("y").Single());
        Assert.Equal(1, asked);
        var plain = new MLContext(1);
        plain.SetOnnxSessionOption(new OnnxSessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, EnableCpuMemArena = false, IntraOpNumThreads = 1 });
        Assert.Equal([7.5f, 13, 0], plain.Transforms.ApplyOnnxModel(options).Fit(view).Transform(view).GetColumn<float[]>("y").Single());
    }

    private IDataView Apply(TinyOnnx model, IDataView view)
    {
        using var file = new ModelFile(model);
        var input = Copied(view);
        return _ml.Transforms.ApplyOnnxModel(file.Path).Fit(input).Transform(input);
    }

    // Members are named as C# names them; the models' inputs are small letters.
    private IDataView Copied(IDataView view) => view.Schema.Where(c => c.Name.Length == 1 && char.IsUpper(c.Name[0]) && c.Name != "X").Select(c => c.Name).Order()
        .Aggregate(view, (v, name) => _ml.Transforms.CopyColumns(name.ToLowerInvariant(), name).Fit(v).Transform(v));

    private sealed class Four
    {
        [ColumnName("x"), VectorType(4)]
        public float[] X { get; set; } = [0, 0, 0, 0];
    }

    private sealed class Pair
    {
        [VectorType(2)]
        public float[] B { get; set; } = [];

        [VectorType(2)]
        public float[] A { get; set; } = [];
    }

    private sealed class Eight
    {
        [VectorType(2, 4)]
        public float[] x { get; set; } = [];
    }

    private sealed class Open
    {
        public float[] x { get; set; } = [];
    }

    private sealed class Texts
    {
        [VectorType(2)]
        public string[] s { get; set; } = [];

        public double n { get; set; }

        public string t { get; set; } = "";
    }

    private sealed class Maps
    {
        [OnnxSequenceType(typeof(IDictionary<string, float>))]
        public IEnumerable<IDictionary<string, float>> z { get; set; } = [];
    }
}
