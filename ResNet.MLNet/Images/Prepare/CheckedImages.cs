using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Images;

/// <summary>
/// A view, its cursors and rows as they are, but where a row has no image, reading it is an error that names the row. ML.NET's
/// own transforms give zeros or the row before in its place.
/// </summary>
internal sealed class CheckedImages(IDataView source, DataViewSchema.Column column) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(source.GetRowCursor(WithPaths(columnsNeeded), rand), column);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. source.GetRowCursorSet(WithPaths(columnsNeeded), n, rand).Select(cursor => new Cursor(cursor, column))];

    public static DataViewRow Check(DataViewRow row, DataViewSchema.Column column) => new Row(row, column);

    // Errors name the image's file where a text column does.
    private IEnumerable<DataViewSchema.Column> WithPaths(IEnumerable<DataViewSchema.Column> columns) =>
        columns.Concat(ImagePaths.Columns(source.Schema)).DistinctBy(wanted => wanted.Index);

    private static ValueGetter<TValue> Getter<TValue>(DataViewRow row, DataViewSchema.Column wanted, DataViewSchema.Column images)
    {
        var getter = row.GetGetter<TValue>(wanted);
        if (wanted.Index != images.Index || getter is not ValueGetter<MLImage> read) return getter;
        ValueGetter<MLImage> check = (ref MLImage image) =>
        {
            try
            {
                read(ref image);

                // Both tell of an image that its source has disposed of.
                if (image is { Width: > 0, Height: > 0 }) return;
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                throw new InvalidDataException($"Row {row.Position} (from 0){ImagePaths.Named(row)}: the image of column '{images.Name}' cannot be read: {error.Message}", error);
            }

            throw new InvalidDataException($"Row {row.Position} (from 0){ImagePaths.Named(row)}: column '{images.Name}' holds no image. Drop such rows.");
        };
        return (ValueGetter<TValue>)(Delegate)check;
    }

    private sealed class Cursor(DataViewRowCursor source, DataViewSchema.Column column) : DataViewRowCursor
    {
        public override DataViewSchema Schema => source.Schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool MoveNext() => source.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column wanted) => source.IsColumnActive(wanted);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column wanted) => Getter<TValue>(source, wanted, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Row(DataViewRow source, DataViewSchema.Column column) : DataViewRow
    {
        public override DataViewSchema Schema => source.Schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column wanted) => source.IsColumnActive(wanted);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column wanted) => Getter<TValue>(source, wanted, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }
}
