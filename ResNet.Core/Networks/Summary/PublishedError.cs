namespace ResNet.Core;

/// <summary>The classification error that a preset is published with.</summary>
/// <param name="Name">The preset.</param>
/// <param name="Percent">Top-1 error in percent.</param>
/// <param name="DataSet">On which test images.</param>
/// <param name="Source">Who published it, and for which training where there are several.</param>
public sealed record PublishedError(string Name, double Percent, string DataSet, string Source)
{
    private const string ImageNet = "ImageNet, 1 crop", Cifar10 = "CIFAR-10";
    private const string Torchvision = "torchvision, IMAGENET1K_V1", Plain = "He et al. 2015, table 2";
    private const string First = "He et al. 2015, table 6", Second = "He et al. 2016, README of resnet-1k-layers";
    private const string Depth = "Huang et al. 2016, README of Stochastic_Depth", Wide = "Zagoruyko and Komodakis 2016, README of wide-residual-networks";
    private const string ResNeXt = "Xie et al. 2017, README of ResNeXt", Dense = "Huang et al. 2017, README of DenseNet";

    /// <summary>Every one known here; presets that are not named have none.</summary>
    public static IReadOnlyList<PublishedError> All { get; } =
    [
        .. Of(ImageNet, Torchvision,
            ("resnet18", 30.242), ("resnet34", 26.686), ("resnet50", 23.870), ("resnet101", 22.626), ("resnet152", 21.688),
            ("resnext50_32x4d", 22.382), ("resnext101_32x8d", 20.688), ("resnext101_64x4d", 16.754), ("wide_resnet50_2", 21.532),
            ("wide_resnet101_2", 21.152), ("densenet121", 25.566), ("densenet161", 22.862), ("densenet169", 24.400), ("densenet201", 23.104)),
        .. Of("ImageNet, 10 crops", Plain, ("plain18", 27.94), ("plain34", 28.54)),
        .. Of(Cifar10, First,
            ("resnet20", 8.75), ("resnet32", 7.51), ("resnet44", 7.17), ("resnet56", 6.97), ("resnet110", 6.43), ("resnet1202", 7.93),
            ("highway19", 7.54), ("highway32", 8.80)),
        .. Of(Cifar10, Second, ("preact_resnet110", 6.37), ("preact_resnet164", 5.46), ("preact_resnet1001", 4.92)),
        .. Of(Cifar10, Depth, ("stochastic_depth_resnet110", 5.23), ("stochastic_depth_resnet1202", 4.91)),
        .. Of(Cifar10, Wide + ", with dropout", ("wide_resnet28_10", 3.89)),
        .. Of(Cifar10, Wide + ", without dropout", ("wide_resnet40_4", 4.53), ("wide_resnet16_8", 4.27)),
        .. Of(Cifar10, ResNeXt, ("resnext29_8x64d", 3.65), ("resnext29_16x64d", 3.58)),
        .. Of(Cifar10, Dense, ("densenet_bc100_12", 4.51), ("densenet_bc250_24", 3.62), ("densenet_bc190_40", 3.46),
            ("densenet40_12", 5.24), ("densenet100_12", 4.10), ("densenet100_24", 3.74)),
        .. Of("MNIST", "Chen et al. 2018, table 1", ("odenet", 0.42)),
    ];

    private static IEnumerable<PublishedError> Of(string dataSet, string source, params (string Name, double Percent)[] errors) =>
        errors.Select(error => new PublishedError(error.Name, error.Percent, dataSet, source));
}
