namespace ResNet.MLNet;

/// <summary>One row of an <see cref="ImageSet"/>: an image file and its class.</summary>
public sealed class LabeledImage
{
    /// <summary>The image file's full path.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>The class, such as the name of the subfolder that holds the file.</summary>
    public string Label { get; set; } = "";
}
