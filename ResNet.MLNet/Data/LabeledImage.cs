namespace ResNet.MLNet;

/// <summary>One row of an <see cref="ImageSet"/>: an image file and its class or classes.</summary>
public sealed class LabeledImage
{
    /// <summary>The image file's full path.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>The class, such as the name of the subfolder that holds the file; where there may be several, all of them as the list has them
    /// (<see cref="ImageSet.LabelsOf(LabeledImage)"/> takes them apart).</summary>
    public string Label { get; set; } = "";
}
