using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ResNet.MLNet;

/// <summary>
/// Marks an <see cref="MLImage"/> member of a row class as an image column whose images have any size, as LoadImages
/// makes it. ML.NET's own <see cref="ImageTypeAttribute"/> needs a height and a width.
/// <code>public sealed class Photo { [AnyImageType] public MLImage? Image { get; set; } }</code>
/// </summary>
public sealed class AnyImageTypeAttribute : DataViewTypeAttribute
{
    // One instance: some of ML.NET's checks compare image types by reference.
    internal static ImageDataViewType Type { get; } = new();

    /// <inheritdoc/>
    public override bool Equals(DataViewTypeAttribute? other) => other is AnyImageTypeAttribute;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AnyImageTypeAttribute;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(AnyImageTypeAttribute).GetHashCode();

    /// <summary>Makes the type known to ML.NET, which calls this itself.</summary>
    public override void Register() => DataViewTypeManager.Register(Type, typeof(MLImage), this);
}
