using System.Text;

namespace ResNet.Tests.Behaviour;

/// <summary>Small ONNX models, written field by field in protobuf's wire format: nothing of the product takes part.</summary>
internal sealed class TinyOnnx
{
    public const int Float = 1, Int64 = 7, Text = 8, Double = 11;

    private readonly MemoryStream _graph = new(), _metadata = new();

    public TinyOnnx Node(string type, string[] inputs, string[] outputs, string name = "", string domain = "", params byte[][] attributes) =>
        Graph(1, [.. inputs.SelectMany(i => Bytes(1, i)), .. outputs.SelectMany(o => Bytes(2, o)), .. Bytes(3, name), .. Bytes(4, type),
            .. attributes.SelectMany(a => Bytes(5, a)), .. Bytes(7, domain)]);

    public static byte[] Attribute(string name, long value) => [.. Bytes(1, name), .. Number(3, value), .. Number(20, 2)];

    public static byte[] Attribute(string name, long[] values) => [.. Bytes(1, name), .. values.SelectMany(v => Number(8, v)), .. Number(20, 7)];

    public static byte[] Attribute(string name, string[] values) => [.. Bytes(1, name), .. values.SelectMany(v => Bytes(9, v)), .. Number(20, 8)];

    public TinyOnnx Constant(string name, long[] shape, float[] values) =>
        Graph(5, [.. shape.SelectMany(d => Number(1, d)), .. Number(2, Float), .. Bytes(8, name), .. Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)])]);

    public TinyOnnx Constant(string name, long[] values) =>
        Graph(5, [.. Number(1, values.Length), .. Number(2, Int64), .. Bytes(8, name), .. Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)])]);

    public TinyOnnx Constant(string name, string text) => Graph(5, [.. Number(1, 1), .. Number(2, Text), .. Bytes(6, text), .. Bytes(8, name)]);

    /// <summary>A dimension is a number, or the name of an unknown one.</summary>
    public TinyOnnx Input(string name, int type, params object[] shape) => Graph(11, Variable(name, Tensor(type, shape)));

    public TinyOnnx Output(string name, int type, params object[] shape) => Graph(12, Variable(name, Tensor(type, shape)));

    /// <summary>A sequence of maps, as classifiers' ZipMap gives it.</summary>
    public TinyOnnx OutputMaps(string name, int key, int value) =>
        Graph(12, Variable(name, Bytes(4, Bytes(1, Bytes(5, [.. Number(1, key), .. Bytes(2, Tensor(value, []))])))));

    public TinyOnnx Metadata(string key, string value)
    {
        _metadata.Write(Bytes(14, [.. Bytes(1, key), .. Bytes(2, value)]));
        return this;
    }

    public byte[] Build() =>
    [
        .. Number(1, 8), .. Bytes(2, "tests"), .. Number(5, 3), .. Bytes(7, [.. _graph.ToArray(), .. Bytes(2, "tiny")]),
        .. Bytes(8, Number(2, 13)), .. Bytes(8, [.. Bytes(1, "ai.onnx.ml"), .. Number(2, 2)]), .. _metadata.ToArray(),
    ];

    /// <summary>y = x·w + b, x of 4, y of 3 numbers a row.</summary>
    public static TinyOnnx Affine(object rows) => new TinyOnnx()
        .Constant("w", [4, 3], [1, 0, 1, 0, 1, 1, 2, 0, -1, 0, 3, 0]).Constant("b", [3], [0.5f, -1, 0])
        .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"])
        .Input("x", Float, rows, 4).Output("y", Float, rows, 3);

    private TinyOnnx Graph(int field, byte[] message)
    {
        _graph.Write(Bytes(field, message));
        return this;
    }

    private static byte[] Variable(string name, byte[] type) => [.. Bytes(1, name), .. Bytes(2, type)];

    private static byte[] Tensor(int type, object[] shape) => Bytes(1, [.. Number(1, type), .. Bytes(2, [.. shape.SelectMany(d =>
        Bytes(1, d is string name ? Bytes(2, name) : Number(1, Convert.ToInt64(d))))])]);

    private static byte[] Bytes(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] content) => [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. Varint((ulong)field << 3), .. Varint((ulong)value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 128; value >>= 7) yield return (byte)(value | 128);
        yield return (byte)value;
    }
}
