namespace Microsoft.ML.Data;

/// <summary>
/// A bootstrap sample drawn in one pass: each row comes as often as a Poisson(1) number says, or, of the
/// complement, once if that number is zero.
/// </summary>
internal sealed class BootstrapView(IDataView source, int seed, bool complement) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), ActiveColumns.Of(Schema, columnsNeeded), new Random(seed), complement);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, Random random, bool complement) : LinkedCursor(input, active)
    {
        private int _left;

        /// <summary>Copies of one row must not share its id.</summary>
        public override ValueGetter<DataViewRowId> GetIdGetter()
        {
            var get = Input.GetIdGetter();
            return (ref DataViewRowId id) =>
            {
                get(ref id);
                id = id.Combine(new DataViewRowId((ulong)_left, 0));
            };
        }

        protected override bool MoveNextCore()
        {
            if (_left > 0) _left--;
            while (_left == 0)
            {
                if (!Input.MoveNext()) return false;
                int drawn = Poisson();
                _left = !complement ? drawn : drawn == 0 ? 1 : 0;
            }
            return true;
        }

        /// <summary>Knuth's method: how many uniform numbers multiply to more than 1/e.</summary>
        private int Poisson()
        {
            int count = 0;
            for (double product = random.NextDouble(); product > 1 / Math.E; product *= random.NextDouble()) count++;
            return count;
        }
    }
}
