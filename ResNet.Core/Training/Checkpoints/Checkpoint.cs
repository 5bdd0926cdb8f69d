using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Writes a run's tensors and state into one file, and puts them back.</summary>
internal sealed class Checkpoint(string path, IReadOnlyDictionary<string, Tensor> tensors, NetworkOptimizer optimizer)
{
    private const string StateKey = "resnet.mlnet.training";

    public bool Exists => File.Exists(path);

    /// <summary>Replaces the file as a whole.</summary>
    public void Write(RunState state)
    {
        var entries = tensors.Concat(OptimizerTensors().Where(entry => entry.Tensor is not null).Select(entry => KeyValuePair.Create(entry.Name, entry.Tensor!)));
        var all = new StateDict(
            entries.Select(entry => KeyValuePair.Create(entry.Key, WeightTensor.Of(entry.Value))),
            [KeyValuePair.Create(StateKey, state.ToJson())]);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}");
        try
        {
            Safetensors.Write(temporary, all);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Puts the file's tensors where they were; checks first, so that an unfit file changes nothing.</summary>
    /// <param name="expected">What the run is that goes on.</param>
    public RunState Read(RunState expected)
    {
        var file = Safetensors.Read(path);
        var state = RunState.FromJson(
            file.Metadata.TryGetValue(StateKey, out var json) ? json : throw new InvalidDataException($"'{path}' is no checkpoint of a training run."), path);
        state.CheckSame(expected, path);
        foreach (var (name, tensor) in tensors)
        {
            Check(file, name, tensor);
        }

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            tensor.copy_(file[name].ToTensor());
        }

        Restore(file, state);
        return state;
    }

    private void Check(StateDict file, string name, Tensor tensor)
    {
        if (!file.TryGetValue(name, out var value) || value.Type != tensor.dtype || !value.Shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new InvalidDataException($"The checkpoint '{path}' is damaged: {name} is missing or of another shape.");
        }
    }

    private IEnumerable<(string Name, Tensor? Tensor)> OptimizerTensors() => optimizer.State.SelectMany((state, index) => state switch
    {
        SGD.State sgd => [($"optimizer.{index}.momentum_buffer", (Tensor?)sgd.momentum_buffer)],
        AdamW.State adam => [($"optimizer.{index}.exp_avg", adam.exp_avg), ($"optimizer.{index}.exp_avg_sq", adam.exp_avg_sq)],
        _ => Array.Empty<(string, Tensor?)>(),
    });

    private void Restore(StateDict file, RunState run)
    {
        foreach (var (index, state) in optimizer.State.Index())
        {
            switch (state)
            {
                case SGD.State sgd when file.TryGetValue($"optimizer.{index}.momentum_buffer", out var buffer):
                    sgd.momentum_buffer?.Dispose();
                    sgd.momentum_buffer = buffer.ToTensor().to(optimizer.Device).DetachFromDisposeScope();
                    break;
                case AdamW.State adam:
                    adam.step = run.OptimizerSteps[index];
                    Copy($"optimizer.{index}.exp_avg", adam.exp_avg);
                    Copy($"optimizer.{index}.exp_avg_sq", adam.exp_avg_sq);
                    break;
            }
        }

        void Copy(string name, Tensor target)
        {
            Check(file, name, target);
            target.copy_(file[name].ToTensor());
        }
    }
}
