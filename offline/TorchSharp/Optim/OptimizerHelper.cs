using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Saving and loading of an optimizer's options and states.</summary>
public abstract class OptimizerHelper : Optimizer
{
    internal OptimizerHelper() { }

    public virtual StateDictionary state_dict()
    {
        var dict = new StateDictionary();
        foreach (var group in groups)
        {
            dict.Options.Add(group.Options);
            dict.StateIndexRef.Add([.. Enumerable.Range(dict.State.Count, group.Parameters.Count())]);
            dict.State.AddRange(group.Parameters.Select(p => states[p]));
        }
        return dict;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        Match(own, state_dict.Options.Count, state_dict.State.Count);
        foreach (var (mine, other) in own.Options.Zip(state_dict.Options)) if (mine != other) mine.LoadStateDict(other);
        foreach (var (mine, other) in own.State.Zip(state_dict.State)) if (mine != other) mine.LoadStateDict(other);
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt64(own.Options.Count);
        writer.Write7BitEncodedInt64(own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        var own = state_dict();
        Match(own, reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        foreach (var options in own.Options) options.LoadStateDict(reader);
        foreach (var state in own.State) state.LoadStateDict(reader);
    }

    public void to(Device device)
    {
        foreach (var state in states.Values) state.to(device);
    }

    private static void Match(StateDictionary own, long options, long states)
    {
        if (options != own.Options.Count) throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != own.State.Count) throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }

    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups) add_param_group(group);
    }

    private protected static void NotNegative(double value, string what)
    {
        if (value < 0) throw new ArgumentException($"Invalid {what}: {value}");
    }

    private protected static void Fraction(double value, string what)
    {
        if (value is < 0 or >= 1) throw new ArgumentException($"Invalid {what}: {value}");
    }
}
