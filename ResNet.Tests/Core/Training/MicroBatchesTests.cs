using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class MicroBatchesTests
{
    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB")]
    [InlineData("[enforce fail at alloc_cpu.cpp:66] DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes.")]
    public void Parts_are_halved_until_they_fit(string message)
    {
        var (parts, starts, done) = (new MicroBatches(33), 0, new List<(long, long)>());
        Run();
        Assert.Equal(3, starts);
        Assert.Equal([(0, 8), (8, 8), (16, 8), (24, 8)], done);
        Assert.Equal(8, parts.Size);

        // The next batch begins with what has proved to fit.
        Run();
        Assert.Equal(4, starts);

        void Run() => parts.Run(32, start: () => { starts++; done.Clear(); }, part: (first, images) =>
        {
            if (images > 8)
            {
                throw new InvalidOperationException(message);
            }

            done.Add((first, images));
        });
    }

    [Fact]
    public void Parts_are_of_nearly_the_same_size()
    {
        var sizes = new List<long>();
        new MicroBatches(32).Run(33, () => { }, (_, images) => sizes.Add(images));
        Assert.Equal([16, 17], sizes);
    }

    [Fact]
    public void One_image_that_does_not_fit_is_an_error_and_others_are_not_caught()
    {
        Assert.Throws<OutOfMemoryException>(() => new MicroBatches(4).Run(4, () => { }, (_, _) => throw new OutOfMemoryException()));
        Assert.Throws<FormatException>(() => new MicroBatches(4).Run(4, () => { }, (_, _) => throw new FormatException()));
    }
}
