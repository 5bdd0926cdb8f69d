using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class BatchPlanTests
{
    [Theory]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    [InlineData(9, 4, new[] { 4, 5 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(3, 4, new[] { 3 })]
    [InlineData(1, 4, new[] { 1 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    [InlineData(3, 2, new[] { 3 })]
    [InlineData(0, 4, new int[0])]
    public void A_last_batch_of_one_joins_the_one_before(int count, int size, int[] expected)
    {
        var plan = new BatchPlan(count, size);
        var batches = Enumerable.Range(0, plan.Batches).Select(batch => plan[batch].ToArray()).ToArray();
        Assert.Equal(expected, batches.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, count), batches.SelectMany(batch => batch));
    }

    [Fact]
    public void Every_shuffle_is_a_new_order_of_all_images()
    {
        var plan = new BatchPlan(100, 100);
        var random = new Random(1);
        plan.Shuffle(random);
        var first = plan[0].ToArray();
        plan.Shuffle(random);
        Assert.NotEqual(first, plan[0].ToArray());
        Assert.Equal(first.Order(), plan[0].ToArray().Order());
    }
}
