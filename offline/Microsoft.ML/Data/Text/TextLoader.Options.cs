namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    public class Options
    {
        public Options() { }

        /// <summary>Whether fields may stand in double quotes, within which separators are text.</summary>
        public bool AllowQuoting;

        /// <summary>Whether a line may give the rest of its fields as their number and then index:value pairs.</summary>
        public bool AllowSparse;

        /// <summary>The number of fields of a line; unknown if null.</summary>
        public int? InputSize;

        public char[] Separators = ['\t'];

        /// <summary>The decimal mark of numbers, '.' or ','.</summary>
        public char DecimalMarker = '.';

        public Column[] Columns;

        /// <summary>Whether white space at the end of a line is dropped.</summary>
        public bool TrimWhitespace;

        public bool HasHeader;

        public bool UseThreads = true;

        /// <summary>With quoting: whether a quoted field may span lines.</summary>
        public bool ReadMultilines;

        /// <summary>A file whose first line is the header, in place of the data's own.</summary>
        public string HeaderFile;

        public long? MaxRows;

        /// <summary>The character that escapes a quote within quotes.</summary>
        public char EscapeChar = '"';

        /// <summary>Whether empty fields of float columns are NaN rather than 0.</summary>
        public bool MissingRealsAsNaNs;

        internal Options Copy() => (Options)MemberwiseClone();
    }
}
