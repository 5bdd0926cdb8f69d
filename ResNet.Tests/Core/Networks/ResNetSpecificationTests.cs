using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Networks;

public class ResNetSpecificationTests
{
    [Theory]
    [InlineData("resnet18", 18, 512, 32)]
    [InlineData("resnet50", 50, 2048, 32)]
    [InlineData("resnet152", 152, 2048, 32)]
    [InlineData("resnet20", 20, 64, 4)]
    [InlineData("resnet1202", 1202, 64, 4)]
    public void Depth_features_and_stride_follow(string name, int depth, int features, int stride)
    {
        var specification = ResNetPresets.Get(name);
        Assert.Equal((depth, features, stride), (specification.Depth, specification.Features, specification.Stride));
    }

    public static TheoryData<string, ResNetSpecification> Broken()
    {
        var good = ResNetPresets.Get("resnet18");
        return new TheoryData<string, ResNetSpecification>
        {
            { "Stages", good with { Stages = [] } },
            { "Stages", good with { Stages = [2, 0] } },
            { "Stages", good with { Stages = [1, 1, 1, 1, 1] } },
            { "Stages", new ResNetSpecification { Stages = default } },
            { "Stem", good with { Stem = (StemKind)9 } },
            { "Width", good with { Width = 0 } },
            { "Groups", good with { Groups = 2 } },
            { "Groups", good with { Groups = 0 } },
            { "WidthPerGroup", good with { Block = BlockKind.Bottleneck, WidthPerGroup = 0 } },
            { "WidthPerGroup", good with { Block = BlockKind.Bottleneck, Groups = 32, WidthPerGroup = 3, Width = 48 } },
            { "StemWidth", good with { StemWidth = 0 } },
            { "Form", good with { Form = CardinalityForm.SplitTransformAdd } },
            { "Dropout", good with { Dropout = 1 } },
            { "SurvivalProbability", good with { SurvivalProbability = 0 } },
            { "SurvivalProbability", good with { SurvivalProbability = double.NaN } },
            { "SurvivalProbability", ResNetPresets.Get("plain18") with { SurvivalProbability = 0.5 } },
            { "Classes", good with { Classes = 1 } },
            { "InputChannels", good with { InputChannels = 0 } },
            { "Normalization", good with { InputChannels = 1 } },
            { "Normalization", good with { Normalization = new([0, 0, 0], [1, 1, 0]) } },
            { "InputSize", good with { InputSize = 31 } },
        };
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Errors_name_the_rule(string property, ResNetSpecification specification) =>
        Assert.Contains(property, Assert.Throws<ArgumentException>(() => specification.Validate()).Message);

    [Theory]
    [InlineData("resnet20")]
    [InlineData("resnet101")]
    public void Json_brings_the_same_record_back(string name)
    {
        var specification = ResNetPresets.Get(name, 5) with { StrideInFirst1x1 = true, Shortcut = ShortcutOption.C };
        Assert.Equal(specification, NetworkSpecification.FromJson(specification.ToJson()));
        Assert.Equal(specification.GetHashCode(), NetworkSpecification.FromJson(specification.ToJson()).GetHashCode());
        Assert.NotEqual(specification, specification with { Classes = 6 });
        Assert.DoesNotContain('\n', specification.ToJson());
        var plain = specification with { Normalization = null };
        Assert.Null(NetworkSpecification.FromJson(plain.ToJson()).Normalization);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Kind":"ResNet"}""")]
    [InlineData("""{"Stages":[1]}""")]
    [InlineData("""{"Kind":"Perceptron","Stages":[1]}""")]
    [InlineData("""{"Kind":"ResNet","Stages":[1],"Blocks":4}""")]
    [InlineData("""{"Kind":"ResNet","Stages":[1],"Width":0}""")]
    [InlineData("""{"Kind":"ResNet","Stages":[1],"Normalization":{}}""")]
    public void Other_text_is_refused(string json) =>
        Assert.Throws<ArgumentException>(() => NetworkSpecification.FromJson(json));

    [Fact]
    public void The_kind_may_stand_anywhere()
    {
        var specification = Assert.IsType<ResNetSpecification>(NetworkSpecification.FromJson("""{"Stages":[2],"Kind":"ResNet","Classes":3}"""));
        Assert.Equal((2, 3), (specification.Stages[0], specification.Classes));
    }
}
