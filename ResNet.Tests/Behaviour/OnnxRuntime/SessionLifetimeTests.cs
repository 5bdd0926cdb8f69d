using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ResNet.Tests.Behaviour;

/// <summary>Sessions serve several threads, and what they allocate is given back.</summary>
public class SessionLifetimeTests
{
    [Fact]
    public void One_session_serves_several_threads()
    {
        using var session = new InferenceSession(TinyOnnx.Affine("N").Build());
        Parallel.For(0, 400, i =>
        {
            using var options = new RunOptions();
            using var x = OrtValue.CreateTensorValueFromMemory(new float[] { i, 0, 0, 1 }, [1, 4]);
            using var results = session.Run(options, ["x"], [x], ["y"]);
            Assert.Equal([i + 0.5f, 2, i], results[0].GetTensorDataAsSpan<float>().ToArray());
        });
    }

    /// <summary>A run's values take 64 KiB: 10,000 lost ones would take 640 MiB.</summary>
    [Fact]
    public void Ten_thousand_runs_leave_nothing_behind()
    {
        using var session = new InferenceSession(new TinyOnnx().Node("Neg", ["x"], ["y"]).Input("x", TinyOnnx.Float, "N").Output("y", TinyOnnx.Float, "N").Build());
        using var options = new RunOptions();
        var data = new float[16 * 1024];
        long before = 0;
        for (var i = 0; i < 10_000; i++)
        {
            if (i % 2 == 0)
            {
                using var x = OrtValue.CreateTensorValueFromMemory(data, [data.Length]);
                using var results = session.Run(options, ["x"], [x], ["y"]);
            }
            else
            {
                using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(data, [data.Length]))]);
            }
            if (i == 1_000)
                before = Memory();
        }
        Assert.InRange(Memory() - before, long.MinValue, 100L << 20);
    }

    [Fact]
    public void Sessions_and_values_may_be_disposed_twice()
    {
        var session = new InferenceSession(TinyOnnx.Affine(1).Build());
        session.Dispose();
        session.Dispose();
        var value = OrtValue.CreateTensorValueFromMemory(new float[4], [1, 4]);
        value.Dispose();
        value.Dispose();
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
