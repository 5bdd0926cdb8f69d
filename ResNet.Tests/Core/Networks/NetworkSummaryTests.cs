using ResNet.Core;

namespace ResNet.Tests.Core.Networks;

public class NetworkSummaryTests
{
    // Billions of multiply-adds by torchvision's metadata, or counted in PyTorch for the CIFAR networks.
    [Theory]
    [InlineData("resnet18", 11_689_512, 1.814)]
    [InlineData("resnet50", 25_557_032, 4.089)]
    [InlineData("resnext50_32x4d", 25_028_904, 4.230)]
    [InlineData("densenet121", 7_978_856, 2.834)]
    [InlineData("resnet20", 269_722, 0.04055)]
    [InlineData("resnet56", 853_018, 0.12549)]
    [InlineData("resnet110", 1_727_962, 0.25289)]
    public void Parameters_and_work_are_torchvisions(string name, long parameters, double billions)
    {
        var summary = NetworkSummary.Of(NetworkPresets.Get(name));
        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(billions, summary.MultiplyAdds / 1e9, billions < 1 ? 5e-6 : 5e-4);
    }

    [SkippableTheory]
    [Trait("Category", "Slow")]
    [InlineData("resnet34", 3.664)]
    [InlineData("resnet101", 7.801)]
    [InlineData("resnet152", 11.514)]
    [InlineData("resnext101_32x8d", 16.414)]
    [InlineData("resnext101_64x4d", 15.460)]
    [InlineData("wide_resnet50_2", 11.398)]
    [InlineData("wide_resnet101_2", 22.753)]
    [InlineData("densenet161", 7.728)]
    [InlineData("densenet169", 3.360)]
    [InlineData("densenet201", 4.291)]
    public void Work_of_large_networks_is_torchvisions(string name, double billions)
    {
        SlowTests.Require();
        Assert.Equal(billions, NetworkSummary.Of(NetworkPresets.Get(name)).MultiplyAdds / 1e9, 5e-4);
    }

    [Fact]
    public void Every_form_does_the_same_work()
    {
        var specification = ResNetPresets.Get("resnext29_8x64d") with { Width = 8 };
        Assert.Equal(NetworkSummary.Of(specification), NetworkSummary.Of(specification with { Form = CardinalityForm.SplitTransformAdd }));
    }

    [Fact]
    public void Published_errors_are_of_presets() =>
        Assert.Empty(PublishedError.All.Select(error => error.Name).Except(NetworkPresets.Names));

    // What the table says is reproduced is what the tests compare.
    [Fact]
    public void What_is_reproduced_is_what_is_tested()
    {
        Assert.Equal(Presets("state_dicts.txt", "variant_state_dicts.txt"), Reproduced.Weights.Order());
        Assert.Equal(Presets("logits.txt", "variant_logits.txt"), Reproduced.Logits.Order());
        var counted = new[] { nameof(Parameters_and_work_are_torchvisions), nameof(Work_of_large_networks_is_torchvisions) }
            .SelectMany(test => typeof(NetworkSummaryTests).GetMethod(test)!.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Equal(counted.Order(), Reproduced.MultiplyAdds.Order());

        static IEnumerable<string> Presets(params string[] files) =>
            files.SelectMany(Fixture.Read).Select(line => line[0]).Intersect(NetworkPresets.Names).Order();
    }

    [Theory]
    [InlineData("resnet20")]
    [InlineData("highway32")]
    [InlineData("odenet")]
    [InlineData("densenet_bc100_12")]
    public void The_documentation_has_the_computed_line(string name) =>
        Assert.Contains(NetworkTable.Row(name), File.ReadAllLines(Path.Combine(Repository.Root, "docs", "networks.md")));

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void The_documentation_has_the_computed_table()
    {
        SlowTests.Require();
        Assert.Empty(NetworkTable.Lines().SelectMany(line => line.Split('\n')).Except(File.ReadAllLines(Path.Combine(Repository.Root, "docs", "networks.md"))));
    }
}
