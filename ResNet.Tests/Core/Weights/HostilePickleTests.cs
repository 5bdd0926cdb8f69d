using System.Text;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

/// <summary>Checkpoints that would run code, or take far more memory than they have, in Python's own reader.</summary>
public class HostilePickleTests
{
    /// <summary>Weights of one element, as the start of every pickle here that needs a tensor.</summary>
    private const string Storage = "(\u008c\u0007storagectorch\nFloatStorage\n\u008c\u00010\u008c\u0003cpuK\u0004tQ";

    public static TheoryData<string, string, string> FromPython()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in Fixture.Read("hostile.txt"))
        {
            data.Add(line[0], line[1], line[2]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(FromPython))]
    public void A_global_that_is_no_tensors_is_refused_by_its_name(string name, string global, string base64)
    {
        const string Marker = "/tmp/hostile";
        if (File.Exists(Marker))
        {
            File.Delete(Marker);
        }

        var error = Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(Convert.FromBase64String(base64)), name));
        Assert.Contains(global, error.Message);
        Assert.StartsWith(name, error.Message);
        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData("cos\nsystem\n(\u008c\u0004truetR.", "os.system")]
    [InlineData("(ios\nsystem\n.", "os.system")]
    [InlineData("\u008c\u0005torch\u008c\u0008__dict__\u0093.", "torch.__dict__")]
    [InlineData("\u008c\u000ctorch._utils\u008c\u001f_rebuild_tensor.__globals__.pop\u0093.", "_rebuild_tensor.__globals__")]
    [InlineData("ccollections\nOrderedDict\n)\u0081.", "0x81")]
    [InlineData("ccollections\nOrderedDict\n}\u008c\u0001aK\u0001sR.", "OrderedDict")]
    [InlineData("ctorch\nFloatStorage\nK\u0005\u0085R.", "torch.FloatStorage")]
    [InlineData("ctorch\nSize\n}b.", "sets the state")]
    [InlineData("]\u0094}b.", "sets the state")]
    [InlineData("\u0082\u0001.", "0x82")]
    [InlineData("(c__builtin__\neval\no.", "__builtin__.eval")]
    [InlineData("P0\n.", "0x50")]
    public void Instructions_that_make_objects_are_refused(string pickle, string expected) =>
        Assert.Contains(expected, Refused(pickle));

    [Theory]
    [InlineData("", "cut off")]
    [InlineData(".", "needs a value")]
    [InlineData("0.", "needs a value")]
    [InlineData("u.", "needs a mark")]
    [InlineData("K\u0001(0.", "needs a value")]
    [InlineData("h\u0005.", "memo 5")]
    [InlineData("}K\u0001a.", "needs a list")]
    [InlineData("](K\u0001K\u0002u.", "needs a dict")]
    [InlineData("}(K\u0001u.", "needs a dict")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.", "cut off")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "cut off")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff.", "cut off")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff.", "cut off")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u007f.", "number of")]
    [InlineData("\u008c\u0002\u00ff\u00fe.", "UTF-8")]
    [InlineData("K\u0001Q.", "storage")]
    [InlineData("]\u0094h\u0000a.", "no weights")]
    public void Damaged_pickles_are_refused(string pickle, string expected) => Assert.Contains(expected, Refused(pickle));

    [Theory]
    [InlineData("K\u0000K\u0005\u0085K\u0001\u0085", "outside its storage")]
    [InlineData("K\u0001K\u0004\u0085K\u0001\u0085", "outside its storage")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ffK\u0001\u0085K\u0001\u0085", "outside its storage")]
    [InlineData("K\u0003K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085", "outside its storage")]
    [InlineData("K\u0000J\u00ff\u00ff\u00ff\u007f\u0085K\u0000\u0085", "outside its storage")]
    [InlineData("K\u0000\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085K\u0001\u0085", "shape")]
    [InlineData("K\u0000J\u00ff\u00ff\u00ff\u00ff\u0085K\u0001\u0085", "shape")]
    [InlineData("K\u0000K\u0002K\u0002\u0086K\u0001\u0085", "sizes or strides")]
    [InlineData("K\u0000N\u0085N\u0085", "sizes or strides")]
    public void Tensors_that_lie_are_refused(string arguments, string expected) =>
        Assert.Contains(expected, Refused($"}}\u008c\u0006weightctorch._utils\n_rebuild_tensor_v2\n({Storage}{arguments}\u0089NtRs."));

    [Fact]
    public void An_honest_one_of_the_same_make_is_read()
    {
        var weights = Read($"}}\u008c\u0006weightctorch._utils\n_rebuild_tensor_v2\n({Storage}K\u0000K\u0004\u0085K\u0001\u0085\u0089NtRs.");
        Assert.Equal([1, 2, 3, 4], WeightFixtures.Values(weights["weight"]));
    }

    [Fact]
    public void Tuples_of_tuples_that_unfold_without_end_cost_what_they_are()
    {
        // 2^60 leaves, each level shared by the next: "billion laughs".
        var pickle = ")" + string.Concat(Enumerable.Repeat("2\u0086", 60)) + ".";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("no weights", Refused(pickle));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_list_that_becomes_a_dict_again_and_again_costs_what_it_is()
    {
        var list = "]\u0094(" + string.Concat(Enumerable.Repeat("NN\u0086", 20_000)) + "e\u0085\u00940";
        var dicts = string.Concat(Enumerable.Repeat("ccollections\nOrderedDict\nh\u0001R", 2_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("no weights", Refused(list + dicts + "."));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Strided_views_of_one_storage_cannot_unfold_to_more_than_the_file()
    {
        // 2×2 transposed, 16 bytes each, again and again out of a storage of 16 bytes.
        var tensor = $"ctorch._utils\n_rebuild_tensor_v2\n({Storage}K\u0000K\u0002K\u0002\u0086K\u0001K\u0002\u0086\u0089NtR\u0094";
        var many = string.Concat(Enumerable.Range(0, 2000).Select(i => $"\u008c\u0004{i:d4}h\u0000s"));
        var weights = Read($"{tensor}0}}{many}.");
        Assert.Equal(2000, weights.Count);
        Assert.Equal([1, 3, 2, 4], WeightFixtures.Values(weights["1999"]));

        // A storage of 64 KiB in a file that is hardly longer.
        var large = tensor.Replace("K\u0004tQ", "J\0\u0040\0\0tQ").Replace("K\u0002K\u0002\u0086K\u0001K\u0002\u0086", "K\u0080K\u0080\u0086K\u0001K\u0080\u0086");
        Assert.Contains("far larger than the file", Assert.Throws<InvalidDataException>(() => Read($"{large}0}}{many}.", new byte[1 << 16])).Message);
    }

    [Fact]
    public void More_instructions_than_any_network_needs_are_refused() =>
        Assert.Contains("instructions", Refused(new string(')', 4_100_000)));

    private static string Refused(string pickle) => Assert.Throws<InvalidDataException>(() => Read(pickle)).Message;

    /// <summary>A legacy checkpoint of that pickle (one character a byte), with one storage.</summary>
    private static StateDict Read(string pickle, byte[]? storage = null)
    {
        storage ??= [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64];
        byte[] file =
        [
            .. Convert.FromHexString("80028a0a6cfc9c46f9206aa850192e" + "80024de9032e" + "80027d2e" + "8004"),
            .. Encoding.Latin1.GetBytes(pickle),
            .. pickle.Length == 0 ? [] : Encoding.Latin1.GetBytes("\u0080\u0002]\u008c\u00010a."),
            .. BitConverter.GetBytes(storage.Length / 4L),
            .. storage,
        ];
        return PyTorchCheckpoint.Read(new MemoryStream(pickle.Length == 0 ? file[..23] : file), "hostile");
    }
}
