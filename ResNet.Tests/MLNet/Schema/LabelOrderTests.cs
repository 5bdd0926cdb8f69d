using Microsoft.ML;
using Xunit;

namespace ResNet.Tests.MLNet.Schema;

/// <summary>Labels whose keys are in another order than in training would be evaluated wrongly without a sign of it.</summary>
public class LabelOrderTests
{
    [Fact]
    public void ANewKeyMapOfAnotherOrderIsRefused()
    {
        var (ml, _, model) = Pictures.Trained;
        var remapped = Pictures.Keyed(ml, Pictures.Make(9).Skip(1));

        var error = Assert.Throws<InvalidOperationException>(() => model.LastTransformer.Transform(remapped));
        Assert.Contains("'Label'", error.Message);
        Assert.Contains("key 1 is 'apple' here and was 'pear' there", error.Message);
    }

    [Fact]
    public void TheSameOrderAndFewerLabelsPass()
    {
        var (ml, _, model) = Pictures.Trained;
        Assert.Equal(2, Pictures.Scores(model.LastTransformer.Transform(Pictures.Keyed(ml, Pictures.Make(2)))).Length);
    }

    [Fact]
    public void AValidationSetOfAnotherOrderIsRefused()
    {
        var ml = new MLContext(1);
        var trainer = new ResNet.MLNet.ResNetClassificationTrainer(Pictures.Options());
        var error = Assert.Throws<InvalidOperationException>(() =>
            trainer.Fit(Pictures.Keyed(ml, Pictures.Make(12)), Pictures.Keyed(ml, Pictures.Make(12).Skip(2))));
        Assert.Contains("another order", error.Message);
    }
}
