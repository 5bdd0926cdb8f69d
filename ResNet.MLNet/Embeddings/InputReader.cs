using Microsoft.Extensions.AI;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;

namespace ResNet.MLNet.Embeddings;

/// <summary>Writes an input's pixels.</summary>
internal delegate void InputReader<in TInput>(PhotoPixels pixels, TInput input, Span<float> planes);

/// <summary>How each kind of input is read.</summary>
internal static class InputReader
{
    /// <exception cref="NotSupportedException">There is none for that type.</exception>
    public static InputReader<TInput> For<TInput>()
    {
        InputReader<string> files = (pixels, path, planes) => pixels.ReadFile(path, planes);
        InputReader<DataContent> contents = ReadContent;
        InputReader<MLImage> images = (pixels, image, planes) => pixels.ReadImage(Checked(image), "It", planes);
        return files as InputReader<TInput> ?? contents as InputReader<TInput> ?? images as InputReader<TInput> ?? throw new NotSupportedException(
            $"Images are given as paths (string), contents (DataContent) or MLImage, not as {typeof(TInput).Name}.");
    }

    private static void ReadContent(PhotoPixels pixels, DataContent content, Span<float> planes)
    {
        var name = Checked(content).Name is { Length: > 0 } given ? $"'{given}'" : "The content";
        if (!content.HasTopLevelMediaType("image") && content.MediaType != "application/octet-stream")
            throw new InvalidDataException($"{name} is {content.MediaType}, not an image.");
        pixels.ReadBytes(content.Data, name, planes);
    }

    private static T Checked<T>(T? input) where T : class => input ?? throw new InvalidDataException("It is null.");
}
