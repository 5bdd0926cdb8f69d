using System.Text;
using Microsoft.VisualBasic.FileIO;

namespace ResNet.MLNet;

/// <summary>
/// A text file that names one image and its class a line: <c>photos/1.jpg,cat</c>; with <see cref="ImageSetOptions.LabelSeparator"/> its
/// classes: <c>photos/1.jpg,cat;dog</c>. Fields may be quoted (RFC 4180), with
/// commas, line breaks and doubled quotes inside. Encoding: UTF-8, or what a byte order mark says.
/// </summary>
public static class ImageList
{
    private static readonly string[] PathNames = ["path", "image", "imagepath", "image_path", "imagefile", "file", "filename", "file_name"];
    private static readonly string[] LabelNames = ["label", "class", "category", "target"];

    /// <summary>Reads a list and checks each image file's structure (<see cref="ImageFile.Inspect(string, long)"/>).</summary>
    /// <param name="path">
    /// The list: fields are separated by tabs in a file named .tsv, by commas otherwise. Where its first line names a column for
    /// the path (path, image, ImagePath, file, filename) and one for the class (label, class, category, target), it is a header
    /// and other columns are ignored; otherwise the first field is the path and the second the class.
    /// </param>
    /// <param name="options">What to do about files that can't be used. null: the options' defaults.</param>
    /// <returns>The images in the list's order; paths that are not absolute are relative to the list's folder.</returns>
    /// <exception cref="FileNotFoundException">There is no such list.</exception>
    /// <exception cref="InvalidDataException">
    /// A line that can't be read (the message has its number), fewer than two classes, a class without a usable image, or an
    /// unusable file where the options forbid it.
    /// </exception>
    public static ImageSet Open(string path, ImageSetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'. Expected a list of images: a path and a class a line.", path);
        var separator = options?.LabelSeparator;
        var images = Read(path, labelled: separator is null).ToArray();
        var classes = images.SelectMany(i => ImageSet.LabelsOf(i, separator)).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (classes.Length < 2)
            throw new InvalidDataException($"'{path}' has {(classes.Length == 0 ? "no image" : $"one class ('{classes[0]}')")}. Expected a path and a class a line, and at least two classes.");
        return ImageSet.Inspect(path, classes, images, options, "Mend its files or take its lines out of the list.");
    }

    private static IEnumerable<LabeledImage> Read(string path, bool labelled)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var parser = new TextFieldParser(path, Encoding.UTF8, detectEncoding: true) { HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? "\t" : ",");
        var columns = (Path: 0, Label: 1);
        for (var first = true; !parser.EndOfData; first = false)
        {
            var line = parser.LineNumber;
            var fields = Fields(parser, path);
            if (first && Header(fields) is { } named)
            {
                columns = named;
                continue;
            }
            if (fields.Length <= Math.Max(columns.Path, columns.Label) || fields[columns.Path].Length == 0 || (labelled && fields[columns.Label].Length == 0))
                throw new InvalidDataException($"'{path}', line {line}: expected a path and a class, but there is '{Shortened(string.Join(" | ", fields))}'.");
            if (fields[columns.Path].Contains('\0'))
                throw new InvalidDataException($"'{path}', line {line}: the path holds a zero byte, which no file name can. Is this a text file in UTF-8?");
            yield return new LabeledImage { ImagePath = Path.GetFullPath(fields[columns.Path], folder), Label = fields[columns.Label] };
        }
    }

    private static string[] Fields(TextFieldParser parser, string path)
    {
        try
        {
            return parser.ReadFields() ?? [];
        }
        catch (MalformedLineException e)
        {
            throw new InvalidDataException($"'{path}', line {e.LineNumber}: a quoted field is not closed or is followed by other text: '{Shortened(parser.ErrorLine)}'. A quote inside a quoted field is written twice.", e);
        }
    }

    private static (int Path, int Label)? Header(string[] fields)
    {
        var (path, label) = (Find(PathNames), Find(LabelNames));
        return path < 0 || label < 0 ? null : (path, label);

        int Find(string[] names) => Array.FindIndex(fields, field => names.Contains(field, StringComparer.OrdinalIgnoreCase));
    }

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
