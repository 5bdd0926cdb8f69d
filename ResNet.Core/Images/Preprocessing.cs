using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResNet.Core;

/// <summary>
/// How a photo becomes a network's input: resized so that its shorter side has <see cref="Resize"/> pixels, then the
/// centre <see cref="Crop"/>×<see cref="Crop"/> of it, as RGB bytes 0..255: torchvision's <c>Resize(Resize)</c> and
/// <c>CenterCrop(Crop)</c> on Pillow images. Normalisation is not in it: networks do that themselves
/// (<see cref="Normalization"/>). Immutable, checked when set, saved with the weights and the model.
/// </summary>
public sealed record Preprocessing
{
    /// <summary>The longest side that <see cref="Resize"/> and <see cref="Crop"/> may ask for: 4096 pixels.</summary>
    public const int MaximumSide = 4096;

    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly int resize = 256;
    private readonly int crop = 224;
    private readonly Interpolation interpolation = Interpolation.Bilinear;

    /// <summary>Shorter side 256, centre crop 224, bilinear: torchvision's ImageNet networks, weights V1, and Keras' ResNet-50.</summary>
    public static Preprocessing ImageNet { get; } = new();

    /// <summary>Shorter side 232, centre crop 224, bilinear: torchvision's ImageNet networks, weights V2.</summary>
    public static Preprocessing ImageNetV2 { get; } = new() { Resize = 232 };

    /// <summary>Shorter side 32, centre crop 32, bilinear: CIFAR's images stay as they are.</summary>
    public static Preprocessing Cifar { get; } = Square(32);

    /// <summary>Shorter side of the resized image, pixels, 1 to 4096. Default 256.</summary>
    public int Resize { get => resize; init => resize = Side(value); }

    /// <summary>
    /// Side of the centre crop, pixels, 1 to 4096. Default 224. Where the resized image is smaller, black pixels are put
    /// around it.
    /// </summary>
    public int Crop { get => crop; init => crop = Side(value); }

    /// <summary>How the image is resized. Default: <see cref="Interpolation.Bilinear"/>.</summary>
    public Interpolation Interpolation
    {
        get => interpolation;
        init => interpolation = Enum.IsDefined(value)
            ? value
            : throw new ArgumentException($"Interpolation is {value}; it must be Bilinear or Bicubic.", nameof(Interpolation));
    }

    /// <summary>Shorter side and crop both <paramref name="side"/>, bilinear: the largest centre square of each image.</summary>
    /// <param name="side">Pixels, 1 to 4096.</param>
    public static Preprocessing Square(int side) => new() { Resize = side, Crop = side };

    /// <summary>This record as one line of JSON; the interpolation by name.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The record that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentException">The text is not such JSON, or a value is out of its range.</exception>
    public static Preprocessing FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize<Preprocessing>(json, Json)
                ?? throw new ArgumentException("The text is no preprocessing: it is null.", nameof(json));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The text is no preprocessing: {error.Message}", nameof(json), error);
        }
    }

    private static int Side(int pixels, [CallerMemberName] string property = "") => pixels is >= 1 and <= MaximumSide
        ? pixels
        : throw new ArgumentException($"{property} is {pixels}; it must be 1 to {MaximumSide} pixels.", property);
}
