using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class HashingEstimator : IEstimator<HashingTransformer>
{
    private readonly IHost _host;
    private readonly ColumnOptions[] _columns;

    internal HashingEstimator(IHostEnvironment env, params ColumnOptions[] columns)
    {
        _host = env.Register(nameof(HashingEstimator));
        _columns = Check.NotNull(columns, nameof(columns));
        foreach (var column in columns)
        {
            Check.Param(!column.Combine || column.MaximumNumberOfInverts == 0, nameof(ColumnOptions.Combine),
                "When the 'Combine' option is specified, invert hashes are not supported.");
            Check.Param(!column.Combine || !column.UseOrderedHashing, nameof(ColumnOptions.Combine),
                "When the 'Combine' option is specified, ordered hashing is not supported.");
            if (column.MaximumNumberOfInverts != 0) throw new NotSupportedException("Key values of hashes are not gathered: set MaximumNumberOfInverts to 0.");
        }
    }

    public sealed class ColumnOptions
    {
        public ColumnOptions(string name, string inputColumnName = null, int numberOfBits = 31, uint seed = ValueHash.DefaultSeed,
            bool useOrderedHashing = false, int maximumNumberOfInverts = 0, bool combine = false)
        {
            Check.Param(maximumNumberOfInverts >= -1, nameof(maximumNumberOfInverts), "Value too small, must be -1 or larger");
            Check.Param(maximumNumberOfInverts == 0 || numberOfBits < 31, nameof(numberOfBits),
                $"Cannot support maximumNumberOfInverts for a {numberOfBits} bit hash. 30 is the maximum possible.");
            Name = Check.NotWhiteSpace(name, nameof(name));
            InputColumnName = inputColumnName ?? name;
            (NumberOfBits, Seed, UseOrderedHashing, MaximumNumberOfInverts, Combine) = (numberOfBits, seed, useOrderedHashing, maximumNumberOfInverts, combine);
        }

        public string Name { get; set; }

        public string InputColumnName { get; set; }

        public int NumberOfBits { get; set; }

        public uint Seed { get; set; }

        /// <summary>Whether a value's slot counts in its hash.</summary>
        public bool UseOrderedHashing { get; set; }

        public int MaximumNumberOfInverts { get; set; }

        /// <summary>Whether a vector's values make one hash together.</summary>
        public bool Combine { get; set; }
    }

    public HashingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        foreach (var column in _columns)
            if (input.Schema.GetColumnOrNull(column.InputColumnName) == null) throw Errors.MissingColumn("input", column.InputColumnName, nameof(input));
        var transformer = new HashingTransformer(_host, _columns);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(column => Hashed(inputSchema.Find(column.InputColumnName), column)));
    }

    private static SchemaShape.Column Hashed(SchemaShape.Column column, ColumnOptions options)
    {
        Check.Param(HashingTransformer.CanHash(column.ItemType), "inputSchema", HashingTransformer.ExpectedType);
        bool slots = column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var names) && !options.Combine;
        return new SchemaShape.Column(options.Name, options.Combine ? SchemaShape.Column.VectorKind.Scalar : column.Kind, NumberDataViewType.UInt32,
            isKey: true, slots ? new SchemaShape([names]) : null);
    }
}
