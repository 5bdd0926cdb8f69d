using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>Reads the files that a text column names, as images or as their bytes, when a row's value is asked for.</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    internal const string Name = "ImageLoaderTransform";

    private readonly bool _decode;

    /// <summary>Where relative paths begin; null: the current folder.</summary>
    public readonly string ImageFolder;

    internal ImageLoadingTransformer(IHostEnvironment environment, string imageFolder, bool decode, (string Output, string Input)[] columns)
        : base(environment.Register(nameof(ImageLoadingTransformer)), columns)
    {
        if (!string.IsNullOrEmpty(imageFolder))
            ImageFolder = Directory.Exists(imageFolder) ? Path.GetFullPath(imageFolder) : throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
        _decode = decode;
    }

    private ImageLoadingTransformer(ModelReader reader) : base(reader.Environment.Register(nameof(ImageLoadingTransformer)), reader.ReadPairs())
    {
        // The folder need not exist on the machine that loads the model: paths may be absolute.
        ImageFolder = reader.ReadText();
        _decode = reader.ReadBoolean();
    }

    internal static ImageLoadingTransformer Load(ModelReader reader) => new(reader);

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        writer.WriteText(ImageFolder);
        writer.Write(_decode);
    }

    internal (string Output, string Input)[] Columns => ColumnPairs;

    internal DataViewType OutputType => _decode ? new ImageDataViewType() : new VectorDataViewType(NumberDataViewType.Byte);

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        if (input.Type is not TextDataViewType)
            throw Errors.WrongColumn("input", input.Name, TextDataViewType.Instance.ToString(), input.Type.ToString());
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(this, schema, inputs);

    private sealed class Map(ImageLoadingTransformer owner, DataViewSchema schema, DataViewSchema.Column[] inputs)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        // One type a column: types of the same kind are told apart by reference in places.
        private readonly DataViewType[] _types = Array.ConvertAll(inputs, _ => owner.OutputType);

        protected override DataViewType TypeOf(int output) => _types[output];

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            var getPath = input.GetGetter<ReadOnlyMemory<char>>(Inputs[output]);
            dispose = null;
            return owner._decode ? Images(getPath, out dispose) : Bytes(getPath);
        }

        private ValueGetter<MLImage> Images(ValueGetter<ReadOnlyMemory<char>> getPath, out Action dispose)
        {
            MLImage last = null;
            dispose = () => last?.Dispose();
            return (ref MLImage image) =>
            {
                image?.Dispose();
                image = null;
                if (TryPath(getPath, out string path))
                {
                    image = MLImage.CreateFromBytes(File.ReadAllBytes(path));
                    image.Tag = path;
                }
                last = image;
            };
        }

        private ValueGetter<VBuffer<byte>> Bytes(ValueGetter<ReadOnlyMemory<char>> getPath) => (ref VBuffer<byte> bytes) =>
        {
            if (TryPath(getPath, out string path))
            {
                using var file = File.OpenHandle(path);
                int length = checked((int)RandomAccess.GetLength(file));
                var editor = VBufferEditor.Create(ref bytes, length);
                for (int at = 0; at < length;)
                {
                    int read = RandomAccess.Read(file, editor.Values[at..], at);
                    if (read == 0) throw new EndOfStreamException($"File {path} became shorter while it was read.");
                    at += read;
                }
                bytes = editor.Commit();
            }
            else bytes = VBufferEditor.Create(ref bytes, 0).Commit();
        };

        private bool TryPath(ValueGetter<ReadOnlyMemory<char>> getPath, out string path)
        {
            ReadOnlyMemory<char> text = default;
            getPath(ref text);
            path = text.ToString();
            if (path.Length > 0 && !string.IsNullOrWhiteSpace(owner.ImageFolder)) path = Path.Combine(owner.ImageFolder, path);
            return path.Length > 0;
        }
    }
}
