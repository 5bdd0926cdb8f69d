namespace ResNet.MLNet;

/// <summary>One row of an <see cref="ImageFolder"/>: an image file and the class that its folder names.</summary>
public sealed class LabeledImage
{
    /// <summary>The image file's full path.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>The class: the name of the subfolder that holds the file.</summary>
    public string Label { get; set; } = "";
}
