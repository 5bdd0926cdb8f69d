namespace Microsoft.ML.Data;

/// <summary>
/// Opens cursors that compute costly columns ahead of the reader on all cores: the views down to the first one
/// that is no mapping of rows are taken as one mapping, whose rows are computed block by block in the background.
/// </summary>
internal static class LookAhead
{
    /// <summary>Such a cursor, or null where nothing costly is asked for or values cannot be kept until they are read.</summary>
    public static DataViewRowCursor TryOpen(IMappedView top, IEnumerable<DataViewSchema.Column> columns, Random rand)
    {
        if (Environment.ProcessorCount < 2) return null;
        var wanted = columns.ToArray();
        var (mappers, needed, root, costly) = (new List<IRowToRowMapper>(), wanted, (IDataView)top, false);
        while (root is IMappedView mapped)
        {
            costly |= mapped.Mapper is RowMapper mapper && mapper.IsCostly(needed);
            mappers.Insert(0, mapped.Mapper);
            needed = mapped.Mapper.GetDependencies(needed).ToArray();
            root = mapped.Source;
        }
        bool kept = wanted.Concat(needed).All(c => c.Type.ItemType() is PrimitiveDataViewType) && ReferenceEquals(root.Schema, mappers[0].InputSchema);
        if (!costly || !kept) return null;
        return new LookAheadCursor(root.GetRowCursor(needed, rand), needed, new RowMapperChain(root.Schema, [.. mappers]), wanted);
    }
}
