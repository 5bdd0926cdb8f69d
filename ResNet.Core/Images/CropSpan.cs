namespace ResNet.Core;

/// <summary>
/// One axis of torchvision's <c>center_crop</c>: which pixels of the resized axis are kept, and where they lie in the
/// crop. An axis shorter than the crop is padded, the odd pixel after it; a longer one is cut, halves rounded to even.
/// </summary>
/// <param name="Start">The first pixel that is kept.</param>
/// <param name="Count">How many are kept.</param>
/// <param name="Offset">Where in the crop the first one lies: the padding before it.</param>
internal readonly record struct CropSpan(long Start, int Count, int Offset)
{
    public static CropSpan Center(long length, int crop) => length < crop
        ? new(0, (int)length, (crop - (int)length) / 2)
        : new((long)Math.Round((length - crop) / 2.0, MidpointRounding.ToEven), crop, 0);
}
