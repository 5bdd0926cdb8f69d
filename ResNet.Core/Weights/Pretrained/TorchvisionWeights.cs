namespace ResNet.Core;

/// <summary>
/// torchvision's published ImageNet files under timm's names: "tv" for IMAGENET1K_V1 (the papers' recipes), "tv2" for
/// IMAGENET1K_V2 (torchvision's newer one). Figures and sizes are those of torchvision's metadata.
/// </summary>
internal static class TorchvisionWeights
{
    private const double MebiByte = 1 << 20;

    public static IEnumerable<PretrainedWeights> All(Func<string, NetworkSpecification?> network)
    {
        // Name, hash in the file's name, MiB, top 1, top 5; resnext101_64x4d had the newer recipe from the start.
        (string Name, string Hash, double Size, double Top1, double Top5, Preprocessing Preprocessing)[] files =
        [
            ("resnet18.tv_in1k", "f37072fd", 44.661, 69.758, 89.078, Preprocessing.ImageNet),
            ("resnet34.tv_in1k", "b627a593", 83.275, 73.314, 91.420, Preprocessing.ImageNet),
            ("resnet50.tv_in1k", "0676ba61", 97.781, 76.130, 92.862, Preprocessing.ImageNet),
            ("resnet50.tv2_in1k", "11ad3fa6", 97.790, 80.858, 95.434, Preprocessing.ImageNetV2),
            ("resnet101.tv_in1k", "63fe2227", 170.511, 77.374, 93.546, Preprocessing.ImageNet),
            ("resnet101.tv2_in1k", "cd907fc2", 170.530, 81.886, 95.780, Preprocessing.ImageNetV2),
            ("resnet152.tv_in1k", "394f9c45", 230.434, 78.312, 94.046, Preprocessing.ImageNet),
            ("resnet152.tv2_in1k", "f82ba261", 230.474, 82.284, 96.002, Preprocessing.ImageNetV2),
            ("resnext50_32x4d.tv_in1k", "7cdf4587", 95.789, 77.618, 93.698, Preprocessing.ImageNet),
            ("resnext50_32x4d.tv2_in1k", "1a0047aa", 95.833, 81.198, 95.340, Preprocessing.ImageNetV2),
            ("resnext101_32x8d.tv_in1k", "8ba56ff5", 339.586, 79.312, 94.526, Preprocessing.ImageNet),
            ("resnext101_32x8d.tv2_in1k", "110c445d", 339.673, 82.834, 96.228, Preprocessing.ImageNetV2),
            ("resnext101_64x4d.tv_in1k", "173b62eb", 319.318, 83.246, 96.454, Preprocessing.ImageNetV2),
            ("wide_resnet50_2.tv_in1k", "95faca4d", 131.820, 78.468, 94.086, Preprocessing.ImageNet),
            ("wide_resnet50_2.tv2_in1k", "9ba9bcbe", 263.124, 81.602, 95.758, Preprocessing.ImageNetV2),
            ("wide_resnet101_2.tv_in1k", "32ee1156", 242.896, 78.848, 94.284, Preprocessing.ImageNet),
            ("wide_resnet101_2.tv2_in1k", "d733dc28", 484.747, 82.510, 96.020, Preprocessing.ImageNetV2),
            ("densenet121.tv_in1k", "a639ec97", 30.845, 74.434, 91.972, Preprocessing.ImageNet),
            ("densenet161.tv_in1k", "8d451a50", 110.369, 77.138, 93.560, Preprocessing.ImageNet),
            ("densenet169.tv_in1k", "b2777c0a", 54.708, 75.600, 92.806, Preprocessing.ImageNet),
            ("densenet201.tv_in1k", "c1103571", 77.373, 76.896, 93.370, Preprocessing.ImageNet),
        ];

        foreach (var file in files)
        {
            var architecture = file.Name.Split('.')[0];
            if (network(architecture) is { } specification)
            {
                yield return new PretrainedWeights
                {
                    Name = file.Name,
                    Specification = specification,
                    Source = new UrlSource($"https://download.pytorch.org/models/{architecture}-{file.Hash}.pth"),
                    Sha256 = file.Hash,
                    Size = (long)Math.Round(file.Size * MebiByte),
                    Licence = "BSD-3-Clause",
                    Preprocessing = file.Preprocessing,
                    Top1 = file.Top1,
                    Top5 = file.Top5,
                    AccuracySource = "torchvision's model metadata (acc@1, acc@5 on ImageNet-1K)",
                };
            }
        }
    }
}
