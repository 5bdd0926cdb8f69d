namespace ResNet.Core;

/// <summary>The order of the colours that a file's first convolution expects.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue: torchvision, timm, and every network in memory here.</summary>
    Rgb,

    /// <summary>Blue, green, red: Caffe and what was converted from it.</summary>
    Bgr,
}
