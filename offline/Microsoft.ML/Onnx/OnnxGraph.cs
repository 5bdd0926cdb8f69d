using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>What the runtime does not tell of a model: the declared types of its variables, and slot names, which lie in nodes named <c>mlnet.COLUMN.SlotNames</c>.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, string[]> _slotNames = [];

    public Dictionary<string, DataViewType> Inputs { get; } = [];

    public Dictionary<string, DataViewType> Outputs { get; } = [];

    public static OnnxGraph Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var graph = new OnnxGraph();
        var model = new ProtobufReader(file, file.Length);
        model.Each(field =>
        {
            if (field != 7) return false;
            graph.Read(model.Message(), file);
            return true;
        });
        return graph;
    }

    /// <summary>Null where the model names no slots of the column.</summary>
    public string[] SlotNames(string column) => _slotNames.GetValueOrDefault($"mlnet.{column}.SlotNames");

    private void Read(ProtobufReader graph, Stream file) => graph.Each(field =>
    {
        switch (field)
        {
            case 1: ReadNode(graph.Message, file); return true;
            case 5: CheckInitializer(graph.Message()); return true;
            case 11: ReadVariable(graph.Message(), Inputs); return true;
            case 12: ReadVariable(graph.Message(), Outputs); return true;
            default: return false;
        }
    });

    private static void ReadVariable(ProtobufReader variable, Dictionary<string, DataViewType> types)
    {
        string name = null;
        DataViewType type = null;
        variable.Each(field =>
        {
            switch (field)
            {
                case 1: name = variable.ReadText(); return true;
                case 2: type = OnnxType.Read(variable.Message()).ToDataViewType(); return true;
                default: return false;
            }
        });
        types[name] = type;
    }

    // A model is refused for weights of a type that no column can have, used as an input or not.
    private static void CheckInitializer(ProtobufReader tensor) => tensor.Each(field =>
    {
        if (field != 2) return false;
        OnnxType.Scalar((int)tensor.ReadVarint());
        return true;
    });

    // The name may stand behind the attributes: they are read in a second pass, if the name asks for them.
    private void ReadNode(Func<ProtobufReader> open, Stream file)
    {
        long start = file.Position;
        string name = null;
        var node = open();
        node.Each(field =>
        {
            if (field != 3) return false;
            name = node.ReadText();
            return true;
        });
        if (name == null || !name.StartsWith("mlnet.") || !name.EndsWith(".SlotNames") || _slotNames.ContainsKey(name)) return;
        file.Position = start;
        node = open();
        string[] keys = null;
        node.Each(field =>
        {
            if (field != 5) return false;
            keys = KeysOf(node.Message()) ?? keys;
            return true;
        });
        if (keys != null) _slotNames[name] = keys;
    }

    private static string[] KeysOf(ProtobufReader attribute)
    {
        string name = null;
        var texts = new List<string>();
        attribute.Each(field =>
        {
            switch (field)
            {
                case 1: name = attribute.ReadText(); return true;
                case 9: texts.Add(attribute.ReadText()); return true;
                default: return false;
            }
        });
        return name == "keys_strings" ? [.. texts] : null;
    }
}
