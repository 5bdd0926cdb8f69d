using Experiments;

namespace ResNet.Tests.Samples;

public class BlockOrderTests
{
    [Fact]
    public void KendallTauCountsPairsInOrder()
    {
        Assert.Equal(1, BlockOrders.KendallTau([0, 1, 2, 3]));
        Assert.Equal(-1, BlockOrders.KendallTau([3, 2, 1, 0]));
        Assert.Equal(4.0 / 6, BlockOrders.KendallTau([1, 0, 2, 3]), 12);
    }

    [Fact]
    public void RankCorrelationIsSpearmans()
    {
        Assert.Equal(1, BlockOrders.RankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000]), 12);
        Assert.Equal(-0.5, BlockOrders.RankCorrelation([1, 2, 3], [3, 1, 2]), 12);
        // Ties share ranks 1.5 and 1.5: (−1, 0, 1) with (−½, −½, 1) give 1.5 / √(2 · 1.5).
        Assert.Equal(Math.Sqrt(3) / 2, BlockOrders.RankCorrelation([1, 2, 3], [5, 5, 9]), 12);
    }

    [Fact]
    public void BlocksMoveWithinTheirStageAndStridedOnesStay()
    {
        var random = new Random(3);
        var orders = Enumerable.Range(0, 50).Select(_ => BlockOrders.Draw([3, 3], block => block != 3, swaps: 6, random)).ToArray();
        foreach (var order in orders)
        {
            Assert.Equal([0, 1, 2], order[..3].Order());
            Assert.Equal(3, order[3]);
            Assert.Equal([4, 5], order[4..].Order());
        }

        Assert.Contains(orders, order => order is [2, ..]);
        Assert.Contains(orders, order => order is [.., 5, 4]);
        Assert.Equal([0, 1, 2, 3, 4, 5], BlockOrders.Draw([3, 3], _ => true, swaps: 0, random));
    }
}
