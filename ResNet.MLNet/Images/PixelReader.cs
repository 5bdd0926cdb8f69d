using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;

namespace ResNet.MLNet.Images;

/// <summary>Reads one row's image after the other as planar values (channels×height×width). Not thread-safe, as the row it reads.</summary>
internal abstract class PixelReader(DataViewRow row, PixelColumn column)
{
    private float[] _pixels = column.Shape is { } shape ? new float[shape.Size] : [];

    /// <summary>The shape of the images; null before the first row, where only the rows tell.</summary>
    public ImageShape? Shape { get; private set; } = column.Shape;

    protected DataViewRow Row => row;

    protected PixelColumn Column => column;

    /// <summary>The current row's pixels; valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The row holds no image of the shape, or values that are not numbers.</exception>
    public ReadOnlySpan<float> Read() => TryRead(out var problem) ? _pixels : throw problem;

    /// <summary>Reads the current row's pixels into <see cref="Pixels"/>.</summary>
    /// <returns>false: the row holds no image, or none that can be read, as the error says.</returns>
    /// <exception cref="InvalidDataException">The row holds an image of another shape, as others may, too.</exception>
    public bool TryRead([NotNullWhen(false)] out InvalidDataException? problem)
    {
        ImageShape shape;
        try
        {
            shape = Load();
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or InvalidOperationException and not ObjectDisposedException
            or IOException or UnauthorizedAccessException)
        {
            problem = error as InvalidDataException ?? Bad($"cannot be read: {error.Message}", error);
            return false;
        }
        if (Shape is { } expected && shape != expected)
            throw Bad(
                $"is an image of {shape.Width}×{shape.Height} pixels, but {expected.Width}×{expected.Height} is expected (width×height). " +
                "Put ml.Transforms.ResizeImages before, so that all images have one size.");
        if (Shape is null) (Shape, _pixels) = (shape, new float[shape.Size]);
        Copy(_pixels);
        foreach (var value in _pixels)
        {
            if (float.IsFinite(value)) continue;
            problem = Bad($"holds the value {value}. Pixels are numbers from 0 to 255; drop such rows or repair them.");
            return false;
        }
        problem = null;
        return true;
    }

    /// <summary>What was read last.</summary>
    public ReadOnlySpan<float> Pixels => _pixels;

    /// <summary>Fetches the current row's value and says which shape it has.</summary>
    protected abstract ImageShape Load();

    /// <summary>Writes the fetched value, channel by channel.</summary>
    protected abstract void Copy(Span<float> pixels);

    protected InvalidDataException Bad(string what, Exception? error = null) =>
        new($"Row {row.Position} (from 0){ImagePaths.Named(row)}: column '{column.Column.Name}' {what}", error);
}
