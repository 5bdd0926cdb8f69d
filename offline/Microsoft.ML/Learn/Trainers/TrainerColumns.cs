using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The columns that trainers ask for.</summary>
internal static class TrainerColumns
{
    public static SchemaShape.Column Features(string name) => new(name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);

    public static SchemaShape.Column KeyLabel(string name) => new(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true);

    /// <summary>No column where no name is given: every row weighs the same.</summary>
    public static SchemaShape.Column Weight(string name) =>
        name == null ? default : new(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false);
}
